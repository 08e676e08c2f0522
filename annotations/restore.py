"""A backup put in the place of the record: checked before, what it replaces kept, sessions told."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

from annotations.backup import backup, publish, sync
from annotations.check import check
from annotations.connection import in_words, open_file, rows
from annotations.errors import StoreError
from annotations.processes import started
from annotations.ticket import turn
from reports.errors import N_


def restore(source: Path, database: Path, *, force: bool = False) -> Path | None:
    """Make the record at `database` what the backup `source` holds; where the former state is kept, if any.

    The backup is written into the file as one transaction, so that a session that is open sees either state
    whole and never writes to a file that is gone. Raises StoreError where the backup is not sound, or,
    unless `force`, while somebody is in a report; then nothing was changed.
    """
    source, database = Path(os.path.realpath(source)), Path(os.path.realpath(database))
    problems = check(source)
    if problems:
        raise StoreError(
            N_("{path} is not sound ({problem}); nothing was changed. Take another backup."),
            path=source,
            problem=problems[0],
        )
    if not database.exists():
        _put_new(source, database)
        return None
    if not force:
        _refuse_while_used(database)
    kept = _free_name(database)
    backup(database, kept)
    _put_into(source, database)
    return kept


def _free_name(database: Path) -> Path:
    """A name beside the record for what it is now."""
    stamp = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
    kept, number = database.with_name(f"{database.name}.before-restore.{stamp}.bak"), 1
    while kept.exists():
        number += 1
        kept = database.with_name(f"{database.name}.before-restore.{stamp}-{number}.bak")
    return kept


def _refuse_while_used(database: Path) -> None:
    connection = open_file(database, readonly=True)
    try:
        found = rows(
            connection,
            "SELECT w.name, s.pid, s.started FROM sessions s JOIN reviewers w ON w.id = s.reviewer_id",
        )
    finally:
        connection.close()
    names = sorted({name for name, pid, since in found if started(pid) == since and pid != os.getpid()})
    if names:
        raise StoreError(
            N_("{names} are working on it now. Ask them to leave first, or insist with --force."),
            names=", ".join(names),
        )


def _put_into(source: Path, database: Path) -> None:
    read, write = open_file(source, readonly=True), open_file(database)
    try:
        with turn(database), in_words(database):
            read.backup(write)
    finally:
        read.close()
        write.close()


def _put_new(source: Path, database: Path) -> None:
    database.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = database.with_name(f".{database.name}.{os.getpid()}.part")
    try:
        shutil.copyfile(source, draft)
        draft.chmod(0o600)
        sync(draft)
        publish(draft, database)
        sync(database.parent)
    finally:
        draft.unlink(missing_ok=True)
