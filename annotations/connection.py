"""Open one file of ours: what is refused, the settings, and SQLite's errors in words."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from annotations.errors import DatabaseRefused
from annotations.mounts import network_file_system
from annotations.schema import APPLICATION_ID, SCHEMA_VERSION
from annotations.sqlite import sqlite3, wal_is_safe
from annotations.ticket import turn
from reports.errors import N_

BUSY_MILLISECONDS = 5000
"""How long SQLite waits for a lock that a program without our ticket holds."""

_SMALLEST = 512
"""Bytes of the smallest SQLite database; SQLite itself would take less for an empty one."""

_REFUSALS = {
    3: N_("{path} may not be used by this account. Ask its owner."),
    5: N_("{path} is locked by another program. Nothing was saved; close that program or try again."),
    6: N_("{path} is locked by another program. Nothing was saved; close that program or try again."),
    7: N_("There is not enough memory to work on {path}. Nothing was saved; close other programs."),
    8: N_("{path} is read-only for this account. Nothing was saved; ask its owner for the right to write."),
    10: N_("The disk under {path} failed to read or write. Nothing was saved; free space or check the disk."),
    11: N_("{path} is damaged. Nothing was saved; restore a backup, and keep this file aside."),
    13: N_("The disk under {path} is full. Nothing was saved; free some space, then repeat."),
    14: N_("{path} cannot be opened. See whether its folder exists and this account may use it."),
    26: N_("{path} is not a database. Name another file with --db."),
}


class Connection(sqlite3.Connection):
    """A connection that knows its file. `path`: resolved. `readonly`: writes are refused by SQLite."""

    path: Path = Path()
    readonly: bool = False


def open_file(path: Path, *, readonly: bool = False) -> Connection:
    """A connection to an existing file of ours, in autocommit mode with every setting made.

    Raises DatabaseRefused where the file is missing, a folder, empty, not ours, newer, on a network file
    system, or may not be used.
    """
    path = Path(os.path.realpath(path))
    _look_at_file(path, readonly)
    connection = _connect(path, readonly)
    try:
        with in_words(path):
            refuse_foreign(connection)
            _set_up(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def rows(connection: sqlite3.Connection, sql: str, values: Sequence[Any] | dict[str, Any] = ()) -> list[Any]:
    """Every row of a query, fetched whole: an unfinished one would pin a snapshot and let the WAL grow."""
    try:
        return connection.execute(sql, values).fetchall()
    except sqlite3.Error as error:
        raise refusal(error, getattr(connection, "path", "")) from error


@contextmanager
def in_words(path: Path) -> Iterator[None]:
    """Turn what SQLite cannot do for reasons outside the program into DatabaseRefused; the rest passes."""
    try:
        yield
    except sqlite3.Error as error:
        raise refusal(error, path) from error


def refusal(error: sqlite3.Error, path: Path | str) -> Exception:
    """`error` as DatabaseRefused with what to do, or `error` itself where it is a fault of the program."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    template = _REFUSALS.get(code)
    if template is None:
        return error
    return DatabaseRefused(template, path=path)


def readonly_refusal(path: Path) -> DatabaseRefused:
    """What is raised where a file that was opened for reading is to be written."""
    return DatabaseRefused(_REFUSALS[8], path=path)


def user_version(connection: sqlite3.Connection) -> int:
    """Number of the schema that the file has now."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def refuse_foreign(connection: Connection) -> None:
    """Raise DatabaseRefused unless the file is ours and not newer than this program."""
    path, version = connection.path, user_version(connection)
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise DatabaseRefused(
            N_("{path} is a database of another program; it was left as it is. Name another file with --db."),
            path=path,
        )
    if version > SCHEMA_VERSION:
        raise DatabaseRefused(
            N_(
                "{path} was written by a newer version of this program (format {found}, this one knows"
                " {known}); it was left as it is. Update the program."
            ),
            path=path,
            found=version,
            known=SCHEMA_VERSION,
        )


def _look_at_file(path: Path, readonly: bool) -> None:
    """Refuse what can be told without opening the file: closing it would drop this process's SQLite locks."""
    try:
        found = path.stat()
    except FileNotFoundError:
        raise DatabaseRefused(
            N_("There is no database at {path}. Name another with --db, or import a report to make one."),
            path=path,
        ) from None
    except OSError as error:
        raise DatabaseRefused(
            N_("{path} cannot be opened ({reason}). Ask its owner for the right to read it."),
            path=path,
            reason=error.strerror,
        ) from error
    if stat.S_ISDIR(found.st_mode):
        raise DatabaseRefused(
            N_("{path} is a folder. Name a file in it, for example {path}/reviewer.db."), path=path
        )
    if not stat.S_ISREG(found.st_mode) or 0 < found.st_size < _SMALLEST:
        raise DatabaseRefused(_REFUSALS[26], path=path)
    if found.st_size == 0:
        raise DatabaseRefused(
            N_("{path} is empty: what it held is lost. Put a backup in its place or delete it."),
            path=path,
        )
    if not os.access(path, os.R_OK):
        raise DatabaseRefused(_REFUSALS[3], path=path)
    if not readonly and not os.access(path, os.W_OK):
        raise DatabaseRefused(_REFUSALS[8], path=path)
    refuse_network(path)


def refuse_network(path: Path) -> None:
    """Raise DatabaseRefused where `path` (resolved; it need not exist) is on a network file system."""
    kind = network_file_system(path)
    if kind:
        raise DatabaseRefused(
            N_(
                "{path} is on a network file system ({kind}), where several sessions could damage it."
                " Keep it on a disk of this computer."
            ),
            path=path,
            kind=kind,
        )


def _connect(path: Path, readonly: bool) -> Connection:
    with in_words(path):
        connection = sqlite3.connect(
            f"{path.as_uri()}?mode={'ro' if readonly else 'rw'}",
            uri=True,
            isolation_level=None,
            timeout=BUSY_MILLISECONDS / 1000,
            factory=Connection,
        )
    connection.path = path
    connection.readonly = readonly
    return connection


def _set_up(connection: Connection) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cache_size = -16000")
    if connection.readonly:
        return
    mode = _journal(connection)
    connection.execute(f"PRAGMA synchronous = {'FULL' if mode == 'wal' else 'EXTRA'}")
    connection.execute("PRAGMA journal_size_limit = 67108864")


def _journal(connection: Connection) -> str:
    """The journal mode of the file, brought to the one for the loaded SQLite if it can be now.

    Either mode keeps what was committed; a rollback journal makes readers and the writer wait for each other.
    """
    wanted = "wal" if wal_is_safe() else "delete"
    mode = str(connection.execute("PRAGMA journal_mode").fetchone()[0])
    if mode != wanted:
        with turn(connection.path):
            try:
                mode = str(connection.execute(f"PRAGMA journal_mode = {wanted}").fetchone()[0])
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                    raise
    if mode == "wal" and wanted == "delete":
        raise DatabaseRefused(
            N_("SQLite {version} can damage {path} while others use it. Install pysqlite3 0.6.1 or later."),
            version=sqlite3.sqlite_version,
            path=connection.path,
        )
    return mode
