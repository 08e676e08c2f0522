"""Status and severity on one sheet: each picked with its key, both taken together."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from annotations.models import Severity, Status
from annotations.transitions import TRANSITIONS, allows
from reviewer.commands import bindings
from reviewer.i18n import _
from reviewer.screens.dialog import ResultT, Sheet
from reviewer.widgets.item_list import ItemList
from reviewer.widgets.literal import literal
from reviewer.widgets.parts import Part, both_ends
from reviewer.widgets.rows import GroupedRows
from reviewer.words import SEVERITY_KEYS, STATUS_KEYS, severity_word, status_word

CHOICES: list[tuple[str, Status | Severity | None]] = [*STATUS_KEYS, *SEVERITY_KEYS]
_STATUSES = len(STATUS_KEYS)


class StandingDialog(Sheet[ResultT]):
    """One status and one severity at most are picked: by their keys, a click, or Space on the row under the
    cursor. Enter takes what is picked, or else that row, and closes; a double click takes a row at once.

    `status`, `severity`: numbers in `CHOICES` of what is picked at first, None for nothing.
    """

    PLACE = "status"
    BINDINGS: ClassVar[list[BindingType]] = bindings("status")
    DEFAULT_CSS = """
    StandingDialog GroupedRows { height: 11; }
    StandingDialog #box { min-height: 15; }
    """

    def __init__(self, status: int | None = None, severity: int | None = None) -> None:
        super().__init__()
        self._picked = [status, severity]
        self._touched = False

    def compose_body(self) -> ComposeResult:
        yield GroupedRows(self._draw, id="choices")
        yield Static(classes="said", id="why")

    def on_mount(self) -> None:
        self.rows.show_items(len(CHOICES), {0: _("Status"), _STATUSES: _("Severity")})
        self.rows.cursor = self._picked[0] or 0
        self.rows.focus()

    @property
    def rows(self) -> GroupedRows:
        return self.query_one("#choices", GroupedRows)

    @property
    def picked(self) -> list[Status | Severity | None]:
        """What is picked, the status first."""
        return [CHOICES[item][1] for item in self._picked if item is not None]

    def why_not(self, item: int) -> str:
        """Why row `item` cannot be picked, in a sentence; empty if it can."""
        return ""

    def beside(self, item: int) -> str:
        """What stands at the right of row `item`, in a word or three."""
        return ""

    def finish(self) -> None:
        """Close with what is picked."""
        raise NotImplementedError

    def _draw(self, item: int, width: int) -> list[Part]:
        key, value = CHOICES[item]
        word = status_word(value) if isinstance(value, Status) else severity_word(value)
        refused = bool(self.why_not(item))
        now = item in self._picked
        left: list[Part] = [
            (f"{key}  ", "quiet" if refused else "accent"),
            (word, "quiet" if refused else "strong" if now else ""),
            ("  ●" if now else "", "accent"),
        ]
        return both_ends(left, [(self.beside(item), "quiet")], width)

    def on_key(self, event: object) -> None:
        pressed = getattr(event, "character", None)
        for item, (key, _value) in enumerate(CHOICES):
            if key == pressed:
                getattr(event, "stop", lambda: None)()
                self.pick(item)
                return

    def pick(self, item: int) -> bool:
        """Pick row `item`, or say why not."""
        why = self.why_not(item)
        self.query_one("#why", Static).update(literal(why))
        self.rows.cursor = item
        if not why:
            self._picked[item >= _STATUSES] = item
            self._touched = True
            self.rows.refresh_all()
        return not why

    def on_item_list_chosen(self, message: ItemList.Chosen) -> None:
        if self.pick(message.item):
            self.finish()

    def on_click(self, event: object) -> None:
        if getattr(event, "widget", None) is self.rows and getattr(event, "chain", 0) == 1:
            self.pick(self.rows.cursor)
        else:
            super().on_click(event)

    def action_mark(self) -> None:
        self.pick(self.rows.cursor)

    def action_accept(self) -> None:
        if self._touched or self.pick(self.rows.cursor):
            self.finish()


class StatusDialog(StandingDialog[tuple[Status, Severity | None] | None]):
    """Sets status and severity of one issue; dismissed with both. `concerned`: it is the reviewer's to open
    again (`annotations.transitions`)."""

    def __init__(self, status: Status, severity: Severity | None, *, concerned: bool = True) -> None:
        values = [value for _key, value in CHOICES]
        super().__init__(values.index(status), _STATUSES + values[_STATUSES:].index(severity))
        self._status = status
        self._concerned = concerned

    def title_text(self) -> str:
        return _("Status and severity")

    def why_not(self, item: int) -> str:
        value = CHOICES[item][1]
        if not isinstance(value, Status) or allows(self._status, value, concerned=self._concerned):
            return ""
        if (self._status, value) in TRANSITIONS:
            return _("Only its author, its owner or a lead opens it again.")
        return _("Open it again first: o.")

    def beside(self, item: int) -> str:
        if not self.why_not(item):
            return ""
        return _("not from here") if (self._status, CHOICES[item][1]) not in TRANSITIONS else _("not yours")

    def finish(self) -> None:
        status, severity = self.picked
        assert isinstance(status, Status) and not isinstance(severity, Status)
        self.dismiss((status, severity))
