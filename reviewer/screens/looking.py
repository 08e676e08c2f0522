"""The issue list as bars, heat map, trend and grid of deadlines; each cell opens the rows that it counts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message
from textual.widgets import Static

from annotations.filter_completion import Completion, Indexes
from annotations.filter_sql import check_filter
from annotations.filters import IssueFilter, format_filter
from annotations.narrowing import Narrower
from reports.errors import ReviewError
from reviewer.charts.chart import Chart
from reviewer.charts.names import by_word
from reviewer.commands import bindings, key_name, keys_of
from reviewer.commands import command as command_named
from reviewer.filtering import offer
from reviewer.i18n import N_, _, ngettext
from reviewer.looking import (
    BARS,
    BARS_BY,
    GRID,
    HEAT,
    HEAT_BY,
    LOOKS,
    TREND,
    Look,
    Looked,
    look_at,
    moment_of,
)
from reviewer.screens.base import ReviewerScreen
from reviewer.screens.issue_listing import AT_ONCE, SecondReader
from reviewer.widgets.bars import PartsLine, TitleBar
from reviewer.widgets.chart_view import ChartHead, ChartView
from reviewer.widgets.filter_line import FilterLine
from reviewer.widgets.literal import literal
from reviewer.widgets.parts import Part
from reviewer.widgets.tab_line import Tab, TabLine
from reviewer.words import number

LOW = 30
"""Rows of the terminal below which there are no empty lines between the parts."""
KEPT = 8
"""Counts that are kept while nothing changes."""
_LAST = "looking"
_TITLES: Final = {BARS: N_("Bars"), HEAT: N_("Heat map"), TREND: N_("Trend"), GRID: N_("Deadlines")}
_CHOICES: Final[dict[str, tuple[tuple[str, ...], ...]]] = {
    BARS: tuple((by,) for by in BARS_BY),
    HEAT: HEAT_BY,
    TREND: ((),),
    GRID: ((),),
}


class LookingScreen(ReviewerScreen[None]):
    """`filter_text`: what is looked at, in the filter language."""

    PLACE = "looking"
    AUTO_FOCUS = "#chart"
    CSS_PATH = "looking.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("looking")

    class Found(Message):
        """Something was counted, and drawn for a width in cells."""

        def __init__(self, looked: Looked, chart: Chart, width: int) -> None:
            super().__init__()
            self.looked = looked
            self.chart = chart
            self.width = width

    class Refused(Message):
        """It could not be counted."""

        def __init__(self, error: ReviewError) -> None:
            super().__init__()
            self.error = error

    def __init__(self, filter_text: str = "") -> None:
        super().__init__()
        self._first = filter_text
        self._wanted = IssueFilter()
        self._look = Look()
        self._by: dict[str, tuple[str, ...]] = {kind: choices[0] for kind, choices in _CHOICES.items()}
        self._looked: Looked | None = None
        self._known: dict[tuple[Look, IssueFilter], Looked] = {}
        self._counting = False
        self._again = False
        self._typed_before = ""

    def compose(self) -> ComposeResult:
        yield TitleBar(id="title")
        yield FilterLine(self._check, self._complete, id="filter-line")
        yield TabLine(id="tabs")
        yield ChartHead(self._draw_head, id="head")
        yield ChartView(id="chart")
        yield Static(id="empty")
        yield PartsLine(id="said")
        yield self.hint_bar()

    @property
    def view(self) -> ChartView:
        return self.query_one(ChartView)

    @property
    def line(self) -> FilterLine:
        """The line that the filter is typed into."""
        return self.query_one(FilterLine)

    def on_mount(self) -> None:
        self.set_class(self.app.size.height < LOW, "low")
        self.line.show(self._first)
        self._wanted = self.line.wanted
        self._recall()
        self._show_tabs()
        self.follow_changes()
        self.call_after_refresh(self._ask, fresh=True)

    def on_resize(self) -> None:
        self.set_class(self.app.size.height < LOW, "low")
        self.call_after_refresh(self._draw)

    def retranslate(self) -> None:
        self._known.clear()
        self.line.retranslate()
        self._ask()

    def reload(self) -> None:
        self._ask()

    def _check(self, text: str) -> IssueFilter:
        return check_filter(text, self.store.issues.directory)

    def _complete(self, text: str, cursor: int) -> Sequence[Completion]:
        choices = self.home.choices
        return offer(text, cursor, self.store.issues.directory, Indexes(choices.tags(), choices.agencies()))

    def _recall(self) -> None:
        """Look as it was looked last."""
        kind, *by = (self.store.recall(_LAST) or "").split(",")
        if kind in LOOKS:
            if tuple(by) in _CHOICES[kind]:
                self._by[kind] = tuple(by)
            self._look = Look(kind, self._by[kind])
        else:
            self._look = Look(BARS, self._by[BARS])

    def _show_look(self, look: Look) -> None:
        if look != self._look:
            self._look = look
            self._by[look.kind] = look.by
            self.store.remember(_LAST, ",".join((look.kind, *look.by)))
            self._ask(fresh=True)

    def _ask(self, *, fresh: bool = False) -> None:
        """Count again, unless nothing has changed since; what is much in a thread, one count after the other.
        `fresh`: it is another chart, its cursor begins anew."""
        self._show_tabs()
        try:
            looked = self._counted_before() or self._count_at_once()
        except ReviewError as error:
            self.refuse(error)
            return
        if looked is not None:
            self._show(looked, looked.chart(self.view.room), fresh=fresh)
            return
        if fresh:
            self._show_chart(Chart(), begin=0)
        if self._counting:
            self._again = True
        else:
            self._count()

    def _counted_before(self) -> Looked | None:
        """What is asked for, if it was counted already and is still right."""
        looked = self._known.get((self._look, self._wanted))
        return looked if looked is not None and looked.moment == moment_of(self.store) else None

    def _count_at_once(self) -> Looked | None:
        """What is asked for, unless it is much."""
        if len(self.store.issues.first(self._wanted, AT_ONCE)) >= AT_ONCE:
            return None
        return look_at(self.store, self._wanted, self._look)

    def _count(self) -> None:
        """Count in a thread, with a record of its own."""
        self._counting = True
        self._show_title()
        reader, wanted, look, width = SecondReader(self.store), self._wanted, self._look, self.view.room

        def count() -> None:
            try:
                with reader.opened() as store:
                    looked = look_at(store, wanted, look)
            except ReviewError as error:
                self.post_message(self.Refused(error))
            else:
                self.post_message(self.Found(looked, looked.chart(width), width))

        self.run_worker(count, thread=True, group="looking")

    def on_looking_screen_refused(self, message: Refused) -> None:
        self._counting = self._again = False
        self._show_title()
        self.refuse(message.error)

    def on_looking_screen_found(self, message: Found) -> None:
        self._counting = False
        looked, chart = message.looked, message.chart
        self._keep(looked)
        if (looked.look, looked.wanted) == (self._look, self._wanted):
            if message.width != self.view.room:
                chart = looked.chart(self.view.room)
            before = self._looked
            fresh = before is None or before.look != looked.look or not self.view.chart.cells
            self._show(looked, chart, fresh=fresh)
        if self._again:
            self._again = False
            self._ask()
        else:
            self._show_title()

    def _keep(self, looked: Looked) -> None:
        """Keep what took long to count for when it is asked for again."""
        self._known = {key: known for key, known in self._known.items() if known.moment == looked.moment}
        self._known[looked.look, looked.wanted] = looked
        while len(self._known) > KEPT:
            del self._known[next(iter(self._known))]

    def _show(self, looked: Looked, chart: Chart, *, fresh: bool) -> None:
        self._looked = looked
        self.set_class(not chart.cells, "empty")
        self._show_chart(chart, begin=_beginning(chart, looked.look) if fresh else None)
        self._show_title()
        if not chart.cells:
            self.query_one("#empty", Static).update(literal(self._empty_words()))

    def _show_chart(self, chart: Chart, *, begin: int | None) -> None:
        head = self.query_one(ChartHead)
        head.styles.height = max(1, len(chart.head))
        self.view.show_chart(chart, begin=begin)
        head.update()
        self._show_said()

    def _draw(self) -> None:
        """Draw what was counted in the room there is now."""
        if self._looked is not None and self._looked.look == self._look:
            self._show(self._looked, self._looked.chart(self.view.room), fresh=False)

    def _draw_head(self, _width: int, _height: int) -> Sequence[Sequence[Part]]:
        return self.view.chart.head

    def _empty_words(self) -> str:
        if not self._looked or not self._looked.total:
            if self._wanted:
                return _("Nothing fits this filter. Press {key} to look at everything.").format(
                    key=self._key("looking.clear")
                )
            return _(
                "No passages yet. Open a report and put a tag on a passage: it is counted here from that "
                "moment on."
            )
        if self._look.kind == GRID:
            return _("Only rejected issues fit this filter; they have no deadlines to keep.")
        return _("Nothing to count by this. Press {key} to count by something else.").format(
            key=self._key("looking.by")
        )

    def _key(self, command_id: str) -> str:
        keys = keys_of(command_named(command_id), self.home.settings.keys)
        return key_name(keys[0]) if keys else ""

    def _show_title(self) -> None:
        left: list[Part] = [(_("Charts"), "strong"), (f" · {self._by_words()}", "quiet")]
        if self._counting or self._looked is None:
            right: list[Part] = [(_("counting …"), "quiet")]
        else:
            total = self._looked.total
            said = ngettext("{count} issue", "{count} issues", total).format(count=number(total))
            right = [(said, "")]
        self.query_one(TitleBar).show(left, right)

    def _by_words(self) -> str:
        """What is counted by, in words."""
        names = [by_word(by) for by in self._look.by]
        if self._look.kind == HEAT:
            return " × ".join(names)
        if self._look.kind == BARS:
            return _("by {what}").format(what=names[0].lower())
        if self._look.kind == TREND:
            return _("by period")
        return _("by lead agency")

    def _show_tabs(self) -> None:
        tabs = [Tab(f"{at} {_(_TITLES[kind])}") for at, kind in enumerate(LOOKS, 1)]
        self.query_one(TabLine).show_tabs(tabs, LOOKS.index(self._look.kind))

    def _show_said(self) -> None:
        """What the cell under the cursor counts, in full."""
        cell = self.view.current
        if cell is None:
            self.query_one("#said", PartsLine).show(())
            return
        count = ngettext("{count} issue", "{count} issues", cell.count).format(count=number(cell.count))
        self.query_one("#said", PartsLine).show([(cell.said, "")], [(count, "strong")])

    def on_chart_view_moved(self) -> None:
        self._show_said()

    def on_chart_view_chosen(self) -> None:
        self.action_open()

    def on_tab_line_pressed(self, message: TabLine.Pressed) -> None:
        self.action_look(LOOKS[message.number])

    def on_filter_line_changed(self, message: FilterLine.Changed) -> None:
        self._look_at(message.wanted)

    def on_filter_line_left(self, message: FilterLine.Left) -> None:
        self.view.focus()
        if not message.kept:
            self.line.show(self._typed_before)
            self._look_at(self.line.wanted)

    def _look_at(self, wanted: IssueFilter) -> None:
        if wanted != self._wanted:
            self._wanted = wanted
            self._ask()

    def action_open(self) -> None:
        """List what the cell under the cursor counts."""
        cell = self.view.current
        if cell is None or self._looked is None:
            return
        found = Narrower(self.store.issues, self._looked.wanted).narrowed(cell.terms) if cell.count else None
        if found is None:
            self.app.notify(_("There is no issue in this cell."))
            return
        self.home.show_issues(format_filter(found))

    def action_look(self, kind: str) -> None:
        """Look in another way."""
        self._show_look(Look(kind, self._by[kind]))

    def action_step(self, step: int) -> None:
        """The next look."""
        at = LOOKS.index(self._look.kind)
        self.action_look(LOOKS[(at + step) % len(LOOKS)])

    def action_by(self, step: int) -> None:
        """Count by the next thing."""
        choices = _CHOICES[self._look.kind]
        by = choices[(choices.index(self._look.by) + step) % len(choices)]
        self._show_look(Look(self._look.kind, by))

    def action_filter(self) -> None:
        self._typed_before = self.line.text
        self.line.edit()

    def action_clear(self) -> None:
        """Look at everything."""
        self.line.show("")
        self._look_at(IssueFilter())

    def action_list(self) -> None:
        self.home.show_issues(format_filter(self._wanted))

    def action_export(self) -> None:
        self.home.open_export(filter_text=format_filter(self._wanted))

    def action_back(self) -> None:
        self.dismiss(None)


def _beginning(chart: Chart, look: Look) -> int:
    """The cell to begin on: in the line of the largest value, or of the latest period; in a heat map the
    largest cell there."""
    named = [cell.row for cell in chart.cells if cell.terms and (cell.row or look.kind == BARS)]
    row = (max if look.kind == TREND else min)(named, default=0)
    first = chart.at(row, 0) or 0
    if look.kind != HEAT or not chart.cells:
        return first
    single = [
        number for number in range(first, chart.beside(first, len(chart.cells))) if chart.is_single(number)
    ]
    return max(single, key=lambda number: chart.cells[number].count, default=first)
