"""How a block stands on the page: indents, hanging labels, bullets, blank rows."""

from __future__ import annotations

from dataclasses import dataclass

from reports.document import BlockKind

MEASURE = 100
"""Cells of the longest row of running text: longer ones tire the eye. Tables may be wider."""

BULLETS = ("– ", "+ ", "· ")
QUOTE_BAR = "▏ "
INDENT = 2
LONGEST_HANG = 12
_NARROW = 24

_HEADING, _PARAGRAPH, _ITEM = int(BlockKind.HEADING), int(BlockKind.PARAGRAPH), int(BlockKind.ITEM)
_QUOTE, _ROW, _CODE = int(BlockKind.QUOTE), int(BlockKind.ROW), int(BlockKind.CODE)


@dataclass(frozen=True, slots=True)
class Shape:
    """`first`, `rest`: cells left of the text in a block's first and other rows. `lead`: decoration that
    stands in front of the first row, `bar`: in front of every row; both end where the text begins."""

    first: int
    rest: int
    lead: str = ""
    bar: str = ""


def shape(kind: int, level: int, marker: int, bullet: bool, width: int) -> Shape:
    """The shape of a block on a page `width` cells wide. `marker`: cells of the label it begins with."""
    if width < _NARROW:
        return Shape(0, 0)
    deepest = width // (3 * INDENT)
    if kind == _ITEM:
        base = INDENT * min(max(level, 1) - 1, deepest)
        if bullet:
            lead = BULLETS[min(max(level, 1), len(BULLETS)) - 1]
            return Shape(base + len(lead), base + len(lead), lead)
        return Shape(base, base + _hang(marker))
    if kind == _QUOTE:
        bar = QUOTE_BAR * min(max(level, 1), deepest)
        return Shape(len(bar), len(bar), bar=bar)
    if kind == _CODE:
        return Shape(INDENT, INDENT)
    return Shape(0, 0 if kind == _PARAGRAPH else _hang(marker))


def _hang(marker: int) -> int:
    return marker if marker <= LONGEST_HANG else INDENT


def blank_rows_above(kind: int, level: int, before: int, level_before: int) -> int:
    """Blank rows between a block and the one before it (kind 0: there is none, and the page begins)."""
    if before == 0:
        return 1
    if kind == _HEADING:
        return 0 if before == _HEADING and level > level_before else 1
    if kind == _PARAGRAPH:
        return 0 if before == _HEADING else 1
    if kind == _ITEM:
        return 0 if before in (_ITEM, _PARAGRAPH, _HEADING) else 1
    return 0 if before == kind else 1
