"""The first and the last line of a screen: where one is, and what the keys do there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from reviewer.commands import Hint
from reviewer.layout.cells import width as cells_of
from reviewer.widgets.parts import CLASSES, Part, both_ends, parts_strip

GAPS = (3, 2)
"""Blank cells between two hints, and where not all of them fit."""


class PartsLine(Widget):
    """One line of parts, some at the left, some at the right."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = CLASSES
    DEFAULT_CSS = """
    PartsLine { height: 1; width: 1fr; }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self.auto_links = False
        self._left: Sequence[Part] = ()
        self._right: Sequence[Part] = ()

    def show(self, left: Sequence[Part], right: Sequence[Part] = ()) -> None:
        """Show these parts; nothing is drawn if they are the ones shown already."""
        if (list(left), list(right)) != (list(self._left), list(self._right)):
            self._left, self._right = left, right
            self.refresh()

    def parts(self, cells: int) -> list[Part]:
        """What is drawn in `cells` cells."""
        return both_ends(self._left, self._right, cells)

    def render_line(self, y: int) -> Strip:
        width, base = self.size.width, self.rich_style
        if y:
            return Strip.blank(width, base)
        parts = [(" ", ""), *self.parts(max(0, width - 2))]
        return parts_strip(parts, base, self._accent).adjust_cell_length(width, base)

    def _accent(self, name: str) -> Style:
        return self.get_component_rich_style(name, partial=True)


class TitleBar(PartsLine):
    """What the screen shows, at the top."""


class HintBar(PartsLine):
    """The keys that matter here and their words, as many as fit; a click on one presses it."""

    class Pressed(Message):
        """A hint was clicked; `action` is what its key runs."""

        def __init__(self, action: str) -> None:
            super().__init__()
            self.action = action

    def __init__(self, hints: Sequence[Hint] = (), *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._hints = list(hints)

    @property
    def hints(self) -> list[Hint]:
        return self._hints

    @hints.setter
    def hints(self, hints: Sequence[Hint]) -> None:
        if list(hints) != self._hints:
            self._hints = list(hints)
            self.refresh()

    def fitting(self, cells: int) -> tuple[list[Hint], int]:
        """The hints that fit into `cells` cells, the first ones and the last one (help) always, and the blank
        cells between them."""
        if not self._hints:
            return [], GAPS[0]
        for gap in GAPS:
            kept = _first_fitting(self._hints, cells, gap)
            if len(kept) == len(self._hints):
                break
        return kept, gap

    def parts(self, cells: int) -> list[Part]:
        parts: list[Part] = []
        hints, gap = self.fitting(cells)
        for hint in hints:
            if parts:
                parts.append((" " * gap, ""))
            parts += [(hint.key, "accent"), (f" {hint.word}", "quiet")]
        return both_ends(parts, (), cells)

    def on_click(self, event: events.Click) -> None:
        column = 1
        hints, gap = self.fitting(max(0, self.size.width - 2))
        for hint in hints:
            if column <= event.x < column + _cells(hint):
                self.post_message(self.Pressed(hint.action))
                return
            column += _cells(hint) + gap


def _first_fitting(hints: Sequence[Hint], cells: int, gap: int) -> list[Hint]:
    *others, last = hints
    room = cells - _cells(last)
    kept: list[Hint] = []
    for hint in others:
        room -= _cells(hint) + gap
        if room < 0:
            break
        kept.append(hint)
    return [*kept, last]


def _cells(hint: Hint) -> int:
    return cells_of(hint.key) + 1 + cells_of(hint.word)
