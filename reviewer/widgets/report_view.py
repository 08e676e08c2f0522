"""The report as the reviewer works in it: the page, and what the mouse does there."""

from __future__ import annotations

from textual import events
from textual.message import Message
from textual.timer import Timer

from reports.units import UnitKind
from reviewer.widgets.report_page import ReportPage
from reviewer.widgets.report_paint import GUTTER
from reviewer.widgets.text_cursor import between, cursor_at, go

EDGE_SCROLL = 0.1
"""Seconds between two rows while a drag is held above or below the text."""

WHEEL = 3
"""Rows that a step of the wheel scrolls."""

_CLICKED = {2: UnitKind.WORD, 3: UnitKind.SENTENCE, 4: UnitKind.PARAGRAPH}


class ReportView(ReportPage):
    """A click goes to the annotation or unit there, a double one to the word, a third to the sentence, a
    fourth to the paragraph; a drag selects from letter to letter; the wheel takes the unit along."""

    class SignPressed(Message):
        """The sign of annotation `key` in the gutter was clicked."""

        def __init__(self, key: int) -> None:
            super().__init__()
            self.key = key

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._drag: int | None = None
        self._dragged = False
        self._pointer = (0, 0)
        self._edge_timer: Timer | None = None

    def offset_at(self, x: int, y: int) -> int:
        """The code point drawn at column `x` of line `y` of the view, or the nearest one."""
        return self._offset(self.top_row + y, x - GUTTER)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        if event.button != 1 or not self.row_count:
            return
        self._drag, self._dragged = self.offset_at(event.x, event.y), False
        self._pointer = (event.x, event.y)
        self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        if self._drag is None or (event.x, event.y) == self._pointer:
            return
        self._pointer = (event.x, event.y)
        self._dragged = True
        self._drag_to_pointer()
        self._scroll_at_edge(not 0 <= event.y < self.size.height)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        if self._drag is not None:
            self._drag = None
            self.release_mouse()
            self._scroll_at_edge(False)

    def on_click(self, event: events.Click) -> None:
        if self._dragged or event.button != 1 or not self.row_count:
            return
        offset = self.offset_at(event.x, event.y)
        if event.x < GUTTER:
            begun = self.marks_beginning(self.top_row + event.y)
            if begun:
                self.post_message(self.SignPressed(begun[0].key))
                return
        start, end = self._clicked(offset, event.chain)
        self.move(self.cursor.at(start, end), reveal=False)

    def _clicked(self, offset: int, chain: int) -> tuple[int, int]:
        """What the click number `chain` on code point `offset` takes: first the smallest annotation there,
        or the unit if that is the current range or there is none."""
        if chain == 1:
            there = sorted(self.marks.touching(offset, offset + 1), key=lambda mark: mark.end - mark.start)
            if there and (there[0].start, there[0].end) != (self.cursor.start, self.cursor.end):
                return there[0].start, there[0].end
        kind = _CLICKED.get(min(chain, max(_CLICKED)))
        unit = cursor_at(self.document, offset, kind) if kind else go(self.document, self.cursor, offset)
        return unit.start, unit.end

    def _drag_to_pointer(self) -> None:
        if self._drag is not None:
            x, y = self._pointer
            y = max(0, min(y, self.size.height - 1))
            self.move(
                between(self.document, self._drag, self.offset_at(x, y), self.cursor.grain), reveal=False
            )

    def _scroll_at_edge(self, beyond: bool) -> None:
        if self._edge_timer is not None:
            self._edge_timer.stop()
            self._edge_timer = None
        if beyond:
            self._edge_timer = self.set_interval(EDGE_SCROLL, self._scroll_for_drag)

    def _scroll_for_drag(self) -> None:
        step = -1 if self._pointer[1] < 0 else 1
        self.scroll_to_row(self.top_row + step)
        self._drag_to_pointer()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        self._turn_wheel(event, WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        self._turn_wheel(event, -WHEEL)

    def _turn_wheel(self, event: events.MouseEvent, rows: int) -> None:
        event.stop()
        event.prevent_default()
        if self.row_count:
            self.scroll_to_row(self.top_row + rows)
            self._take_along()

    def _take_along(self) -> None:
        """Keep the current unit in sight while the wheel turns; a free selection stays where it is."""
        cursor = self.cursor
        unit = cursor_at(self.document, cursor.start, cursor.grain)
        if cursor.selecting or (unit.start, unit.end) != (cursor.start, cursor.end):
            return
        top, bottom = self.top_row, self.top_row + self.page_rows - 1
        first, last = self._row_of(cursor.start), self._row_of(cursor.end - 1)
        if last < top:
            self.move(go(self.document, cursor, self._offset(top, 0)), reveal=False)
        elif first > bottom:
            self.move(go(self.document, cursor, self._offset(bottom, 0)), reveal=False)
