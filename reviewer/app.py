"""The program: wires the record, the settings and the screens together."""

from __future__ import annotations

import gc
import os
from pathlib import PurePath
from typing import TYPE_CHECKING, ClassVar

from textual.app import App
from textual.binding import BindingType
from textual.screen import Screen
from textual.signal import Signal

from annotations.errors import NotFound
from reports.errors import ReviewError
from reviewer import compact as compact_screen
from reviewer import speaking, theme
from reviewer.commands import bindings
from reviewer.following import Following
from reviewer.i18n import _, explain, preferred_language, set_language
from reviewer.place import refuse_guest_files
from reviewer.rights import Rights
from reviewer.screens.base import ReviewerScreen
from reviewer.terminal.driver import ReviewerDriver
from reviewer.terminal.key_order import OrderedKeys
from reviewer.terminal.safe_app import SafeApp

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotations.models import Change, Report
    from annotations.past_acts import Asked
    from annotations.store import Store
    from reviewer.choices import Choices
    from reviewer.screens.reading import ReadingScreen
    from reviewer.settings import Settings

POLL = 0.5
"""Seconds between two looks for what others changed; a look takes microseconds and writes nothing."""
SOON = 0.1
"""Seconds after the first paint until what comes next is imported."""
IDLE = 0.3
"""Seconds after a report is opened until the pickers are made ready."""
_LAST_REPORT, _LAST_PLACES = "last-report", "last-places"
_READING, _ISSUES = "reading", "issues"


