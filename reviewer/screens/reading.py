"""Reading: the report at one side, its annotations at the other."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.timer import Timer

from annotations.errors import NotFound
from annotations.models import Act, Annotation, Report
from reports.errors import N_, ReviewError
from reports.units import UnitKind
from reviewer.commands import Hint, bindings, command, key_name, keys_of
from reviewer.days import show_period
from reviewer.i18n import _, ngettext
from reviewer.screens.company import LOOK
from reviewer.screens.reading_edits import ReadingEdits
from reviewer.screens.reading_moves import ReadingMoves
from reviewer.screens.reading_over_time import ReadingOverTime
from reviewer.screens.reading_search import ReadingSearch
from reviewer.widgets.bars import HintBar
from reviewer.widgets.item_list import ItemList
from reviewer.widgets.parts import Part
from reviewer.widgets.report_view import ReportView
from reviewer.widgets.text_cursor import TextCursor, cursor_at

if TYPE_CHECKING:
    from annotations.store import Store

WIDE = 100
"""Cells from which on the panel stands beside the report."""
TALL = 34
"""Rows from which on the digits have two lines, for the names of their tags."""
LOW = 20
"""Rows below which the hints have no line."""
SMALL = 14
"""Rows below which a panel under the text shows only when it is asked for."""
SAVE_DELAY = 1.0
"""Seconds after a move until the place is kept; what is in sight down to it counts as read then."""

_GRAINS = {
    UnitKind.WORD: N_("word"),
    UnitKind.PART: N_("part"),
    UnitKind.SENTENCE: N_("sentence"),
    UnitKind.PARAGRAPH: N_("paragraph"),
}


def first_key(command_id: str, keymap: Mapping[str, str]) -> str:
    """The first key of a command as people read it, empty if it has none."""
    return "".join(key_name(key) for key in keys_of(command(command_id), keymap)[:1])


class ReadingScreen(ReadingOverTime, ReadingEdits, ReadingSearch, ReadingMoves):
    """`report` where its reviewer left it, or at one of its annotations. Raises what the store does if the
    report cannot be read, before anything is shown.

    One made without a report waits for `turn_to`, out of sight: what is made ready ahead opens at once.
    """

    CSS_PATH = Path("reading.tcss")
    BINDINGS: ClassVar[list[BindingType]] = bindings("reading")

    def __init__(self, store: Store, report: Report | None = None, annotation_id: int | None = None) -> None:
        super().__init__()
        self._store = store
        self._first: Annotation | None = None
        self._saving: Timer | None = None
        self._hinted = False
        if report is not None:
            self.turn_to(report, annotation_id)

    def turn_to(self, report: Report, annotation_id: int | None = None) -> None:
        """Show another report, where its reviewer left it or at one of its annotations.

        Raises as the class says, and then goes on showing what it does.
        """
        self.close()
        self.take(self._store, report)
        self._first = self.acts.find(annotation_id)
        if annotation_id is not None and self._first is None:
            raise NotFound(N_("Annotation {id} is not in this report any more."), id=annotation_id)
        self.is_open = True
        if self.is_mounted:
            self.remove_class("alone", "in-panel")
            self.asking.close()
            self._show_report()

    def close(self) -> None:
        """Keep the place and be seen in the report no more."""
        if not self.is_open:
            return
        self._save_place()
        self.is_open = False
        if self._saving is not None:
            self._saving.stop()
            self._saving = None
        try:
            self.company.leave()
        except ReviewError as error:
            self.refuse(error)

    def compose(self) -> ComposeResult:
        yield self.heading
        with Container(id="panes"):
            yield self.view
            yield self.panel
        yield self.asking
        yield self.digits
        yield self.hint_bar()

    def on_mount(self) -> None:
        self.set_class(self.home.settings.panel_side == "left", "left")
        self.home.changes.subscribe(self, self.changed)
        self.set_interval(LOOK, self._look_around)
        if self.is_open:
            self._show_report()
        else:
            self.call_later(self._lay_out_ahead)

    def _lay_out_ahead(self) -> None:
        """Give every part its size while nothing is shown, so that the first report is drawn once."""
        if not self.is_open:
            self._fit(self.app.size.width, self.app.size.height)
            self._refresh_layout(self.app.size)

    def _show_report(self) -> None:
        self._fit(self.app.size.width, self.app.size.height)
        self.show_rights()
        self.digits.show(self.acts.digit_tags)
        self.view.open(self.acts.document, self.first_cursor(), self.acts.marks)
        self.view.focus()
        self.show_panel()
        self.panel.refresh_all()
        self.follow()
        self.show_title()
        self.keep_place_soon()

    def first_cursor(self) -> TextCursor:
        """The range that is current when the report opens."""
        cursor = cursor_at(self.acts.document, self.place.offset, self.place.grain)
        if self._first is None:
            return cursor
        self._preferred = self._first.id
        return cursor.at(self._first.start, self._first.end)

    def on_resize(self) -> None:
        self._fit(self.app.size.width, self.app.size.height)

    def _fit(self, width: int, height: int) -> None:
        self.set_class(width < WIDE, "narrow")
        self.panel.styles.width = "100%" if width < WIDE else self.home.settings.panel_width
        self.set_class(width >= WIDE and height >= TALL, "tall")
        self.set_class(height < LOW, "low")
        self.set_class(width < WIDE and height < SMALL, "tiny")
        self.digits.help = self.hints()[-1] if height < LOW else None

    def on_unmount(self) -> None:
        self.close()

    def on_screen_suspend(self) -> None:
        if self not in self.app.screen_stack:
            self.close()

    def _look_around(self) -> None:
        """See who else came, went, or moved onto this passage."""
        if self.is_open and self.company.look(self.cursor.start, self.cursor.end):
            self.show_title()

    def retranslate(self) -> None:
        """Show everything in the language chosen last."""
        self._fit(self.app.size.width, self.app.size.height)
        if not self.is_open:
            return
        self.digits.show(self.acts.digit_tags)
        self.show_panel()
        self.follow()
        self.show_title()

    def hints(self) -> list[Hint]:
        """The keys that matter now: others while selecting."""
        if not self.cursor.selecting:
            return super().hints()
        keys = self.home.settings.keys
        pairs = [
            ("left", "right", _("letter")),
            ("previous_word", "next_word", _("word")),
            ("previous", "next", _("clause")),
            ("row_start", "row_end", _("row")),
        ]
        hints = [
            Hint(" ".join(first_key(f"reading.{name}", keys) for name in (back, on)), word, on)
            for back, on, word in pairs
        ]
        hints.append(Hint(first_key("reading.swap", keys), _("other end"), "swap"))
        if self.may(Act.TAG):
            hints.append(Hint("1–9", _("tag"), "tag"))
        hints.append(Hint(first_key("reading.select", keys), _("keep"), "select"))
        return [*hints, Hint(first_key("reading.back", keys), _("drop"), "back")]

    def show_title(self) -> None:
        report = self.acts.report
        left: list[Part] = [(report.title, "strong")]
        facts = [text for text in (show_period(report.period), report.issuer) if text]
        left += [(f" · {text}", "quiet") for text in facts]
        company = self.company.parts(self.cursor.start, self.cursor.end)
        self.heading.show(left, [*self._state(), *self._counts(), *company])
        if self.cursor.selecting != self._hinted:
            self._hinted = self.cursor.selecting
            self.query_one("#hints", HintBar).hints = self.hints()

    def _state(self) -> list[Part]:
        """What the reviewer is in the middle of."""
        cursor, parts = self.cursor, []
        if cursor.selecting:
            parts.append((_("selecting"), "accent"))
        elif cursor.grain in _GRAINS:
            parts.append((_("by {unit}").format(unit=_(_GRAINS[cursor.grain])), "accent"))
        if waiting := self.acts.waiting():
            said = ngettext("{count} to place: {key}", "{count} to place: {key}", waiting)
            key = first_key("reading.queue", self.home.settings.keys)
            parts.append((said.format(count=waiting, key=key), "warning"))
        if self.found_words:
            parts.append((f"“{self.query_text}” {self.found_words}", "accent"))
        return [part for each in parts for part in (each, (" · ", "quiet"))]

    def _counts(self) -> list[Part]:
        count, shown = len(self.acts.annotations), len(self.acts.shown)
        if self.acts.filter is None:
            said = ngettext("{count} passage", "{count} passages", count).format(count=count)
        else:
            said = _("{count} of {all} passages").format(count=shown, all=count)
        if left_out := self.acts.left_out():
            said += " · " + ngettext("{count} left out", "{count} left out", left_out).format(count=left_out)
        read = _("{percent} % read").format(percent=int(self.place.share * 100))
        return [(said, "quiet" if self.acts.filter is None else "accent"), (f" · {read}", "quiet")]

    def on_report_view_moved(self) -> None:
        self.keep_up()

    def on_report_view_scrolled(self) -> None:
        self.keep_place_soon()

    def on_report_view_sign_pressed(self, message: ReportView.SignPressed) -> None:
        annotation = self.acts.find(message.key)
        if annotation is not None:
            self.go_to(annotation)

    def on_item_list_moved(self, message: ItemList.Moved) -> None:
        self._go_to_item(message.item)

    def on_item_list_chosen(self, message: ItemList.Chosen) -> None:
        self._go_to_item(message.item)
        self.view.focus()

    def _go_to_item(self, item: int) -> None:
        if item < len(self.panel.items):
            self.go_to(self.panel.items[item])

    def keep_place_soon(self) -> None:
        if self.is_open and self._saving is None:
            self._saving = self.set_timer(SAVE_DELAY, self._keep_place)

    def _keep_place(self) -> None:
        self._saving = None
        if not self.is_open:
            return
        here = self.acts.document.blocks.at(self.cursor.end)
        self.place.see(number for number in self.view.blocks_in_sight() if number <= here)
        self._save_place()
        self.show_title()

    def _save_place(self) -> None:
        try:
            self.place.save(self.cursor.start, self.cursor.grain)
            self.company.tell(self.cursor.start, self.cursor.end)
        except ReviewError as error:
            self.refuse(error)

    def action_next_annotation(self) -> None:
        self._to_neighbour(True)

    def action_previous_annotation(self) -> None:
        self._to_neighbour(False)

    def _to_neighbour(self, forward: bool) -> None:
        chosen = self.chosen()
        there = (
            chosen if chosen and (chosen.start, chosen.end) == (self.cursor.start, self.cursor.end) else None
        )
        found = self.acts.neighbour(self.cursor.start, there.id if there else None, forward)
        if found is None:
            self.app.notify(
                _("No annotation after this one.") if forward else _("No annotation before this one.")
            )
        else:
            self.go_to(found)

    def action_cycle(self) -> None:
        self.cycle()

    def action_other_pane(self) -> None:
        """Beside the text: to the panel and back. Under it: to the panel, which grows; then it goes away."""
        if self.has_class("alone"):
            self.remove_class("alone")
        elif self.panel.has_focus:
            self.view.focus()
            self.remove_class("in-panel")
            self.set_class(self.has_class("narrow") and not self.has_class("tiny"), "alone")
        else:
            self.add_class("in-panel")
            self.call_after_refresh(self.panel.focus)

    def action_issues(self) -> None:
        self.home.open_issues()

    def action_queue(self) -> None:
        self.home.open_queue(self.acts.report)

    def action_differences(self) -> None:
        self.home.open_differences(self.acts.report)

    def action_export(self) -> None:
        self.home.open_export(self.acts.report)

    def action_back(self) -> None:
        """One step back out of what one is in; at last to the library."""
        if self.asking.asking:
            if self.asking.topic == "find":
                self.drop_matches()
            self.close_asking()
        elif self.cursor.selecting:
            self.move(cursor_at(self.acts.document, self.cursor.start, self.cursor.grain))
        elif self.query_text:
            self.drop_matches()
        elif self.acts.filter is not None:
            self.drop_filter()
        elif self.panel.has_focus:
            self.view.focus()
            self.remove_class("in-panel")
        else:
            self._keep_place()
            self.dismiss(None)
