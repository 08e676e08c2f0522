"""Builds a Document block by block, keeping its text canonical."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from reports.clean import one_line
from reports.document import (
    CELL_SEPARATOR,
    Block,
    BlockKind,
    Blocks,
    Document,
    Style,
    StyleRun,
    Styles,
    Table,
)
from reports.graphemes import is_boundary
from reports.labels import marker_length
from reports.titles import HEAD_LINES, LONGEST_LINE, is_genre_alone, shortened, title_lines

LONGEST_BLOCK = 20_000
"""Code points; a longer block is split at a sentence end or a space, so that no key costs more than this."""

DEAREST_MOVE = 2_000_000
"""Style runs times code points of a block beyond which its styles are dropped rather than moved."""

_SENTENCE_BREAK = re.compile(r"[.!?;…]\s")
_PLAIN = re.compile(r"[ -~\u00a1-\u00ac\u00ae-\u00cf\u00d1-\u00ef\u00f1-\u024f\u1e00-\u1eff\u2010-\u2027]*\Z")
_DOUBLE_SPACE = re.compile(r"\s{2,}|[^\S ]")

Runs = Sequence[tuple[int, int, Style]]


def cell_width(text: str) -> int:
    """Width of `text` in terminal cells, by its East Asian widths, marks counting nothing."""
    if _PLAIN.match(text):
        return len(text)
    width = 0
    for character in text:
        if unicodedata.category(character) not in ("Mn", "Me", "Cf"):
            width += 2 if unicodedata.east_asian_width(character) in "WF" else 1
    return width


def split_points(text: str, longest: int = LONGEST_BLOCK) -> list[int]:
    """Where to cut `text` so that no piece is longer than `longest` code points; empty if it is short."""
    points: list[int] = []
    at = 0
    while len(text) - at > longest:
        limit = at + longest
        half = at + longest // 2
        breaks = [match.end() for match in _SENTENCE_BREAK.finditer(text, half, limit)]
        cut = breaks[-1] if breaks else text.rfind(" ", half, limit) + 1
        if cut <= at:
            cut = next((offset for offset in range(limit, half, -1) if is_boundary(text, offset)), limit)
        points.append(cut)
        at = cut
    return points


def settled(text: str, runs: Runs) -> tuple[str, Runs]:
    """`text` made canonical for one block, and `runs` moved with it."""
    trimmed = text.strip()
    canonical = _PLAIN.match(trimmed) and not _DOUBLE_SPACE.search(trimmed)
    clean = trimmed if canonical else one_line(trimmed)
    if clean == text or not runs:
        return clean, runs
    if clean == trimmed:
        lead = text.index(clean[:1])
        return clean, _within(runs, lead, lead + len(clean))
    if len(runs) * len(text) > DEAREST_MOVE:
        return clean, ()
    moved = ((_moved(text, start, clean), _moved(text, end, clean), style) for start, end, style in runs)
    return clean, [(start, end, style) for start, end, style in moved if start < end]


def _moved(text: str, offset: int, clean: str) -> int:
    """Where code point `offset` of `text` is in `clean`, its canonical form."""
    return min(len(one_line(text[:offset] + "|")) - 1, len(clean))


class DocumentBuilder:
    """Collects blocks; offsets given to it are code points inside the block being added."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._length = 0
        self._blocks = Blocks()
        self._styles = Styles()
        self._tables: list[Table] = []
        self._first_row: int | None = None
        self._widths: list[int] = []
        self._header = False
        self._title = ""
        self._title_level = 7

    def add(
        self,
        kind: BlockKind,
        text: str,
        runs: Runs = (),
        *,
        line: int,
        level: int = 0,
        marker: int | None = None,
        bullet: bool = False,
    ) -> None:
        """Add a block; `marker` None means that its label, if any, is to be read from the text."""
        text, runs = settled(text, runs) if kind != BlockKind.CODE else (text, runs)
        if not text:
            return
        if marker is None:
            marker = marker_length(text)
        elif marker >= len(text):
            marker = 0
        if kind == BlockKind.HEADING and level < self._title_level:
            self._title, self._title_level = text, level
        at = 0
        for cut in (*split_points(text), len(text)):
            piece = text[at:cut].rstrip()
            lead = len(piece) - len(piece.lstrip()) if at else 0
            self._append(
                kind, piece[lead:], _within(runs, at + lead, at + len(piece)), level, marker, bullet, line
            )
            at, marker, bullet = cut, 0, False

    def _append(
        self, kind: BlockKind, text: str, runs: Runs, level: int, marker: int, bullet: bool, line: int
    ) -> None:
        if not text:
            return
        start = self._length
        self._lines.append(text)
        self._length += len(text) + 1
        self._blocks.append(Block(kind, level, start, start + len(text), min(marker, 127), bullet, line))
        for first, last, style in runs:
            self._styles.append(StyleRun(start + first, start + last, style))

    def add_row(self, cells: Iterable[tuple[str, Runs]], *, line: int, header: bool = False) -> None:
        """Add a row to the table that is open, opening one; empty rows are left out."""
        texts: list[str] = []
        runs: list[tuple[int, int, Style]] = []
        at = 0
        for text, styled in cells:
            text, styled = settled(text, styled)
            text = text.replace(CELL_SEPARATOR.strip(), "|")
            runs += [(at + start, at + end, style) for start, end, style in styled]
            texts.append(text)
            at += len(text) + len(CELL_SEPARATOR)
        if not any(texts):
            return
        row = CELL_SEPARATOR.join(texts)
        if len(row) > LONGEST_BLOCK:
            self.end_table()
            for text in texts:
                self.add(BlockKind.PARAGRAPH, text, line=line)
            return
        if self._first_row is None:
            self._first_row, self._header = len(self._blocks), header
        self._widths += [0] * (len(texts) - len(self._widths))
        self._widths = [
            max(width, cell_width(text))
            for width, text in zip(self._widths, texts + [""] * (len(self._widths) - len(texts)), strict=True)
        ]
        self._append(BlockKind.ROW, row, runs, 0, 0, False, line)

    def end_table(self) -> None:
        """Close the table that is open, if one is."""
        if self._first_row is not None:
            self._tables.append(Table(self._first_row, len(self._blocks), tuple(self._widths), self._header))
        self._first_row, self._widths, self._header = None, [], False

    def finish(self) -> Document:
        """The document of all blocks added; its title is the first heading of the highest level."""
        self.end_table()
        return Document(
            "\n".join(self._lines), self._blocks, self._styles, tuple(self._tables), self._whole_title()
        )

    def _whole_title(self) -> str:
        """The first heading of the highest level, with the line below it if it only names the genre; without
        headings, the title as plain text has it."""
        head = self._lines[:HEAD_LINES]
        if not head:
            return ""
        title = self._title
        if not title:
            found = title_lines(head)
            title = " ".join(head[number] for number in found) or head[0]
        elif is_genre_alone(title) and title in head[:-1]:
            below = head[head.index(title) + 1]
            title = (
                f"{title} {below}" if len(below) <= LONGEST_LINE and not below.endswith((".", ";")) else title
            )
        return shortened(title)


def _within(runs: Runs, start: int, end: int) -> Runs:
    """The runs that touch [start, end), cut to it and counted from `start`."""
    if not runs:
        return ()
    return [
        (max(first, start) - start, min(last, end) - start, style)
        for first, last, style in runs
        if first < end and last > start
    ]
