"""The order of entries in the pickers: by where the reviewer is, and by what is typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

from annotations.models import Agency, Tag
from annotations.names import Entry
from annotations.phrases import read_phrase
from annotations.picker_index import Name, TextIndex
from annotations.succession import Succession, valid

T = TypeVar("T", bound=Entry)


class Reason(StrEnum):
    """Why an entry stands where it does, the strongest reason first."""

    NAMED = "named"
    USUAL = "usual"
    REPORT = "report"
    RECENT = "recent"
    OTHER = ""


_BONUS = {Reason.NAMED: 14.0, Reason.USUAL: 9.0, Reason.REPORT: 6.0, Reason.RECENT: 4.0, Reason.OTHER: 0.0}
_PLACE_IN_REASON = 2.0
_LIKELY = 15.0
"""The least that the names of an entry must have of what is typed: single typos score above 20, words that
only look alike below 12."""
_NOT_OF_THAT_DAY = 16.0
_ALIAS, _TRANSLATION, _GROUP, _PHRASE = -1.0, -3.0, -8.0, -22.0
_PHRASE_INITIALS, _NEVER = 4, 1000


@dataclass(frozen=True, slots=True)
class PickerContext:
    """Where the reviewer is. All are ids, the likeliest first.

    `named`: in the passage. `usual`: for its tags (for tags: unused). `report`: used in this report, most
    used first. `recent`: used last by this reviewer. `on`: the report's day (today where it has none);
    agencies that were not valid then come after those that were.
    """

    named: Sequence[int] = ()
    usual: Sequence[int] = ()
    report: Sequence[int] = ()
    recent: Sequence[int] = ()
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Ranked(Generic[T]):
    """One row of a picker. `matched`: the name that answered what was typed, empty where nothing was."""

    entry: T
    reason: Reason
    matched: str
    score: float


RankedTag = Ranked[Tag]
RankedAgency = Ranked[Agency]


@dataclass(slots=True)
class PickerIndex(Generic[T]):
    """The entries of a picker, indexed once per state of the codebook or directory.

    `valid_on`: whether an entry existed on an ISO day.
    """

    entries: tuple[T, ...]
    names: Callable[[T], Iterable[Name]]
    valid_on: Callable[[T, str], bool]
    _text: TextIndex = field(init=False)

    def __post_init__(self) -> None:
        self.entries = tuple(entry for entry in self.entries if not entry.retired)
        self._text = TextIndex([list(self.names(entry)) for entry in self.entries])

    @staticmethod
    def of_tags(tags: Sequence[Tag]) -> PickerIndex[Tag]:
        ordered = tuple(sorted(tags, key=lambda tag: (tag.position, tag.id)))
        groups = {tag.parent_id for tag in tags}
        return PickerIndex(
            ordered, lambda tag: _tag_names(tag, group=tag.id in groups), lambda tag, day: True
        )

    @staticmethod
    def of_agencies(agencies: Sequence[Agency]) -> PickerIndex[Agency]:
        return PickerIndex(tuple(agencies), _agency_names, valid)

    def rank(self, query: str, context: PickerContext, limit: int | None = None) -> list[Ranked[T]]:
        """The entries that answer `query`, best first; without one, all, in the order of the context."""
        reasons = _reasons(context)
        day = (context.on or date.today()).isoformat()
        if query.strip():
            found = [
                (hit.score + self._bonus(hit.entry, reasons, day), hit.entry, hit.name)
                for hit in self._text.search(query)
                if hit.score >= _LIKELY
            ]
        else:
            found = [(self._bonus(at, reasons, day), at, "") for at in range(len(self.entries))]
        found.sort(key=lambda item: (-item[0], item[1]))
        rows = []
        for score, at, name in found[:limit]:
            entry = self.entries[at]
            rows.append(Ranked(entry, reasons.get(entry.id, _NO_REASON)[0], name, score))
        return rows

    def _bonus(self, at: int, reasons: Mapping[int, tuple[Reason, float]], day: str) -> float:
        entry = self.entries[at]
        bonus = reasons.get(entry.id, _NO_REASON)[1]
        return bonus if self.valid_on(entry, day) else bonus - _NOT_OF_THAT_DAY


_NO_REASON = (Reason.OTHER, 0.0)


def rank_tags(query: str, tags: Sequence[Tag], context: PickerContext) -> list[RankedTag]:
    """`PickerIndex.rank` for one question; keep a PickerIndex where many are asked."""
    return PickerIndex.of_tags(tags).rank(query, context)


def rank_agencies(query: str, agencies: Sequence[Agency], context: PickerContext) -> list[RankedAgency]:
    """`PickerIndex.rank` for one question; keep a PickerIndex where many are asked."""
    return PickerIndex.of_agencies(agencies).rank(query, context)


def usual_on(
    lists: Iterable[Sequence[int]],
    agencies: Sequence[Agency],
    on: date | None,
    learnt: Mapping[int, int] | None = None,
) -> tuple[int, ...]:
    """The usual agencies of several tags as one list of ids, as they answer on that day (today if None).

    First the first of every tag, then the second, and so on; then those of `learnt` (agency id to how often
    it was linked under these tags), most often first.
    """
    succession, by_id = Succession(agencies), {agency.id: agency for agency in agencies}
    rows = [list(ids) for ids in lists]
    longest = max(map(len, rows), default=0)
    ordered = [ids[at] for at in range(longest) for ids in rows if at < len(ids)]
    ordered += sorted(learnt or (), key=lambda agency_id: -(learnt or {})[agency_id])
    day = on or date.today()
    found: dict[int, None] = {}
    for agency_id in ordered:
        if agency_id in by_id:
            found.update((holder.id, None) for holder in succession.holders(by_id[agency_id], day))
    return tuple(found)


def _reasons(context: PickerContext) -> dict[int, tuple[Reason, float]]:
    """The strongest reason of each id, and the bonus: the reason's, a little more the earlier it stands."""
    reasons: dict[int, tuple[Reason, float]] = {}
    for reason, ids in (
        (Reason.NAMED, context.named),
        (Reason.USUAL, context.usual),
        (Reason.REPORT, context.report),
        (Reason.RECENT, context.recent),
    ):
        count = len(ids)
        for at, entry_id in enumerate(ids):
            bonus = _BONUS[reason] + _PLACE_IN_REASON * (count - at) / count
            reasons.setdefault(entry_id, (reason, bonus))
    return reasons


def _tag_names(tag: Tag, *, group: bool) -> Iterable[Name]:
    lower = _GROUP if group else 0.0
    yield Name(tag.label_vi, lower)
    yield Name(tag.key, lower)
    yield Name(tag.label_en, lower + _TRANSLATION, _NEVER)
    yield Name(tag.slug, lower + _TRANSLATION)
    for phrase in tag.phrases:
        yield Name(read_phrase(phrase).text, _PHRASE, _PHRASE_INITIALS)


def _agency_names(agency: Agency) -> Iterable[Name]:
    yield Name(agency.name)
    yield Name(agency.short)
    for alias in agency.aliases:
        yield Name(alias, _ALIAS)
    yield Name(agency.name_en, _TRANSLATION, _NEVER)
