"""What the reports of each period raised and what has become of it, one line a period."""

from __future__ import annotations

from collections.abc import Sequence

from annotations.filters import Term
from annotations.looking import NEW, OVERDUE, REJECTED, SETTLED, STILL_OPEN, PeriodRow
from reviewer.charts.chart import Chart, Name, Value
from reviewer.charts.table import Column, Row, table_chart
from reviewer.i18n import _

_CONDITIONS: tuple[tuple[Term, ...], ...] = ((), (NEW,), (SETTLED,), (STILL_OPEN,), (OVERDUE,), (REJECTED,))


def trend_chart(rows: Sequence[tuple[PeriodRow, Value]], total: PeriodRow, width: int) -> Chart:
    """`rows` in their order, each with its period, below `total`, in `width` cells."""
    columns = (
        Column("", _("Raised"), "", "strong"),
        Column("", _("New"), _("new"), spare=True),
        Column("", _("Settled"), _("settled"), "", "█", "settled"),
        Column("", _("Still open"), _("still open"), "", "░", "open"),
        Column("", _("overdue"), _("overdue"), "overdue", "▓", "overdue"),
        Column("", _("Rejected"), _("rejected"), "quiet", "·", "quiet", spare=True),
    )
    every = Name(_("All"), _("All"), "")
    lines = [
        _row(total, every, (), "strong"),
        *(_row(row, value.name, (value.term,), value.style) for row, value in rows),
    ]
    return table_chart(_("Period"), columns, lines, width)


def _row(row: PeriodRow, name: Name, terms: tuple[Term, ...], style: str) -> Row:
    figures = (row.raised, row.new, row.settled, row.open, row.overdue, row.rejected)
    bar = (row.settled, row.open - row.overdue, row.overdue, row.rejected)
    return Row(name, figures, tuple((*terms, *condition) for condition in _CONDITIONS), bar, style)
