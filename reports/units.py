"""Words, parts, clauses, sentences and paragraphs: what a key selects."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from reports import splitting
from reports.document import Block, BlockKind, Document

Spans = tuple[tuple[int, int], ...]


class UnitKind(StrEnum):
    """The kinds of unit, the smallest first; each lies within one of the next."""

    WORD = "word"
    PART = "part"
    CLAUSE = "clause"
    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"


@dataclass(frozen=True, slots=True)
class Unit:
    """Code points [start, end) of the canonical text, without label, outer spaces or closing `;` `.` `,`."""

    kind: UnitKind
    start: int
    end: int


_SPLIT = {
    UnitKind.WORD: splitting.words,
    UnitKind.PART: splitting.parts,
    UnitKind.CLAUSE: splitting.clauses,
    UnitKind.SENTENCE: splitting.sentences,
    UnitKind.PARAGRAPH: splitting.paragraphs,
}


@lru_cache(maxsize=256)
def _spans(text: str, marker: int, shape: splitting.Shape, kind: UnitKind) -> Spans:
    return tuple(_SPLIT[kind](text, marker, shape))


def _shape(block: Block) -> splitting.Shape:
    if block.kind == BlockKind.ROW:
        return splitting.Shape.ROW
    if block.kind == BlockKind.CODE:
        return splitting.Shape.WHOLE
    return splitting.Shape.PROSE


def _spans_of(document: Document, number: int, kind: UnitKind) -> tuple[int, Spans]:
    block = document.blocks[number]
    return block.start, _spans(document.text[block.start : block.end], block.marker, _shape(block), kind)


def units_in_block(document: Document, block_number: int, kind: UnitKind) -> list[Unit]:
    """The units of `kind` in one block, in order, none overlapping."""
    base, spans = _spans_of(document, block_number, kind)
    return [Unit(kind, base + start, base + end) for start, end in spans]


def all_units(document: Document, kind: UnitKind) -> Iterator[Unit]:
    """Every unit of `kind` in the document, in order."""
    for number in range(len(document.blocks)):
        yield from units_in_block(document, number, kind)


def unit_at(document: Document, offset: int, kind: UnitKind) -> Unit:
    """The unit that holds code point `offset`; between units (in a label, a lead-in, a closing mark) the
    next one of the block, else the last one of the block, else the nearest in the document.

    ValueError if the document has no unit of that kind.
    """
    if not len(document.blocks):
        raise ValueError(f"the document has no {kind}")
    number = document.blocks.at(offset)
    units = units_in_block(document, number, kind)
    if units:
        index = bisect_right(units, offset, key=lambda unit: unit.end)
        return units[min(index, len(units) - 1)]
    found = next_unit(document, offset, kind) or _last_before(document, number, offset, kind)
    if found is None:
        raise ValueError(f"the document has no {kind}")
    return found


def next_unit(document: Document, offset: int, kind: UnitKind) -> Unit | None:
    """The first unit of `kind` that starts after code point `offset`, or None."""
    for number in range(document.blocks.at(offset), len(document.blocks)):
        base, spans = _spans_of(document, number, kind)
        index = bisect_right(spans, offset - base, key=lambda span: span[0])
        if index < len(spans):
            start, end = spans[index]
            return Unit(kind, base + start, base + end)
    return None


def previous_unit(document: Document, offset: int, kind: UnitKind) -> Unit | None:
    """The last unit of `kind` that starts before the one at code point `offset`, or None."""
    if not len(document.blocks):
        return None
    number = document.blocks.at(offset)
    base, spans = _spans_of(document, number, kind)
    index = bisect_right(spans, offset - base, key=lambda span: span[1])
    return _last_before(document, number, base + spans[index][0] if index < len(spans) else offset, kind)


def _last_before(document: Document, number: int, offset: int, kind: UnitKind) -> Unit | None:
    for at in range(number, -1, -1):
        base, spans = _spans_of(document, at, kind)
        index = bisect_left(spans, offset - base, key=lambda span: span[0])
        if index:
            start, end = spans[index - 1]
            return Unit(kind, base + start, base + end)
    return None
