"""Reads old Word documents (.doc) through olefile: Word 97 to 2003 with formatting, Word 6 and 95 as text.

Kept: text as it shows, list labels, tables with merged cells, footnotes, endnotes, text boxes, fonts. Left
out: deleted and hidden text, comments, page headers and footers, field codes.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from reports.converters import doc_file
from reports.converters.doc_file import Runs, WordFile, plc_entries
from reports.converters.doc_formatting import (
    HUGE,
    Format,
    Look,
    Styles,
    changed_format,
    changed_look,
    font_names,
    properties,
)
from reports.converters.doc_lists import Lists
from reports.converters.edge_tables import RowText, grid_of
from reports.converters.numbers import counted
from reports.converters.ole import opened
from reports.converters.package import damaged, protected
from reports.converters.pieces import Cell, Draft, Grid, Note, Paragraph, Span

_MARK, _CELL, _PAGE = "\r", "\x07", "\x0c"
_FIELD_BEGIN, _FIELD_SHOWN, _FIELD_END = "\x13", "\x14", "\x15"
_CHARACTERS = {
    "\t": " ", "\x0b": "\n", "\x0e": "\n", "\x1e": "-", "\x1f": "\u00ad", "\x01": "", "\x02": "", "\x03": "",
    "\x04": "", "\x05": "", "\x08": "", _CELL: "",
}  # fmt: skip
_SHOWN = str.maketrans(_CHARACTERS)
_SYMBOLS = {0xB7: "•", 0xA7: "▪", 0xD8: "▸", 0xE0: "→", 0xFC: "✓", 0xA8: "☐", 0x2D: "-"}


def read(data: bytes, shown: str) -> Draft:
    """What the Word document in `data` shows; LoadError if it is damaged or wants a password."""
    with opened(data, shown) as file:
        if not file.exists("WordDocument"):
            raise damaged(shown, "no Word document in it")
        main = file.openstream("WordDocument").read()
        first, second, stored = (
            file.openstream(name).read() if file.exists(name) else b""
            for name in ("0Table", "1Table", "Data")
        )
    word = WordFile(main, (first, second), stored, shown)
    if word.encrypted:
        raise protected(shown)
    try:
        if word.is_old:
            return _plain(word.old_text())
        return _Reader(word).draft()
    except (struct.error, ValueError, IndexError) as error:
        raise damaged(shown, error) from None


def _plain(text: str) -> Draft:
    """The paragraphs of a file whose formatting is not read; cells of a row side by side."""
    lines = text.replace(_CELL + _CELL, _MARK).replace(_CELL, " ").replace(_PAGE, _MARK).split(_MARK)
    return Draft([Paragraph([Span(_Field().shown(line).translate(_SHOWN))]) for line in lines])


class _Field:
    """Leaves out the codes of fields, which may run over several stretches of text, not what they show."""

    def __init__(self) -> None:
        self._open: list[bool] = []

    def shown(self, text: str) -> str:
        if not self._open and _FIELD_BEGIN not in text:
            return text
        kept: list[str] = []
        for character in text:
            if character == _FIELD_BEGIN:
                self._open.append(False)
            elif character == _FIELD_SHOWN and self._open:
                self._open[-1] = True
            elif character == _FIELD_END and self._open:
                self._open.pop()
            elif all(self._open):
                kept.append(character)
        return "".join(kept)


@dataclass(slots=True)
class _Stretch:
    """Text that is set in one way; `offset` of its first byte, `width` of a character in bytes."""

    text: str
    position: int
    offset: int
    width: int


class _Reader:
    """Walks the parts of the text once."""

    def __init__(self, file: WordFile) -> None:
        self._file = file
        self._pieces = file.pieces()
        self._firsts = [piece.first for piece in self._pieces]
        self._styles = Styles(file.part(doc_file.STYLES))
        self._fonts = font_names(file.part(doc_file.FONTS))
        self._characters = Runs(file, doc_file.CHARACTER_RUNS, paragraphs=False)
        self._paragraphs = Runs(file, doc_file.PARAGRAPH_RUNS, paragraphs=True)
        self._lists = Lists(file)
        self._references: dict[int, str] = {}
        self._draft = Draft()

    def draft(self) -> Draft:
        lengths = self._file.lengths
        ends = lengths.main + lengths.notes + lengths.headers + lengths.macros + lengths.comments
        self._number_notes(doc_file.NOTE_REFERENCES, "1")
        self._number_notes(doc_file.END_REFERENCES, "i")
        self._draft.body = self._flow(0, lengths.main)
        boxes = ends + lengths.endnotes
        if lengths.boxes:
            self._draft.body += self._flow(boxes, boxes + lengths.boxes)
        self._notes(doc_file.NOTE_TEXTS, doc_file.NOTE_REFERENCES, lengths.main)
        self._notes(doc_file.END_TEXTS, doc_file.END_REFERENCES, ends)
        return self._draft

    def _number_notes(self, references: int, kind: str) -> None:
        for number, (position, _, _) in enumerate(plc_entries(self._file.part(references), 2), 1):
            self._references[position] = counted(number, kind)

    def _notes(self, texts: int, references: int, base: int) -> None:
        data = self._file.part(texts)
        positions = struct.unpack_from(f"<{len(data) // 4}I", data)
        places = plc_entries(self._file.part(references), 2)
        for (place, _, _), first, last in zip(places, positions, positions[1:], strict=False):
            pieces = self._flow(base + first, base + last)
            paragraphs = [piece for piece in pieces if isinstance(piece, Paragraph)]
            self._draft.notes.append(Note(self._references[place], paragraphs))

    def _flow(self, first: int, last: int) -> list[Paragraph | Grid]:
        """The paragraphs and tables of the characters `first` to `last`."""
        found: list[Paragraph | Grid] = []
        rows: list[RowText] = []
        cells: list[Cell] = []
        cell: Cell = []
        field = _Field()
        for stretches, mark, form, look in self._split(first, last):
            if form.row_end:
                if form.shape is not None:
                    rows.append(RowText(cells, form.shape))
                cells, cell = [], []
                continue
            paragraph = self._paragraph(stretches, form, look, field)
            if form.in_table:
                paragraph.level, paragraph.title = 0, False
                cell.append(paragraph)
                if mark == _CELL:
                    cells.append(cell)
                    cell = []
                continue
            if rows:
                found.append(grid_of(rows))
                rows = []
            found.append(paragraph)
        if rows:
            found.append(grid_of(rows))
        return found

    def _split(self, first: int, last: int) -> Iterator[tuple[list[_Stretch], str, Format, Look]]:
        """Each paragraph: its stretches, the mark that ends it, how it and its characters are set."""
        stretches: list[_Stretch] = []
        for stretch in self._stretches(first, last):
            at = 0
            for end, character in enumerate(stretch.text):
                if character in (_MARK, _CELL, _PAGE):
                    stretches.append(_part(stretch, at, end))
                    yield stretches, character, *self._format(stretch.offset + end * stretch.width)
                    stretches, at = [], end + 1
            if at < len(stretch.text):
                stretches.append(_part(stretch, at, len(stretch.text)))
        if stretches:
            yield stretches, _MARK, *self._format(stretches[-1].offset)

    def _stretches(self, first: int, last: int) -> Iterator[_Stretch]:
        number = max(0, bisect_right(self._firsts, first) - 1)
        while first < last and number < len(self._pieces):
            piece = self._pieces[number]
            end = min(last, piece.last)
            if first < end:
                offset = piece.offset + (first - piece.first) * piece.width
                yield _Stretch(self._file.text(piece, first, end), first, offset, piece.width)
            first, number = max(first, end), number + 1

    def _format(self, offset: int) -> tuple[Format, Look]:
        """How the paragraph whose mark is at byte `offset` and its characters are set."""
        _, value = self._paragraphs.at(offset)
        number = int.from_bytes(value[:2], "little") if len(value) >= 2 else 0
        form, look = self._styles.style(number)
        listed = b"".join(
            self._file.stored_apart(int.from_bytes(operand, "little")) if changed in HUGE else b""
            for changed, operand in properties(value[2:])
        )
        return changed_format(form, value[2:] + listed), look

    def _paragraph(self, stretches: list[_Stretch], form: Format, base: Look, field: _Field) -> Paragraph:
        spans: list[Span] = []
        for stretch in stretches:
            at = 0
            while at < len(stretch.text):
                offset = stretch.offset + at * stretch.width
                ends, value = self._characters.at(offset)
                end = min(len(stretch.text), at + max(1, (ends - offset) // stretch.width))
                look = changed_look(base, value, base)
                self._put(_part(stretch, at, end), look, field, spans)
                at = end
        paragraph = Paragraph(spans, level=form.level, title=form.title, centred=form.centred)
        label = self._lists.next_label(form.list, form.list_level)
        if label is not None and (label.bullet or label.text):
            paragraph.label, paragraph.bullet, paragraph.depth = label.text, label.bullet, label.depth
        return paragraph

    def _put(self, stretch: _Stretch, look: Look, field: _Field, spans: list[Span]) -> None:
        text = field.shown(stretch.text)
        if look.hidden:
            return
        font = self._fonts[look.font] if 0 <= look.font < len(self._fonts) else ""
        if look.symbol:
            text = _symbol(look.symbol) * text.count("(")
        for number, character in enumerate(stretch.text if "\x02" in text else ""):
            label = self._references.get(stretch.position + number, "") if character == "\x02" else ""
            if label:
                before, _, text = text.partition("\x02")
                spans += [Span(before.translate(_SHOWN), look.style, font, look.size), Span("", note=label)]
        text = text.translate(_SHOWN)
        text = text.upper() if look.capitals else text
        if text:
            spans.append(Span(text, look.style, font, look.size, look.raised if text.strip() else 0))


def _part(stretch: _Stretch, first: int, last: int) -> _Stretch:
    return _Stretch(
        stretch.text[first:last],
        stretch.position + first,
        stretch.offset + first * stretch.width,
        stretch.width,
    )


def _symbol(code: int) -> str:
    return _SYMBOLS.get(code & 0xFF, "•") if code >= 0xF000 else chr(code)
