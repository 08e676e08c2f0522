"""Pieces of a line that stand apart from each other, as the cells of a table do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from reports.converters.pdf_words import Line, Word
from reports.converters.pieces import Paragraph, Span
from reports.labels import read_label

CELL_GAP = 0.9
"""Parts of a letter's size between two words that belong to different cells at the least."""

SAME_START, LEAST_PART = 2.5, 0.06
"""Points by which the starts of two cells of one column may differ, and parts of a letter's size that stand
between two cells where there is no space."""

LABEL_GAP = 5.0
"""Parts of a letter's size that may stand between a label or bullet and its text."""

_BULLETS = frozenset("-–—+*•▪►●◦○o·")


@dataclass(slots=True)
class Fragment:
    """Words of one line that stand together; `y` and `size` are those of the line."""

    words: list[Word]
    y: float
    size: float

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def x1(self) -> float:
        return self.words[-1].x1

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def middle(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def text(self) -> str:
        return "".join(word.text if word.glued else f" {word.text}" for word in self.words).strip()

    @property
    def first_width(self) -> float:
        """Points that its first word takes."""
        end = 1
        while end < len(self.words) and self.words[end].glued:
            end += 1
        return self.words[end - 1].x1 - self.x0


def is_label(text: str) -> bool:
    """Whether `text` is nothing but a list label or bullet."""
    if text in _BULLETS:
        return True
    label = read_label(text)
    return label is not None and label.length >= len(text)


def fragments(line: Line) -> list[Fragment]:
    """The words of `line` cut at wide gaps; a label stays with its text unless there are other cells."""
    limit = max(CELL_GAP * line.size, 2.5 * usual_gap(line.words))
    found = [Fragment([line.words[0]], line.y, line.size)]
    for word in line.words[1:]:
        if word.x0 - found[-1].x1 > limit and not word.glued:
            found.append(Fragment([word], line.y, line.size))
        else:
            found[-1].words.append(word)
    if len(found) == 2 and found[1].x0 - found[0].x1 < LABEL_GAP * line.size and is_label(found[0].text):
        return [Fragment(line.words, line.y, line.size)]
    return found


def usual_gap(words: Sequence[Word]) -> float:
    """Points between two words that stand together, 0 if there are too few to tell."""
    gaps = sorted(b.x0 - a.x1 for a, b in pairwise(words) if not b.glued)
    return gaps[len(gaps) // 4] if len(gaps) > 2 else 0.0


def parted(fragment: Fragment, starts: Sequence[float]) -> list[Fragment]:
    """`fragment` cut before words that begin at one of `starts`, where other cells begin, and stand a little
    apart from the word in front."""
    usual = usual_gap(fragment.words) or 0.25 * fragment.size
    found: list[Fragment] = []
    current: list[Word] = []
    for word in fragment.words:
        gap = word.x0 - current[-1].x1 if current else 0.0
        apart = gap > LEAST_PART * fragment.size if word.abrupt else gap > 1.5 * usual
        if current and word.fresh and apart and any(abs(word.x0 - start) <= SAME_START for start in starts):
            found.append(Fragment(current, fragment.y, fragment.size))
            current = []
        current.append(word)
    return [*found, Fragment(current, fragment.y, fragment.size)]


def spans_of(words: Sequence[Word]) -> list[Span]:
    """The words as runs of text, a space between two that are not glued, those set alike in one run."""
    spans: list[Span] = []
    for word in words:
        text = word.text if word.glued or not spans else f" {word.text}"
        last = spans[-1] if spans else None
        if last is not None and _alike(last, word):
            last.text += text
        else:
            spans.append(Span(text, word.style, word.font, word.size, word.raised))
    return spans


def _alike(span: Span, word: Word) -> bool:
    same = span.style == word.style and span.raised == word.raised and not span.note
    return same and span.font == word.font and span.size == word.size


def paragraph_of(lines: Sequence[Fragment]) -> Paragraph:
    """Lines of one cell as one paragraph."""
    spans: list[Span] = []
    for line in lines:
        if spans:
            spans.append(Span(" "))
        spans += spans_of(line.words)
    return Paragraph(spans)
