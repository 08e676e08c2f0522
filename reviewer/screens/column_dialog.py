"""The dialog that says which columns the issue list has, in which order and how wide."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from reviewer.commands import bindings
from reviewer.i18n import _
from reviewer.screens.dialog import Sheet
from reviewer.screens.issue_columns import CATALOGUE, USUAL, known_columns
from reviewer.viewing import Columns
from reviewer.widgets.columns import NARROWEST
from reviewer.widgets.item_list import ItemList
from reviewer.widgets.literal import literal
from reviewer.widgets.parts import Part, both_ends
from reviewer.widgets.rows import Rows

_TITLES = {column.name: column.title for column in CATALOGUE}
STEP = 2
"""Cells by which a width changes at a key."""


class ColumnRows(Rows):
    """Rows in which Space is for the one under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("tick")


class ColumnDialog(Sheet[Columns | None]):
    """The columns shown first, then the others. `show`: called with what is chosen so far, so that the list
    behind shows it. `fitted`: tells the cells that each column has then, nothing of those without room.
    `in_headings`: the column that the list's grouping says instead, empty for none.
    Dismissed with what was chosen."""

    PLACE = "columns"
    TALL = True
    BINDINGS: ClassVar[list[BindingType]] = bindings("columns")
    DEFAULT_CSS = """
    ColumnDialog Rows { height: 1fr; min-height: 6; }
    """

    def __init__(
        self,
        chosen: Columns,
        show: Callable[[Columns], None],
        fitted: Callable[[], Mapping[str, int]],
        in_headings: str = "",
    ) -> None:
        super().__init__()
        self._before = chosen
        self._show = show
        self._fitted = fitted
        self._in_headings = in_headings
        self._names: list[str] = []
        self._cells: dict[str, int] = {}
        self._shown: set[str] = set()
        self._begin(chosen)

    def _begin(self, chosen: Columns) -> None:
        first = known_columns(chosen)
        self._cells = dict(first)
        self._shown = set(self._cells)
        self._names = [
            *self._cells,
            *(column.name for column in CATALOGUE if column.name not in self._shown),
        ]

    def title_text(self) -> str:
        return _("Columns")

    def compose_body(self) -> ComposeResult:
        yield ColumnRows(self._draw, id="columns")
        keys = _("J K move · + - width · 0 width that fits · r the usual ones")
        yield Static(literal(keys), classes="label")

    @property
    def rows(self) -> Rows:
        return self.query_one(Rows)

    def on_mount(self) -> None:
        self.rows.item_count = len(self._names)
        self.rows.focus()

    @property
    def chosen(self) -> Columns:
        """What is chosen now; empty for the usual columns as wide as they fit."""
        columns = tuple((name, self._cells.get(name, 0)) for name in self._names if name in self._shown)
        return () if columns == tuple((name, 0) for name in USUAL) else columns

    def _draw(self, item: int, width: int) -> list[Part]:
        name = self._names[item]
        on = name in self._shown
        mark: list[Part] = [("✓ " if on else "  ", "accent"), (_(_TITLES[name]), "" if on else "quiet")]
        return both_ends(mark, [(f"{self._said(name)} " if on else "", "quiet")], width)

    def _said(self, name: str) -> str:
        """What is said of the width of a column that is shown."""
        now = self._fitted().get(name)
        if name == self._in_headings:
            return _("shown by the grouping")
        if now is None:
            return _("no room")
        return f"= {now}" if self._cells.get(name) else str(now)

    def _changed_columns(self) -> None:
        self._show(self.chosen)
        self.rows.refresh_all()

    @property
    def _current(self) -> str:
        return self._names[self.rows.cursor]

    def on_item_list_chosen(self, message: ItemList.Chosen) -> None:
        self.action_accept()

    def action_toggle_column(self) -> None:
        name = self._current
        if name in self._shown and len(self._shown) > 1:
            self._shown.discard(name)
        else:
            self._shown.add(name)
        self._changed_columns()

    def action_move(self, step: int) -> None:
        """Put the column one place further."""
        at = self.rows.cursor
        to = at + step
        if 0 <= to < len(self._names):
            self._names[at], self._names[to] = self._names[to], self._names[at]
            self.rows.cursor = to
            self._changed_columns()

    def action_widen(self, step: int) -> None:
        """Change the width by a few cells, from what it is on the screen."""
        name = self._current
        if name in self._shown:
            usual = next(column.width for column in CATALOGUE if column.name == name)
            now = self._cells.get(name) or self._fitted().get(name) or usual
            self._cells[name] = max(NARROWEST, now + STEP * step)
            self._changed_columns()

    def action_fit(self) -> None:
        self._cells[self._current] = 0
        self._changed_columns()

    def action_usual(self) -> None:
        self._begin(())
        self._changed_columns()

    def action_accept(self) -> None:
        self.dismiss(self.chosen)

    def action_cancel(self) -> None:
        self._show(self._before)
        self.dismiss(None)
