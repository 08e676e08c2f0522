"""What the issue list is asked for and what was found: the first rows at once, all of them from a thread."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from annotations.directory import Directory
from annotations.errors import Ambiguous, NotFound
from annotations.filters import IssueFilter, Term
from annotations.issue_order import Arrangement, Group

if TYPE_CHECKING:
    from annotations.facets import FacetCount, FacetIndex
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


@dataclass(frozen=True, slots=True)
class Facets:
    """How many of what was asked for each value has, by word; its own word's conditions left out."""

    asked: Asked
    counts: Mapping[str, Sequence[FacetCount]]


class FacetKeeper:
    """The index that facets are counted in, made again only once the record has changed."""

    def __init__(self) -> None:
        self._index: FacetIndex | None = None

    def count(self, store: Store, asked: Asked) -> Facets:
        """The facets of what was asked for; the first time takes some seconds with many issues."""
        from annotations.facets import FacetIndex

        index = self._index
        if index is None or not index.is_current(store.issues):
            index = self._index = FacetIndex.build(store.issues)
        return Facets(asked, index.counts(store.issues, asked.wanted, others=True))


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


class SecondReader:
    """Opens the record of `store` once more, to be read in a thread, with the names that `store` has read."""

    def __init__(self, store: Store) -> None:
        self._path, self._reviewer = store.path, store.reviewer
        self._today = store.issues.today
        self._tags, self._agencies = store.tags(), store.agencies()

    @contextmanager
    def opened(self) -> Iterator[Store]:
        """The record, only to be read; closed afterwards."""
        from annotations.store import Store

        with Store.open(self._path, self._reviewer, create=False, readonly=True) as store:
            issues = store.issues
            issues.today = self._today
            issues.directory = Directory(
                issues.connection, lambda: self._tags, lambda: self._agencies, self._reviewer
            )
            yield store

    def warm(self) -> None:
        """Make what looking up a name needs, so that the first one typed need not wait."""
        from annotations.names import find_agency, find_tag

        with suppress(NotFound, Ambiguous):
            find_agency(self._agencies, "-")
        with suppress(NotFound, Ambiguous):
            find_tag(self._tags, "-")


def in_thread(
    reader: SecondReader,
    asked: Asked,
    listed: bool,
    keeper: FacetKeeper | None,
    tell: Callable[[object], None],
) -> None:
    """Look for everything, unless it is `listed` already, then for the counts, those of facets last if there
    is a `keeper` for them; each is told when found."""
    with reader.opened() as store:
        if not listed:
            tell(look_for_all(store, asked))
        tell(tally(store, asked))
        if keeper is not None:
            tell(keeper.count(store, asked))
    reader.warm()
