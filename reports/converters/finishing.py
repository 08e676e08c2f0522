"""From what a converter read to Markdown: encodings mended, headings found, size checked."""

from __future__ import annotations

from dataclasses import replace

from reports.converters import MOST_CHARACTERS, MOST_LINES
from reports.converters.mending import mend
from reports.converters.pieces import Draft, Paragraph, Span
from reports.converters.structure import arranged
from reports.converters.writer import MarkdownWriter
from reports.errors import N_, LoadError


def finished(draft: Draft, shown: str, encoding: str = "") -> tuple[str, str]:
    """The Markdown of `draft` and the old encoding that it was in, empty if none; LoadError if too big."""
    _check_lines(len(draft.body), shown)
    found = mend(draft, encoding)
    _settle_notes(draft)
    writer = MarkdownWriter()
    for piece in arranged(draft):
        if not isinstance(piece, Paragraph):
            writer.table(piece)
        elif piece.level:
            writer.heading(piece.level, _labelled(piece))
        elif piece.bullet or (piece.label and piece.depth):
            writer.item(piece.depth, _labelled(piece))
        else:
            writer.paragraph(_labelled(piece))
    for note in draft.notes:
        writer.note(note)
    markdown = writer.finish()
    _check_lines(markdown.count("\n"), shown)
    if len(markdown) > MOST_CHARACTERS:
        raise LoadError(
            N_("{name} holds {count} characters; a report may have {most}: split it."),
            name=shown,
            count=len(markdown),
            most=MOST_CHARACTERS,
        )
    return markdown, found


def _labelled(paragraph: Paragraph) -> list[Span]:
    if not paragraph.label:
        return paragraph.spans
    return [Span(f"{paragraph.label} "), *paragraph.spans]


def _settle_notes(draft: Draft) -> None:
    """Write references to notes that have no text as text."""
    draft.notes = [note for note in draft.notes if any(p.whole for p in note.paragraphs)]
    known = {note.label for note in draft.notes}
    for paragraph in draft.paragraphs():
        if any(span.note and span.note not in known for span in paragraph.spans):
            paragraph.spans = [
                replace(span, text=f"[{span.note}]", note="")
                if span.note and span.note not in known
                else span
                for span in paragraph.spans
            ]


def _check_lines(count: int, shown: str) -> None:
    if count > MOST_LINES:
        raise LoadError(
            N_("{name} holds {count} lines; a report may have {most}: split it."),
            name=shown,
            count=count,
            most=MOST_LINES,
        )
