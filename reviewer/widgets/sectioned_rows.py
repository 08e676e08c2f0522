"""A list with marks and, where it is grouped, headings; 200,000 rows cost no more than those in sight."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual import events
from textual.message import Message
from textual.strip import Strip

from reviewer.widgets.item_list import ItemList
from reviewer.widgets.parts import Part, both_ends, parts_strip
from reviewer.widgets.rows import DrawRow, Rows

MARGIN = 4
"""Cells that bar, mark and a space on either side take of each row."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the number of the item below it; the items up to the next one are its own."""

    first: int
    title: str
    beside: str = ""


class SectionedRows(Rows):
    """Rows with a mark before those that `is_marked` (given the number of an item) says are marked."""

    class MarkClicked(Message):
        """The place before an item, where its mark is, was clicked."""

        def __init__(self, item: int) -> None:
            super().__init__()
            self.item = item

    def __init__(self, draw: DrawRow, is_marked: Callable[[int], bool], *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(draw, id=id)
        self._is_marked = is_marked
        self._sections: Sequence[Section] = ()
        self._firsts: list[int] = []
        self._heading_rows: list[int] = []

    def show_items(self, count: int, sections: Sequence[Section], cursor: int, above: int) -> None:
        """Show `count` items under `sections`, the cursor on item `cursor` with `above` rows over it in
        sight, as far as there are rows."""
        moved = cursor != self.cursor
        self._sections = sections
        self._firsts = [section.first for section in sections]
        self._heading_rows = [section.first + number for number, section in enumerate(sections)]
        self._item_count = count
        self.set_reactive(ItemList.cursor, self.validate_cursor(cursor))
        self.change_row_count(self.total_rows())
        self.scroll_to_row(self.rows_of(self.cursor)[0] - max(above, self._rows_to_heading()))
        self.refresh()
        if moved and count:
            self.post_message(self.Moved(self, self.cursor))

    @property
    def rows_above(self) -> int:
        """Rows in sight above the current item."""
        return max(0, self.rows_of(self.cursor)[0] - self.top_row)

    def section_of(self, item: int) -> int | None:
        """Number of the section that holds item number `item`; None if there are no sections."""
        number = bisect_right(self._firsts, item) - 1
        return number if number >= 0 else None

    def total_rows(self) -> int:
        return self._item_count + len(self._sections)

    def rows_of(self, item: int) -> tuple[int, int]:
        return item + bisect_right(self._firsts, item), 1

    def item_at(self, row: int) -> int | None:
        if self._is_heading(row):
            return None
        item = row - bisect_right(self._heading_rows, row)
        return item if 0 <= item < self._item_count else None

    def render_row(self, row: int, width: int) -> Strip:
        item = self.item_at(row)
        if item is not None:
            return self.draw_item(item, width)
        number = bisect_right(self._heading_rows, row) - 1
        if not 0 <= number < len(self._sections):
            return Strip.blank(width, self.base_style)
        section = self._sections[number]
        parts = both_ends(
            [("   ", ""), (section.title, "accent")], [(f"{section.beside} ", "quiet")], max(0, width)
        )
        return parts_strip(parts, self.base_style, self.accent_of)

    def draw_item(self, item: int, width: int) -> Strip:
        current, marked = self.is_current(item), self._is_marked(item)
        base = self.style_of("part--current") if current and self.has_focus else self.base_style
        bar: list[Part] = [("▌" if current else " ", "accent"), ("✓ " if marked else "  ", "accent")]
        parts = [*bar, *self.draw(item, max(0, width - MARGIN))]
        return parts_strip(parts, base, self.accent_of).adjust_cell_length(width, base)

    def watch_cursor(self, old: int, new: int) -> None:
        super().watch_cursor(old, new)
        row = self.rows_of(new)[0]
        if self._is_heading(row - 1):
            self.show_rows(row - 1, 2)

    def _rows_to_heading(self) -> int:
        """Rows from the heading down to the current item, 0 where that is further than half a page."""
        section = self.section_of(self.cursor)
        rows = 0 if section is None else self.cursor - self._firsts[section] + 1
        return rows if rows < self.page_rows // 2 else 0

    def _is_heading(self, row: int) -> bool:
        at = bisect_right(self._heading_rows, row)
        return at > 0 and self._heading_rows[at - 1] == row

    def on_focus(self) -> None:
        self.refresh_rows(*self.rows_of(self.cursor))

    def on_blur(self) -> None:
        self.refresh_rows(*self.rows_of(self.cursor))

    def action_page(self, direction: int) -> None:
        row = self.rows_of(self.cursor)[0] + direction * max(1, self.page_rows - 1)
        row = max(0, min(row, self.row_count - 1))
        found = self.item_at(row)
        if found is None:
            found = self.item_at(row + direction)
        if found is None:
            found = 0 if direction < 0 else self._item_count - 1
        self.cursor = found

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset_capture(self)
        item = self.item_at(self.top_row + offset.y)
        if item is not None and offset.x <= 2:
            event.stop()
            event.prevent_default()
            self.post_message(self.MarkClicked(item))
