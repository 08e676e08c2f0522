"""People as items of the record: who may use it, and as what."""

from __future__ import annotations

from annotations.store.kinds.row import RowKind


class PersonKind(RowKind):
    """A row alone; the name never changes, for the history names people by it."""

    name = "person"
    table = "reviewers"
    columns = ("name", "role", "created_at", "version", "retired_at")
    gone = "retired_at"
