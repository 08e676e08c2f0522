"""Chooses who sees to an issue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.app import ComposeResult

from annotations.models import Person
from reports.vietnamese import search_key, sort_key
from reviewer.commands import Hint
from reviewer.i18n import _, ngettext
from reviewer.screens.chooser import Chooser, SearchField
from reviewer.widgets.parts import Part, both_ends
from reviewer.words import number

DIGITS = 9


class OwnerPicker(Chooser[tuple[str | None] | None]):
    """Lists `people`, who are offered, `me` first, and nobody; dismissed with a name in a tuple, None in that
    for nobody. `owner`: who sees to it now. `busy`: how many unfinished issues each has.

    A digit in the empty field takes that row at once.
    """

    PLACE = "picker"
    SHEET = True
    TALL = True

    def __init__(
        self, people: Sequence[Person], me: str, owner: str | None, busy: Mapping[str, int] | None = None
    ) -> None:
        super().__init__()
        self._me = me
        self._owner = owner
        self._busy = busy or {}
        names = sorted((person.name for person in people), key=lambda name: (name != me, sort_key(name)))
        self._everybody: list[str | None] = [*names, None]
        self._found: list[str | None] = []
        self._query = ""

    def title_text(self) -> str:
        return _("Who sees to it?")

    def compose_body(self) -> ComposeResult:
        yield from self.compose_chooser(_("Any part of a name"))

    def hints(self) -> list[Hint]:
        return [Hint("Enter", _("take"), "accept"), Hint("Esc", _("close"), "cancel")]

    def search(self, query: str) -> None:
        key = search_key(query)
        self._query = key
        self._found = [name for name in self._everybody if _fits(key, name)]
        self.found.show_items(len(self._found), {})
        if not key and self._owner is not None and self._owner in self._found:
            self.found.cursor = self._found.index(self._owner)

    def draw(self, item: int, width: int) -> list[Part]:
        name = self._found[item]
        shown = _("nobody") if name is None else name
        if name == self._me:
            shown = _("{name} (you)").format(name=name)
        now = name == self._owner
        digit = str(item + 1) if item < DIGITS and not self._query else " "
        left: list[Part] = [
            ("✓ " if now else "  ", "accent"),
            (f"{digit} ", "accent"),
            (shown, "strong" if now else "quiet" if name is None else ""),
        ]
        count = self._busy.get(name or "", 0)
        said = ngettext("{count} to do", "{count} to do", count).format(count=number(count)) if count else ""
        return both_ends(left, [(said, "quiet")], width)

    def on_search_field_shortcut(self, message: SearchField.Shortcut) -> None:
        at = int(message.character) - 1 if message.character.isdigit() else self.found.cursor
        if at < len(self._found):
            self.found.cursor = at
            self.action_accept()

    def action_accept(self) -> None:
        if self._found:
            self.dismiss((self._found[self.found.cursor],))


def _fits(key: str, name: str | None) -> bool:
    """Whether a word of `name` begins with what was typed (folded); nobody is found by nothing alone."""
    return not key or any(word.startswith(key) for word in _words(name)) or key in search_key(name or "")


def _words(name: str | None) -> list[str]:
    return search_key(_("nobody") if name is None else name).split()
