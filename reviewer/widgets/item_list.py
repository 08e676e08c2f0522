"""A list of items over the line view: a cursor, keys, mouse; items of one row or of several."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.message import Message
from textual.reactive import reactive

from reviewer.commands import bindings
from reviewer.widgets.line_view import LineView


class ItemList(LineView):
    """`item_count` items, of which number `cursor` is the current one.

    A list whose items are one row each sets `item_count` and draws `render_row(row, width)`, asking
    `is_current(row)`. One with items of several rows overrides `rows_of` and `item_at` too and sets
    `row_count` itself. 100,000 items cost no more than the ones in sight.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("list")

    cursor: reactive[int] = reactive(0, repaint=False, init=False)
    """Number of the current item; 0 in an empty list."""

    class Moved(Message):
        """The current item is another one."""

        def __init__(self, view: ItemList, item: int) -> None:
            super().__init__()
            self.view = view
            self.item = item

        @property
        def control(self) -> ItemList:
            return self.view

    class Chosen(Moved):
        """Enter or a double click on an item."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._item_count = 0

    @property
    def item_count(self) -> int:
        return self._item_count

    @item_count.setter
    def item_count(self, count: int) -> None:
        """Show `count` items, all redrawn; the cursor stays where it is as far as there are items."""
        self._item_count = count
        self.row_count = self.total_rows()
        self.cursor = self.validate_cursor(self.cursor)

    def total_rows(self) -> int:
        """Rows of all items together."""
        return self._item_count

    def rows_of(self, item: int) -> tuple[int, int]:
        """First row and number of rows of item number `item`."""
        return item, 1

    def item_at(self, row: int) -> int | None:
        """Number of the item that row number `row` belongs to, None where there is none."""
        return row if 0 <= row < self._item_count else None

    def is_current(self, item: int) -> bool:
        return item == self.cursor

    def validate_cursor(self, cursor: int) -> int:
        return max(0, min(cursor, self._item_count - 1))

    def watch_cursor(self, old: int, new: int) -> None:
        if old < self._item_count:
            self.refresh_rows(*self.rows_of(old))
        if new < self._item_count:
            self.refresh_rows(*self.rows_of(new))
            self.show_rows(*self.rows_of(new))
            self.post_message(self.Moved(self, new))

    def action_cursor(self, step: int) -> None:
        self.cursor += step

    def action_page(self, direction: int) -> None:
        first, count = self.rows_of(self.cursor)
        row = first + direction * max(1, self.page_rows - count)
        found = self.item_at(max(0, min(row, self.row_count - 1)))
        if found is not None:
            self.cursor = found if found != self.cursor else found + direction

    def action_first(self) -> None:
        self.cursor = 0

    def action_last(self) -> None:
        self.cursor = self._item_count - 1

    def action_choose(self) -> None:
        if self._item_count:
            self.post_message(self.Chosen(self, self.cursor))

    def on_click(self, event: events.Click) -> None:
        item = self.item_at(self.top_row + event.get_content_offset_capture(self).y)
        if item is None:
            return
        self.cursor = item
        if event.chain == 2:
            self.action_choose()
