"""From Textual's frames to the fewest bytes that show them.

Textual writes each frame as one string of a closed grammar: cursor positions, SGR, text, newlines; whole
widgets at a time. `FrameEncoder` reads these into rows of cells, compares them with what the terminal
shows, and writes what differs: changed cells, SGR deltas, erased tails, moved blocks of lines.
"""

from __future__ import annotations

import re
from functools import lru_cache

from reviewer.terminal.cells import HALF, UNKNOWN, NotCells, cells_of
from reviewer.terminal.looks import PLAIN, UnknownAttribute, after_sgr, on_blank
from reviewer.terminal.painting import Pen, Row, paint_row
from reviewer.terminal.scrolling import MIN_ROWS, Scroll, find_scrolls

__all__ = ["FrameEncoder"]

_POSITION = re.compile("\x1b\\[(\\d+);(\\d+)H")
_SGR = re.compile("\x1b\\[([0-9;]*)m")
_BLANKS = re.compile(" +")
_BETWEEN_LOOKS = 6


class _NotAFrame(ValueError):
    """A string outside the grammar of frames."""


class FrameEncoder:
    """What the terminal shows and what it should show, in rows of cells, and the way between them.

    `apply` takes a frame in; `flush` gives the bytes (as text) that bring the terminal up to date, so that
    several frames cost no more than the last one where the line is slow. `width` and `height` in cells.
    `erases`: the terminal erases with the current background colour (terminfo's `bce`). `margins`, to be set
    when known: it can move lines between two columns (DECLRMM).
    """

    def __init__(self, width: int, height: int, *, erases: bool = True) -> None:
        self._erases = erases
        self.margins = False
        self._cursor: tuple[int, int] | None = None
        self._wanted: list[Row] = []
        self.resize(width, height)

    def resize(self, width: int, height: int) -> None:
        """The screen has this size now, and nothing of what it shows is known."""
        kept = [_cut(row, width) for row in self._wanted[:height]]
        self.width, self.height = width, height
        self._nothing: Row = (UNKNOWN * width, PLAIN * width)
        self._wanted = kept + [self._nothing] * (height - len(kept))
        self.repaint()

    def forget(self) -> None:
        """Hold nothing for known: neither what the terminal shows nor what it should."""
        self._wanted = [self._nothing] * self.height
        self._cursor = None
        self.repaint()

    def repaint(self) -> None:
        """Let the next `flush` write the whole screen again, as after something else wrote on it."""
        self._shown: list[Row] = [self._nothing] * self.height
        self._dirty: set[int] = set(range(self.height))
        self._pen = Pen(self.width, erases=self._erases)

    def apply(self, frame: str) -> bool:
        """Take a frame in; False, and nothing taken, where the string is not one."""
        try:
            patches, cursor = _read(frame)
        except _NotAFrame:
            return False
        for y, x, cells, looks in patches:
            if y < self.height and x < self.width:
                self._put(y, x, cells, looks)
        self._cursor = cursor
        return True

    def flush(self) -> str:
        """What must be written to show all frames taken in; empty where nothing differs."""
        wanted, shown = self._wanted, self._shown
        changed = [y for y in sorted(self._dirty) if wanted[y] != shown[y]]
        self._dirty.clear()
        best = self._pen.copy()
        self._paint(best, shown, changed)
        if len(changed) >= MIN_ROWS:
            for scrolls in find_scrolls(shown, wanted, changed, margins=self.margins):
                pen = self._pen.copy()
                if self._scroll(pen, scrolls, best.cost()):
                    best = pen
        for y in changed:
            shown[y] = wanted[y]
        if self._cursor is not None:
            best.move(*self._cursor)
        output, self._pen = best.finish()
        return output

    def plain_pen(self) -> str:
        """What resets the terminal's colours before something else is written; empty where they are reset."""
        return self._pen.reset()

    def _scroll(self, pen: Pen, scrolls: list[Scroll], limit: int) -> bool:
        """Move blocks of lines, then write what still differs; whether that took less than `limit` bytes."""
        rows = self._shown
        for scroll in scrolls:
            pen.scroll(scroll.top, scroll.bottom, scroll.left, scroll.right, scroll.rows)
            rows = scroll.moved(rows)
        left = [y for y in range(self.height) if self._wanted[y] != rows[y]]
        for at in range(0, len(left), _BETWEEN_LOOKS):
            if pen.cost() >= limit:
                return False
            self._paint(pen, rows, left[at : at + _BETWEEN_LOOKS])
        return pen.cost() < limit

    def _paint(self, pen: Pen, shown: list[Row], rows: list[int]) -> None:
        for y in rows:
            paint_row(pen, y, shown[y], self._wanted[y])

    def _put(self, y: int, x: int, cells: str, looks: str) -> None:
        old_cells, old_looks = self._wanted[y]
        cells, looks = cells[: self.width - x], looks[: self.width - x]
        end = x + len(cells)
        before, after = old_cells[:x], old_cells[end:]
        if after[:1] == HALF:
            after = " " + after[1:]
        if before and old_cells[x : x + 1] == HALF:
            before = before[:-1] + " "
        row = (before + cells + after, old_looks[:x] + looks + old_looks[end:])
        if row != self._wanted[y]:
            self._wanted[y] = row
            self._dirty.add(y)


def _cut(row: Row, width: int) -> Row:
    """A row cut or, with unknown cells, filled up to `width`."""
    cells, looks = row[0][:width], row[1][:width]
    missing = width - len(cells)
    return cells + UNKNOWN * missing, looks + PLAIN * missing


Patch = tuple[int, int, str, str]


def _read(frame: str) -> tuple[list[Patch], tuple[int, int] | None]:
    """The patches of a frame (row, column, cells, looks) and where it leaves the cursor (row, column)."""
    parts = _POSITION.split(frame)
    if len(parts) < 4 or parts[0]:
        raise _NotAFrame
    patches: list[Patch] = []
    for at in range(1, len(parts), 3):
        y, x, text = int(parts[at]) - 1, int(parts[at + 1]) - 1, parts[at + 2]
        if text and text != "\n":
            patches.append((y, x, *_read_line(text.removesuffix("\n"))))
    return patches, None if parts[-1] else (y, x)


@lru_cache(maxsize=2048)
def _read_line(line: str) -> tuple[str, str]:
    """A line of SGR and text as cells and looks. Blank cells get the look of their background alone."""
    all_cells: list[str] = []
    all_looks: list[str] = []
    key = PLAIN
    try:
        for at, part in enumerate(_SGR.split(line)):
            if at % 2:
                key = after_sgr(key, part)
            elif part:
                cells = cells_of(part)
                looks = key * len(cells)
                blank = on_blank(key)
                if blank != key:
                    for match in _BLANKS.finditer(cells):
                        start, end = match.span()
                        looks = looks[:start] + blank * (end - start) + looks[end:]
                all_cells.append(cells)
                all_looks.append(looks)
    except (NotCells, UnknownAttribute) as error:
        raise _NotAFrame from error
    if key != PLAIN:
        raise _NotAFrame
    return "".join(all_cells), "".join(all_looks)
