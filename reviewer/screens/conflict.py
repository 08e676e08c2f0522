"""Two people changed one note: both texts side by side, and nobody's words vanish."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from annotations.models import Annotation
from reviewer.commands import bindings
from reviewer.i18n import _
from reviewer.screens.dialog import Dialog
from reviewer.widgets.literal import literal


class ConflictScreen(Dialog[str | None]):
    """Shows one's own note (`mine`) and the stored one; dismissed with the note to keep, None
    to decide later. `who`: whose act left the stored one."""

    PLACE = "conflict"
    BINDINGS: ClassVar[list[BindingType]] = bindings("conflict")
    DEFAULT_CSS = """
    ConflictScreen {
        & .side { height: auto; max-height: 10; padding: 0 1; }
        & .side Static { height: auto; }
    }
    """

    def __init__(self, mine: str, stored: Annotation, who: str) -> None:
        super().__init__()
        self._mine = mine
        self._stored = stored
        self._who = who

    def title_text(self) -> str:
        return _("{name} has changed this note meanwhile").format(name=self._who)

    def compose_body(self) -> ComposeResult:
        for heading, text in ((_("Theirs"), self._stored.note), (_("Yours"), self._mine)):
            yield Static(literal(heading), classes="label")
            with VerticalScroll(classes="side"):
                yield Static(literal(text or _("(empty)")))
        yield Static(literal(_("Until you choose, yours is kept as a draft.")), classes="said")

    def action_mine(self) -> None:
        self.dismiss(self._mine)

    def action_theirs(self) -> None:
        self.dismiss(self._stored.note)

    def action_both(self) -> None:
        self.dismiss("\n".join(text for text in (self._stored.note, self._mine) if text))
