"""Comments as items of the record."""

from __future__ import annotations

from annotations.store.kinds.row import RowKind


class CommentKind(RowKind):
    """A row alone, which names its annotation and the report that is in."""

    name = "comment"
    table = "comments"
    columns = (
        "annotation_id",
        "report_id",
        "reviewer_id",
        "text",
        "created_at",
        "updated_at",
        "version",
        "deleted_at",
    )
    gone = "deleted_at"
    touched = "updated_at"
