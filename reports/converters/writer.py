"""Writes pieces as Markdown that reads back word for word: nothing in their text acts as markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from reports.clean import one_line
from reports.converters.pieces import Cell, Grid, Note, Paragraph, Span
from reports.document import Style
from reports.walker import MOST_BRACKETS

DEEPEST_ITEM = 8
"""Nesting of list items beyond which the deeper ones stand at this depth."""

_INLINE = re.compile(r"[\\`*_\[\]<>&!~^|]")
_START = re.compile(r"(?P<number>\d{1,9})(?=[.)])|(?=[#>+=:-])")
_LABEL_UNSAFE = re.compile(r"[\s\[\]^\\`<>|]+")
_TAGS = ((Style.STRONG, "b"), (Style.EMPHASIS, "i"), (Style.STRIKE, "s"))
_RAISED = {1: "sup", -1: "sub"}


class MarkdownWriter:
    """Collects blocks and gives the Markdown of all of them; one blank line stands between two."""

    def __init__(self) -> None:
        self._blocks: list[str] = []
        self._depth = 0

    def heading(self, level: int, spans: Sequence[Span]) -> None:
        """Add a heading, `level` 1 to 6; its bold is not kept, for every heading is."""
        text = _inline([replace(s, style=s.style & ~Style.STRONG) for s in spans])
        if text:
            self._add(f"{'#' * min(max(level, 1), 6)} {_ended(text)}")

    def paragraph(self, spans: Sequence[Span]) -> None:
        """Add a paragraph; a label typed in front stays part of it and starts no list."""
        text = _inline(spans)
        if text:
            self._add(_begun(text))

    def item(self, depth: int, spans: Sequence[Span]) -> None:
        """Add a list item; a label in front of its text takes the place of the bullet."""
        text = _inline(spans)
        if not text:
            return
        depth = min(max(depth, 1), DEEPEST_ITEM)
        shared = min(self._depth, depth - 1)
        self._blocks.append("  " * shared + "- " * (depth - shared) + _begun(text))
        self._depth = depth

    def table(self, grid: Grid) -> None:
        """Add a table whose cells are one line each."""
        rows = [[_cell(cell) for cell in row] for row in grid.rows]
        width = max(map(len, rows), default=0)
        if not width:
            return
        rows = [row + [""] * (width - len(row)) for row in rows]
        head = rows.pop(0) if grid.header else [""] * width
        lines = [head, ["---"] * width, *rows]
        self._add("\n".join(f"| {' | '.join(line)} |" for line in lines))

    def note(self, note: Note) -> None:
        """Add a footnote; its paragraphs become one."""
        text = _inline(_joined(note.paragraphs))
        if text:
            self._add(f"[^{note_label(note.label)}]: {_begun(text)}")

    def finish(self) -> str:
        """The Markdown of everything added."""
        return "\n\n".join(self._blocks) + "\n" if self._blocks else ""

    def _add(self, block: str) -> None:
        self._blocks.append(block)
        self._depth = 0


def note_label(label: str) -> str:
    """`label` as it can stand in a footnote reference."""
    return _LABEL_UNSAFE.sub("", label) or "*"


def _joined(paragraphs: Iterable[Paragraph]) -> list[Span]:
    """The spans of all `paragraphs` with their labels, a space between two."""
    spans: list[Span] = []
    for paragraph in paragraphs:
        if spans:
            spans.append(Span(" "))
        if paragraph.label:
            spans.append(Span(f"{paragraph.label} "))
        spans += paragraph.spans
    return spans


def _cell(cell: Cell) -> str:
    return _inline(_joined(cell))


def _merged(spans: Iterable[Span]) -> list[Span]:
    """Neighbours that are set alike in one; spaces take the setting of what stands before them."""
    merged: list[Span] = []
    for span in spans:
        if not span.text and not span.note:
            continue
        last = merged[-1] if merged else None
        if last is not None and not span.note and not last.note:
            alike = (last.style, last.raised) == (span.style, span.raised)
            if alike or (not span.text.strip() and not last.raised):
                merged[-1] = replace(last, text=last.text + span.text)
                continue
        merged.append(span)
    return merged


def _inline(spans: Sequence[Span]) -> str:
    """Spans as inline Markdown on one line."""
    merged = _merged(spans)
    plain = " ".join("".join(span.text for span in merged).split())
    if plain.count("[") + len(merged) > MOST_BRACKETS:
        return plain
    parts: list[str] = []
    for span in merged:
        if span.note:
            parts.append(f"[^{note_label(span.note)}]")
            continue
        text = _INLINE.sub(r"\\\g<0>", _spaced(span.text))
        parts.append(_tagged(text, span) if text.strip() else text)
    return " ".join("".join(parts).split())


def _spaced(text: str) -> str:
    """`text` made visible on one line, with the spaces at its ends kept as one."""
    inner = one_line(text)
    lead = " " if text[:1].isspace() else ""
    return f"{lead}{inner}{' ' if text[-1:].isspace() else ''}" if inner else " "


def _tagged(text: str, span: Span) -> str:
    lead, trail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    text = text.strip()
    tags = [tag for style, tag in _TAGS if span.style & style]
    if span.raised:
        tags.append(_RAISED[span.raised])
    for tag in reversed(tags):
        text = f"<{tag}>{text}</{tag}>"
    return f"{lead}{text}{trail}"


def _begun(text: str) -> str:
    """`text` with whatever would start a block at the beginning of a line escaped."""
    match = _START.match(text)
    if match is None:
        return text
    return f"{match.group()}\\{text[match.end() :]}"


def _ended(text: str) -> str:
    """`text` for a heading, whose closing hashes would else be taken off."""
    return f"{text[:-1]}\\#" if text.endswith("#") else text
