"""A list whose rows are drawn by a function: library, issue list, pickers and palette show theirs in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from textual.strip import Strip

from reviewer.widgets.item_list import ItemList
from reviewer.widgets.parts import CLASSES, Part, parts_strip

DrawRow = Callable[[int, int], Sequence[Part]]
"""Draws an item (its number, the cells there are) as parts."""


class Rows(ItemList):
    """Items of one row each. The current one has a bar before it as well as another ground."""

    COMPONENT_CLASSES: ClassVar[set[str]] = CLASSES
    DEFAULT_CSS = """
    Rows { width: 1fr; height: 1fr; }
    """

    def __init__(self, draw: DrawRow, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self.draw = draw

    def render_row(self, row: int, width: int) -> Strip:
        return self.draw_item(row, width)

    def draw_item(self, item: int, width: int) -> Strip:
        """Item number `item` in `width` cells, over the current one's ground if it is that."""
        current = self.is_current(item)
        base = self.style_of("part--current") if current else self.base_style
        parts = [("▌" if current else " ", "accent"), *self.draw(item, max(0, width - 2))]
        return parts_strip(parts, base, self.accent_of).adjust_cell_length(width, base)


class GroupedRows(Rows):
    """Rows under headings: `headings` maps the number of an item to the heading above it."""

    def __init__(self, draw: DrawRow, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(draw, id=id, classes=classes)
        self._rows: list[int] = []
        self._items: list[int | str] = []

    def show_items(self, count: int, headings: Mapping[int, str]) -> None:
        """Show `count` items, the cursor on the first one."""
        self._rows, self._items = [], []
        for item in range(count):
            if heading := headings.get(item):
                if item:
                    self._items.append("")
                self._items.append(heading)
            self._rows.append(len(self._items))
            self._items.append(item)
        self.set_reactive(ItemList.cursor, 0)
        self.scroll_to_row(0)
        self.item_count = count

    def total_rows(self) -> int:
        return len(self._items)

    def rows_of(self, item: int) -> tuple[int, int]:
        return (self._rows[item], 1) if item < len(self._rows) else (0, 1)

    def item_at(self, row: int) -> int | None:
        found = self._items[row] if 0 <= row < len(self._items) else None
        return found if isinstance(found, int) else None

    def render_row(self, row: int, width: int) -> Strip:
        content = self._items[row]
        if isinstance(content, int):
            return self.draw_item(content, width)
        return parts_strip([(f" {content}", "quiet")], self.base_style, self.accent_of)

    def watch_cursor(self, old: int, new: int) -> None:
        super().watch_cursor(old, new)
        if new == 0:
            self.scroll_to_row(0)
