"""Finding a block of lines that only moved, which a terminal moves by itself for a few bytes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from statistics import median_low

from reviewer.terminal.cells import UNKNOWN, is_unusual
from reviewer.terminal.looks import PLAIN
from reviewer.terminal.painting import Row, changed_cells

MIN_ROWS = 3
_MIN_COLUMNS = 8


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
) -> Iterator[Scroll]:
    """The moves of lines that most changed rows agree on: whole lines and, with `margins`, a part of each.

    Rows vote by the columns that typically change, so that a panel which stands still beside a text that
    scrolls does not hide the move. Whether it pays is for the caller to find out by painting.
    """
    ends = {y: _ends(changed_cells(shown[y], wanted[y])) for y in changed}
    first = median_low(start for start, _ in ends.values())
    last = median_low(end for _, end in ends.values())
    if last - first < _MIN_COLUMNS:
        return
    rows = _vote(shown, wanted, changed, first, last)
    if not rows:
        return
    agreeing = [
        y
        for y in range(changed[0], changed[-1] + 1)
        if changed[0] <= y + rows <= changed[-1]
        and wanted[y][0][first:last] == shown[y + rows][0][first:last]
        and wanted[y][0][first:last].strip()
    ]
    if len(agreeing) < 2:
        return
    top, bottom = agreeing[0] + min(0, rows), agreeing[-1] + max(0, rows)
    block = [cells for cells, _ in shown[top : bottom + 1]]
    if any(UNKNOWN in cells for cells in block):
        return
    whole = Scroll(top, bottom, 0, len(block[0]) - 1, rows)
    yield whole
    if margins and not any(map(is_unusual, block)):
        within = [ends[y] for y in range(top, bottom + 1) if y in ends]
        yield replace(whole, left=min(start for start, _ in within), right=max(end for _, end in within) - 1)


def _vote(shown: list[Row], wanted: list[Row], changed: list[int], first: int, last: int) -> int:
    """By how many rows most of the text between two columns moved up; 0 if nothing did."""
    places: dict[str, list[int]] = defaultdict(list)
    for y in range(changed[0], changed[-1] + 1):
        places[shown[y][0][first:last]].append(y)
    votes: Counter[int] = Counter()
    for y in changed:
        text = wanted[y][0][first:last]
        weight = len(text.strip())
        if weight:
            votes.update({old - y: weight for old in places.get(text, ()) if old != y})
    return votes.most_common(1)[0][0] if votes else 0


def _ends(mask: bytes) -> tuple[int, int]:
    return max(0, mask.find(1)), mask.rfind(1) + 1
