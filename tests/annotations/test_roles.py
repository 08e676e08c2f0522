"""Every method of the store, for every role, on one's own and on others': as the table of rules says."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from annotations import roles
from annotations.errors import Forbidden, Invalid, NotAdmitted, NothingToUndo
from annotations.models import Act, Annotation, Link, ReviewerRole, Role, Severity, Status
from annotations.shipped import codebook, directory
from annotations.store import Store
from reports.passage import make_passage
from tests.annotations.conftest import TEXT, document_of

ROOT = Path(__file__).parent.parent.parent
READS = {
    "agencies", "agency_use", "anchor", "annotation", "annotations", "annotations_at", "backup", "change",
    "changes_since", "check", "close", "comment_by_id", "comments", "data_version", "document", "draft",
    "drafts", "history", "history_days", "history_ids", "issues", "items_since", "last_change_id",
    "library", "line_of", "may", "next_undone", "open", "original", "others_in", "owned", "past_acts",
    "path", "people",
    "person", "place", "plan_revision", "queue", "read_from", "recall", "recent_agencies", "recent_tags",
    "refusal", "report", "reports", "reports_alike", "reviewer", "revision", "revisions", "role",
    "tag_counts", "tags", "turned_items", "unplaced", "usual_agencies", "verify", "view", "views",
}  # fmt: skip
OWN_AFFAIRS = {"away", "drop_draft", "here", "remember", "save_draft", "save_place"}
Do = Callable[[Store, Annotation], Any]

ACTS: dict[str, tuple[Act, Do]] = {
    "add_report": (Act.IMPORT, lambda s, a: s.add_report(document_of("Văn bản mới."), title="Mới")),
    "edit_report": (Act.EDIT_REPORT, lambda s, a: s.edit_report(1, s.report(1).version, issuer="Tỉnh ủy")),
    "delete_report": (Act.DELETE_REPORT, lambda s, a: s.delete_report(1, s.report(1).version)),
    "restore_report": (Act.RESTORE_REPORT, lambda s, a: s.restore_report(2)),
    "annotate": (Act.ANNOTATE, lambda s, a: s.annotate(1, 1, make_passage(s.document(1), 0, 7))),
    "add_tag": (Act.TAG, lambda s, a: s.add_tag(a.id, a.version, 5)),
    "remove_tag": (Act.UNTAG, lambda s, a: s.remove_tag(a.id, a.version, 1)),
    "set_tags": (Act.TAG, lambda s, a: s.set_tags(a.id, a.version, [3])),
    "link": (Act.LINK, lambda s, a: s.link(a.id, a.version, 2)),
    "unlink": (Act.UNLINK, lambda s, a: s.unlink(a.id, a.version, 1)),
    "set_links": (Act.LINK, lambda s, a: s.set_links(a.id, a.version, [])),
    "set_note": (Act.NOTE, lambda s, a: s.set_note(a.id, a.version, "khác")),
    "set_severity": (Act.SEVERITY, lambda s, a: s.set_severity(a.id, a.version, Severity.HIGH)),
    "set_status": (Act.STATUS, lambda s, a: s.set_status(a.id, a.version, Status.RESOLVED)),
    "set_due": (Act.DUE, lambda s, a: s.set_due(a.id, a.version, "2023-07-01")),
    "set_passage": (
        Act.PASSAGE,
        lambda s, a: s.set_passage(a.id, a.version, make_passage(s.document(1), 33, 60)),
    ),
    "add_revision": (Act.REVISE, lambda s, a: s.add_revision(1, document_of(f"{TEXT}\nThêm nữa."))),
    "accept": (Act.ACCEPT, lambda s, a: s.accept(a.id + 4, s.annotation(a.id + 4).version)),
    "reanchor": (
        Act.REANCHOR,
        lambda s, a: s.reanchor(a.id, a.version, make_passage(s.document(1), 33, 60)),
    ),
    "leave_orphan": (Act.ORPHAN, lambda s, a: s.leave_orphan(a.id + 4, s.annotation(a.id + 4).version)),
    "confirm": (Act.CONFIRM, lambda s, a: s.confirm([(a.id + 6, s.annotation(a.id + 6).version)])),
    "continue_from": (Act.CONTINUE, lambda s, a: s.continue_from(a.id, a.version, a.id + 4)),
    "set_owner": (Act.OWNER, lambda s, a: s.set_owner(a.id, a.version, s.person("minh").id)),
    "comment": (Act.COMMENT, lambda s, a: s.comment(a.id, "đã báo lãnh đạo")),
    "edit_comment": (Act.EDIT_COMMENT, lambda s, a: s.edit_comment(a.id, 1, "nói lại")),
    "delete_comment": (Act.DELETE_COMMENT, lambda s, a: s.delete_comment(a.id, 1)),
    "delete": (Act.DELETE, lambda s, a: s.delete(a.id, a.version)),
    "restore": (Act.RESTORE, lambda s, a: s.restore(a.id + 2)),
    "edit_many": (Act.EDIT_MANY, lambda s, a: s.edit_many([(a.id, a.version)], status=Status.REJECTED)),
    "create_tag": (Act.CREATE_TAG, lambda s, a: s.create_tag("Nhãn mới")),
    "edit_tag": (Act.EDIT_TAG, lambda s, a: s.edit_tag(1, 1, label_en="Other")),
    "merge_tags": (Act.MERGE_TAGS, lambda s, a: s.merge_tags(1, 2)),
    "retire_tag": (Act.RETIRE_TAG, lambda s, a: s.retire_tag(4, 1)),
    "revive_tag": (Act.REVIVE_TAG, lambda s, a: s.revive_tag(6, 2)),
    "import_tags": (
        Act.IMPORT_TAGS,
        lambda s, a: s.import_tags([replace(codebook()[0], slug="nhan-moi", key="nm")]),
    ),
    "create_agency": (Act.CREATE_AGENCY, lambda s, a: s.create_agency("Cơ quan mới")),
    "edit_agency": (Act.EDIT_AGENCY, lambda s, a: s.edit_agency(1, 1, short="CQ")),
    "merge_agencies": (Act.MERGE_AGENCIES, lambda s, a: s.merge_agencies(1, 2)),
    "retire_agency": (Act.RETIRE_AGENCY, lambda s, a: s.retire_agency(4, 1)),
    "revive_agency": (Act.REVIVE_AGENCY, lambda s, a: s.revive_agency(6, 2)),
    "import_agencies": (
        Act.IMPORT_AGENCIES,
        lambda s, a: s.import_agencies([replace(directory()[0], slug="co-quan-moi")]),
    ),
    "add_person": (Act.ADD_PERSON, lambda s, a: s.add_person("mới")),
    "set_role": (Act.SET_ROLE, lambda s, a: s.set_role(s.person("minh").id, 1, ReviewerRole.VIEWER)),
    "retire_person": (Act.RETIRE_PERSON, lambda s, a: s.retire_person(s.person("minh").id, 1)),
    "revive_person": (Act.REVIVE_PERSON, lambda s, a: s.revive_person(s.person("cũ").id, 2)),
}
ACTS |= {
    "edit_view": (Act.SAVE_VIEW, lambda s, a: s.edit_view(view_of(s, a), 2, filter="overdue")),
    "share_view": (Act.SHARE_VIEW, lambda s, a: s.share_view(view_of(s, a), 2, False)),
    "delete_view": (Act.DELETE_VIEW, lambda s, a: s.delete_view(view_of(s, a), 2)),
}
AUTHORED = {Act.PASSAGE, Act.DELETE, Act.RESTORE, Act.EDIT_COMMENT, Act.DELETE_COMMENT, Act.SAVE_VIEW,
            Act.SHARE_VIEW, Act.DELETE_VIEW}  # fmt: skip
"""Acts in which it matters whose the thing is."""
OWN_ONLY = {"save_view"}
"""Acts that never meet what somebody else made."""
TURNING_BACK = {"undo", "redo"}


def view_of(store: Store, annotation: Annotation) -> int:
    """The view of whoever made `annotation`."""
    return next(view.id for view in store.views() if view.reviewer == annotation.reviewer)


@pytest.fixture
def world(store: Store) -> Store:
    """Two annotations of Minh's, two of Vân's, of each the second deleted; things deleted and retired.

    Minh and Vân are reviewers, each shares a view and has said something on each, which makes their comments
    go by the numbers of these. Annotation ids: Minh's 1 and 3, Vân's 2 and 4; 3 and 4 are
    deleted. In a report that was revised, Minh's 5 and Vân's 6 wait, Minh's 7 and Vân's 8 are marked.
    """
    store.add_report(document_of(TEXT), title="Giao ban")
    gone = store.add_report(document_of(f"{TEXT}\nThêm."), title="Khác").report
    store.delete_report(gone.id, gone.version)
    store.retire_tag(6, 1)
    store.retire_agency(6, 1)
    for name in ("minh", "vân", "cũ"):
        store.add_person(name)
    store.retire_person(store.person("cũ").id, 1)
    for deleted in (False, True):
        for name in ("minh", "vân"):
            with Store.open(store.path, name) as theirs:
                passage = make_passage(theirs.document(1), 33, 50)
                if not deleted:
                    theirs.save_view(f"Của {name}", "status:open")
                    theirs.share_view(theirs.view(name=f"Của {name}").id, 1, True)
                made = theirs.annotate(1, 1, passage, tags=[1], links=[Link(1, Role.LEAD)], note="ghi")
                theirs.comment(made.items[0].item_id, "xin ý kiến")
                if deleted:
                    theirs.delete(made.items[0].item_id, 1)
    old = document_of("Mở đầu.\nNợ đọng còn cao ở huyện Kim Lũng.\nHoà giải chưa đạt yêu cầu đề ra.")
    revised = store.add_report(old, title="Sửa").report
    for words in ("Nợ đọng còn cao", "Hoà giải chưa đạt"):
        for name in ("minh", "vân"):
            with Store.open(store.path, name) as theirs:
                start = old.text.index(words)
                passage = make_passage(old, start, start + len(words))
                theirs.annotate(revised.id, revised.revision_id, passage)
    store.add_revision(revised.id, document_of(old.text.replace("còn", "rất").replace("Hoà", "Hòa")))
    return store


def public() -> set[str]:
    return {name for name, _ in inspect.getmembers(Store) if not name.startswith("_")}


def test_every_method_of_the_store_has_its_rule() -> None:
    assert public() == READS | OWN_AFFAIRS | OWN_ONLY | ACTS.keys() | TURNING_BACK


def test_every_act_has_its_rule_and_every_act_is_tried() -> None:
    assert set(roles.RULES) == set(Act)
    assert {act for act, _ in ACTS.values()} | {Act.UNDO, Act.REDO} == set(Act)


def test_what_is_said_to_read_writes_nothing() -> None:
    for name in READS - {"open"}:
        member = inspect.getattr_static(Store, name)
        source = inspect.getsource(member.fget if isinstance(member, property) else member)
        assert "_act(" not in source and "_writing(" not in source, name


@pytest.mark.parametrize("role", ReviewerRole)
@pytest.mark.parametrize("name", ACTS)
@pytest.mark.parametrize("own", [True, False], ids=["own", "others"])
def test_a_method_is_allowed_or_refused_as_the_table_says(
    world: Store, name: str, role: ReviewerRole, own: bool
) -> None:
    act, do = ACTS[name]
    person = world.person("vân")
    if role is not person.role:
        world.set_role(person.id, person.version, role)
    before = world.last_change_id()
    with Store.open(world.path, "vân") as store:
        annotation = store.annotation(2 if own else 1)
        allowed = roles.allows(role, act, own=own)
        if act not in AUTHORED:
            assert allowed == roles.allows(role, act)
        if allowed:
            do(store, annotation)
            assert world.last_change_id() == before + 1
        else:
            with pytest.raises(Forbidden):
                do(store, annotation)
            assert world.last_change_id() == before
        assert store.may(act, annotation) == allowed
    assert world.check() == []


@pytest.mark.parametrize("role", ReviewerRole)
def test_everybody_keeps_their_own_place_and_memories(world: Store, role: ReviewerRole) -> None:
    person = world.person("vân")
    if role is not person.role:
        world.set_role(person.id, person.version, role)
    with Store.open(world.path, "vân") as store:
        store.save_place(1, 1, 4, "clause", b"", 0)
        store.save_draft(1, "gõ dở")
        store.drop_draft(1)
        store.remember("filter", "x")
        store.here(1, 4)
        place = store.place(1)
        assert place is not None and place.offset == 4
        assert (store.recall("filter"), store.drafts()) == ("x", {})
        assert [other.reviewer for other in store.others_in(1)] == []
        store.away()
    assert world.check() == []


def test_many_at_once_are_deleted_only_where_each_may_be(world: Store) -> None:
    with Store.open(world.path, "vân") as store:
        with pytest.raises(Forbidden, match="Annotation 1"):
            store.edit_many([(2, 1), (1, 1)], deleted=True)
        store.edit_many([(2, 1)], deleted=True)


def test_what_somebody_may_no_longer_do_they_cannot_undo_either(world: Store) -> None:
    with Store.open(world.path, "vân") as store:
        store.set_note(2, 1, "mới")
        person = world.person("vân")
        world.set_role(person.id, person.version, ReviewerRole.VIEWER)
        with pytest.raises(Forbidden):
            store.undo()
        world.set_role(person.id, person.version + 1, ReviewerRole.REVIEWER)
        store.undo()
        store.redo()
        assert store.annotation(2).note == "mới"


def test_an_import_can_be_undone_by_its_reviewer_but_undeletes_nothing(world: Store) -> None:
    with Store.open(world.path, "vân") as store:
        with pytest.raises(Forbidden, match="deleted by a lead"):
            store.add_report(document_of(f"{TEXT}\nThêm."), title="Lại")
        added = store.add_report(document_of("Nhầm."), title="Nhầm").report
        store.undo()
        assert added.id not in [report.id for report in store.reports()]
        assert store.add_report(document_of("Nhầm."), title="Nhầm").created


def test_whoever_is_first_is_lead_and_others_are_let_in(store: Store) -> None:
    assert (store.role, store.people()) == (ReviewerRole.LEAD, ())
    store.remember("screen", "library")
    assert [(p.name, p.role) for p in store.people()] == [("lan", ReviewerRole.LEAD)]
    with pytest.raises(NotAdmitted, match="reviewer people add minh"):
        Store.open(store.path, "minh")
    store.add_person("minh", ReviewerRole.VIEWER)
    with Store.open(store.path, "minh") as theirs:
        assert theirs.role is ReviewerRole.VIEWER
        store.retire_person(theirs.person("minh").id, 1)
        with pytest.raises(NotAdmitted, match="may no longer use"):
            theirs.remember("screen", "library")
    with pytest.raises(NotAdmitted, match="may no longer use"):
        Store.open(store.path, "minh")


def test_two_who_open_a_new_record_at_once_are_not_both_lead(database: Path) -> None:
    with Store.open(database, "lan") as lan, Store.open(database, "minh") as minh:
        lan.remember("a", "b")
        with pytest.raises(NotAdmitted):
            minh.remember("a", "b")


def test_there_always_is_a_lead(store: Store) -> None:
    store.remember("screen", "library")
    for leave in (
        lambda: store.set_role(1, 1, ReviewerRole.REVIEWER),
        lambda: store.retire_person(1, 1),
    ):
        with pytest.raises(Invalid, match="only lead"):
            leave()
    store.add_person("minh", ReviewerRole.LEAD)
    store.set_role(1, 1, ReviewerRole.REVIEWER)
    with pytest.raises(Invalid, match="is here already"), Store.open(store.path, "minh") as minh:
        minh.add_person("lan")


def test_undo_lets_nobody_in_or_out(store: Store) -> None:
    store.add_person("minh")
    with pytest.raises(NothingToUndo):
        store.undo()
    assert [person.name for person in store.people()] == ["lan", "minh"]


def test_the_documentation_shows_the_rules() -> None:
    assert roles.table() in (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8")
