"""What the pickers offer and in which order, for a passage of a report; no Textual in it.

The indexes over codebook and directory are made once per state of either and kept beside the store.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Generic, TypeVar

from annotations.dates import days
from annotations.mentions import MentionFinder, named_agencies
from annotations.models import Agency, Link, Report, Role, Tag
from annotations.phrases import PhraseFinder
from annotations.ranking import PickerContext, PickerIndex, Reason, usual_on

if TYPE_CHECKING:
    from annotations.store import Store

S = TypeVar("S")
T = TypeVar("T")

RECENT = 9
"""Entries used last that stand before the rest."""
NOBODY = frozenset({"collective", "role"})
"""Kinds of agency that stand for whichever it is."""


class _Kept(Generic[S, T]):
    """A value made from one state, made again only when the state is another one."""

    def __init__(self, make: Callable[[S], T]) -> None:
        self._make = make
        self._state: S | None = None
        self._value: T | None = None

    def of(self, state: S) -> T:
        if self._value is None or self._state is not state:
            self._value, self._state = self._make(state), state
        return self._value


class Choices:
    """Ranks tags and agencies for a passage. Everything it reads, it reads from `store`."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._tag_index: _Kept[tuple[Tag, ...], PickerIndex[Tag]] = _Kept(PickerIndex.of_tags)
        self._agency_index: _Kept[tuple[Agency, ...], PickerIndex[Agency]] = _Kept(PickerIndex.of_agencies)
        self._phrases: _Kept[tuple[Tag, ...], PhraseFinder] = _Kept(PhraseFinder)
        self._mentions: _Kept[tuple[Agency, ...], MentionFinder] = _Kept(MentionFinder)

    def warm(self) -> Callable[[], None]:
        """Read the record now; what is returned makes the indexes from it, in any thread, so that the first
        picker need not."""
        tags, agencies = self._store.tags(), self._store.agencies()

        def make() -> None:
            self._tag_index.of(tags)
            self._agency_index.of(agencies)
            self._phrases.of(tags)
            self._mentions.of(agencies)

        return make

    def tags(self) -> PickerIndex[Tag]:
        """The codebook to choose from."""
        return self._tag_index.of(self._store.tags())

    def agencies(self) -> PickerIndex[Agency]:
        """The directory to choose from."""
        return self._agency_index.of(self._store.agencies())

    def mention_finder(self) -> MentionFinder:
        """What finds the agencies of the directory in a text."""
        return self._mentions.of(self._store.agencies())

    def tag_context(self, passage: str, report: Report | None) -> PickerContext:
        """How tags rank for the words of `passage`."""
        counts = self._store.tag_counts()
        return PickerContext(
            named=self._phrases.of(self._store.tags()).find(passage),
            report=sorted(counts, key=lambda tag: -counts[tag])[:RECENT],
            recent=self._store.recent_tags(RECENT),
            on=report_day(report),
        )

    def agency_context(self, passage: str, tags: Iterable[int], report: Report | None) -> PickerContext:
        """How agencies rank for the words of `passage` and its `tags` (ids)."""
        on, agencies = report_day(report), self._store.agencies()
        mentions = self._mentions.of(agencies).find(passage, on)
        used = self._store.agency_use(report.id) if report else {}
        return PickerContext(
            named=named_agencies(mentions),
            usual=usual_on([self._store.usual_agencies(tag) for tag in tags], agencies, on),
            report=sorted(used, key=lambda agency: -used[agency]),
            recent=self._store.recent_agencies(RECENT),
            on=on,
        )

    def first_link(
        self, passage: str, tags: Iterable[int], links: Sequence[Link], report: Report | None
    ) -> Link | None:
        """The agency that stands first in the picker and is not linked yet, as it would be linked there.

        None where nothing speaks for any: it is not named, not usual, and not used in this report. Nobody can
        answer for "the departments" or "the project owner" until somebody says which: those are passed over
        unless the passage names them.
        """
        linked = {link.agency_id for link in links}
        passed = linked | {each.id for each in self._store.agencies() if each.kind in NOBODY}
        ranked = self.agencies().rank("", self.agency_context(passage, tags, report), len(passed) + 1)
        for row in ranked:
            if row.entry.id not in (linked if row.reason is Reason.NAMED else passed):
                if row.reason in (Reason.NAMED, Reason.USUAL, Reason.REPORT):
                    led = any(link.role is Role.LEAD for link in links)
                    return Link(row.entry.id, Role.COORDINATING if led else Role.LEAD)
                return None
        return None


def report_day(report: Report | None) -> date | None:
    """The day by which the report's agencies are resolved: its own, else the last one of its period."""
    if report and report.date:
        return date.fromisoformat(report.date)
    if report and report.period:
        return date.fromisoformat(days(report.period, "")[1])
    return None
