"""Choosing one of the people of the record, or everybody."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult

from reports.vietnamese import search_key
from reviewer.commands import Hint
from reviewer.i18n import _
from reviewer.screens.chooser import Chooser
from reviewer.widgets.parts import Part


class PersonPicker(Chooser[tuple[str | None] | None]):
    """Dismissed with the name chosen, in a tuple; (None,) stands for everybody, None for nothing chosen."""

    PLACE = "person"
    DEFAULT_CSS = """
    PersonPicker > #box { width: 48; height: 60%; max-height: 20; }
    """

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self._names: list[str | None] = [None, *names]
        self._shown: list[str | None] = []

    def title_text(self) -> str:
        return _("Whose acts")

    def compose_body(self) -> ComposeResult:
        yield from self.compose_chooser(_("Type a part of the name"))

    def hints(self) -> list[Hint]:
        return [Hint("Enter", _("show"), "accept"), Hint("Esc", _("close"), "cancel")]

    def search(self, query: str) -> None:
        wanted = search_key(query)
        self._shown = [name for name in self._names if wanted in search_key(self._said(name))]
        self.found.show_items(len(self._shown), {})

    def _said(self, name: str | None) -> str:
        return _("Everybody") if name is None else name

    def draw(self, item: int, width: int) -> list[Part]:
        return [(self._said(self._shown[item]), "")]

    def action_accept(self) -> None:
        if self._shown:
            self.dismiss((self._shown[self.found.cursor],))
