"""Documents made by hand, so that the layout is tested without a parser."""

from __future__ import annotations

from dataclasses import dataclass

from reports.document import CELL_SEPARATOR, Block, BlockKind, Blocks, Document, StyleRun, Table
from reviewer.layout.cells import width


@dataclass
class Line:
    text: str
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    marker: int = 0
    bullet: bool = False


def document(*lines: Line | str, styles: tuple[StyleRun, ...] = ()) -> Document:
    """One block a line; runs of table rows become tables with their natural widths."""
    made = [line if isinstance(line, Line) else Line(line) for line in lines]
    blocks: list[Block] = []
    at = 0
    for number, line in enumerate(made):
        end = at + len(line.text)
        blocks.append(Block(line.kind, line.level, at, end, line.marker, line.bullet, number + 1))
        at = end + 1
    text = "\n".join(line.text for line in made)
    return Document(text, Blocks(blocks), styles, tuple(_tables(made)))


def _tables(lines: list[Line]) -> list[Table]:
    tables: list[Table] = []
    first = None
    for number, line in enumerate([*lines, Line("")]):
        if line.kind == BlockKind.ROW and first is None:
            first = number
        elif line.kind != BlockKind.ROW and first is not None:
            rows = [row.text.split(CELL_SEPARATOR) for row in lines[first:number]]
            columns = max(map(len, rows))
            natural = [max(width(row[i]) if i < len(row) else 0 for row in rows) for i in range(columns)]
            tables.append(Table(first, number, tuple(natural), header=True))
            first = None
    return tables


def row(*cells: str) -> Line:
    return Line(CELL_SEPARATOR.join(cells), BlockKind.ROW)
