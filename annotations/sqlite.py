"""The SQLite that the record uses: the `pysqlite3` wheel where it is installed, else Python's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
else:
    try:
        from pysqlite3 import dbapi2 as sqlite3
    except ImportError:
        import sqlite3

__all__ = ["sqlite3", "wal_is_safe"]


def wal_is_safe(version: tuple[int, ...] | None = None) -> bool:
    """Whether several processes may share a WAL file under SQLite `version` (default: the one loaded).

    Versions before 3.51.3, 3.50.7 and 3.44.6 of their lines can corrupt it when one process commits
    while another starts a checkpoint (https://sqlite.org/wal.html#walresetbug).
    """
    version = version or sqlite3.sqlite_version_info
    return version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)
