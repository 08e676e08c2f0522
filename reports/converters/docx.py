"""Reads Word documents (.docx, .docm): the standard library's zip and XML, no more.

Kept: text as it shows, list labels, tables with merged cells, footnotes, endnotes, text boxes, inserted text.
Left out: deleted text, fallbacks, hidden text, comments, page headers and footers, tables of contents.
"""

from __future__ import annotations

from dataclasses import replace
from xml.etree.ElementTree import Element

from reports.converters.docx_numbering import Numbering
from reports.converters.docx_styles import Look, ParagraphStyle, Styles
from reports.converters.numbers import counted
from reports.converters.package import Package, attribute, child, damaged, local
from reports.converters.pieces import Cell, Draft, Grid, Note, Paragraph, Span

_UNSHOWN = """
del moveFrom Fallback instrText delText delInstrText commentReference annotationRef footnoteRef endnoteRef
separator continuationSeparator rPr pPr sdtPr sdtEndPr rt bookmarkStart bookmarkEnd
"""
_SKIPPED = frozenset(_UNSHOWN.split())
_BOXES = frozenset({"drawing", "pict", "object"})
_CHARACTERS = {
    "tab": " ",
    "ptab": " ",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "-",
    "softHyphen": "\u00ad",
}
_SYMBOLS = {0xB7: "•", 0xA7: "▪", 0xD8: "▸", 0xE0: "→", 0xFC: "✓", 0xFE: "☑", 0xA8: "☐", 0x2D: "-"}


def read(data: bytes, shown: str) -> Draft:
    """What the Word document in `data` shows; LoadError if it is damaged or unsafe."""
    package = Package(data, shown)
    main = _main_part(package)
    folder = main.rpartition("/")[0]
    return _Reader(package, main, folder).draft()


def _main_part(package: Package) -> str:
    root = package.xml_if_there("_rels/.rels")
    for relation in root if root is not None else ():
        if attribute(relation, "Type").endswith("/officeDocument"):
            target = attribute(relation, "Target").lstrip("/")
            if target in package.names:
                return target
    if "word/document.xml" not in package.names:
        raise damaged(package.shown, "no main document")
    return "word/document.xml"


