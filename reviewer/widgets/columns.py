"""Columns of a list fitted to the width there is: some give way, the ones that matter stay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reviewer.i18n import _
from reviewer.widgets.parts import Part, fit

GAP = 2
"""Cells between two columns."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list. `title`: untranslated. `width`: cells it takes, or needs at least if it has a
    `weight`, its share of what is left over. `drop`: columns with the highest go first where it is too
    narrow; 0 stays. `right`: numbers."""

    name: str
    title: str
    width: int
    weight: int = 0
    drop: int = 0
    right: bool = False


def fit_columns(columns: Sequence[Column], cells: int) -> list[tuple[Column, int]]:
    """The columns that have room in `cells` cells, each with its width; together they fill it."""
    kept = list(columns)
    while _least(kept) > cells and any(column.drop for column in kept):
        kept.remove(max(kept, key=lambda column: column.drop))
    spare = max(0, cells - _least(kept))
    weights = sum(column.weight for column in kept)
    fitted = []
    for column in kept:
        share = spare * column.weight // weights if weights else 0
        spare, weights = spare - share, weights - column.weight
        fitted.append((column, column.width + share))
    return fitted


def _least(columns: Sequence[Column]) -> int:
    return sum(column.width for column in columns) + GAP * max(0, len(columns) - 1)


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
