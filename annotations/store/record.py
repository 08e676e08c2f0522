"""What every part of the store stands on: the one way in which anything is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from annotations import connection as sql
from annotations.errors import Invalid, SchemaMoved
from annotations.models import Act
from annotations.schema import SCHEMA_VERSION
from annotations.store.rules import line
from annotations.store.transaction import Transaction
from annotations.ticket import Ticket
from reports.errors import N_


class Record:
    """A connection, the reviewer who acts on it, and the ticket that lets sessions write in turn.

    Everything that writes passes `_act`, or `_writing` for what is no act: a reviewer's place, drafts and
    memories. Use it from the thread that made it.
    """

    def __init__(self, connection: sql.Connection, reviewer: str) -> None:
        self._connection = connection
        self._reviewer = line(reviewer)
        if not self._reviewer:
            raise Invalid(N_("The reviewer has no name. Give one that can be read."))
        self._ticket = Ticket(connection.path)
        self._reviewer_number: int | None = None

    @property
    def path(self) -> Path:
        """The database file, links resolved."""
        return self._connection.path

    @property
    def reviewer(self) -> str:
        """Name of the reviewer who acts through this store."""
        return self._reviewer

    def data_version(self) -> int:
        """A number that changes when another session commits; one look costs about 6 µs."""
        return int(self._rows("PRAGMA data_version")[0][0])

    def close(self) -> None:
        """Let go of the file. Nothing is unsaved: every act was committed when it returned."""
        self._connection.close()
        self._ticket.close()

    def _rows(self, query: str, values: Sequence[Any] | dict[str, Any] = ()) -> list[Any]:
        return sql.rows(self._connection, query, values)

    @contextmanager
    def _act(self, act: Act) -> Iterator[Transaction]:
        """One act, one transaction: committed with its change when the block ends, else never begun."""
        with self._writing():
            transaction = Transaction(self._connection, self._reviewer, self._reviewer_id(), now())
            yield transaction
            transaction.finish(act)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """A write transaction under the ticket; rolled back if anything is raised."""
        connection = self._connection
        if connection.readonly:
            raise sql.readonly_refusal(connection.path)
        with self._ticket, sql.in_words(connection.path):
            connection.execute("BEGIN IMMEDIATE")
            try:
                if sql.user_version(connection) != SCHEMA_VERSION:
                    raise SchemaMoved(
                        N_("The program was updated, please reconnect. Until then this session only reads.")
                    )
                yield
                connection.execute("COMMIT")
            except BaseException:
                self._reviewer_number = None
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    def _reviewer_id(self) -> int:
        """Id of the reviewer, entered at the first write; 0 while reading if there is none yet."""
        if self._reviewer_number is None:
            found = self._rows("SELECT id FROM reviewers WHERE name = ?", (self._reviewer,))
            if found:
                self._reviewer_number = int(found[0][0])
            elif self._connection.in_transaction:
                cursor = self._connection.execute(
                    "INSERT INTO reviewers (name, created_at) VALUES (?, ?)", (self._reviewer, now())
                )
                self._reviewer_number = cursor.lastrowid
        return self._reviewer_number or 0


def now() -> str:
    """The time as the record writes it: UTC, ISO 8601, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def today() -> str:
    """The day where the program runs, as ISO."""
    return datetime.now().astimezone().date().isoformat()
