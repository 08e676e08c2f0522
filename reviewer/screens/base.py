"""What every screen of the program shares: the record, acts with their errors, hints that can be clicked."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from textual.screen import Screen

from reports.errors import ReviewError
from reviewer.commands import Hint, hints
from reviewer.widgets.bars import HintBar

if TYPE_CHECKING:
    from annotations.models import Change
    from annotations.store import Store
    from reviewer.app import ReviewerApp

ResultT = TypeVar("ResultT")
SETTLE = 0.3
"""Seconds for which changes are gathered before a screen reads its rows again."""


class ReviewerScreen(Screen[ResultT]):
    """A screen on the record. `PLACE`: where it is in the registry of commands."""

    PLACE: ClassVar[str] = "app"
    ALLOW_SELECT = False
    _stale = False
    _gathering = False

    @property
    def home(self) -> ReviewerApp:
        """The program this screen belongs to."""
        return cast("ReviewerApp", self.app)

    @property
    def store(self) -> Store:
        return self.home.store

    def refuse(self, error: ReviewError) -> None:
        """Say why something was not done."""
        self.home.refuse(error)

    def speak(self) -> None:
        """Show everything in the language chosen last."""
        for bar in self.query(HintBar):
            bar.hints = self.hints()
        self.retranslate()

    def retranslate(self) -> None:
        """Show the screen's own words in the language chosen last."""

    def hints(self) -> list[Hint]:
        """The keys and words of the line at the foot."""
        return hints(self.PLACE, self.home.settings.keys)

    def hint_bar(self) -> HintBar:
        """The line at the foot of this screen."""
        return HintBar(self.hints(), id="hints")

    def act(self, do: Callable[[], Change]) -> Change | None:
        """Do one act on the record and tell every screen; None, and the reason shown, if it was refused."""
        try:
            change = do()
        except ReviewError as error:
            self.refuse(error)
            return None
        self.home.publish(change)
        return change

    def follow_changes(self) -> None:
        """Call `reload` after every act, others' gathered; while another screen is above, when it is gone."""
        self.home.changes.subscribe(self, self._changed)

    def reload(self) -> None:
        """Read again what the screen shows."""

    def _changed(self, _change: Change) -> None:
        if not self.is_current:
            self._stale = True
        elif not self._gathering:
            self._gathering = True
            self.set_timer(SETTLE, self._reload)

    def _reload(self) -> None:
        self._gathering = False
        self._stale = not self.is_current
        if not self._stale:
            self.reload()

    def on_screen_resume(self) -> None:
        if self._stale:
            self._reload()

    async def on_hint_bar_pressed(self, message: HintBar.Pressed) -> None:
        message.stop()
        await self.run_action(message.action)

    def action_undo(self) -> None:
        if change := self.act(self.store.undo):
            self.home.say_act(change)

    def action_redo(self) -> None:
        if change := self.act(self.store.redo):
            self.home.say_act(change)
