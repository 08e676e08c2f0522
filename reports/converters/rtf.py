"""Reads rich-text documents (.rtf).

Kept: text as it shows, list labels as written, tables with merged cells, footnotes, fonts. Left out: deleted
and hidden text, comments, page headers and footers, pictures.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass, field, replace

from reports.converters.edge_tables import RowShape, RowText, grid_of
from reports.converters.package import damaged
from reports.converters.pieces import PLAIN, Cell, Draft, Grid, Note, Paragraph, Span
from reports.converters.rtf_tokens import (
    CHARACTERS,
    CODEPAGES,
    HIDDEN,
    SHOWN,
    SYMBOL_CHARSET,
    SYMBOLS,
    Kind,
    Token,
    bytes_of,
    single_tokens,
    tokens,
)
from reports.document import Style
from reports.encodings_legacy import font_encoding

MOST_NESTED = 2_000
"""Groups inside each other; Word writes fewer than 100."""

_STYLES = {"b": Style.STRONG, "i": Style.EMPHASIS, "strike": Style.STRIKE, "striked": Style.STRIKE}
_BULLETS = frozenset("•·-–—+*▪►●◦○o§Øü\uf0b7\uf0a7")
_PARAGRAPH_ENDS = frozenset({"par", "sect", "page", "column"})


@dataclass(slots=True)
class _State:
    """What a closing brace gives back: how text is set, and where it goes."""

    destination: str = ""
    font: int = 0
    style: Style = PLAIN
    size: float = 12.0
    raised: int = 0
    hidden: bool = False
    capitals: bool = False
    skip: int = 1
    named: int = 0
    level: int = 0
    in_table: bool = False
    centred: bool = False
    depth: int = 0


@dataclass(slots=True)
class _Font:
    name: str = ""
    charset: int = 0


@dataclass(slots=True)
class _Named:
    """A paragraph style: `level` of the heading it declares, else 0."""

    name: str = ""
    level: int = 0


@dataclass(slots=True)
class _Flow:
    """A stream of paragraphs: the body, or one footnote."""

    pieces: list[Paragraph | Grid] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    label: str = ""
    cell: Cell = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    rows: list[RowText] = field(default_factory=list)
    shape: RowShape = field(default_factory=RowShape)


def read(data: bytes, shown: str) -> Draft:
    """What the rich text in `data` shows; LoadError if it is nested without end."""
    return _Reader(shown).draft(data.decode("latin-1"))


class _Reader:
    """Walks the tokens once."""

    def __init__(self, shown: str) -> None:
        self._shown = shown
        self._state = _State()
        self._stack: list[_State] = []
        self._fonts: dict[int, _Font] = {}
        self._styles: dict[int, _Named] = {}
        self._codepage = "cp1252"
        self._default_font = 0
        self._bytes = bytearray()
        self._unread = 0
        self._starred = False
        self._flow = _Flow()
        self._flows: list[tuple[int, _Flow, str]] = []
        self._draft = Draft()

    def draft(self, source: str) -> Draft:
        for token in tokens(source):
            self._token(token)
        self._flush()
        while self._flows:
            self._close_note()
        self._end_paragraph()
        self._end_table()
        self._draft.body = self._flow.pieces
        return self._draft

    def _token(self, token: Token) -> None:
        if token.kind is Kind.BYTES:
            self._take_bytes(bytes_of(token.value))
            return
        if self._bytes:
            self._flush()
        match token.kind:
            case Kind.UNICODE:
                if self._state.skip == 1 and not self._unread:
                    self._text(token.value)
                else:
                    for single in single_tokens(token.source):
                        self._token(single)
            case Kind.BRACE:
                self._brace(token.value)
            case Kind.TEXT:
                self._text(self._taken(token.value))
            case Kind.SYMBOL:
                self._symbol(token.value)
            case _:
                self._word(token)

    def _brace(self, brace: str) -> None:
        self._starred = False
        self._unread = 0
        if brace == "{":
            if len(self._stack) >= MOST_NESTED:
                raise damaged(self._shown, f"{MOST_NESTED} groups inside each other")
            self._stack.append(replace(self._state))
        elif self._stack:
            if self._flows and self._flows[-1][0] == len(self._stack):
                self._close_note()
            self._state = self._stack.pop()

    def _symbol(self, symbol: str) -> None:
        if symbol == "*":
            self._starred = True
        elif symbol in "\r\n":
            self._end_paragraph()
        elif symbol in SYMBOLS:
            self._text(self._taken(SYMBOLS[symbol]))

    def _take_bytes(self, data: bytes) -> None:
        gone = min(self._unread, len(data))
        self._unread -= gone
        self._bytes += data[gone:]

    def _taken(self, text: str) -> str:
        """`text` without what stands there only for readers that know no Unicode."""
        gone = min(self._unread, len(text))
        self._unread -= gone
        return text[gone:]

    def _flush(self) -> None:
        """Decode the bytes written as `\\'xx` in the character set of their font."""
        if not self._bytes:
            return
        data, self._bytes = bytes(self._bytes), bytearray()
        font = self._fonts.get(self._state.font, _Font())
        codec = "cp1252" if font_encoding(font.name) else CODEPAGES.get(font.charset, self._codepage)
        if font.charset == SYMBOL_CHARSET and not font_encoding(font.name):
            self._text("".join(chr(0xF000 + byte) for byte in data))
        else:
            self._text(data.decode(codec, "surrogateescape" if codec == "cp1252" else "replace"))

    def _text(self, text: str) -> None:
        state = self._state
        if not text or state.hidden:
            return
        match state.destination:
            case "fonttbl":
                font = self._fonts.setdefault(state.font, _Font())
                font.name += text.rstrip(";")
            case "stylesheet":
                self._styles.setdefault(state.named, _Named()).name += text.rstrip(";")
            case "listtext" | "pntext":
                self._flow.label += text
            case "":
                text = text.upper() if state.capitals else text
                name = self._fonts.get(state.font, _Font()).name
                self._put(text, name)

    def _put(self, text: str, font: str) -> None:
        """Append `text` to the run before it if that is set alike."""
        state, spans = self._state, self._flow.spans
        raised = state.raised if text.strip() else 0
        last = spans[-1] if spans else None
        look = (state.style, font, state.size, raised)
        if last is not None and not last.note and (last.style, last.font, last.size, last.raised) == look:
            last.text += text
        else:
            spans.append(Span(text, *look))

    def _word(self, token: Token) -> None:
        word, number = token.value, token.number
        if self._starred or word in HIDDEN or word in SHOWN:
            self._destination(word)
            if self._state.destination in ("hidden", "fonttbl", "stylesheet"):
                return
        if self._state.destination == "hidden":
            return
        if word in CHARACTERS:
            self._text(CHARACTERS[word])
        elif word == "u" and number is not None:
            self._text(chr(number % 0x10000))
            self._unread = self._state.skip
        elif not self._set_text(word, number) and not self._set_paragraph(word, number):
            self._structure(word, number)

    def _destination(self, word: str) -> None:
        starred, self._starred = self._starred, False
        state = self._state
        if state.destination == "hidden":
            return
        if word in ("fonttbl", "stylesheet"):
            state.destination = word
        elif word == "footnote":
            self._open_note()
        elif word in ("listtext", "pntext"):
            state.destination, self._flow.label = word, ""
        elif word in HIDDEN or (starred and word not in SHOWN and word != "cs"):
            state.destination = "hidden"

    def _set_text(self, word: str, number: int | None) -> bool:
        """Act on a word that changes how text is set; whether it was one."""
        state = self._state
        on = number != 0
        if word in _STYLES:
            state.style = state.style | _STYLES[word] if on else state.style & ~_STYLES[word]
        elif word == "f":
            state.font = number or 0
        elif word == "fs":
            state.size = (number or 24) / 2
        elif word in ("super", "sub", "nosupersub", "up", "dn"):
            state.raised = {"super": 1, "sub": -1}.get(word, 0) if on else 0
        elif word in ("v", "deleted"):
            state.hidden = on
        elif word == "caps":
            state.capitals = on
        elif word == "plain":
            state.style, state.size, state.raised, state.hidden = PLAIN, 12.0, 0, False
            state.font, state.capitals = self._default_font, False
        elif word == "uc":
            state.skip = number if number is not None else 1
        else:
            return False
        return True

    def _set_paragraph(self, word: str, number: int | None) -> bool:
        """Act on a word that changes the paragraph; whether it was one."""
        state = self._state
        if word == "pard":
            state.in_table = state.centred = False
            state.named = state.level = state.depth = 0
        elif word == "intbl":
            state.in_table = True
        elif word in ("ql", "qr", "qj", "qc"):
            state.centred = word == "qc"
        elif word == "s":
            state.named = number or 0
        elif word == "outlinelevel":
            level = (number or 0) + 1
            if state.destination == "stylesheet":
                self._styles.setdefault(state.named, _Named()).level = level if level <= 9 else 0
            else:
                state.level = level if level <= 9 else 0
        elif word == "ilvl":
            state.depth = (number or 0) + 1
        else:
            return False
        return True

    def _structure(self, word: str, number: int | None) -> None:
        flow = self._flow
        if word in _PARAGRAPH_ENDS:
            self._end_paragraph()
        elif word == "trowd":
            flow.shape = RowShape()
        elif word in ("clvmrg", "clmrg"):
            flow.shape.pending = True
        elif word == "trhdr":
            flow.shape.header = True
        elif word == "cellx":
            flow.shape.add(number or 0)
        elif word in ("cell", "nestcell"):
            self._state.in_table = True
            self._end_paragraph()
            if word == "cell":
                flow.cells.append(flow.cell)
                flow.cell = []
        elif word == "row":
            flow.rows.append(RowText(flow.cells, flow.shape))
            flow.cells = []
        elif word == "ansicpg" and number:
            self._set_codepage(number)
        elif word == "deff":
            self._default_font = self._state.font = number or 0
        elif word == "fcharset" and self._state.destination == "fonttbl":
            self._fonts.setdefault(self._state.font, _Font()).charset = number or 0

    def _set_codepage(self, number: int) -> None:
        try:
            self._codepage = codecs.lookup(f"cp{number}").name
        except LookupError:
            self._codepage = "cp1252"

    def _end_paragraph(self) -> None:
        """Close the paragraph: into its cell, or into the flow behind the table that then ends."""
        flow, state = self._flow, self._state
        spans, flow.spans = flow.spans, []
        label, flow.label = " ".join(flow.label.split()), ""
        named = self._styles.get(state.named, _Named())
        paragraph = Paragraph(spans, level=state.level or named.level, centred=state.centred)
        paragraph.title = named.name.strip().lower() == "title"
        if label:
            paragraph.bullet = len(label) == 1 and (label in _BULLETS or label >= "\uf000")
            paragraph.label, paragraph.depth = "" if paragraph.bullet else label, max(state.depth, 1)
        if state.in_table:
            paragraph.level, paragraph.title = 0, False
            flow.cell.append(paragraph)
        else:
            self._end_table()
            flow.pieces.append(paragraph)

    def _end_table(self) -> None:
        flow = self._flow
        if flow.cells:
            flow.rows.append(RowText(flow.cells, flow.shape))
            flow.cells = []
        if flow.rows:
            flow.pieces.append(grid_of(flow.rows))
            flow.rows = []

    def _open_note(self) -> None:
        label = str(len(self._draft.notes) + 1)
        self._flow.spans.append(Span("", note=label))
        self._draft.notes.append(Note(label, []))
        self._flows.append((len(self._stack), self._flow, label))
        self._flow = _Flow()

    def _close_note(self) -> None:
        self._state.in_table = False
        self._end_paragraph()
        self._end_table()
        pieces = self._flow.pieces
        _, self._flow, label = self._flows.pop()
        note = next(note for note in self._draft.notes if note.label == label)
        note.paragraphs = [piece for piece in pieces if isinstance(piece, Paragraph)]
