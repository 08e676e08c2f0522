"""Agencies as items of the record: the row, its other names, and who took over from it."""

from __future__ import annotations

from annotations.sqlite import sqlite3
from annotations.store.kinds.row import RowKind, State
from reports.vietnamese import search_key


class AgencyKind(RowKind):
    """`aliases`: other names in their order. `successors`: triples of agency id, ISO day and note."""

    name = "agency"
    table = "agencies"
    columns = (
        "slug",
        "name",
        "name_en",
        "short",
        "kind",
        "level",
        "parent_id",
        "valid_from",
        "valid_to",
        "note",
        "version",
        "retired_at",
    )
    gone = "retired_at"

    def read_parts(self, connection: sqlite3.Connection, wanted: str, states: dict[int, State]) -> None:
        for state in states.values():
            state["aliases"] = []
            state["successors"] = []
        for agency_id, alias in connection.execute(
            "SELECT agency_id, alias FROM agency_aliases"
            " WHERE agency_id IN (SELECT value FROM json_each(?)) ORDER BY agency_id, position",
            (wanted,),
        ).fetchall():
            states[agency_id]["aliases"].append(alias)
        for agency_id, *successor in connection.execute(
            "SELECT agency_id, successor_id, date, note FROM agency_successors"
            " WHERE agency_id IN (SELECT value FROM json_each(?))"
            " ORDER BY agency_id, position",
            (wanted,),
        ).fetchall():
            states[agency_id]["successors"].append(successor)

    def write_parts(
        self, connection: sqlite3.Connection, item_id: int, before: State | None, after: State
    ) -> None:
        if before is None or before["aliases"] != after["aliases"]:
            connection.execute("DELETE FROM agency_aliases WHERE agency_id = ?", (item_id,))
            connection.executemany(
                "INSERT INTO agency_aliases (agency_id, alias, folded, position) VALUES (?, ?, ?, ?)",
                [(item_id, alias, search_key(alias), at) for at, alias in enumerate(after["aliases"])],
            )
        if before is None or before["successors"] != after["successors"]:
            connection.execute("DELETE FROM agency_successors WHERE agency_id = ?", (item_id,))
            connection.executemany(
                "INSERT INTO agency_successors (agency_id, successor_id, date, note, position)"
                " VALUES (?, ?, ?, ?, ?)",
                [(item_id, *successor, at) for at, successor in enumerate(after["successors"])],
            )
