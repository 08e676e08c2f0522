"""The rows of the issue list: read as they come into sight, marked, grouped."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.message import Message

from reviewer.commands import bindings
from reviewer.i18n import _
from reviewer.screens.issue_columns import Seen, columns_of
from reviewer.screens.issue_marks import Marks
from reviewer.screens.issue_pages import IssuePages
from reviewer.screens.issue_rows import draw_row
from reviewer.viewing import Columns
from reviewer.widgets.columns import Column, fit_columns
from reviewer.widgets.parts import Part
from reviewer.widgets.sectioned_rows import MARGIN, Section, SectionedRows

if TYPE_CHECKING:
    from annotations.issues import IssueRow, Issues


class IssueTable(SectionedRows):
    """Marked issues are those that acts are for, if any; they stay marked while they are filtered away.
    `today`: the ISO day that overdue is reckoned from. `chosen`: the columns to show."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("marks")

    class ColumnsFitted(Message):
        """The list has another width, and perhaps other columns."""

    class MarksChanged(Message):
        """Other issues are marked."""

    def __init__(self, issues: Issues, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(self._draw, self._is_marked, id=id)
        self.pages = IssuePages(issues)
        self.today = issues.today()
        self.chosen: Columns = ()
        self._marks = Marks()
        self._anchor: int | None = None
        self._group = ""
        self._fitted: tuple[int, list[tuple[Column, int]]] = (0, [])

    @property
    def current(self) -> IssueRow | None:
        """The issue under the cursor; None if there is none or it is gone."""
        return self.pages.row(self.cursor)

    @property
    def current_seen(self) -> Seen | None:
        """The same as it is to be shown."""
        return self.pages.seen(self.cursor, self.today)

    def show_ids(self, ids: array[int], sections: Sequence[Section], *, group: str, follow: bool) -> None:
        """Show these under the headings of a `group`, the cursor on the same issue. Where that is gone: in
        the same place if `follow`, else on the first."""
        self.end_range()
        if group != self._group:
            self._group, self._fitted = group, (0, [])
        was, above, count = self.cursor, self.rows_above, len(ids)
        keep = self.pages.id_at(was)
        self.pages.extend(ids)
        place = self.pages.place_of(keep) if keep is not None else None
        if place is None:
            place, above = (min(was, max(0, count - 1)), above) if follow else (0, 0)
        self.show_items(count, sections, place, above)

    def show_columns(self, chosen: Columns) -> None:
        """Show the columns of `chosen`, the usual ones if it is empty."""
        if chosen != self.chosen:
            self.chosen, self._fitted = chosen, (0, [])
            self.refresh_all()
            self.post_message(self.ColumnsFitted())

    def go_to(self, annotation_id: int) -> None:
        """Put the cursor on an issue, if it is listed."""
        place = self.pages.place_of(annotation_id)
        if place is not None:
            self.cursor = place

    def read_again(self) -> None:
        """Read every row again when it is drawn."""
        self.pages.show(self.pages.ids)
        self.refresh_all()

    def columns(self, width: int) -> list[tuple[Column, int]]:
        """The columns that fit into `width` cells of a row; what the headings say is left out."""
        if self._fitted[0] != width:
            self._fitted = (width, fit_columns(columns_of(self.chosen, self._group), width))
        return self._fitted[1]

    def heading_columns(self) -> list[tuple[Column, int]]:
        """The columns as they are shown."""
        return self.columns(max(0, self.size.width - MARGIN))

    def on_resize(self) -> None:
        self.post_message(self.ColumnsFitted())

    def _draw(self, item: int, width: int) -> list[Part]:
        seen = self.pages.seen(item, self.today)
        if seen is None:
            return [(_("deleted"), "quiet")]
        return draw_row(seen, self.columns(width))

    @property
    def marked(self) -> Marks:
        """The issues that are marked; a range that is being marked is among them from now on."""
        self.end_range()
        return self._marks

    @property
    def mark_count(self) -> int:
        """How many are marked, or will be when the range ends."""
        ids = self._range()
        if not self._marks:
            return len(ids)
        return len(self._marks) + sum(1 for number in ids if number not in self._marks)

    @property
    def is_marking(self) -> bool:
        """Whether a range is being marked."""
        return self._anchor is not None

    def _is_marked(self, item: int) -> bool:
        if self._anchor is not None and self._in_range(item):
            return True
        found = self.pages.id_at(item) if self._marks else None
        return found is not None and found in self._marks

    def _in_range(self, item: int) -> bool:
        anchor = self.cursor if self._anchor is None else self._anchor
        return min(anchor, self.cursor) <= item <= max(anchor, self.cursor)

    def _range(self) -> array[int]:
        """Ids of the range that is being marked."""
        if self._anchor is None:
            return array("q")
        first, last = sorted((self._anchor, self.cursor))
        return self.pages.ids[first : last + 1]

    def _set_mark(self, items: Sequence[int], on: bool) -> None:
        ids = array("q", (found for item in items if (found := self.pages.id_at(item)) is not None))
        if on:
            self.marked.add(ids)
        else:
            self.marked.remove(ids)
        for item in items:
            self.refresh_rows(*self.rows_of(item))
        self.post_message(self.MarksChanged())

    def watch_cursor(self, old: int, new: int) -> None:
        super().watch_cursor(old, new)
        if self._anchor is not None:
            first, last = self.rows_of(min(old, new))[0], self.rows_of(max(old, new))[0]
            self.refresh_rows(first, last - first + 1)
            self.post_message(self.MarksChanged())

    def action_mark(self) -> None:
        """Mark the current one, or take the mark off, and go on to the next."""
        if self.item_count:
            self._set_mark([self.cursor], not self._is_marked(self.cursor))
            self.action_cursor(1)

    def action_mark_on(self, step: int) -> None:
        """Mark the current one and the next in a direction."""
        if self.item_count:
            before = self.cursor
            self.action_cursor(step)
            self._set_mark([before, self.cursor], True)

    def action_mark_range(self) -> None:
        """Begin a range that grows with the cursor; or keep it."""
        if self._anchor is not None:
            self.end_range()
        elif self.item_count:
            self._anchor = self.cursor
            self.refresh_rows(*self.rows_of(self.cursor))
            self.post_message(self.MarksChanged())

    def end_range(self, *, keep: bool = True) -> None:
        """Marking a range is over; what it holds stays marked if `keep`."""
        if self._anchor is None:
            return
        ids, self._anchor = self._range(), None
        if keep:
            self._marks.add(ids)
        self.refresh_all()
        self.post_message(self.MarksChanged())

    def action_mark_all(self) -> None:
        """Mark all that the list shows; none, if all are marked already."""
        ids = self.pages.ids
        if self.marked.has_all(ids):
            self._marks.remove(ids)
        else:
            self._marks.add(ids)
        self.refresh_all()
        self.post_message(self.MarksChanged())

    def unmark_all(self) -> None:
        """Take every mark off."""
        self._anchor = None
        self._marks.clear()
        self.refresh_all()
        self.post_message(self.MarksChanged())

    def on_sectioned_rows_mark_clicked(self, message: SectionedRows.MarkClicked) -> None:
        message.stop()
        self._set_mark([message.item], not self._is_marked(message.item))
