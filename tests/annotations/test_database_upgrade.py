"""A file of an older format is copied, then brought up to date, once, while sessions are open."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from annotations import connection, database, migrations
from annotations.database import check, connect
from annotations.errors import DatabaseRefused, SchemaMoved
from annotations.models import Anchor, ReviewerRole, Severity, Status
from annotations.schema import SCHEMA_VERSION, STEPS
from annotations.store import Store, record
from reports.load import load_bytes
from reports.passage import make_passage

NEXT = (*STEPS, ("9999_priority", "ALTER TABLE annotations ADD COLUMN priority INTEGER NOT NULL DEFAULT 0;"))
OWN_TABLES_GROW = """
ALTER TABLE drafts ADD COLUMN colour TEXT;
ALTER TABLE places ADD COLUMN zoom INTEGER NOT NULL DEFAULT 1;
ALTER TABLE memories ADD COLUMN at TEXT;
"""
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
        old.create_tag("Một nhãn")
        with monkeypatch.context() as newer:
            know(newer, NEXT)
            connect(database).close()
        with pytest.raises(SchemaMoved, match="please reconnect"):
            old.create_tag("Nhãn khác")
        assert [tag.label_vi for tag in old.tags()][-1] == "Một nhãn"


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


FORMAT_3 = Path(__file__).parent / "files" / "format-3.db.gz"
"""A record as the last program of format 3 left it: Lan (lead), Minh, Vân; one report; three annotations."""
ANCHOR = Anchor(11, "7584bc6b16247a13ceb66182cd41554d51e84974c0987adbaa6aff9fc93dc205")
"""What that program printed as the end of its history."""


@pytest.fixture
def older(tmp_path: Path) -> Path:
    path = tmp_path / "reviewer.db"
    path.write_bytes(gzip.decompress(FORMAT_3.read_bytes()))
    assert version(path) == 3
    return path


def test_a_record_of_the_format_before_goes_on_with_all_that_it_held(older: Path) -> None:
    with Store.open(older, "minh") as store:
        assert version(older) == SCHEMA_VERSION
        assert check(older) == []
        assert store.verify(ANCHOR) == []
        first, second, third = store.annotations(1)
        assert (first.note, first.status) == ("Chậm từ năm trước.", Status.IN_PROGRESS)
        assert (second.severity, second.due, len(second.tags)) == (Severity.HIGH, "2023-06-30", 2)
        assert third.exact == "ô nhiễm môi trường"
        assert store.drafts() == {second.id: "Đang gõ dở"}
        place = store.place(1)
        assert place is not None and (place.offset, place.unit) == (70, "clause")
        assert store.recall("last-report") == "bao-cao-quy-i"
        assert {person.name: person.role for person in store.people()} == {
            "lan": ReviewerRole.LEAD,
            "minh": ReviewerRole.REVIEWER,
            "van": ReviewerRole.VIEWER,
        }
    (copy,) = older.parent.glob("*.bak")
    assert version(copy) == 3


def test_acts_from_before_an_update_are_undone_and_redone_after_it(older: Path) -> None:
    with Store.open(older, "minh") as minh, Store.open(older, "lan") as lan:
        second = minh.annotations(1)[1].id
        minh.undo()
        assert minh.annotation(second).due is None
        minh.undo()
        assert minh.annotation(second).severity is None
        minh.redo()
        minh.redo()
        assert minh.annotation(second).due == "2023-06-30"
        lan.undo()
        assert lan.annotations(1)[0].status == Status.OPEN
        annotation = minh.annotation(second)
        minh.comment(second, "Một ý kiến của định dạng mới.")
        minh.set_note(second, annotation.version, "Ghi chú mới.")
        assert lan.verify(ANCHOR) == []
        assert lan.check() == []


def test_words_typed_after_the_file_was_updated_are_kept_and_acts_refused(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store.open(database, "lan") as old:
        document = load_bytes("Tiến độ giải phóng mặt bằng còn chậm.".encode(), "a.txt").document
        report = old.add_report(document, title="A").report
        passage = make_passage(document, 0, 7)
        noted = old.annotate(report.id, report.revision_id, passage).items[0].item_id
        with monkeypatch.context() as newer:
            know(newer, (*NEXT, ("9999_own", OWN_TABLES_GROW)))
            connect(database).close()
        with pytest.raises(SchemaMoved, match="please reconnect"):
            old.set_note(noted, 1, "Ghi chú")
        old.save_draft(noted, "Gõ sau khi nâng cấp")
        old.save_place(report.id, report.revision_id, 3, "clause", b"", 0.0)
        old.remember("screen", "reading")
        assert old.drafts() == {noted: "Gõ sau khi nâng cấp"}
    know(monkeypatch, (*NEXT, ("9999_own", OWN_TABLES_GROW)))
    with Store.open(database, "lan") as store:
        assert store.draft(noted) == "Gõ sau khi nâng cấp"
        assert store.recall("screen") == "reading"
        place = store.place(report.id)
        assert place is not None and place.offset == 3