class _Reader:
    """Walks the document once, counting lists and notes as Word does."""

    def __init__(self, package: Package, main: str, folder: str) -> None:
        part = f"{folder}/" if folder else ""
        self._root = package.xml(main)
        self._styles = Styles(package.xml_if_there(f"{part}styles.xml"))
        self._numbering = Numbering(package.xml_if_there(f"{part}numbering.xml"))
        self._sources = {
            "footnoteReference": _by_id(package.xml_if_there(f"{part}footnotes.xml")),
            "endnoteReference": _by_id(package.xml_if_there(f"{part}endnotes.xml")),
        }
        self._draft = Draft()
        self._noted: dict[tuple[str, str], str] = {}
        self._boxes: list[Element] = []

    def draft(self) -> Draft:
        body = child(self._root, "body")
        self._draft.body = self._flow(body) if body is not None else []
        return self._draft

    def _flow(self, parent: Element) -> list[Paragraph | Grid]:
        """The paragraphs and tables below `parent`, through whatever wraps them."""
        found: list[Paragraph | Grid] = []
        for element in parent:
            name = local(element.tag)
            if name == "p":
                found += self._paragraph(element)
            elif name == "tbl":
                found.append(self._table(element))
            elif name not in _SKIPPED:
                found += self._flow(element)
        return found

    def _paragraph(self, element: Element) -> list[Paragraph | Grid]:
        """The paragraph, then what the text boxes anchored in it hold."""
        properties = child(element, "pPr")
        named = child(properties, "pStyle")
        identity = attribute(named, "val") if named is not None else ""
        style = self._styles.paragraph(identity).changed_by(properties)
        spans: list[Span] = []
        outer, self._boxes = self._boxes, []
        self._runs(element, style.look, spans)
        boxes, self._boxes = self._boxes, outer
        paragraph = Paragraph(spans, level=style.level, title=style.is_title, centred=style.centred)
        self._label(paragraph, style, identity)
        found: list[Paragraph | Grid] = [] if style.is_contents else [paragraph]
        for box in boxes:
            found += self._flow(box)
        return found

    def _label(self, paragraph: Paragraph, style: ParagraphStyle, identity: str) -> None:
        if not style.list_id or style.list_id == "0":
            return
        number = style.list_level
        if number < 0:
            number = self._numbering.level_of_style(style.list_id, identity)
        label = self._numbering.next_label(style.list_id, number)
        if label is None or not (label.bullet or label.text):
            return
        paragraph.label, paragraph.bullet, paragraph.depth = label.text, label.bullet, label.depth

    def _runs(self, parent: Element, look: Look, spans: list[Span]) -> None:
        """Append what the runs below `parent` show."""
        for element in parent:
            name = local(element.tag)
            if name == "r":
                self._run(element, look, spans)
            elif name == "t":
                spans.append(Span(element.text or "", look.style, look.font, look.size))
            elif name == "txbxContent":
                self._boxes.append(element)
            elif name not in _SKIPPED:
                self._runs(element, look, spans)

    def _run(self, run: Element, paragraph_look: Look, spans: list[Span]) -> None:
        properties = child(run, "rPr")
        look = paragraph_look
        named = child(properties, "rStyle")
        if named is not None:
            look = self._styles.character(attribute(named, "val"), look)
        look = look.changed_by(properties)
        if look.hidden:
            return
        for element in run:
            name = local(element.tag)
            if name in self._sources:
                self._reference(name, element, spans)
            elif name in _BOXES or name == "AlternateContent":
                self._runs(element, look, spans)
            elif name not in _SKIPPED:
                text = _shown(name, element)
                if text:
                    raised = look.raised if text.strip() else 0
                    text = text.upper() if look.capitals else text
                    spans.append(Span(text, look.style, look.font, look.size, raised))

    def _reference(self, kind: str, element: Element, spans: list[Span]) -> None:
        identity = attribute(element, "id")
        source = self._sources[kind].get(identity)
        if source is None:
            return
        label = self._noted.get((kind, identity))
        if label is None:
            number = sum(1 for other, _ in self._noted if other == kind) + 1
            label = counted(number, "1" if kind == "footnoteReference" else "i")
            self._noted[kind, identity] = label
            paragraphs = [piece for piece in self._flow(source) if isinstance(piece, Paragraph)]
            self._draft.notes.append(Note(label, paragraphs))
        spans.append(Span("", note=label))

    def _table(self, table: Element) -> Grid:
        rows: list[list[Cell]] = []
        header = False
        for row in _inside(table, "tr"):
            properties = child(row, "trPr")
            if child(properties, "del") is not None:
                continue
            header = header or (not rows and child(properties, "tblHeader") is not None)
            rows.append(self._row(row, properties))
        return Grid(rows, header)

    def _row(self, row: Element, properties: Element | None) -> list[Cell]:
        cells: list[Cell] = [[] for _ in range(_span(properties, "gridBefore", 0))]
        for element in _inside(row, "tc"):
            inner = child(element, "tcPr")
            merged = child(inner, "vMerge")
            covered = merged is not None and attribute(merged, "val", "continue") != "restart"
            cells.append([] if covered else self._cell(element))
            cells += [[] for _ in range(_span(inner, "gridSpan", 1) - 1)]
        return cells

    def _cell(self, element: Element) -> Cell:
        cell: Cell = []
        for piece in self._flow(element):
            if isinstance(piece, Paragraph):
                cell.append(replace(piece, level=0, title=False))
            else:
                cell += piece.paragraphs()
        return cell


MOST_COLUMNS = 63
"""Columns of a Word table; a larger span is damage."""


def _span(properties: Element | None, name: str, default: int) -> int:
    found = child(properties, name)
    text = attribute(found, "val") if found is not None else ""
    return min(int(text), MOST_COLUMNS) if text.isdigit() else default


def _inside(parent: Element, name: str) -> list[Element]:
    """The elements of this name below `parent`, through content controls and the like."""
    found: list[Element] = []
    for element in parent:
        if local(element.tag) == name:
            found.append(element)
        elif local(element.tag) in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"):
            found += _inside(element, name)
    return found


def _shown(name: str, element: Element) -> str:
    """What one child of a run shows."""
    if name == "t":
        return element.text or ""
    if name == "br":
        return "\n"
    if name == "sym":
        code = attribute(element, "char")
        number = int(code, 16) if code and all(c in "0123456789abcdefABCDEF" for c in code) else 0
        return _SYMBOLS.get(number & 0xFF, "•") if number >= 0xF000 else chr(number) if number > 31 else ""
    return _CHARACTERS.get(name, "")


def _by_id(root: Element | None) -> dict[str, Element]:
    """Notes by id, without those that draw the separating line."""
    return {
        attribute(note, "id"): note
        for note in (root if root is not None else ())
        if attribute(note, "type") not in ("separator", "continuationSeparator", "continuationNotice")
    }
