"""Which words of a new text are which words of the old one: kept in order, or moved."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator

from reports.anchor_runs import Gap, Run, gaps, shared_runs, unique_shingles
from reports.anchor_words import Words

_BLOCK_SHINGLES = (3, 1)
_LONG_SHINGLES = (6,)
_SHORT_SHINGLES = (3, 1)
MOVED_SHINGLE, LEAST_MOVED = 5, 8
"""Words that must be unique among what is left for a move to be seen, and words that it must have in all."""


class Alignment:
    """`to_new`, `to_old`: for each word its image in the other text, -1 if it has none. `moved`: 1 for words
    of the old text whose image is out of order. `firm`, `firm_new`: 1 for words about which there is no
    doubt: their block lies between blocks that are unique in both texts, and nothing there has changed.
    `block_runs`: the whole blocks that are equal, in order."""

    def __init__(self, old: Words, new: Words) -> None:
        self.old, self.new = old, new
        self.to_new = array("l", [-1]) * len(old)
        self.to_old = array("l", [-1]) * len(new)
        self.moved = bytearray(len(old))
        self.firm, self.firm_new = bytearray(len(old)), bytearray(len(new))
        self.block_runs = self._align_blocks()
        self._align_words()

    def image(self, first: int, last: int) -> int:
        """The first of the new words that words [first, last) are, in the same order without a gap; -1 if
        they are not."""
        start = self.to_new[first]
        if start < 0:
            return -1
        wanted = range(start, start + last - first)
        return start if all(map(int.__eq__, self.to_new[first:last], wanted)) else -1

    def _align_blocks(self) -> list[Run]:
        keys: dict[bytes, int] = {}
        old, new = _block_keys(self.old, keys), _block_keys(self.new, keys)
        ours, theirs = Counter(old), Counter(new)
        alone = {key for key, count in ours.items() if count == 1 and theirs[key] == 1}
        runs = shared_runs(old, new, _BLOCK_SHINGLES)
        for run in runs:
            self._link_blocks(run)
            firm = self._firm_part(run, [old[at] in alone for at in range(run.old, run.old + run.length)])
            self._make_firm(firm)
        taken = {at for run in runs for at in range(run.old, run.old + run.length)}
        places = {key: at for at, key in enumerate(new) if key in alone}
        for at, key in enumerate(old):
            if key in alone and at not in taken:
                self._move_block(Run(at, places[key], 1))
        return runs

    def _firm_part(self, run: Run, unique: list[bool]) -> Run:
        """The part of a run of blocks that begins and ends with a unique one, or where the texts do."""
        ends = (len(self.old.firsts) - 1, len(self.new.firsts) - 1)
        at_end = (run.old + run.length, run.new + run.length) == ends
        anchors = [at for at, alone in enumerate(unique) if alone]
        first = 0 if (run.old, run.new) == (0, 0) else anchors[0] if anchors else run.length
        last = run.length if at_end else anchors[-1] + 1 if anchors else 0
        return Run(run.old + first, run.new + first, max(0, last - first))

    def _words_of(self, run: Run) -> Run:
        """A run of blocks as a run of words."""
        start = self.old.firsts[run.old]
        return Run(start, self.new.firsts[run.new], self.old.firsts[run.old + run.length] - start)

    def _link_blocks(self, run: Run) -> None:
        self._link(self._words_of(run))

    def _make_firm(self, blocks: Run) -> None:
        run = self._words_of(blocks)
        self.firm[run.old : run.old + run.length] = b"\1" * run.length
        self.firm_new[run.new : run.new + run.length] = b"\1" * run.length

    def _move_block(self, blocks: Run) -> None:
        run = self._words_of(blocks)
        self._link(run, moved=True)
        if run.length >= LEAST_MOVED:
            self._make_firm(blocks)

    def _link(self, run: Run, moved: bool = False) -> None:
        self.to_new[run.old : run.old + run.length] = array("l", range(run.new, run.new + run.length))
        self.to_old[run.new : run.new + run.length] = array("l", range(run.old, run.old + run.length))
        if moved:
            self.moved[run.old : run.old + run.length] = b"\1" * run.length

    def _align_words(self) -> None:
        """Long stretches between equal blocks first, then what moved, then the small change in the gaps."""
        whole = Gap(0, len(self.old), 0, len(self.new))
        runs = [self._words_of(run) for run in self.block_runs]
        for gap in list(gaps(runs, whole)):
            runs += self._fill(gap, _LONG_SHINGLES, to_the_word=False)
        runs.sort(key=lambda run: run.old)
        self._find_moves()
        for gap in list(gaps(runs, whole)):
            self._fill(gap, _SHORT_SHINGLES, to_the_word=True)

    def _fill(self, gap: Gap, sizes: tuple[int, ...], *, to_the_word: bool, moved: bool = False) -> list[Run]:
        """Link what is equal in a gap among the words that are not linked yet."""
        ours = [at for at in range(gap.old, gap.old_end) if self.to_new[at] < 0]
        theirs = [at for at in range(gap.new, gap.new_end) if self.to_old[at] < 0]
        if not ours or not theirs:
            return []
        old, new = [self.old.ids[at] for at in ours], [self.new.ids[at] for at in theirs]
        found: list[Run] = []
        for run in shared_runs(old, new, sizes, to_the_word=to_the_word):
            pairs = zip(
                ours[run.old : run.old + run.length], theirs[run.new : run.new + run.length], strict=True
            )
            found += _contiguous(pairs)
        for run in found:
            self._link(run, moved)
        return found

    def _find_moves(self) -> None:
        """Link stretches that are unique among what is left on both sides, wherever they are, and then what
        is equal in the blocks that they are in."""
        theirs = self._left(self.new, self.to_old)
        pairs: set[tuple[int, int]] = set()
        for shingle, at in self._left(self.old, self.to_new).items():
            there = theirs.get(shingle, -1)
            if there >= 0 and self.to_new[at] < 0 and self.to_old[there] < 0:
                run = self._grown(at, there)
                ends = (self._blocks_at(run.old, run.new), self._blocks_at(*_last(run)))
                if run.length >= LEAST_MOVED or self._are_alike(*ends[0]):
                    self._link(run, moved=True)
                    pairs.update(ends)
        for ours, others in sorted(pairs):
            old, new = self.old.firsts[ours : ours + 2], self.new.firsts[others : others + 2]
            self._fill(Gap(*old, *new), _SHORT_SHINGLES, to_the_word=True, moved=True)

    def _blocks_at(self, old: int, new: int) -> tuple[int, int]:
        return self.old.block_of(old), self.new.block_of(new)

    def _are_alike(self, old: int, new: int) -> bool:
        """Whether two blocks share at least half of the words of the longer one."""
        ours = Counter(self.old.ids[self.old.firsts[old] : self.old.firsts[old + 1]])
        theirs = Counter(self.new.ids[self.new.firsts[new] : self.new.firsts[new + 1]])
        return 2 * (ours & theirs).total() >= max(ours.total(), theirs.total())

    def _left(self, words: Words, images: array[int]) -> dict[tuple[int, ...], int]:
        """The shingles that occur once among the words without an image, with where they begin."""
        found: dict[tuple[int, ...], int] = {}
        for first, last in _unlinked(images):
            if last - first >= MOVED_SHINGLE:
                for shingle, at in unique_shingles(words.ids, first, last, MOVED_SHINGLE).items():
                    found[shingle] = -1 if shingle in found else at
        return {shingle: at for shingle, at in found.items() if at >= 0}

    def _grown(self, at: int, there: int) -> Run:
        """The run of equal words without an image around words `at` and `there`."""
        old, new, to_new, to_old = self.old.ids, self.new.ids, self.to_new, self.to_old
        back = 0
        while (
            min(at, there) > back
            and to_new[at - back - 1] < 0
            and to_old[there - back - 1] < 0
            and old[at - back - 1] == new[there - back - 1]
        ):
            back += 1
        on = 0
        while (
            at + on < len(old)
            and there + on < len(new)
            and to_new[at + on] < 0
            and to_old[there + on] < 0
            and old[at + on] == new[there + on]
        ):
            on += 1
        return Run(at - back, there - back, back + on)


def _block_keys(words: Words, keys: dict[bytes, int]) -> list[int]:
    """A number for each block, the same for blocks with the same words; `keys`: the numbers given so far."""
    ids, firsts = words.ids, words.firsts
    return [
        keys.setdefault(ids[firsts[number] : firsts[number + 1]].tobytes(), len(keys))
        for number in range(len(firsts) - 1)
    ]


def _last(run: Run) -> tuple[int, int]:
    return run.old + run.length - 1, run.new + run.length - 1


def _unlinked(images: array[int]) -> Iterator[tuple[int, int]]:
    """The stretches of words without an image."""
    first = -1
    for at, image in enumerate(images):
        if image >= 0:
            if first >= 0:
                yield first, at
            first = -1
        elif first < 0:
            first = at
    if first >= 0:
        yield first, len(images)


def _contiguous(pairs: Iterable[tuple[int, int]]) -> list[Run]:
    """Pairs of words as runs without a gap on either side."""
    runs: list[Run] = []
    for old, new in pairs:
        last = runs[-1] if runs else None
        if last and (last.old + last.length, last.new + last.length) == (old, new):
            runs[-1] = Run(last.old, last.new, last.length + 1)
        else:
            runs.append(Run(old, new, 1))
    return runs
