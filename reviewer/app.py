"""The program: wires the record, the settings and the screens together."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from textual.app import App
from textual.binding import BindingType
from textual.screen import Screen
from textual.signal import Signal

from annotations.errors import NotFound
from reports.errors import ReviewError
from reviewer import theme
from reviewer.commands import bindings
from reviewer.i18n import _, explain, language, preferred_language, set_language
from reviewer.terminal.driver import ReviewerDriver
from reviewer.terminal.safe_app import SafeApp

if TYPE_CHECKING:
    from annotations.models import Change
    from annotations.store import Store
    from reviewer.settings import Settings

POLL = 0.5
"""Seconds between two looks for what others changed; a look takes microseconds and writes nothing."""
_LAST_REPORT = "last-report"


class ReviewerApp(SafeApp, App[None], inherit_bindings=False):
    """The program on the record `store`, as `settings` want it.

    `changes` tells every screen of each act, this reviewer's own and others'. `report`: slug of a report to
    open at once, over where the last session ended.
    """

    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = bindings("app")

    def __init__(self, store: Store, settings: Settings, *, report: str | None = None) -> None:
        set_language(preferred_language() if settings.language == "auto" else settings.language)
        super().__init__(driver_class=ReviewerDriver)
        self.store = store
        self.settings = settings
        self.changes: Signal[Change] = Signal(self, "changes")
        self._first_report = report
        self._version = 0
        self._seen = 0
        for one in theme.themes():
            self.register_theme(one)
        self.theme = theme.theme_name(settings.theme, settings.colours, no_color=self.no_color)
        if settings.keys:
            self.set_keymap(settings.keys)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return theme.own_variables()

    def get_default_screen(self) -> Screen[None]:
        from reviewer.screens.library import LibraryScreen

        return LibraryScreen()

    def on_mount(self) -> None:
        self._version = self.store.data_version()
        self._seen = self.store.last_change_id()
        self.set_interval(POLL, self._look_for_changes)
        self.call_after_refresh(self._resume)

    def _resume(self) -> None:
        wanted = self._first_report
        if wanted is None and self.settings.resume:
            wanted = self.store.recall(_LAST_REPORT) or None
        if wanted is None:
            return
        try:
            report = self.store.report(wanted)
        except NotFound as error:
            if self._first_report is not None:
                self.notify(explain(error), severity="error")
            return
        self.open_report(report.id)

    def open_report(self, report_id: int, annotation_id: int | None = None) -> None:
        """Show a report where its reviewer left it, or at one of its annotations."""
        from reviewer.screens.reading import ReadingScreen

        try:
            report = self.store.report(str(report_id))
            screen = ReadingScreen(report, annotation_id=annotation_id)
        except ReviewError as error:
            self.notify(explain(error), severity="error")
            return
        self.store.remember(_LAST_REPORT, report.slug)
        self.push_screen(screen, self._report_closed)

    def _report_closed(self, _result: object) -> None:
        self.store.remember(_LAST_REPORT, "")

    def publish(self, change: Change) -> None:
        """Tell every screen of an act of this session."""
        self._seen = max(self._seen, change.id)
        self.changes.publish(change)

    def _look_for_changes(self) -> None:
        version = self.store.data_version()
        if version == self._version:
            return
        self._version = version
        for change in self.store.changes_since(self._seen):
            self._seen = max(self._seen, change.id)
            self.changes.publish(change)

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: Literal["information", "warning", "error"] = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """Show a notice at the foot of the screen, its text as it stands."""
        super().notify(message, title=title, severity=severity, timeout=timeout or 5, markup=False)

    def say_act(self, change: Change) -> None:
        """Say what an undo or redo did."""
        from reviewer.words import act_sentence

        self.notify(act_sentence(change))

    def action_help_here(self) -> None:
        from reviewer.screens.help import HelpScreen

        self.push_screen(HelpScreen(getattr(self.screen, "PLACE", "app")))

    def action_palette(self) -> None:
        from reviewer.screens.palette import CommandPalette

        if not isinstance(self.screen, CommandPalette):
            self.push_screen(CommandPalette(self.screen), self._run_chosen)

    async def _run_chosen(self, chosen: tuple[Screen[object], str] | None) -> None:
        if chosen is not None:
            await self.run_action(chosen[1], chosen[0])

    def action_toggle_theme(self) -> None:
        if self.theme != theme.PLAIN:
            self.theme = theme.LIGHT if self.theme == theme.DARK else theme.DARK

    async def action_toggle_language(self) -> None:
        set_language("vi" if language() == "en" else "en")
        for screen in self.screen_stack:
            await screen.recompose()

    def action_interrupt(self) -> None:
        self.notify(_("Esc goes back, ctrl+q leaves. Everything is saved already."))
