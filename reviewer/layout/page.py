"""A document laid out at one width: the rows of any block, at once and on their own."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import OrderedDict

from reports.document import BlockKind, Document, Table
from reviewer.layout.cells import column_of, offset_of, width
from reviewer.layout.row import BLANK, Piece, Row
from reviewer.layout.shape import MEASURE, Shape, blank_rows_above, shape
from reviewer.layout.table import Columns, fit_columns, rule, table_rows
from reviewer.layout.wrap import wrap

KEPT_BLOCKS = 400
_ROW = int(BlockKind.ROW)
_PLAIN = int(BlockKind.PARAGRAPH)
_WASTE = 0.94


class Page:
    """`document` on a page `width` cells wide. Rows of a block are numbered from 0, blank ones above it
    included; they are kept for the `KEPT_BLOCKS` blocks that were asked for last."""

    def __init__(self, document: Document, width: int) -> None:
        self.document = document
        self.width = max(2, width)
        self.measure = min(self.width, MEASURE)
        self._rows: OrderedDict[int, tuple[Row, ...]] = OrderedDict()
        self._columns: dict[int, Columns | None] = {}

    def rows(self, number: int) -> tuple[Row, ...]:
        """All rows of block `number`."""
        rows = self._rows.get(number)
        if rows is None:
            rows = self._lay_out(number)
            self._rows[number] = rows
            if len(self._rows) > KEPT_BLOCKS:
                self._rows.popitem(last=False)
        else:
            self._rows.move_to_end(number)
        return rows

    def estimates(self) -> array[int]:
        """Rows of every block, guessed from its length alone; a whole document in some milliseconds."""
        blocks, room = self.document.blocks, max(1, int(self.measure * _WASTE))
        lengths = map(int.__sub__, blocks.ends, blocks.starts)
        counts = array("I", [1 + length // room for length in lengths])
        kinds = blocks.kinds
        if kinds.count(_PLAIN) * 2 > len(kinds):
            counts = array("I", [count + 1 for count in counts])
        return counts

    def count(self, first: int, last: int) -> array[int]:
        """Exact rows of blocks [first, last); about 5 microseconds a block of one row."""
        blocks, text = self.document.blocks, self.document.text
        starts, ends, kinds = blocks.starts, blocks.ends, blocks.kinds
        levels, markers, measure = blocks.levels, blocks.markers, self.measure
        counts = array("I", bytes(4 * (last - first)))
        before, level_before = (kinds[first - 1], levels[first - 1]) if first else (0, 0)
        for number in range(first, last):
            kind, level = kinds[number], levels[number]
            if kind == _ROW:
                counts[number - first] = self._table_row_count(number)
            else:
                content = text[starts[number] : ends[number]]
                if kind == _PLAIN:
                    rows = wrap(content, measure)
                else:
                    form = self._shape(kind, level, markers[number], content)
                    rows = wrap(content, measure - form.first, measure - form.rest)
                counts[number - first] = len(rows) + blank_rows_above(kind, level, before, level_before)
            before, level_before = kind, level
        return counts

    def find(self, offset: int) -> tuple[int, int, int]:
        """(block, row of the block, cell) in which code point `offset` is drawn; a line feed behind its
        block's last letter."""
        number = self.document.blocks.at(offset)
        for index, row in enumerate(self.rows(number)):
            for piece in row.pieces:
                if piece.start <= offset < piece.end:
                    return number, index, piece.column + self._column(piece, offset)
        return self._block_end(number, offset)

    def _block_end(self, number: int, offset: int) -> tuple[int, int, int]:
        rows = self.rows(number)
        best = (number, len(rows) - 1, 0)
        furthest = -1
        for index, row in enumerate(rows):
            for piece in row.pieces:
                if furthest < piece.end <= offset:
                    furthest = piece.end
                    best = number, index, piece.column + self._column(piece, piece.end)
        return best

    def offset(self, number: int, index: int, cell: int) -> int:
        """The code point drawn at `cell` of row `index` of block `number`, the nearest one where there is
        none; in a blank row the block's first."""
        rows = self.rows(number)
        row = rows[max(0, min(index, len(rows) - 1))]
        if not row.pieces:
            return self.document.blocks.starts[number]
        columns = [piece.column for piece in row.pieces]
        piece = row.pieces[max(0, bisect_right(columns, cell) - 1)]
        text = self.document.text[piece.start : piece.end]
        last = column_of(text, max(0, len(text.rstrip()) - 1))
        return piece.start + offset_of(text, max(0, min(cell - piece.column, last)))

    def _column(self, piece: Piece, offset: int) -> int:
        return column_of(self.document.text[piece.start : piece.end], offset - piece.start)

    def _shape(self, kind: int, level: int, marker: int, content: str) -> Shape:
        label = marker & 127
        return shape(kind, level, width(content[:label]) if label else 0, bool(marker & 128), self.measure)

    def _lay_out(self, number: int) -> tuple[Row, ...]:
        blocks = self.document.blocks
        start = blocks.starts[number]
        content = self.document.text[start : blocks.ends[number]]
        table = self.document.table_at(number) if blocks.kinds[number] == _ROW else None
        columns = self._table_columns(table) if table else None
        if table and columns:
            rows = table_rows(content, start, columns.widths, whole=columns.natural)
            if table.header and number == table.first:
                rows.append(Row(marks=((0, rule(columns.widths)),)))
        else:
            rows = self._text_rows(number, content)
        return (BLANK,) * self._above(number) + tuple(rows)

    def _above(self, number: int) -> int:
        kinds, levels = self.document.blocks.kinds, self.document.blocks.levels
        before, level_before = (kinds[number - 1], levels[number - 1]) if number else (0, 0)
        if kinds[number] == before == _ROW:
            table = self.document.table_at(number)
            return int(table is not None and table.first == number)
        return blank_rows_above(kinds[number], levels[number], before, level_before)

    def _table_row_count(self, number: int) -> int:
        table = self.document.table_at(number)
        columns = self._table_columns(table) if table else None
        if table is None or columns is None or not columns.natural:
            return len(self._lay_out(number))
        return 1 + self._above(number) + int(table.header and number == table.first)

    def _text_rows(self, number: int, content: str) -> list[Row]:
        blocks = self.document.blocks
        start = blocks.starts[number]
        form = self._shape(blocks.kinds[number], blocks.levels[number], blocks.markers[number], content)
        begins = wrap(content, self.measure - form.first, self.measure - form.rest)
        rows: list[Row] = []
        for index, (first, last) in enumerate(zip(begins, [*begins[1:], len(content)], strict=True)):
            indent = form.rest if index else form.first
            mark = form.bar or ("" if index else form.lead)
            marks = ((indent - len(mark), mark),) if mark else ()
            rows.append(Row((Piece(start + first, start + last, indent),), marks))
        return rows

    def _table_columns(self, table: Table) -> Columns | None:
        if table.first not in self._columns:
            self._columns[table.first] = fit_columns(table.widths, self.width)
        return self._columns[table.first]
