"""Writing rows of cells with as few bytes as a terminal allows."""

from __future__ import annotations

import re
from functools import lru_cache
from operator import ne, or_

from reviewer.terminal.cells import HALF, UNKNOWN, is_unusual, text_of, width_disputed
from reviewer.terminal.looks import PLAIN, change, is_erasable, on_blank

Row = tuple[str, str]
"""A row of the screen: its cells and their looks, one character per cell in each."""

_RUNS = re.compile(b"\x01+")
_BLANKS = re.compile(" +")
_LONG_BLANK = 12
_SHORT_GAP = 4
_ERASE_BYTES = 3


class Pen:
    """Where the terminal's cursor stands, which look it writes in, and what was written so far.

    Positions are rows and columns from 0; `None` where they are not known.
    """

    __slots__ = ("_erases", "_look", "_out", "_width", "_x", "_y")

    def __init__(self, width: int, *, erases: bool) -> None:
        self._width = width
        self._erases = erases
        self._out: list[str] = []
        self._y: int | None = None
        self._x: int | None = None
        self._look: str | None = None

    def copy(self) -> Pen:
        """A pen at the same place that has written nothing."""
        pen = Pen(self._width, erases=self._erases)
        pen._y, pen._x, pen._look = self._y, self._x, self._look
        return pen

    def finish(self) -> tuple[str, Pen]:
        """What was written, and a pen that goes on from here."""
        return "".join(self._out), self.copy()

    def cost(self) -> int:
        """Bytes written so far."""
        return len("".join(self._out).encode())

    def reset(self) -> str:
        """What brings the terminal back to its default look; empty where it is there."""
        sequence = change(self._look, PLAIN)
        self._look = PLAIN
        return sequence

    def move(self, y: int, x: int) -> None:
        """Stand at row `y`, column `x`."""
        if (y, x) != (self._y, self._x):
            self._out.append(self._way(y, x))
            self._y, self._x = y, x

    def put(self, y: int, x: int, cells: str, look: str) -> None:
        """Write cells of one look from row `y`, column `x` on."""
        self.move(y, x)
        blank = not cells.strip(" ")
        self._set(look, blank)
        if is_unusual(cells):
            self._put_unusual(y, x, cells)
        elif blank and len(cells) >= _LONG_BLANK and self.can_erase(look):
            self._out.append(f"\x1b[{len(cells)}X")
        else:
            self._out.append(cells)
            self._stand(x + len(cells))

    def erase_line(self, y: int, x: int, look: str) -> None:
        """Erase row `y` from column `x` to its end."""
        self.move(y, x)
        self._set(look, True)
        self._out.append("\x1b[K")

    def can_erase(self, look: str) -> bool:
        """Whether erased cells come out as blanks of this look do."""
        return is_erasable(look, self._erases)

    def scroll(self, top: int, bottom: int, left: int, right: int, rows: int) -> None:
        """Move a block of the screen up by `rows`, down where negative; edges inclusive, from 0."""
        margins = left > 0 or right < self._width - 1
        how = f"\x1b[{abs(rows)}{'M' if rows > 0 else 'L'}"
        region = f"\x1b[{top + 1};{bottom + 1}r"
        if margins:
            column = left + 1
            way = f"\x1b[?69h\x1b[{column};{right + 1}s{region}\x1b[{top + 1};{column}H{how}\x1b[r\x1b[?69l"
        else:
            way = f"{region}\x1b[{top + 1}H{how}\x1b[r"
        self._out.append(way)
        self._y = self._x = None

    def _put_unusual(self, y: int, x: int, cells: str) -> None:
        for at, cell in enumerate(cells, x):
            if cell == HALF:
                continue
            self.move(y, at)
            self._out.append(text_of(cell))
            wide = cells[at - x + 1 : at - x + 2] == HALF
            self._stand(at + 1 + wide)
            if width_disputed(cell):
                self._x = None

    def _stand(self, x: int) -> None:
        self._x = x if x < self._width else None

    def _set(self, look: str, blank: bool) -> None:
        if blank and self._look is not None and on_blank(self._look) == on_blank(look):
            return
        self._out.append(change(self._look, look))
        self._look = look

    def _way(self, y: int, x: int) -> str:
        ways = [f"\x1b[{y + 1};{x + 1}H" if x else f"\x1b[{y + 1}H"]
        if self._y == y:
            ways.append(f"\x1b[{x + 1}G" if x else "\r")
            if self._x is not None and x > self._x:
                ways.append(_forward(x - self._x))
            elif self._x == x + 1:
                ways.append("\b")
        elif self._y is not None and y == self._y + 1:
            ways.append("\r\n" + _forward(x))
        return min(ways, key=len)


