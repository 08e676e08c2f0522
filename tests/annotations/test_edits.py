"""Two people edit one annotation: what is written, what is asked, and that nobody's words vanish."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.edits import Edit, Field, changed, joined, place, settle, value_of
from annotations.errors import Conflict, Forbidden, Invalid
from annotations.models import Annotation, Link, Placement, Report, ReviewerRole, Role, Severity, Status
from annotations.store import Store
from reports.document import Document
from reports.passage import make_passage
from tests.annotations.conftest import document_of

LEAD, HELPS = Role.LEAD, Role.COORDINATING


@pytest.fixture
def seen(store: Store, other: Store, report: Report, document: Document) -> Annotation:
    """An annotation as both Lan and Minh see it."""
    passage = make_passage(document, 64, 90)
    made = store.annotate(report.id, report.revision_id, passage, tags=[1], links=[Link(1, LEAD)], note="đầu")
    return store.annotation(made.items[0].item_id)


def passages(document: Document) -> tuple[Any, Any]:
    return make_passage(document, 33, 60), make_passage(document, 64, 80)


CASES: dict[Field, tuple[Any, Any]] = {
    Field.TAGS: ((1, 2), (1, 3)),
    Field.LINKS: ((Link(1, LEAD), Link(2, HELPS)), (Link(3, LEAD),)),
    Field.NOTE: ("của Minh", "của Lan"),
    Field.STATUS: (Status.IN_PROGRESS, Status.RESOLVED),
    Field.SEVERITY: (Severity.HIGH, Severity.LOW),
    Field.DUE: ("2023-06-30", "2023-07-31"),
    Field.OWNER: ("minh", "lan"),
    Field.PASSAGE: (None, None),
}


def case(field: Field, document: Document) -> tuple[Any, Any]:
    return passages(document) if field is Field.PASSAGE else CASES[field]


@pytest.mark.parametrize("field", CASES)
def test_who_is_second_is_asked_where_both_set_the_same_field(
    store: Store, other: Store, seen: Annotation, document: Document, field: Field
) -> None:
    theirs, mine = case(field, document)
    assert settle(other, Edit(seen, {field: theirs})).clash is None
    before = store.last_change_id()
    clash = settle(store, Edit(seen, {field: mine})).clash
    assert clash is not None
    assert (clash.fields, clash.who, clash.is_deletion) == ((field,), "minh", False)
    assert clash.at == store.history(seen.id)[0].at
    assert store.last_change_id() == before
    assert value_of(store.annotation(seen.id), field) == theirs
    assert settle(store, clash.mine()).clash is None
    assert value_of(store.annotation(seen.id), field) == mine
    assert store.check() == []


@pytest.mark.parametrize("field", CASES)
@pytest.mark.parametrize("theirs_field", CASES)
def test_different_fields_are_both_written_and_said(
    store: Store, other: Store, seen: Annotation, document: Document, field: Field, theirs_field: Field
) -> None:
    if field is theirs_field:
        return
    theirs, mine = case(theirs_field, document)[0], case(field, document)[1]
    settle(other, Edit(seen, {theirs_field: theirs}))
    outcome = settle(store, Edit(seen, {field: mine}))
    assert (outcome.clash, outcome.over, outcome.others) == (None, "minh", (theirs_field,))
    now = store.annotation(seen.id)
    assert (value_of(now, theirs_field), value_of(now, field)) == (theirs, mine)


@pytest.mark.parametrize("field", CASES)
def test_who_sets_what_is_so_already_writes_nothing(
    store: Store, other: Store, seen: Annotation, document: Document, field: Field
) -> None:
    wanted = {field: case(field, document)[0]}
    settle(other, Edit(seen, wanted))
    outcome = settle(store, Edit(seen, wanted))
    assert (outcome.clash, outcome.change.id, outcome.over) == (None, 0, "minh")


@pytest.mark.parametrize(
    ("field", "both"),
    [
        (Field.NOTE, "của Minh\ncủa Lan"),
        (Field.TAGS, (1, 2, 3)),
        (Field.LINKS, (Link(2, HELPS), Link(3, LEAD))),
    ],
)
def test_both_are_kept_where_that_is_possible(
    store: Store, other: Store, seen: Annotation, field: Field, both: Any
) -> None:
    theirs, mine = CASES[field]
    settle(other, Edit(seen, {field: theirs}))
    clash = settle(store, Edit(seen, {field: mine})).clash
    assert clash is not None and clash.can_join
    settle(store, clash.both())
    assert value_of(store.annotation(seen.id), field) == both


def test_what_is_only_put_on_or_taken_off_asks_nobody(store: Store, other: Store, seen: Annotation) -> None:
    settle(other, Edit(seen, {Field.TAGS: (1, 2)}))
    assert settle(store, Edit(seen, {Field.TAGS: (1, 3)}, adding=True)).clash is None
    assert store.annotation(seen.id).tags == (1, 2, 3)
    assert settle(store, Edit(seen, {Field.TAGS: ()}, adding=True)).clash is None
    assert store.annotation(seen.id).tags == (2, 3)


def test_a_deletion_asks_first_whatever_was_changed(store: Store, other: Store, seen: Annotation) -> None:
    settle(other, Edit(seen, {Field.NOTE: "quan trọng", Field.DUE: "2023-06-30"}))
    clash = settle(store, Edit(seen, {Field.DELETED: True})).clash
    assert clash is not None and not clash.can_join
    assert set(clash.fields) == {Field.NOTE, Field.DUE}
    assert not store.annotation(seen.id).deleted
    settle(store, clash.mine())
    assert store.annotation(seen.id).deleted


@pytest.mark.parametrize("field", CASES)
def test_what_was_deleted_meanwhile_is_asked_about(
    store: Store, other: Store, seen: Annotation, document: Document, field: Field
) -> None:
    other.delete(seen.id, seen.version)
    clash = settle(store, Edit(seen, {field: case(field, document)[1]})).clash
    assert clash is not None
    assert (clash.is_deletion, clash.fields, clash.who) == (True, (Field.DELETED,), "minh")
    store.restore(seen.id)
    settle(store, clash.mine().upon(store.annotation(seen.id)))
    assert value_of(store.annotation(seen.id), field) == case(field, document)[1]
    assert settle(store, Edit(seen, {Field.DELETED: True})).clash is not None


def test_both_deleted_is_no_reason_to_ask(store: Store, other: Store, seen: Annotation) -> None:
    other.delete(seen.id, seen.version)
    outcome = settle(store, Edit(seen, {Field.DELETED: True}))
    assert (outcome.clash, outcome.change.id) == (None, 0)


def test_a_third_change_while_one_decides_is_met_too(store: Store, other: Store, seen: Annotation) -> None:
    settle(other, Edit(seen, {Field.STATUS: Status.IN_PROGRESS}))
    clash = settle(store, Edit(seen, {Field.STATUS: Status.RESOLVED})).clash
    assert clash is not None
    other.set_status(seen.id, 2, Status.REJECTED)
    again = settle(store, clash.mine()).clash
    assert again is not None and again.now.status is Status.REJECTED
    with pytest.raises(Invalid, match="rejected already"):
        settle(store, again.mine())
    assert store.annotation(seen.id).status is Status.REJECTED


def test_two_fields_are_one_act_and_only_the_field_in_the_way_is_asked_about(
    store: Store, other: Store, seen: Annotation
) -> None:
    wanted: Mapping[Field, Any] = {Field.STATUS: Status.RESOLVED, Field.SEVERITY: Severity.LOW}
    other.set_severity(seen.id, 1, Severity.HIGH)
    other.set_due(seen.id, 2, "2023-06-30")
    clash = settle(store, Edit(seen, wanted)).clash
    assert clash is not None and clash.fields == (Field.SEVERITY,)
    assert clash.at == next(c.at for c in store.history(seen.id) if c.act == "severity")
    outcome = settle(store, clash.mine())
    now = store.annotation(seen.id)
    assert (now.status, now.severity, now.due) == (Status.RESOLVED, Severity.LOW, "2023-06-30")
    assert outcome.change.id and store.last_change_id() == outcome.change.id


def test_what_somebody_may_not_do_is_refused_after_a_conflict_too(
    store: Store, other: Store, seen: Annotation
) -> None:
    store.add_person("vân", ReviewerRole.REVIEWER)
    other.set_note(seen.id, 1, "mới")
    with Store.open(store.path, "vân") as theirs:
        clash = settle(theirs, Edit(seen, {Field.DELETED: True})).clash
        assert clash is not None
        with pytest.raises(Forbidden):
            settle(theirs, clash.mine())
    assert not store.annotation(seen.id).deleted


@pytest.fixture
def waiting(store: Store, other: Store, report: Report, document: Document) -> Annotation:
    """An annotation whose words the report's latest text has no more."""
    made = store.annotate(report.id, report.revision_id, make_passage(document, 64, 90))
    store.add_revision(report.id, document_of(document.text.replace("phóng mặt bằng còn chậm", "ngân")))
    return store.annotation(made.items[0].item_id)


