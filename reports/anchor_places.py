"""Where words stand in a text: exactly, and where words like them do."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from itertools import islice

from reports.anchor_runs import shared_runs
from reports.anchor_words import Words

CONTEXT = 16
"""Words on each side of a passage that tell it from others with the same words."""

MOST_PLACES, MOST_KEPT = 2_000, 20_000
"""Places of one wording that are compared, of more the nearest; and that are looked for at all."""

_SHINGLES = (3, 1)
_RAREST, _MOST_VOTERS, _MOST_WINDOWS = 6, 400, 4
_LONG = 300
"""Words beyond which a passage is compared by its unique stretches first."""

Core = tuple[int, ...]


class Places:
    """Where each of many wordings stands in one text, found by the rarest word of each. `counts`: how often
    each word number occurs, in all texts that are compared."""

    def __init__(self, words: Words, cores: Iterable[Core], counts: Counter[int]) -> None:
        self._words = words
        self._rarest = {core: min(range(len(core)), key=lambda at: counts[core[at]]) for core in set(cores)}
        self._positions = positions(words.ids, {core[at] for core, at in self._rarest.items()})
        self._found: dict[Core, list[int]] = {}

    def of(self, core: Core) -> list[int]:
        """The first words of all places of `core`, in order."""
        found = self._found.get(core)
        if found is None:
            found = self._found[core] = self._search(core)
        return found

    def near(self, core: Core, word: int, most: int = MOST_PLACES) -> list[int]:
        """At most `most` of them, those nearest to `word`."""
        found = self.of(core)
        if len(found) <= most:
            return found
        first = min(max(bisect_left(found, word) - most // 2, 0), len(found) - most)
        return found[first : first + most]

    def _search(self, core: Core) -> list[int]:
        shift = self._rarest[core]
        starts = (at - shift for at in self._positions.get(core[shift], ()))
        if len(core) == 1:
            return list(starts)
        ids, wanted, length = self._words.ids, array("I", core), len(core)
        head, last = core[0], len(ids) - length
        whole = (
            at for at in starts if 0 <= at <= last and ids[at] == head and ids[at : at + length] == wanted
        )
        return list(islice(whole, MOST_KEPT))


def positions(ids: Sequence[int], wanted: set[int]) -> dict[int, array[int]]:
    """Where each of the `wanted` numbers stands in `ids`."""
    found: dict[int, array[int]] = {}
    for at, number in enumerate(ids):
        if number in wanted:
            found.setdefault(number, array("I")).append(at)
    return found


def agreement(old: Words, start: int, end: int, new: Words, there: int, there_end: int) -> tuple[int, int]:
    """Words of context that agree before and behind two places, at most `CONTEXT` each, counted outwards;
    where both texts begin or end, all agree."""
    before = behind = 0
    while (
        before < CONTEXT
        and min(start, there) > before
        and (old.ids[start - before - 1] == new.ids[there - before - 1])
    ):
        before += 1
    if start == there == before:
        before = CONTEXT
    while (
        behind < CONTEXT
        and end + behind < len(old)
        and there_end + behind < len(new)
        and old.ids[end + behind] == new.ids[there_end + behind]
    ):
        behind += 1
    if end + behind == len(old) and there_end + behind == len(new):
        behind = CONTEXT
    return before, behind


class LikeFinder:
    """Where words like those of a passage stand in one text. Accents do not count in looking for them.

    `folds`: for each word number that of the words that differ from it in accents only.
    """

    def __init__(self, words: Words, folds: Sequence[int], cores: Iterable[Core]) -> None:
        self._folds = folds
        self._ids = array("I", map(folds.__getitem__, words.ids))
        counts = Counter(self._ids)
        self._rare = {core: self._rarest(core, counts) for core in set(cores)}
        wanted = {folds[core[at]] for core, rare in self._rare.items() for at in rare}
        self._positions = positions(self._ids, wanted)

    def _rarest(self, core: Core, counts: Counter[int]) -> list[int]:
        """Positions in `core` of its rarest words that the text has, each word once."""
        places = {self._folds[number]: at for at, number in enumerate(core)}
        known = [at for number, at in places.items() if 0 < counts[number] <= _MOST_VOTERS]
        return sorted(known, key=lambda at: counts[self._folds[core[at]]])[:_RAREST]

    def windows(self, core: Core, near: int) -> list[tuple[int, int]]:
        """Ranges of words where rare words of `core` stand together, most of them first, then nearest to word
        `near`."""
        rare = self._rare[core]
        starts = sorted(
            (at - shift, shift) for shift in rare for at in self._positions.get(self._folds[core[shift]], ())
        )
        spread = len(core) // 2 + 2
        clusters: list[tuple[int, set[int]]] = []
        for start, shift in starts:
            if clusters and start - clusters[-1][0] <= spread:
                clusters[-1][1].add(shift)
            else:
                clusters.append((start, {shift}))
        enough = [(start, len(shifts)) for start, shifts in clusters if len(shifts) * 2 >= len(rare)]
        enough.sort(key=lambda each: (-each[1], abs(each[0] - near)))
        slack = spread + 2
        return [
            found
            for start, _ in enough[:_MOST_WINDOWS]
            if (found := self.narrowed(core, start - slack, start + len(core) + slack))
        ]

    def narrowed(self, core: Core, first: int, last: int) -> tuple[int, int] | None:
        """The part of words [first, last) that is most like `core`, None if nothing is."""
        first, last = max(0, first), min(len(self._ids), last)
        ours = [self._folds[number] for number in core]
        theirs = self._ids[first:last].tolist()
        if len(ours) > _LONG:
            runs = [(run.old, run.new, run.length) for run in shared_runs(ours, theirs, _SHINGLES)]
        else:
            runs = [
                each for each in SequenceMatcher(None, ours, theirs, False).get_matching_blocks() if each[2]
            ]
        if not runs:
            return None
        start = max(0, runs[0][1] - runs[0][0])
        end = min(len(theirs), runs[-1][1] + runs[-1][2] + len(ours) - runs[-1][0] - runs[-1][2])
        return first + start, first + end


def likeness(old: str, new: str) -> float:
    """How like two wordings are, 0 to 1: the share of their letters that agree, case and spaces apart."""
    if old == new:
        return 1.0
    ours, theirs = " ".join(old.lower().split()), " ".join(new.lower().split())
    if max(len(ours), len(theirs)) <= 1_000:
        return SequenceMatcher(None, ours, theirs, False).ratio()
    numbers: dict[str, int] = {}
    one, other = (
        [numbers.setdefault(word, len(numbers)) for word in each.split()] for each in (ours, theirs)
    )
    return 2 * sum(run.length for run in shared_runs(one, other, _SHINGLES)) / (len(one) + len(other))


def between(spans: Sequence[int], low: int, high: int) -> Sequence[int]:
    """Those of sorted numbers that are in [low, high)."""
    return spans[bisect_left(spans, low) : bisect_right(spans, high - 1)]
