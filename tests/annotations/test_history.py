"""What is asked of the history: whose, where, when, what is deleted; any number of changes in windows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from annotations.models import Link, ReviewerRole, Role, Severity, Status
from annotations.past_acts import SHOWN, Asked, day_begins, local_day
from annotations.store import Store
from reports.passage import make_passage
from tests.annotations.conftest import TEXT, document_of


@pytest.fixture
def two(store: Store) -> Store:
    """Two reports, an annotation in each, by Lan; Minh a reviewer."""
    for text in (TEXT, f"{TEXT}\nThêm."):
        store.add_report(document_of(text), title=text[-6:])
    store.add_person("minh")
    for report in store.reports():
        passage = make_passage(store.document(report.revision_id), 33, 50)
        store.annotate(
            report.id, report.revision_id, passage, tags=[1], links=[Link(1, Role.LEAD)], note="ghi"
        )
    return store


def acts(store: Store, asked: Asked) -> list[str]:
    ids, _annotations = store.history_ids(asked)
    found = store.past_acts(ids, asked.annotation_id)
    return [found[each].change.act for each in ids]


def test_of_an_annotation_are_its_changes_and_what_was_said_about_it(two: Store) -> None:
    two.set_note(1, 1, "khác")
    two.comment(1, "Đã hỏi Sở.")
    two.edit_many([(1, 2), (2, 1)], status=Status.RESOLVED)
    assert acts(two, Asked(annotation_id=1)) == ["edit-many", "comment", "note", "annotate"]
    ids, _annotations = two.history_ids(Asked(annotation_id=1))
    many = two.past_acts(ids, 1)[ids[0]]
    assert [item.item_id for item in many.change.items] == [1] and many.size == 2
    assert [change.act for change in two.history(1)] == ["edit-many", "comment", "note", "annotate"]


def test_in_a_report_are_also_acts_on_several_reports(two: Store) -> None:
    two.edit_many([(1, 1), (2, 1)], severity=Severity.HIGH)
    two.create_tag("Nhãn mới")
    for report in two.reports():
        assert acts(two, Asked(report_id=report.id)) == ["edit-many", "annotate", "import"]


def test_by_a_reviewer_and_between_days(two: Store) -> None:
    with Store.open(two.path, "minh") as minh:
        minh.set_note(1, 1, "của Minh")
    assert acts(two, Asked(reviewer="minh")) == ["note"]
    today = datetime.now().astimezone().date()
    tomorrow, yesterday = (today + timedelta(days=by) for by in (1, -1))
    everything = acts(two, Asked())
    assert acts(two, Asked(since=today.isoformat(), until=today.isoformat())) == everything
    assert acts(two, Asked(since=tomorrow.isoformat())) == acts(two, Asked(until=yesterday.isoformat())) == []


def test_the_deleted_are_listed_each_until_they_are_restored(two: Store) -> None:
    two.set_note(2, 1, "trước khi xóa")
    two.edit_many([(1, 1), (2, 2)], deleted=True)
    ids, annotations = two.history_ids(Asked(deleted=True))
    assert (len(set(ids)), list(annotations)) == (1, [1, 2])
    report = two.annotation(2).report_id
    assert list(two.history_ids(Asked(deleted=True, report_id=report))[1]) == [2]
    before = two.annotation(2)
    two.restore(2, 1)
    after = two.annotation(2)
    assert (after.id, after.uid, after.tags, after.links, after.note) == (
        before.id, before.uid, before.tags, before.links, "trước khi xóa",
    )  # fmt: skip
    assert list(two.history_ids(Asked(deleted=True))[0]) == []
    two.undo()
    assert list(two.history_ids(Asked(deleted=True))[1]) == [1, 2]


def test_an_undo_tells_what_it_took_back_in_the_end(two: Store) -> None:
    noted = two.set_note(1, 1, "khác")
    ids = [two.undo().id, two.redo().id, two.undo().id]
    found = two.past_acts(ids)
    assert [found[each].turned for each in ids] == [noted] * 3
    assert [found[each].change.act for each in ids] == ["undo", "redo", "undo"]


def test_of_a_change_of_many_items_only_the_first_are_read(two: Store) -> None:
    passage = make_passage(two.document(1), 33, 50)
    made = [two.annotate(1, 1, passage).items[0].item_id for _ in range(SHOWN + 3)]
    change = two.edit_many([(each, 1) for each in made], note="hàng loạt")
    past = two.past_acts([change.id])[change.id]
    assert (len(past.change.items), past.size) == (SHOWN, SHOWN + 3)
    assert past.title == two.report(1).title


def test_what_came_since_is_asked_for_alone(two: Store) -> None:
    last = two.last_change_id()
    two.set_note(1, 1, "mới")
    assert list(two.history_ids(Asked(), last)[0]) == [last + 1]
    assert list(two.history_ids(Asked(), last + 1)[0]) == []


def test_days_are_those_of_the_clock_on_the_wall(two: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    monkeypatch.setenv("TZ", "Asia/Ho_Chi_Minh")
    time.tzset()
    try:
        assert local_day("2023-06-30T16:59:59Z") == "2023-06-30"
        assert local_day("2023-06-30T17:00:00Z") == "2023-07-01"
        assert day_begins("2023-07-01") == "2023-06-30T17:00:00Z"
        assert day_begins("2023-06-30", after=1) == "2023-06-30T17:00:00Z"
        ids, _annotations = two.history_ids(Asked())
        times = ["2023-06-30T16:59:59Z", *["2023-06-30T17:00:00Z"] * (len(ids) - 1)]
        for change, at in zip(reversed(ids), times, strict=True):
            two._connection.execute("UPDATE changes SET at = ? WHERE id = ?", (at, change))
        assert two.history_days(ids) == [("2023-07-01", len(ids) - 1), ("2023-06-30", 1)]
        assert two.history_days([]) == []
    finally:
        monkeypatch.undo()
        time.tzset()


def test_a_long_history_is_read_in_windows(two: Store) -> None:
    start = datetime(2023, 1, 1, tzinfo=UTC)
    rows = [(f"{start + timedelta(hours=hour):%Y-%m-%dT%H:%M:%SZ}",) for hour in range(3000)]
    two._connection.executemany("INSERT INTO changes (at, reviewer_id, act) VALUES (?, 1, 'note')", rows)
    ids, annotations = two.history_ids(Asked())
    assert len(ids) == len(annotations) > 3000 and list(ids) == sorted(ids, reverse=True)
    days = two.history_days(ids)
    assert sum(count for _day, count in days) == len(ids)
    assert len(two.past_acts(ids[500:564])) == 64


def test_a_viewer_reads_the_history_and_restores_nothing(two: Store, tmp_path: Path) -> None:
    two.delete(1, 1)
    person = two.person("minh")
    two.set_role(person.id, person.version, ReviewerRole.VIEWER)
    with Store.open(two.path, "minh") as minh:
        assert list(minh.history_ids(Asked(deleted=True))[1]) == [1]
        with pytest.raises(Exception, match="viewer"):
            minh.restore(1)
