"""The titles of a list's columns; a click on one asks for the list sorted by it."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.message import Message

from reviewer.i18n import _
from reviewer.widgets.bars import PartsLine
from reviewer.widgets.columns import GAP, Column, row_parts
from reviewer.widgets.parts import Part


class HeadingLine(PartsLine):
    """Stands above rows that begin `indent` cells further right than a line of parts does."""

    class Pressed(Message):
        """The title of a column was clicked."""

        def __init__(self, column: str) -> None:
            super().__init__()
            self.column = column

    def __init__(self, *, indent: int = 0, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._indent = indent
        self._fitted: Sequence[tuple[Column, int]] = ()

    def show_columns(
        self, fitted: Sequence[tuple[Column, int]], sorted_by: str = "", *, descending: bool = False
    ) -> None:
        """Show these columns, an arrow at the one that the list is sorted by."""
        self._fitted = fitted
        titles: dict[str, Part] = {}
        for column, _cells in fitted:
            arrow = (" ↓" if descending else " ↑") if column.name == sorted_by else ""
            titles[column.name] = (_(column.title) + arrow, "accent" if arrow else "quiet")
        self.show([(" " * self._indent, ""), *row_parts(fitted, titles)])

    def on_click(self, event: events.Click) -> None:
        cell = event.x - 1 - self._indent
        for column, cells in self._fitted:
            if 0 <= cell < cells:
                self.post_message(self.Pressed(column.name))
                return
            cell -= cells + GAP
