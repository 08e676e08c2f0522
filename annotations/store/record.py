"""What every part of the store stands on: the one way in which anything is written."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from annotations import chain, roles
from annotations import connection as sql
from annotations.errors import Invalid, NotAdmitted, SchemaMoved
from annotations.models import Act, Anchor, ReviewerRole
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
        self._person()

    @property
    def path(self) -> Path:
        """The database file, links resolved."""
        return self._connection.path

    @property
    def reviewer(self) -> str:
        """Name of the reviewer who acts through this store."""
        return self._reviewer

    @property
    def role(self) -> ReviewerRole:
        """What this reviewer may be in the record now; `lead` where nobody is in it yet."""
        return self._person()[1]

    def anchor(self) -> Anchor:
        """The end of the history as it is now, for keeping outside the file; see `annotations.chain`."""
        return chain.end(self._connection)

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
        with self._writing(), _no_collection():
            reviewer_id, role = self._person()
            if act not in (Act.UNDO, Act.REDO):
                roles.refuse(role, act)
            transaction = Transaction(self._connection, self._reviewer, reviewer_id, now(), role)
            yield transaction
            transaction.finish(act)

    @contextmanager
    def _writing(self, *, own: bool = False) -> Iterator[None]:
        """A write transaction under the ticket; rolled back if anything is raised.

        `own`: of what is the reviewer's own and no part of the record (drafts, place), which is kept on when
        a newer program has updated the file meanwhile: tables are only added to.
        """
        connection = self._connection
        if connection.readonly:
            raise sql.readonly_refusal(connection.path)
        with self._ticket, sql.in_words(connection.path):
            connection.execute("BEGIN IMMEDIATE")
            try:
                if not own and sql.user_version(connection) != SCHEMA_VERSION:
                    raise SchemaMoved(
                        N_("The program was updated, please reconnect. Until then this session only reads.")
                    )
                self._enter()
                yield
                connection.execute("COMMIT")
            except BaseException:
                self._reviewer_number = None
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    def _reviewer_id(self) -> int:
        """Id of the reviewer; 0 while reading if they are not entered yet."""
        if self._reviewer_number is None:
            self._reviewer_number = self._person()[0] or None
        return self._reviewer_number or 0

    def _person(self) -> tuple[int, ReviewerRole]:
        """Id and role of the reviewer; 0 and lead where the record has no people yet.

        Raises NotAdmitted where it has people, and this reviewer is not one of them, or no longer.
        """
        found = self._rows("SELECT id, role, retired_at FROM reviewers WHERE name = ?", (self._reviewer,))
        if found and found[0][2] is None:
            return found[0][0], ReviewerRole(found[0][1])
        if found:
            raise NotAdmitted(
                N_("“{name}” may no longer use this record ({path}). A lead can change that."),
                name=self._reviewer,
                path=self.path,
            )
        if self._rows("SELECT 1 FROM reviewers LIMIT 1"):
            raise NotAdmitted(
                N_(
                    "“{name}” is not among the people of this record ({path})."
                    " A lead adds them: reviewer people add {name}"
                ),
                name=self._reviewer,
                path=self.path,
            )
        return 0, ReviewerRole.LEAD

    def _enter(self) -> None:
        """Make whoever writes first in a new record its lead; refuse whom it does not know."""
        if self._person()[0] == 0:
            self._connection.execute(
                "INSERT INTO reviewers (name, role, created_at) VALUES (?, ?, ?)",
                (self._reviewer, ReviewerRole.LEAD, now()),
            )


@contextmanager
def _no_collection() -> Iterator[None]:
    """Let the garbage collector wait: an act makes values that live as long as it, and a large one makes
    enough of them to be looked through again and again (a third of the time of an undo of 10,000)."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def now() -> str:
    """The time as the record writes it: UTC, ISO 8601, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def today() -> str:
    """The day where the program runs, as ISO."""
    return datetime.now().astimezone().date().isoformat()
