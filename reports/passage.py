"""Passages: a range of one text kept by position, by quote and by citation, and found again in another."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from reports.document import Document
from reports.find import find
from reports.graphemes import next_boundary, previous_boundary, snap

__all__ = [
    "CONTEXT",
    "SECTION_SEPARATOR",
    "Passage",
    "Resolution",
    "State",
    "make_passage",
    "next_boundary",
    "previous_boundary",
    "resolve",
    "snap",
]

CONTEXT = 32
"""Code points of text kept before and behind a quote, as Hypothesis and Apache Annotator do."""

SECTION_SEPARATOR = " › "

MOST_CANDIDATES, MOST_COMPARED = 100, 2_000


@dataclass(frozen=True, slots=True)
class Passage:
    """`start`, `end`: code points, half open. `exact`: the text there; `prefix`, `suffix`: up to `CONTEXT`
    code points around it. `section`: heading path; `paragraph`: number of its block below the heading.

    The selectors of the W3C Web Annotation model (TextPositionSelector, TextQuoteSelector) plus a citation.
    """

    start: int
    end: int
    exact: str
    prefix: str
    suffix: str
    section: str
    paragraph: int


class State(StrEnum):
    """How a passage was found again: where it was, elsewhere, in several places, or not at all."""

    EXACT = "exact"
    MOVED = "moved"
    AMBIGUOUS = "ambiguous"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Resolution:
    """`start`, `end`: where the passage is (code points), None if ambiguous or gone. `candidates`: the
    ranges it may be, best first; for one that is gone, those that differ in accents, case or spaces only."""

    state: State
    start: int | None
    end: int | None
    candidates: tuple[tuple[int, int], ...] = ()


def make_passage(document: Document, start: int, end: int) -> Passage:
    """The passage of code points [start, end), widened to grapheme boundaries, outer white space trimmed.

    ValueError if nothing but white space is left.
    """
    text = document.text
    start, end = snap(text, start, end)
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    start, end = snap(text, start, end)
    if start >= end:
        raise ValueError("a passage needs at least one visible character")
    before = max(0, start - CONTEXT)
    behind = min(len(text), end + CONTEXT)
    return Passage(
        start,
        end,
        text[start:end],
        text[_forward(text, before, start) : start],
        text[end : _backward(text, behind, end)],
        SECTION_SEPARATOR.join(document.heading_path(start)),
        document.paragraph_number(start),
    )


def _forward(text: str, offset: int, limit: int) -> int:
    """`offset`, or the first grapheme boundary after it, at most `limit`."""
    return min(next_boundary(text, offset - 1), limit) if offset else 0


def _backward(text: str, offset: int, limit: int) -> int:
    """`offset`, or the last grapheme boundary before it, at least `limit`."""
    return offset if offset == len(text) else max(previous_boundary(text, offset + 1), limit)


def resolve(document: Document, passage: Passage) -> Resolution:
    """Where `passage` is in `document`: at its position, else where its quote is, told apart by context."""
    text = document.text
    if text[passage.start : passage.end] == passage.exact:
        return Resolution(State.EXACT, passage.start, passage.end, ((passage.start, passage.end),))
    length = len(passage.exact)
    starts = _occurrences(text, passage)
    if not starts:
        near = find(text, passage.exact, limit=MOST_CANDIDATES)
        return Resolution(State.GONE, None, None, tuple((match.start, match.end) for match in near))
    scored = sorted((-_agreement(text, at, passage), abs(at - passage.start), at) for at in starts)
    ranges = tuple((at, at + length) for _, _, at in scored[:MOST_CANDIDATES])
    if len(scored) == 1 or scored[0][0] < scored[1][0]:
        return Resolution(State.MOVED, *ranges[0], ranges)
    return Resolution(State.AMBIGUOUS, None, None, ranges)


def _occurrences(text: str, passage: Passage) -> list[int]:
    """Where the quote stands; of very many the nearest, and the one in its whole context."""
    found: list[int] = []
    at = text.find(passage.exact)
    while at >= 0:
        found.append(at)
        at = text.find(passage.exact, at + 1)
    if len(found) <= MOST_COMPARED:
        return found
    middle = bisect_left(found, passage.start)
    first = min(max(middle - MOST_COMPARED // 2, 0), len(found) - MOST_COMPARED)
    near = found[first : first + MOST_COMPARED]
    whole = text.find(passage.prefix + passage.exact + passage.suffix)
    return near if whole < 0 else sorted({*near, whole + len(passage.prefix)})


def _agreement(text: str, at: int, passage: Passage) -> int:
    """Code points of context that agree on both sides, counted from the quote outwards."""
    end = at + len(passage.exact)
    before, behind = text[max(0, at - CONTEXT) : at], text[end : end + CONTEXT]
    return _common(reversed(before), reversed(passage.prefix)) + _common(behind, passage.suffix)


def _common(first: Iterable[str], second: Iterable[str]) -> int:
    count = 0
    for one, other in zip(first, second, strict=False):
        if one != other:
            break
        count += 1
    return count
