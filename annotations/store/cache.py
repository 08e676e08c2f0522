"""A list read once and kept until one of its rows changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from annotations import connection as sql

_Item = TypeVar("_Item")


class Cache(Generic[_Item]):
    """Rows of `table` as `read` makes them.

    Rows are added and their versions grow, never the reverse, so their number and the sum of their versions
    tell every change; these are looked at only after somebody has committed something.
    """

    def __init__(self, connection: sql.Connection, table: str, read: Callable[[], tuple[_Item, ...]]) -> None:
        self._connection = connection
        self._stamp_query = f"SELECT count(*), sum(version) FROM {table}"
        self._read = read
        self._moment: tuple[int, int] | None = None
        self._stamp: tuple[int, int] | None = None
        self._items: tuple[_Item, ...] = ()

    def items(self) -> tuple[_Item, ...]:
        """The rows as they are now; the same object as before if nothing changed."""
        data_version = sql.rows(self._connection, "PRAGMA data_version")[0][0]
        moment = (data_version, self._connection.total_changes)
        if moment != self._moment:
            stamp = sql.rows(self._connection, self._stamp_query)[0]
            if stamp != self._stamp:
                self._items = self._read()
                self._stamp = stamp
            self._moment = moment
        return self._items
