"""Which tables to read for a filter, and in which order, so that it is fast whatever it finds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isqrt

from annotations.connection import rows
from annotations.filter_sql import Clause
from annotations.sqlite import sqlite3

REPORT_ORDER = "coalesce(r.date, ''), r.slug, r.id"
"""Reports by date."""

ORDER = f"{REPORT_ORDER}, a.start, a.id"
"""By report date, then report, then place in it. That it names the report's id, which its slug implies, lets
SQLite walk two indexes instead of sorting each report's annotations."""

LIVE = "a.deleted_at IS NULL AND r.deleted_at IS NULL"

BY_REPORT = "reports r CROSS JOIN annotations a INDEXED BY annotations_in_report ON a.report_id = r.id"
"""Every annotation in list order, from an index that holds all that most conditions ask for."""

_BY_CANDIDATE = (
    "({found}) m CROSS JOIN annotations a ON a.id = m.id CROSS JOIN reports r ON r.id = a.report_id"
)

_SHARE = 10
"""Fetching one candidate costs as much as walking past this many annotations in the index."""


@dataclass(frozen=True, slots=True)
class Source:
    """Tables with `a` and `r` in them, conditions on them, and the values of both in order."""

    tables: str
    where: str
    values: tuple[str, ...]


def source_of(connection: sqlite3.Connection, parts: Sequence[Clause], limit: int | None = None) -> Source:
    """Where to look for the annotations that meet all of `parts`; with `limit`, for the first so many.

    Few candidates are fetched one by one and sorted; where there are many, the list is walked in its order,
    and each annotation looked up among them.
    """
    total = int(rows(connection, "SELECT max(id) FROM annotations")[0][0] or 0)
    few = total // _SHARE + 100
    listed = [part for part in parts if part.candidates is not None and not part.excluded]
    drivers = [part for part in listed if _count(connection, [part], few) < few]
    if drivers and limit is not None:
        enough = isqrt(limit * total // _SHARE) + 100
        if _count(connection, drivers, enough) >= enough:
            drivers = []
    if drivers:
        rest = [part for part in parts if part not in drivers]
        where = " AND ".join([LIVE, *(part.condition() for part in rest)])
        tables = _BY_CANDIDATE.format(found=_joined(drivers))
        return Source(tables, where, _values([*drivers, *rest]))
    conditions = [
        part.condition("" if part.candidates is None else f"a.id IN ({part.candidates})") for part in parts
    ]
    return Source(BY_REPORT, " AND ".join([LIVE, *conditions]), _values(parts))


def _count(connection: sqlite3.Connection, parts: Sequence[Clause], most: int) -> int:
    """How many annotations are candidates of all of `parts`, counted up to `most`."""
    sql = f"SELECT count(*) FROM ({_joined(parts)} LIMIT {most})"
    return int(rows(connection, sql, _values(parts))[0][0])


def _joined(parts: Sequence[Clause]) -> str:
    if len(parts) == 1:
        return f"SELECT DISTINCT id FROM ({parts[0].candidates})"
    return " INTERSECT ".join(str(part.candidates) for part in parts)


def _values(parts: Sequence[Clause]) -> tuple[str, ...]:
    return tuple(value for part in parts for value in part.params)
