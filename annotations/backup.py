"""A copy of the record while others go on writing."""

from __future__ import annotations

import os
from pathlib import Path

from annotations.connection import in_words, open_file
from annotations.errors import DatabaseRefused, StoreError
from annotations.sqlite import sqlite3
from reports.errors import N_


def backup(database: Path | str, target: Path | str) -> Path:
    """Copy `database` as it is at one moment to a new file; its path.

    The copy is made under another name, checked, brought to the disk, then renamed: `target` is whole or
    not there. Raises StoreError where `target` exists, DatabaseRefused where either file cannot be used.
    """
    target = Path(os.path.realpath(target))
    if os.path.lexists(target):
        raise _exists(target)
    draft = target.with_name(f".{target.name}.{os.getpid()}.part")
    connection = open_file(Path(database), readonly=True)
    try:
        os.close(_make(draft, target))
        with in_words(target):
            connection.execute("VACUUM INTO ?", (str(draft),))
        _refuse_bad_copy(draft, target)
        sync(draft)
        publish(draft, target)
        sync(target.parent)
    finally:
        connection.close()
        draft.unlink(missing_ok=True)
    return target


def _make(draft: Path, target: Path) -> int:
    """An empty file that only its owner may read, which `VACUUM INTO` then fills."""
    try:
        draft.unlink(missing_ok=True)
        return os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise DatabaseRefused(
            N_("No backup can be made at {path} ({reason}). Name another place."),
            path=target,
            reason=error.strerror,
        ) from error


def _refuse_bad_copy(draft: Path, target: Path) -> None:
    with in_words(target):
        copy = sqlite3.connect(f"{draft.as_uri()}?mode=ro", uri=True)
        try:
            sound = copy.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok"
        finally:
            copy.close()
    if not sound:
        raise StoreError(N_("The copy was not sound, so no backup was made. Run `reviewer check`."))


def publish(draft: Path, target: Path) -> None:
    """Give the draft its name, never in place of another file."""
    try:
        os.link(draft, target)
    except FileExistsError:
        raise _exists(target) from None
    except OSError:
        draft.rename(target)


def sync(path: Path) -> None:
    """Bring a file or folder to the disk."""
    fd = os.open(path, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def _exists(target: Path) -> StoreError:
    return StoreError(N_("{path} exists already and was left as it is. Name a new file."), path=target)
