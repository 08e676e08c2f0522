"""How many annotations: cross-tabulated, and by deadline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from annotations.connection import rows
from annotations.errors import FilterError
from annotations.sqlite import sqlite3
from reports.errors import N_

Key = str | int | None

_TAGS = "LEFT JOIN annotation_tags xt ON xt.annotation_id = a.id LEFT JOIN tags t ON t.id = xt.tag_id"
_AGENCIES = (
    "LEFT JOIN annotation_agencies xg ON xg.annotation_id = a.id LEFT JOIN agencies g ON g.id = xg.agency_id"
)
_LEADS = (
    "LEFT JOIN annotation_agencies xl ON xl.annotation_id = a.id AND xl.role = 'lead'"
    " LEFT JOIN agencies l ON l.id = xl.agency_id"
)

BY: dict[str, tuple[str, str]] = {
    "agency": ("g.slug", _AGENCIES),
    "lead": ("l.slug", _LEADS),
    "tag": ("t.slug", _TAGS),
    "status": ("a.status", ""),
    "severity": ("a.severity", ""),
    "period": ("r.period", ""),
    "reviewer": ("w.name", "JOIN reviewers w ON w.id = a.reviewer_id"),
    "report": ("r.slug", ""),
    "role": ("xg.role", _AGENCIES),
}
"""What annotations can be counted by, each as its value in a filter (slugs for tags, agencies, reports) and
the tables that need joining. `lead`: agencies in the lead only."""


@dataclass(frozen=True, slots=True)
class GridRow:
    """How an agency's issues stand against their deadlines, rejected ones left out.

    `agency`: slug of the lead agency, None for issues without one. `on_time`, `late`: completed by the due
    date or after it; `in_time`, `overdue`: not completed, the due date to come or past. An issue without a
    due date is never late.
    """

    agency: str | None
    name: str | None
    on_time: int
    late: int
    in_time: int
    overdue: int

    @property
    def total(self) -> int:
        return self.on_time + self.late + self.in_time + self.overdue

    @property
    def cells(self) -> tuple[int, int, int, int, int]:
        """The four cells and their total, as tables show them."""
        return self.on_time, self.late, self.in_time, self.overdue, self.total


def cross(
    connection: sqlite3.Connection, source: str, where: str, values: Sequence[str], by: Sequence[str]
) -> list[tuple[Key, ...]]:
    """Counts per combination of `by` (names of `BY`), most first; an annotation with two tags counts under
    each. None stands for annotations that have no such thing. FilterError on an unknown name."""
    for name in by:
        if name not in BY:
            template = N_("“{name}” is nothing to count by. Choose from {choices}.")
            raise FilterError(template, name=name, choices=", ".join(BY))
    keys = [BY[name][0] for name in by]
    joins = dict.fromkeys(BY[name][1] for name in by)
    if not keys:
        return [(int(rows(connection, f"SELECT count(*) FROM {source} WHERE {where}", values)[0][0]),)]
    listed = ", ".join(keys)
    sql = (
        f"SELECT {listed}, count(DISTINCT a.id) AS n FROM {source} {' '.join(joins)} WHERE {where}"
        f" GROUP BY {listed} ORDER BY n DESC, {listed}"
    )
    return [tuple(row) for row in rows(connection, sql, values)]


_ON_TIME = "a.status = 'resolved' AND NOT ifnull(a.resolved_on > a.due, 0)"
_LATE = "a.status = 'resolved' AND ifnull(a.resolved_on > a.due, 0)"
_IN_TIME = "a.status <> 'resolved' AND NOT ifnull(a.due < ?, 0)"
_OVERDUE = "a.status <> 'resolved' AND ifnull(a.due < ?, 0)"


def grid(
    connection: sqlite3.Connection, source: str, where: str, values: Sequence[str], today: str
) -> list[GridRow]:
    """One row per lead agency, most issues first, those without a lead agency last. `today`: ISO day."""
    sums = ", ".join(f"sum({cell})" for cell in (_ON_TIME, _LATE, _IN_TIME, _OVERDUE))
    sql = (
        f"SELECT l.slug, l.name, {sums} FROM {source} {_LEADS} WHERE {where} AND a.status <> 'rejected'"
        " GROUP BY l.id ORDER BY l.id IS NULL, count(*) DESC, l.name"
    )
    return [GridRow(*row) for row in rows(connection, sql, (today, today, *values))]
