"""Tags as items of the record: the row and the agencies that usually answer."""

from __future__ import annotations

from annotations.sqlite import sqlite3
from annotations.store.kinds.row import RowKind, State


class TagKind(RowKind):
    """`agencies`: ids of those that usually answer, in their order."""

    name = "tag"
    table = "tags"
    columns = (
        "slug",
        "key",
        "label_vi",
        "label_en",
        "definition_vi",
        "definition_en",
        "colour",
        "parent_id",
        "digit",
        "phrases",
        "position",
        "version",
        "retired_at",
    )
    gone = "retired_at"
    lists = ("phrases",)

    def read_parts(self, connection: sqlite3.Connection, wanted: str, states: dict[int, State]) -> None:
        for state in states.values():
            state["agencies"] = []
        for tag_id, agency_id in connection.execute(
            "SELECT tag_id, agency_id FROM tag_agencies"
            " WHERE tag_id IN (SELECT value FROM json_each(?)) ORDER BY tag_id, position",
            (wanted,),
        ).fetchall():
            states[tag_id]["agencies"].append(agency_id)

    def write_parts(
        self, connection: sqlite3.Connection, item_id: int, before: State | None, after: State
    ) -> None:
        if before is not None and before["agencies"] == after["agencies"]:
            return
        connection.execute("DELETE FROM tag_agencies WHERE tag_id = ?", (item_id,))
        connection.executemany(
            "INSERT INTO tag_agencies (tag_id, agency_id, position) VALUES (?, ?, ?)",
            [(item_id, agency_id, position) for position, agency_id in enumerate(after["agencies"])],
        )
