"""The rows of the issue list: read as they come into sight, marked, grouped."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.message import Message

from reviewer.commands import bindings
from reviewer.i18n import _
from reviewer.screens.issue_pages import IssuePages
from reviewer.screens.issue_rows import COLUMNS, draw_row
from reviewer.widgets.columns import Column, fit_columns
from reviewer.widgets.parts import Part
from reviewer.widgets.sectioned_rows import MARGIN, Section, SectionedRows

if TYPE_CHECKING:
    from annotations.issues import IssueRow, Issues


class IssueTable(SectionedRows):
    """`marked`: ids of the issues that acts are for, if any; they stay marked while they are filtered away.
    `today`: the ISO day that overdue is reckoned from."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("marks")

    class ColumnsFitted(Message):
        """The list has another width, and perhaps other columns."""

    class MarksChanged(Message):
        """Other issues are marked."""

    def __init__(self, issues: Issues, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(self._draw, self._is_marked, id=id)
        self.pages = IssuePages(issues)
        self.marked: set[int] = set()
        self.today = issues.today()
        self._group = ""
        self._fitted: tuple[int, list[tuple[Column, int]]] = (0, [])

    @property
    def current(self) -> IssueRow | None:
        """The issue under the cursor; None if there is none or it is gone."""
        return self.pages.row(self.cursor)

    def show_ids(self, ids: array[int], sections: Sequence[Section], *, group: str, follow: bool) -> None:
        """Show these under the headings of a `group`, the cursor on the same issue. Where that is gone: in
        the same place if `follow`, else on the first."""
        if group != self._group:
            self._group, self._fitted = group, (0, [])
        was, above, count = self.cursor, self.rows_above, len(ids)
        keep = self.pages.id_at(was)
        self.pages.extend(ids)
        place = self.pages.place_of(keep) if keep is not None else None
        if place is None:
            place, above = (min(was, max(0, count - 1)), above) if follow else (0, 0)
        self.show_items(count, sections, place, above)

    def read_again(self) -> None:
        """Read every row again when it is drawn."""
        self.pages.show(self.pages.ids)
        self.refresh_all()

    def columns(self, width: int) -> list[tuple[Column, int]]:
        """The columns that fit into `width` cells of a row; what the headings say is left out."""
        if self._fitted[0] != width:
            shown = [column for column in COLUMNS if column.name != self._group]
            self._fitted = (width, fit_columns(shown, width))
        return self._fitted[1]

    def heading_columns(self) -> list[tuple[Column, int]]:
        """The columns as they are shown."""
        return self.columns(max(0, self.size.width - MARGIN))

    def on_resize(self) -> None:
        self.post_message(self.ColumnsFitted())

    def _draw(self, item: int, width: int) -> list[Part]:
        row = self.pages.row(item)
        if row is None:
            return [(_("deleted"), "quiet")]
        return draw_row(row, self.columns(width), self.today)

    def _is_marked(self, item: int) -> bool:
        return bool(self.marked) and self.pages.id_at(item) in self.marked

    def _set_mark(self, items: Sequence[int], on: bool) -> None:
        ids = {found for item in items if (found := self.pages.id_at(item)) is not None}
        self.marked = self.marked | ids if on else self.marked - ids
        for item in items:
            self.refresh_rows(*self.rows_of(item))
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

    def action_mark_all(self) -> None:
        """Mark all that the list shows; none, if all are marked already."""
        ids = set(self.pages.ids)
        self.marked = self.marked - ids if ids <= self.marked else self.marked | ids
        self.refresh_all()
        self.post_message(self.MarksChanged())

    def unmark_all(self) -> None:
        """Take every mark off."""
        self.marked = set()
        self.refresh_all()
        self.post_message(self.MarksChanged())

    def on_sectioned_rows_mark_clicked(self, message: SectionedRows.MarkClicked) -> None:
        message.stop()
        self._set_mark([message.item], not self._is_marked(message.item))
