"""Asks whether a file is the corrected text of a report, or a report of its own."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from reviewer.commands import bindings
from reviewer.i18n import _
from reviewer.screens.dialog import Dialog
from reviewer.widgets.literal import literal


class CorrectionDialog(Dialog[bool | None]):
    """Dismissed with True where it is a corrected text, False where it is a report of its own, None to leave
    the file. `source`: its name; `title`: that of the report it looks like."""

    PLACE = "correction"
    BINDINGS: ClassVar[list[BindingType]] = bindings("correction")
    DEFAULT_CSS = """
    CorrectionDialog #question { padding: 0 1; height: auto; }
    CorrectionDialog > #box { width: 72; }
    """

    def __init__(self, source: str, title: str) -> None:
        super().__init__()
        self._source = source
        self._title = title

    def title_text(self) -> str:
        return _("A corrected text?")

    def compose_body(self) -> ComposeResult:
        question = _(
            "{source} looks like a corrected text of “{title}”. If it is, what is marked there goes along "
            "with its words, or waits to be placed."
        )
        yield Static(literal(question.format(source=self._source, title=self._title)), id="question")

    def action_revise(self) -> None:
        self.dismiss(True)

    def action_apart(self) -> None:
        self.dismiss(False)

    def action_cancel(self) -> None:
        self.dismiss(None)
