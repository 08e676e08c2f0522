"""Annotations as items of the record: the row, its tags, its links, and its words for the search."""

from __future__ import annotations

from annotations.sqlite import sqlite3
from annotations.store.kinds.row import RowKind, State
from reports.vietnamese import search_key


class AnnotationKind(RowKind):
    """`tags`: ids in their order. `links`: pairs of agency id and role in their order."""

    name = "annotation"
    table = "annotations"
    columns = (
        "uid",
        "report_id",
        "revision_id",
        "start",
        "end",
        "exact",
        "prefix",
        "suffix",
        "section",
        "paragraph",
        "note",
        "severity",
        "status",
        "due",
        "resolved_on",
        "reviewer_id",
        "created_at",
        "updated_at",
        "version",
        "deleted_at",
        "placement",
        "owner_id",
        "earlier_id",
    )
    gone = "deleted_at"
    touched = "updated_at"

    def read_parts(self, connection: sqlite3.Connection, wanted: str, states: dict[int, State]) -> None:
        for state in states.values():
            state["tags"] = []
            state["links"] = []
        for item_id, tag_id in connection.execute(
            "SELECT annotation_id, tag_id FROM annotation_tags"
            " WHERE annotation_id IN (SELECT value FROM json_each(?)) ORDER BY annotation_id, position",
            (wanted,),
        ).fetchall():
            states[item_id]["tags"].append(tag_id)
        for item_id, agency_id, role in connection.execute(
            "SELECT annotation_id, agency_id, role FROM annotation_agencies"
            " WHERE annotation_id IN (SELECT value FROM json_each(?)) ORDER BY annotation_id, position",
            (wanted,),
        ).fetchall():
            states[item_id]["links"].append([agency_id, role])

    def write_parts(
        self, connection: sqlite3.Connection, item_id: int, before: State | None, after: State
    ) -> None:
        if before is None or before["tags"] != after["tags"]:
            if before is not None:
                connection.execute("DELETE FROM annotation_tags WHERE annotation_id = ?", (item_id,))
            connection.executemany(
                "INSERT INTO annotation_tags (annotation_id, tag_id, position) VALUES (?, ?, ?)",
                [(item_id, tag_id, position) for position, tag_id in enumerate(after["tags"])],
            )
        if before is None or before["links"] != after["links"]:
            if before is not None:
                connection.execute("DELETE FROM annotation_agencies WHERE annotation_id = ?", (item_id,))
            connection.executemany(
                "INSERT INTO annotation_agencies (annotation_id, agency_id, role, position)"
                " VALUES (?, ?, ?, ?)",
                [(item_id, *link, position) for position, link in enumerate(after["links"])],
            )
        if before is None:
            connection.execute(
                "INSERT INTO annotation_search (rowid, words) VALUES (?, ?)", (item_id, words(after))
            )
        elif (before["exact"], before["note"]) != (after["exact"], after["note"]):
            connection.execute(
                "UPDATE annotation_search SET words = ? WHERE rowid = ?", (words(after), item_id)
            )


def words(state: State) -> str:
    """What a search compares with: passage and note, folded."""
    return search_key(f"{state['exact']} {state['note']}")
