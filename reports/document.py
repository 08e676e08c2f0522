"""A report's text as a reviewer reads it: canonical text, blocks, style runs."""

from __future__ import annotations

import hashlib
import struct
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum, IntFlag
from functools import cached_property
from typing import overload

CELL_SEPARATOR = " │ "
"""Stands between the cells of a table row; the same character inside a cell is stored as `|`."""

_BLOCK = struct.Struct("<4sIII")
_MAGIC = b"RVB1"


class BlockKind(IntEnum):
    """What a block is; `label` is the name used in JSON."""

    HEADING = 1
    PARAGRAPH = 2
    ITEM = 3
    QUOTE = 4
    ROW = 5
    CODE = 6
    FOOTNOTE = 7

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    BlockKind.HEADING: "heading",
    BlockKind.PARAGRAPH: "paragraph",
    BlockKind.ITEM: "list-item",
    BlockKind.QUOTE: "quote",
    BlockKind.ROW: "table-row",
    BlockKind.CODE: "code",
    BlockKind.FOOTNOTE: "footnote",
}


class Style(IntFlag):
    """How a run of text was set in the source."""

    STRONG = 1
    EMPHASIS = 2
    CODE = 4
    STRIKE = 8
    LINK = 16


@dataclass(frozen=True, slots=True)
class Block:
    """One line of the canonical text.

    `start`, `end`: code points, half open, without the line feed. `level`: 1 to 6 for a heading, nesting
    depth from 1 for a list item or quote, 0 otherwise. `marker`: code points at the block's start that are
    its label as written (`1.`, `a)`, `Điều 3.`) with the space behind it, 0 if none. `bullet`: the item
    has an unnumbered marker, which is not part of the text. `source_line`: 1-based line of the source.
    """

    kind: BlockKind
    level: int
    start: int
    end: int
    marker: int
    bullet: bool
    source_line: int


@dataclass(frozen=True, slots=True)
class StyleRun:
    """`style` holds from `start` to `end` (code points, half open); runs are sorted and do not overlap."""

    start: int
    end: int
    style: Style


@dataclass(frozen=True, slots=True)
class Table:
    """Consecutive row blocks `first` to `last` (block numbers, half open) and the natural width of each
    column in terminal cells."""

    first: int
    last: int
    widths: tuple[int, ...]
    header: bool


