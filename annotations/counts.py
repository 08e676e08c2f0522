"""How many annotations: cross-tabulated, and by deadline."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from annotations.connection import rows
from annotations.errors import FilterError
from annotations.filter_sql import deadline_cell
from annotations.filter_terms import DEADLINES
from annotations.sources import Source
from annotations.sqlite import sqlite3
from reports.errors import N_

Key = str | int | None

_CHUNK = 20_000

_TAGS = "LEFT JOIN annotation_tags xt ON xt.annotation_id = a.id"
_AGENCIES = "LEFT JOIN annotation_agencies xg ON xg.annotation_id = a.id"
_LEADS = "LEFT JOIN annotation_agencies xl ON xl.annotation_id = a.id AND xl.role = 'lead'"


@dataclass(frozen=True, slots=True)
class Dimension:
    """Something to count by. `key`: the SQL that tells groups apart, `join`: the table it needs, `names`: the
    query that gives the value in a filter for each key, where the key is not that value."""

    key: str
    join: str = ""
    names: str = ""


BY: dict[str, Dimension] = {
    "agency": Dimension("xg.agency_id", _AGENCIES, "SELECT id, slug FROM agencies"),
    "lead": Dimension("xl.agency_id", _LEADS, "SELECT id, slug FROM agencies"),
    "tag": Dimension("xt.tag_id", _TAGS, "SELECT id, slug FROM tags"),
    "status": Dimension("a.status"),
    "severity": Dimension("a.severity"),
    "period": Dimension("r.period"),
    "reviewer": Dimension("a.reviewer_id", "", "SELECT id, name FROM reviewers"),
    "owner": Dimension("a.owner_id", "", "SELECT id, name FROM reviewers"),
    "placement": Dimension("a.placement"),
    "report": Dimension("a.report_id", "", "SELECT id, slug FROM reports"),
    "role": Dimension("xg.role", _AGENCIES),
}
"""What annotations can be counted by, each as its value in a filter: slugs for tags, agencies and reports.
`lead`: agencies in the lead only."""


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
    connection: sqlite3.Connection, source: Source, by: Sequence[str], heirs: Sequence[tuple[int, int]] = ()
) -> list[tuple[Key, ...]]:
    """Counts per combination of `by` (names of `BY`), most first; an annotation with two tags counts under
    each. None stands for annotations that have no such thing. `heirs`: ids of agencies and of who
    counts in their place. FilterError on an unknown name."""
    for name in by:
        _check(name)
    if not by:
        sql = f"SELECT count(*) FROM {source.tables} WHERE {source.where}"
        return [(int(rows(connection, sql, source.values)[0][0]),)]
    dimensions = [_succeeded(BY[name], heirs) for name in by]
    keys = ", ".join(dimension.key for dimension in dimensions)
    joins = " ".join(dict.fromkeys(dimension.join for dimension in dimensions))
    # Only roles, and agencies that have one heir, can meet the same annotation twice in one group.
    what = "DISTINCT a.id" if "role" in by or heirs else "*"
    tables = f"{source.tables} {joins}"
    sql = f"SELECT {keys}, count({what}) FROM {tables} WHERE {source.where} GROUP BY {keys}"
    found = _named(connection, rows(connection, sql, source.values), by)
    return sorted(found, key=lambda row: (-int(row[-1] or 0), [str(key or "") for key in row[:-1]]))


def _check(by: str) -> None:
    if by not in BY:
        template = N_("“{name}” is nothing to count by. Choose from {choices}.")
        raise FilterError(template, name=by, choices=", ".join(BY))


def members(
    connection: sqlite3.Connection, source: Source, by: str, heirs: Sequence[tuple[int, int]] = ()
) -> dict[Key, array[int]]:
    """The ids behind each count of `cross` by one thing; FilterError on an unknown name."""
    _check(by)
    dimension = _succeeded(BY[by], heirs)
    distinct = "DISTINCT " if by == "role" or heirs else ""
    sql = f"SELECT {distinct}{dimension.key}, a.id FROM {source.tables} {dimension.join} WHERE {source.where}"
    found: dict[Key, array[int]] = {}
    cursor = connection.execute(sql, source.values)
    while chunk := cursor.fetchmany(_CHUNK):
        for key, number in chunk:
            ids = found.get(key)
            if ids is None:
                ids = found[key] = array("I")
            ids.append(number)
    names = dict(rows(connection, dimension.names)) if dimension.names else None
    return {(names.get(key) if names else key): ids for key, ids in found.items()}


def _succeeded(dimension: Dimension, heirs: Sequence[tuple[int, int]]) -> Dimension:
    """`dimension` with `heirs` in the place of those whose heirs they are."""
    table, _point, column = dimension.key.partition(".")
    if column != "agency_id" or not heirs:
        return dimension
    pairs = ", ".join(f"({int(agency)}, {int(heir)})" for agency, heir in heirs)
    now = f"n{table}"
    join = (
        f"{dimension.join} LEFT JOIN (SELECT column1 AS agency, column2 AS heir FROM (VALUES {pairs})) {now}"
        f" ON {now}.agency = {dimension.key}"
    )
    return replace(dimension, key=f"ifnull({now}.heir, {dimension.key})", join=join)


def _named(
    connection: sqlite3.Connection, found: Iterable[tuple[Key, ...]], by: Sequence[str]
) -> list[tuple[Key, ...]]:
    names: list[dict[Key, Key] | None] = [
        dict(rows(connection, BY[name].names)) if BY[name].names else None for name in by
    ]
    return [
        (*(key if known is None else known.get(key) for known, key in zip(names, row, strict=False)), row[-1])
        for row in found
    ]


def grid_total(connection: sqlite3.Connection, source: Source, today: str) -> GridRow:
    """The grid of all agencies together, every annotation once. `today`: ISO day."""
    cells = [deadline_cell(value, today) for value in DEADLINES]
    sums = ", ".join(f"ifnull(sum({condition}), 0)" for condition, _ in cells)
    sql = f"SELECT {sums} FROM {source.tables} WHERE {source.where}"
    days = [value for _, values in cells for value in values]
    return GridRow(None, None, *rows(connection, sql, (*days, *source.values))[0])


def grid(
    connection: sqlite3.Connection, source: Source, today: str, heirs: Sequence[tuple[int, int]] = ()
) -> list[GridRow]:
    """One row per lead agency, most issues first, those without a lead agency last. `today`: ISO day.
    `heirs`: as in `cross`."""
    lead = _succeeded(BY["lead"], heirs)
    cells = [deadline_cell(value, today) for value in DEADLINES]
    # An agency that has one heir can meet the same annotation twice, else a sum does and is faster.
    counted = "count(DISTINCT CASE WHEN {} THEN a.id END)" if heirs else "sum({})"
    sums = ", ".join(counted.format(condition) for condition, _ in cells)
    sql = (
        f"SELECT {lead.key}, {sums} FROM {source.tables} {lead.join}"
        f" WHERE {source.where} AND a.status <> 'rejected' GROUP BY {lead.key}"
    )
    days = [value for _, values in cells for value in values]
    found = rows(connection, sql, (*days, *source.values))
    names = {key: names for key, *names in rows(connection, "SELECT id, slug, name FROM agencies")}
    grid = [GridRow(*names.get(key, (None, None)), *cells) for key, *cells in found]
    return sorted(grid, key=lambda row: (row.agency is None, -row.total, row.name or ""))
