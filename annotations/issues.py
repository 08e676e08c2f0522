"""The issue list: what a filter finds, in the order of every list and export."""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Generator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from annotations.connection import rows
from annotations.counts import GridRow, cross, grid, grid_total, members
from annotations.directory import Directory
from annotations.filter_sql import clauses, local_day
from annotations.filter_terms import CURRENT
from annotations.filters import IssueFilter
from annotations.issue_order import Arranged, Arrangement, arrange
from annotations.issue_rows import COLUMNS, AgencyLink, IssueRow, RowReader
from annotations.models import Agency, Tag
from annotations.sources import ORDER, Source, source_of
from annotations.sqlite import sqlite3

if TYPE_CHECKING:
    from annotations.continuity import Run, TrendPoint
    from annotations.earlier import Candidate

__all__ = ["BATCH", "COLUMNS", "AgencyLink", "IssueRow", "Issues"]

BATCH = 500
"""Rows that a stream fetches at a time."""


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
        return self._listed(self._source(issue_filter), f" ORDER BY {ORDER}")

    def first(self, issue_filter: IssueFilter, limit: int) -> array[int]:
        """The first `limit` of `ids`, without looking for the others."""
        return self._listed(self._source(issue_filter, limit), f" ORDER BY {ORDER} LIMIT {int(limit)}")

    def arranged(self, issue_filter: IssueFilter, arrangement: Arrangement) -> Arranged:
        """Ids of all annotations that `issue_filter` finds, sorted and grouped as `arrangement` says.

        Raises as `ids`, and FilterError on a name that nothing can be arranged by.
        """
        if not arrangement:
            return Arranged(self.ids(issue_filter))
        return arrange(self.connection, self.directory, self._source(issue_filter), arrangement)

    def matching(self, issue_filter: IssueFilter) -> array[int]:
        """The ids of `ids` in no particular order, which is faster."""
        return self._listed(self._source(issue_filter), "")

    def count(self, issue_filter: IssueFilter) -> int:
        """How many annotations `issue_filter` finds."""
        source = self._source(issue_filter)
        sql = f"SELECT count(*) FROM {source.tables} WHERE {source.where}"
        return int(rows(self.connection, sql, source.values)[0][0])

    def rows(self, ids: Sequence[int], *, current: bool = False) -> list[IssueRow]:
        """The rows of `ids` in that order; those that are deleted are left out. `current`: they name who
        answers today instead of who was linked."""
        reader = self._reader(current)
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
            reader = self._reader(CURRENT in issue_filter.readings)
            for at in range(0, len(ids), BATCH):
                yield from reader.read(ids[at : at + BATCH])
        finally:
            if begun and self.connection.in_transaction:
                self.connection.execute("ROLLBACK")

    def counts(self, issue_filter: IssueFilter, by: Sequence[str]) -> list[tuple[str | int | None, ...]]:
        """How many annotations fall in each combination of `by` (names of `counts.BY`), the count last; with
        `as:current`, agencies are those that answer today."""
        heirs = self._all_heirs() if CURRENT in issue_filter.readings else ()
        return cross(self.connection, self._source(issue_filter), by, heirs)

    def grid(self, issue_filter: IssueFilter, today: str | None = None) -> list[GridRow]:
        """The four cells by which offices report deadlines, per lead agency; `today`: ISO day. With
        `as:current`, agencies are those that answer today."""
        heirs = self._all_heirs() if CURRENT in issue_filter.readings else ()
        return grid(self.connection, self._source(issue_filter), today or self.today(), heirs)

    def runs(self, ids: Sequence[int]) -> dict[int, Run]:
        """Over how many periods those of `ids` stand that continue an earlier annotation."""
        from annotations.continuity import runs

        return runs(self.connection, ids)

    def earlier(self, annotation_id: int, limit: int = 8) -> list[Candidate]:
        """Annotations of earlier reports that may be the same issue, the likeliest first."""
        from annotations.earlier import earlier_issues

        return earlier_issues(self.connection, self.directory, annotation_id, limit)

    def trend(self, issue_filter: IssueFilter) -> list[TrendPoint]:
        """How many of what `issue_filter` finds are new, continuing and settled in each reporting period."""
        from annotations.continuity import trend

        return trend(self.connection, self._source(issue_filter))

    def grid_total(self, issue_filter: IssueFilter, today: str | None = None) -> GridRow:
        """The grid of all agencies together, every annotation once; `today`: ISO day."""
        return grid_total(self.connection, self._source(issue_filter), today or self.today())

    def members(self, issue_filter: IssueFilter, by: str) -> dict[str | int | None, array[int]]:
        """The ids behind each of `counts` by one thing, in no particular order."""
        heirs = self._all_heirs() if CURRENT in issue_filter.readings else ()
        return members(self.connection, self._source(issue_filter), by, heirs)

    def _reader(self, current: bool) -> RowReader:
        succession, day = self.directory.succession(), date.fromisoformat(self.today())
        return RowReader(self.connection, lambda number: succession.heirs_of(number, day), current=current)

    def _all_heirs(self) -> list[tuple[int, int]]:
        """Ids of agencies and of who answers in their place today, one of the latter at a time."""
        succession, day = self.directory.succession(), date.fromisoformat(self.today())
        return [
            (agency.id, heir.id)
            for agency in self.directory.agencies
            for heir in succession.heirs(agency, day)
        ]

    def _source(self, issue_filter: IssueFilter, limit: int | None = None) -> Source:
        """Where to look for what `issue_filter` finds, or for the first `limit` of it."""
        return source_of(self.connection, clauses(issue_filter, self.directory, self.today()), limit)

    def _listed(self, source: Source, order: str) -> array[int]:
        found = f"SELECT a.id AS id FROM {source.tables} WHERE {source.where}{order}"
        # One JSON array takes a third of the time that a tuple for each row does.
        sql = f"SELECT json_group_array(id) FROM ({found})"
        return array("q", json.loads(rows(self.connection, sql, source.values)[0][0]))
