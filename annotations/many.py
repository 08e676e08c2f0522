"""Many annotations at once: what they have in common, and whether somebody changed one of them meanwhile."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable
from typing import Literal, NamedTuple

from annotations.connection import rows
from annotations.models import Link, Role
from annotations.sqlite import sqlite3

Field = Literal["status", "severity", "due", "note", "owner"]

_LISTED = "SELECT value FROM json_each(?)"
_COLUMNS: dict[Field, str] = {
    "status": "a.status",
    "severity": "a.severity",
    "due": "a.due",
    "note": "a.note",
    "owner": "(SELECT w.name FROM reviewers w WHERE w.id = a.owner_id)",
}


class Standing(NamedTuple):
    """How an annotation stands and whom it concerns. `reviewer`, `owner`: names."""

    id: int
    status: str
    reviewer: str
    owner: str | None


def standings(connection: sqlite3.Connection, ids: Iterable[int]) -> list[Standing]:
    """How each of `ids` stands, in the order of their numbers."""
    found = rows(
        connection,
        "SELECT a.id, a.status, w.name, o.name FROM annotations a JOIN reviewers w ON w.id = a.reviewer_id"
        f" LEFT JOIN reviewers o ON o.id = a.owner_id WHERE a.id IN ({_LISTED}) ORDER BY a.id",
        (_json(ids),),
    )
    return [Standing(*row) for row in found]


def living(connection: sqlite3.Connection, ids: Iterable[int]) -> array[int]:
    """Those of `ids` that are not deleted, nor their reports, in the order of their numbers."""
    found = rows(
        connection,
        "SELECT a.id FROM annotations a JOIN reports r ON r.id = a.report_id"
        f" WHERE a.id IN ({_LISTED}) AND a.deleted_at IS NULL AND r.deleted_at IS NULL ORDER BY a.id",
        (_json(ids),),
    )
    return array("q", (row[0] for row in found))


def versions(connection: sqlite3.Connection, ids: Iterable[int]) -> list[tuple[int, int]]:
    """Each of `ids` with the version that it has now."""
    return rows(connection, f"SELECT id, version FROM annotations WHERE id IN ({_LISTED})", (_json(ids),))


def changed_since(connection: sqlite3.Connection, change_id: int, ids: Iterable[int]) -> int | None:
    """One of `ids` that a change after `change_id` was about; None if there is none."""
    found = rows(
        connection,
        "SELECT item_id FROM change_items WHERE change_id > ? AND kind = 'annotation'"
        f" AND item_id IN ({_LISTED}) LIMIT 1",
        (change_id, _json(ids)),
    )
    return int(found[0][0]) if found else None


def spread(connection: sqlite3.Connection, ids: Iterable[int], name: Field) -> dict[str | None, int]:
    """How many of `ids` have each value of a field, the most frequent first."""
    return dict(
        rows(
            connection,
            f"SELECT {_COLUMNS[name]}, count(*) FROM annotations a WHERE a.id IN ({_LISTED})"
            " GROUP BY 1 ORDER BY 2 DESC, 1",
            (_json(ids),),
        )
    )


def tags_of(connection: sqlite3.Connection, ids: Iterable[int]) -> dict[int, int]:
    """How many of `ids` have each tag, by its id."""
    sql = f"SELECT tag_id, count(*) FROM annotation_tags WHERE annotation_id IN ({_LISTED}) GROUP BY tag_id"
    return dict(rows(connection, sql, (_json(ids),)))


def links_of(connection: sqlite3.Connection, ids: Iterable[int]) -> dict[Link, int]:
    """How many of `ids` have each link."""
    sql = (
        "SELECT agency_id, role, count(*) FROM annotation_agencies"
        f" WHERE annotation_id IN ({_LISTED}) GROUP BY agency_id, role"
    )
    found = rows(connection, sql, (_json(ids),))
    return {Link(agency, Role(role)): count for agency, role, count in found}


def _json(ids: Iterable[int]) -> str:
    return json.dumps(list(ids), separators=(",", ":"))
