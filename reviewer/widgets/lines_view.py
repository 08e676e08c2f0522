"""A pane of lines in named styles that scrolls; what was added and removed has looks of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.strip import Strip

from reviewer.layout.wrap import wrap
from reviewer.widgets.line_view import LineView
from reviewer.widgets.parts import CLASSES, Part, parts_strip

Lines = Sequence[Sequence[Part]]


class LinesView(LineView, can_focus=False):
    """Draws the lines that `draw` gives for a width in cells. Besides the usual styles there are `gone`
    (struck through) and `new` (underlined)."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {*CLASSES, "part--gone", "part--new"}
    DEFAULT_CSS = """
    LinesView {
        & > .part--gone { color: $error; text-style: strike; }
        & > .part--new { color: $success; text-style: underline; }
    }
    """

    def __init__(self, draw: Callable[[int], Lines], *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._draw = draw
        self._lines: Lines = ()

    def update(self) -> None:
        """Draw what the function says now; the first line in sight stays if it can."""
        self._lines = self._draw(max(8, self.size.width - 2))
        self.change_row_count(len(self._lines))
        self.refresh_all()

    def on_resize(self) -> None:
        self.update()

    def render_row(self, row: int, width: int) -> Strip:
        return parts_strip([(" ", ""), *self._lines[row]], self.base_style, self.accent_of)


def wrap_parts(parts: Sequence[Part], cells: int, most: int | None = None) -> list[list[Part]]:
    """`parts` in lines of at most `cells` cells, broken between words; the last of `most` lines ends in an
    ellipsis if something is missing."""
    text = "".join(text for text, _ in parts)
    starts = wrap(text, max(4, cells)) or [0]
    lines: list[list[Part]] = []
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        lines.append(_slice(parts, start, end))
    if most is not None and len(lines) > most:
        lines = lines[:most]
        lines[-1].append(("…", "quiet"))
    return lines


def _slice(parts: Sequence[Part], start: int, end: int) -> list[Part]:
    """The code points [start, end) of the texts of `parts` put together."""
    found: list[Part] = []
    at = 0
    for text, style in parts:
        piece = text[max(0, start - at) : max(0, end - at)]
        if piece:
            found.append((piece, style))
        at += len(text)
    if found:
        found[-1] = (found[-1][0].rstrip(), found[-1][1])
    return found
