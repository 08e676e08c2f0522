"""A report's text as a reviewer reads it: canonical text, blocks, style runs."""

from __future__ import annotations

import struct
import sys
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum, IntFlag
from functools import cached_property
from typing import Any, overload

CELL_SEPARATOR = " │ "
"""Stands between the cells of a table row; the same character inside a cell is stored as `|`."""

_HEAD = struct.Struct("<4sIII")
_TABLE = struct.Struct("<III?")
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


class Styles(Sequence[StyleRun]):
    """Style runs in columns, sorted and not overlapping, so that many of them unpack at once."""

    def __init__(self, runs: Iterable[StyleRun] = ()) -> None:
        self.starts, self.ends, self.styles = array("I"), array("I"), array("B")
        for run in runs:
            self.append(run)

    def append(self, run: StyleRun) -> None:
        """Add a run behind the last; for building a document only."""
        self.starts.append(run.start)
        self.ends.append(run.end)
        self.styles.append(run.style)

    def __len__(self) -> int:
        return len(self.starts)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Styles) and self.columns() == other.columns()

    __hash__ = None  # type: ignore[assignment]

    @overload
    def __getitem__(self, index: int) -> StyleRun: ...
    @overload
    def __getitem__(self, index: slice) -> list[StyleRun]: ...
    def __getitem__(self, index: int | slice) -> StyleRun | list[StyleRun]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        return StyleRun(self.starts[index], self.ends[index], Style(self.styles[index]))

    def columns(self) -> tuple[array[int], ...]:
        """The columns in the order in which they are packed."""
        return (self.starts, self.ends, self.styles)


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
        return isinstance(other, Blocks) and self.columns() == other.columns()

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

    def columns(self) -> tuple[array[int], ...]:
        """The columns in the order in which they are packed."""
        return (self.starts, self.ends, self.lines, self.kinds, self.levels, self.markers)


@dataclass(frozen=True)
class Document:
    """One immutable text and its structure; what an import makes and the database stores.

    `text`: canonical text, NFC, one block a line, no control characters but the line feed.
    """

    text: str
    blocks: Blocks
    styles: Sequence[StyleRun] = ()
    tables: tuple[Table, ...] = ()
    title: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        if not isinstance(self.styles, Styles):
            object.__setattr__(self, "styles", Styles(self.styles))

    def __hash__(self) -> int:
        return hash(self.text)

    @cached_property
    def sha256(self) -> str:
        """Hex SHA-256 of the canonical text in UTF-8: the name of the revision."""
        import hashlib

        return hashlib.sha256(self.text.encode("utf-8")).hexdigest()

    @cached_property
    def _headings(self) -> array[int]:
        return array("I", (i for i, kind in enumerate(self.blocks.kinds) if kind == BlockKind.HEADING))

    @cached_property
    def _parents(self) -> array[int]:
        """For each heading the index of the one it stands under, its own if there is none."""
        parents = array("I")
        open_headings: list[tuple[int, int]] = []
        for index, number in enumerate(self._headings):
            level = self.blocks.levels[number]
            while open_headings and open_headings[-1][0] >= level:
                open_headings.pop()
            parents.append(open_headings[-1][1] if open_headings else index)
            open_headings.append((level, index))
        return parents

    def heading_path(self, offset: int) -> tuple[str, ...]:
        """Texts of the headings above code point `offset`, outermost first; its own if it is a heading."""
        path: list[str] = []
        index = bisect_right(self._headings, self.blocks.at(offset)) - 1
        while index >= 0:
            number = self._headings[index]
            path.append(self.text[self.blocks.starts[number] : self.blocks.ends[number]])
            parent = self._parents[index]
            index = parent if parent < index else -1
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
        styles = self.styles if isinstance(self.styles, Styles) else Styles(self.styles)
        parts = [_HEAD.pack(_MAGIC, len(self.blocks), len(styles), len(self.tables))]
        parts += map(_to_bytes, (*self.blocks.columns(), *styles.columns()))
        for table in self.tables:
            parts.append(_TABLE.pack(table.first, table.last, len(table.widths), table.header))
            parts.append(_to_bytes(array("H", (min(width, 65535) for width in table.widths))))
        return b"".join(parts)

    @classmethod
    def unpack(cls, text: str, packed: bytes, title: str = "") -> Document:
        """The document whose text is `text` and whose structure `pack` gave; ValueError if damaged."""
        reader = _Reader(packed)
        magic, count, runs, tables = reader.values(_HEAD)
        blocks, styles = Blocks(), Styles()
        if magic != _MAGIC:
            raise ValueError("not the packed structure of a document")
        for column in blocks.columns():
            reader.fill(column, count)
        for column in styles.columns():
            reader.fill(column, runs)
        found: list[Table] = []
        for _ in range(tables):
            first, last, columns, header = reader.values(_TABLE)
            widths = reader.fill(array("H"), columns)
            found.append(Table(first, last, tuple(widths), bool(header)))
        if not reader.at_end or (count and blocks.ends[-1] != len(text)):
            raise ValueError("the packed structure does not belong to this text")
        return cls(text, blocks, styles, tuple(found), title)


def _to_bytes(column: array[int]) -> bytes:
    if sys.byteorder == "big":
        column = column[:]
        column.byteswap()
    return column.tobytes()


class _Reader:
    """Takes values and columns off packed bytes; ValueError where they run out."""

    def __init__(self, packed: bytes) -> None:
        self._view = memoryview(packed)
        self._at = 0

    @property
    def at_end(self) -> bool:
        return self._at == len(self._view)

    def values(self, shape: struct.Struct) -> tuple[Any, ...]:
        return shape.unpack(self._take(shape.size))

    def fill(self, column: array[int], count: int) -> array[int]:
        column.frombytes(self._take(count * column.itemsize))
        if sys.byteorder == "big":
            column.byteswap()
        return column

    def _take(self, size: int) -> memoryview:
        piece = self._view[self._at : self._at + size]
        if len(piece) < size:
            raise ValueError("the packed structure of a document is cut short")
        self._at += size
        return piece
