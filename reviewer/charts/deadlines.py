"""The grid by which offices report deadlines: four cells per lead agency and their sum."""

from __future__ import annotations

from collections.abc import Sequence

from annotations.counts import GridRow
from annotations.filter_terms import DEADLINES
from annotations.filters import Term
from reviewer.charts.chart import Chart, Name, Value
from reviewer.charts.table import Column, Row, table_chart
from reviewer.i18n import _

_CELLS = tuple(Term("deadline", (cell,)) for cell in DEADLINES)
_EVERY = Term("deadline", DEADLINES)


def deadlines_chart(rows: Sequence[tuple[GridRow, Value]], total: GridRow, width: int) -> Chart:
    """`rows` in their order, each with its agency, below `total`, in `width` cells."""
    columns = (
        Column(_("Completed"), _("on time"), _("completed on time"), "", "█", "settled", covers=2),
        Column("", _("late"), _("completed late"), "", "▒", "late"),
        Column(_("Not completed"), _("in time"), _("not completed, in time"), "", "░", "open", covers=2),
        Column("", _("overdue"), _("not completed, overdue"), "overdue", "▓", "overdue"),
        Column("", _("Total"), "", "strong"),
    )
    every = Name(_("All"), _("All"), "")
    lines = [
        _row(total, every, (), "strong"),
        *(_row(row, value.name, (value.term,), value.style) for row, value in rows),
    ]
    return table_chart(_("Lead agency"), columns, lines, width)


def _row(row: GridRow, name: Name, terms: tuple[Term, ...], style: str) -> Row:
    conditions = [*((*terms, cell) for cell in _CELLS), (*terms, _EVERY)]
    return Row(name, row.cells, tuple(conditions), row.cells[:4], style)
