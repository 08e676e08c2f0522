"""Where a reviewer is in a text: the current unit or a free selection, and how keys move and stretch it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from reports.document import Document
from reports.passage import next_boundary, previous_boundary, snap
from reports.units import Unit, UnitKind, next_unit, previous_unit, unit_at

KINDS = tuple(UnitKind)


@dataclass(frozen=True, slots=True)
class TextCursor:
    """The current range, code points [start, end). `grain`: the unit that `j` and `k` step by. `selecting`:
    motions stretch the range instead of leaving it. `forward`: the end that they move is the last one.
    `inner`: what "smaller" goes back to, where the range came from something smaller."""

    start: int
    end: int
    grain: UnitKind = UnitKind.CLAUSE
    selecting: bool = False
    forward: bool = True
    inner: TextCursor | None = None

    @property
    def head(self) -> int:
        """The end that moves, in code points."""
        return self.end if self.forward else self.start

    @property
    def anchor(self) -> int:
        """The end that stays."""
        return self.start if self.forward else self.end

    def at(self, start: int, end: int) -> TextCursor:
        """On [start, end), selecting no more."""
        return TextCursor(start, end, self.grain)

    def stretched(self, head: int) -> TextCursor:
        """Selecting from the anchor to `head`, on either side of it; unchanged if that leaves nothing."""
        anchor = self.anchor
        if head == anchor:
            return self
        start, end = min(anchor, head), max(anchor, head)
        return TextCursor(start, end, self.grain, selecting=True, forward=head > anchor)

    def swapped(self) -> TextCursor:
        return replace(self, forward=not self.forward)


def cursor_at(document: Document, offset: int, grain: UnitKind = UnitKind.CLAUSE) -> TextCursor:
    """On the unit of `grain` at code point `offset`; on the whole text if it has no unit at all."""
    try:
        unit = unit_at(document, offset, grain)
    except ValueError:
        return TextCursor(0, len(document.text), grain)
    return TextCursor(unit.start, unit.end, grain)


def select(document: Document, cursor: TextCursor) -> TextCursor:
    """Begin to select freely at the current range, or keep what is selected and select no more."""
    return replace(cursor, selecting=not cursor.selecting, forward=True)


def step(document: Document, cursor: TextCursor, kind: UnitKind, forward: bool) -> TextCursor:
    """To the next or previous unit of `kind`, or stretched by one if selecting; unchanged at the last one.

    From a range larger than such a unit, forward goes to the first one inside it.
    """
    if cursor.selecting:
        return _stretch(cursor, lambda at, ahead: _edge(document, at, kind, ahead), forward)
    if forward:
        inside = _starting_from(document, cursor.start, kind)
        larger = inside is not None and inside.end <= cursor.end and inside.end - inside.start < _size(cursor)
        unit = inside if larger else next_unit(document, cursor.start, kind)
    else:
        unit = _starting_before(document, cursor.start, kind)
    return cursor if unit is None else cursor.at(unit.start, unit.end)


def advance(document: Document, cursor: TextCursor, forward: bool) -> TextCursor:
    """To the next or previous unit of the cursor's grain, or stretched by one if selecting.

    Units smaller than a clause are gone through as far as the clause that holds them reaches; beyond it are
    clauses again.
    """
    moved = step(document, cursor, cursor.grain, forward)
    if cursor.selecting or not _leaves_clause(document, cursor, moved):
        return moved
    return step(document, cursor_at(document, cursor.start), UnitKind.CLAUSE, forward)


def around(document: Document, start: int, end: int, grain: UnitKind) -> TextCursor:
    """On the clause, or larger unit if that is the `grain`, that holds code points [start, end), which are
    what "smaller" goes to then; on those alone where no such unit holds them."""
    grain = max(grain, UnitKind.CLAUSE, key=KINDS.index)
    inner = TextCursor(start, end, grain)
    outer = cursor_at(document, start, grain)
    if not outer.start <= start < end <= outer.end or _size(outer) == _size(inner):
        return inner
    return replace(outer, inner=inner)


def go(document: Document, cursor: TextCursor, offset: int) -> TextCursor:
    """On the unit of the cursor's grain at code point `offset`; on the clause there if that is another one
    than the small units of the cursor are gone through in."""
    there = cursor_at(document, offset, cursor.grain)
    if not _leaves_clause(document, cursor, there):
        return there
    return cursor_at(document, offset)


def settled(document: Document, cursor: TextCursor, moved: TextCursor) -> TextCursor:
    """`moved`, by clauses from now on if it has left the clause that the small units of `cursor` were in."""
    if moved.selecting or moved.grain != cursor.grain or not _leaves_clause(document, cursor, moved):
        return moved
    return replace(moved, grain=UnitKind.CLAUSE)


def _leaves_clause(document: Document, cursor: TextCursor, moved: TextCursor) -> bool:
    """Whether a cursor of units smaller than a clause goes out of the clause that it is in."""
    if KINDS.index(cursor.grain) >= KINDS.index(UnitKind.CLAUSE):
        return False
    here = cursor_at(document, cursor.start)
    return not (here.start <= moved.start and moved.end <= here.end)


def step_letter(document: Document, cursor: TextCursor, forward: bool) -> TextCursor:
    """Stretched by one character, as a person counts them."""

    def edge(at: int, ahead: bool) -> tuple[int, int] | None:
        text = document.text
        if at >= len(text) if ahead else at <= 0:
            return None
        moved = next_boundary(text, at) if ahead else previous_boundary(text, at)
        if text[min(at, moved) : max(at, moved)] == "\n":
            return edge(moved, ahead)
        return moved, moved

    return _stretch(cursor, edge, forward)


def resize(document: Document, cursor: TextCursor, larger: bool) -> TextCursor:
    """On the next larger or smaller unit at the range's beginning whose extent is another one; on what the
    range came from, if that was smaller and "smaller" is asked for."""
    if not larger and cursor.inner is not None and not cursor.selecting:
        return cursor.inner
    at = KINDS.index(cursor.grain)
    for kind in KINDS[at:] if larger else reversed(KINDS[: at + 1]):
        new = cursor_at(document, cursor.start, kind)
        if (new.start, new.end) != (cursor.start, cursor.end) and (_size(new) > _size(cursor)) == larger:
            return replace(new, inner=cursor) if larger and not cursor.selecting else new
    return replace(cursor, grain=KINDS[-1] if larger else KINDS[0])


def between(document: Document, first: int, last: int, grain: UnitKind) -> TextCursor:
    """On what was dragged from code point `first` to `last`, in either direction: all the words touched.

    A hand on a mouse means words; shift and the arrows take letters."""
    text = document.text
    start, end = snap(text, min(first, last), max(first, last) + 1)
    if text[start : start + 1].isalnum():
        while start > 0 and text[start - 1].isalnum():
            start -= 1
    if text[end - 1 : end].isalnum():
        while end < len(text) and text[end].isalnum():
            end += 1
    start, end = snap(text, start, end)
    return TextCursor(start, end, grain, forward=last >= first)


def _size(cursor: TextCursor) -> int:
    return cursor.end - cursor.start


Edge = Callable[[int, bool], "tuple[int, int] | None"]
"""Gives for an offset and a direction (ahead?) the next (beginning, end) of something there."""


def _stretch(cursor: TextCursor, edge: Edge, forward: bool) -> TextCursor:
    """Move the head to the next edge; where that leaves nothing, stretch the other way from the anchor."""
    found = edge(cursor.head, forward)
    if found is not None:
        head = found[1] if cursor.forward else found[0]
        if forward == cursor.forward or cursor.start < head < cursor.end:
            return cursor.stretched(head)
    beyond = None if forward == cursor.forward else edge(cursor.anchor, forward)
    if beyond is None:
        return cursor
    return cursor.swapped().stretched(beyond[1] if forward else beyond[0])


def _edge(document: Document, at: int, kind: UnitKind, ahead: bool) -> tuple[int, int] | None:
    """Of the units of `kind`: the nearest beginning and the nearest end strictly ahead of or behind `at`."""
    if ahead:
        begins = next_unit(document, at, kind)
        ends = _ending_after(document, at, kind)
    else:
        begins = _starting_before(document, at, kind)
        ends = _ending_before(document, at, kind)
    if begins is None and ends is None:
        return None
    return (begins.start if begins else at), (ends.end if ends else at)


def _starting_from(document: Document, at: int, kind: UnitKind) -> Unit | None:
    """The first unit that starts at `at` or later."""
    if at > 0:
        return next_unit(document, at - 1, kind)
    first = cursor_at(document, 0, kind)
    return Unit(kind, first.start, first.end)


def _starting_before(document: Document, at: int, kind: UnitKind) -> Unit | None:
    here = cursor_at(document, at, kind)
    return Unit(kind, here.start, here.end) if here.start < at else previous_unit(document, at, kind)


def _ending_after(document: Document, at: int, kind: UnitKind) -> Unit | None:
    here = cursor_at(document, at, kind)
    return Unit(kind, here.start, here.end) if here.end > at else next_unit(document, at, kind)


def _ending_before(document: Document, at: int, kind: UnitKind) -> Unit | None:
    unit = _starting_before(document, at, kind)
    while unit is not None and unit.end >= at:
        unit = _starting_before(document, unit.start, kind)
    return unit
