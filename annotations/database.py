"""The database as a file: open it, making or updating it where that is due; back it up; check it."""

from __future__ import annotations

import os
from pathlib import Path

from annotations.connection import Connection, in_words, open_file, user_version
from annotations.errors import DatabaseRefused, Problem
from annotations.schema import SCHEMA_VERSION
from reports.errors import N_

__all__ = ["Connection", "backup", "check", "connect", "data_version"]


def connect(path: Path | str, *, readonly: bool = False, create: bool = True) -> Connection:
    """A connection to the database at `path`, in autocommit mode.

    A missing one is made, with the shipped codebook and directory, unless `readonly` or not `create`; an
    older one is copied beside itself, then updated. Raises DatabaseRefused, with what to do.
    """
    path = Path(os.path.realpath(path))
    if create and not readonly and not os.path.lexists(path):
        from annotations import migrations

        migrations.create(path)
    connection = open_file(path, readonly=readonly)
    try:
        with in_words(path):
            if user_version(connection) < SCHEMA_VERSION:
                _bring_up_to_date(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def data_version(connection: Connection) -> int:
    """A number that changes when another connection commits; one look costs about 6 µs."""
    return int(connection.execute("PRAGMA data_version").fetchone()[0])


def backup(database: Path | str, target: Path | str) -> Path:
    """Copy `database` to a new file while others go on writing; see `annotations.backup`."""
    from annotations import backup as copying

    return copying.backup(database, target)


def check(path: Path | str) -> list[Problem]:
    """What is not as it must be in the database at `path`; see `annotations.check`."""
    from annotations import check as checking

    return checking.check(path)


def _bring_up_to_date(connection: Connection) -> None:
    if connection.readonly:
        raise DatabaseRefused(
            N_("{path} is of an older format. Open it once with the right to write; it will be updated."),
            path=connection.path,
        )
    from annotations import migrations

    migrations.upgrade(connection)
