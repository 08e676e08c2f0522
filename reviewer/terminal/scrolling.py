"""Finding a block of lines that only moved, which a terminal moves by itself for a few bytes."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from statistics import median_low

from reviewer.terminal.cells import UNKNOWN
from reviewer.terminal.painting import Row, changed_cells

MIN_ROWS = 3
_MIN_COLUMNS = 8


@dataclass(frozen=True, slots=True)
class Scroll:
    """Rows `top` to `bottom` (inclusive, from 0) move up by `rows`, or down where that is negative."""

    top: int
    bottom: int
    rows: int

    def moved(self, shown: list[Row], exposed: Row) -> list[Row]:
        """The rows after the move; `exposed` stands for those that come in."""
        block = shown[self.top : self.bottom + 1]
        gap = [exposed] * abs(self.rows)
        block = block[self.rows :] + gap if self.rows > 0 else gap + block[: self.rows]
        return [*shown[: self.top], *block, *shown[self.bottom + 1 :]]


def find_scroll(shown: list[Row], wanted: list[Row], changed: list[int]) -> Scroll | None:
    """The move of lines that most changed rows agree on, or None.

    Rows vote by the columns that typically change, so that a panel which stands still beside a text that
    scrolls does not hide the move. Whether it pays is for the caller to find out by painting.
    """
    first, last = _typical_columns(shown, wanted, changed)
    if last - first < _MIN_COLUMNS:
        return None
    span = range(changed[0], changed[-1] + 1)
    places: dict[str, list[int]] = defaultdict(list)
    for y in span:
        places[shown[y][0][first:last]].append(y)
    votes: Counter[int] = Counter()
    for y in changed:
        text = wanted[y][0][first:last]
        if text.strip():
            votes.update({old - y: len(text.strip()) for old in places.get(text, ()) if old != y})
    if not votes:
        return None
    rows = votes.most_common(1)[0][0]
    agreeing = [
        y
        for y in span
        if changed[0] <= y + rows <= changed[-1]
        and wanted[y][0][first:last] == shown[y + rows][0][first:last]
        and wanted[y][0][first:last].strip()
    ]
    if len(agreeing) < 2:
        return None
    top, bottom = agreeing[0] + min(0, rows), agreeing[-1] + max(0, rows)
    if any(UNKNOWN in cells for cells, _ in shown[top : bottom + 1]):
        return None
    return Scroll(top, bottom, rows)


def _typical_columns(shown: list[Row], wanted: list[Row], changed: list[int]) -> tuple[int, int]:
    """The columns between which most of the changed rows differ."""
    firsts, lasts = [], []
    for y in changed:
        mask = changed_cells(shown[y], wanted[y])
        first = mask.find(1)
        if first >= 0:
            firsts.append(first)
            lasts.append(mask.rfind(1) + 1)
    return (median_low(firsts), median_low(lasts)) if firsts else (0, 0)
