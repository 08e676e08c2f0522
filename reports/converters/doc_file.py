"""The parts of an old Word file (.doc, Word 97 to 2003): text by character position, and its tables.

Layout and numbers are those of Microsoft's published [MS-DOC] specification.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from reports.converters.package import damaged

FIRST_OF_WORD_97 = 0xC1
"""File version from which on text is in pieces and formatting in a table stream."""

MOST_PIECES = 200_000
_ENCRYPTED, _TABLE_1 = 0x0100, 0x0200
_COMPRESSED = 0x40000000
_PAIRS = 0x9A

STYLES, NOTE_REFERENCES, NOTE_TEXTS, CHARACTER_RUNS, PARAGRAPH_RUNS = 1, 2, 3, 12, 13
FONTS, PIECES, END_REFERENCES, END_TEXTS, LISTS, LIST_OVERRIDES = 15, 33, 46, 47, 73, 74
"""Numbers of the parts in the file's table of contents."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters `first` to `last` (positions in the text) and where their bytes begin in the main stream."""

    first: int
    last: int
    offset: int
    width: int


@dataclass(frozen=True, slots=True)
class Lengths:
    """Characters of each part of the text, in the order in which they stand."""

    main: int
    notes: int
    headers: int
    macros: int
    comments: int
    endnotes: int
    boxes: int


class WordFile:
    """The streams of a .doc: `document` is the main one, `tables` are 0Table and 1Table. LoadError if they do
    not fit together."""

    def __init__(self, document: bytes, tables: tuple[bytes, bytes], data: bytes, shown: str) -> None:
        self._document = document
        self._data = data
        self.shown = shown
        if len(document) < 0x4C + 32:
            raise damaged(shown, "the main stream is cut short")
        self.version, flags = (
            struct.unpack_from("<H", document, 2)[0],
            struct.unpack_from("<H", document, 10)[0],
        )
        self.encrypted = bool(flags & _ENCRYPTED)
        self.table = tables[1 if flags & _TABLE_1 else 0]
        self.lengths = Lengths(*struct.unpack_from("<7i", document, 0x4C))

    @property
    def is_old(self) -> bool:
        """Whether Word 6 or 95 wrote it."""
        return bool(self.version < FIRST_OF_WORD_97)

    def old_text(self) -> str:
        """The text of a Word 6 or 95 file, read as windows-1252."""
        first, last = struct.unpack_from("<II", self._document, 0x18)
        return self._document[first:last].decode("cp1252", "surrogateescape")

    def part(self, number: int) -> bytes:
        """The bytes of one part named in the table of contents, empty if there is none."""
        at = _PAIRS + number * 8
        if at + 8 > len(self._document):
            return b""
        offset, size = struct.unpack_from("<II", self._document, at)
        return self.table[offset : offset + size]

    def part_and_rest(self, number: int) -> tuple[bytes, bytes]:
        """A part, and what follows it in the table stream, where lists go on."""
        offset, size = struct.unpack_from("<II", self._document, _PAIRS + number * 8)
        return self.table[offset : offset + size], self.table[offset + size :] if size else b""

    def pieces(self) -> list[Piece]:
        """The piece table: which bytes are which characters."""
        data = self.part(PIECES)
        at = 0
        while at < len(data) and data[at] == 1:
            at += 3 + struct.unpack_from("<h", data, at + 1)[0]
        if at + 5 > len(data) or data[at] != 2:
            raise damaged(self.shown, "no piece table")
        (size,) = struct.unpack_from("<I", data, at + 1)
        plc = data[at + 5 : at + 5 + size]
        found: list[Piece] = []
        for first, last, entry in plc_entries(plc, 8):
            (offset,) = struct.unpack_from("<I", entry, 2)
            if offset & _COMPRESSED:
                found.append(Piece(first, last, (offset & ~_COMPRESSED) // 2, 1))
            else:
                found.append(Piece(first, last, offset, 2))
        if not found or len(found) > MOST_PIECES:
            raise damaged(self.shown, "no piece table")
        return found

    def stored_apart(self, offset: int) -> bytes:
        """A property list that was too long for its page, from the data stream."""
        (size,) = struct.unpack_from("<H", self._data, offset) if offset + 2 <= len(self._data) else (0,)
        return self._data[offset + 2 : offset + 2 + size]

    def page(self, number: int) -> bytes:
        """One of the 512-byte pages of the main stream that hold formatting."""
        return self._document[number * 512 : number * 512 + 512]

    def text(self, piece: Piece, first: int, last: int) -> str:
        """The characters `first` to `last` of the text, which `piece` holds."""
        start = piece.offset + (first - piece.first) * piece.width
        data = self._document[start : start + (last - first) * piece.width]
        if piece.width == 1:
            return data.decode("cp1252", "surrogateescape")
        return data.decode("utf-16-le", "replace")


def plc_entries(data: bytes, size: int) -> Iterator[tuple[int, int, bytes]]:
    """The entries of a PLC: first and last position, and `size` bytes that go with them."""
    count = (len(data) - 4) // (4 + size) if len(data) >= 4 else 0
    if count <= 0:
        return
    positions = struct.unpack_from(f"<{count + 1}I", data)
    base = (count + 1) * 4
    for number in range(count):
        yield (
            positions[number],
            positions[number + 1],
            data[base + number * size : base + (number + 1) * size],
        )


class Runs:
    """Formatting by byte offset in the main stream, from the pages that `part` lists."""

    def __init__(self, file: WordFile, part: int, *, paragraphs: bool) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._values: list[bytes] = []
        read = _paragraph_page if paragraphs else _character_page
        for _, _, entry in plc_entries(file.part(part), 4):
            page = file.page(struct.unpack("<I", entry)[0] & 0x3FFFFF)
            if len(page) == 512:
                for start, end, value in read(page):
                    self._starts.append(start)
                    self._ends.append(end)
                    self._values.append(value)
        order = sorted(range(len(self._starts)), key=self._starts.__getitem__)
        self._starts = [self._starts[n] for n in order]
        self._ends = [self._ends[n] for n in order]
        self._values = [self._values[n] for n in order]

    def at(self, offset: int) -> tuple[int, bytes]:
        """Where the run that holds byte `offset` ends, and its formatting; a gap has none."""
        number = bisect_right(self._starts, offset) - 1
        if number >= 0 and offset < self._ends[number]:
            return self._ends[number], self._values[number]
        following = number + 1
        return (self._starts[following] if following < len(self._starts) else 1 << 62), b""


def _character_page(page: bytes) -> Iterator[tuple[int, int, bytes]]:
    count = page[511]
    if not 0 < count <= 101:
        return
    offsets = struct.unpack_from(f"<{count + 1}I", page)
    base = (count + 1) * 4
    for number in range(count):
        at = page[base + number] * 2
        value = page[at + 1 : at + 1 + page[at]] if at else b""
        yield offsets[number], offsets[number + 1], value


def _paragraph_page(page: bytes) -> Iterator[tuple[int, int, bytes]]:
    count = page[511]
    if not 0 < count <= 29:
        return
    offsets = struct.unpack_from(f"<{count + 1}I", page)
    base = (count + 1) * 4
    for number in range(count):
        at = page[base + number * 13] * 2
        value = b""
        if at:
            size = page[at] * 2 - 1
            at += 1
            if size < 0 and at < 512:
                size = page[at] * 2
                at += 1
            value = page[at : at + size]
        yield offsets[number], offsets[number + 1], value
