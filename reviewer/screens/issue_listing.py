"""What the issue list is asked for and what was found: the first rows at once, all of them from a thread."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from annotations.filters import IssueFilter, Term
from annotations.issue_order import Arrangement, Group

if TYPE_CHECKING:
    from annotations.store import Store

FIRST = 256
"""Rows looked for at once."""
AT_ONCE = 3_000
"""So many are still sorted and grouped at once, not in a thread."""
OVERDUE = Term("overdue")


@dataclass(frozen=True, slots=True)
class Asked:
    """A filter and how what it finds is to be laid out."""

    wanted: IssueFilter = field(default_factory=IssueFilter)
    arrangement: Arrangement = field(default_factory=Arrangement)


@dataclass(frozen=True, slots=True)
class Listing:
    """Ids in order and their groups. `whole`: all there are, not only the first ones."""

    asked: Asked
    ids: array[int]
    groups: tuple[Group, ...] = ()
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Tally:
    """How many there are: of what was asked for those overdue, and of everything."""

    asked: Asked
    overdue: int
    every: int


def look_first(store: Store, asked: Asked) -> Listing | None:
    """What can be shown at once; None where it has to be looked for in a thread.

    Raises NotFound, Ambiguous or FilterError for the filter.
    """
    issues = store.issues
    if not asked.arrangement:
        ids = issues.first(asked.wanted, FIRST)
        return Listing(asked, ids, whole=len(ids) < FIRST)
    if len(issues.first(asked.wanted, AT_ONCE)) < AT_ONCE:
        return look_for_all(store, asked)
    return None


def look_for_all(store: Store, asked: Asked) -> Listing:
    """Everything that was asked for."""
    found = store.issues.arranged(asked.wanted, asked.arrangement)
    return Listing(asked, found.ids, found.groups)


def tally(store: Store, asked: Asked) -> Tally:
    """The counts beside the title."""
    wanted = asked.wanted
    late = store.issues.count(IssueFilter((*wanted.terms, OVERDUE)))
    return Tally(asked, late, store.issues.count(IssueFilter()))


def in_thread(
    path: Path,
    reviewer: str,
    today: Callable[[], str],
    asked: Asked,
    listed: bool,
    tell: Callable[[object], None],
) -> None:
    """Look on a connection of one's own: for everything, unless it is `listed` already, then for the counts.
    What was found is told as it is found."""
    from annotations.store import Store

    with Store.open(path, reviewer, create=False, readonly=True) as store:
        store.issues.today = today
        if not listed:
            tell(look_for_all(store, asked))
        tell(tally(store, asked))
