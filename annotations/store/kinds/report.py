"""Reports as items of the record: what is said about a text; the text itself never changes."""

from __future__ import annotations

from annotations.sqlite import sqlite3
from annotations.store.kinds.row import RowKind, State


class ReportKind(RowKind):
    """A row, and `revisions`: SHA-256 of each of its texts that stand, oldest first, so that the history
    seals them. One that is left out is withdrawn, one that comes in again is taken back; none is deleted."""

    name = "report"
    table = "reports"
    columns = ("slug", "title", "issuer", "date", "period", "source", "created_at", "version", "deleted_at")
    gone = "deleted_at"

    def read_parts(self, connection: sqlite3.Connection, wanted: str, states: dict[int, State]) -> None:
        for state in states.values():
            state["revisions"] = []
        for report_id, sha256 in connection.execute(
            "SELECT report_id, sha256 FROM revisions"
            " WHERE report_id IN (SELECT value FROM json_each(?)) AND withdrawn_at IS NULL"
            " ORDER BY report_id, number",
            (wanted,),
        ).fetchall():
            states[report_id]["revisions"].append(sha256)

    def write_parts(
        self, connection: sqlite3.Connection, item_id: int, before: State | None, after: State
    ) -> None:
        if before is None or before["revisions"] == after["revisions"]:
            return
        kept = 0
        wanted = list(after["revisions"])
        found = connection.execute(
            "SELECT id, sha256, withdrawn_at FROM revisions WHERE report_id = ? ORDER BY number", (item_id,)
        ).fetchall()
        standing = [number for number, _, withdrawn in found if withdrawn is None]
        hashes = [sha256 for _, sha256, withdrawn in found if withdrawn is None]
        while kept < min(len(hashes), len(wanted)) and hashes[kept] == wanted[kept]:
            kept += 1
        for number in standing[kept:]:
            connection.execute(
                "UPDATE revisions SET withdrawn_at = strftime('%Y-%m-%dT%H:%M:%SZ') WHERE id = ?", (number,)
            )
        last = standing[kept - 1] if kept else 0
        for sha256 in wanted[kept:]:
            last = max(number for number, text, _ in found if text == sha256 and number > last)
            connection.execute("UPDATE revisions SET withdrawn_at = NULL WHERE id = ?", (last,))
