"""Finding a block of lines that only moved, which a terminal moves by itself for a few bytes."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from operator import eq, itemgetter

from reviewer.terminal.cells import UNKNOWN, is_unusual
from reviewer.terminal.looks import PLAIN
from reviewer.terminal.painting import Row, changed_cells

MIN_ROWS = 3
_MIN_COLUMNS = 8
_WORTH_A_TRY = 5
# Columns that change, one that does not between them allowed: a border and its margin part panes.
_RUNS = re.compile(b"\x01+(?:\x00\x01+)*")


@dataclass(frozen=True, slots=True)
class Scroll:
    """A block of the screen moves up by `rows`, or down where that is negative.

    Rows `top` to `bottom` and columns `left` to `right` are the block's, inclusive, from 0.
    """

    top: int
    bottom: int
    left: int
    right: int
    rows: int

    def moved(self, shown: list[Row]) -> list[Row]:
        """The rows after the move; nothing is known of what comes in."""
        start, end = self.left, self.right + 1
        unknown = (UNKNOWN * (end - start), PLAIN * (end - start))
        rows = list(shown)
        for y in range(self.top, self.bottom + 1):
            source = y + self.rows
            cells, looks = unknown
            if self.top <= source <= self.bottom:
                cells, looks = (part[start:end] for part in shown[source])
            old_cells, old_looks = shown[y]
            rows[y] = (
                old_cells[:start] + cells + old_cells[end:],
                old_looks[:start] + looks + old_looks[end:],
            )
        return rows


def find_scrolls(
    shown: list[Row], wanted: list[Row], changed: list[int], *, margins: bool
) -> Iterator[list[Scroll]]:
    """Ways to move lines that changed rows agree on, each a list of moves, one after the other.

    Rows vote by the columns that change together, so that a panel which stands still, or moves by itself,
    beside a text that scrolls does not hide the move. Without `margins` a move takes whole lines. Whether
    it pays is for the caller to find out by painting.
    """
    masks = {y: changed_cells(shown[y], wanted[y]) for y in changed}
    runs = _runs(list(masks.values()))
    moves: list[tuple[int, Scroll]] = []
    for left, right in _columns(list(masks.values()), runs):
        rows, weight = _vote(shown, wanted, changed, left, right)
        if rows and (block := _block(shown, wanted, changed, left, right, rows)):
            moves.append((weight, block))
    if not moves:
        return
    moves.sort(key=itemgetter(0), reverse=True)
    width = len(shown[0][0])
    yield [replace(moves[0][1], left=0, right=width - 1)]
    if margins:
        blocks = _apart([_widened(block, runs, shown, wanted) for _, block in moves])
        narrow = [block for block in blocks if not _any_unusual(shown, block)]
        if narrow:
            yield narrow


def _runs(masks: list[bytes]) -> list[tuple[int, int]]:
    """The runs of columns in which any row changes."""
    ever = 0
    for mask in masks:
        ever |= int.from_bytes(mask, "big")
    return [match.span() for match in _RUNS.finditer(ever.to_bytes(len(masks[0]), "big"))]


def _columns(masks: list[bytes], runs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Each run of columns that is wide enough to vote; else the columns between which most rows change."""
    wide = [(start, end) for start, end in runs if end - start >= _MIN_COLUMNS]
    if wide:
        return wide
    middle = (len(masks) - 1) // 2
    first = sorted(max(0, mask.find(1)) for mask in masks)[middle]
    last = sorted(mask.rfind(1) + 1 for mask in masks)[middle]
    return [(first, last)] if last - first >= _MIN_COLUMNS else []


def _widened(block: Scroll, runs: list[tuple[int, int]], shown: list[Row], wanted: list[Row]) -> Scroll:
    """The block to the ends of the runs it lies in, and with the narrow runs beside it that moved along."""
    left, right = block.left, block.right + 1
    for start, end in reversed(runs):
        narrow = end - start < _MIN_COLUMNS
        if start < left and (end > left or (narrow and _moved_along(block, start, left, shown, wanted))):
            left = start
    for start, end in runs:
        narrow = end - start < _MIN_COLUMNS
        if end > right and (start < right or (narrow and _moved_along(block, right, end, shown, wanted))):
            right = end
    return replace(block, left=left, right=right - 1)


def _moved_along(block: Scroll, start: int, end: int, shown: list[Row], wanted: list[Row]) -> bool:
    """Whether more rows between two columns are what they would be after the move than what they were."""
    after = before = 0
    for y in range(block.top, block.bottom + 1):
        new = wanted[y][0][start:end]
        source = y + block.rows
        after += block.top <= source <= block.bottom and new == shown[source][0][start:end]
        before += new == shown[y][0][start:end]
    return after > before


def _any_unusual(shown: list[Row], block: Scroll) -> bool:
    return any(is_unusual(cells) for cells, _ in shown[block.top : block.bottom + 1])


def _apart(blocks: list[Scroll]) -> list[Scroll]:
    """The blocks without those that share columns with an earlier one."""
    kept: list[Scroll] = []
    for block in blocks:
        if all(block.right < other.left or other.right < block.left for other in kept):
            kept.append(block)
    return kept


def _vote(shown: list[Row], wanted: list[Row], changed: list[int], left: int, right: int) -> tuple[int, int]:
    """By how many rows the text between two columns moved up, and how much text that is.

    (0, 0) if it is less than a share of the text that is not worth a try.
    """
    places: dict[str, list[int]] = defaultdict(list)
    for y in range(changed[0], changed[-1] + 1):
        places[shown[y][0][left:right]].append(y)
    votes: Counter[int] = Counter()
    total = 0
    for y in changed:
        text = wanted[y][0][left:right]
        weight = len(text.strip())
        total += weight
        if weight:
            votes.update({old - y: weight for old in places.get(text, ()) if old != y})
    rows, weight = votes.most_common(1)[0] if votes else (0, 0)
    return (rows, weight) if weight * _WORTH_A_TRY >= total else (0, 0)


def _block(
    shown: list[Row], wanted: list[Row], changed: list[int], left: int, right: int, rows: int
) -> Scroll | None:
    """The block between two columns that moved by `rows`; None if it is small or not wholly known."""
    first, last = changed[0], changed[-1]
    agreeing = [
        y
        for y in range(first, last + 1)
        if first <= y + rows <= last
        and _alike(wanted[y][0][left:right], shown[y + rows][0][left:right])
        and wanted[y][0][left:right].strip()
    ]
    if len(agreeing) < 2:
        return None
    top, bottom = agreeing[0] + min(0, rows), agreeing[-1] + max(0, rows)
    if any(UNKNOWN in cells for cells, _ in shown[top : bottom + 1]):
        return None
    return Scroll(top, bottom, left, right - 1, rows)


def _alike(text: str, other: str) -> bool:
    """Whether at least three quarters of the cells are the same: a mark beside a line may have changed."""
    return text == other or sum(map(eq, text, other)) * 4 >= len(text) * 3
