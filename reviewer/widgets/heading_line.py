"""The titles of a list's columns; a click on one asks for the list sorted by it, dragging the gap behind one
makes it wider or narrower."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.message import Message

from reviewer.i18n import _
from reviewer.widgets.bars import PartsLine
from reviewer.widgets.columns import GAP, NARROWEST, Column, row_parts
from reviewer.widgets.parts import Part


class HeadingLine(PartsLine):
    """Stands above rows that begin `indent` cells further right than a line of parts does."""

    class Pressed(Message):
        """The title of a column was clicked."""

        def __init__(self, column: str) -> None:
            super().__init__()
            self.column = column

    class Resized(Message):
        """A column is to have `cells` cells, 0 for what fits. `done`: the mouse was let go."""

        def __init__(self, column: str, cells: int, done: bool) -> None:
            super().__init__()
            self.column = column
            self.cells = cells
            self.done = done

    def __init__(self, *, indent: int = 0, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._indent = indent
        self._fitted: Sequence[tuple[Column, int]] = ()
        self._dragged: tuple[str, int, int] | None = None
        self._moved = False

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

    def _at(self, x: int) -> tuple[str, int, bool] | None:
        """The column whose title, or the gap behind it, is at cell `x`: its name, its width, whether it is
        the gap."""
        cell = x - 1 - self._indent
        for column, cells in self._fitted:
            if 0 <= cell < cells + GAP:
                return column.name, cells, cell >= cells
            cell -= cells + GAP
        return None

    def on_click(self, event: events.Click) -> None:
        found = self._at(event.x)
        moved, self._moved = self._moved, False
        if found is None or moved:
            return
        name, _cells, gap = found
        if not gap:
            self.post_message(self.Pressed(name))
        elif event.chain == 2:
            self.post_message(self.Resized(name, 0, done=True))

    def on_mouse_down(self, event: events.MouseDown) -> None:
        found = self._at(event.x)
        self._moved = False
        if found is not None and found[2]:
            self._dragged = (found[0], found[1], event.x)
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        self._drag(event.x, done=False)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        self._drag(event.x, done=True)
        if self._dragged is not None:
            self._dragged = None
            self.release_mouse()

    def _drag(self, x: int, *, done: bool) -> None:
        if self._dragged is None or (x == self._dragged[2] and not self._moved):
            return
        name, cells, start = self._dragged
        self._moved = True
        self.post_message(self.Resized(name, max(NARROWEST, cells + x - start), done))
