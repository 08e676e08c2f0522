"""A row of text in named styles: what drawing functions return and widgets turn into a strip."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from reviewer.layout.cells import shorten, width
from reviewer.layout.wrap import wrap

Part = tuple[str, str]
"""A text and the name of its style: `""`, `quiet`, `strong`, `accent`, `warning`, `error`, `found`."""

CLASSES = {
    "part--quiet",
    "part--strong",
    "part--accent",
    "part--warning",
    "part--error",
    "part--found",
    "part--current",
}
"""The component classes behind the names, for a widget's COMPONENT_CLASSES."""


def fit(text: str, cells: int, *, right: bool = False) -> str:
    """`text` in exactly `cells` cells: shortened with an ellipsis, or filled with spaces behind (before, if
    `right`)."""
    shown = shorten(text, cells)
    blank = " " * (cells - width(shown))
    return blank + shown if right else shown + blank


def parts_width(parts: Iterable[Part]) -> int:
    """Cells that `parts` take."""
    return sum(width(text) for text, _ in parts)


def crop_parts(parts: Iterable[Part], cells: int) -> list[Part]:
    """As much of `parts` as fits into `cells` cells, an ellipsis where something is missing."""
    kept: list[Part] = []
    room = cells
    for text, name in parts:
        wide = width(text)
        if wide > room:
            if room > 0:
                kept.append((shorten(text, room), name))
            elif kept and kept[-1][0]:
                last, last_name = kept[-1]
                kept[-1] = (shorten(last + "…", width(last)), last_name)
            break
        kept.append((text, name))
        room -= wide
    return kept


def both_ends(left: Sequence[Part], right: Sequence[Part], cells: int, gap: int = 2) -> list[Part]:
    """`left` at the left and `right` at the right of `cells` cells; `left` is shortened first, and `right`
    left out where it alone would not fit."""
    right_width = parts_width(right)
    if right_width + gap >= cells:
        right, right_width = (), 0
    shown = crop_parts(left, cells - right_width - (gap if right else 0))
    blank = cells - parts_width(shown) - right_width
    return [*shown, (" " * blank, ""), *right]


def wrapped(text: str, cells: int, most: int) -> list[str]:
    """`text` in at most `most` lines of `cells` cells, its own line ends kept; the last one ends in an
    ellipsis if something is missing."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        starts = wrap(paragraph, max(2, cells))
        ends = [*starts[1:], len(paragraph)]
        lines += [paragraph[start:end].rstrip() for start, end in zip(starts, ends, strict=True)]
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], shorten(f"{lines[most - 1]} …", cells)] if most > 0 else []


def parts_strip(parts: Iterable[Part], base: Style, accent_of: Callable[[str], Style]) -> Strip:
    """`parts` over style `base`; `accent_of` gives what a component class lays over it."""
    return Strip(
        [Segment(text, base + accent_of(f"part--{name}") if name else base) for text, name in parts if text]
    )
