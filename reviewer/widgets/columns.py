"""Columns of a list fitted to the width there is: some give way, the ones that matter stay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reviewer.i18n import _
from reviewer.widgets.parts import Part, fit

GAP = 2
"""Cells between two columns."""


NARROWEST = 3
"""Cells that a column has at least where its width is set."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list. `title`: untranslated. `width`: cells it takes, or needs at least if it has a
    `weight`, its share of what is left over. `drop`: columns with the highest go first where it is too
    narrow; 0 stays. `right`: numbers. `wanted`: cells that somebody set for it instead, 0 for none; it has
    `width` of them at least only where there is room. `ahead`: cells that it has before others get any of
    what is left over."""

    name: str
    title: str
    width: int
    weight: int = 0
    drop: int = 0
    right: bool = False
    wanted: int = 0
    ahead: int = 0

    @property
    def needs(self) -> int:
        """Cells below which other columns go rather than that this one has less."""
        return min(self.width, self.wanted) if self.wanted else self.width


def fit_columns(columns: Sequence[Column], cells: int) -> list[tuple[Column, int]]:
    """The columns that have room in `cells` cells, each with its width; together they fill it, unless all of
    them have widths that were set. Set widths give way before a column is left out."""
    kept = list(columns)
    while _least(kept) > cells and any(column.drop for column in kept):
        kept.remove(max(kept, key=lambda column: column.drop))
    widths = [max(column.wanted, column.needs) for column in kept]
    spare = cells - sum(widths) - GAP * max(0, len(kept) - 1)
    if spare < 0:
        widths = _narrowed(kept, widths, -spare)
        spare = 0
    for at, column in enumerate(kept):
        more = 0 if column.wanted else min(spare, max(0, column.ahead - widths[at]))
        widths[at], spare = widths[at] + more, spare - more
    weights = sum(column.weight for column in kept if not column.wanted)
    fitted = []
    for column, wide in zip(kept, widths, strict=True):
        weight = 0 if column.wanted else column.weight
        share = spare * weight // weights if weights else 0
        spare, weights = spare - share, weights - weight
        fitted.append((column, wide + share))
    return fitted


def _narrowed(columns: Sequence[Column], widths: Sequence[int], excess: int) -> list[int]:
    """`widths` with `excess` cells taken from those that have more than they need, each its share."""
    found = []
    room = sum(wide - column.needs for column, wide in zip(columns, widths, strict=True))
    for column, wide in zip(columns, widths, strict=True):
        more = wide - column.needs
        less = min(more, -(-excess * more // room)) if room else 0
        room, excess = room - more, excess - less
        found.append(wide - less)
    return found


def _least(columns: Sequence[Column]) -> int:
    return sum(column.needs for column in columns) + GAP * max(0, len(columns) - 1)


def row_parts(fitted: Sequence[tuple[Column, int]], values: Mapping[str, Part]) -> list[Part]:
    """One row: `values` by column name, each with its style."""
    parts: list[Part] = []
    for column, cells in fitted:
        text, style = values.get(column.name, ("", ""))
        if parts:
            parts.append((" " * GAP, ""))
        parts.append((fit(text, cells, right=column.right), style))
    return parts


def heading_parts(fitted: Sequence[tuple[Column, int]], sorted_by: str = "") -> list[Part]:
    """The titles of the columns; an arrow marks the one the list is sorted by."""
    return row_parts(
        fitted,
        {
            column.name: (_(column.title) + (" ↓" if column.name == sorted_by else ""), "quiet")
            for column, _cells in fitted
        },
    )