def paint_row(pen: Pen, y: int, old: Row, new: Row) -> None:
    """Write what differs between the rows `old` and `new`, both as wide as the screen, in row `y`."""
    cells, blank_looks = new
    mask = changed_cells(old, new)
    looks = _carried(cells, blank_looks)
    tail = _tail(cells, blank_looks)
    last = looks[-1]
    erasable = pen.can_erase(last) and tail < len(cells)
    for start, end in _spans(mask, cells, looks):
        stop = min(end, tail) if erasable else end
        _paint_span(pen, y, start, cells[start:stop], looks[start:stop])
        if stop < end:
            at = max(start, tail)
            if len(cells) - at > _ERASE_BYTES:
                pen.erase_line(y, at, last)
                return
            pen.put(y, at, cells[at:end], last)


@lru_cache(maxsize=1024)
def changed_cells(old: Row, new: Row) -> bytes:
    """One byte per cell, 1 where it must be written; rows with unusual cells are written whole."""
    if is_unusual(old[0]) or is_unusual(new[0]):
        return bytes(cell != UNKNOWN for cell in new[0])
    return bytes(map(or_, map(ne, old[0], new[0]), map(ne, old[1], new[1])))


def _paint_span(pen: Pen, y: int, x: int, cells: str, looks: str) -> None:
    at = 0
    while at < len(cells):
        look = looks[at]
        end = at + len(looks) - at - len(looks[at:].lstrip(look))
        pen.put(y, x + at, cells[at:end], look)
        at = end


def _spans(mask: bytes, cells: str, looks: str) -> list[tuple[int, int]]:
    """The runs of changed cells; a gap is written where that takes no more bytes than jumping over it."""
    spans: list[tuple[int, int]] = []
    last = -_SHORT_GAP - 1
    for match in _RUNS.finditer(mask):
        start, end = match.span()
        if start - last <= _SHORT_GAP and _as_cheap(cells[last:start], looks[last - 1 : start]):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
        last = end
    return spans


def _as_cheap(gap: str, looks: str) -> bool:
    """Whether writing a gap takes no more bytes than a jump; `looks` begin with the one before the gap."""
    return not looks.strip(looks[0]) and (gap.isascii() or len(gap.encode()) <= _SHORT_GAP)


def _tail(cells: str, looks: str) -> int:
    """The column from which the row is blank in one look to its end."""
    return max(len(cells.rstrip(" ")), len(looks.rstrip(looks[-1])))


@lru_cache(maxsize=1024)
def _carried(cells: str, looks: str) -> str:
    """The looks to write in: blanks keep the look before them where only the background shows."""
    carried: list[str] = []
    at, last = 0, PLAIN
    for match in _BLANKS.finditer(cells):
        start, end = match.span()
        if start > at:
            carried.append(looks[at:start])
            last = looks[start - 1]
        while start < end:
            look = looks[start]
            stop = end - len(looks[start:end].lstrip(look))
            if on_blank(last) != look:
                last = look
            carried.append(last * (stop - start))
            start = stop
        at = end
    carried.append(looks[at:])
    return "".join(carried)


def _forward(columns: int) -> str:
    if columns > 1:
        return f"\x1b[{columns}C"
    return "\x1b[C" if columns else ""
