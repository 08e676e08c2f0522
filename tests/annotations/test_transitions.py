"""Which status may follow which, for whom: as the table says, one at a time and many at once."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from annotations import transitions
from annotations.errors import Forbidden, Invalid
from annotations.models import Report, ReviewerRole, Status
from annotations.store import Store
from annotations.transitions import TRANSITIONS, Mover, allows, table
from reports.document import Document
from reports.passage import make_passage

ROOT = Path(__file__).parent.parent.parent
PEOPLE = {"author": True, "owner": True, "lead": True, "colleague": False}


@pytest.fixture
def begun(store: Store, report: Report, document: Document) -> Store:
    """Lan, a lead, and three reviewers; the author has annotated the report once in every status, and each of
    those is the owner's."""
    for name in ("author", "owner", "colleague"):
        store.add_person(name)
    store.add_person("lead", ReviewerRole.LEAD)
    with Store.open(store.path, "author") as author:
        for status in Status:
            made = author.annotate(
                report.id, report.revision_id, make_passage(document, 64, 90), status=status
            )
            author.set_owner(made.items[0].item_id, 1, author.person("owner").id)
    return store


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("many", [False, True], ids=["one", "many"])
def test_the_store_obeys_the_table(begun: Store, who: str, many: bool) -> None:
    with Store.open(begun.path, who) as store:
        for (number, before), after in product(enumerate(Status, 1), Status):
            version = store.annotation(number).version

            def step(number: int = number, version: int = version, after: Status = after) -> object:
                if many:
                    return store.edit_many([(number, version)], status=after)
                return store.set_status(number, version, after)

            if allows(before, after, concerned=PEOPLE[who]):
                step()
                assert store.annotation(number).status is after
                if before is not after:
                    store.undo()
            else:
                with pytest.raises((Invalid, Forbidden), match=f"#{number}: "):
                    step()
            assert store.annotation(number).status is before
        assert store.check() == []


def test_reopening_is_for_those_whom_it_concerns(begun: Store) -> None:
    reopened = {step for step, mover in TRANSITIONS.items() if mover is Mover.CONCERNED}
    assert {before for before, _ in reopened} == {Status.RESOLVED, Status.REJECTED}
    with Store.open(begun.path, "colleague") as store, pytest.raises(Forbidden, match="its owner or a lead"):
        store.set_status(3, store.annotation(3).version, Status.OPEN)


def test_many_are_refused_together_and_those_in_the_way_are_named(begun: Store) -> None:
    with Store.open(begun.path, "colleague") as store:
        seen = [(number, store.annotation(number).version) for number in range(1, 5)]
        before = store.last_change_id()
        with pytest.raises(Invalid, match=r"^#3: resolved already"):
            store.edit_many(seen[:3], status=Status.REJECTED, note="không ghi")
        with pytest.raises(Forbidden, match=r"^#3, #4: only its author"):
            store.edit_many(seen, status=Status.OPEN)
        with pytest.raises(Invalid, match=r"^#3, #4: these may not get that status"):
            store.edit_many(seen, status=Status.IN_PROGRESS)
        assert store.last_change_id() == before
        store.edit_many(seen[:2], status=Status.REJECTED)


def test_a_long_list_of_refused_ones_is_cut() -> None:
    steps = [(number, Status.REJECTED, True) for number in range(1, 40)]
    with pytest.raises(Invalid) as caught:
        transitions.refuse(steps, Status.RESOLVED)
    assert "#12 … +27" in str(caught.value)


def test_an_undo_is_no_new_step(begun: Store) -> None:
    with Store.open(begun.path, "colleague") as store:
        store.set_status(2, store.annotation(2).version, Status.RESOLVED)
        store.undo()
        assert store.annotation(2).status is Status.IN_PROGRESS
        store.redo()
        assert store.annotation(2).status is Status.RESOLVED


def test_an_open_issue_can_come_from_anywhere_and_go_anywhere() -> None:
    for status in Status:
        assert allows(Status.OPEN, status, concerned=False)
        assert allows(status, Status.OPEN, concerned=True)
        assert allows(status, status, concerned=False)


def test_the_documentation_shows_the_table() -> None:
    assert table() in (ROOT / "docs" / "life.md").read_text(encoding="utf-8")
