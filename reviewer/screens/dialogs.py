"""The small dialogs on an annotation: its note, its due date; and a question."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.timer import Timer
from textual.widgets import Static

from reports.errors import ReviewError
from reviewer.commands import Hint, bindings
from reviewer.days import distance, long_day, read_day
from reviewer.i18n import _, explain
from reviewer.screens.dialog import Dialog, ResultT, Sheet
from reviewer.widgets.fields import NoteField, TextField
from reviewer.widgets.literal import literal

DRAFT_DELAY = 0.6
"""Seconds after a key until what is typed is kept as a draft."""


class Drafting(Sheet[ResultT]):
    """A sheet with a text that is kept as a draft at most a second after each key and on closing, so that a
    line that drops loses nothing."""

    _waiting: Timer | None = None
    _kept = ""

    def keep(self, text: str) -> None:
        """Keep what is typed; may raise what the store does."""
        raise NotImplementedError

    @property
    def typed(self) -> str:
        """What is in the field."""
        return self.query_one(NoteField).text

    def begin(self, text: str) -> None:
        """Put `text`, which is kept already, into the field, the cursor behind it."""
        self._kept = text
        field = self.query_one(NoteField)
        field.text = text
        field.move_cursor(field.document.end)

    def on_text_area_changed(self) -> None:
        if self._waiting is None and self.typed != self._kept:
            self._waiting = self.set_timer(DRAFT_DELAY, self.keep_draft)

    def keep_draft(self) -> None:
        """Keep what is typed, if it is not; say so if that fails, and the text stays."""
        self._waiting = None
        text = self.typed
        if text == self._kept:
            return
        try:
            self.keep(text)
        except ReviewError as error:
            self.refuse(error)
        else:
            self._kept = text


class NoteEditor(Drafting[str | None]):
    """Edits a note; dismissed with the text that was saved, None if it was not.

    `draft`: what was typed before and not saved. `keep`: called with the text as a draft. `quote`: the
    passage, shown above.
    """

    PLACE = "note"
    TALL = True
    BINDINGS: ClassVar[list[BindingType]] = bindings("note")
    DEFAULT_CSS = """
    NoteEditor {
        & #quote { color: $quiet; padding: 0 1; height: auto; max-height: 6; margin: 0 0 1 0; }
        & NoteField { height: 1fr; min-height: 2; margin: 0 1; }
    }
    """

    def __init__(
        self,
        note: str,
        *,
        draft: str | None = None,
        keep: Callable[[str], None] | None = None,
        quote: str = "",
    ) -> None:
        super().__init__()
        self._note = note
        self._draft = draft
        self._keep = keep
        self._quote = quote

    def title_text(self) -> str:
        return _("Note")

    def compose_body(self) -> ComposeResult:
        if self._quote:
            yield Static(literal(f"“{self._quote}”"), id="quote")
        yield NoteField(id="text")
        restored = self._draft is not None and self._draft != self._note
        yield Static(literal(_("Your draft from before, not saved yet.") if restored else ""), classes="said")

    def on_mount(self) -> None:
        self.begin(self._note if self._draft is None else self._draft)
        self.query_one(NoteField).focus()

    def keep(self, text: str) -> None:
        if self._keep is not None:
            self._keep(text)

    def action_save(self) -> None:
        self.dismiss(self.typed.strip())

    def action_close(self) -> None:
        self.keep_draft()
        self.dismiss(None)

    def action_cancel(self) -> None:
        self.action_close()


class DueDialog(Sheet[str | None]):
    """Asks for a due date; dismissed with an ISO day, `""` for none."""

    PLACE = "due"
    BINDINGS: ClassVar[list[BindingType]] = bindings("due")

    def __init__(self, due: str | None, today: date | None = None) -> None:
        super().__init__()
        self._due = due
        self._today = today or date.today()

    def title_text(self) -> str:
        return _("Due date")

    def compose_body(self) -> ComposeResult:
        yield TextField(self._typed(), placeholder=_("30/6 · +14 · cuối tháng"), id="day")
        yield Static(id="meaning", classes="said")
        examples = _("30/6 · 30/06/2023 · +14 days · +2w · +1m · cuối tháng · cuối quý · empty: no due date")
        yield Static(literal(examples), classes="label")

    def on_mount(self) -> None:
        field = self.query_one(TextField)
        field.focus()
        field.select_all()
        self._explain()

    def _typed(self) -> str:
        return f"{date.fromisoformat(self._due):%d/%m/%Y}" if self._due else ""

    def on_input_changed(self) -> None:
        self._explain()

    def _explain(self) -> None:
        meaning = self.query_one("#meaning", Static)
        typed = self.query_one(TextField).value
        try:
            day = read_day(typed, self._today)
        except ReviewError as error:
            meaning.set_class(True, "wrong")
            meaning.update(literal(explain(error)))
            return
        meaning.set_class(False, "wrong")
        if day is None:
            meaning.update(literal(_("No due date.")))
        else:
            meaning.update(literal(f"{long_day(day)} · {distance(day, self._today)}"))

    def action_accept(self) -> None:
        try:
            day = read_day(self.query_one(TextField).value, self._today)
        except ReviewError:
            self._explain()
            return
        self.dismiss(day.isoformat() if day else "")


class Confirm(Dialog[bool | None]):
    """Asks a question that has a yes and a no; dismissed with the answer. `yes`: the word of the yes."""

    PLACE = "confirm"
    BINDINGS: ClassVar[list[BindingType]] = bindings("confirm")
    DEFAULT_CSS = """
    Confirm #question { padding: 0 1; height: auto; }
    Confirm > #box { width: 64; }
    """

    def __init__(self, title: str, question: str, yes: str) -> None:
        super().__init__()
        self._title = title
        self._question = question
        self._yes = yes

    def title_text(self) -> str:
        return self._title

    def compose_body(self) -> ComposeResult:
        yield Static(literal(self._question), id="question")

    def hints(self) -> list[Hint]:
        yes, no = super().hints()[:2]
        return [Hint(yes.key, self._yes, yes.action), no]

    def action_yes(self) -> None:
        self.dismiss(True)

    def action_no(self) -> None:
        self.dismiss(False)

    def action_cancel(self) -> None:
        self.dismiss(False)
