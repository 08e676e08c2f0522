"""Walks the elements of a page and collects its paragraphs, lists, tables and footnotes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from reports.converters.html_notes import PageNotes
from reports.converters.html_styles import Look, Sheets, changed, is_hidden
from reports.converters.numbers import counted
from reports.converters.pieces import Cell, Draft, Grid, Note, Paragraph, Span

LONGEST_CELL = 2_000
"""Code points; a table with a longer cell places text on the page."""

MOST_SPANNED = 100
MOST_CELLS = 200_000

_BLOCK_NAMES = """
address article blockquote body center dd details dialog div dl dt fieldset figcaption figure footer header
hgroup legend main p pre search section summary
"""
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_HIDDEN_NAMES = """
area audio base button canvas col colgroup embed form-control head iframe img input link map meta nav
noscript object option param picture rp rt script select source style svg template textarea title track
video
"""
_HIDDEN = frozenset(_HIDDEN_NAMES.split())
_LIST_STYLES = {
    "lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A", "upper-latin": "A", "lower-roman": "i",
    "upper-roman": "I", "decimal": "1", "decimal-leading-zero": "01",
}  # fmt: skip
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([a-z-]+)", re.IGNORECASE)

Element = Any


def is_element(node: Element) -> bool:
    """Whether a node of the tree is an element, and no comment or instruction."""
    return isinstance(node.tag, str)


def text_of(element: Element) -> str:
    """All text inside `element` on one line."""
    return " ".join("".join(element.itertext()).split())


@dataclass(slots=True)
class _List:
    """A list that is open; `kind` as `numbers.counted` has it, empty for bullets."""

    kind: str
    next: int
    step: int = 1


class HtmlFlow:
    """Collects what one page, or one cell in it, says."""

    def __init__(self, sheets: Sheets, notes: PageNotes) -> None:
        self._sheets = sheets
        self._notes = notes
        self._pieces: list[Paragraph | Grid] = []
        self._spans: list[Span] = []
        self._lists: list[_List] = []
        self._label: str | None = None
        self._level = 0

    def draft(self, body: Element) -> Draft:
        """The pieces of `body` and the notes that it refers to."""
        pieces = self.pieces(body)
        notes: list[Note] = []
        for label, element in self._notes.texts():
            inner = HtmlFlow(self._sheets, self._notes).pieces(element)
            notes.append(Note(label, [piece for piece in inner if isinstance(piece, Paragraph)]))
        return Draft(pieces, notes)

    def pieces(self, element: Element) -> list[Paragraph | Grid]:
        """The pieces inside `element`."""
        self._children(element, self._changed(Look(), element))
        self._flush(Look())
        return self._pieces

    def _children(self, element: Element, look: Look) -> None:
        self._put(element.text, look)
        for child in element:
            if is_element(child) and not self._notes.is_note(child):
                self._element(child, look)
            self._put(child.tail, look)

    def _put(self, text: str | None, look: Look) -> None:
        if text:
            raised = look.raised if text.strip() else 0
            self._spans.append(Span(text.replace("\n", " "), look.style, look.font, look.size, raised))

    def _changed(self, look: Look, element: Element) -> Look:
        return changed(look, element, self._sheets.declarations(element))

    def _element(self, element: Element, outer: Look) -> None:
        tag = element.tag.lower()
        if tag in _HIDDEN or is_hidden(element):
            return
        if (element.get("title") or "").lower() in ("header", "footer") and tag == "div":
            return
        look = self._changed(outer, element)
        if tag == "br":
            self._spans.append(Span("\n"))
        elif tag == "hr":
            self._flush(outer)
        elif tag == "a" and self._notes.label(element):
            self._spans.append(Span("", note=self._notes.label(element)))
        elif tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            self._heading(element, look, outer)
        elif tag in ("ul", "ol", "menu", "dir"):
            self._list(element, look, ordered=tag == "ol")
        elif tag == "li":
            self._item(element, look)
        elif tag == "table":
            self._table(element, look)
        elif tag in _BLOCKS or tag in ("tr", "td", "th", "tbody", "thead", "tfoot", "caption"):
            self._flush(outer)
            self._children(element, look)
            self._flush(look)
        elif not self._notes.is_back_link(element):
            self._children(element, look)

    def _heading(self, element: Element, look: Look, outer: Look) -> None:
        self._flush(outer)
        self._level = int(element.tag[1])
        self._children(element, look)
        self._flush(look)
        self._level = 0

    def _flush(self, look: Look) -> None:
        """Close the paragraph that is open."""
        spans, self._spans = self._spans, []
        if not any(span.text.strip() or span.note for span in spans):
            return
        paragraph = Paragraph(spans, level=self._level, centred=look.centred)
        if self._lists:
            paragraph.depth = len(self._lists)
            if self._label is not None:
                paragraph.label, paragraph.bullet = self._label, not self._label
        self._label = None
        self._pieces.append(paragraph)

    def _list(self, element: Element, look: Look, *, ordered: bool) -> None:
        self._flush(look)
        start = element.get("start") or "1"
        count = int(start) if start.lstrip("-").isdigit() else 1
        styled = _LIST_STYLE.search(element.get("style") or "")
        kind = _LIST_STYLES.get(styled.group(1).lower(), "") if styled else element.get("type") or "1"
        step = -1 if element.get("reversed") is not None else 1
        self._lists.append(_List(kind if ordered else "", count, step))
        self._children(element, look)
        self._flush(look)
        self._lists.pop()

    def _item(self, element: Element, look: Look) -> None:
        """An item; its label as official layout writes it, for a page does not store the mark: `1.`, `a)`."""
        self._flush(look)
        self._label = ""
        if self._lists and self._lists[-1].kind:
            current = self._lists[-1]
            value = element.get("value") or ""
            current.next = int(value) if value.lstrip("-").isdigit() else current.next
            kind = element.get("type") or current.kind
            self._label = f"{counted(current.next, kind)}{')' if kind == 'a' else '.'}"
            current.next += current.step
        self._children(element, look)
        self._flush(look)
        self._label = None

    def _table(self, table: Element, look: Look) -> None:
        self._flush(look)
        rows = [row for row in table.iter("tr") if _table_of(row) is table]
        cells = [[cell for cell in row if is_element(cell) and cell.tag in ("td", "th")] for row in rows]
        if _places_text(table, cells):
            self._children(table, look)
            self._flush(look)
            return
        for caption in table.iter("caption"):
            if _table_of(caption) is table:
                self._children(caption, look)
                self._flush(look)
        self._pieces.append(self._grid(cells))

    def _grid(self, rows: list[list[Element]]) -> Grid:
        filled: list[list[Cell]] = []
        covered: dict[tuple[int, int], bool] = {}
        for number, row in enumerate(rows):
            cells: list[Cell] = []
            for element in row:
                while (number, len(cells)) in covered:
                    cells.append([])
                across, down = _spanned(element, "colspan"), _spanned(element, "rowspan")
                if len(covered) < MOST_CELLS:
                    covered |= {
                        (number + y, len(cells) + x): True for y in range(1, down) for x in range(across)
                    }
                cells.append(self._cell(element))
                cells += [[] for _ in range(across - 1)]
            filled.append(cells)
        header = bool(rows) and bool(rows[0]) and all(element.tag == "th" for element in rows[0])
        return Grid(filled, header)

    def _cell(self, element: Element) -> Cell:
        cell: Cell = []
        for piece in HtmlFlow(self._sheets, self._notes).pieces(element):
            for paragraph in [piece] if isinstance(piece, Paragraph) else piece.paragraphs():
                paragraph.level = 0
                cell.append(paragraph)
        return cell


def _table_of(element: Element) -> Element:
    return next(element.iterancestors("table"), None)


def _places_text(table: Element, rows: list[list[Element]]) -> bool:
    """Whether a table only places text on the page: others inside it, headings, long cells, one column."""
    if max(map(len, rows), default=0) < 2:
        return True
    if next(table.iterdescendants("table", "h1", "h2", "h3", "article"), None) is not None:
        return True
    return any(len(text_of(cell)) > LONGEST_CELL for row in rows for cell in row)


def _spanned(element: Element, name: str) -> int:
    text = (element.get(name) or "").strip()
    return max(1, min(int(text), MOST_SPANNED)) if text.isdigit() and len(text) < 9 else 1
