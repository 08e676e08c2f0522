"""Undo and redo: one's own acts, in order, after a restart too; never over somebody else's change."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotations.errors import NothingToUndo, UndoRefused
from annotations.models import Annotation, Link, Report, Role, Status
from annotations.store import Store
from reports.document import Document
from reports.passage import make_passage
from tests.annotations.conftest import document_of


@pytest.fixture
def annotation(store: Store, report: Report, document: Document) -> Annotation:
    change = store.annotate(report.id, report.revision_id, make_passage(document, 64, 90), tags=[1])
    return store.annotation(change.items[0].item_id)


def test_acts_are_undone_latest_first_and_redone_in_order(store: Store, annotation: Annotation) -> None:
    number = annotation.id
    store.set_note(number, 1, "một")
    store.set_note(number, 2, "hai")
    store.link(number, 3, 4, Role.LEAD)
    seen = []
    for _ in range(4):
        store.undo()
        found = store.annotation(number)
        seen.append((found.note, found.links, found.deleted))
    lead = (Link(4, Role.LEAD),)
    assert seen == [("hai", (), False), ("một", (), False), ("", (), False), ("", (), True)]
    for note, links in (("", ()), ("một", ()), ("hai", ()), ("hai", lead)):
        store.redo()
        found = store.annotation(number)
        assert (found.note, found.links, found.deleted) == (note, links, False)
    with pytest.raises(NothingToUndo, match="redo"):
        store.redo()


def test_undo_goes_on_after_a_restart_back_to_the_first_act(
    store: Store, annotation: Annotation, database: Path
) -> None:
    store.set_note(annotation.id, 1, "một")
    store.undo()
    with Store.open(database, "lan") as again:
        again.undo()
        assert again.annotations(annotation.report_id) == []
        again.undo()
        assert again.reports() == []
        with pytest.raises(NothingToUndo, match="undo"):
            again.undo()
        for _ in range(3):
            again.redo()
        assert again.annotation(annotation.id).note == "một"


def test_a_new_act_ends_what_can_be_redone(store: Store, annotation: Annotation) -> None:
    store.set_note(annotation.id, 1, "một")
    store.undo()
    store.set_status(annotation.id, 3, Status.REJECTED)
    with pytest.raises(NothingToUndo):
        store.redo()
    store.undo()
    store.undo()
    assert store.annotation(annotation.id).deleted


def test_undoing_redoing_and_undoing_again_walks_the_same_acts(store: Store, annotation: Annotation) -> None:
    for version, note in enumerate(("một", "hai", "ba"), start=1):
        store.set_note(annotation.id, version, note)
    notes = []
    for step in "uurururruuu":
        (store.undo if step == "u" else store.redo)()
        notes.append(store.annotation(annotation.id).note)
    assert notes == ["hai", "một", "hai", "một", "hai", "một", "hai", "ba", "hai", "một", ""]


def test_everybody_undoes_their_own(store: Store, other: Store, report: Report, document: Document) -> None:
    passage = make_passage(document, 64, 90)
    mine = store.annotate(report.id, report.revision_id, passage).items[0].item_id
    theirs = other.annotate(report.id, report.revision_id, passage).items[0].item_id
    store.set_note(mine, 1, "của Lan")
    other.set_note(theirs, 1, "của Minh")
    store.undo()
    assert (store.annotation(mine).note, store.annotation(theirs).note) == ("", "của Minh")
    other.undo()
    other.undo()
    assert [found.id for found in store.annotations(report.id)] == [mine]
    with pytest.raises(NothingToUndo):
        other.undo()


def test_what_somebody_else_has_changed_since_is_not_undone(
    store: Store, other: Store, annotation: Annotation
) -> None:
    store.set_note(annotation.id, 1, "của Lan")
    other.set_status(annotation.id, 2, Status.RESOLVED)
    before = (store.annotation(annotation.id), store.last_change_id())
    with pytest.raises(UndoRefused) as refused:
        store.undo()
    at = before[0].updated_at
    assert f"minh has changed annotation {annotation.id} since ({at})" in str(refused.value)
    assert (store.annotation(annotation.id), store.last_change_id()) == before
    other.undo()
    store.undo()
    assert store.annotation(annotation.id).note == ""


def test_an_act_that_cannot_be_undone_can_be_passed_over(
    store: Store, other: Store, report: Report, document: Document
) -> None:
    passage = make_passage(document, 64, 90)
    first, second = (
        store.annotate(report.id, report.revision_id, passage).items[0].item_id for _ in range(2)
    )
    other.set_note(second, 1, "x")
    with pytest.raises(UndoRefused) as refused:
        store.undo()
    store.undo(older_than=refused.value.change_id)
    assert [found.id for found in store.annotations(report.id)] == [second]
    store.redo()
    assert [found.id for found in store.annotations(report.id)] == [first, second]


def test_a_redo_is_refused_as_an_undo_is(store: Store, other: Store, annotation: Annotation) -> None:
    store.set_note(annotation.id, 1, "của Lan")
    store.undo()
    other.set_note(annotation.id, 3, "của Minh")
    with pytest.raises(UndoRefused, match="minh has changed"):
        store.redo()
    assert store.annotation(annotation.id).note == "của Minh"


def test_versions_only_grow(store: Store, other: Store, annotation: Annotation) -> None:
    store.set_note(annotation.id, 1, "x")
    store.undo()
    assert store.annotation(annotation.id).version == 3
    assert store.annotation(annotation.id).updated_at == annotation.updated_at


def test_a_report_is_not_undone_from_under_others(
    store: Store, other: Store, report: Report, document: Document
) -> None:
    passage = make_passage(document, 64, 90)
    number = other.annotate(report.id, report.revision_id, passage).items[0].item_id
    with pytest.raises(UndoRefused, match=f"minh has marked a passage in report {report.id}"):
        store.undo()
    other.delete(number, 1)
    store.undo()
    assert store.reports() == []
    store.redo()
    assert store.reports()[0].slug == report.slug


def test_what_others_use_is_not_undone(
    store: Store, other: Store, report: Report, document: Document
) -> None:
    passage = make_passage(document, 64, 90)
    tag = store.create_tag("Loại mới").items[0].item_id
    other.annotate(report.id, report.revision_id, passage, tags=[tag])
    with pytest.raises(UndoRefused, match="minh has put tag"):
        store.undo()
    other.undo()
    store.undo()
    assert [found.retired for found in store.tags() if found.id == tag] == [True]
    agency = store.create_agency("Ban mới").items[0].item_id
    other.annotate(report.id, report.revision_id, passage, links=[Link(agency, Role.LEAD)])
    with pytest.raises(UndoRefused, match="minh has linked agency"):
        store.undo()


def test_many_at_once_are_undone_at_once_or_not_at_all(
    store: Store, other: Store, report: Report, document: Document
) -> None:
    passage = make_passage(document, 64, 90)
    ids = [store.annotate(report.id, report.revision_id, passage).items[0].item_id for _ in range(4)]
    store.edit_many([(number, 1) for number in ids], status=Status.RESOLVED)
    other.set_note(ids[2], 2, "x")
    with pytest.raises(UndoRefused, match=f"annotation {ids[2]} since"):
        store.undo()
    assert {found.status for found in store.annotations(report.id)} == {Status.RESOLVED}
    other.undo()
    store.undo()
    assert {found.status for found in store.annotations(report.id)} == {Status.OPEN}


def test_deleting_and_describing_a_report_are_undone(store: Store, report: Report) -> None:
    store.edit_report(report.id, 1, title="Tên khác")
    store.delete_report(report.id, 2)
    store.undo()
    assert store.report(report.id).title == "Tên khác"
    store.undo()
    assert store.report(report.id).title == report.title


def test_undo_of_an_import_that_brought_a_report_back_hides_it_again(
    store: Store, other: Store, report: Report
) -> None:
    other.delete_report(report.id, 1)
    store.add_report(document_of(store.document(report.revision_id).text), title="Lại")
    store.undo()
    assert store.reports() == []
    other.undo()
    assert store.reports()[0].title == report.title
