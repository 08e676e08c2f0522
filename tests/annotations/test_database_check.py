"""`check` finds what is wrong and only that; `backup` is whole or not there."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from annotations.database import backup, check
from annotations.errors import DatabaseRefused, StoreError
from annotations.models import Link, Report, Role, Status
from annotations.sqlite import sqlite3
from annotations.store import Store
from annotations.store.files import Original
from reports.document import Document
from reports.passage import make_passage
from tests.annotations.conftest import document_of


@pytest.fixture
def filled(store: Store, report: Report, document: Document) -> Path:
    """A record with some acts in it, undone ones too."""
    tag, agency = store.tags()[1].id, store.agencies()[0].id
    passage = make_passage(document, 64, 90)
    first = store.annotate(
        report.id, report.revision_id, passage, tags=[tag], links=[Link(agency, Role.LEAD)], note="Chậm"
    )
    number = first.items[0].item_id
    store.set_status(number, 1, Status.RESOLVED)
    store.undo()
    store.annotate(report.id, report.revision_id, make_passage(document, 0, 7))
    store.undo()
    store.edit_tag(tag, 1, label_en="Late clearance")
    store.comment(number, "Đã nhắc hai lần.")
    store.save_view("Của tôi", "status:open")
    store.set_owner(number, store.annotation(number).version, store.people()[0].id)
    store.add_report(document_of("Báo cáo khác"), title="B", original=Original(b"bytes", "plain", "utf-8"))
    return store.path


def test_a_sound_record_has_no_problems(filled: Path) -> None:
    assert check(filled) == []


@pytest.mark.parametrize(
    ("harm", "subject", "said"),
    [
        ("UPDATE revision_texts SET text = replace(text, 'chậm', 'nhanh')", "revision 1", "not the one"),
        ("DELETE FROM revision_texts", "revision 1", "missing"),
        ("UPDATE revision_texts SET structure = x'00'", "revision 1", "structure"),
        ('UPDATE annotations SET start = 1, "end" = 5 WHERE id = 1', "annotation 1", "quotes"),
        ("UPDATE annotations SET note = 'x' WHERE id = 1", "annotation 1", "not as the history says"),
        ("DELETE FROM annotation_tags", "annotation 1", "not as the history says"),
        ("UPDATE tags SET label_en = 'x' WHERE id = 2", "tag 2", "not as the history says"),
        ("UPDATE reports SET title = 'x'", "report 1", "not as the history says"),
        ("DELETE FROM change_items WHERE change_id = 3", "annotation 1", "gap"),
        (
            "DELETE FROM change_items WHERE item_id = 2 AND kind = 'annotation'",
            "annotation 2",
            "does not know",
        ),
        (
            "UPDATE change_items SET item_id = 9 WHERE item_id = 2 AND kind = 'tag'",
            "tag 9",
            "tag 9 is not as",
        ),
        ("UPDATE annotation_search SET words = 'x' WHERE rowid = 1", "annotation 1", "search"),
        ("UPDATE annotations SET report_id = 77 WHERE id = 1", "annotations 1", "not there"),
        ("UPDATE annotations SET owner_id = NULL WHERE id = 1", "annotation 1", "not as the history says"),
        ("UPDATE comments SET text = 'x'", "comment 1", "not as the history says"),
        ("DELETE FROM comments", "comment 1", "not in the record"),
        ("UPDATE views SET filter = 'status:resolved'", "view 1", "not as the history says"),
        ("UPDATE source_files SET data = x'00'", "file 277089d91c0b", "not the one"),
    ],
)
def test_every_harm_is_found(filled: Path, harm: str, subject: str, said: str) -> None:
    by_hand = sqlite3.connect(filled)
    by_hand.execute(harm)
    by_hand.commit()
    by_hand.close()
    problems = check(filled)
    assert any(problem.subject == subject and said in str(problem) for problem in problems), problems


def test_a_backup_holds_the_record_and_is_for_its_owner_alone(filled: Path, tmp_path: Path) -> None:
    target = backup(filled, tmp_path / "copy.db")
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert check(target) == []
    with Store.open(target, "lan") as copy, Store.open(filled, "lan") as original:
        assert copy.annotation(1) == original.annotation(1)
        copy.undo()
        assert copy.last_change_id() == original.last_change_id() + 1


def test_a_backup_never_takes_the_place_of_a_file(filled: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    target.write_text("keep me")
    with pytest.raises(StoreError, match="exists already"):
        backup(filled, target)
    assert target.read_text() == "keep me"


def test_a_backup_that_cannot_be_made_leaves_nothing(filled: Path, tmp_path: Path) -> None:
    with pytest.raises(DatabaseRefused, match="No backup can be made"):
        backup(filled, tmp_path / "none" / "copy.db")
    full = Path("/dev/full")
    if full.exists():
        with pytest.raises(StoreError):
            backup(filled, full)
    assert not [p for p in tmp_path.iterdir() if p.name.endswith(".part")]
