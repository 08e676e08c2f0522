"""Make the tables and bring older ones up to date, through sqlite-utils; imported only when that is due."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from annotations import chain
from annotations.backup import backup
from annotations.connection import Connection, in_words, refuse_foreign, refuse_network, user_version
from annotations.errors import DatabaseRefused
from annotations.models import Act
from annotations.schema import APPLICATION_ID, STEPS
from annotations.sqlite import sqlite3, wal_is_safe
from annotations.store.kinds import KINDS
from annotations.store.record import now
from annotations.store.transaction import as_json
from annotations.ticket import turn
from reports.errors import N_


def create(path: Path) -> None:
    """Make a database with the shipped codebook and directory at `path`, whole or not at all.

    It is built under another name and renamed, so that no half-made or empty file is ever met. A database
    that another session made meanwhile stays. Raises DatabaseRefused.
    """
    from annotations.store.seeding import seed

    draft = path.with_name(f".{path.name}.{os.getpid()}.new")
    refuse_network(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft.unlink(missing_ok=True)
        os.close(os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    except OSError as error:
        raise DatabaseRefused(
            N_("No database can be made at {path} ({reason}). Name another place with --db."),
            path=path,
            reason=error.strerror,
        ) from error
    try:
        with in_words(path):
            connection = sqlite3.connect(draft, isolation_level=None)
            try:
                connection.execute("PRAGMA synchronous = EXTRA")
                connection.execute("BEGIN IMMEDIATE")
                _apply(connection)
                connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                seed(connection)
                connection.execute("COMMIT")
                connection.execute(f"PRAGMA journal_mode = {'wal' if wal_is_safe() else 'delete'}")
            finally:
                connection.close()
        with turn(path):
            if not path.exists():
                draft.rename(path)
                _sync_folder(path.parent)
    finally:
        draft.unlink(missing_ok=True)
        draft.with_name(f"{draft.name}-journal").unlink(missing_ok=True)


def upgrade(connection: Connection) -> None:
    """Bring an older file to this program's schema, after a copy of it has been put beside it.

    One session does it under the ticket; the others find it done. Raises DatabaseRefused.
    """
    with turn(connection.path), in_words(connection.path):
        refuse_foreign(connection)
        found = user_version(connection)
        if found == len(STEPS):
            return
        stamp = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
        copy = connection.path.with_name(f"{connection.path.name}.format-{found}.{stamp}.bak")
        backup(connection.path, copy)
        connection.execute("BEGIN IMMEDIATE")
        try:
            _apply(connection)
            broken = connection.execute("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise DatabaseRefused(
                    N_("{path} could not be brought up to date: its rows do not fit. It was left as it was."),
                    path=connection.path,
                )
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise


def _apply(connection: sqlite3.Connection) -> None:
    """Run the steps that the file has not had, inside the transaction that is open."""
    migrations = Migrations("annotations")
    for name, script in STEPS:
        migrations(name=name)(_step(script, _AFTER.get(name)))
    migrations.apply(Database(connection, execute_plugins=False))
    connection.execute(f"PRAGMA user_version = {len(STEPS)}")


def _sync_folder(folder: Path) -> None:
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def _step(script: str, after: Callable[[sqlite3.Connection], None] | None) -> Callable[[Database], None]:
    def step(db: Database) -> None:
        db.executescript(script)
        if after is not None:
            after(db.conn)

    return step


def _adopt_people(connection: sqlite3.Connection) -> None:
    """Record who was there before people were added by leads, and seal the history so far."""
    kind = KINDS["person"]
    everybody = kind.read(
        connection, (row[0] for row in connection.execute("SELECT id FROM reviewers").fetchall())
    )
    for person_id, state in sorted(everybody.items())[1:]:
        cursor = connection.execute(
            "INSERT INTO changes (at, reviewer_id, act) VALUES (?, ?, ?)",
            (now(), min(everybody), Act.ADD_PERSON),
        )
        connection.execute(
            "INSERT INTO change_items (change_id, position, kind, item_id, after) VALUES (?, 0, ?, ?, ?)",
            (cursor.lastrowid, kind.name, person_id, as_json(state)),
        )
    chain.seal_all(connection)


_AFTER = {"0002_people": _adopt_people}
