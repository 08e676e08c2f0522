"""Every command of where the reviewer is, by name."""

from __future__ import annotations

from collections.abc import Iterable

from textual.app import ComposeResult
from textual.screen import Screen

from reports.vietnamese import search_key
from reviewer.commands import Command, Hint, commands_at, key_names, keys_of
from reviewer.i18n import _
from reviewer.screens.chooser import Chooser, SearchField
from reviewer.widgets.parts import Part, both_ends


def find_commands(query: str, candidates: Iterable[Command]) -> list[Command]:
    """The commands whose title, help or id holds every word of `query`, in either language; best first."""
    words = search_key(query).split()
    ranked = []
    for position, one in enumerate(candidates):
        title = search_key(f"{_(one.title)} {one.title}")
        rest = search_key(f"{_(one.help)} {one.id}")
        places = [_place(word, title, rest) for word in words]
        if None not in places:
            ranked.append((sum(place or 0 for place in places), position, one))
    return [one for _score, _position, one in sorted(ranked, key=lambda found: found[:2])]


def _place(word: str, title: str, rest: str) -> int | None:
    if title.startswith(word):
        return 0
    if f" {word}" in title:
        return 1
    if word in title:
        return 2
    return 4 if word in rest else None


class CommandPalette(Chooser[tuple[Screen[object], str] | None]):
    """Dismissed with the screen it was opened over and the action to run there, or None."""

    PLACE = "palette"
    DEFAULT_CSS = """
    CommandPalette > #box { width: 84; height: 80%; max-height: 30; }
    """

    def __init__(self, over: Screen[object]) -> None:
        super().__init__()
        self._over = over
        self._all: list[Command] = []
        self._shown: list[Command] = []

    def title_text(self) -> str:
        return _("Commands")

    def compose_body(self) -> ComposeResult:
        place, may = getattr(self._over, "PLACE", "app"), getattr(self._over, "may", None)
        self._all = [one for one in commands_at(place, may) if one.palette]
        yield from self.compose_chooser(_("Type a part of its name"))

    def hints(self) -> list[Hint]:
        return [Hint("Enter", _("do it"), "accept"), Hint("Esc", _("close"), "cancel")]

    def on_search_field_shortcut(self, message: SearchField.Shortcut) -> None:
        self.field.insert_text_at_cursor(message.character)

    def search(self, query: str) -> None:
        self._shown = find_commands(query, self._all)
        self.found.show_items(len(self._shown), {})

    def draw(self, item: int, width: int) -> list[Part]:
        one = self._shown[item]
        keys = key_names(keys_of(one, self.home.settings.keys), 2)
        left: list[Part] = [(_(one.title), ""), (f"  {_(one.help)}", "quiet")]
        return both_ends(left, [(keys, "accent")] if keys else [], width)

    def action_accept(self) -> None:
        if self._shown:
            one = self._shown[self.found.cursor]
            self.dismiss((self._over, f"app.{one.run}" if one.place == "app" else one.run))
