"""A few lines about the item under the cursor, drawn by a function for the width there is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from reviewer.widgets.parts import CLASSES, Part, parts_strip

DrawDetail = Callable[[int, int], Sequence[Sequence[Part]]]
"""Draws the lines for (width, height) in cells and rows."""


class Detail(Widget):
    """Draws again only the lines that differ from what is shown."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = CLASSES

    def __init__(self, draw: DrawDetail, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.auto_links = False
        self._draw = draw
        self._lines: list[Sequence[Part]] = []

    def update(self) -> None:
        """Draw what the function says now."""
        lines = list(self._draw(max(0, self.size.width - 2), self.size.height))
        if lines != self._lines:
            self._lines = lines
            self.refresh()

    def on_resize(self) -> None:
        self._lines = []
        self.update()

    def render_line(self, y: int) -> Strip:
        width, base = self.size.width, self.rich_style
        parts = self._lines[y] if y < len(self._lines) else ()
        return parts_strip([(" ", ""), *parts], base, self._accent).adjust_cell_length(width, base)

    def _accent(self, name: str) -> Style:
        return self.get_component_rich_style(name, partial=True)
