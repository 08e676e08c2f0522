"""The issue list: what a filter finds, in the order of every list and export."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Generator, Sequence

from annotations.connection import rows
from annotations.counts import GridRow, cross, grid
from annotations.directory import Directory
from annotations.filter_sql import Clause, clauses, local_day
from annotations.filters import IssueFilter
from annotations.issue_order import Arranged, Arrangement, arrange
from annotations.issue_rows import COLUMNS, AgencyLink, IssueRow, RowReader
from annotations.models import Agency, Tag
from annotations.sqlite import sqlite3

__all__ = ["BATCH", "COLUMNS", "AgencyLink", "IssueRow", "Issues"]

BATCH = 500
"""Rows that a stream fetches at a time."""

ORDER = "coalesce(r.date, ''), r.slug, a.start, a.id"
"""By report date, then report, then place in it."""

LIVE = "a.deleted_at IS NULL AND r.deleted_at IS NULL"
_BY_REPORT = "reports r CROSS JOIN annotations a INDEXED BY annotations_in_report ON a.report_id = r.id"
_BY_CANDIDATES = (
    "({found}) m CROSS JOIN annotations a ON a.id = m.id CROSS JOIN reports r ON r.id = a.report_id"
)


class Issues:
    """Reads the issue list through one connection (autocommit mode), which it never writes to.

    `tags`, `agencies`: the codebook and directory as they are now. `reviewer`: whom `reviewer:me` means.
    `today`: the ISO day that `overdue` and relative dates are reckoned from; default: the clock's.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        tags: Callable[[], Sequence[Tag]],
        agencies: Callable[[], Sequence[Agency]],
        *,
        reviewer: str = "",
        today: Callable[[], str] = local_day,
    ) -> None:
        self.connection = connection
        self.directory = Directory(connection, tags, agencies, reviewer)
        self.today = today

    def ids(self, issue_filter: IssueFilter) -> array[int]:
        """Ids of all annotations that `issue_filter` finds, in list order.

        Raises NotFound, Ambiguous or FilterError where one of its names or values means nothing.
        """
        source, where, values = self._source(issue_filter)
        sql = f"SELECT a.id FROM {source} WHERE {where} ORDER BY {ORDER}"
        return array("q", (row[0] for row in rows(self.connection, sql, values)))

    def first(self, issue_filter: IssueFilter, limit: int) -> array[int]:
        """The first `limit` of `ids`, without looking for the others."""
        source, where, values = self._source(issue_filter)
        sql = f"SELECT a.id FROM {source} WHERE {where} ORDER BY {ORDER} LIMIT {int(limit)}"
        return array("q", (row[0] for row in rows(self.connection, sql, values)))

    def arranged(self, issue_filter: IssueFilter, arrangement: Arrangement) -> Arranged:
        """Ids of all annotations that `issue_filter` finds, sorted and grouped as `arrangement` says.

        Raises as `ids`, and FilterError on a name that nothing can be arranged by.
        """
        if not arrangement:
            return Arranged(self.ids(issue_filter))
        source, where, values = self._source(issue_filter)

        def query(columns: str) -> str:
            return f"SELECT {columns} FROM {source} WHERE {where} ORDER BY {ORDER}"

        return arrange(self.connection, self.directory, query, values, arrangement)

    def count(self, issue_filter: IssueFilter) -> int:
        """How many annotations `issue_filter` finds."""
        source, where, values = self._source(issue_filter)
        return int(rows(self.connection, f"SELECT count(*) FROM {source} WHERE {where}", values)[0][0])

    def rows(self, ids: Sequence[int]) -> list[IssueRow]:
        """The rows of `ids` in that order; those that are deleted are left out."""
        reader = RowReader(self.connection)
        found: list[IssueRow] = []
        for at in range(0, len(ids), BATCH):
            found += reader.read(ids[at : at + BATCH])
        return found

    def stream(self, issue_filter: IssueFilter) -> Generator[IssueRow, None, None]:
        """Every row that `issue_filter` finds, as they all were at one moment, a batch in memory at a time.

        Holds a read transaction until it is exhausted or closed: write with another connection meanwhile.
        """
        begun = not self.connection.in_transaction
        if begun:
            self.connection.execute("BEGIN")
        try:
            ids = self.ids(issue_filter)
            reader = RowReader(self.connection)
            for at in range(0, len(ids), BATCH):
                yield from reader.read(ids[at : at + BATCH])
        finally:
            if begun and self.connection.in_transaction:
                self.connection.execute("ROLLBACK")

    def counts(self, issue_filter: IssueFilter, by: Sequence[str]) -> list[tuple[str | int | None, ...]]:
        """How many annotations fall in each combination of `by` (names of `counts.BY`), the count last."""
        source, where, values = self._source(issue_filter)
        return cross(self.connection, source, where, values, by)

    def grid(self, issue_filter: IssueFilter, today: str | None = None) -> list[GridRow]:
        """The four cells by which offices report deadlines, per lead agency; `today`: ISO day."""
        source, where, values = self._source(issue_filter)
        return grid(self.connection, source, where, values, today or self.today())

    def _source(self, issue_filter: IssueFilter) -> tuple[str, str, tuple[str, ...]]:
        """Tables to read, conditions and values: report by report in order, or from few candidates."""
        parts = clauses(issue_filter, self.directory, self.today())
        drivers = self._drivers(parts)
        rest = [part for part in parts if part not in drivers]
        where = " AND ".join([LIVE, *(f"({part.sql})" for part in rest)])
        values = tuple(value for part in (*drivers, *rest) for value in part.params)
        if not drivers:
            return _BY_REPORT, where, values
        found = " INTERSECT ".join(str(part.candidates) for part in drivers)
        if len(drivers) == 1:
            found = f"SELECT DISTINCT id FROM ({found})"
        return _BY_CANDIDATES.format(found=found), where, values

    def _drivers(self, parts: Sequence[Clause]) -> list[Clause]:
        """The conditions to begin with: those that an index answers with a small share of all annotations."""
        total = rows(self.connection, "SELECT max(id) FROM annotations")[0][0] or 0
        worth = int(total) // 4 + 100
        drivers = []
        for part in parts:
            if part.candidates is not None:
                sql = f"SELECT count(*) FROM ({part.candidates} LIMIT {worth})"
                if rows(self.connection, sql, part.params)[0][0] < worth:
                    drivers.append(part)
        return drivers
