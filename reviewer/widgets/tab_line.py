"""A line of tabs, as many as fit round the current one; a click on one asks for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.message import Message

from reviewer.layout.cells import shorten
from reviewer.layout.cells import width as cells_of
from reviewer.widgets.bars import PartsLine
from reviewer.widgets.parts import Part, crop_parts, parts_width

CHANGED = "•"
GAP = 2
WIDEST = 32
"""Cells of a name, at most."""
_MORE = 2
"""Cells that the sign for tabs out of sight takes."""


@dataclass(frozen=True, slots=True)
class Tab:
    """`count`, `beside`: what is said behind the name. `changed`: it is not as it is saved."""

    name: str
    count: str = ""
    beside: str = ""
    changed: bool = False


def tab_parts(tab: Tab, *, current: bool) -> list[Part]:
    """One tab. The current one has a bar before it, as the current row of a list."""
    parts: list[Part] = [
        ("▌" if current else " ", "accent"),
        (shorten(tab.name, WIDEST), "strong" if current else ""),
    ]
    if tab.count:
        parts.append((f" {tab.count}", "quiet"))
    if tab.beside:
        parts.append((f" {tab.beside}", "quiet"))
    if tab.changed:
        parts.append((f" {CHANGED}", "accent"))
    return parts


def tabs_in_sight(widths: Sequence[int], current: int, cells: int) -> tuple[int, int]:
    """The first of the tabs that fit into `cells` cells with the current one among them, and the one behind
    the last: the first tabs of all while the current one is among those."""
    first = 0
    while True:
        room = cells - (_MORE if first else 0)
        end, used = first, 0
        while end < len(widths):
            used += widths[end] + (GAP if end > first else 0)
            if used + (_MORE if end + 1 < len(widths) else 0) > room:
                break
            end += 1
        if current < end or first >= current:
            return first, max(end, first + 1)
        first += 1


class TabLine(PartsLine):
    """Tabs, numbered from 0."""

    class Pressed(Message):
        """Tab `number` was clicked."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._tabs: Sequence[Tab] = ()
        self._current = 0
        self._ends: list[tuple[int, int]] = []

    def show_tabs(self, tabs: Sequence[Tab], current: int) -> None:
        """Show `tabs`, number `current` marked."""
        if (list(tabs), current) != (list(self._tabs), self._current):
            self._tabs, self._current = tabs, current
            self.refresh()

    def parts(self, cells: int) -> list[Part]:
        drawn = [tab_parts(tab, current=at == self._current) for at, tab in enumerate(self._tabs)]
        widths = [parts_width(parts) for parts in drawn]
        first, end = tabs_in_sight(widths, self._current, cells)
        line: list[Part] = [("‹ ", "accent")] if first else []
        at = cells_of("‹ ") if first else 0
        self._ends = [(at, first - 1)] if first else []
        for number in range(first, end):
            if number > first:
                line.append((" " * GAP, ""))
                at += GAP
            line += drawn[number]
            at += widths[number]
            self._ends.append((at, number))
        if end < len(drawn):
            line = [*crop_parts(line, cells - _MORE), (" ›", "accent")]
            self._ends.append((cells, end))
        return line

    def on_click(self, event: events.Click) -> None:
        for end, number in self._ends:
            if event.x - 1 < end:
                self.post_message(self.Pressed(number))
                return
