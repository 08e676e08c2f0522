"""Counts by one thing as bars, one line each."""

from __future__ import annotations

from collections.abc import Sequence

from reviewer.charts.blocks import bar
from reviewer.charts.chart import Cell, Chart, Line, Value, left, right, widest
from reviewer.i18n import _
from reviewer.words import number

GAP = 2
LEAST_BAR, WIDEST_LABEL = 10, 48
_SHARE = 6


def share(count: int, total: int) -> str:
    """`count` as a part of `total`: `37 %`; `<1 %` for what would be rounded to nothing."""
    if not total or not count:
        return "0 %"
    percent = round(100 * count / total)
    return f"{percent} %" if percent else "<1 %"


def bars_chart(title: str, counts: Sequence[tuple[Value, int]], total: int, width: int) -> Chart:
    """`counts` in their order, in `width` cells. `title`: of the values. `total`: what shares are of."""
    largest = max((count for _value, count in counts), default=0)
    heading = _("Issues")
    figures = widest([heading, number(largest)])
    labels = widest([title, *(value.name.full for value, _count in counts)])
    fixed = figures + _SHARE + 3 * GAP
    room = max(8, min(labels, WIDEST_LABEL, width - fixed - LEAST_BAR))
    length = max(0, width - fixed - room)
    head: Line = (
        (left(title, room), "quiet"),
        (" " * GAP + right(heading, figures), "quiet"),
        (" " * GAP + right(_("Share"), _SHARE), "quiet"),
    )
    lines: list[Line] = []
    cells: list[Cell] = []
    for row, (value, count) in enumerate(counts):
        lines.append(
            (
                (value.name.fitted(room), value.style),
                (" " * GAP + right(number(count), figures), "strong"),
                (" " * GAP + right(share(count, total), _SHARE) + " " * GAP, "quiet"),
                (bar(count, largest, length), "quiet" if value.none else "bar"),
            )
        )
        cells.append(Cell(row, 0, width, count, (value.term,), value.name.full))
    return Chart((head,), tuple(lines), tuple(cells))
