"""The keys of where the reviewer is, from the registry."""

from __future__ import annotations

import textwrap
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.strip import Strip
from textual.widgets import Static

from reviewer.commands import Command, May, bindings, command, commands_at, key_names, keys_at, keys_of
from reviewer.i18n import _
from reviewer.screens.dialog import Dialog
from reviewer.widgets.line_view import LineView
from reviewer.widgets.literal import literal
from reviewer.widgets.parts import CLASSES, Part, fit, parts_strip

KEYS_WIDTH = 16
"""Cells of the column of keys."""


def help_rows(commands: list[Command], keymap: dict[str, str], width: int) -> list[list[Part]]:
    """The help on `commands` in rows of at most `width` cells: groups, keys, what they do."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for one, keys in keys_at(commands, keymap):
        if keys:
            _add(groups.setdefault(one.group, []), key_names(keys, 2), _(one.help))
    rows: list[list[Part]] = []
    for group, entries in groups.items():
        if rows:
            rows.append([])
        rows.append([(f" {_(group)}", "strong")])
        for shown, text in entries:
            lines = textwrap.wrap(text, max(12, width - KEYS_WIDTH - 2)) or [""]
            rows.append([(f" {fit(shown, KEYS_WIDTH)}", "accent"), (lines[0], "")])
            rows += [[(" " * (KEYS_WIDTH + 1), ""), (line, "")] for line in lines[1:]]
    return rows


def _add(entries: list[tuple[str, str]], keys: str, text: str) -> None:
    """Add an entry; neighbours with the same text (the digits) become one."""
    if entries and entries[-1][1] == text:
        keys = f"{entries.pop()[0].partition(' … ')[0]} … {keys}"
    entries.append((keys, text))


class _Page(LineView):
    COMPONENT_CLASSES: ClassVar[set[str]] = CLASSES

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[Part]] = []

    def render_row(self, row: int, width: int) -> Strip:
        return parts_strip(self.rows[row], self.base_style, self.accent_of)


class HelpScreen(Dialog[None]):
    """Shows the commands at hand on `place` that `may` allows."""

    PLACE = "help"
    BINDINGS: ClassVar[list[BindingType]] = bindings("help")
    DEFAULT_CSS = """
    HelpScreen > #box { width: 84; height: 100%; max-height: 48; }
    HelpScreen _Page { height: 1fr; margin: 1 1 0 1; }
    HelpScreen #where { height: 1; padding: 0 2; color: $accent; display: none; }
    HelpScreen #where.more { display: block; }
    """

    def __init__(self, place: str, may: May | None = None) -> None:
        super().__init__()
        self._shown = commands_at(place, may)

    def title_text(self) -> str:
        return _("The keys here")

    def compose_body(self) -> ComposeResult:
        yield _Page()
        yield Static(id="where")

    def on_mount(self) -> None:
        self._fill()

    def on_resize(self) -> None:
        self.call_after_refresh(self._fill)

    def _fill(self) -> None:
        page = self.query_one(_Page)
        page.rows = help_rows(self._shown, dict(self.home.settings.keys), max(30, page.size.width))
        page.row_count = len(page.rows)
        self.query_one("#where").set_class(page.row_count > page.page_rows, "more")
        self.call_after_refresh(self._say_where)

    def _say_where(self) -> None:
        """Which rows are in sight, and the keys that bring the others there."""
        page, keys = self.query_one(_Page), dict(self.home.settings.keys)
        down, up = (key_names(keys_of(command(name), keys), 1) for name in ("help.down", "help.up"))
        last = min(page.top_row + page.page_rows, page.row_count)
        said = _("{first}–{last} of {count} · {down} {up} scroll")
        said = said.format(first=page.top_row + 1, last=last, count=page.row_count, down=down, up=up)
        self.query_one("#where", Static).update(literal(said))

    def action_close(self) -> None:
        self.dismiss(None)

    def action_cancel(self) -> None:
        self.dismiss(None)

    def _scroll(self, rows: int) -> None:
        page = self.query_one(_Page)
        page.scroll_to_row(max(0, min(page.top_row + rows, page.row_count - page.page_rows)))
        self._say_where()

    def action_down(self) -> None:
        self._scroll(1)

    def action_up(self) -> None:
        self._scroll(-1)

    def action_page_down(self) -> None:
        self._scroll(self.query_one(_Page).page_rows - 1)

    def action_page_up(self) -> None:
        self._scroll(1 - self.query_one(_Page).page_rows)
