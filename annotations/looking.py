"""The issue list looked at as a whole, counted at one moment: by one thing, over time, by deadline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from annotations.counts import GridRow, Key
from annotations.filter_sql import UNFINISHED
from annotations.filters import IssueFilter, Term
from annotations.issues import Issues
from annotations.models import Severity, Status
from annotations.periods import period_order

OVERDUE = Term("overdue")
NEW = Term("periods", ("2",), excluded=True)
AGAIN = Term("periods", ("2",))
"""What stands over several periods in a row, and what does not."""
STILL_OPEN = Term("status", UNFINISHED)
SETTLED = Term("status", (Status.RESOLVED.value,))
REJECTED = Term("status", (Status.REJECTED.value,))

_LIFE: dict[str, tuple[str, ...]] = {
    "status": tuple(map(str, Status)),
    "severity": tuple(map(str, reversed(Severity))),
}


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """The issues that the reports of one period raised, and what has become of them by now.

    `raised`: all of them. `new`: those that did not stand in the period before. `settled`: resolved. `open`:
    still to be done, `overdue`: those of them whose due date is past. The others were rejected.
    """

    period: Key
    raised: int
    new: int
    settled: int
    open: int
    overdue: int

    @property
    def rejected(self) -> int:
        return self.raised - self.settled - self.open


@contextmanager
def one_moment(issues: Issues) -> Iterator[None]:
    """Everything read inside is of one moment, whatever others write meanwhile."""
    begun = not issues.connection.in_transaction
    if begun:
        issues.connection.execute("BEGIN")
    try:
        yield
    finally:
        if begun and issues.connection.in_transaction:
            issues.connection.execute("ROLLBACK")


def in_order(by: str, keys: Sequence[Key]) -> list[Key]:
    """`keys` of one of `counts.BY` in an order of their own: periods as they follow one another, the life of
    an issue, the gravest severity first, none last. Of the others as they are, none last."""
    if by == "period":
        return sorted(keys, key=lambda key: period_order(None if key is None else str(key)))
    life = _LIFE.get(by)
    if life:
        return sorted(keys, key=lambda key: life.index(str(key)) if key in life else len(life))
    return sorted(keys, key=lambda key: key is None)


def bars(issues: Issues, issue_filter: IssueFilter, by: str) -> list[tuple[Key, int]]:
    """How many of what `issue_filter` finds have each value of `by`, most first unless the values have an
    order of their own. Raises as `Issues.counts`."""
    counts = {key: int(count or 0) for key, count in issues.counts(issue_filter, (by,))}
    return [(key, counts[key]) for key in in_order(by, list(counts))]


def trend(issues: Issues, issue_filter: IssueFilter) -> list[PeriodRow]:
    """What `issue_filter` finds by the period of its reports, in the order of time."""
    overdue = _by_period(issues, adding(issue_filter, OVERDUE))
    again = _by_period(issues, adding(issue_filter, AGAIN))
    counts: dict[Key, dict[Key, int]] = {}
    for period, status, count in issues.counts(issue_filter, ("period", "status")):
        counts.setdefault(period, {})[status] = int(count or 0)
    found = []
    for period in in_order("period", list(counts)):
        by_status = counts[period]
        left = sum(by_status.get(status, 0) for status in UNFINISHED)
        settled = by_status.get(Status.RESOLVED.value, 0)
        raised = sum(by_status.values())
        new = raised - again.get(period, 0)
        found.append(PeriodRow(period, raised, new, settled, left, overdue.get(period, 0)))
    return found


def _by_period(issues: Issues, issue_filter: IssueFilter) -> dict[Key, int]:
    return {period: int(count or 0) for period, count in issues.counts(issue_filter, ("period",))}


def together(rows: Sequence[PeriodRow]) -> PeriodRow:
    """All `rows` as one."""
    names = ("raised", "new", "settled", "open", "overdue")
    sums = (sum(getattr(row, name) for row in rows) for name in names)
    return PeriodRow(None, *sums)


def deadlines(issues: Issues, issue_filter: IssueFilter) -> list[GridRow]:
    """The four cells per lead agency, and before them those of all, every annotation once."""
    return [issues.grid_total(issue_filter), *issues.grid(issue_filter)]


def adding(issue_filter: IssueFilter, term: Term) -> IssueFilter:
    """What `issue_filter` finds and `term` holds of, whatever else is said of its word."""
    return replace(issue_filter, terms=(*issue_filter.terms, term))
