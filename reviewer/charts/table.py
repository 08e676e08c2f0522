"""Lines of figures in columns, each figure a count of its own, with one stacked bar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from annotations.filters import Term
from reviewer.charts.blocks import parts
from reviewer.charts.chart import Cell, Chart, Line, Span, left, right, widest
from reviewer.layout.cells import width as width_of
from reviewer.words import number

GAP = 2
LEAST_BAR, MOST_BAR = 12, 60
NARROW_LABEL = 28
"""Cells that a name keeps at least where a bar would else not fit."""
_WIDEST_LABEL = 46


@dataclass(frozen=True, slots=True)
class Column:
    """A column of figures. `title`: stands over it, `above`: over it and the next `covers` - 1. `said`: what
    its figures count, behind the name of a line. `style`: of its figures but 0. `fill`: the character it has
    in the bar, in style `tint`; empty where it has none. `drop`: left out first where it is too narrow; 0
    stays."""

    above: str
    title: str
    said: str
    style: str = ""
    fill: str = ""
    tint: str = ""
    drop: int = 0
    covers: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """A line: its name, for each column the count and its conditions, and the parts of its bar, one for each
    column that has a `fill`."""

    label: str
    figures: tuple[int, ...]
    terms: tuple[tuple[Term, ...], ...]
    bar: tuple[int, ...]
    style: str = ""


def table_chart(title: str, columns: Sequence[Column], rows: Sequence[Row], width: int) -> Chart:
    """`rows` under `columns` in `width` cells, with a bar where there is room for one. The first row counts
    all the others and has no part in how long the bars are."""
    kept, sizes, label, length = _fit(title, columns, rows, width)
    head = _head(title, columns, kept, sizes, label)
    filled = [column for column in columns if column.fill]
    largest = max((sum(row.bar) for row in rows[1:]), default=0)
    lines: list[Line] = []
    cells: list[Cell] = []
    for number_, row in enumerate(rows):
        spans: list[Span] = [(left(row.label, label), row.style)]
        start = label
        for at, size in zip(kept, sizes, strict=True):
            figure, column = row.figures[at], columns[at]
            style = (column.style or row.style) if figure else "quiet"
            spans.append((right(number(figure) if figure else "·", size), style))
            said = f"{row.label} · {column.said}" if column.said else row.label
            cells.append(Cell(number_, start, start + size, figure, row.terms[at], said))
            start += size
        if length and number_:
            spans.append((" " * GAP, ""))
            lengths = parts(row.bar, largest, length)
            spans += [(one.fill * cells_, one.tint) for one, cells_ in zip(filled, lengths, strict=True)]
        lines.append(tuple(spans))
    return Chart(head, tuple(lines), tuple(cells))


def _fit(
    title: str, columns: Sequence[Column], rows: Sequence[Row], width: int
) -> tuple[list[int], list[int], int, int]:
    """Which columns are kept, how wide each is with the gap before it, the names' cells and the bar's."""
    sizes = [
        GAP
        + widest(
            [_titled(column), *(number(row.figures[at]) for row in rows)],
            max(3, -(-width_of(column.above) // column.covers)),
        )
        for at, column in enumerate(columns)
    ]
    labels = min(widest([title, *(row.label for row in rows)]), _WIDEST_LABEL)
    kept = list(range(len(columns)))
    while True:
        figures = sum(sizes[at] for at in kept)
        label = max(4, min(labels, width - figures))
        length = min(MOST_BAR, width - figures - label - GAP)
        if length < LEAST_BAR <= width - figures - GAP - NARROW_LABEL < length + label:
            label, length = width - figures - GAP - LEAST_BAR, LEAST_BAR
        droppable = [at for at in kept if columns[at].drop]
        if length >= LEAST_BAR or not droppable:
            break
        kept.remove(max(droppable, key=lambda at: columns[at].drop))
    has_bar = any(column.fill for column in columns) and length >= LEAST_BAR
    return kept, [sizes[at] for at in kept], label, length if has_bar else 0


def _head(
    title: str, columns: Sequence[Column], kept: Sequence[int], sizes: Sequence[int], label: int
) -> tuple[Line, ...]:
    upper = " " * label
    lower: list[Span] = [(left(title, label), "quiet")]
    for number_, (at, size) in enumerate(zip(kept, sizes, strict=True)):
        column = columns[at]
        if column.above:
            start = label + sum(sizes[:number_]) + GAP
            room = sum(sizes[number_ : number_ + column.covers]) - GAP
            indent = start - width_of(upper) + (room - width_of(column.above)) // 2
            upper += " " * indent + column.above
        name = right(column.title, size - 2 if column.fill else size)
        if not column.fill:
            lower.append((name, "quiet"))
            continue
        # The character of the bar stands before the name, as the legend.
        blank = len(name) - len(name.lstrip())
        lower += [(name[:blank], ""), (column.fill, column.tint), (" " + name[blank:], "quiet")]
    return (((upper, "quiet"),), tuple(lower)) if upper.strip() else (tuple(lower),)


def _titled(column: Column) -> str:
    return f"{column.fill} {column.title}" if column.fill else column.title
