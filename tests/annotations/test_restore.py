"""A backup in the record's place: checked before, whole afterwards, what it replaced kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotations.errors import DatabaseRefused, StoreError
from annotations.models import Report
from annotations.restore import restore
from annotations.sqlite import sqlite3
from annotations.store import Store
from reports.document import Document
from reports.passage import make_passage


@pytest.fixture
def saved(store: Store, report: Report, document: Document, tmp_path: Path) -> Path:
    """A backup with one annotation; the record has gone on to two since."""
    store.annotate(report.id, report.revision_id, make_passage(document, 0, 7))
    copy = store.backup(tmp_path / "saved.db")
    store.annotate(report.id, report.revision_id, make_passage(document, 33, 50))
    return copy


def test_the_record_is_as_the_backup_has_it_in_sessions_that_are_open_too(
    store: Store, report: Report, saved: Path
) -> None:
    kept = restore(saved, store.path)
    assert [one.id for one in store.annotations(report.id)] == [1]
    assert store.check() == []
    assert kept is not None
    with Store.open(kept, "lan") as before:
        assert [one.id for one in before.annotations(report.id)] == [1, 2]
    store.set_note(1, 1, "Việc còn lại")
    with Store.open(store.path, "lan") as again:
        assert again.annotation(1).note == "Việc còn lại"


def test_a_backup_that_is_not_sound_changes_nothing(store: Store, report: Report, saved: Path) -> None:
    by_hand = sqlite3.connect(saved)
    by_hand.execute("UPDATE annotations SET note = 'x'")
    by_hand.commit()
    by_hand.close()
    with pytest.raises(StoreError, match="not sound"):
        restore(saved, store.path)
    saved.write_bytes(b"SQLite format 3\0" + bytes(2000))
    with pytest.raises(DatabaseRefused):
        restore(saved, store.path)
    assert len(store.annotations(report.id)) == 2


def test_nothing_is_replaced_under_somebody_who_works(
    store: Store, report: Report, saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.here(report.id, 0)
    restore(saved, store.path)
    store.annotate(report.id, report.revision_id, make_passage(store.document(report.revision_id), 0, 7))
    store.away()
    store.here(report.id, 3)
    monkeypatch.setattr("annotations.restore.os.getpid", lambda: 1)
    with pytest.raises(StoreError, match="lan are working on it"):
        restore(saved, store.path)
    assert restore(saved, store.path, force=True) is not None


def test_a_record_that_is_lost_is_made_anew(saved: Path, tmp_path: Path) -> None:
    target = tmp_path / "new" / "reviewer.db"
    assert restore(saved, target) is None
    with Store.open(target, "lan") as store:
        assert store.check() == []
    assert not [path for path in target.parent.iterdir() if path.name.endswith(".part")]
