"""What every kind of item has in common: a row, its state as a JSON object, and rows that hang on it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, ClassVar

from annotations.sqlite import sqlite3

State = dict[str, Any]
"""An item whole, as history keeps it: column names to values, and lists for what hangs on the row."""


class RowKind:
    """How one kind of item is read from its tables and written to them.

    `gone`: the column whose time says that the item is deleted or retired. `touched`: the column that holds
    the time of the latest edit. `lists`: columns that hold a JSON list.
    """

    name: ClassVar[str]
    table: ClassVar[str]
    columns: ClassVar[tuple[str, ...]]
    gone: ClassVar[str]
    touched: ClassVar[str | None] = None
    lists: ClassVar[tuple[str, ...]] = ()

    def read(self, connection: sqlite3.Connection, ids: Iterable[int]) -> dict[int, State]:
        """The states of those of `ids` that exist."""
        wanted = json.dumps(list(ids))
        names = ", ".join(f'"{column}"' for column in self.columns)
        found = connection.execute(
            f"SELECT id, {names} FROM {self.table} WHERE id IN (SELECT value FROM json_each(?))", (wanted,)
        ).fetchall()
        states = {row[0]: dict(zip(self.columns, row[1:], strict=True)) for row in found}
        for column in self.lists:
            for state in states.values():
                state[column] = json.loads(state[column])
        self.read_parts(connection, wanted, states)
        return states

    def insert(self, connection: sqlite3.Connection, state: State) -> int:
        """Make the row and what hangs on it; its id."""
        names = ", ".join(f'"{column}"' for column in self.columns)
        marks = ", ".join("?" * len(self.columns))
        cursor = connection.execute(
            f"INSERT INTO {self.table} ({names}) VALUES ({marks})", self._values(state)
        )
        item_id = cursor.lastrowid
        assert item_id is not None
        self.write_parts(connection, item_id, None, state)
        return item_id

    def write(self, connection: sqlite3.Connection, item_id: int, before: State, after: State) -> None:
        """Make the row and what hangs on it say `after`."""
        changed = [column for column in self.columns if before[column] != after[column]]
        if changed:
            names = ", ".join(f'"{column}" = ?' for column in changed)
            connection.execute(
                f"UPDATE {self.table} SET {names} WHERE id = ?", (*self._values(after, changed), item_id)
            )
        self.write_parts(connection, item_id, before, after)

    def read_parts(self, connection: sqlite3.Connection, wanted: str, states: dict[int, State]) -> None:
        """Add to `states` what hangs on the rows. `wanted`: their ids as a JSON list."""

    def write_parts(
        self, connection: sqlite3.Connection, item_id: int, before: State | None, after: State
    ) -> None:
        """Make what hangs on the row say `after`; `before` is what it says now."""

    def _values(self, state: State, columns: Iterable[str] | None = None) -> list[Any]:
        return [
            json.dumps(state[column], ensure_ascii=False) if column in self.lists else state[column]
            for column in columns or self.columns
        ]
