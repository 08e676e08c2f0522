"""Rebuilds tables whose rows name only the right edges of their cells, as in rich text and old Word files."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

from reports.converters.pieces import Cell, Grid

TOLERANCE = 40
"""Twips by which edges of one column may differ from row to row."""

MOST_CELLS = 200


@dataclass(slots=True)
class RowShape:
    """Right edges of the cells of a row in twips, and which of them another one covers."""

    edges: list[int] = field(default_factory=list)
    covered: list[bool] = field(default_factory=list)
    header: bool = False
    pending: bool = False

    def add(self, edge: int) -> None:
        """Close the definition of one cell at `edge`."""
        if len(self.edges) < MOST_CELLS:
            self.edges.append(edge)
            self.covered.append(self.pending)
        self.pending = False

    def cover(self, operand: bytes) -> None:
        """Mark the cell of this number as covered by the one above it if the second byte says so."""
        if len(operand) == 2 and operand[1] == 1 and operand[0] < len(self.covered):
            self.covered[operand[0]] = True


@dataclass(slots=True)
class RowText:
    """The cells of a row as they were closed, and the shape they have."""

    cells: list[Cell]
    shape: RowShape


def grid_of(rows: list[RowText]) -> Grid:
    """The rows as a table whose columns are all edges that occur; a wide cell covers the columns behind its
    first."""
    edges: list[int] = []
    for edge in sorted({edge for row in rows for edge in row.shape.edges}):
        if not edges or edge - edges[-1] > TOLERANCE:
            edges.append(edge)
    return Grid([_placed(row, edges) for row in rows], bool(rows) and rows[0].shape.header)


def _placed(row: RowText, edges: list[int]) -> list[Cell]:
    if len(row.shape.edges) < len(row.cells):
        return row.cells
    placed: list[Cell] = [[] for _ in edges]
    column = 0
    for cell, edge, covered in zip(row.cells, row.shape.edges, row.shape.covered, strict=False):
        if not covered and column < len(placed):
            placed[column] = placed[column] + cell
        column = max(column, bisect_left(edges, edge - TOLERANCE) + 1)
    return placed
