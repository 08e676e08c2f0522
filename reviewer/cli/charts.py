"""`reviewer grid` and `stats --chart`: the charts of the screen as plain characters."""

from __future__ import annotations

import os
import shutil
import sys
from argparse import Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING, TextIO

from annotations.counts import GridRow
from annotations.filters import IssueFilter, format_filter
from annotations.looking import one_moment
from annotations.store import Store
from reviewer.charts.names import namer
from reviewer.cli.lists import asked_for, heads, on_day
from reviewer.cli.output import print_json, print_table
from reviewer.cli.parser import UsageError
from reviewer.cli.session import opened
from reviewer.cli.views import narrowed
from reviewer.i18n import N_, _, language
from reviewer.looking import BARS, GRID, HEAT, TREND, Look, look_at

if TYPE_CHECKING:
    from reviewer.charts.chart import Chart

NARROWEST = 40
"""Cells that a chart takes at least, however narrow the terminal says it is."""
_CELLS = ("on_time", "late", "in_time", "overdue", "total")
_CELL_WORDS = (
    N_("completed on time"),
    N_("completed late"),
    N_("not completed, in time"),
    N_("not completed, overdue"),
    N_("all"),
)
_COLOURS = {
    "quiet": "2",
    "strong": "1",
    "bar": "36",
    "settled": "32",
    "late": "33",
    "open": "36",
    "overdue": "1;31",
    "heat1": "38;5;253;48;5;236",
    "heat2": "38;5;231;48;5;24",
    "heat3": "38;5;233;48;5;74",
    "heat4": "38;5;233;48;5;195",
}
"""What a style is in a terminal: SGR parameters."""


def run_grid(options: Namespace) -> int:
    """How issues stand against their deadlines, for each lead agency."""
    with opened(options) as store:
        on_day(store, options)
        wanted = narrowed(store, options, asked_for(options))
        if not options.json and sys.stdout.isatty():
            return print_chart(store, wanted, Look(GRID, ()))
        with one_moment(store.issues):
            every, rows = store.issues.grid_total(wanted), store.issues.grid(wanted)
        if options.json:
            print_json(_grid_object(store, wanted, every, rows))
        else:
            name = namer(store, "lead")
            print_table(
                [*heads(["agency"]), *_heads()], [(name(row.agency).full, *row.cells) for row in rows]
            )
    return 0 if rows else 1


def _heads() -> list[str]:
    return list(_CELLS) if language() == "en" else [_(word) for word in _CELL_WORDS]


def _grid_object(
    store: Store, wanted: IssueFilter, every: GridRow, rows: Sequence[GridRow]
) -> dict[str, object]:
    """The grid as JSON. `agency`: null for issues without a lead one; in `all` every issue counts once."""
    return {
        "today": store.issues.today(),
        "filter": format_filter(wanted),
        "all": dict(zip(_CELLS, every.cells, strict=True)),
        "agencies": [
            {"agency": row.agency, "name": row.name, **dict(zip(_CELLS, row.cells, strict=True))}
            for row in rows
        ],
    }


def look_for(by: Sequence[str], *, trend: bool = False) -> Look:
    """The chart for counting by `by`: bars by one thing, a heat map by two, the trend for periods; raises
    UsageError for more."""
    if trend or list(by) == ["period"]:
        return Look(TREND, ())
    if len(by) == 1:
        return Look(BARS, tuple(by))
    if len(by) == 2:
        return Look(HEAT, tuple(by))
    raise UsageError(N_("A chart counts by one thing or by two. Write --by agency or --by agency,tag."))


def print_chart(store: Store, wanted: IssueFilter, look: Look, out: TextIO | None = None) -> int:
    """Draw `look` as wide as the terminal, in colours only where a terminal shows them; 1 where there is
    nothing to draw."""
    out = out or sys.stdout
    looked = look_at(store, wanted, look)
    chart = looked.chart(max(NARROWEST, shutil.get_terminal_size().columns - 1))
    if not chart.cells:
        return 1
    coloured = out.isatty() and not os.environ.get("NO_COLOR")
    out.write(_text(chart, coloured))
    return 0


def _text(chart: Chart, coloured: bool) -> str:
    """The lines of `chart`, no blanks behind them."""
    lines = []
    for line in (*chart.head, *chart.lines):
        if coloured:
            lines.append("".join(_painted(text, style) for text, style in line))
        else:
            lines.append("".join(text for text, _style in line).rstrip())
    return "".join(f"{line}\n" for line in lines)


def _painted(text: str, style: str) -> str:
    sgr = _COLOURS.get(style)
    return f"\x1b[{sgr}m{text}\x1b[0m" if sgr and text else text
