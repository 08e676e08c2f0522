"""Counts by period: in the order of time, and for `stats --trend` by what is new and what goes on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from annotations.periods import period_order
from reviewer.cli.output import print_json, print_table
from reviewer.i18n import _

if TYPE_CHECKING:
    from annotations.filters import IssueFilter
    from annotations.store import Store


def print_trend(store: Store, wanted: IssueFilter, as_json: bool) -> int:
    """New, continuing and settled issues of every period, in the order of time."""
    points = store.issues.trend(wanted)
    if as_json:
        print_json(
            [
                {"period": p.period, "new": p.new, "continuing": p.continuing, "settled": p.settled,
                 "count": p.total}
                for p in points
            ]
        )  # fmt: skip
    else:
        headers = (_("period"), _("new"), _("continuing"), _("settled"), _("count"))
        rows = [(p.period or "–", p.new, p.continuing, p.settled, p.total) for p in points]
        print_table(headers, rows)
    return 0 if points else 1


def in_order_of_time(
    counts: list[tuple[str | int | None, ...]], by: Sequence[str]
) -> list[tuple[str | int | None, ...]]:
    """`counts` by the period in them, if `by` has one, those without any last."""
    if "period" not in by:
        return counts
    at = list(by).index("period")
    return sorted(counts, key=lambda row: period_order(None if row[at] is None else str(row[at])))
