"""Two texts as one document: the new text, with what was taken out of the old one left in."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from dataclasses import dataclass
from itertools import zip_longest

from reports.anchor_alignment import Alignment
from reports.builder import cell_width
from reports.diff import Edit, Paragraph, Piece, paragraph_difference, paragraph_pieces
from reports.document import CELL_SEPARATOR, Block, BlockKind, Blocks, Document, Table


@dataclass(frozen=True, slots=True)
class Stretch:
    """Code points [start, end) of the document of both texts that were added or removed."""

    start: int
    end: int
    edit: Edit


@dataclass(frozen=True, slots=True)
class BothTexts:
    """`document`: both texts as one. `stretches`: what differs, in order. `changes`: ranges of the paragraphs
    that differ, in order. `counts`: how many paragraphs were changed how; moved ones count as changed."""

    document: Document
    stretches: tuple[Stretch, ...]
    changes: tuple[tuple[int, int], ...]
    counts: dict[Edit, int]
    _old: Mapped
    _new: Mapped

    def from_new(self, start: int, end: int) -> tuple[int, int] | None:
        """Where code points [start, end) of the new text are; None if they are not whole."""
        return self._new.range(start, end)

    def from_old(self, start: int, end: int) -> tuple[int, int] | None:
        """Where code points [start, end) of the old text are; None if they are not whole."""
        return self._old.range(start, end)

    def touched(self, start: int, end: int) -> bool:
        """Whether anything in [start, end), of the document of both, was added or removed."""
        at = bisect_right(self.stretches, start, key=lambda each: each.end)
        return at < len(self.stretches) and self.stretches[at].start < end


class Mapped:
    """Runs of code points of one text and where they are in the document of both."""

    def __init__(self) -> None:
        self._starts, self._ends, self._there = array("L"), array("L"), array("L")

    def add(self, start: int, end: int, there: int) -> None:
        """Code points [start, end) are at `there`; in order of `start` once `settle` was called."""
        self._starts.append(start)
        self._ends.append(end)
        self._there.append(there)

    def settle(self) -> None:
        """Put the runs in order."""
        order = sorted(range(len(self._starts)), key=self._starts.__getitem__)
        for name in ("_starts", "_ends", "_there"):
            column = getattr(self, name)
            setattr(self, name, array("L", [column[at] for at in order]))

    def range(self, start: int, end: int) -> tuple[int, int] | None:
        """The range that holds the first and the last code point of [start, end); None if either is gone."""
        first, last = self._offset(start), self._offset(end - 1)
        return None if first is None or last is None or last < first else (first, last + 1)

    def _offset(self, offset: int) -> int | None:
        at = bisect_right(self._starts, offset) - 1
        if at < 0 or offset >= self._ends[at]:
            return None
        return self._there[at] + offset - self._starts[at]


def both_texts(alignment: Alignment) -> BothTexts:
    """The two texts of `alignment` as one document; every paragraph of either is there once.

    10 MB with 500 changed places take about a second.
    """
    return _Builder(alignment).built()


class _Builder:
    def __init__(self, alignment: Alignment) -> None:
        self._alignment = alignment
        self._lines: list[str] = []
        self._blocks = Blocks()
        self._tables: list[Table] = []
        self._stretches: list[Stretch] = []
        self._changes: list[tuple[int, int]] = []
        self._counts = dict.fromkeys(Edit, 0)
        self._old, self._new = Mapped(), Mapped()
        self._at = 0
        self._spaced = True

    def built(self) -> BothTexts:
        for paragraph in paragraph_difference(self._alignment):
            self._add(paragraph)
        self._old.settle()
        self._new.settle()
        return BothTexts(
            Document("\n".join(self._lines), self._blocks, tables=tuple(self._tables)),
            tuple(self._stretches),
            tuple(self._changes),
            self._counts,
            self._old,
            self._new,
        )

    def _add(self, paragraph: Paragraph) -> None:
        start = self._at
        self._spaced = True
        if paragraph.edit is Edit.SAME:
            text = self._add_same(paragraph)
        else:
            pieces = paragraph_pieces(self._alignment, paragraph)
            followed = zip_longest(pieces, pieces[1:])
            text = self._lead(paragraph)
            self._at += len(text)
            text += "".join(self._add_piece(piece, then.text if then else "") for piece, then in followed)
        document, block, _number = self._source(paragraph)
        is_row = block.kind is BlockKind.ROW
        text = text if is_row else text.rstrip()
        self._lines.append(text)
        self._blocks.append(
            Block(block.kind, block.level, start, start + len(text), 0, block.bullet, block.source_line)
        )
        if is_row:
            self._add_row(paragraph, document, text)
        edit = Edit.CHANGED if paragraph.moved else paragraph.edit
        self._counts[edit] += 1
        if edit is not Edit.SAME:
            self._changes.append((start, start + len(text)))
        self._at = start + len(text) + 1

    def _add_same(self, paragraph: Paragraph) -> str:
        assert paragraph.new is not None
        document = self._alignment.new.document
        start, end = document.blocks.starts[paragraph.new], document.blocks.ends[paragraph.new]
        self._new.add(start, end, self._at)
        if paragraph.old is not None:
            old = self._alignment.old.document.blocks
            self._old.add(old.starts[paragraph.old], old.ends[paragraph.old], self._at)
        return document.text[start:end]

    def _add_piece(self, piece: Piece, then: str) -> str:
        """Put a piece in; `then`: what follows it, words of which are kept apart from those taken out."""
        apart = self._spaced or piece.edit is not Edit.REMOVED
        lead, text = "" if apart else " ", piece.text
        self._at += len(lead)
        if piece.edit is Edit.REMOVED and then[:1].isalnum() and not text[-1:].isspace():
            text += " "
        visible = len(text.rstrip())
        if piece.edit is not Edit.SAME:
            self._stretches.append(Stretch(self._at, self._at + visible, piece.edit))
        source = self._old if piece.edit is Edit.REMOVED else self._new
        source.add(piece.start, piece.start + visible, self._at)
        if piece.edit is Edit.SAME:
            self._add_kept(piece, visible)
        self._at += len(text)
        self._spaced = text[-1:].isspace()
        return lead + text

    def _add_kept(self, piece: Piece, visible: int) -> None:
        """Say where the words of a piece that both texts have were in the old one."""
        old, new = self._alignment.old, self._alignment.new
        first, last = new.covering(piece.start, piece.start + visible)
        images = self._alignment.to_old[first:last]
        if min(images, default=-1) >= 0:
            self._old.add(old.starts[images[0]], old.ends[images[-1]], self._at)

    def _source(self, paragraph: Paragraph) -> tuple[Document, Block, int]:
        """The text that a paragraph is taken from, its block there and that one's number."""
        source = self._alignment.new if paragraph.new is not None else self._alignment.old
        number = paragraph.new if paragraph.new is not None else paragraph.old
        assert number is not None
        return source.document, source.document.blocks[number], number

    def _lead(self, paragraph: Paragraph) -> str:
        """The empty cells at the beginning of a row, which no word holds."""
        document, block, _number = self._source(paragraph)
        text = document.text[block.start : block.end]
        if block.kind is not BlockKind.ROW or not text.startswith(CELL_SEPARATOR):
            return ""
        first = len(text) - len(text.lstrip(CELL_SEPARATOR))
        return text[:first]

    def _add_row(self, paragraph: Paragraph, document: Document, text: str) -> None:
        """Make the row that was just put in part of the table above it, or the first of a new one; a row
        that was taken out stays among those that it stood among."""
        number = len(self._blocks) - 1
        source = document.table_at(self._source(paragraph)[2])
        begins = source is not None and source.first == paragraph.new
        above = self._tables[-1] if self._tables and self._tables[-1].last == number and not begins else None
        widths = [cell_width(cell) for cell in text.split(CELL_SEPARATOR)]
        if above is None:
            header = source is not None and source.header and source.first in (paragraph.new, paragraph.old)
            self._tables.append(Table(number, number + 1, tuple(widths), header))
        else:
            wide = tuple(max(each) for each in zip_longest(widths, above.widths, fillvalue=0))
            self._tables[-1] = Table(above.first, number + 1, wide, above.header)
