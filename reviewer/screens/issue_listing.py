"""What the issue list is asked for and what was found: the first rows at once, all of them from a thread."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING

from annotations.directory import Directory
from annotations.errors import Ambiguous, FilterError, NotFound
from annotations.filters import IssueFilter, Term, parse_filter
from annotations.issue_order import Arrangement, Group

if TYPE_CHECKING:
    from annotations.facets import FacetCount, FacetIndex
    from annotations.store import Store

FIRST = 256
"""Rows looked for at once."""
AT_ONCE = 3_000
"""So many are still sorted and grouped at once, not in a thread."""
REST_AFTER = 10
"""Times as long as counting for views took until they are counted again."""
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

        index = self.current(store)
        if index is None:
            index = self._index = FacetIndex.build(store.issues)
        return Facets(asked, index.counts(store.issues, asked.wanted, others=True))

    def current(self, store: Store) -> FacetIndex | None:
        """The index, if there is one that knows the record as it is."""
        index = self._index
        return index if index is not None and index.is_current(store.issues) else None


@dataclass(frozen=True, slots=True)
class ViewCounts:
    """How many each view shows, by its id; None where a name in its filter means nothing any more."""

    counts: Mapping[int, int | None]


@dataclass(frozen=True, slots=True)
class Later:
    """It is too soon to count again; in so many `seconds` it is not."""

    seconds: float


class ViewCounter:
    """Counts what views show, again only once the record, the views or the day has changed. Counting is to
    take a tenth of the time at most, however many others work in a large record."""

    def __init__(self) -> None:
        self._texts: Mapping[int, str] = {}
        self._moment: tuple[int, str] = (-1, "")
        self._free_at = 0.0

    def count(
        self, store: Store, texts: Mapping[int, str], index: FacetIndex | None = None
    ) -> ViewCounts | Later | None:
        """How many each of `texts` (filters by the id of their view) finds, in `index` if there is a current
        one; None where it was counted already."""
        moment, begun = (store.last_change_id(), store.issues.today()), monotonic()
        if texts == self._texts:
            if moment == self._moment:
                return None
            if begun < self._free_at:
                return Later(self._free_at - begun)
        counts = {view_id: self._count(store, text, index) for view_id, text in texts.items()}
        self._texts, self._moment = dict(texts), moment
        self._free_at = monotonic() + (REST_AFTER - 1) * (monotonic() - begun)
        return ViewCounts(counts)

    def _count(self, store: Store, text: str, index: FacetIndex | None) -> int | None:
        try:
            wanted = parse_filter(text)
            return index.count(store.issues, wanted) if index else store.issues.count(wanted)
        except (NotFound, Ambiguous, FilterError):
            return None


@dataclass(frozen=True, slots=True)
class Counters:
    """What counts for the screen. `keeper`: for the facets, None where they are not shown. `views`: filters
    by the id of their view."""

    keeper: FacetKeeper | None
    counter: ViewCounter
    views: Mapping[int, str]


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
    counters: Counters,
    tell: Callable[[object], None],
) -> None:
    """Look for everything, unless it is `listed` already, then for the counts: those of the title, of facets
    if they are shown, of views last; each is told when found."""
    with reader.opened() as store:
        if not listed:
            tell(look_for_all(store, asked))
        tell(tally(store, asked))
        keeper = counters.keeper
        if keeper is not None:
            tell(keeper.count(store, asked))
        index = keeper.current(store) if keeper is not None else None
        found = counters.counter.count(store, counters.views, index)
        if found is not None:
            tell(found)
    reader.warm()
