"""What is said about an annotation, and who sees to it."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from annotations.errors import Conflict, Invalid, NotFound
from annotations.models import Annotation, Report, ReviewerRole
from annotations.store import Store
from annotations.store.comments import comment_draft
from reports.document import Document
from reports.passage import make_passage


@pytest.fixture
def annotation(store: Store, report: Report, document: Document) -> Annotation:
    """One of Lan's."""
    made = store.annotate(report.id, report.revision_id, make_passage(document, 64, 90), note="ghi chú")
    return store.annotation(made.items[0].item_id)


def test_what_is_said_is_kept_with_who_and_when(store: Store, other: Store, annotation: Annotation) -> None:
    store.comment(annotation.id, "  Đã hỏi Sở.\nChờ trả lời. ")
    change = other.comment(annotation.id, "Trả lời rồi")
    first, second = store.comments(annotation.id)
    assert (first.reviewer, first.text) == ("lan", "Đã hỏi Sở.\nChờ trả lời.")
    assert (second.reviewer, second.text) == ("minh", "Trả lời rồi")
    assert (second.id, second.created_at) == (change.items[0].item_id, change.at)
    assert change.report_id == annotation.report_id
    assert store.annotation(annotation.id) == annotation


def test_a_comment_leaves_an_edit_of_its_annotation_alone(
    store: Store, other: Store, annotation: Annotation
) -> None:
    other.comment(annotation.id, "khoan đã")
    store.set_note(annotation.id, annotation.version, "mới")
    assert store.annotation(annotation.id).note == "mới"


def test_a_comment_is_said_otherwise_taken_back_and_undone(store: Store, annotation: Annotation) -> None:
    number = store.comment(annotation.id, "lần đầu").items[0].item_id
    store.edit_comment(number, 1, "lần sau")
    with pytest.raises(Conflict, match="Comment"):
        store.edit_comment(number, 1, "muộn")
    store.delete_comment(number, 2)
    assert store.comments(annotation.id) == ()
    with pytest.raises(Invalid, match="deleted"):
        store.edit_comment(number, 3, "muộn")
    with pytest.raises(NotFound):
        store.comment_by_id(number)
    store.undo()
    assert [said.text for said in store.comments(annotation.id)] == ["lần sau"]
    store.undo()
    assert store.comment_by_id(number).text == "lần đầu"
    store.undo()
    assert store.comments(annotation.id) == ()
    store.redo()
    assert [said.text for said in store.comments(annotation.id)] == ["lần đầu"]
    assert store.check() == []
    assert store.verify() == []


def test_what_cannot_be_said(store: Store, annotation: Annotation) -> None:
    with pytest.raises(Invalid, match="empty"):
        store.comment(annotation.id, " \n\u200b ")
    with pytest.raises(NotFound):
        store.comment(99, "ai nghe")
    store.delete(annotation.id, annotation.version)
    with pytest.raises(Invalid, match="Restore it first"):
        store.comment(annotation.id, "muộn rồi")


def test_comments_come_back_with_their_annotation(store: Store, annotation: Annotation) -> None:
    store.comment(annotation.id, "giữ lại")
    store.delete(annotation.id, annotation.version)
    store.restore(annotation.id)
    assert [said.text for said in store.comments(annotation.id)] == ["giữ lại"]


def test_a_half_typed_comment_outlives_its_session(
    store: Store, annotation: Annotation, database: Path
) -> None:
    child = os.fork()
    if not child:
        with Store.open(database, "lan") as typing:
            typing.remember(comment_draft(annotation.id), "đang gõ dở")
            os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    assert store.recall(comment_draft(annotation.id)) == "đang gõ dở"
    store.comment(annotation.id, "gõ xong")
    assert store.recall(comment_draft(annotation.id)) is None


def test_somebody_sees_to_it(store: Store, other: Store, annotation: Annotation) -> None:
    minh = store.person("minh").id
    change = store.set_owner(annotation.id, 1, minh)
    assert store.annotation(annotation.id).owner == "minh"
    assert change.act == "owner"
    with pytest.raises(Conflict):
        other.set_owner(annotation.id, 1, None)
    other.set_owner(annotation.id, 2, None)
    assert store.annotation(annotation.id).owner is None
    other.undo()
    assert store.annotation(annotation.id).owner == "minh"
    assert store.issues.rows([annotation.id])[0].owner == "minh"


def test_only_those_who_may_edit_see_to_it(store: Store, annotation: Annotation) -> None:
    store.add_person("minh")
    store.add_person("xem", ReviewerRole.VIEWER)
    minh, viewer = store.person("minh"), store.person("xem")
    store.set_owner(annotation.id, 1, minh.id)
    store.retire_person(minh.id, minh.version)
    store.edit_many([(annotation.id, 2)], owner_id=minh.id, note="nó vẫn giữ")
    for number, said in ((minh.id, "may no longer use"), (viewer.id, "only reads"), (99, "no person")):
        for act in (
            lambda number=number: store.set_owner(annotation.id, 4, number),
            lambda number=number: store.edit_many([(annotation.id, 4)], owner_id=number),
        ):
            if store.annotation(annotation.id).version == 3:
                store.set_owner(annotation.id, 3, None)
            with pytest.raises((Invalid, NotFound), match=said):
                act()
    assert store.annotation(annotation.id).owner is None


def test_many_get_one_owner_as_one_act(store: Store, report: Report, document: Document) -> None:
    passage = make_passage(document, 64, 90)
    ids = [store.annotate(report.id, report.revision_id, passage).items[0].item_id for _ in range(3)]
    store.edit_many([(number, 1) for number in ids], owner_id=store.person("lan").id)
    assert {store.annotation(number).owner for number in ids} == {"lan"}
    store.undo()
    assert {store.annotation(number).owner for number in ids} == {None}
