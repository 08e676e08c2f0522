"""A chart whose counts are cells for a cursor, keys and the mouse."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from reviewer.charts.chart import Cell, Chart, Span
from reviewer.commands import bindings
from reviewer.layout.cells import offset_of, width
from reviewer.widgets.detail import Detail
from reviewer.widgets.line_view import LineView
from reviewer.widgets.parts import CLASSES, parts_strip

MARGIN = 1
"""Cells before a line, for the mark of the current one; as many stay free behind it."""
_STYLES = ("bar", "settled", "late", "open", "overdue", "cell", "heat1", "heat2", "heat3", "heat4")


_CLASSES = {*CLASSES, *(f"part--{name}" for name in _STYLES)}


class ChartHead(Detail):
    """The lines above a chart."""

    COMPONENT_CLASSES: ClassVar[set[str]] = _CLASSES


class ChartView(LineView):
    """The lines of a chart, below its head. Number `cursor` is the current one of its cells."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("chart")
    COMPONENT_CLASSES: ClassVar[set[str]] = _CLASSES
    DEFAULT_CSS = """
    ChartView { width: 1fr; height: 1fr; }
    """

    cursor: reactive[int] = reactive(0, repaint=False, init=False)
    """Number of the current cell; 0 in an empty chart."""

    class Moved(Message):
        """The current cell is another one."""

    class Chosen(Message):
        """Enter or a double click on a cell."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._chart = Chart()

    @property
    def room(self) -> int:
        """Cells that a chart is drawn in."""
        return max(20, self.size.width - 2 * MARGIN)

    @property
    def chart(self) -> Chart:
        return self._chart

    @property
    def current(self) -> Cell | None:
        """The cell under the cursor."""
        return self._chart.cells[self.cursor] if self.cursor < len(self._chart.cells) else None

    def show_chart(self, chart: Chart, *, begin: int | None = None) -> None:
        """Show `chart`, the cursor on cell `begin`; without that it stays on what it is on, or else where it
        is."""
        before = self.current
        self._chart = chart
        found = begin
        if before is not None and begin is None:
            found = chart.like(before.key)
            found = chart.at(before.row, before.start) if found is None else found
        self.row_count = len(chart.lines)
        self.set_reactive(ChartView.cursor, self.validate_cursor(self.cursor if found is None else found))
        if begin is not None:
            self.scroll_to_row(0)
        self._show_cursor()
        self.post_message(self.Moved())

    def validate_cursor(self, cursor: int) -> int:
        return max(0, min(cursor, len(self._chart.cells) - 1))

    def watch_cursor(self, old: int, new: int) -> None:
        for number in (old, new):
            if number < len(self._chart.cells):
                self.refresh_rows(self._chart.cells[number].row)
        self._show_cursor()
        self.post_message(self.Moved())

    def _show_cursor(self) -> None:
        if self.current is not None:
            self.show_rows(self.current.row)

    def render_row(self, row: int, width: int) -> Strip:
        line: Sequence[Span] = self._chart.lines[row]
        cell = self.current
        base, mark = self.base_style, " "
        if cell is not None and cell.row == row:
            mark = "▌"
            if _is_whole(cell):
                base = self._current_row()
            else:
                line = _with_style(line, cell.start, cell.end, "cell")
        return parts_strip([(mark, "accent"), *line], base, self.accent_of).adjust_cell_length(width, base)

    def _current_row(self) -> Style:
        return self.style_of("part--current")

    def action_down(self) -> None:
        self._go_below(1)

    def action_up(self) -> None:
        self._go_below(-1)

    def action_right(self) -> None:
        if self.current is not None:
            self.cursor = self._chart.beside(self.cursor, 1)

    def action_left(self) -> None:
        if self.current is not None:
            self.cursor = self._chart.beside(self.cursor, -1)

    def action_page(self, direction: int) -> None:
        self._go_below(direction * max(1, self.page_rows - 1))

    def action_first(self) -> None:
        self._go_below(-len(self._chart.lines))

    def action_last(self) -> None:
        self._go_below(len(self._chart.lines))

    def action_choose(self) -> None:
        if self.current is not None:
            self.post_message(self.Chosen())

    def _go_below(self, step: int) -> None:
        if self.current is not None:
            self.cursor = self._chart.below(self.cursor, step)

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset_capture(self)
        found = self._chart.at(self.top_row + offset.y, offset.x - MARGIN)
        if found is None:
            return
        self.cursor = found
        if event.chain == 2:
            self.action_choose()


def _is_whole(cell: Cell) -> bool:
    """Whether it is all of its line."""
    return cell.start == 0


def _with_style(line: Sequence[Span], start: int, end: int, style: str) -> list[Span]:
    """`line` with `style` for what stands in the terminal cells [start, end), instead of its own."""
    found: list[Span] = []
    at = 0
    for text, name in line:
        wide = width(text)
        first, last = (offset_of(text, max(0, edge - at)) for edge in (start, end))
        found += [(text[:first], name), (text[first:last], style), (text[last:], name)]
        at += wide
    return [span for span in found if span[0]]
