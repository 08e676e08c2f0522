"""Dialogs for many issues at once."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from annotations.models import Severity, Status
from reviewer.commands import bindings
from reviewer.i18n import _
from reviewer.screens.dialog import Dialog
from reviewer.widgets.item_list import ItemList
from reviewer.widgets.parts import Part
from reviewer.widgets.rows import GroupedRows
from reviewer.words import SEVERITY_KEYS, STATUS_KEYS, severity_word, status_word


class BulkStatus(Dialog[tuple[Status | Severity | None] | None]):
    """Asks for one status or one severity; dismissed with it in a tuple, None in that for no severity."""

    SHEET = True
    PLACE = "status"
    BINDINGS: ClassVar[list[BindingType]] = bindings("status")
    DEFAULT_CSS = """
    BulkStatus GroupedRows { height: 11; }
    BulkStatus #box { min-height: 14; }
    """
    CHOICES: ClassVar[list[tuple[str, Status | Severity | None]]] = [*STATUS_KEYS, *SEVERITY_KEYS]

    def title_text(self) -> str:
        return _("Status or severity of all that are marked")

    def compose_body(self) -> ComposeResult:
        yield GroupedRows(self._draw, id="choices")

    def on_mount(self) -> None:
        rows = self.query_one(GroupedRows)
        rows.show_items(len(self.CHOICES), {0: _("Status"), len(STATUS_KEYS): _("Severity")})
        rows.focus()

    def _draw(self, item: int, width: int) -> list[Part]:
        key, value = self.CHOICES[item]
        word = status_word(value) if isinstance(value, Status) else severity_word(value)
        return [(f"{key}  ", "accent"), (word, "")]

    def on_key(self, event: object) -> None:
        pressed = getattr(event, "character", None)
        for item, (key, _value) in enumerate(self.CHOICES):
            if key == pressed:
                getattr(event, "stop", lambda: None)()
                self._choose(item)
                return

    def on_item_list_chosen(self, message: ItemList.Chosen) -> None:
        self._choose(message.item)

    def _choose(self, item: int) -> None:
        self.dismiss((self.CHOICES[item][1],))
