"""A chart as lines of characters, and what each place on them counts."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from annotations.filters import Term
from reviewer.layout.cells import shorten, width

Span = tuple[str, str]
"""A text and the name of its style: those of `widgets.parts`, and `bar`, `settled`, `late`, `open`,
`overdue`, `heat1` to `heat4`."""
Line = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Name:
    """What something is called: in full, as abbreviated where that is too long, and in a narrow column."""

    full: str
    brief: str
    short: str

    def fitted(self, cells: int) -> str:
        """It in exactly `cells` cells: in full, else abbreviated, what is still too long cut."""
        return left(self.full if width(self.full) <= cells else self.brief, cells)


@dataclass(frozen=True, slots=True)
class Value:
    """Something that is counted by. `name`: what it is called. `term`: the condition of having it. `none`: it
    stands for issues without any."""

    name: Name
    term: Term
    none: bool = False

    @property
    def style(self) -> str:
        """The style of its name."""
        return "quiet" if self.none else ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A count on a chart: in the terminal cells [`start`, `end`) of line `row`. `terms`: what holds of the
    issues counted, besides the filter of the whole; `said`: the same in words."""

    row: int
    start: int
    end: int
    count: int
    terms: tuple[Term, ...]
    said: str

    @property
    def key(self) -> tuple[Term, ...]:
        """What stays the same when the counts are others."""
        return self.terms


@dataclass(frozen=True, slots=True)
class Chart:
    """`head`: what stands above and does not scroll. `cells`: by row, then from the left; several in a row
    stand in the same columns throughout."""

    head: tuple[Line, ...] = ()
    lines: tuple[Line, ...] = ()
    cells: tuple[Cell, ...] = ()
    _rows: dict[int, tuple[int, int]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for number, cell in enumerate(self.cells):
            first, _ = self._rows.get(cell.row, (number, number))
            self._rows[cell.row] = (first, number + 1)

    def at(self, row: int, column: int) -> int | None:
        """Number of the cell of that line in which terminal cell `column` lies, else of the nearest one to
        its left, or of the first; None where the line has none."""
        if row not in self._rows:
            return None
        first, end = self._rows[row]
        found = bisect_right(self.cells, column, first, end, key=lambda cell: cell.start) - 1
        return max(first, found)

    def beside(self, number: int, step: int) -> int:
        """The cell `step` further to the right of cell `number` in its line, as far as there are any."""
        first, end = self._rows[self.cells[number].row]
        return max(first, min(number + step, end - 1))

    def below(self, number: int, step: int) -> int:
        """The cell `step` lines with cells below cell `number`, as far as there are any."""
        cell, rows = self.cells[number], list(self._rows)
        row = rows[max(0, min(rows.index(cell.row) + step, len(rows) - 1))]
        found = self.at(row, cell.start)
        return number if found is None else found

    def is_single(self, number: int) -> bool:
        """Whether cell `number` counts one value of each thing, not several that are shown as one."""
        return all(len(term.values) <= 1 for term in self.cells[number].terms)

    def like(self, key: tuple[Term, ...]) -> int | None:
        """Number of the cell of that key."""
        return next((number for number, cell in enumerate(self.cells) if cell.key == key), None)


def left(text: str, cells: int) -> str:
    """`text` in exactly `cells` cells, cut with an ellipsis or filled with spaces behind."""
    shown = shorten(text, cells)
    return shown + " " * (cells - width(shown))


def right(text: str, cells: int) -> str:
    """The same with the spaces before."""
    shown = shorten(text, cells)
    return " " * (cells - width(shown)) + shown


def widest(texts: Sequence[str], least: int = 0) -> int:
    """Cells that the widest of `texts` takes, at least `least`."""
    return max([least, *map(width, texts)])
