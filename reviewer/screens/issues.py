"""The issue list: the annotations of all reports, narrowed by a filter, grouped and sorted."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Static

from annotations.filter_completion import Completion, Indexes
from annotations.filter_sql import check_filter
from annotations.filters import IssueFilter, format_filter
from annotations.models import Annotation, Change
from reports.errors import ReviewError
from reviewer.commands import bindings
from reviewer.filtering import offer
from reviewer.i18n import _
from reviewer.screens.facet_panel import TITLES, FacetPanel
from reviewer.screens.issue_columns import column_sorted_by, known_columns
from reviewer.screens.issue_groups import namer, sections_of
from reviewer.screens.issue_listing import (
    Asked,
    Counters,
    FacetKeeper,
    Facets,
    Later,
    Listing,
    SecondReader,
    Tally,
    ViewCounter,
    ViewCounts,
    in_thread,
    look_first,
)
from reviewer.screens.issue_marked import MarkedIssues
from reviewer.screens.issue_rows import Line, detail_rows
from reviewer.screens.issue_table import IssueTable
from reviewer.screens.issue_title import Doing, title_parts
from reviewer.screens.issue_views import IssueViews
from reviewer.widgets.bars import TitleBar
from reviewer.widgets.detail import Detail
from reviewer.widgets.filter_line import FilterLine
from reviewer.widgets.heading_line import HeadingLine
from reviewer.widgets.item_list import ItemList
from reviewer.widgets.literal import literal
from reviewer.widgets.tab_line import TabLine
from reviewer.words import number

REST = 0.12
"""Seconds without a key until the rows behind the first ones are looked for."""
SETTLE = 0.05
"""Seconds that the cursor stays on an issue until all of it is shown below the list."""
LOW, LOWEST = 30, 16
"""Rows of the terminal below which the lines about the current issue are fewer, or none."""
NARROW = 100
"""Cells below which the panel of counts is narrower."""
_FACETS = "issues-facets"


class IssuesScreen(IssueViews):
    """`filter_text`: what to narrow the list to; None for what it was narrowed to last."""

    PLACE = "issues"
    AUTO_FOCUS = "#issues"
    CSS_PATH = "issues.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("issues")

    class Found(Message):
        """Something that was looked for in a thread."""

        def __init__(self, found: object) -> None:
            super().__init__()
            self.found = found

    def __init__(self, filter_text: str | None = None) -> None:
        super().__init__()
        self.first_filter = filter_text
        self.asked = Asked()
        self._listing = Listing(self.asked, array("q"))
        self._tally: Tally | None = None
        self._keeper = FacetKeeper()
        self._counter = ViewCounter()
        self._facets: Facets | None = None
        self._typed_before = ""
        self._rest: Timer | None = None
        self._settling: Timer | None = None

    def compose(self) -> ComposeResult:
        yield TitleBar(id="title")
        yield TabLine(id="tabs")
        yield FilterLine(self._check, self._complete, id="filter-line")
        with Horizontal(id="body"):
            yield FacetPanel(id="facets")
            with Vertical(id="list"):
                yield HeadingLine(indent=2, id="headings")
                yield IssueTable(self.store.issues, id="issues")
                yield Static(id="empty")
        yield Detail(self._draw_detail, id="detail")
        yield self.hint_bar()

    @property
    def panel(self) -> FacetPanel:
        return self.query_one(FacetPanel)

    def on_mount(self) -> None:
        self._fit()
        self.set_class(bool(self.store.recall(_FACETS)), "facets")
        self.begin()
        self.follow_changes()

    def on_resize(self) -> None:
        self._fit()

    def _fit(self) -> None:
        height = self.app.size.height
        self.set_class(height < LOW, "low")
        self.set_class(height < LOWEST, "lowest")
        self.set_class(self.app.size.width < NARROW, "narrow")

    def retranslate(self) -> None:
        self.line.retranslate()
        self._list(self._listing, follow=True)
        self._show_facets()
        self.show_tabs()
        self.rows.refresh_all()

    def _check(self, text: str) -> IssueFilter:
        return check_filter(text, self.store.issues.directory)

    def _complete(self, text: str, cursor: int) -> Sequence[Completion]:
        choices = self.home.choices
        return offer(text, cursor, self.store.issues.directory, Indexes(choices.tags(), choices.agencies()))

    def ask(self, asked: Asked, *, follow: bool = False) -> None:
        """Show what is asked for: the first rows at once, a long list's others from a thread.

        `follow`: it is the same list, changed; the cursor keeps its place where its issue is gone.
        """
        try:
            first = look_first(self.store, asked)
        except ReviewError as error:
            self.refuse(error)
            return
        self.asked = asked
        if follow:
            self.rows.read_again()
        longer = follow and len(self._listing.ids) > len(first.ids if first else ())
        if first is not None and (first.whole or not longer):
            self._list(first, follow=follow)
        self._look(0 if follow else REST, listed=first is not None and first.whole)

    def _look(self, delay: float, *, listed: bool) -> None:
        """Look for the rest in a thread, once no key was pressed for `delay` seconds."""
        if self._rest is not None:
            self._rest.stop()
            self._rest = None
        if delay:
            self._rest = self.set_timer(delay, lambda: self._look(0, listed=listed))
            return
        reader, asked = SecondReader(self.store), self.asked
        keeper = self._keeper if self.has_class("facets") else None
        counters = Counters(keeper, self._counter, self.texts_to_count())

        def tell(found: object) -> None:
            self.post_message(self.Found(found))

        def look() -> None:
            in_thread(reader, asked, listed, counters, tell)

        self.run_worker(look, thread=True, exclusive=True, group="look", exit_on_error=False)

    def _count_views(self) -> None:
        """Count anew for the tabs, unless everything is about to be looked for."""
        if self._rest is None:
            self._look(0, listed=self._listing.whole)

    def on_issues_screen_found(self, message: Found) -> None:
        found = message.found
        if isinstance(found, Listing) and found.asked == self.asked:
            self._list(found, follow=True)
        elif isinstance(found, Tally) and found.asked == self.asked:
            self._tally = found
            self._every = found.every
            self._show_title()
            self.show_tabs()
        elif isinstance(found, Later):
            self.set_timer(found.seconds, self._count_views)
        elif isinstance(found, ViewCounts):
            self._view_counts = found.counts
            self.show_tabs()
        elif isinstance(found, Facets) and found.asked.wanted == self.asked.wanted:
            self._facets = found
            self._show_facets()

    def _list(self, listing: Listing, *, follow: bool) -> None:
        if not (follow and listing.whole and listing.ids == self._listing.ids):
            self._tally = self._tally if follow else None
        self._listing = listing
        group = listing.asked.arrangement.group
        sections = sections_of(self.store, group, listing.groups)
        self.rows.show_ids(listing.ids, sections, group=group, follow=follow)
        self._go_to_wished(whole=listing.whole)
        self._show()

    def _go_to_wished(self, *, whole: bool) -> None:
        """Put the cursor where it was when the list was left, once that issue is listed."""
        wished = self.wished_row
        if wished is None:
            return
        if self.rows.pages.place_of(wished) is not None:
            self.rows.go_to(wished)
            self.wished_row = None
        elif whole:
            self.wished_row = None

    def _show(self) -> None:
        self.show_tabs()
        self._show_headings()
        empty = not self._listing.ids
        self.set_class(empty, "empty")
        if empty:
            if self.asked.wanted:
                text = _("Nothing fits this filter. Press c to show everything.")
            else:
                text = _(
                    "No passages yet. Open a report and put a tag on a passage: it is listed here "
                    "from that moment on."
                )
            self.query_one("#empty", Static).update(literal(text))
        self.query_one(Detail).update()

    def count_shown(self) -> str:
        return number(len(self._listing.ids)) if self._listing.whole else "…"

    def _show_facets(self) -> None:
        if self._facets is not None:
            namers = {word: namer(self.store, word) for word in TITLES}
            self.panel.show_counts(
                self._facets.counts, self.asked.wanted, lambda word, value: namers[word](value)
            )

    def _show_title(self) -> None:
        doing = Doing(self.rows.mark_count, self.busy_with, self.save_offer())
        asked_for = replace(self._listing, asked=self.asked)
        self.query_one(TitleBar).show(*title_parts(asked_for, self._tally, doing))

    def show_tabs(self) -> None:
        super().show_tabs()
        self._show_title()

    def on_descendant_focus(self) -> None:
        self._show_title()

    def on_issue_table_columns_fitted(self) -> None:
        self._show_headings()

    def _show_headings(self) -> None:
        if not self.rows.size:
            return
        arrangement = self.asked.arrangement
        self.query_one(HeadingLine).show_columns(
            self.rows.heading_columns(),
            column_sorted_by(arrangement.sort),
            descending=arrangement.descending,
        )

    def _draw_detail(self, width: int, height: int) -> list[Line]:
        seen = self.rows.current_seen
        return detail_rows(seen, width, height, self.store.comments(seen.row.id)) if seen else []

    def reload(self) -> None:
        self.follow_views()
        self.ask(self.asked, follow=True)

    def busy_changed(self) -> None:
        self._show_title()

    def act(self, do: Callable[[], Change]) -> Change | None:
        change = super().act(do)
        self.reload()
        return change

    def subject(self) -> Annotation | None:
        found = self.rows.pages.id_at(self.rows.cursor)
        if found is None:
            return None
        annotation = self.store.annotation(found)
        return None if annotation.deleted else annotation

    def marked_rows(self) -> MarkedIssues:
        return MarkedIssues(self.store, self.rows.marked.ids())

    def on_issue_table_marks_changed(self) -> None:
        self._show_title()

    def on_item_list_moved(self, message: ItemList.Moved) -> None:
        if message.view is not self.rows:
            return
        self.row_noted = self.rows.pages.id_at(message.item)
        if self._settling is None:
            self._settling = self.set_timer(SETTLE, self._rest_on_row)

    def _rest_on_row(self) -> None:
        self._settling = None
        self.query_one(Detail).update()
        self.remember_soon()
        self.mind_whose(self.rows.current)

    def on_item_list_chosen(self, message: ItemList.Chosen) -> None:
        if message.view is self.rows:
            self.action_open()
        elif message.view is self.panel and (chosen := self.panel.chosen):
            self.toggle(*chosen)

    def on_filter_line_changed(self, message: FilterLine.Changed) -> None:
        self.ask(Asked(message.wanted, self.asked.arrangement))
        self.show_tabs()

    def on_filter_line_left(self, message: FilterLine.Left) -> None:
        self.rows.focus()
        if message.kept:
            self._remember()
        else:
            self.narrow_to(self._typed_before)

    def action_open(self) -> None:
        row = self.rows.current
        if row is not None:
            self._remember()
            self.home.open_report(row.report_id, row.id)

    def action_filter(self) -> None:
        self._typed_before = self.line.good
        self.line.edit()

    def action_facets(self) -> None:
        """To the panel of counts, which is shown if it is not; from there back to the list."""
        if self.panel.has_focus:
            self.rows.focus()
            return
        if not self.has_class("facets"):
            self.add_class("facets")
            self.store.remember(_FACETS, "shown")
            self._look(0, listed=self._listing.whole)
        self.panel.focus()

    def _hide_facets(self) -> None:
        self.remove_class("facets")
        self.store.remember(_FACETS, None)
        self.rows.focus()

    def action_look(self) -> None:
        self.home.open_looking(format_filter(self.asked.wanted))

    def action_export(self) -> None:
        columns = [name for name, _width in known_columns(self.rows.chosen)]
        self.home.open_export(filter_text=format_filter(self.asked.wanted), columns=columns)

    def action_back(self) -> None:
        """First the panel, the marks or a filter that cannot be understood go; then back to where one came
        from."""
        if self.panel.has_focus:
            self._hide_facets()
        elif self.rows.is_marking:
            self.rows.end_range(keep=False)
        elif self.rows.mark_count:
            self.rows.unmark_all()
        elif self.line.is_wrong and self.line.text.strip() != self.saved_filter:
            self.narrow_to(self.line.good)
        else:
            self._remember()
            self.dismiss(None)

    def on_unmount(self) -> None:
        self.write()