def test_a_place_is_said_on_top_of_what_else_was_changed(
    store: Store, other: Store, waiting: Annotation
) -> None:
    assert waiting.placement is Placement.WAITING
    other.set_note(waiting.id, waiting.version, "mới")
    place(store, waiting, lambda version: store.leave_orphan(waiting.id, version))
    now = store.annotation(waiting.id)
    assert (now.placement, now.note) == (Placement.ORPHAN, "mới")
    with pytest.raises(Conflict):
        place(other, waiting, lambda version: other.leave_orphan(waiting.id, version))


TAGS = st.lists(st.integers(1, 6), unique=True, max_size=5).map(tuple)
LINKS = st.dictionaries(st.integers(1, 5), st.sampled_from(list(Role)), max_size=4).map(
    lambda roles: tuple(Link(agency, role) for agency, role in roles.items())
)


def annotation_of(**fields: Any) -> Annotation:
    given = {
        "tags": (), "links": (), "note": "", "severity": None, "status": Status.OPEN, "due": None,
        "owner": None, "deleted": False,
    } | fields  # fmt: skip
    return Annotation(
        id=1, uid="", report_id=1, revision_id=1, start=0, end=1, exact="x", prefix="", suffix="", section="",
        paragraph=0, resolved_on=None, reviewer="lan", created_at="", updated_at="", version=1,
        placement=Placement.EXACT, **given,
    )  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(TAGS, TAGS, TAGS)
