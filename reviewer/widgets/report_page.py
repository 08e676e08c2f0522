"""A report on the screen: its text with tags and cursor, laid out for 10 MB as for one page."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import replace
from typing import ClassVar

from rich.style import Style as Look
from textual.message import Message
from textual.strip import Strip
from textual.worker import get_current_worker

from reports.document import Blocks, Document
from reviewer.layout.page import Page
from reviewer.layout.row import BLANK
from reviewer.layout.rows import EXACT_AT_ONCE, Anchor, RowIndex
from reviewer.layout.runs import SpanIndex
from reviewer.widgets.ground import ground_of
from reviewer.widgets.line_view import LineView
from reviewer.widgets.marks import Mark, Marks
from reviewer.widgets.report_paint import GUTTER, Painter, Scene
from reviewer.widgets.text_cursor import TextCursor, go, settled

MARGIN = 2
"""Rows kept in sight above and below the current unit."""
COUNTED_AT_ONCE = 2_000


class ReportPage(LineView):
    """A document of any size. Positions are code points of its text; rows and cells are the view's own.

    Only what is in sight is laid out before the first paint; a worker counts the rest, and the row that was
    on top stays there when its result comes.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "report--bar",
        "report--heading",
        "report--quiet",
        "report--rule",
        "report--added",
        "report--removed",
    }
    DEFAULT_CSS = """
    ReportPage {
        width: 1fr;
        height: 1fr;
        & > .report--bar { color: $accent; }
        & > .report--heading { color: $strong; text-style: bold; }
        & > .report--quiet { color: $quiet; }
        & > .report--rule { color: $rule; }
        & > .report--added { color: $success; }
        & > .report--removed { color: $error; }
    }
    """

    class Moved(Message, namespace="report_view"):
        """The current range is another one."""

        def __init__(self, cursor: TextCursor) -> None:
            super().__init__()
            self.cursor = cursor

    class Scrolled(Message, namespace="report_view"):
        """Other blocks are in sight."""

    class Counted(Message, namespace="report_view"):
        """A worker knows the exact rows of every block of `page`."""

        def __init__(self, page: Page, counts: array[int]) -> None:
            super().__init__()
            self.page = page
            self.counts = counts

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.document = Document("", Blocks())
        self.cursor = TextCursor(0, 0)
        self._scene = Scene(self.cursor)
        self._page = Page(self.document, 2)
        self._index = RowIndex(self._page, exact=True)
        self._painter: Painter | None = None
        self._turned_to = (self.cursor, 0)

    def open(self, document: Document, cursor: TextCursor, marks: Marks) -> None:
        """Show `document` with `cursor` in sight."""
        self.document = document
        self.cursor = cursor
        self._scene = Scene(cursor, marks)
        self._painter = None
        if self.size.width:
            self._lay_out(cursor.start, self.size.height // 3)

    @property
    def _laid_out(self) -> bool:
        """Whether rows are known: from the first size on."""
        return self._page.document is self.document and self.row_count > 0

    @property
    def marks(self) -> Marks:
        return self._scene.marks

    @property
    def chosen(self) -> int | None:
        """Key of the annotation that the panel has opened."""
        return self._scene.chosen

    def show_marks(self, marks: Marks, changed: Iterable[tuple[int, int]] | None = None) -> None:
        """Show these annotations; redraws the rows of the code points `changed`, all rows if None."""
        self._change(replace(self._scene, cursor=self.cursor, marks=marks))
        if changed is None:
            self.refresh_all()
        else:
            for start, end in changed:
                self._redraw(start, end)

    def choose(self, key: int | None) -> None:
        """Let annotation `key` stand out among those it shares words with."""
        if key == self.chosen:
            return
        old, new = self.marks.get(self.chosen), self.marks.get(key)
        self._change(replace(self._scene, chosen=key))
        for mark in (old, new):
            if mark is not None:
                self._redraw(mark.start, mark.end)

    def show_matches(self, matches: SpanIndex, match: tuple[int, int] | None) -> None:
        """Show what was found, `match` as the one that one is at."""
        self._change(replace(self._scene, cursor=self.cursor, matches=matches, match=match))
        self.refresh_all()

    def show_mentions(self, mentions: SpanIndex) -> None:
        """Underline where agencies are named."""
        self._change(replace(self._scene, mentions=mentions))
        self.refresh_all()

    def show_edits(self, edits: SpanIndex) -> None:
        """Show what was added and removed, by the keys of `reviewer.widgets.report_paint`."""
        self._change(replace(self._scene, edits=edits))
        self.refresh_all()

    def move(self, cursor: TextCursor, *, reveal: bool = True) -> None:
        """Make `cursor` the current range and bring it into sight."""
        old = self.cursor
        cursor = settled(self.document, old, cursor)
        if cursor != old:
            self.cursor = cursor
            self._change(replace(self._scene, cursor=cursor))
            self._redraw(old.start, old.end)
            self._redraw(cursor.start, cursor.end)
            self.post_message(self.Moved(cursor))
        if reveal:
            self.reveal(cursor)

    def _change(self, scene: Scene) -> None:
        self._scene = scene

    def reveal(self, cursor: TextCursor) -> None:
        """Scroll until the range is in sight: as little as needed, or with it in the upper third if far."""
        if not self._laid_out:
            return
        start, last = cursor.start, max(cursor.start, cursor.end - 1)
        if cursor.selecting:
            start = last = self._leading
        self._settle(self.document.blocks.at(start))
        first, final = self._row_of(start), self._row_of(last)
        top, height = self.top_row, self.page_rows
        if first > top + 2 * height or final < top - height:
            self.scroll_to_row(first - height // 3)
        self.show_rows(first, final - first + 1, margin=MARGIN)

    @property
    def _leading(self) -> int:
        """The code point of the current range that motions lead: its first, or its last or first one while
        selecting, whichever end moves."""
        cursor = self.cursor
        return max(cursor.start, cursor.end - 1) if cursor.selecting and cursor.forward else cursor.start

    def turn_page(self, direction: int) -> None:
        """A screen on or back, the cursor with it; at the end to the last unit. There and back again is
        where one was, though a row between two blocks has no unit of its own."""
        cursor, row = self._turned_to
        if cursor != self.cursor:
            row = self._row_of(self._leading)
        top, shift = self.top_row, direction * max(1, self.page_rows - MARGIN)
        self.scroll_to_row(top + shift)
        if self.top_row != top:
            row += self.top_row - top
        else:
            row = self._index.total - 1 if direction > 0 else 0
        row = max(self.top_row, min(row, self.top_row + self.page_rows - 1))
        unit = go(self.document, self.cursor, self._offset(row, 0))
        if self.cursor.selecting:
            unit = self.cursor.stretched(unit.end if direction > 0 else unit.start)
        self.move(unit, reveal=False)
        self._turned_to = self.cursor, row

    def row_edge(self, *, end: bool) -> int:
        """The code point at the beginning or behind the end of the row on which the moving end is."""
        row = self._row_of(self._leading)
        return self._offset(row, 1 << 20) + 1 if end else self._offset(row, 0)

    def marks_beginning(self, row: int) -> list[Mark]:
        """The marks that begin in row number `row`, in text order."""
        anchor = self._index.locate(row)
        rows = self._page.rows(anchor.block)
        pieces = rows[anchor.row].pieces if anchor.row < len(rows) else ()
        return [mark for piece in pieces for mark in self.marks.beginning(piece.start, piece.end)]

    def blocks_in_sight(self) -> range:
        """Numbers of the blocks of which the last row is in sight."""
        first = self._index.locate(self.top_row).block
        last = self._index.locate(self.top_row + self.page_rows)
        return range(first, last.block if self.top_row + self.page_rows < self.row_count else last.block + 1)

    def render_row(self, row: int, width: int) -> Strip:
        anchor = self._index.locate(row)
        rows = self._page.rows(anchor.block)
        found = rows[anchor.row] if anchor.row < len(rows) else BLANK
        if self._painter is None:
            self._painter = Painter(self.document, ground_of(self.app), self._look)
        return self._painter.paint(found, anchor.block, self._scene, width)

    def _look(self, name: str) -> Look:
        return self.style_of(name)

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._painter = None

    def on_resize(self) -> None:
        if not len(self.document.blocks):
            return
        if not self._laid_out:
            self._lay_out(self.cursor.start, self.size.height // 3)
        elif self._page.width != self._text_width():
            visible = self.top_row <= self._row_of(self.cursor.start) < self.top_row + self.page_rows
            self._lay_out(self._offset(self.top_row, 0), 0)
            if visible:
                self.reveal(self.cursor)
        else:
            self.reveal(self.cursor)

    def _text_width(self) -> int:
        return max(2, self.size.width - GUTTER - 1)

    def _lay_out(self, offset: int, rows_above: int) -> None:
        """Lay the document out anew, code point `offset` in the row `rows_above` below the top."""
        self._page = Page(self.document, self._text_width())
        exact = len(self.document.text) <= EXACT_AT_ONCE
        self._index = RowIndex(self._page, exact=exact)
        self._turned_to = TextCursor(-1, -1), 0
        self._settle_round(self.document.blocks.at(offset))
        self.change_row_count(self._index.total)
        self.scroll_to_row(self._row_of(offset) - rows_above)
        self.post_message(self.Scrolled())
        if not exact:
            self.call_after_refresh(self._count_behind)

    def _count_behind(self) -> None:
        """Count exactly in a thread, begun only now so that it does not compete with the first paint."""
        self.run_worker(self._count, thread=True, exclusive=True, group="layout", exit_on_error=False)

    def _count(self) -> None:
        worker, page = get_current_worker(), self._page
        counts, size = array("I"), len(page.document.blocks)
        for first in range(0, size, COUNTED_AT_ONCE):
            if worker.is_cancelled:
                return
            counts += page.count(first, min(size, first + COUNTED_AT_ONCE))
        self.post_message(self.Counted(page, counts))

    def on_report_view_counted(self, message: Counted) -> None:
        message.stop()
        if message.page is self._page:
            top = self._index.locate(self.top_row)
            self._index.complete(message.counts)
            self._renumber(top)

    def _renumber(self, top: Anchor) -> None:
        """Rows have other numbers now: keep `top` the first in sight."""
        self.change_row_count(self._index.total)
        row = self._index.row_of(top)
        if row != self.top_row:
            self.scroll_to_row(row)

    def _settle_round(self, block: int) -> bool:
        height = self.page_rows
        return self._index.settle(block - height, block + 2 * height)

    def _settle(self, block: int) -> None:
        top = self._index.locate(self.top_row)
        if self._settle_round(block):
            self._renumber(top)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value):
            self._settle(self._index.locate(self.top_row).block)
            self.post_message(self.Scrolled())

    def _row_of(self, offset: int) -> int:
        block, row, _cell = self._page.find(offset)
        return self._index.top(block) + row

    def _offset(self, row: int, cell: int) -> int:
        """The code point at text cell `cell` of row number `row`."""
        anchor = self._index.locate(max(0, min(row, self._index.total - 1)))
        return self._page.offset(anchor.block, anchor.row, cell)

    def _redraw(self, start: int, end: int) -> None:
        """Draw the rows of code points [start, end) again."""
        if not self._laid_out:
            return
        first, last = self._row_of(start), self._row_of(max(start, end - 1))
        self.refresh_rows(first, last - first + 1)
