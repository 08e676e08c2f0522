"""Tells lines that a typist or a converter wrapped from lines that are paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from reports.labels import read_label

NARROWEST, WIDEST = 40, 130
"""Code points; a text whose lines are all shorter, or longer, was not wrapped."""

SLACK = 0.9
"""Share of the width from which on a line counts as full; proportional type does not fill to the column."""

BULLET = re.compile(r"(?P<mark>[-–—+*•▪►●◦○]|o(?=\s))\s+(?=\S)")
CLOSED = re.compile(r"[.;:!?…,”»\"')\]/]$")


def starts_item(text: str) -> bool:
    """Whether a line begins with a bullet or a typed label."""
    return BULLET.match(text) is not None or read_label(text) is not None


@dataclass(frozen=True, slots=True)
class Wrapping:
    """`width`: column at which lines were wrapped, in code points, 0 if each line is a paragraph.
    `spaced`: blank lines stand between the paragraphs."""

    width: int
    spaced: bool

    def is_full(self, line: str, after: str) -> bool:
        """Whether the first word of `after` had no room on `line`, so that the break was no choice."""
        word = after.split(maxsplit=1)[0]
        return len(line.rstrip()) + 1 + len(word) > self.width * SLACK

    def runs_on(self, line: str, after: str) -> bool:
        """Whether `after` (not blank) continues the paragraph that `line` above it ends with."""
        if not self.width or starts_item(after) or after.isupper():
            return False
        line = line.rstrip()
        if not self.is_full(line, after):
            return after[0].islower() and CLOSED.search(line) is None
        return self.spaced or not (line.endswith(".") and after[0].isupper())


def wrapping_of(lines: Sequence[str]) -> Wrapping:
    """How `lines` were wrapped: by the longest of them, and by how many could not have been longer.

    Blank lines count as usual between paragraphs if at least a third of the paragraphs end at one.
    """
    lengths = sorted(len(line.rstrip()) for line in lines if line.strip())
    width = lengths[min(len(lengths) - 1, len(lengths) * 98 // 100)] if lengths else 0
    wrapping = Wrapping(width, True)
    inner = [
        (line.rstrip(), after.strip())
        for line, after in pairwise(lines)
        if line.strip() and after.strip() and not starts_item(after.strip())
    ]
    full = sum(1 for line, after in inner if wrapping.is_full(line, after))
    within = sum(1 for line, after in inner if wrapping.is_full(line, after) and not line.endswith("."))
    if not NARROWEST <= width <= WIDEST or not inner or within * 2 < len(inner):
        return Wrapping(0, False)
    ends = [after.strip() for line, after in pairwise(lines) if line.strip()]
    gaps = ends.count("")
    items = sum(map(starts_item, ends))
    return Wrapping(width, gaps * 3 >= gaps + items + len(inner) - full)
