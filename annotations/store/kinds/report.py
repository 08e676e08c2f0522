"""Reports as items of the record: what is said about a text; the text itself never changes."""

from __future__ import annotations

from annotations.store.kinds.row import RowKind


class ReportKind(RowKind):
    """A row alone: nothing hangs on it that can change."""

    name = "report"
    table = "reports"
    columns = ("slug", "title", "issuer", "date", "period", "source", "created_at", "version", "deleted_at")
    gone = "deleted_at"
