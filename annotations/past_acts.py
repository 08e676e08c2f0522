"""What is asked of the history, and a past act as a list shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from annotations.models import Change

SHOWN = 4
"""Items of a change that a list reads; the others are only counted."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which changes: of one annotation (its comments too), in one report, by one reviewer, from one day to
    another (ISO days where the program runs, both included); all of them where nothing is said.

    `deleted`: only what deleted an annotation that is deleted now, an entry for each annotation.
    """

    annotation_id: int | None = None
    report_id: int | None = None
    reviewer: str | None = None
    since: str | None = None
    until: str | None = None
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class PastAct:
    """`change` with the first of its `size` items. `turned`: for an undo or redo, what it took back or did
    again in the end, likewise with its first items. `title`: of the report that it was in, empty for none."""

    change: Change
    size: int
    title: str = ""
    turned: Change | None = None


def local_time(at: str) -> datetime:
    """A time of the record (UTC) as the clock shows it where the program runs."""
    return datetime.fromisoformat(at).astimezone()


def local_day(at: str) -> str:
    """The ISO day on which a time of the record was, where the program runs."""
    return local_time(at).date().isoformat()


def day_begins(day: str, after: int = 0) -> str:
    """When the ISO day that comes `after` days after `day` begins where the program runs, as the record
    writes times."""
    midnight = datetime.combine(date.fromisoformat(day) + timedelta(days=after), datetime.min.time())
    return midnight.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
