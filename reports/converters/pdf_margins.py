"""What stands around the text of a PDF's pages: repeated headers and footers, page numbers, footnotes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from reports.converters.pdf_fragments import spans_of
from reports.converters.pdf_words import Line, Page, Word
from reports.converters.pieces import Note, Paragraph, Span

MARGIN = 0.14
"""Share of a page's height at top and bottom in which headers and footers stand."""

OUTER_LINES = 3
"""Lines from the top or bottom of a page that may belong to its header or footer."""

SMALLER = 0.9
"""Points by which the text of footnotes is smaller than that of the body at the least."""

_PAGE_NUMBER = re.compile(
    r"(?:trang|page|tr\.)?\s*[-–—|(\[]*\s*(?:\d{1,3}|[ivxlc]{1,6})\s*(?:(?:/|of|trên)\s*\d{1,4})?\s*[-–—|)\]]*",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_SIGN = re.compile(r"[\[(]?(\d{1,3}|\*{1,3})[\])]?(?=\D|$)")


def drop_margins(pages: Sequence[Page]) -> None:
    """Take the lines that repeat at the edges of the pages out of them, then page numbers."""
    seen: Counter[tuple[str, int]] = Counter()
    for page in pages:
        seen.update({_key(line, page) for line in _outer(page)})
    often = max(2, min(3, len(pages)))
    for page in pages:
        gone = {id(line) for line in _outer(page) if sum(seen[key] for key in _near(line, page)) >= often}
        page.lines = [line for line in page.lines if id(line) not in gone]
        edges = [line for line in (*page.lines[:1], *page.lines[-1:]) if line in _outer(page)]
        numbers = {id(line) for line in edges if _PAGE_NUMBER.fullmatch(line.text)}
        page.lines = [line for line in page.lines if id(line) not in numbers]


def _outer(page: Page) -> list[Line]:
    upper = [line for line in page.lines[:OUTER_LINES] if line.y > page.height * (1 - MARGIN)]
    lower = [line for line in page.lines[-OUTER_LINES:] if line.y < page.height * MARGIN]
    return upper + lower


def _key(line: Line, page: Page) -> tuple[str, int]:
    """What a line says, digits aside, and roughly where."""
    return _DIGITS.sub("#", line.text), round(line.y / 4) if line.y * 2 < page.height else -round(
        (page.height - line.y) / 4
    )


def _near(line: Line, page: Page) -> list[tuple[str, int]]:
    text, place = _key(line, page)
    return [(text, place - 1), (text, place), (text, place + 1)]


class PdfNotes:
    """Collects the footnotes of all pages and marks their signs in the text."""

    def __init__(self, body_size: float) -> None:
        self._body = body_size
        self.notes: list[Note] = []
        self._signs: dict[int, str] = {}

    def take(self, page: Page) -> None:
        """Move the footnotes of `page` out of its lines."""
        start = len(page.lines)
        while start and page.lines[start - 1].size <= self._body - SMALLER:
            start -= 1
        block = page.lines[start:]
        signs: dict[str, Word] = {}
        for line in page.lines[:start]:
            for word in line.words:
                sign = _raised_sign(word)
                if sign:
                    signs.setdefault(sign, word)
        first = next((number for number, line in enumerate(block) if _sign(line) in signs), None)
        if first is None:
            return
        page.lines = page.lines[: start + first]
        current: Note | None = None
        for line in block[first:]:
            sign = _sign(line)
            if sign in signs and (current is None or sign != current.label):
                current = self._open(sign, signs[sign])
                current.paragraphs.append(Paragraph(_unsigned(line.words, sign)))
            elif current is not None:
                current.paragraphs.append(Paragraph(spans_of(line.words)))

    def _open(self, sign: str, word: Word) -> Note:
        known = {note.label for note in self.notes}
        label, number = sign, len(self.notes) + 1
        while label in known:
            label, number = str(number), number + 1
        note = Note(label, [])
        self.notes.append(note)
        self._signs[id(word)] = label
        return note

    def spans(self, words: Iterable[Word]) -> list[Span]:
        """The words as runs of text, their footnote signs as references."""
        found: list[Span] = []
        plain: list[Word] = []
        for word in words:
            label = self._signs.get(id(word))
            if label is None:
                plain.append(word)
                continue
            found += self._after(found, plain)
            found.append(Span("", note=label))
            plain = []
        return found + self._after(found, plain)

    def _after(self, found: Sequence[Span], words: Sequence[Word]) -> list[Span]:
        """`words` as they follow a reference, with the space in front of them if there is one."""
        spans = spans_of(words)
        if found and spans and not words[0].glued:
            spans[0].text = f" {spans[0].text}"
        return spans


def _raised_sign(word: Word) -> str:
    match = _SIGN.fullmatch(word.text) if word.raised > 0 else None
    return match.group(1) if match else ""


def _sign(line: Line) -> str:
    match = _SIGN.match(line.words[0].text)
    return match.group(1) if match else ""


def _unsigned(words: Sequence[Word], sign: str) -> list[Span]:
    spans = spans_of(words)
    spans[0].text = spans[0].text.lstrip("[(")[len(sign) :].lstrip("])").lstrip()
    spans[0].raised = 0
    return spans
