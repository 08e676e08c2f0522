"""Runs that two sequences share: first what is unique in both, then what lies between.

Patience diff (https://bramcohen.livejournal.com/73318.html) over shingles, with difflib in the small gaps.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

DEAREST_GAP = 400_000
"""Product of the lengths of a gap beyond which it is not searched item by item."""

Ids = Sequence[int]


@dataclass(frozen=True, slots=True)
class Run:
    """`length` items from `old` on equal those from `new` on."""

    old: int
    new: int
    length: int


@dataclass(frozen=True, slots=True)
class Gap:
    """Items between two runs: [old, old_end) and [new, new_end), either of them perhaps empty."""

    old: int
    old_end: int
    new: int
    new_end: int


def shared_runs(old: Ids, new: Ids, sizes: Sequence[int], *, to_the_word: bool = True) -> list[Run]:
    """The runs that stand in both sequences in the same order, found by unique shingles of `sizes`, the
    longest first, and then, if `to_the_word`, item by item in small gaps."""
    runs: list[Run] = []
    pending = [(Gap(0, len(old), 0, len(new)), 0)]
    while pending:
        gap, level = pending.pop()
        last = level == len(sizes)
        if last and not to_the_word:
            continue
        gap, found = _trimmed(old, new, gap, 1 if last else sizes[level])
        runs += found
        if gap.old == gap.old_end or gap.new == gap.new_end:
            continue
        if last:
            runs += _item_by_item(old, new, gap)
            continue
        anchors = _anchors(old, new, gap, sizes[level])
        runs += anchors
        following = level if anchors and sizes[level] == 1 else level + 1
        pending += ((rest, following) for rest in gaps(anchors, gap))
    return joined(runs)


def unique_shingles(ids: Ids, first: int, last: int, size: int) -> dict[tuple[int, ...], int]:
    """Each shingle of `size` items that occurs once in [first, last), with where it begins."""
    found: dict[tuple[int, ...], int] = {}
    if last - first < size:
        return found
    piece = ids[first:last]
    columns = [piece[shift : len(piece) - size + 1 + shift] for shift in range(size)]
    for at, shingle in enumerate(zip(*columns, strict=True), first):
        found[shingle] = -1 if shingle in found else at
    return {shingle: at for shingle, at in found.items() if at >= 0}


def gaps(runs: Sequence[Run], around: Gap) -> Iterator[Gap]:
    """What lies between `runs`, which are in order, and before and behind them within `around`."""
    old, new = around.old, around.new
    for run in runs:
        if run.old > old or run.new > new:
            yield Gap(old, run.old, new, run.new)
        old, new = run.old + run.length, run.new + run.length
    if around.old_end > old or around.new_end > new:
        yield Gap(old, around.old_end, new, around.new_end)


def joined(runs: list[Run]) -> list[Run]:
    """`runs` in order, those that touch made one."""
    runs.sort(key=lambda run: (run.old, run.new))
    whole: list[Run] = []
    for run in runs:
        last = whole[-1] if whole else None
        if last and (last.old + last.length, last.new + last.length) == (run.old, run.new):
            whole[-1] = Run(last.old, last.new, last.length + run.length)
        else:
            whole.append(run)
    return whole


def _trimmed(old: Ids, new: Ids, gap: Gap, least: int) -> tuple[Gap, list[Run]]:
    """What is left of a gap when equal ends of at least `least` items are taken off, and those ends."""
    most = min(gap.old_end - gap.old, gap.new_end - gap.new)
    head = 0
    while head < most and old[gap.old + head] == new[gap.new + head]:
        head += 1
    tail = 0
    while tail < most - head and old[gap.old_end - 1 - tail] == new[gap.new_end - 1 - tail]:
        tail += 1
    if head + tail < most:
        head, tail = (0 if end < least else end for end in (head, tail))
    rest = Gap(gap.old + head, gap.old_end - tail, gap.new + head, gap.new_end - tail)
    ends = [Run(gap.old, gap.new, head), Run(rest.old_end, rest.new_end, tail)]
    return rest, [run for run in ends if run.length]


def _anchors(old: Ids, new: Ids, gap: Gap, size: int) -> list[Run]:
    """The longest chain of shingles unique in both sides of the gap, each grown as far as it is equal."""
    theirs = unique_shingles(new, gap.new, gap.new_end, size)
    if not theirs:
        return []
    ours = unique_shingles(old, gap.old, gap.old_end, size)
    pairs = [(at, theirs[shingle]) for shingle, at in ours.items() if shingle in theirs]
    runs: list[Run] = []
    old_from, new_from = gap.old, gap.new
    for at, there in _rising(pairs):
        if at < old_from or there < new_from:
            continue
        start, new_start = at, there
        while start > old_from and new_start > new_from and old[start - 1] == new[new_start - 1]:
            start, new_start = start - 1, new_start - 1
        old_from, new_from = at + size, there + size
        while old_from < gap.old_end and new_from < gap.new_end and old[old_from] == new[new_from]:
            old_from, new_from = old_from + 1, new_from + 1
        runs.append(Run(start, new_start, old_from - start))
    return runs


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest chain of `pairs`, sorted by their first, whose seconds rise too."""
    piles: list[int] = []
    tops: list[int] = []
    before = [-1] * len(pairs)
    for number, (_, second) in enumerate(pairs):
        pile = bisect_left(piles, second)
        if pile == len(piles):
            piles.append(second)
            tops.append(number)
        else:
            piles[pile] = second
            tops[pile] = number
        before[number] = tops[pile - 1] if pile else -1
    chain: list[tuple[int, int]] = []
    at = tops[-1] if tops else -1
    while at >= 0:
        chain.append(pairs[at])
        at = before[at]
    return chain[::-1]


def _item_by_item(old: Ids, new: Ids, gap: Gap) -> Iterator[Run]:
    if (gap.old_end - gap.old) * (gap.new_end - gap.new) > DEAREST_GAP:
        return
    matcher = SequenceMatcher(None, new[gap.new : gap.new_end], old[gap.old : gap.old_end], autojunk=False)
    for new_at, old_at, length in matcher.get_matching_blocks():
        if length:
            yield Run(gap.old + old_at, gap.new + new_at, length)
