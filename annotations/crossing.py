"""How often two things meet, for any groups of their values: agencies and issue types, types and periods."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_

from annotations.filters import IssueFilter
from annotations.issues import Issues

Key = str | int | None
"""A value as a filter names it; None for annotations without any."""


@dataclass(slots=True, repr=False)
class Crossing:
    """The annotations that a filter found, by two things. An annotation with two tags is among those of each,
    and counts once among those of both.

    `rows`: ids by value. `columns`: by value, as the bits of a number. `size`: more than the highest id.
    """

    size: int
    all: int
    rows: dict[Key, array[int]]
    columns: dict[Key, int]
    _row: dict[tuple[Key, ...], int] = field(default_factory=dict)
    _groups: dict[tuple[Key, ...], int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """Annotations in all."""
        return self.all.bit_count()

    def count(self, rows: Sequence[Key] | None, columns: Sequence[Key] | None) -> int:
        """Annotations that have any of `rows` and any of `columns`; None: whatever they have."""
        found = self.all if rows is None else self._of_rows(tuple(rows))
        if columns is not None:
            found &= self._of_columns(tuple(columns))
        return found.bit_count()

    def row_keys(self) -> list[Key]:
        """The values of rows, those of most annotations first, none last."""
        return sorted(self.rows, key=lambda key: (key is None, -len(self.rows[key]), str(key)))

    def column_keys(self) -> list[Key]:
        """The values of columns, likewise."""
        sizes = {key: bits.bit_count() for key, bits in self.columns.items()}
        return sorted(sizes, key=lambda key: (key is None, -sizes[key], str(key)))

    def _of_rows(self, keys: tuple[Key, ...]) -> int:
        # Kept for one row of a table, whose cells ask for it one after the other.
        if keys not in self._row:
            self._row.clear()
            self._row[keys] = _bits((self.rows[key] for key in keys), self.size)
        return self._row[keys]

    def _of_columns(self, keys: tuple[Key, ...]) -> int:
        if len(keys) == 1:
            return self.columns[keys[0]]
        if keys not in self._groups:
            self._groups[keys] = reduce(or_, (self.columns[key] for key in keys), 0)
        return self._groups[keys]


def crossing(issues: Issues, issue_filter: IssueFilter, by: tuple[str, str]) -> Crossing:
    """What `issue_filter` finds by two of `counts.BY`; raises as `Issues.counts`.

    Takes some 3 µs an annotation. In a transaction, all of it is of one moment.
    """
    every = issues.matching(issue_filter)
    size = max(every, default=0) + 1
    first, second = (issues.members(issue_filter, name) for name in by)
    columns = {key: _bits((ids,), size) for key, ids in second.items()}
    return Crossing(size, _bits((every,), size), first, columns)


def _bits(lists: Iterable[array[int]], size: int) -> int:
    """A number whose bits are 1 at the ids in `lists`."""
    room = bytearray((size >> 3) + 1)
    for ids in lists:
        for number in ids:
            room[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(room, "little")
