"""What a corrected text changed: both texts as one, word by word, with the annotations on it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message

from annotations.models import Annotation, Report, Revision
from reports.diff import Edit
from reports.diff_document import BothTexts, both_texts
from reports.document import Document
from reports.units import UnitKind
from reviewer.commands import bindings
from reviewer.i18n import _, ngettext
from reviewer.layout.runs import Span, SpanIndex
from reviewer.screens.base import ReviewerScreen
from reviewer.widgets.bars import TitleBar
from reviewer.widgets.marks import Mark, Marks
from reviewer.widgets.panel_lines import Directory
from reviewer.widgets.parts import Part
from reviewer.widgets.report_paint import ADDED, REMOVED
from reviewer.widgets.report_view import ReportView
from reviewer.widgets.text_cursor import TextCursor


class DifferencesScreen(ReviewerScreen[None]):
    """`old` and `new` of a report as one text, worked out in a thread. Only what is touched is marked."""

    PLACE = "differences"
    CSS_PATH = Path("differences.tcss")
    AUTO_FOCUS = "#report"
    BINDINGS: ClassVar[list[BindingType]] = bindings("differences")

    class Compared(Message):
        """The two texts are compared."""

        def __init__(self, both: BothTexts) -> None:
            super().__init__()
            self.both = both

    def __init__(self, report: Report, old: Revision, new: Revision) -> None:
        super().__init__()
        self._report = report
        self._old, self._new = old, new
        self._both: BothTexts | None = None
        self._touching: list[Mark] = []
        self.heading = TitleBar(id="title")
        self.view = ReportView(id="report")

    def compose(self) -> ComposeResult:
        yield self.heading
        yield self.view
        yield self.hint_bar()

    def on_mount(self) -> None:
        self._show_title()
        old, new = self.store.document(self._old.id), self.store.document(self._new.id)
        self.run_worker(lambda: self._compare(old, new), thread=True, group="differences")

    def _compare(self, old: Document, new: Document) -> None:
        from reports.anchor import align

        self.post_message(self.Compared(both_texts(align(old, new))))

    def on_differences_screen_compared(self, message: Compared) -> None:
        self._both = both = message.both
        self._touching = [*self._marks_in(self._new, both), *self._marks_in(self._old, both)]
        first = both.changes[0] if both.changes else (0, min(1, len(both.document.text)))
        self.view.open(both.document, TextCursor(*first, grain=UnitKind.PARAGRAPH), Marks(self._touching))
        self.view.show_edits(
            SpanIndex(
                Span(each.start, each.end, ADDED if each.edit is Edit.ADDED else REMOVED)
                for each in both.stretches
            )
        )
        self._show_title()

    def _marks_in(self, revision: Revision, both: BothTexts) -> list[Mark]:
        """The annotations of one text that something was changed in or beside."""
        tags, agencies = self.store.tags(), self.store.agencies()
        directory = Directory({each.id: each for each in tags}, {each.id: each for each in agencies})
        placed = both.from_new if revision is self._new else both.from_old
        found = []
        for annotation in self._annotations(revision):
            place = placed(annotation.start, annotation.end)
            if place is not None and both.touched(*place):
                key = annotation.id if revision is self._new else -annotation.id
                colours, sign = directory.colours(annotation), directory.sign(annotation)
                found.append(Mark(key, *place, colours, sign))
        return found

    def _annotations(self, revision: Revision) -> list[Annotation]:
        if revision.current:
            every = self.store.annotations(self._report.id)
            return [each for each in every if each.revision_id == revision.id]
        return self.store.annotations_at(revision.id)

    def retranslate(self) -> None:
        self._show_title()

    def _show_title(self) -> None:
        left: list[Part] = [
            (_("text {old} → {new}").format(old=self._old.number, new=self._new.number), "strong"),
            (f" · {self._report.title}", "quiet"),
        ]
        if self._both is None:
            self.heading.show(left, [(_("comparing …"), "quiet")])
            return
        counts = self._both.counts
        said = [
            _("{count} changed").format(count=counts[Edit.CHANGED]),
            _("{count} added").format(count=counts[Edit.ADDED]),
            _("{count} removed").format(count=counts[Edit.REMOVED]),
        ]
        touched = len({abs(mark.key) for mark in self._touching})
        said.append(
            ngettext("touches {count} passage", "touches {count} passages", touched).format(count=touched)
        )
        self.heading.show(left, [(" · ".join(said), "quiet")])

    def action_next_change(self) -> None:
        self._step(True)

    def action_previous_change(self) -> None:
        self._step(False)

    def _step(self, forward: bool) -> None:
        """To the next or previous paragraph that differs."""
        if self._both is None or not self._both.changes:
            return
        changes, start = self._both.changes, self.view.cursor.start
        if forward:
            at = bisect_right(changes, start, key=lambda each: each[0])
        else:
            at = bisect_left(changes, start, key=lambda each: each[0]) - 1
        if 0 <= at < len(changes):
            self._go(*changes[at])

    def action_next_touched(self) -> None:
        """To the next annotation that is touched, at the end to the first again."""
        marks = sorted((mark.start, mark.end) for mark in self._touching)
        if not marks:
            self.app.notify(_("Nothing that differs touches a passage."))
            return
        at = bisect_right(marks, self.view.cursor.start, key=lambda each: each[0])
        self._go(*marks[at % len(marks)])

    def _go(self, start: int, end: int) -> None:
        self.view.move(self.view.cursor.at(start, max(end, start + 1)))

    def action_page(self, direction: int) -> None:
        self.view.turn_page(direction)

    def action_top(self) -> None:
        self.view.scroll_to_row(0)

    def action_bottom(self) -> None:
        self.view.scroll_to_row(self.view.row_count)

    def action_scroll(self, rows: int) -> None:
        self.view.scroll_to_row(self.view.top_row + rows)

    def action_queue(self) -> None:
        self.home.open_queue(self._report)

    def action_back(self) -> None:
        self.dismiss(None)
