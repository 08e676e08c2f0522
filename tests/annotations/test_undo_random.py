"""Whatever was done, undoing all of it leaves the record as it was, and redoing all of it as it became."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, ClassVar

import pytest

from annotations.errors import Conflict, NothingToUndo, StoreError, UndoRefused
from annotations.models import Link, Report, ReviewerRole, Role, Severity, Status
from annotations.store import Store
from reports.passage import make_passage
from tests.annotations.conftest import TEXT, document_of

ACTS = 500


def dump(store: Store) -> dict[str, Any]:
    """All that people see of the record, without the versions."""
    hidden = "deleted_at IS NULL"
    offered = "SELECT id FROM {} WHERE retired_at IS NULL"
    queries = {
        "issues": "SELECT * FROM issue_list ORDER BY id",
        "reports": f"SELECT id, slug, title, issuer, date, period, source FROM reports WHERE {hidden}",
        "tags": "SELECT id, slug, key, label_vi, label_en, definition_vi, definition_en, colour, parent_id,"
        " digit, phrases, position FROM tags WHERE retired_at IS NULL",
        "usual": f"SELECT * FROM tag_agencies WHERE tag_id IN ({offered.format('tags')})",
        "agencies": "SELECT id, slug, name, name_en, short, kind, level, parent_id, valid_from, valid_to,"
        " note FROM agencies WHERE retired_at IS NULL",
        "aliases": f"SELECT * FROM agency_aliases WHERE agency_id IN ({offered.format('agencies')})",
        "successors": f"SELECT * FROM agency_successors WHERE agency_id IN ({offered.format('agencies')})",
        "links": "SELECT x.* FROM annotation_agencies x JOIN annotations a ON a.id = x.annotation_id"
        f" WHERE {hidden}",
        "comments": f"SELECT id, annotation_id, reviewer_id, text FROM comments WHERE {hidden}",
        "labels": "SELECT x.* FROM annotation_tags x JOIN annotations a ON a.id = x.annotation_id"
        f" WHERE {hidden}",
    }
    return {name: store._rows(query) for name, query in queries.items()}


class Somebody:
    """A reviewer who does what chance tells, on what there is."""

    def __init__(self, store: Store, seed: int) -> None:
        self.store = store
        self.chance = random.Random(seed)
        self.made = 0

    def act(self) -> int:
        """One act that is allowed and changes something; the id of its change."""
        while True:
            one = self.chance.choices(self.ACTS, self.WEIGHTS)[0]
            try:
                change = one(self)
            except (Conflict, UndoRefused):
                raise
            except (StoreError, IndexError):
                continue
            if change and change.id:
                return int(change.id)

    def tag(self) -> int:
        return self.chance.choice([tag.id for tag in self.store.tags() if not tag.retired])

    def agency(self) -> int:
        return self.chance.choice([agency.id for agency in self.store.agencies() if not agency.retired])

    def report(self) -> Report:
        return self.chance.choice(self.store.reports())

    def annotation(self) -> tuple[int, int]:
        found = self.chance.choice(self.store.annotations(self.report().id))
        return found.id, found.version

    def annotate(self) -> Any:
        report = self.report()
        document = self.store.document(report.revision_id)
        start = self.chance.randrange(len(document.text) - 40)
        passage = make_passage(document, start, start + self.chance.randrange(5, 40))
        links = [Link(self.agency(), self.chance.choice(list(Role)))]
        return self.store.annotate(report.id, report.revision_id, passage, tags=[self.tag()], links=links)

    def bring_in(self) -> Any:
        self.made += 1
        text = f"{TEXT}\nBản số {self.made} của {self.store.reviewer}."
        self.store.add_report(document_of(text), title=f"Bản {self.made}")
        return self.store.history(limit=1)[0]

    def create_tag(self) -> Any:
        return self.store.create_tag(f"Loại {self.chance.random()}", digit=self.chance.randrange(1, 10))

    def many(self) -> Any:
        found = self.store.annotations(self.report().id)
        seen = [(one.id, one.version) for one in self.chance.sample(found, min(4, len(found)))]
        status = self.chance.choice(list(Status))
        deleted = self.chance.random() < 0.2
        return self.store.edit_many(seen, status=status, add_tags=[self.tag()], deleted=deleted)

    def edit_tag(self) -> Any:
        tag = self.chance.choice(self.store.tags())
        digit = self.chance.choice([None, *range(1, 10)])
        return self.store.edit_tag(tag.id, tag.version, digit=digit, agencies=[self.agency(), self.agency()])

    def edit_agency(self) -> Any:
        agency = self.chance.choice(self.store.agencies())
        aliases = [f"tên {self.chance.randrange(9)}" for _ in range(3)]
        return self.store.edit_agency(agency.id, agency.version, aliases=aliases, parent_id=self.agency())

    def retire(self) -> Any:
        tag = self.chance.choice(self.store.tags())
        return (self.store.revive_tag if tag.retired else self.store.retire_tag)(tag.id, tag.version)

    def delete_report(self) -> Any:
        report = self.report()
        return self.store.delete_report(report.id, report.version)

    def say_of_report(self) -> Any:
        report = self.report()
        return self.store.edit_report(report.id, report.version, issuer=f"Cơ quan {self.chance.random()}")

    def say_again(self) -> Any:
        number, _version = self.annotation()
        said = self.chance.choice(self.store.comments(number))
        if self.chance.random() < 0.3:
            return self.store.delete_comment(said.id, said.version)
        return self.store.edit_comment(said.id, said.version, f"nói lại {self.chance.random()}")

    ACTS: ClassVar[list[Callable[[Somebody], Any]]] = [
        annotate,
        lambda self: self.store.add_tag(*self.annotation(), self.tag()),
        lambda self: self.store.set_tags(*self.annotation(), [self.tag(), self.tag()]),
        lambda self: self.store.link(*self.annotation(), self.agency(), self.chance.choice(list(Role))),
        lambda self: self.store.set_links(*self.annotation(), []),
        lambda self: self.store.set_note(*self.annotation(), f"ghi chú {self.chance.random()}"),
        lambda self: self.store.set_severity(*self.annotation(), self.chance.choice([None, *Severity])),
        lambda self: self.store.set_status(*self.annotation(), self.chance.choice(list(Status))),
        lambda self: self.store.set_due(*self.annotation(), f"2023-0{self.chance.randrange(1, 9)}-15"),
        lambda self: self.store.delete(*self.annotation()),
        many,
        create_tag,
        edit_tag,
        lambda self: self.store.merge_tags(self.tag(), self.tag()),
        retire,
        lambda self: self.store.create_agency(f"Cơ quan {self.chance.random()}"),
        edit_agency,
        lambda self: self.store.merge_agencies(self.agency(), self.agency()),
        bring_in,
        delete_report,
        say_of_report,
        lambda self: self.store.comment(self.annotation()[0], f"ý kiến {self.chance.random()}"),
        say_again,
        lambda self: self.store.set_owner(*self.annotation(), self.chance.choice([None, 1, 2])),
    ]
    WEIGHTS = (12, 4, 3, 4, 1, 4, 2, 4, 2, 3, 3, 1, 2, 1, 1, 1, 2, 1, 1, 0.5, 1, 3, 1, 2)


@pytest.fixture
def begun(store: Store) -> Iterator[Store]:
    """A record with three reports in it, brought in by somebody who then left."""
    with Store.open(store.path, "khởi") as first:
        for number in range(3):
            text = f"{TEXT}\nBáo cáo thứ {number}."
            first.add_report(document_of(text), title=f"Báo cáo {number}", date=f"2023-0{number + 1}-01")
        first.add_person("lan", ReviewerRole.LEAD)
    yield store


@pytest.mark.parametrize("seed", [1, 2])
def test_all_undone_is_the_start_and_all_redone_is_the_end(begun: Store, seed: int) -> None:
    start = dump(begun)
    somebody = Somebody(begun, seed)
    for _ in range(ACTS):
        somebody.act()
    end = dump(begun)
    for _ in range(ACTS):
        begun.undo()
    with pytest.raises(NothingToUndo):
        begun.undo()
    assert dump(begun) == start
    for _ in range(ACTS):
        begun.redo()
    with pytest.raises(NothingToUndo):
        begun.redo()
    assert dump(begun) == end
    assert begun.check() == []


def test_acts_undos_and_redos_in_any_order_keep_to_the_line_of_acts(begun: Store) -> None:
    """A model: the acts that stand, and those undone; each state is known by how many stand of which."""
    somebody, chance = Somebody(begun, 3), random.Random(3)
    states = [dump(begun)]
    at = 0
    for _ in range(300):
        step = chance.choice("aaurur")
        if step == "a":
            somebody.act()
            at += 1
            states[at:] = [dump(begun)]
        elif step == "u" and at:
            begun.undo()
            at -= 1
        elif step == "r" and at + 1 < len(states):
            begun.redo()
            at += 1
        else:
            with pytest.raises(NothingToUndo):
                (begun.redo if step == "r" or step == "a" else begun.undo)()
        assert dump(begun) == states[at]


def test_two_who_work_at_once_never_undo_each_other(begun: Store, other: Store) -> None:
    """Undo restores one's own act exactly or is refused and changes nothing."""
    lan, minh, chance = Somebody(begun, 5), Somebody(other, 6), random.Random(5)
    refused = undone = 0
    for _ in range(400):
        somebody = chance.choice((lan, minh))
        if chance.random() < 0.6:
            somebody.act()
            continue
        before = dump(begun)
        try:
            change = somebody.store.undo() if chance.random() < 0.7 else somebody.store.redo()
        except (UndoRefused, NothingToUndo):
            refused += 1
            assert dump(begun) == before
            continue
        undone += 1
        turned = begun.change(change.undoes or 0)
        assert turned is not None and turned.reviewer == somebody.store.reviewer
    assert refused and undone
    assert begun.check() == []


def test_texts_are_never_touched(begun: Store) -> None:
    before = begun._rows("SELECT * FROM revision_texts")
    somebody = Somebody(begun, 7)
    for _ in range(50):
        somebody.act()
    assert begun._rows("SELECT * FROM revision_texts")[: len(before)] == before


def test_the_start_is_reached_in_another_session(begun: Store, database: Path) -> None:
    start = dump(begun)
    somebody = Somebody(begun, 8)
    for _ in range(60):
        somebody.act()
    with Store.open(database, "lan") as again:
        for _ in range(60):
            again.undo()
        assert dump(again) == start