def test_joined_tags_have_what_either_put_on_and_nothing_either_took_off(
    before: tuple[int, ...], theirs: tuple[int, ...], mine: tuple[int, ...]
) -> None:
    edit = Edit(annotation_of(tags=before), {Field.TAGS: mine})
    found = joined(Field.TAGS, edit, annotation_of(tags=theirs))
    added = (set(theirs) | set(mine)) - set(before)
    stayed = set(before) & set(theirs) & set(mine)
    assert set(found) == added | stayed
    assert len(found) == len(set(found))


@settings(max_examples=150, deadline=None)
@given(LINKS, LINKS, LINKS)
def test_joined_links_have_an_agency_once_and_all_that_mine_changed(
    before: tuple[Link, ...], theirs: tuple[Link, ...], mine: tuple[Link, ...]
) -> None:
    edit = Edit(annotation_of(links=before), {Field.LINKS: mine})
    found = joined(Field.LINKS, edit, annotation_of(links=theirs))
    agencies = [link.agency_id for link in found]
    assert len(agencies) == len(set(agencies))
    assert {link for link in mine if link not in before} <= set(found)
    removed = {link.agency_id for link in before} - {link.agency_id for link in mine}
    assert removed.isdisjoint(agencies)


def test_what_differs_is_named() -> None:
    before = annotation_of()
    assert changed(before, before) == ()
    assert changed(before, annotation_of(note="x", deleted=True)) == (Field.NOTE, Field.DELETED)
