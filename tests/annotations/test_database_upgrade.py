"""A file of an older format is copied, then brought up to date, once, while sessions are open."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotations import connection, database, migrations
from annotations.database import check, connect
from annotations.errors import DatabaseRefused, SchemaMoved
from annotations.models import ReviewerRole
from annotations.schema import SCHEMA_VERSION, STEPS
from annotations.store import Store, record

NEXT = (*STEPS, ("9999_priority", "ALTER TABLE annotations ADD COLUMN priority INTEGER NOT NULL DEFAULT 0;"))
BROKEN = (*STEPS, ("9999_broken", "ALTER TABLE annotations ADD COLUMN x INTEGER; SELECT nothing;"))


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
    assert version(database) == SCHEMA_VERSION + 1
    (copy,) = [p for p in database.parent.iterdir() if p.name.endswith(".bak")]
    assert version(copy) == SCHEMA_VERSION
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
    assert version(database) == SCHEMA_VERSION
    monkeypatch.undo()
    with Store.open(database, "lan") as store:
        store.remember("screen", "reading")


def test_an_older_file_is_not_updated_by_one_who_only_reads(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    know(monkeypatch, NEXT)
    with pytest.raises(DatabaseRefused, match="older format"):
        connect(database, readonly=True)
    assert version(database) == SCHEMA_VERSION


def test_a_file_of_the_first_format_keeps_its_people_and_gets_its_history_sealed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "reviewer.db"
    know(monkeypatch, STEPS[:1])
    old = connect(path)
    old.executescript("""
        INSERT INTO reviewers (name, created_at) VALUES ('lan', '2023-01-01T00:00:00Z'), ('minh', '');
        INSERT INTO reports VALUES (1, 'a', 'A', '', NULL, NULL, '', '', 2, NULL);
        INSERT INTO changes (at, reviewer_id, act, report_id)
            VALUES ('', 1, 'import', 1), ('', 2, 'edit-report', 1);
        INSERT INTO change_items VALUES
            (1, 0, 'report', 1, NULL, '{"title": "a", "version": 1, "deleted_at": null}'),
            (2, 0, 'report', 1, '{"title": "a", "version": 1}', '{"title": "A", "version": 2}');
    """)
    old.close()
    monkeypatch.undo()
    with Store.open(path, "minh") as store:
        assert [(person.name, person.role) for person in store.people()] == [
            ("lan", ReviewerRole.LEAD),
            ("minh", ReviewerRole.LEAD),
        ]
        assert check(path) == []
        assert len(store.anchor().hash) == 64
        store.undo()
        assert store._rows("SELECT title FROM reports") == [("a",)]
    assert check(path) == []
