"""The rows of an issue list of any length, read a page at a time as they come into sight."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from typing import TYPE_CHECKING

from reviewer.screens.issue_columns import Seen

if TYPE_CHECKING:
    from annotations.continuity import Run
    from annotations.issues import IssueRow, Issues

PAGE = 64
"""Rows read at once; about two screens."""
KEPT = 32


class IssuePages:
    """Rows by their place in a list of ids. A row deleted meanwhile is None."""

    def __init__(self, issues: Issues) -> None:
        self._issues = issues
        self._ids: array[int] = array("q")
        self._pages: OrderedDict[int, dict[int, IssueRow]] = OrderedDict()
        self._runs: dict[int, dict[int, Run]] = {}

    def __len__(self) -> int:
        return len(self._ids)

    @property
    def ids(self) -> array[int]:
        """The annotations in list order."""
        return self._ids

    def show(self, ids: array[int]) -> None:
        """List `ids`; every row is read again."""
        self._ids = ids
        self._forget()

    def extend(self, ids: array[int]) -> None:
        """List `ids`, of which the ones listed so far are the first; rows already read are kept."""
        if ids[: len(self._ids)] != self._ids:
            self._forget()
        elif len(self._ids) % PAGE:
            self._pages.pop(len(self._ids) // PAGE, None)
            self._runs.pop(len(self._ids) // PAGE, None)
        self._ids = ids

    def id_at(self, number: int) -> int | None:
        """The annotation in place `number`."""
        return self._ids[number] if 0 <= number < len(self._ids) else None

    def place_of(self, annotation_id: int) -> int | None:
        """The place of an annotation in the list."""
        try:
            return self._ids.index(annotation_id)
        except ValueError:
            return None

    def row(self, number: int) -> IssueRow | None:
        """The row in place `number`."""
        if not 0 <= number < len(self._ids):
            return None
        page = number // PAGE
        rows = self._pages.get(page)
        if rows is None:
            ids = self._ids[page * PAGE : (page + 1) * PAGE]
            rows = self._pages[page] = {row.id: row for row in self._issues.rows(ids)}
            if len(self._pages) > KEPT:
                gone, _rows = self._pages.popitem(last=False)
                self._runs.pop(gone, None)
        else:
            self._pages.move_to_end(page)
        return rows.get(self._ids[number])

    def seen(self, number: int, today: str) -> Seen | None:
        """The row in place `number` as it is to be shown on the ISO day `today`, with how long it stands."""
        row = self.row(number)
        if row is None:
            return None
        return Seen(row, today, self._run(number // PAGE).get(row.id) if row.earlier else None)

    def _run(self, page: int) -> dict[int, Run]:
        if page not in self._runs:
            continuing = [row.id for row in self._pages[page].values() if row.earlier]
            self._runs[page] = self._issues.runs(continuing)
        return self._runs[page]

    def _forget(self) -> None:
        self._pages.clear()
        self._runs.clear()
