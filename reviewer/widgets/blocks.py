"""A list whose items are several lines each, drawn by a function for the width there is."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.strip import Strip

from reviewer.widgets.item_list import ItemList
from reviewer.widgets.parts import CLASSES, Part, parts_strip

DrawBlock = Callable[[int, int], Sequence[Sequence[Part]]]
"""Draws an item (its number, the cells there are) as lines of parts."""


class Blocks(ItemList):
    """Items with a blank row between them; the current one has a bar while the list has the focus."""

    COMPONENT_CLASSES: ClassVar[set[str]] = CLASSES

    def __init__(self, draw: DrawBlock, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._draw = draw
        self._lines: list[Sequence[Sequence[Part]]] = []
        self._tops: list[int] = []
        self._rows = 0

    def show_items(self, count: int) -> None:
        """Draw `count` items anew; the cursor stays on its number."""
        self._lay_out(count)
        self.item_count = count
        self.refresh_all()

    def _lay_out(self, count: int) -> None:
        width = max(8, self.size.width - 2)
        self._lines = [self._draw(item, width) for item in range(count)]
        self._tops, self._rows = [], 0
        for lines in self._lines:
            self._tops.append(self._rows)
            self._rows += len(lines) + 1

    def total_rows(self) -> int:
        return max(0, self._rows - 1)

    def rows_of(self, item: int) -> tuple[int, int]:
        return (self._tops[item], len(self._lines[item])) if item < len(self._tops) else (0, 1)

    def item_at(self, row: int) -> int | None:
        item = bisect_right(self._tops, row) - 1
        return item if item >= 0 and row - self._tops[item] < len(self._lines[item]) else None

    def render_row(self, row: int, width: int) -> Strip:
        item = self.item_at(row)
        if item is None:
            return Strip.blank(width, self.base_style)
        current = self.has_focus and item == self.cursor
        bar: Part = ("▌" if current else " ", "accent")
        return parts_strip([bar, *self._lines[item][row - self._tops[item]]], self.base_style, self.accent_of)

    def on_resize(self) -> None:
        self._lay_out(self.item_count)
        self.change_row_count(self.total_rows())
        self.refresh_all()

    def on_focus(self) -> None:
        self.refresh_all()

    def on_blur(self) -> None:
        self.refresh_all()
