"""The issue list: the annotations of all reports, narrowed by a filter."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message
from textual.widgets import Static

from annotations.filters import IssueFilter, Term, format_filter, parse_filter
from annotations.models import Annotation, Change, Role
from reports.errors import ReviewError
from reviewer.commands import bindings
from reviewer.i18n import _, language, ngettext
from reviewer.screens.annotation_edits import AnnotationEdits
from reviewer.screens.filter_line import FilterLine
from reviewer.screens.issue_pages import IssuePages
from reviewer.screens.issue_rows import COLUMNS, detail_rows, draw_row
from reviewer.widgets.bars import PartsLine, TitleBar
from reviewer.widgets.columns import fit_columns, heading_parts
from reviewer.widgets.detail import Detail
from reviewer.widgets.item_list import ItemList
from reviewer.widgets.literal import literal
from reviewer.widgets.parts import Part, crop_parts
from reviewer.widgets.rows import Rows

if TYPE_CHECKING:
    from annotations.filter_completion import Completion

FIRST = 256
"""Rows looked for at once; where there are more, the rest is looked for in a thread."""
_FILTER = "issues-filter"
_OVERDUE = Term("overdue")


class IssuesScreen(AnnotationEdits[None]):
    """`filter_text`: what to narrow the list to; None for what it was narrowed to last."""

    PLACE = "issues"
    AUTO_FOCUS = "#issues"
    BINDINGS: ClassVar[list[BindingType]] = bindings("issues")

    class Found(Message):
        """All ids that a filter finds, and how many of them are overdue."""

        def __init__(self, wanted: IssueFilter, ids: array[int], overdue: int) -> None:
            super().__init__()
            self.wanted = wanted
            self.ids = ids
            self.overdue = overdue

    def __init__(self, filter_text: str | None = None) -> None:
        super().__init__()
        self._first_filter = filter_text
        self._filter = IssueFilter()
        self._total = 0
        self._overdue = 0
        self._today = date.today().isoformat()
        self._said = PartsLine(id="headings")

    def compose(self) -> ComposeResult:
        self._pages = IssuePages(self.store.issues)
        yield TitleBar(id="title")
        yield FilterLine(self._complete, self._said, id="filter-line")
        yield self._said
        yield Rows(self._draw, id="issues")
        yield Static(id="empty")
        yield Detail(self._draw_detail, id="detail")
        yield self.hint_bar()

    @property
    def rows(self) -> Rows:
        return self.query_one("#issues", Rows)

    @property
    def line(self) -> FilterLine:
        return self.query_one(FilterLine)

    def on_mount(self) -> None:
        text = self.store.recall(_FILTER) if self._first_filter is None else self._first_filter
        self.line.set_text(text or "")
        self._apply(text or "")
        self.follow_changes()

    def on_resize(self) -> None:
        self._show_headings()

    def reload(self) -> None:
        self._look()

    def retranslate(self) -> None:
        self.line.retranslate()
        self._show_all()

    def _complete(self, text: str, cursor: int) -> Sequence[Completion]:
        from annotations.filter_completion import complete

        return complete(text, cursor, self.store.issues.directory, language())

    def _apply(self, text: str) -> bool:
        """Narrow the list to what `text` asks for; False, and the word shown, if it means nothing."""
        before = self._filter
        try:
            self._filter = parse_filter(text)
            self._look(keep_place=self._filter == before)
        except ReviewError as error:
            self._filter = before
            self.line.refuse(error)
            return False
        if self._first_filter is None:
            self.store.remember(_FILTER, text.strip())
        return True

    def _look(self, *, keep_place: bool = True) -> None:
        """Look for what the filter finds: the first rows at once, a long list's others in a thread."""
        wanted, current = self._filter, self._pages.id_at(self.rows.cursor)
        at = self.rows.cursor
        first = self.store.issues.first(wanted, FIRST)
        if len(first) < FIRST:
            self._total = len(first)
            self._overdue = self._count_overdue()
            self._show_ids(first, current, at if keep_place else 0)
        else:
            if keep_place and len(self._pages) > FIRST:
                self._pages.show(self._pages.ids)
                self.rows.refresh_all()
            else:
                self._show_ids(first, current if keep_place else None, 0)
            self._look_for_all(wanted)

    def _count_overdue(self) -> int:
        if any(term.word == "overdue" for term in self._filter.terms):
            return self._total
        return self.store.issues.count(self._filter.adding(_OVERDUE))

    def _look_for_all(self, wanted: IssueFilter) -> None:
        path, reviewer = self.store.path, self.store.reviewer

        def look() -> None:
            from annotations.store import Store

            with Store.open(path, reviewer, create=False, readonly=True) as store:
                ids = store.issues.ids(wanted)
                overdue = store.issues.count(wanted.adding(_OVERDUE))
            self.post_message(self.Found(wanted, ids, overdue))

        self.run_worker(look, thread=True, exclusive=True, group="look", exit_on_error=False)

    def on_issues_screen_found(self, message: Found) -> None:
        if message.wanted == self._filter:
            self._total, self._overdue = len(message.ids), message.overdue
            current = self._pages.id_at(self.rows.cursor)
            self._pages.extend(message.ids)
            self._place(current, self.rows.cursor)
            self._show_title()

    def _show_ids(self, ids: array[int], current: int | None, at: int) -> None:
        self._pages.show(ids)
        self._place(current, at)
        self._show_all()

    def _place(self, current: int | None, at: int) -> None:
        """Show the list with the cursor on annotation `current`, or in place `at` if it is gone."""
        rows = self.rows
        rows.item_count = len(self._pages)
        found = self._pages.place_of(current) if current is not None else None
        rows.cursor = at if found is None else found
        rows.refresh_all()
        self.query_one(Detail).update()

    def _show_all(self) -> None:
        self._show_title()
        self._show_headings()
        self.set_class(not self._pages, "empty")
        if not self._pages:
            if self._filter:
                text = _("Nothing fits this filter. Press c to show everything.")
            else:
                text = _(
                    "No passages yet. Open a report and put a tag on a passage: it is listed here "
                    "from that moment on."
                )
            self.query_one("#empty", Static).update(literal(text))
        self.rows.refresh_all()
        self.query_one(Detail).update()

    def _show_title(self) -> None:
        said = ngettext("{count} passage", "{count} passages", self._total).format(count=f"{self._total:,}")
        right: list[Part] = [(said, "quiet")]
        if self._overdue:
            late = ngettext("{count} overdue", "{count} overdue", self._overdue)
            right += [(" · ", "quiet"), (f"! {late.format(count=f'{self._overdue:,}')}", "error")]
        self.query_one(TitleBar).show([(_("Issue list"), "strong")], right)

    def _show_headings(self) -> None:
        if not self.line.field.has_focus:
            fitted = fit_columns(COLUMNS, max(0, self.app.size.width - 2))
            self._said.show(heading_parts(fitted))

    def _draw(self, item: int, width: int) -> list[Part]:
        row = self._pages.row(item)
        if row is None:
            return [(_("deleted"), "quiet")]
        return draw_row(row, fit_columns(COLUMNS, width), self._today)

    def _draw_detail(self, width: int, height: int) -> list[list[Part]]:
        row = self._pages.row(self.rows.cursor)
        return [crop_parts(parts, width) for parts in detail_rows(row, width, height)] if row else []

    def act(self, do: Callable[[], Change]) -> Change | None:
        change = super().act(do)
        self._look()
        return change

    def subject(self) -> Annotation | None:
        found = self._pages.id_at(self.rows.cursor)
        if found is None:
            return None
        annotation = self.store.annotation(found)
        return None if annotation.deleted else annotation

    def on_item_list_moved(self, _message: ItemList.Moved) -> None:
        self.query_one(Detail).update()

    def on_item_list_chosen(self, _message: ItemList.Chosen) -> None:
        self.action_open()

    def on_filter_line_changed(self, message: FilterLine.Changed) -> None:
        if self._apply(message.text) and message.entered:
            self._leave_line()

    def on_filter_line_left(self, _message: FilterLine.Left) -> None:
        self._leave_line()

    def _leave_line(self) -> None:
        self.rows.focus()
        self.call_after_refresh(self._show_headings)

    def action_open(self) -> None:
        row = self._pages.row(self.rows.cursor)
        if row is not None:
            self.home.open_report(row.report_id, row.id)

    def action_filter(self) -> None:
        self.line.ask()

    def action_clear(self) -> None:
        """Show everything."""
        self.line.set_text("")
        self._apply("")

    def _narrow(self, term: Term) -> None:
        self.line.set_text(format_filter(self._filter.adding(term)))
        self._apply(self.line.text)

    def action_only_agency(self) -> None:
        row = self._pages.row(self.rows.cursor)
        leads = [link.agency for link in row.links if link.role is Role.LEAD] if row else []
        if row:
            self._narrow(Term("agency", (leads[0] if leads else "none",)))

    def action_only_tag(self) -> None:
        row = self._pages.row(self.rows.cursor)
        if row:
            self._narrow(Term("tag", (row.tag_slugs[0] if row.tag_slugs else "none",)))

    def action_only_report(self) -> None:
        row = self._pages.row(self.rows.cursor)
        if row:
            self._narrow(Term("report", (row.report,)))

    def action_export(self) -> None:
        self.home.open_export(filter_text=format_filter(self._filter))

    def action_back(self) -> None:
        """From the filter line to the list; from there back to where one came from."""
        if self.line.field.has_focus:
            self.line.set_text(format_filter(self._filter))
            self._leave_line()
        else:
            self.dismiss(None)
