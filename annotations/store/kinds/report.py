"""Reports as items of the record: what is said about a text; the text itself never changes."""

from __future__ import annotations

from annotations.sqlite import sqlite3
from annotations.store.kinds.row import RowKind, State


class ReportKind(RowKind):
    """A row, and `revisions`: SHA-256 of each of its texts, oldest first, so that the history seals them."""

    name = "report"
    table = "reports"
    columns = ("slug", "title", "issuer", "date", "period", "source", "created_at", "version", "deleted_at")
    gone = "deleted_at"

    def read_parts(self, connection: sqlite3.Connection, wanted: str, states: dict[int, State]) -> None:
        for state in states.values():
            state["revisions"] = []
        for report_id, sha256 in connection.execute(
            "SELECT report_id, sha256 FROM revisions"
            " WHERE report_id IN (SELECT value FROM json_each(?)) ORDER BY report_id, number",
            (wanted,),
        ).fetchall():
            states[report_id]["revisions"].append(sha256)
