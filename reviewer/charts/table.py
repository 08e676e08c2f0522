"""Lines of figures in columns, each figure a count of its own, with one stacked bar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from annotations.filters import Term
from reviewer.charts.blocks import parts
from reviewer.charts.chart import Cell, Chart, Line, Name, Span, left, right, widest
from reviewer.layout.cells import shorten
from reviewer.layout.cells import width as width_of
from reviewer.words import number

GAP = 2
LEAST_BAR, MOST_BAR = 12, 60
LEAST_LABEL, NARROW_LABEL, MOST_LABEL = 8, 28, 46
"""Cells of a name: at least, at least where a bar would else not fit, at most."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of figures. `title`: stands over it, `above`: over it and the next `covers` - 1. `said`: what
    its figures count, behind the name of a line. `style`: of its figures but 0. `fill`: the character it has
    in the bar, in style `tint`; empty where it has none. `spare`: it is left out where there would else be no
    room for the bar."""

    above: str
    title: str
    said: str
    style: str = ""
    fill: str = ""
    tint: str = ""
    covers: int = 1
    spare: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A line: its name, for each column the count and its conditions, and the parts of its bar, one for each
    column that has a `fill`."""

    name: Name
    figures: tuple[int, ...]
    terms: tuple[tuple[Term, ...], ...]
    bar: tuple[int, ...]
    style: str = ""


@dataclass(frozen=True, slots=True)
class _Plan:
    """Cells of the name, of each column with the gap before it, and of the bar, 0 where there is none.
    `columns`: the numbers of those that are shown."""

    label: int
    columns: tuple[int, ...]
    sizes: tuple[int, ...]
    bar: int = 0


def table_chart(title: str, columns: Sequence[Column], rows: Sequence[Row], width: int) -> Chart:
    """`rows` under `columns` in `width` cells, with a bar where there is room for one. The first row counts
    all the others and has no bar."""
    plan = _plan(title, columns, rows, width)
    largest = max((sum(row.bar) for row in rows[1:]), default=0)
    lines: list[Line] = []
    cells: list[Cell] = []
    for number_, row in enumerate(rows):
        line = [(row.name.fitted(plan.label), row.style), *_figures(row, columns, plan)]
        if plan.bar and number_:
            line += [(" " * GAP, ""), *_bar(row, columns, largest, plan.bar)]
        lines.append(tuple(line))
        cells += _cells(number_, row, columns, plan)
    return Chart(_head(title, columns, plan), tuple(lines), tuple(cells))


def _figures(row: Row, columns: Sequence[Column], plan: _Plan) -> list[Span]:
    found = []
    for at, size in zip(plan.columns, plan.sizes, strict=True):
        figure = row.figures[at]
        style = (columns[at].style or row.style) if figure else "quiet"
        found.append((right(number(figure) if figure else "·", size), style))
    return found


def _bar(row: Row, columns: Sequence[Column], largest: int, length: int) -> list[Span]:
    filled = [column for column in columns if column.fill]
    lengths = parts(row.bar, largest, length)
    return [(one.fill * cells, one.tint) for one, cells in zip(filled, lengths, strict=True) if cells]


def _cells(number_: int, row: Row, columns: Sequence[Column], plan: _Plan) -> list[Cell]:
    found = []
    start = plan.label
    for at, size in zip(plan.columns, plan.sizes, strict=True):
        column = columns[at]
        said = f"{row.name.full} · {column.said}" if column.said else row.name.full
        found.append(Cell(number_, start, start + size, row.figures[at], row.terms[at], said))
        start += size
    return found


def _plan(title: str, columns: Sequence[Column], rows: Sequence[Row], width: int) -> _Plan:
    """With a bar where there is room for one, else without; what is still too wide is cut."""
    labels = min(widest([title, *(row.name.full for row in rows)]), MOST_LABEL)
    every = tuple(range(len(columns)))
    for kept in (every, tuple(at for at in every if not columns[at].spare)):
        sizes = tuple(_size(columns[at], at, rows, legend=True) for at in kept)
        room = width - sum(sizes) - GAP
        label = min(labels, max(room - LEAST_BAR, NARROW_LABEL))
        if room - label >= LEAST_BAR:
            return _Plan(label, kept, sizes, min(MOST_BAR, room - label))
    sizes = tuple(_size(columns[at], at, rows, legend=False) for at in every)
    if LEAST_LABEL + sum(sizes) > width:
        share = (width - LEAST_LABEL) // len(every)
        figures = [widest([number(row.figures[at]) for row in rows]) for at in every]
        sizes = tuple(max(figures[at] + 1, min(sizes[at], share)) for at in every)
    shown = len(every)
    while shown > 1 and LEAST_LABEL + sum(sizes[:shown]) > width:
        shown -= 1
    label = max(1, min(labels, width - sum(sizes[:shown])))
    return _Plan(label, every[:shown], sizes[:shown])


def _size(column: Column, at: int, rows: Sequence[Row], *, legend: bool) -> int:
    """Cells of a column with the gap before it."""
    title = f"{column.fill} {column.title}" if legend and column.fill else column.title
    above = -(-width_of(column.above) // column.covers)
    return GAP + widest([title, *(number(row.figures[at]) for row in rows)], max(3, above))


def _head(title: str, columns: Sequence[Column], plan: _Plan) -> tuple[Line, ...]:
    upper = ""
    lower: list[Span] = [(left(title, plan.label), "quiet")]
    start = plan.label
    for place, (at, size) in enumerate(zip(plan.columns, plan.sizes, strict=True)):
        column = columns[at]
        if column.above:
            room = sum(plan.sizes[place : place + column.covers]) - GAP
            above = shorten(column.above, room)
            upper = left(upper, start + GAP + (room - width_of(above)) // 2) + above
        start += size
        if plan.bar and column.fill:
            # The character of the bar stands before the name, as its legend.
            blank = " " * (size - 2 - width_of(column.title))
            lower += [(blank, ""), (column.fill, column.tint), (f" {column.title}", "quiet")]
        else:
            lower.append((" " + right(column.title, size - 1), "quiet"))
    return (((upper, "quiet"),), tuple(lower)) if upper else (tuple(lower),)