class Blocks(Sequence[Block]):
    """The blocks of a document in columns, so that 100,000 of them cost about 2 MB and unpack at once."""

    def __init__(self, blocks: Sequence[Block] = ()) -> None:
        self.starts, self.ends, self.lines = array("I"), array("I"), array("I")
        self.kinds, self.levels, self.markers = array("B"), array("B"), array("B")
        for block in blocks:
            self.append(block)

    def append(self, block: Block) -> None:
        """Add a block behind the last; for building a document only."""
        self.starts.append(block.start)
        self.ends.append(block.end)
        self.lines.append(block.source_line)
        self.kinds.append(block.kind)
        self.levels.append(min(block.level, 255))
        self.markers.append(min(block.marker, 127) | (128 if block.bullet else 0))

    def __len__(self) -> int:
        return len(self.starts)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Blocks) and self._columns() == other._columns()

    __hash__ = None  # type: ignore[assignment]

    @overload
    def __getitem__(self, index: int) -> Block: ...
    @overload
    def __getitem__(self, index: slice) -> list[Block]: ...
    def __getitem__(self, index: int | slice) -> Block | list[Block]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        marker = self.markers[index]
        return Block(
            BlockKind(self.kinds[index]),
            self.levels[index],
            self.starts[index],
            self.ends[index],
            marker & 127,
            bool(marker & 128),
            self.lines[index],
        )

    def __iter__(self) -> Iterator[Block]:
        return (self[i] for i in range(len(self)))

    def at(self, offset: int) -> int:
        """Number of the block that holds code point `offset` (a line feed belongs to the block before it)."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def _columns(self) -> tuple[array[int], ...]:
        return (self.starts, self.ends, self.lines, self.kinds, self.levels, self.markers)


@dataclass(frozen=True)
class Document:
    """One immutable text and its structure; what an import makes and the database stores.

    `text`: canonical text, NFC, one block a line, no control characters but the line feed.
    """

    text: str
    blocks: Blocks
    styles: tuple[StyleRun, ...] = ()
    tables: tuple[Table, ...] = ()
    title: str = field(default="", compare=False)

    @cached_property
    def sha256(self) -> str:
        """Hex SHA-256 of the canonical text in UTF-8: the name of the revision."""
        return hashlib.sha256(self.text.encode("utf-8")).hexdigest()

    @cached_property
    def _headings(self) -> array[int]:
        return array("I", (i for i, kind in enumerate(self.blocks.kinds) if kind == BlockKind.HEADING))

    def heading_path(self, offset: int) -> tuple[str, ...]:
        """Texts of the headings above code point `offset`, outermost first; its own if it is a heading."""
        path: list[str] = []
        level = 255
        for number in range(bisect_right(self._headings, self.blocks.at(offset)) - 1, -1, -1):
            block = self.blocks[self._headings[number]]
            if block.level < level:
                path.append(self.text[block.start : block.end])
                level = block.level
                if level == 1:
                    break
        return tuple(reversed(path))

    def paragraph_number(self, offset: int) -> int:
        """1-based count of blocks since the nearest heading, up to the one at `offset`; 0 in a heading."""
        block = self.blocks.at(offset)
        above = bisect_right(self._headings, block) - 1
        return block - (self._headings[above] if above >= 0 else -1)

    def table_at(self, block: int) -> Table | None:
        """The table that row block number `block` belongs to."""
        index = bisect_right(self.tables, block, key=lambda table: table.first) - 1
        if index >= 0 and block < self.tables[index].last:
            return self.tables[index]
        return None

    def styles_between(self, start: int, end: int) -> Sequence[StyleRun]:
        """The style runs that touch code points [start, end)."""
        first = bisect_right(self.styles, start, key=lambda run: run.end)
        last = bisect_left(self.styles, end, key=lambda run: run.start)
        return self.styles[first:last]

    def pack(self) -> bytes:
        """Everything but the text, as bytes in little-endian order, for storing beside it."""
        parts = [_BLOCK.pack(_MAGIC, len(self.blocks), len(self.styles), len(self.tables))]
        parts += [column.tobytes() for column in self.blocks._columns()]
        parts.append(array("I", (n for run in self.styles for n in (run.start, run.end))).tobytes())
        parts.append(array("B", (run.style for run in self.styles)).tobytes())
        for table in self.tables:
            parts.append(struct.pack("<III", table.first, table.last, len(table.widths) * 2 + table.header))
            parts.append(array("H", (min(width, 65535) for width in table.widths)).tobytes())
        return b"".join(parts)

    @classmethod
    def unpack(cls, text: str, packed: bytes, title: str = "") -> Document:
        """The document whose text is `text` and whose structure `pack` gave; ValueError if damaged."""
        magic, count, runs, tables = _BLOCK.unpack_from(packed)
        if magic != _MAGIC:
            raise ValueError("not the packed structure of a document")
        view, at = memoryview(packed), _BLOCK.size
        blocks = Blocks()
        for column in blocks._columns():
            size = count * column.itemsize
            column.frombytes(view[at : at + size])
            at += size
        spans, kinds = array("I"), array("B")
        spans.frombytes(view[at : at + runs * 8])
        at += runs * 8
        kinds.frombytes(view[at : at + runs])
        at += runs
        styles = tuple(StyleRun(spans[2 * i], spans[2 * i + 1], Style(kinds[i])) for i in range(runs))
        found: list[Table] = []
        for _ in range(tables):
            first, last, shape = struct.unpack_from("<III", packed, at)
            widths = array("H")
            widths.frombytes(view[at + 12 : at + 12 + shape // 2 * 2])
            found.append(Table(first, last, tuple(widths), bool(shape & 1)))
            at += 12 + shape // 2 * 2
        return cls(text, blocks, styles, tuple(found), title)
