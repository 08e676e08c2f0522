"""Saved views of the issue list as items of the record."""

from __future__ import annotations

from annotations.store.kinds.row import RowKind


class ViewKind(RowKind):
    """A row alone. `columns`: pairs of a name and a width. `groups`, `sorts`: names."""

    name = "view"
    table = "views"
    columns = (
        "name",
        "reviewer_id",
        "shared",
        "filter",
        "columns",
        "groups",
        "sorts",
        "position",
        "version",
        "deleted_at",
    )
    gone = "deleted_at"
    lists = ("columns", "groups", "sorts")
