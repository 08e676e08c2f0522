"""The base of everything that shows many rows: only those in sight are drawn, only changed ones again."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual.cache import LRUCache
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

CACHED_ROWS = 512


class LineView(ScrollView, can_focus=True, inherit_bindings=False):
    """A scrolling pane of `row_count` rows, each drawn by `render_row` when it comes into sight.

    A subclass sets `row_count`, draws a row in `render_row`, and calls `refresh_rows` for rows that changed
    or `refresh_all` when any of them may have. Rows are numbered from 0 in the whole content, not on the
    screen. There is no scrollbar, since one costs a column of the terminal per scrolled row.
    """

    ALLOW_SELECT = False

    DEFAULT_CSS = """
    LineView {
        overflow: hidden hidden;
        scrollbar-size: 0 0;
        background: $background;
        color: $foreground;
    }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self.auto_links = False
        self._row_count = 0
        self._strips: LRUCache[int, Strip] = LRUCache(CACHED_ROWS)
        self._styles_by_name: dict[str, Style] = {}

    @property
    def row_count(self) -> int:
        """Rows in the whole content."""
        return self._row_count

    @row_count.setter
    def row_count(self, count: int) -> None:
        self._row_count = count
        self._strips.clear()
        self.virtual_size = Size(self.size.width, count)
        self.refresh()

    def change_row_count(self, count: int, first: int = 0) -> None:
        """Rows from row `first` on are other ones now, `count` in all; unlike setting `row_count` this asks
        for no new layout of the screen, and the rows above stay drawn."""
        self._row_count = count
        self.set_reactive(LineView.virtual_size, Size(self.size.width, count))
        for row in list(self._strips.keys()):
            if row >= first:
                self._strips.discard(row)
        if self.top_row > self.max_scroll_y:
            self.scroll_to_row(self.max_scroll_y)
        top = max(first, self.top_row)
        if top < self.top_row + self.page_rows:
            self.refresh_lines(top, self.top_row + self.page_rows - top)

    @property
    def allow_vertical_scroll(self) -> bool:
        return self.max_scroll_y > 0

    @property
    def top_row(self) -> int:
        """The first row in sight."""
        return int(self.scroll_offset.y)

    @property
    def page_rows(self) -> int:
        """Rows in sight, at least 1."""
        return max(1, self.size.height)

    def render_row(self, row: int, width: int) -> Strip:
        """Draw row number `row` at most `width` cells wide; kept until the row is refreshed."""
        raise NotImplementedError

    def render_line(self, y: int) -> Strip:
        row, width = self.top_row + y, self.size.width
        if row >= self._row_count:
            return Strip.blank(width, self.base_style)
        strip = self._strips.get(row)
        if strip is None:
            strip = self.render_row(row, width)
            if strip.cell_length != width:
                strip = strip.adjust_cell_length(width, self.base_style)
            self._strips[row] = strip
        return strip

    def refresh_rows(self, first: int, count: int = 1) -> None:
        """Redraw `count` rows from row `first` on; those out of sight when they come into it."""
        for row in range(first, first + count) if count <= CACHED_ROWS else list(self._strips.keys()):
            self._strips.discard(row)
        top, bottom = max(first, self.top_row), min(first + count, self.top_row + self.page_rows)
        if top < bottom:
            self.refresh_lines(top, bottom - top)

    def refresh_all(self) -> None:
        """Redraw every row."""
        self._strips.clear()
        self.refresh()

    def show_rows(self, first: int, count: int = 1, *, margin: int = 0) -> None:
        """Scroll as little as needed until `count` rows from row `first` on are in sight, with `margin` rows
        round them; the first of them wins where they do not fit."""
        height = self.page_rows
        margin = max(0, min(margin, (height - count) // 2))
        top = self.top_row
        if first + count + margin > top + height:
            top = first + count + margin - height
        top = min(top, first - margin)
        self.scroll_to_row(top)

    def scroll_to_row(self, row: int) -> None:
        """Make row number `row` the first in sight, as far as the content allows."""
        self.scroll_to(y=max(0, row), animate=False, force=True)

    @property
    def base_style(self) -> Style:
        """The style of blank cells."""
        return self.style_of("")

    def style_of(self, name: str) -> Style:
        """The style of component class `name` over the view's own (`""`: the view's own)."""
        style = self._styles_by_name.get(name)
        if style is None:
            style = self.get_component_rich_style(name) if name else self.rich_style
            self._styles_by_name[name] = style
        return style

    def accent_of(self, name: str) -> Style:
        """Only what component class `name` sets itself, to be laid over another style."""
        key = f"+{name}"
        style = self._styles_by_name.get(key)
        if style is None:
            style = self._styles_by_name[key] = self.get_component_rich_style(name, partial=True)
        return style

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._styles_by_name.clear()
        self._strips.clear()

    def on_resize(self) -> None:
        self._strips.clear()

    def text_strip(self, text: str, style: Style | None = None) -> Strip:
        """`text` in one style (the view's own if None) as a strip."""
        return Strip([Segment(text, self.base_style if style is None else style)])
