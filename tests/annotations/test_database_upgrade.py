"""A file of an older format is copied, then brought up to date, once, while sessions are open."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotations import connection, database, migrations
from annotations.database import connect
from annotations.errors import DatabaseRefused, SchemaMoved
from annotations.schema import STEPS
from annotations.store import Store, record

NEXT = (*STEPS, ("0002_priority", "ALTER TABLE annotations ADD COLUMN priority INTEGER NOT NULL DEFAULT 0;"))
BROKEN = (*STEPS, ("0002_broken", "ALTER TABLE annotations ADD COLUMN x INTEGER; SELECT nothing;"))


def know(monkeypatch: pytest.MonkeyPatch, steps: tuple[tuple[str, str], ...]) -> None:
    """Make the program one that knows `steps`."""
    monkeypatch.setattr(migrations, "STEPS", steps)
    for module in (connection, database, record):
        monkeypatch.setattr(module, "SCHEMA_VERSION", len(steps))


def version(path: Path) -> int:
    opened = connection.open_file(path, readonly=True)
    found = connection.user_version(opened)
    opened.close()
    return found


def test_an_older_file_is_copied_beside_itself_and_updated(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store.open(database, "lan") as store:
        store.remember("screen", "reading")
    know(monkeypatch, NEXT)
    with Store.open(database, "lan") as store:
        assert store.recall("screen") == "reading"
        store.remember("screen", "library")
    assert version(database) == 2
    (copy,) = [p for p in database.parent.iterdir() if p.name.endswith(".bak")]
    assert version(copy) == 1
    with Store.open(database, "lan"):
        pass
    assert len([p for p in database.parent.iterdir() if p.name.endswith(".bak")]) == 1


def test_a_session_that_was_open_stops_writing_and_goes_on_reading(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store.open(database, "lan") as old:
        old.remember("screen", "reading")
        with monkeypatch.context() as newer:
            know(newer, NEXT)
            connect(database).close()
        with pytest.raises(SchemaMoved, match="please reconnect"):
            old.remember("screen", "library")
        assert old.recall("screen") == "reading"


def test_a_step_that_fails_leaves_the_file_as_it_was(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    know(monkeypatch, BROKEN)
    with pytest.raises(Exception, match="nothing"):
        connect(database)
    assert version(database) == 1
    monkeypatch.undo()
    with Store.open(database, "lan") as store:
        store.remember("screen", "reading")


def test_an_older_file_is_not_updated_by_one_who_only_reads(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    know(monkeypatch, NEXT)
    with pytest.raises(DatabaseRefused, match="older format"):
        connect(database, readonly=True)
    assert version(database) == 1
