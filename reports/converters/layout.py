"""Tables that only place text on the page: letterheads, signatures, boxes."""

from __future__ import annotations

import re
from itertools import zip_longest

from reports.converters.pieces import Cell, Grid, Paragraph, Span
from reports.titles import is_motto
from reports.vietnamese import fold

MOST_LAYOUT_ROWS, MOST_LAYOUT_COLUMNS = 4, 4

_RULE = re.compile(r"[-–—=_*~.·•#\s]*")
_RECEIVERS = re.compile(r"\W*noi nhan\b")
_SIGNATURE = re.compile(r"\W*(?:tm|kt|tl|tuq|q)\s?\.\s")
_NUMBER = re.compile(r"[\d.,%\s()+-]*\d[\d.,%\s()+-]*")


def is_signature(text: str) -> bool:
    """Whether `text` begins the end of an official paper: its receivers, or who signs for whom."""
    folded = fold(text)
    return _RECEIVERS.match(folded) is not None or (
        _SIGNATURE.match(folded) is not None and text[:2].isupper()
    )


def settled_grid(grid: Grid) -> list[Paragraph | Grid]:
    """`grid` as it is read: a table, or paragraphs if it has one column, or one line beside the other if its
    cells are a letterhead or a signature."""
    rows = [row for row in grid.rows if any(_filled(cell) for cell in row)]
    width = max((_width(row) for row in rows), default=0)
    if not width:
        return []
    rows = [(row + [[] for _ in range(width - len(row))])[:width] for row in rows]
    if width == 1:
        return [paragraph for row in rows for paragraph in _filled(row[0])]
    if _is_layout(rows, width):
        return [Grid([line for row in rows for line in _lines(row)])]
    return [Grid(rows, grid.header or _has_head(rows))]


def _filled(cell: Cell) -> Cell:
    return [paragraph for paragraph in cell if _RULE.fullmatch(paragraph.whole) is None]


def _width(row: list[Cell]) -> int:
    return max((number + 1 for number, cell in enumerate(row) if any(p.whole for p in cell)), default=0)


def _is_layout(rows: list[list[Cell]], width: int) -> bool:
    if width > MOST_LAYOUT_COLUMNS or len(rows) > MOST_LAYOUT_ROWS:
        return False
    if len(rows) == 1:
        return True
    return any(is_motto(p.whole) or is_signature(p.whole) for row in rows for cell in row for p in cell)


def _lines(row: list[Cell]) -> list[list[Cell]]:
    """A row of cells with several paragraphs as several rows with one each."""
    empty = Paragraph([Span("")])
    return [[[paragraph] for paragraph in line] for line in zip_longest(*map(_filled, row), fillvalue=empty)]


def _has_head(rows: list[list[Cell]]) -> bool:
    """Whether the first row names the columns: words above rows that begin with or hold numbers."""
    first = [" ".join(paragraph.whole for paragraph in cell) for cell in rows[0]]
    if len(rows) < 2 or sum(map(bool, first)) * 2 < len(first):
        return False
    if any(_NUMBER.fullmatch(text) for text in first):
        return False
    later = (" ".join(p.whole for p in cell) for row in rows[1:] for cell in row)
    return any(_NUMBER.fullmatch(text) for text in later)
