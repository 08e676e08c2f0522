"""Rows of a table as columns side by side."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from reports.document import CELL_SEPARATOR
from reviewer.layout.cells import width
from reviewer.layout.row import Piece, Row
from reviewer.layout.wrap import wrap

NARROWEST = 6
"""Cells below which a column is no longer worth having: the row then runs on as text."""

_GAP = len(CELL_SEPARATOR)
_NUMBER = re.compile(r"[\d.,%+−–()/ -]*\d[\d.,%+−–()/ -]*").fullmatch


class Columns(NamedTuple):
    """`widths`: cells of each column. `natural`: every cell fits into its column, so nothing is wrapped."""

    widths: tuple[int, ...]
    natural: bool


def fit_columns(natural: Sequence[int], room: int) -> Columns | None:
    """Columns for a table in `room` cells: of their `natural` widths where these fit, else the widest ones
    give way evenly; None where some column would be narrower than it is of use."""
    room -= _GAP * (len(natural) - 1)
    widths = tuple(max(1, cells) for cells in natural)
    if sum(widths) <= room:
        return Columns(widths, True)
    for number, cells in enumerate(sorted(widths)):
        share = max(0, room) // (len(widths) - number)
        if cells > share:
            return Columns(tuple(min(each, share) for each in widths), False) if share >= NARROWEST else None
        room -= cells
    return None


def table_rows(text: str, start: int, widths: Sequence[int], *, whole: bool = False) -> list[Row]:
    """The rows in which the table row `text`, which begins at code point `start`, is drawn.

    Cells are wrapped in their columns, unless `whole`; a cell of figures stands at the right of its own.
    """
    cells = text.split(CELL_SEPARATOR, len(widths) - 1)
    lines: list[list[Piece]] = [[]]
    seams: list[int] = []
    at, column = start, 0
    for number, (cell, room) in enumerate(zip(cells, widths, strict=False)):
        if number:
            lines[0].append(Piece(at, at + _GAP, column))
            seams.append(column)
            at, column = at + _GAP, column + _GAP
        for line, piece in enumerate(_cell(cell, at, column, room, whole)):
            if line == len(lines):
                lines.append([])
            lines[line].append(piece)
        at, column = at + len(cell), column + room
    marks = tuple((seam, CELL_SEPARATOR) for seam in seams)
    return [Row(tuple(line), marks if number else ()) for number, line in enumerate(lines)]


def _cell(cell: str, at: int, column: int, room: int, whole: bool) -> list[Piece]:
    if not cell:
        return []
    starts = [0] if whole else wrap(cell, max(2, room))
    if len(starts) == 1 and _NUMBER(cell):
        column += max(0, room - width(cell))
    ends = [*starts[1:], len(cell)]
    return [Piece(at + first, at + last, column) for first, last in zip(starts, ends, strict=True)]


def rule(widths: Sequence[int]) -> str:
    """The line under a table's header."""
    return "─┼─".join("─" * cells for cells in widths)
