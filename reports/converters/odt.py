"""Reads OpenDocument texts (.odt and flat .fodt): the standard library's zip and XML, no more.

Kept: text as it shows, list labels, tables with merged cells, notes, text frames. Left out: deleted text,
comments, hidden text, page headers and footers, tables of contents.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from reports.converters.odf_styles import ListLevel, Look, Styles, list_label
from reports.converters.package import Package, attribute, child, damaged, local, parsed, protected
from reports.converters.pieces import Cell, Draft, Grid, Note, Paragraph, Span

MOST_REPEATED = 64
"""Times that one cell or row may be repeated; more of them are the empty rest of a sheet."""

_UNSHOWN = """
tracked-changes annotation annotation-end sequence-decls variable-decls user-field-decls forms
table-of-content illustration-index table-index object-index user-index alphabetical-index bibliography
soft-page-break ruby-text hidden-text hidden-paragraph note-citation desc title settings meta
"""
_SKIPPED = frozenset(_UNSHOWN.split())
_BREAKS = {"tab": " ", "line-break": "\n"}
_PARTS = ("p", "h")


def read(data: bytes, shown: str) -> Draft:
    """What the OpenDocument text in `data` shows; LoadError if it is damaged or unsafe."""
    if data.startswith(b"PK"):
        package = Package(data, shown)
        if "content.xml" not in package.names:
            raise damaged(shown, "no content.xml")
        manifest = package.xml_if_there("META-INF/manifest.xml")
        if manifest is not None and any(local(e.tag) == "encryption-data" for e in manifest.iter()):
            raise protected(shown)
        styles = package.xml_if_there("styles.xml")
        root = package.xml("content.xml")
        roots = [root] if styles is None else [styles, root]
    else:
        root = parsed(data, shown)
        roots = [root]
    text = child(root, "body", "text")
    if text is None:
        raise damaged(shown, "no text body")
    return _Reader(Styles(roots)).draft(text)


class _Counts:
    """The counts of one list: by depth from 1."""

    def __init__(self, style: str) -> None:
        self.style = style
        self.by_depth: dict[int, int] = {}


class _Reader:
    """Walks the body once, counting lists as a word processor does."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._draft = Draft()
        self._lists: dict[str, _Counts] = {}
        self._last: dict[str, _Counts] = {}
        self._outline = _Counts("")
        self._frames: list[Element] = []

    def draft(self, text: Element) -> Draft:
        self._draft.body = self._flow(text)
        return self._draft

    def _flow(self, parent: Element) -> list[Paragraph | Grid]:
        found: list[Paragraph | Grid] = []
        for element in parent:
            name = local(element.tag)
            if name in _PARTS:
                found += self._paragraph(element)
            elif name == "list":
                found += self._list(element, None, 1, "")
            elif name == "table":
                found.append(self._table(element))
            elif name not in _SKIPPED:
                found += self._flow(element)
        return found

    def _paragraph(self, element: Element) -> list[Paragraph | Grid]:
        """The paragraph, then what the frames anchored in it hold."""
        look = self._styles.look("paragraph", attribute(element, "style-name"))
        if look.hidden:
            return []
        spans: list[Span] = []
        outer, self._frames = self._frames, []
        self._inline(element, look, spans)
        frames, self._frames = self._frames, outer
        paragraph = Paragraph(spans, title=look.title, centred=look.centred)
        if local(element.tag) == "h":
            level = attribute(element, "outline-level", "1")
            paragraph.level = int(level) if level.isdigit() else 1
            if attribute(element, "is-list-header") != "true":
                paragraph.label = self._next(self._outline, self._styles.outline, paragraph.level, None)
        elif look.level and not look.title:
            paragraph.level = look.level
        found: list[Paragraph | Grid] = [paragraph]
        for frame in frames:
            found += self._flow(frame)
        return found

    def _inline(self, element: Element, look: Look, spans: list[Span]) -> None:
        self._put(element.text, look, spans)
        for inner in element:
            name = local(inner.tag)
            if name == "span":
                self._inline(inner, self._styles.look("text", attribute(inner, "style-name"), look), spans)
            elif name == "note":
                self._note(inner, spans)
            elif name == "s":
                count = attribute(inner, "c", "1")
                self._put(" " * min(int(count) if count.isdigit() else 1, 100), look, spans)
            elif name in _BREAKS:
                self._put(_BREAKS[name], look, spans, kept=True)
            elif name in ("frame", "custom-shape"):
                self._frames.append(inner)
            elif name not in _SKIPPED:
                self._inline(inner, look, spans)
            self._put(inner.tail, look, spans)

    def _put(self, text: str | None, look: Look, spans: list[Span], *, kept: bool = False) -> None:
        """Append `text`; line feeds in the file are spaces unless `kept`."""
        if not text or look.hidden:
            return
        text = text if kept else text.replace("\n", " ")
        text = text.upper() if look.capitals else text
        spans.append(Span(text, look.style, look.font, look.size, look.raised if text.strip() else 0))

    def _note(self, element: Element, spans: list[Span]) -> None:
        citation = child(element, "note-citation")
        label = "".join(citation.itertext()).strip() if citation is not None else ""
        label = label or str(len(self._draft.notes) + 1)
        body = child(element, "note-body")
        paragraphs = self._flow(body) if body is not None else []
        self._draft.notes.append(Note(label, [p for p in paragraphs if isinstance(p, Paragraph)]))
        spans.append(Span("", note=label))

    def _list(
        self, element: Element, counts: _Counts | None, depth: int, style: str
    ) -> list[Paragraph | Grid]:
        style = attribute(element, "style-name") or style
        if counts is None:
            counts = self._counts(element, style)
        elif attribute(element, "style-name"):
            counts.style = style
        levels = self._styles.lists.get(style, {})
        found: list[Paragraph | Grid] = []
        if attribute(element, "continue-numbering") != "true" and depth > 1:
            counts.by_depth.pop(depth, None)
        for item in element:
            name = local(item.tag)
            if name == "list-item":
                found += self._item(item, counts, levels, depth, style)
            elif name == "list-header":
                found += self._flow(item)
        return found

    def _counts(self, element: Element, style: str) -> _Counts:
        """The counts that a list goes on with: those of another list if it says so, else new ones."""
        earlier = self._lists.get(attribute(element, "continue-list"))
        if earlier is None and attribute(element, "continue-numbering") == "true":
            earlier = self._last.get(style)
        counts = earlier or _Counts(style)
        self._last[style] = counts
        if attribute(element, "id"):
            self._lists[attribute(element, "id")] = counts
        return counts

    def _item(
        self, item: Element, counts: _Counts, levels: dict[int, ListLevel], depth: int, style: str
    ) -> list[Paragraph | Grid]:
        """What one item holds; its first paragraph gets the label, an item of a list alone none."""
        found: list[Paragraph | Grid] = []
        labelled = False
        for element in item:
            if local(element.tag) == "list":
                found += self._list(element, counts, depth + 1, style)
                continue
            if local(element.tag) not in _PARTS:
                continue
            pieces = self._paragraph(element)
            first = pieces[0] if pieces else None
            if isinstance(first, Paragraph):
                first.depth = depth
                if not labelled:
                    start = attribute(item, "start-value")
                    first.label = self._next(counts, levels, depth, int(start) if start.isdigit() else None)
                    first.bullet = levels.get(depth, ListLevel(bullet=True)).bullet
                    labelled = True
            found += pieces
        return found

    def _next(self, counts: _Counts, levels: dict[int, ListLevel], depth: int, start: int | None) -> str:
        """Count one item at `depth` and give its label."""
        current = counts.by_depth.get(depth)
        first = levels.get(depth, ListLevel()).start
        counts.by_depth[depth] = start if start is not None else first if current is None else current + 1
        for deeper in [d for d in counts.by_depth if d > depth]:
            del counts.by_depth[deeper]
        return list_label(levels, depth, counts.by_depth)

    def _table(self, table: Element) -> Grid:
        rows: list[list[Cell]] = []
        header = bool(any(local(e.tag) == "table-header-rows" for e in table))
        for row in _rows(table):
            cells = self._row(row)
            repeated = _times(row, "number-rows-repeated") if any(cells) else 1
            rows += [cells for _ in range(repeated)]
        return Grid(rows, header)

    def _row(self, row: Element) -> list[Cell]:
        cells: list[Cell] = []
        for element in row:
            name = local(element.tag)
            if name not in ("table-cell", "covered-table-cell"):
                continue
            cell: Cell = []
            for piece in self._flow(element) if name == "table-cell" else ():
                if isinstance(piece, Paragraph):
                    piece.level, piece.title = 0, False
                    cell.append(piece)
                else:
                    cell += piece.paragraphs()
            cells += [cell for _ in range(_times(element, "number-columns-repeated"))]
        return cells


def _rows(table: Element) -> list[Element]:
    found: list[Element] = []
    for element in table:
        name = local(element.tag)
        if name == "table-row":
            found.append(element)
        elif name in ("table-header-rows", "table-rows", "table-row-group"):
            found += _rows(element)
    return found


def _times(element: Element, name: str) -> int:
    count = attribute(element, name, "1")
    times = int(count) if count.isdigit() and len(count) < 9 else 1
    return times if times <= MOST_REPEATED else 1
