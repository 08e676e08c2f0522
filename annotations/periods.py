"""Reporting periods in time: their order, the one before, and which follow one another in a row."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from annotations.dates import days

_PARTED = re.compile(r"(\d{4})(?:-(?:([QHW])(\d{1,2})|(9M)|(\d{2})))?")
_LAST = {"Q": 4, "H": 2}


@dataclass(frozen=True, slots=True)
class Reported:
    """When something was reported: the report's id, its date (ISO day) and period, where it has them."""

    report_id: int
    day: str | None
    period: str | None

    @property
    def at(self) -> str:
        """The ISO day that it is reckoned by: its date, else the last of its period; empty for neither."""
        span = period_span(self.period) if self.period else None
        return self.day or (span[1].isoformat() if span else "")

    @property
    def order(self) -> tuple[str, tuple[int, int, str], int]:
        """What reports are sorted by: day, then period, then id."""
        return (self.at, period_order(self.period), self.report_id)


@lru_cache(maxsize=4096)
def period_span(period: str) -> tuple[date, date] | None:
    """First and last day of a canonical period (`2023-Q1`); None for what is no period."""
    if not _PARTED.fullmatch(period):
        return None
    try:
        first, last = days(period, "2000-01-01")
        return date.fromisoformat(first), date.fromisoformat(last)
    except (ValueError, KeyError):
        return None


@lru_cache(maxsize=4096)
def period_order(period: str | None) -> tuple[int, int, str]:
    """What periods are sorted by: the day on which they end, the shorter one first (`2023-06`, `2023-Q2`,
    `2023-H1`); no period and unknown words come last."""
    span = period_span(period) if period else None
    if span is None:
        return (date.max.toordinal() + 1, 0, period or "\U0010ffff")
    first, last = span
    return (last.toordinal(), -first.toordinal(), period or "")


def previous_period(period: str) -> str | None:
    """The period of the same kind just before: `2023-Q1` → `2022-Q4`, `2023-9M` → `2022-9M`; None for what is
    no period, and before the year 1."""
    match = _PARTED.fullmatch(period)
    span = period_span(period)
    if match is None or span is None:
        return None
    year = int(match[1])
    if match[2] == "W":
        if span[0].toordinal() <= 7:
            return None
        week = (span[0] - timedelta(days=7)).isocalendar()
        return f"{week.year:04}-W{week.week:02}"
    if match[2] and int(match[3]) > 1:
        return f"{match[1]}-{match[2]}{int(match[3]) - 1}"
    if match[5] and int(match[5]) > 1:
        return f"{match[1]}-{int(match[5]) - 1:02}"
    if year <= 1:
        return None
    if match[2]:
        return f"{year - 1:04}-{match[2]}{_LAST[match[2]]}"
    return f"{year - 1:04}-12" if match[5] else f"{year - 1:04}-9M" if match[4] else f"{year - 1:04}"


@lru_cache(maxsize=65536)
def in_a_row(earlier: str, later: str) -> bool:
    """Whether nothing lies between two periods, the later one ending later.

    They touch or overlap (`2023-Q1` → `2023-Q2`, `2023-H1` → `2023-9M`, `2022` → `2023-Q1`), or the earlier
    one is the one before of the same kind (`2022-9M` → `2023-9M`).
    """
    before, after = period_span(earlier), period_span(later)
    if before is None or after is None or before[1] >= after[1]:
        return False
    return before[1].toordinal() + 1 >= after[0].toordinal() or previous_period(later) == earlier


def reporting_period(period: str | None, day: str | None) -> str | None:
    """The period that a report counts for: its own, else the quarter of its date (ISO day); None for none."""
    if period and period_span(period):
        return period
    try:
        reported = date.fromisoformat(day or "")
    except ValueError:
        return None
    return f"{reported.year:04}-Q{(reported.month + 2) // 3}"


def reported_later(report: Reported, other: Reported) -> bool:
    """Whether `report` is later than `other`; never where one of them has neither date nor period."""
    return bool(report.at and other.at) and report.order > other.order


def oldest_first(reported: Mapping[int, Reported], earlier: Mapping[int, int | None]) -> list[int]:
    """The keys of `reported` by when they were reported, each behind the one it continues (`earlier`)."""
    orders: dict[int, tuple[tuple[str, tuple[int, int, str], int], int]] = {}
    for number in reported:
        path: list[int] = []
        at: int | None = number
        while at is not None and at in reported and at not in orders and at not in path:
            path.append(at)
            at = earlier.get(at)
        for step in reversed(path):
            own = (reported[step].order, 0)
            before = earlier.get(step)
            if before in orders and before is not None:
                latest, depth = orders[before]
                own = max(own, (latest, depth + 1))
            orders[step] = own
    return sorted(reported, key=orders.__getitem__)
