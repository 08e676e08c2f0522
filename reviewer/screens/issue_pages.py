"""The rows of an issue list of any length, read a page at a time as they come into sight."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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

    def __len__(self) -> int:
        return len(self._ids)

    @property
    def ids(self) -> array[int]:
        """The annotations in list order."""
        return self._ids

    def show(self, ids: array[int]) -> None:
        """List `ids`; every row is read again."""
        self._ids = ids
        self._pages.clear()

    def extend(self, ids: array[int]) -> None:
        """List `ids`, of which the ones listed so far are the first; rows already read are kept."""
        if ids[: len(self._ids)] != self._ids:
            self._pages.clear()
        elif len(self._ids) % PAGE:
            self._pages.pop(len(self._ids) // PAGE, None)
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
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(page)
        return rows.get(self._ids[number])
