"""What reading says, once the reviewer rests on an annotation, of the same issue in other reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message
from textual.timer import Timer

from annotations.models import Act, Annotation, Change
from reviewer.commands import command, key_names, keys_of
from reviewer.i18n import _
from reviewer.over_time import run_words, when
from reviewer.screens.issue_listing import SecondReader
from reviewer.screens.reading_base import ReadingBase
from reviewer.widgets.ground import ground_of

if TYPE_CHECKING:
    from annotations.store import Store
    from reviewer.widgets.parts import Part

REST = 0.6
"""Seconds on one annotation until its earlier ones are looked for, in a thread."""
_OF_LINES = frozenset({Act.CONTINUE, Act.DELETE, Act.RESTORE, Act.EDIT_MANY, Act.UNDO, Act.REDO})
"""Acts after which another annotation may be the earlier one."""


@dataclass(frozen=True, slots=True)
class Known:
    """What was found about an annotation as it was when it had that version."""

    annotation_id: int
    version: int
    parts: tuple[Part, ...]


class ReadingOverTime(ReadingBase):
    """A quiet line below the open annotation: for how long its issue stands, or in which report it may have
    been raised before. Moving never waits for it, and on a thin line it is not shown."""

    class Looked(Message):
        """What a thread found about an annotation."""

        def __init__(self, known: Known) -> None:
            super().__init__()
            self.known = known

    def __init__(self) -> None:
        super().__init__()
        self._known: dict[int, Known] = {}
        self._resting: Timer | None = None
        self._rested_on: Annotation | None = None

    def over_time_of(self) -> Annotation | None:
        return self.chosen()

    def follow(self) -> None:
        super().follow()
        chosen = self.chosen()
        if chosen == self._rested_on:
            return
        self._rested_on = chosen
        if self._resting is not None:
            self._resting.stop()
            self._resting = None
        known = self._known.get(chosen.id) if chosen else None
        if chosen is not None and known is not None and known.version == chosen.version:
            self._show_known(known)
        elif chosen is not None and not ground_of(self.app).thin:
            self._resting = self.set_timer(REST, self._look)

    def _look(self) -> None:
        self._resting = None
        chosen = self.chosen()
        if chosen is None or not self.is_open:
            return
        reader, offers = SecondReader(self.store), self.may(Act.CONTINUE)
        keys = self._key("reading.same"), self._key("reading.earlier")

        def look() -> None:
            with reader.opened() as store:
                parts = _said(store, chosen, offers, *keys)
            self.post_message(self.Looked(Known(chosen.id, chosen.version, parts)))

        self.run_worker(look, thread=True, exclusive=True, group="earlier", exit_on_error=False)

    def _key(self, command_id: str) -> str:
        """The key of a command, empty if it has none."""
        return key_names(keys_of(command(command_id), self.home.settings.keys), 1)

    def on_reading_over_time_looked(self, message: Looked) -> None:
        message.stop()
        self._known[message.known.annotation_id] = message.known
        chosen = self.chosen()
        if chosen is not None and chosen.id == message.known.annotation_id:
            self._show_known(message.known)

    def _show_known(self, known: Known) -> None:
        self.panel.show_aside(known.annotation_id, known.parts)

    def changed(self, change: Change) -> None:
        if change.act in _OF_LINES:
            self._known.clear()
        super().changed(change)


def _said(store: Store, annotation: Annotation, offers: bool, yes: str, look: str) -> tuple[Part, ...]:
    """For how long its issue stands, or what may be the same where that is offered; `yes`, `look`: keys."""
    if annotation.earlier_id is not None:
        said = run_words(store.issues.runs([annotation.id]).get(annotation.id))
        return ((said, "warning"), (f"  {look}", "accent")) if said else ()
    found = store.issues.earlier(annotation.id, 1) if offers else []
    if not found or not found[0].strong:
        return ()
    before = when(found[0].period, found[0].report_date)
    asked: Part = (_("also in {period}?").format(period=before), "quiet")
    answers: tuple[Part, ...] = ((f"  {yes}", "accent"), (" " + _("yes"), "quiet"))
    return (asked, *answers, (f"  {look}", "accent"), (" " + _("look"), "quiet"))
