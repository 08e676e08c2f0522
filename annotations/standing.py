"""How many issues that are still to be done hang on each tag and agency."""

from __future__ import annotations

from dataclasses import dataclass

from annotations.connection import rows
from annotations.sqlite import sqlite3


@dataclass(frozen=True, slots=True)
class Standing:
    """Open issues: of the entry itself (`own`), and of it and all below it, each once (`below`)."""

    own: int
    below: int


_OPEN = """
WITH RECURSIVE up(id, above) AS (
    SELECT id, id FROM {entries}
    UNION SELECT up.id, e.parent_id FROM up JOIN {entries} e ON e.id = up.above WHERE e.parent_id IS NOT NULL
)
SELECT up.above, count(DISTINCT CASE WHEN up.id = up.above THEN a.id END), count(DISTINCT a.id)
FROM annotations a
JOIN reports r ON r.id = a.report_id
JOIN {links} x ON x.annotation_id = a.id
JOIN up ON up.id = x.{column}
WHERE a.status IN ('open', 'in-progress') AND a.deleted_at IS NULL AND r.deleted_at IS NULL
GROUP BY up.above
"""


def agency_standing(connection: sqlite3.Connection) -> dict[int, Standing]:
    """Open issues by agency id, in either role, as linked; agencies without any are left out."""
    return _standing(connection, "agencies", "annotation_agencies", "agency_id")


def tag_standing(connection: sqlite3.Connection) -> dict[int, Standing]:
    """Open issues by tag id; tags without any are left out."""
    return _standing(connection, "tags", "annotation_tags", "tag_id")


def _standing(connection: sqlite3.Connection, entries: str, links: str, column: str) -> dict[int, Standing]:
    sql = _OPEN.format(entries=entries, links=links, column=column)
    return {key: Standing(own, below) for key, own, below in rows(connection, sql)}
