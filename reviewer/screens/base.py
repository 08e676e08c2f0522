"""What every screen of the program shares: the record, acts with their errors, hints that can be clicked."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from textual.await_complete import AwaitComplete
from textual.message import Message
from textual.screen import Screen

from annotations import roles
from reports.errors import ReviewError
from reviewer.commands import Hint, hints
from reviewer.widgets.bars import HintBar
from reviewer.widgets.line_view import LineView

if TYPE_CHECKING:
    from annotations.issue_rows import IssueRow
    from annotations.models import Act, Annotation, Change, Comment, View
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
    _own = True
    _dismissed: tuple[ResultT | None] | None = None

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

    async def _dispatch_message(self, message: Message) -> None:
        # What the record refuses in a handler would end the session.
        try:
            await super()._dispatch_message(message)
        except ReviewError as error:
            self.home.refused(error)

    def dismiss(self, result: ResultT | None = None) -> AwaitComplete:
        """Close; while another screen is above, when that is gone. Closing what is closed does nothing."""
        # Textual closes whatever is on top, and ends with a screen that is dismissed twice.
        if self.is_active:
            self._dismissed = None
            return super().dismiss(result)
        if self in self.app.screen_stack:
            self._dismissed = (result,)
        return AwaitComplete()

    def refusal(self, act: Act) -> ReviewError | None:
        """Why the reviewer may not do `act` where they are now; None where they may."""
        try:
            item = self.acted_on(act) if self.children and roles.minds_whose(act) else None
            return self.store.refusal(act, item)
        except ReviewError as error:
            return error

    def may(self, act: Act) -> bool:
        """Whether `act` is offered where the reviewer is now."""
        return self.refusal(act) is None

    def acted_on(self, act: Act) -> Annotation | Comment | View | None:
        """What the command of `act` would do it to, where it matters whose that is; None for nothing yet."""
        return None

    def mind_whose(self, item: Annotation | Comment | View | IssueRow | None) -> None:
        """`item` is what acts are for now: show what may be done to it if that is not as before."""
        own = item is None or item.reviewer == self.store.reviewer
        if own != self._own:
            self._own = own
            self.show_rights()

    def show_rights(self) -> None:
        """Show what the reviewer may do here, as their role is now."""
        for bar in self.query(HintBar):
            bar.hints = self.hints()

    def speak(self) -> None:
        """Show everything in the language chosen last."""
        self.show_rights()
        self.retranslate()
        for view in self.query(LineView):
            view.refresh_all()

    def retranslate(self) -> None:
        """Show the screen's own words in the language chosen last."""

    def hints(self) -> list[Hint]:
        """The keys and words of the line at the foot."""
        return hints(self.PLACE, self.home.settings.keys, self.may)

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
        if self._dismissed is not None and self.is_active:
            self.dismiss(*self._dismissed)
            return
        self.home.leave_notices()
        if self._stale:
            self._reload()
        # Drawn at once instead of with the next tick, which is a frame away, or four over a slow line.
        self.call_next(self._on_timer_update)

    async def on_hint_bar_pressed(self, message: HintBar.Pressed) -> None:
        message.stop()
        await self.run_action(message.action)

    def action_undo(self) -> None:
        if change := self.act(self.store.undo):
            self.home.say_act(change)

    def action_redo(self) -> None:
        if change := self.act(self.store.redo):
            self.home.say_act(change)
