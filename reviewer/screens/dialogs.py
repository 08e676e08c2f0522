"""The small dialogs on an annotation: its note, its status and severity, its due date; and a question."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.timer import Timer
from textual.widgets import Static

from annotations.models import Severity, Status
from reports.errors import ReviewError
from reviewer.commands import Hint, bindings
from reviewer.days import distance, long_day, read_day
from reviewer.i18n import _, explain
from reviewer.screens.dialog import Dialog, Sheet
from reviewer.widgets.fields import NoteField, TextField
from reviewer.widgets.item_list import ItemList
from reviewer.widgets.literal import literal
from reviewer.widgets.parts import Part
from reviewer.widgets.rows import GroupedRows
from reviewer.words import SEVERITY_KEYS, STATUS_KEYS, severity_word, status_word

DRAFT_DELAY = 0.6
"""Seconds after a key until what is typed is kept as a draft."""


class NoteEditor(Sheet[str | None]):
    """Edits a note; dismissed with the text that was saved, None if it was not.

    `draft`: what was typed before and not saved. `keep`: called with the text at most a second after each
    key and on closing, so that a line that drops loses nothing. `quote`: the passage, shown above.
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
        self._waiting: Timer | None = None
        self._kept = note if draft is None else draft

    def title_text(self) -> str:
        return _("Note")

    def compose_body(self) -> ComposeResult:
        if self._quote:
            yield Static(literal(f"“{self._quote}”"), id="quote")
        yield NoteField(self._kept, id="text")
        restored = self._draft is not None and self._draft != self._note
        yield Static(literal(_("Your draft from before, not saved yet.") if restored else ""), classes="said")

    def on_mount(self) -> None:
        field = self.query_one(NoteField)
        field.focus()
        field.move_cursor(field.document.end)

    def on_text_area_changed(self) -> None:
        if self._waiting is None and self.query_one(NoteField).text != self._kept:
            self._waiting = self.set_timer(DRAFT_DELAY, self._keep_draft)

    def _keep_draft(self) -> None:
        self._waiting = None
        text = self.query_one(NoteField).text
        if text == self._kept or self._keep is None:
            return
        try:
            self._keep(text)
        except ReviewError as error:
            self.refuse(error)
        else:
            self._kept = text

    def action_save(self) -> None:
        self.dismiss(self.query_one(NoteField).text.strip())

    def action_close(self) -> None:
        self._keep_draft()
        self.dismiss(None)

    def action_cancel(self) -> None:
        self.action_close()


class StatusDialog(Sheet[tuple[Status, Severity | None] | None]):
    """Sets status or severity with one key; dismissed with both."""

    PLACE = "status"
    BINDINGS: ClassVar[list[BindingType]] = bindings("status")
    DEFAULT_CSS = """
    StatusDialog GroupedRows { height: 11; }
    StatusDialog #box { min-height: 14; }
    """

    def __init__(self, status: Status, severity: Severity | None) -> None:
        super().__init__()
        self._status = status
        self._severity = severity
        self._choices: list[tuple[str, Status | Severity | None]] = [*STATUS_KEYS, *SEVERITY_KEYS]

    def title_text(self) -> str:
        return _("Status and severity")

    def compose_body(self) -> ComposeResult:
        yield GroupedRows(self._draw, id="choices")

    def on_mount(self) -> None:
        rows = self.query_one(GroupedRows)
        rows.show_items(len(self._choices), {0: _("Status"), len(STATUS_KEYS): _("Severity")})
        rows.cursor = [status for _key, status in STATUS_KEYS].index(self._status)
        rows.focus()

    def _draw(self, item: int, width: int) -> list[Part]:
        key, value = self._choices[item]
        if isinstance(value, Status):
            word, now = status_word(value), value == self._status
        else:
            word, now = severity_word(value), value == self._severity
        return [(f"{key}  ", "accent"), (word, "strong" if now else ""), ("  ●" if now else "", "accent")]

    def on_key(self, event: object) -> None:
        pressed = getattr(event, "character", None)
        for item, (key, _value) in enumerate(self._choices):
            if key == pressed:
                getattr(event, "stop", lambda: None)()
                self._choose(item)
                return

    def on_item_list_chosen(self, message: ItemList.Chosen) -> None:
        self._choose(message.item)

    def _choose(self, item: int) -> None:
        value = self._choices[item][1]
        if isinstance(value, Status):
            self.dismiss((value, self._severity))
        else:
            self.dismiss((self._status, value))


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
