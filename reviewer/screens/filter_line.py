"""The line in which a filter is typed: completed with Tab, a word that means nothing shown in its place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input, Static

from annotations.errors import FilterError
from reports.errors import ReviewError
from reviewer.i18n import _, explain
from reviewer.layout.cells import width
from reviewer.widgets.bars import PartsLine
from reviewer.widgets.fields import TextField
from reviewer.widgets.literal import literal
from reviewer.widgets.parts import Part

if TYPE_CHECKING:
    from annotations.filter_completion import Completion

PAUSE = 0.15
"""Seconds without a key after which what is typed is looked for."""
OFFERED = 8

Complete = Callable[[str, int], "Sequence[Completion]"]
"""What may follow at a code point of a text."""


class FilterField(TextField):
    """Tab and shift+tab complete instead of leaving the field; the arrows leave it for the list."""

    class Completed(Message):
        """Tab: the next completion (`step` 1) or the one before it (-1)."""

        def __init__(self, step: int) -> None:
            super().__init__()
            self.step = step

    class Left(Message):
        """Arrow down: on to the list."""

    def on_key(self, event: events.Key) -> None:
        message: Message | None = None
        if event.key in ("tab", "shift+tab"):
            message = self.Completed(1 if event.key == "tab" else -1)
        elif event.key in ("down", "pagedown"):
            message = self.Left()
        if message is not None:
            event.stop()
            event.prevent_default()
            self.post_message(message)


class FilterLine(Horizontal):
    """A label and the field. What it offers or has to say goes to `said`, a line of the screen's."""

    DEFAULT_CSS = """
    FilterLine {
        height: 1;
        & Static { width: auto; padding: 0 1; color: $quiet; }
        & FilterField { width: 1fr; }
    }
    """

    class Changed(Message):
        """Another filter is wanted. `entered`: with Enter, so that the list is next."""

        def __init__(self, text: str, entered: bool) -> None:
            super().__init__()
            self.text = text
            self.entered = entered

    class Left(Message):
        """The field was left for the list."""

    def __init__(self, complete: Complete, said: PartsLine, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._complete = complete
        self._said = said
        self._pause: Timer | None = None
        self._base: tuple[str, int] | None = None
        self._offers: Sequence[Completion] = ()
        self._taken = -1

    def compose(self) -> ComposeResult:
        yield Static(literal(_("Filter")))
        yield FilterField(placeholder=self._hint(), id="filter")

    def _hint(self) -> str:
        return _("f, then agency:… status:open tag:… overdue, or words of the passage")

    @property
    def field(self) -> FilterField:
        return self.query_one(FilterField)

    @property
    def text(self) -> str:
        return self.field.value

    def set_text(self, text: str) -> None:
        """Show `text` without asking for it."""
        with self.prevent(Input.Changed):
            self.field.value = text
            self.field.cursor_position = len(text)
        self._forget()

    def retranslate(self) -> None:
        """Label and hint in the language chosen last."""
        self.query_one(Static).update(literal(_("Filter")))
        self.field.placeholder = self._hint()

    def ask(self) -> None:
        """Put the cursor into the field."""
        self.field.focus()
        self.field.cursor_position = len(self.field.value)
        self._offer()

    def refuse(self, error: ReviewError) -> None:
        """Show what is wrong below the word that is."""
        start, end = error_place(self.text, error)
        before = width(_("Filter")) + 2 + width(self.text[:start])
        message = explain(error)
        room = max(0, self.app.size.width - 4 - width(message))
        self._said.show(
            [(" " * min(max(0, before - 1), room), ""), (f"↑ {message}" if end > start else message, "error")]
        )

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._forget()
        self._offer()
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(PAUSE, self._tell)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._tell(entered=True)

    def _tell(self, entered: bool = False) -> None:
        if self._pause is not None:
            self._pause.stop()
            self._pause = None
        self.post_message(self.Changed(self.text, entered))

    def _forget(self) -> None:
        self._base, self._offers, self._taken = None, (), -1

    def _offer(self) -> None:
        """Show what may come next."""
        if not self.field.has_focus:
            return
        if self._base is None:
            self._base = (self.text, self.field.cursor_position)
            try:
                self._offers = self._complete(*self._base)[:OFFERED]
            except ReviewError:
                self._offers = ()
        parts: list[Part] = []
        for number, offer in enumerate(self._offers):
            parts.append((offer.label or offer.text, "strong" if number == self._taken else "quiet"))
            parts.append(("  ", ""))
        if parts:
            parts.insert(0, (_("Tab: "), "accent"))
        self._said.show(parts)

    def on_filter_field_completed(self, message: FilterField.Completed) -> None:
        message.stop()
        if self._base is None:
            self._offer()
        if not self._offers or self._base is None:
            return
        first = 0 if message.step > 0 else len(self._offers) - 1
        self._taken = first if self._taken < 0 else (self._taken + message.step) % len(self._offers)
        offer, text = self._offers[self._taken], self._base[0]
        with self.prevent(Input.Changed):
            self.field.value = text[: offer.start] + offer.text + text[offer.end :]
            self.field.cursor_position = offer.start + len(offer.text)
        self._offer()
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(PAUSE, self._tell)

    def on_filter_field_left(self, message: FilterField.Left) -> None:
        message.stop()
        self.post_message(self.Left())


def error_place(text: str, error: ReviewError) -> tuple[int, int]:
    """Where in the filter `text` the word is that `error` is about: code points; (0, 0) if unknown."""
    if isinstance(error, FilterError) and error.end > error.start:
        return error.start, error.end
    name = str(error.values.get("name", ""))
    at = text.find(name) if name else -1
    return (at, at + len(name)) if at >= 0 else (0, 0)