class ReviewerApp(Rights, Following, OrderedKeys, SafeApp, App[None], inherit_bindings=False):
    """The program on the record `store`, as `settings` want it.

    `changes` tells every screen of each act, this reviewer's own and others'. `report`: slug of a report to
    open at once, over where the last session ended. `compact`: begin with the screen for thin lines.
    """

    CSS_PATH: ClassVar[list[str | PurePath]] = ["app.tcss", "compact.tcss"]
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = bindings("app")

    def __init__(
        self, store: Store, settings: Settings, *, report: str | None = None, compact: bool = False
    ) -> None:
        set_language(preferred_language() if settings.language == "auto" else settings.language)
        look = theme.theme_name(
            settings.theme,
            settings.colours,
            no_color="NO_COLOR" in os.environ,
            compact=compact,
        )
        super().__init__(driver_class=ReviewerDriver, ansi_color=True if look in theme.OF_16 else None)
        self.store = store
        self.settings = settings
        self.changes: Signal[Change] = Signal(self, "changes")
        self._choices: Choices | None = None
        self._reading: ReadingScreen | None = None
        self._first_report = report
        self._places: str | None = None
        for one in theme.themes():
            self.register_theme(one)
        self._begin_with(look)
        if settings.keys:
            self.set_keymap(settings.keys)

    def _begin_with(self, look: str) -> None:
        """Begin with a theme. The dark one, which Textual's own is too, is put in its place before any style
        is read; assigning it would have all of them read twice."""
        if look == theme.DARK:
            self.set_reactive(App.theme, look)
            self.stylesheet.set_variables(self.get_css_variables())
        else:
            self.theme = look

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return theme.own_variables()

    def get_default_screen(self) -> Screen[None]:
        from reviewer.screens.library import LibraryScreen

        return LibraryScreen()

    def on_mount(self) -> None:
        self.begin_following()
        self.set_interval(POLL, self._look_for_changes)
        self.call_after_refresh(self._begin)

    @property
    def choices(self) -> Choices:
        """What the pickers offer."""
        if self._choices is None:
            from reviewer.choices import Choices

            self._choices = Choices(self.store)
        return self._choices

    def _begin(self) -> None:
        """What can wait until the first screen is drawn."""
        gc.freeze()
        gc.enable()
        self._resume()
        self._places = self.store.recall(_LAST_PLACES)
        self.set_timer(SOON, self._warm_reading)

    def _warm_reading(self) -> None:
        """Import in a thread what the first report would else have to wait for, and have its screen ready."""

        def warm() -> None:
            import reviewer.screens.reading  # noqa: F401

            self.call_from_thread(self._ready_reading)

        self.run_worker(warm, thread=True, exit_on_error=False, group="reading")

    def _ready_reading(self) -> None:
        """Make a reading screen that stays, out of sight, from the first report to the last: to make it is
        most of the time that opening takes."""
        from reviewer.screens.reading import ReadingScreen

        self._reading = ReadingScreen(self.store)
        self.install_screen(self._reading, "reading")
        self._load_screen_css(self._reading)
        self._get_screen(self._reading)

    def _resume(self) -> None:
        """Open the report asked for, else the one that the last session was left in; nothing if a key was
        faster."""
        if len(self.screen_stack) > 1:
            return
        if self._first_report is not None:
            self._open(self._first_report)
        elif self.settings.resume:
            for place in (self.store.recall(_LAST_PLACES) or _READING).split(","):
                if place == _ISSUES:
                    self.open_issues()
                else:
                    self._reopen_report()

    def _reopen_report(self) -> None:
        if left := self.store.recall(_LAST_REPORT):
            try:
                self._show_report(self.store.report(left))
            except NotFound:
                self.store.remember(_LAST_REPORT, "")

    def _note_places(self) -> None:
        """Remember which of the report and the issue list are open, and in which order."""
        open_now = [getattr(screen, "PLACE", "") for screen in reversed(self.screen_stack)]
        found = [place for place in dict.fromkeys(open_now) if place in (_READING, _ISSUES)]
        places = ",".join(reversed(found))
        if places != self._places:
            self._places = places
            self.store.remember(_LAST_PLACES, places)

    def open_report(self, report_id: int, annotation_id: int | None = None) -> None:
        """Show a report where its reviewer left it, or at one of its annotations."""
        self._open(report_id, annotation_id)

    def _open(self, name: str | int, annotation_id: int | None = None) -> None:
        try:
            report = self.store.report(name)
            if annotation_id is not None and self._is_unplaced(report, annotation_id):
                self.open_queue(report, annotation_id)
            else:
                self._show_report(report, annotation_id)
        except ReviewError as error:
            self.refuse(error)

    def _is_unplaced(self, report: Report, annotation_id: int) -> bool:
        """Whether an annotation is not in the text that reading shows."""
        annotation = self.store.annotation(annotation_id)
        return not annotation.deleted and annotation.revision_id != report.revision_id

    def _show_report(self, report: Report, annotation_id: int | None = None) -> None:
        from reviewer.screens.reading import ReadingScreen

        screen = self._reading
        if screen is None or screen in self.screen_stack:
            screen = ReadingScreen(self.store, report, annotation_id)
        else:
            screen.turn_to(report, annotation_id)
        self.push_screen(screen, self._report_closed)
        if self._choices is None:
            self.set_timer(IDLE, self._warm_choices)
        self.store.remember(_LAST_REPORT, report.slug)

    def _warm_choices(self) -> None:
        """Make in a thread what the first picker would else have to wait for."""
        make = self.choices.warm()

        def warm() -> None:
            import reviewer.screens.pickers  # noqa: F401

            make()

        self.run_worker(warm, thread=True, exit_on_error=False, group="choices")

    def _report_closed(self, _result: object) -> None:
        self.store.remember(_LAST_REPORT, "")

    def open_issues(self, report: Report | None = None) -> None:
        """Show the issue list as it was left, or only what is in `report`.

        Where it lies below the screens that are open, they are closed instead of opening it once more.
        """
        from reviewer.screens.issues import IssuesScreen

        open_already = any(isinstance(screen, IssuesScreen) for screen in self.screen_stack)
        if report is None and open_already:
            while not isinstance(self.screen, IssuesScreen):
                self.pop_screen()
            return
        self.push_screen(IssuesScreen(f"report:{report.slug}" if report else None))

    def show_issues(self, filter_text: str) -> None:
        """Show the issue list with what `filter_text` finds."""
        from reviewer.screens.issues import IssuesScreen

        self.push_screen(IssuesScreen(filter_text))

    def open_looking(self, filter_text: str = "") -> None:
        """Show what `filter_text` finds as charts."""
        from reviewer.screens.looking import LookingScreen

        self.push_screen(LookingScreen(filter_text))

    def open_history(self, asked: Asked) -> None:
        """Show what `asked` asks of the history."""
        from reviewer.screens.history import HistoryScreen

        self.push_screen(HistoryScreen(self.store, asked))

    def action_history(self) -> None:
        from annotations.past_acts import Asked

        self.open_history(Asked())

    def action_my_history(self) -> None:
        from annotations.past_acts import Asked

        self.open_history(Asked(reviewer=self.store.reviewer))

    def open_place(self, report_id: int, annotation_id: int | None) -> None:
        """Show a report at one of its annotations: where it is being read below the screens that are open,
        they are closed instead of opening it once more."""
        from reviewer.screens.reading import ReadingScreen

        reading = [screen for screen in self.screen_stack if isinstance(screen, ReadingScreen)]
        there = [screen for screen in reading if screen.is_open and screen.acts.report.id == report_id]
        annotation = there[-1].acts.find(annotation_id) if there else None
        if not there or (annotation_id is not None and annotation is None):
            self.open_report(report_id, annotation_id)
            return
        while self.screen is not there[-1]:
            self.pop_screen()
        if annotation is not None:
            there[-1].go_to(annotation)

    def open_queue(self, report: Report | None = None, annotation_id: int | None = None) -> None:
        """Show what waits to be placed in `report`, or in all; at one of its annotations."""
        from reviewer.screens.queue import QueueScreen

        self.push_screen(QueueScreen(report, annotation_id))

    def action_queue(self) -> None:
        self.open_queue()

    def open_differences(self, report: Report) -> None:
        """Show what the latest text of `report` changed in the one before."""
        standing = [each for each in self.store.revisions(report.id) if not each.withdrawn]
        if len(standing) < 2:
            self.notify(_("The report has one text only; there is nothing to compare."))
            return
        from reviewer.screens.differences import DifferencesScreen

        self.push_screen(DifferencesScreen(report, *standing[-2:]))

    def open_export(
        self, report: Report | None = None, filter_text: str = "", columns: Sequence[str] = ()
    ) -> None:
        """Ask where to write the issues of `report`, or those that `filter_text` finds, and write them.

        `columns`: those that the list shows, offered instead of all.
        """
        from reviewer.screens.export import ExportScreen

        try:
            refuse_guest_files()
        except ReviewError as error:
            self.refuse(error)
            return
        self.push_screen(ExportScreen(f"report:{report.slug}" if report else filter_text, columns))

    def refuse(self, error: ReviewError) -> None:
        """Say why something was not done."""
        self.notify(explain(error), severity="error", timeout=12)

    def _look_for_changes(self) -> None:
        if self._places is not None or len(self.screen_stack) > 1:
            self._note_places()
        self.follow()

    def say_act(self, change: Change) -> None:
        """Say what an undo or redo did."""
        from reviewer.words import turned_sentence

        self.notify(turned_sentence(self.store, change))

    def action_help_here(self) -> None:
        from reviewer.screens.help import HelpScreen

        self.push_screen(HelpScreen(getattr(self.screen, "PLACE", "app"), getattr(self.screen, "may", None)))

    def action_agencies(self) -> None:
        from reviewer.screens.directory import DirectoryScreen

        if not isinstance(self.screen, DirectoryScreen):
            self.push_screen(DirectoryScreen())

    def action_tags(self) -> None:
        from reviewer.screens.codebook import CodebookScreen

        if not isinstance(self.screen, CodebookScreen):
            self.push_screen(CodebookScreen())

    def action_palette(self) -> None:
        from reviewer.screens.palette import CommandPalette

        if not isinstance(self.screen, CommandPalette):
            self.push_screen(CommandPalette(self.screen), self._run_chosen)

    async def _run_chosen(self, chosen: tuple[Screen[object], str] | None) -> None:
        if chosen is not None:
            await self.run_action(chosen[1], chosen[0])

    def action_toggle_theme(self) -> None:
        if self.theme not in theme.OF_16:
            self.theme = theme.LIGHT if self.theme == theme.DARK else theme.DARK

    def action_toggle_compact(self) -> None:
        compact_screen.toggle(self)

    def action_toggle_language(self) -> None:
        speaking.toggle(self.store)
        for screen in self.screen_stack:
            if isinstance(screen, ReviewerScreen):
                screen.speak()

    def action_interrupt(self) -> None:
        self.notify(_("Esc goes back, ctrl+q leaves. Everything is saved already."))
