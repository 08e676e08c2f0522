"""Tables that a PDF sets without lines: columns where the text leaves room, rows where one begins anew."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from reports.converters.pdf_fragments import Fragment, fragments, paragraph_of, parted
from reports.converters.pdf_words import Line
from reports.converters.pieces import Cell, Grid

SAME_EDGE = 4.0
"""Points by which left edges in one column may differ."""

TALLEST_ROW = 3.0
"""Parts of a letter's size between two lines of one table at the most."""

PADDING = 12.0
"""Points that cells may leave free at both sides together."""

_NUMBER = re.compile(r"[\d.,%()+\-–\s]*\d[\d.,%()+\-–\s]*")
_ENDED = re.compile(r"[.;:!?]$")


@dataclass(slots=True)
class _CellText:
    """Lines of one cell; `last` is the last column that it spans."""

    lines: list[Fragment]
    last: int


@dataclass(slots=True)
class Spaced:
    """A table without lines, found in `lines` of a page; `columns`: left and right edge of their text."""

    lines: list[Line]
    columns: list[tuple[float, float]]
    rows: list[dict[int, _CellText]] = field(default_factory=list)

    def grid(self) -> Grid:
        """Its cells, each with one paragraph."""
        rows: list[list[Cell]] = []
        for row in self.rows:
            cells: list[Cell] = [[] for _ in self.columns]
            for number, cell in row.items():
                cells[number] = [paragraph_of(cell.lines)]
            rows.append(cells)
        return Grid(rows)


def spaced_table(lines: Sequence[Line]) -> Spaced | None:
    """The table that begins with the first of `lines`, one below the other; None if none does."""
    split = [fragments(lines[0])] if lines else []
    if not split or len(split[0]) < 2:
        return None
    gutters = _gutters(split[0])
    several = 1
    for above, line in pairwise(lines):
        cut = fragments(line)
        far = above.y - line.y > TALLEST_ROW * max(above.size, line.size)
        if far or (len(cut) == 1 and _crosses(cut[0], gutters)):
            break
        if len(cut) > 1:
            gutters = _gutters(cut)
            several += 1
        split.append(cut)
    if len(split) < 2 or (several < 2 and not _staggered(split)):
        return None
    starts = [piece.x0 for cut in split for piece in cut]
    split = [[part for piece in cut for part in parted(piece, starts)] for cut in split]
    columns = _columns(split)
    table = Spaced(list(lines[: len(split)]), columns)
    _fill(table, split)
    return table


def _gutters(cut: Sequence[Fragment]) -> list[tuple[float, float]]:
    return [(one.x1, other.x0) for one, other in pairwise(cut)]


def _crosses(fragment: Fragment, gutters: Sequence[tuple[float, float]]) -> bool:
    return any(_overlap((fragment.x0, fragment.x1), gutter) for gutter in gutters)


def _overlap(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return min(one[1], other[1]) - max(one[0], other[0]) > 3.0


def _staggered(split: Sequence[Sequence[Fragment]]) -> bool:
    """Whether single pieces stand in more than one column, as in a letterhead whose sides do not line up."""
    edges = [cut[0].x0 for cut in split if len(cut) == 1]
    first = split[0]
    return any(abs(edge - piece.x0) < SAME_EDGE for edge in edges for piece in first[1:])


def _columns(split: Sequence[Sequence[Fragment]]) -> list[tuple[float, float]]:
    """The columns: those of the rows with most pieces, widened by what stands in one of them alone."""
    most = max(map(len, split))
    columns = [[cut.x0, cut.x1] for cut in next(cut for cut in split if len(cut) == most)]
    for cut in split:
        for number, piece in enumerate(cut):
            inside = [n for n, (x0, x1) in enumerate(columns) if piece.x0 < x1 and x0 < piece.x1]
            if len(cut) == most and number not in inside and len(inside) <= 1:
                inside = [number]
            if len(inside) == 1:
                here = inside[0]
                left = columns[here - 1][1] if here else float("-inf")
                right = columns[here + 1][0] if here + 1 < most else float("inf")
                if left < piece.x0 and piece.x1 < right:
                    columns[here][0] = min(columns[here][0], piece.x0)
                    columns[here][1] = max(columns[here][1], piece.x1)
    return [(x0, x1) for x0, x1 in columns]


def _fill(table: Spaced, split: Sequence[Sequence[Fragment]]) -> None:
    """Set the pieces of each line into rows and columns."""
    for cut in split:
        placed = [_column(piece, table.columns) for piece in cut]
        row = table.rows[-1] if table.rows else {}
        goes_on = {n: _goes_on(table, row, n, piece) for n, _, piece in placed}
        anew = not table.rows or any(n in row and not goes_on[n] for n, _, _ in placed)
        whole_row = anew and any(n == 0 for n, _, _ in placed)
        if anew:
            table.rows.append({})
        for number, last, piece in placed:
            target = row if not anew or (goes_on[number] and not whole_row) else table.rows[-1]
            if number in target:
                target[number].lines.append(piece)
            else:
                target[number] = _CellText([piece], last)


def _goes_on(table: Spaced, row: dict[int, _CellText], number: int, piece: Fragment) -> bool:
    """Whether `piece` is the next line of the cell above it: its first word had no room there."""
    cell = row.get(number)
    if cell is None:
        return False
    above = cell.lines[-1]
    if _NUMBER.fullmatch(above.text) and _NUMBER.fullmatch(piece.text):
        return False
    columns = table.columns
    edge = columns[cell.last + 1][0] if cell.last + 1 < len(columns) else max(x1 for _, x1 in columns)
    room = edge - columns[number][0] - above.width - above.size * 0.25
    if room < piece.first_width + (PADDING if cell.last + 1 < len(columns) else 1.0):
        return True
    return piece.text[:1].islower() and not _ENDED.search(above.text)


def _column(piece: Fragment, columns: Sequence[tuple[float, float]]) -> tuple[int, int, Fragment]:
    inside = [n for n, (x0, x1) in enumerate(columns) if piece.x0 < x1 and x0 < piece.x1]
    if not inside:
        nearest = bisect_right([x0 for x0, _ in columns], piece.x0 + SAME_EDGE) - 1
        inside = [max(nearest, 0)]
    return inside[0], inside[-1], piece
