"""Annotations: what is put on a passage is what is read, each act is recorded, stale acts are refused."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Callable
from typing import Any

import pytest

from annotations.errors import Conflict, Invalid, NotFound, StoreError
from annotations.models import Annotation, Change, Link, Report, Role, Severity, Status
from annotations.store import Store
from annotations.store.kinds import KINDS
from reports.document import Document
from reports.passage import Passage, make_passage


@pytest.fixture
def passage(document: Document) -> Passage:
    start = document.text.index("tiến độ")
    return make_passage(document, start, document.text.index(" còn chậm"))


@pytest.fixture
def annotation(store: Store, report: Report, passage: Passage) -> Annotation:
    change = store.annotate(report.id, report.revision_id, passage, tags=[1], links=[Link(1, Role.LEAD)])
    return store.annotation(change.items[0].item_id)


def test_what_is_put_on_a_passage_is_what_everybody_reads(
    store: Store, other: Store, report: Report, passage: Passage
) -> None:
    links = [Link(4, Role.LEAD), Link(2, Role.COORDINATING)]
    change = store.annotate(
        report.id,
        report.revision_id,
        passage,
        tags=[3, 1],
        links=links,
        note="Chậm so với kế hoạch\x1b[0m\nxem lại ",
        severity=Severity.HIGH,
        status=Status.IN_PROGRESS,
        due="2023-06-30",
    )
    (found,) = other.annotations(report.id)
    assert (change.items[0].item_id, change.report_id, change.reviewer) == (found.id, report.id, "lan")
    assert (found.exact, found.start, found.end) == (passage.exact, passage.start, passage.end)
    assert (found.section, found.paragraph) == ("Báo cáo giao ban quý I năm 2023", 1)
    assert (found.tags, found.links) == ((3, 1), tuple(links))
    assert found.note == "Chậm so với kế hoạch␛[0m\nxem lại"
    assert (found.severity, found.status) == (Severity.HIGH, Status.IN_PROGRESS)
    assert (found.due, found.resolved_on, found.reviewer) == ("2023-06-30", None, "lan")
    assert (found.version, found.deleted) == (1, False)
    assert other.annotation(found.id) == found
    assert len(found.uid) == 36


def test_annotations_run_by_place(store: Store, report: Report, document: Document) -> None:
    places = [(64, 90), (0, 7), (32, 40), (0, 31)]
    ids = [
        store.annotate(report.id, report.revision_id, make_passage(document, *place)).items[0].item_id
        for place in places
    ]
    assert [found.id for found in store.annotations(report.id)] == [ids[1], ids[3], ids[2], ids[0]]


@pytest.mark.parametrize(
    "wrong",
    [
        {"start": -1},
        {"end": 100_000},
        {"start": 40, "end": 40},
        {"exact": "tiến độ giải phóng mặt đất"},
        {"prefix": "không phải thế, "},
        {"suffix": " rất nhanh"},
    ],
)
def test_a_passage_that_is_not_in_the_text_is_refused(
    store: Store, report: Report, passage: Passage, wrong: dict[str, Any]
) -> None:
    with pytest.raises(Invalid):
        store.annotate(report.id, report.revision_id, dataclasses.replace(passage, **wrong))
    assert store.annotations(report.id) == []
    assert store.last_change_id() == 1


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"tags": [999]}, NotFound),
        ({"links": [Link(999, Role.LEAD)]}, NotFound),
        ({"due": "30/06/2023"}, Invalid),
        ({"severity": "grave"}, Invalid),
        ({"status": "done"}, Invalid),
        ({"links": [Link(1, "boss")]}, Invalid),
    ],
)
def test_a_wrong_value_writes_nothing(
    store: Store, report: Report, passage: Passage, fields: dict[str, Any], error: type[StoreError]
) -> None:
    with pytest.raises(error):
        store.annotate(report.id, report.revision_id, passage, **fields)
    assert store.annotations(report.id) == []
    assert store.last_change_id() == 1


def test_a_text_of_another_report_is_refused(store: Store, report: Report, passage: Passage) -> None:
    with pytest.raises(Invalid, match="no such text"):
        store.annotate(report.id, 77, passage)
    with pytest.raises(NotFound):
        store.annotate(77, report.revision_id, passage)


Edit = Callable[[Store, int, int], Change]
LEAD, JOINT = Role.LEAD, Role.COORDINATING
TWO = (Link(9, JOINT), Link(1, LEAD))
EDITS: list[tuple[str, Edit, dict[str, Any]]] = [
    ("tag", lambda s, i, v: s.add_tag(i, v, 5), {"tags": (1, 5)}),
    ("untag", lambda s, i, v: s.remove_tag(i, v, 1), {"tags": ()}),
    ("tag", lambda s, i, v: s.set_tags(i, v, [7, 1, 7, 2]), {"tags": (7, 1, 2)}),
    ("link", lambda s, i, v: s.link(i, v, 2, JOINT), {"links": (Link(1, LEAD), Link(2, JOINT))}),
    ("link", lambda s, i, v: s.link(i, v, 1, JOINT), {"links": (Link(1, JOINT),)}),
    ("unlink", lambda s, i, v: s.unlink(i, v, 1), {"links": ()}),
    ("link", lambda s, i, v: s.set_links(i, v, [Link(9, LEAD)]), {"links": (Link(9, LEAD),)}),
    ("link", lambda s, i, v: s.set_links(i, v, TWO), {"links": TWO}),
    ("note", lambda s, i, v: s.set_note(i, v, "đã hỏi"), {"note": "đã hỏi"}),
    ("severity", lambda s, i, v: s.set_severity(i, v, Severity.LOW), {"severity": Severity.LOW}),
    ("status", lambda s, i, v: s.set_status(i, v, Status.REJECTED), {"status": Status.REJECTED}),
    ("due", lambda s, i, v: s.set_due(i, v, "2023-12-31"), {"due": "2023-12-31"}),
    ("delete", lambda s, i, v: s.delete(i, v), {"deleted": True}),
    ("edit-many", lambda s, i, v: s.edit_many([(i, v)], add_tags=[4], remove_tags=[1]), {"tags": (4,)}),
    ("edit-many", lambda s, i, v: s.edit_many([(i, v)], note="x", severity=None), {"note": "x"}),
    ("edit-many", lambda s, i, v: s.edit_many([(i, v)], add_links=TWO), {"links": TWO[::-1]}),
    ("edit-many", lambda s, i, v: s.edit_many([(i, v)], remove_agencies=[1, 3]), {"links": ()}),
    ("edit-many", lambda s, i, v: s.edit_many([(i, v)], deleted=True), {"deleted": True}),
    ("edit-many", lambda s, i, v: s.edit_many([(i, v)], due="2024-01-01"), {"due": "2024-01-01"}),
]


@pytest.mark.parametrize(("act", "edit", "after"), EDITS)
def test_an_edit_changes_that_and_nothing_else(
    store: Store, other: Store, annotation: Annotation, act: str, edit: Edit, after: dict[str, Any]
) -> None:
    change = edit(store, annotation.id, annotation.version)
    found = other.annotation(annotation.id)
    assert found == dataclasses.replace(annotation, version=2, updated_at=found.updated_at, **after)
    assert (change.act, change.report_id, len(change.items)) == (act, annotation.report_id, 1)
    assert other.changes_since(change.id - 1) == [change]
    assert other.history(annotation_id=annotation.id)[0] == change


@pytest.mark.parametrize(("act", "edit", "after"), EDITS)
def test_an_edit_of_what_somebody_else_has_changed_is_refused(
    store: Store, other: Store, annotation: Annotation, act: str, edit: Edit, after: dict[str, Any]
) -> None:
    other.set_note(annotation.id, annotation.version, "của Minh")
    with pytest.raises(Conflict) as conflict:
        edit(store, annotation.id, annotation.version)
    assert conflict.value.item_id == annotation.id
    assert store.annotation(annotation.id).note == "của Minh"


def test_an_edit_of_what_is_deleted_or_never_was_is_refused(store: Store, annotation: Annotation) -> None:
    store.delete(annotation.id, 1)
    assert store.annotations(annotation.report_id) == []
    with pytest.raises(Invalid, match="Restore it first"):
        store.set_note(annotation.id, 2, "x")
    with pytest.raises(NotFound):
        store.set_note(99, 1, "x")
    with pytest.raises(NotFound):
        store.annotation(99)
    store.restore(annotation.id)
    assert store.annotations(annotation.report_id)[0].links == annotation.links


def test_an_act_that_changes_nothing_leaves_no_trace(store: Store, annotation: Annotation) -> None:
    before = store.last_change_id()
    assert store.set_note(annotation.id, 1, "  ").id == 0
    assert store.add_tag(annotation.id, 1, 1).items == ()
    assert store.link(annotation.id, 1, 1, Role.LEAD).items == ()
    assert store.edit_many([(annotation.id, 1)], status=Status.OPEN).items == ()
    assert (store.last_change_id(), store.annotation(annotation.id)) == (before, annotation)


def test_the_day_of_resolving_is_kept_while_it_is_resolved(store: Store, annotation: Annotation) -> None:
    today = datetime.date.today().isoformat()
    store.set_status(annotation.id, 1, Status.RESOLVED)
    assert store.annotation(annotation.id).resolved_on == today
    store.edit_many([(annotation.id, 2)], status=Status.OPEN)
    assert store.annotation(annotation.id).resolved_on is None


def test_the_passage_can_be_moved_within_its_text(
    store: Store, annotation: Annotation, document: Document
) -> None:
    store.set_passage(annotation.id, 1, make_passage(document, 0, 7))
    moved = store.annotation(annotation.id)
    assert (moved.exact, moved.start, moved.tags) == ("Báo cáo", 0, annotation.tags)
    with pytest.raises(Invalid):
        store.set_passage(annotation.id, 2, dataclasses.replace(make_passage(document, 0, 7), start=1))


def test_many_at_once_is_all_or_nothing_and_one_change(
    store: Store, other: Store, report: Report, passage: Passage
) -> None:
    ids = [store.annotate(report.id, report.revision_id, passage).items[0].item_id for _ in range(5)]
    change = store.edit_many([(number, 1) for number in ids], status=Status.RESOLVED, add_tags=[2])
    assert [item.item_id for item in change.items] == ids
    other.set_note(ids[3], 2, "x")
    with pytest.raises(Conflict) as conflict:
        store.edit_many([(number, 2) for number in ids], status=Status.OPEN)
    assert conflict.value.item_id == ids[3]
    assert {found.status for found in store.annotations(report.id)} == {Status.RESOLVED}
    assert len(store.history(annotation_id=ids[0])[0].items) == 1


def test_what_is_retired_stays_but_is_not_put_on_anew(store: Store, annotation: Annotation) -> None:
    tag = store.tags()[0]
    store.retire_tag(tag.id, tag.version)
    agency = store.agencies()[0]
    store.retire_agency(agency.id, agency.version)
    kept = store.set_tags(annotation.id, 1, [tag.id, 2]).items[0].after
    assert kept is not None and kept["tags"] == [tag.id, 2]
    store.set_links(annotation.id, 2, [Link(2, Role.LEAD), Link(agency.id, Role.LEAD)])
    store.remove_tag(annotation.id, 3, tag.id)
    with pytest.raises(Invalid, match="is retired"):
        store.add_tag(annotation.id, 4, tag.id)
    store.unlink(annotation.id, 4, agency.id)
    with pytest.raises(Invalid, match="is retired"):
        store.link(annotation.id, 5, agency.id)


def test_words_are_found_as_they_are_now(store: Store, annotation: Annotation) -> None:
    def found(words: str) -> list[int]:
        query = "SELECT rowid FROM annotation_search WHERE annotation_search MATCH ?"
        return [row[0] for row in store._rows(query, (words,))]

    assert found('"giai phong mat"') == [annotation.id]
    store.set_note(annotation.id, 1, "Đã đôn đốc")
    assert found("don doc") == [annotation.id]
    store.set_note(annotation.id, 2, "")
    assert found("don doc") == []


def test_a_record_that_does_not_keep_what_is_written_says_so(
    store: Store, annotation: Annotation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(KINDS["annotation"], "write", lambda *args: None)
    with pytest.raises(StoreError, match="did not keep"):
        store.set_note(annotation.id, 1, "x")
    assert store.annotation(annotation.id) == annotation


def test_history_tells_who_did_what_newest_first(store: Store, other: Store, annotation: Annotation) -> None:
    store.add_tag(annotation.id, 1, 2)
    other.set_note(annotation.id, 2, "x")
    assert [(c.reviewer, c.act) for c in store.history(annotation.id)] == [
        ("minh", "note"),
        ("lan", "tag"),
        ("lan", "annotate"),
    ]
    assert [c.act for c in store.history(report_id=annotation.report_id)] == [
        "note",
        "tag",
        "annotate",
        "import",
    ]
    assert [c.act for c in store.history(reviewer="minh")] == ["note"]
    assert [c.act for c in store.history(limit=2)] == ["note", "tag"]
    assert store.history()[1].items[0].before == {**store.history()[2].items[0].after}  # type: ignore[dict-item]
    assert store.changes_since(store.last_change_id()) == []


def test_others_acts_are_seen(store: Store, other: Store, annotation: Annotation) -> None:
    seen, last = store.data_version(), store.last_change_id()
    store.set_note(annotation.id, 1, "mine")
    assert store.data_version() == seen
    other.set_note(annotation.id, 2, "theirs")
    assert store.data_version() != seen
    assert [change.reviewer for change in store.changes_since(last)] == ["lan", "minh"]
