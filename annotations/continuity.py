"""How long issues stand: over how many reporting periods in a row, and how many are new in each.

A report counts for its period, or for the quarter of its date where it has none. Walking back from an
annotation over what it continues, each that lies in a period just before the last one counted (see
`periods.in_a_row`) counts one more; one of the same time counts nothing; a gap, or a report without any time,
ends it. Deleted annotations and those of deleted reports are stepped over.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from annotations.connection import rows
from annotations.periods import in_a_row, period_order, period_span, reporting_period
from annotations.sources import Source
from annotations.sqlite import sqlite3

LONGEST = 400
"""Annotations that are looked at back from one."""

_LINES = f"""
WITH RECURSIVE line (of_id, id, step) AS (
    SELECT a.id, a.id, 0 FROM annotations a
    WHERE a.id IN (SELECT value FROM json_each(?)) AND a.earlier_id IS NOT NULL
    UNION ALL
    SELECT line.of_id, a.earlier_id, line.step + 1 FROM line JOIN annotations a ON a.id = line.id
    WHERE a.earlier_id IS NOT NULL AND line.step < {LONGEST}
)
SELECT line.of_id, r.period, r.date FROM line
JOIN annotations a ON a.id = line.id
JOIN reports r ON r.id = a.report_id
WHERE a.deleted_at IS NULL AND r.deleted_at IS NULL
ORDER BY line.of_id, line.step
"""
_PLACES = "SELECT id, earlier_id, report_id, deleted_at IS NOT NULL FROM annotations"
_GONE = "(e.deleted_at IS NOT NULL OR q.deleted_at IS NOT NULL)"
_CONTINUING = f"""
WITH RECURSIVE back (of_id, id) AS (
    SELECT a.id, e.earlier_id FROM annotations a JOIN annotations e ON e.id = a.earlier_id
    JOIN reports q ON q.id = e.report_id
    WHERE a.earlier_id IS NOT NULL AND e.earlier_id IS NOT NULL AND {_GONE}
    UNION
    SELECT back.of_id, e.earlier_id FROM back JOIN annotations e ON e.id = back.id
    JOIN reports q ON q.id = e.report_id
    WHERE e.earlier_id IS NOT NULL AND {_GONE}
)
SELECT a.id FROM annotations a JOIN annotations e ON e.id = a.earlier_id JOIN reports q ON q.id = e.report_id
WHERE a.earlier_id IS NOT NULL AND NOT {_GONE}
UNION ALL
SELECT back.of_id FROM back JOIN annotations e ON e.id = back.id JOIN reports q ON q.id = e.report_id
WHERE NOT {_GONE}
"""


@dataclass(frozen=True, slots=True)
class Run:
    """How long an issue stands. `periods`: how many in a row, 0 where its report has no time at all. `since`:
    the first of them."""

    periods: int
    since: str | None


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """The issues of one period's reports. `new`: those that continue no earlier one; `continuing`: the
    others; `settled`: how many of both are resolved by now."""

    period: str | None
    new: int
    continuing: int
    settled: int

    @property
    def total(self) -> int:
        return self.new + self.continuing


def run_of(periods: Iterable[str | None]) -> Run:
    """How long an issue stands that was raised in `periods` (None: no time), the latest first."""
    count, since = 0, None
    for period in periods:
        span = period_span(period) if period else None
        if period is None or span is None:
            break
        if since is None or in_a_row(period, since):
            count, since = count + 1, period
            continue
        latest = period_span(since)
        if latest is None or span[1] < latest[1]:
            break
    return Run(count, since)


def runs(connection: sqlite3.Connection, ids: Sequence[int]) -> dict[int, Run]:
    """How long those of `ids` stand that continue an earlier annotation; the others stand for one period."""
    found = rows(connection, _LINES, (json.dumps(list(ids)),))
    return {
        number: run_of(reporting_period(period, day) for _, period, day in line)
        for number, line in groupby(found, key=lambda row: int(row[0]))
    }


def standing_for(connection: sqlite3.Connection, least: int) -> list[int]:
    """Ids of the annotations that continue earlier ones and stand for at least `least` periods in a row."""
    found = {row[0]: row[1:] for row in rows(connection, f"{_PLACES} WHERE earlier_id IS NOT NULL")}
    roots = {row[0] for row in found.values()} - found.keys()
    within = f"{_PLACES} WHERE id IN (SELECT value FROM json_each(?))"
    found |= {row[0]: row[1:] for row in rows(connection, within, (json.dumps(list(roots)),))}
    reports = {
        report_id: (reporting_period(period, day), bool(gone))
        for report_id, period, day, gone in rows(
            connection, "SELECT id, period, date, deleted_at IS NOT NULL FROM reports"
        )
    }

    def periods(number: int | None) -> Iterator[str | None]:
        """Those of an annotation and of what it continues, without what is deleted."""
        for _step in range(LONGEST):
            if number is None:
                return
            number, report_id, gone = found[number]
            period, report_gone = reports[report_id]
            if not (gone or report_gone):
                yield period

    return [
        number
        for number, (earlier, report_id, gone) in found.items()
        if earlier is not None and not gone and not reports[report_id][1]
        if run_of(periods(number)).periods >= least
    ]


def trend(connection: sqlite3.Connection, source: Source) -> list[TrendPoint]:
    """The annotations of `source` by the period that their reports count for, in the order of time, those
    without any last."""
    tables, where, values = source.tables, source.where, source.values
    raised = rows(
        connection,
        f"SELECT r.id, r.period, r.date, count(*), sum(a.status = 'resolved') FROM {tables}"
        f" WHERE {where} GROUP BY r.id",
        values,
    )
    old = {row[0] for row in rows(connection, _CONTINUING)}
    listed = rows(connection, f"SELECT a.report_id, a.id FROM {tables} WHERE {where}", values) if old else ()
    continuing = Counter(report_id for report_id, number in listed if number in old)
    sums: dict[str | None, list[int]] = {}
    for report_id, period, day, count, settled in raised:
        point = sums.setdefault(reporting_period(period, day), [0, 0, 0])
        going_on = continuing[report_id]
        for at, number in enumerate((count - going_on, going_on, settled)):
            point[at] += number
    return [TrendPoint(period, *sums[period]) for period in sorted(sums, key=period_order)]
