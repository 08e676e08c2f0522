"""What every screen of the program shares: the record, acts with their errors, hints that can be clicked."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from textual.screen import Screen

from reports.errors import ReviewError
from reviewer.commands import hints
from reviewer.i18n import explain
from reviewer.widgets.bars import HintBar

if TYPE_CHECKING:
    from annotations.models import Change
    from annotations.store import Store
    from reviewer.app import ReviewerApp

ResultT = TypeVar("ResultT")


class ReviewerScreen(Screen[ResultT]):
    """A screen on the record. `PLACE`: where it is in the registry of commands."""

    PLACE: ClassVar[str] = "app"
    ALLOW_SELECT = False

    @property
    def home(self) -> ReviewerApp:
        """The program this screen belongs to."""
        return cast("ReviewerApp", self.app)

    @property
    def store(self) -> Store:
        return self.home.store

    def hint_bar(self) -> HintBar:
        """The line at the foot of this screen."""
        return HintBar(hints(self.PLACE, self.home.settings.keys), id="hints")

    def refuse(self, error: ReviewError) -> None:
        """Say why something was not done."""
        self.app.notify(explain(error), severity="error", timeout=12)

    def act(self, do: Callable[[], Change]) -> Change | None:
        """Do one act on the record and tell every screen; None, and the reason shown, if it was refused."""
        try:
            change = do()
        except ReviewError as error:
            self.refuse(error)
            return None
        self.home.publish(change)
        return change

    async def on_hint_bar_pressed(self, message: HintBar.Pressed) -> None:
        message.stop()
        await self.run_action(message.action)

    def action_undo(self) -> None:
        if change := self.act(self.store.undo):
            self.home.say_act(change)

    def action_redo(self) -> None:
        if change := self.act(self.store.redo):
            self.home.say_act(change)
