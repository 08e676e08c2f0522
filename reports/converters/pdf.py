"""Reads PDF documents that have text, through pypdfium2.

Kept: paragraphs joined from lines, tables with lines and without, footnotes. Left out: page numbers, headers
and footers that repeat, text that is not set upright, pictures.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import pypdfium2

from reports.converters.package import damaged, protected
from reports.converters.pdf_breaks import continue_grid, continues
from reports.converters.pdf_columns import unroll_columns
from reports.converters.pdf_margins import PdfNotes, drop_margins
from reports.converters.pdf_paragraphs import Measure
from reports.converters.pdf_rules import Ruled, ruled_grid, ruled_tables
from reports.converters.pdf_tables import Spaced, spaced_table
from reports.converters.pdf_words import Line, Page, read_page
from reports.converters.pieces import Draft, Grid, Paragraph
from reports.errors import N_, LoadError

MOST_PAGES = 2_000

FEWEST_LETTERS = 60
"""Letters a page on average below which a document of full-page pictures is a scan."""

COVERING = 0.5
"""Share of a page that a picture covers if the page is a scan."""

MOST_UNREADABLE = 0.3
"""Share of letters without a known character above which the text cannot be read."""


def read(data: bytes, shown: str) -> Draft:
    """What the PDF in `data` says; LoadError if it is damaged, wants a password, or holds no text."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise protected(shown) from None
        raise damaged(shown, error) from None
    try:
        pages = _pages(document, shown)
    except pypdfium2.PdfiumError as error:
        raise damaged(shown, error) from None
    finally:
        document.close()
    _check_text(pages, shown)
    drop_margins(pages)
    notes = PdfNotes(_body_size(pages))
    for page in pages:
        notes.take(page)
        unroll_columns(page)
    return Draft(_pieces(pages, notes), notes.notes)


def _pages(document: pypdfium2.PdfDocument, shown: str) -> list[Page]:
    count = len(document)
    if count > MOST_PAGES:
        raise LoadError(
            N_("{name} has {count} pages; {most} are allowed: split it."),
            name=shown,
            count=count,
            most=MOST_PAGES,
        )
    return [read_page(document, number) for number in range(count)]


def _check_text(pages: Sequence[Page], shown: str) -> None:
    """Refuse a scan, whose pages are pictures, and text whose fonts do not say what their letters are."""
    letters = "".join(word.text for page in pages for line in page.lines for word in line.words)
    pictured = sum(1 for page in pages if page.covered > COVERING)
    if not letters or (len(letters) < FEWEST_LETTERS * len(pages) and pictured * 2 >= len(pages)):
        raise LoadError(
            N_("{name} is a scan, no text: have its text recognised (OCR) first, or ask for the document."),
            name=shown,
        )
    unknown = sum(1 for letter in letters if letter == "\ufffd" or "\ue000" <= letter < "\uf900")
    if unknown > MOST_UNREADABLE * len(letters):
        raise LoadError(
            N_("The fonts of {name} do not say what its letters are: ask for the original document."),
            name=shown,
        )


def _body_size(pages: Sequence[Page]) -> float:
    """Points in which most letters are set."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[line.size] += sum(len(word.text) for word in line.words)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _pieces(pages: Sequence[Page], notes: PdfNotes) -> list[Paragraph | Grid]:
    """Paragraphs and tables of all pages; what a page breaks is joined again."""
    measure = Measure(pages)
    found: list[Paragraph | Grid] = []
    open_lines: list[Line] = []
    table: tuple[Spaced | Ruled, Grid] | None = None
    for page in pages:
        for number, block in enumerate(_blocks(page)):
            goes_on = isinstance(block, Line) and measure.goes_on(open_lines, block)
            if isinstance(block, Line) and goes_on:
                open_lines.append(block)
                continue
            if open_lines:
                found.append(_paragraph(open_lines, measure, notes))
                open_lines = []
            if isinstance(block, Line):
                open_lines, table = [block], None
                continue
            shape, grid = block
            if not number and table is not None and continues(shape, table[0]):
                continue_grid(table[1], grid)
                table = (shape, table[1])
                continue
            found.append(grid)
            table = block
    if open_lines:
        found.append(_paragraph(open_lines, measure, notes))
    return found


def _blocks(page: Page) -> Iterator[Line | tuple[Spaced | Ruled, Grid]]:
    """Lines and tables of a page from the top down."""
    held: dict[int, Ruled] = {}
    for table in ruled_tables(page):
        for line in page.lines:
            if table.holds(line):
                held.setdefault(id(line), table)
    rest: list[Line] = []
    done: set[int] = set()
    for line in page.lines:
        ruled = held.get(id(line))
        if ruled is None:
            rest.append(line)
        elif id(ruled) not in done:
            done.add(id(ruled))
            yield from _spaced_blocks(rest)
            rest = []
            yield ruled, ruled_grid(ruled, [inner for inner in page.lines if held.get(id(inner)) is ruled])
    yield from _spaced_blocks(rest)


def _spaced_blocks(lines: list[Line]) -> Iterator[Line | tuple[Spaced, Grid]]:
    at = 0
    while at < len(lines):
        table = spaced_table(lines[at:])
        if table is None:
            yield lines[at]
            at += 1
        else:
            yield table, table.grid()
            at += len(table.lines)


def _paragraph(lines: Sequence[Line], measure: Measure, notes: PdfNotes) -> Paragraph:
    words = [word for line in lines for word in line.words]
    return Paragraph(notes.spans(words), centred=all(map(measure.is_centred, lines)))
