"""Corrected texts: annotations move with their words or wait, all of it is one act, nothing is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from annotations.errors import Conflict, Invalid, NotFound, UndoRefused
from annotations.models import Annotation, Placement, Report
from annotations.store import Store
from reports.document import Document
from reports.passage import make_passage
from tests.annotations.conftest import document_of

OLD = (
    "Báo cáo quý I năm 2023\n"
    "Tiến độ giải phóng mặt bằng còn chậm so với kế hoạch đề ra.\n"
    "UBND huyện Kim Lũng chưa hoàn thành 12 hồ sơ; công tác hoà giải đạt thấp.\n"
    "Nợ đọng xây dựng cơ bản chưa được xử lý dứt điểm.\n"
    "Các đơn vị nêu trên nghiêm túc rút kinh nghiệm."
)
NEW = (
    "Báo cáo quý I năm 2023\n"
    "Phần này mới được thêm vào sau khi rà soát.\n"
    "Tiến độ giải phóng mặt bằng còn chậm so với kế hoạch đề ra.\n"
    "UBND huyện Kim Lũng đã hoàn thành 12 hồ sơ; công tác hòa giải đạt thấp.\n"
    "Các đơn vị nêu trên nghiêm túc rút kinh nghiệm."
)
PASSAGES = (
    ("giải phóng mặt bằng còn chậm", Placement.EXACT),
    ("chưa hoàn thành 12 hồ sơ", Placement.WAITING),
    ("công tác hoà giải đạt thấp", Placement.MARKED),
    ("Nợ đọng xây dựng cơ bản chưa được xử lý dứt điểm", Placement.ORPHAN),
)


@pytest.fixture
def old() -> Document:
    return document_of(OLD)


@pytest.fixture
def report(store: Store, old: Document) -> Report:
    """A report with an annotation on each of `PASSAGES`; their ids run from 1 on."""
    found = store.add_report(old, title="Báo cáo", source="bc.docx").report
    for words, _ in PASSAGES:
        start = OLD.index(words)
        store.annotate(
            found.id, found.revision_id, make_passage(old, start, start + len(words)), tags=[1], note="ghi"
        )
    return found


def placed(store: Store, report: Report) -> dict[str, Placement]:
    return {each.exact: each.placement for each in store.annotations(report.id)}


def everything(store: Store, report: Report) -> list[Annotation]:
    return sorted(store.annotations(report.id), key=lambda each: each.id)


def test_annotations_move_with_their_words_or_wait(store: Store, report: Report) -> None:
    before = everything(store, report)
    added = store.add_revision(report.id, document_of(NEW), source="bc-sua.docx")
    assert added.created
    assert added.placements == {placement: 1 for _, placement in PASSAGES}
    assert added.report.revision_id != report.revision_id
    after = everything(store, report)
    assert [each.placement for each in after] == [placement for _, placement in PASSAGES]
    for was, now in zip(before, after, strict=True):
        text = store.document(now.revision_id).text
        assert text[now.start : now.end] == now.exact
        assert (now.tags, now.note, now.uid, now.reviewer) == (was.tags, was.note, was.uid, was.reviewer)
        stays = now.placement in (Placement.WAITING, Placement.ORPHAN)
        assert now.revision_id == (report.revision_id if stays else added.report.revision_id)
        assert not stays or now.exact == was.exact
    assert after[2].exact == "công tác hòa giải đạt thấp"
    assert store.check() == []


def test_a_revision_is_one_change_and_is_undone_as_one(store: Store, report: Report) -> None:
    before = everything(store, report)
    last = store.last_change_id()
    added = store.add_revision(report.id, document_of(NEW))
    assert added.change.id == last + 1
    assert added.change.act == "revise"
    moves = {item.item_id: item for item in added.change.items if item.kind == "annotation"}
    assert moves[1].before["start"] == before[0].start
    assert moves[1].after["start"] != before[0].start
    after = everything(store, report)
    store.undo()
    assert [(a.start, a.exact, a.revision_id, a.placement) for a in everything(store, report)] == [
        (a.start, a.exact, a.revision_id, a.placement) for a in before
    ]
    assert store.report(report.id).revision_id == report.revision_id
    assert [(r.number, r.current, r.withdrawn) for r in store.revisions(report.id)] == [
        (1, True, False), (2, False, True),
    ]  # fmt: skip
    assert store.queue() == []
    store.redo()
    assert store.report(report.id).revision_id == added.report.revision_id
    assert [(a.start, a.exact, a.placement) for a in everything(store, report)] == [
        (a.start, a.exact, a.placement) for a in after
    ]
    assert store.check() == []


def test_the_queue_says_why_and_where(store: Store, report: Report) -> None:
    store.add_revision(report.id, document_of(NEW))
    (waiting,) = store.queue(report.id)
    assert waiting.annotation.exact == "chưa hoàn thành 12 hồ sơ"
    assert "negation" in waiting.reasons
    best = waiting.candidates[0]
    assert best.passage.exact == "đã hoàn thành 12 hồ sơ"
    assert [(str(piece.edit), piece.text) for piece in best.difference[:2]] == [
        ("removed", "chưa "), ("added", "đã "),
    ]  # fmt: skip
    assert 0.5 < best.score <= 1
    others = {each.annotation.id: each for each in store.queue(placements=set(Placement))}
    assert sorted(others) == [2, 3, 4]
    assert others[3].reasons == ("tone-place",)
    assert (others[4].reasons, others[4].candidates) == ((), ())


def test_a_waiting_annotation_is_accepted_chosen_by_hand_or_left(store: Store, report: Report) -> None:
    added = store.add_revision(report.id, document_of(NEW))
    document = store.document(added.report.revision_id)
    version = store.annotation(2).version
    store.accept(2, version)
    assert store.annotation(2).exact == "đã hoàn thành 12 hồ sơ"
    assert store.annotation(2).placement is Placement.EXACT
    assert store.queue() == []
    store.undo()
    assert [each.annotation.id for each in store.queue()] == [2]
    start = document.text.index("hoàn thành 12")
    store.reanchor(2, store.annotation(2).version, make_passage(document, start, start + 13))
    assert store.annotation(2).exact == "hoàn thành 12"
    store.undo()
    store.leave_orphan(2, store.annotation(2).version)
    assert (store.annotation(2).placement, store.annotation(2).exact) == (
        Placement.ORPHAN, "chưa hoàn thành 12 hồ sơ",
    )  # fmt: skip
    store.undo()
    assert store.queue()[0].candidates
    with pytest.raises(Conflict):
        store.accept(2, version)
    with pytest.raises(Invalid, match="no candidate 9"):
        store.accept(2, store.annotation(2).version, 8)
    with pytest.raises(Invalid, match="current text already"):
        store.leave_orphan(1, store.annotation(1).version)
    store.confirm([(3, store.annotation(3).version)])
    assert store.annotation(3).placement is Placement.EXACT
    assert store.check() == []


def test_what_waits_can_be_worked_on_but_not_placed_in_an_old_text(store: Store, report: Report) -> None:
    added = store.add_revision(report.id, document_of(NEW))
    store.set_note(2, store.annotation(2).version, "ghi thêm")
    old = store.document(report.revision_id)
    with pytest.raises(Invalid, match="another text"):
        store.annotate(report.id, report.revision_id, make_passage(old, 0, 7))
    with pytest.raises(Invalid):
        store.reanchor(2, store.annotation(2).version, make_passage(old, 60, 90))
    store.annotate(report.id, added.report.revision_id, make_passage(document_of(NEW), 0, 7))
    with pytest.raises(UndoRefused):
        store.undo(older_than=store.last_change_id() - 1)
    assert store.report(report.id).revision_id == added.report.revision_id


def test_the_issue_list_says_the_text_and_what_waits(store: Store, report: Report) -> None:
    added = store.add_revision(report.id, document_of(NEW))
    rows = {row.id: row for row in store.issues.rows([1, 2, 3, 4])}
    assert [rows[number].placement for number in (1, 2, 3, 4)] == [
        "exact", "waiting", "marked", "orphan",
    ]  # fmt: skip
    assert rows[1].revision == added.report.revision[:12]
    assert rows[2].revision == report.revision[:12]


def test_deleted_annotations_move_too(store: Store, report: Report) -> None:
    store.delete(1, store.annotation(1).version)
    added = store.add_revision(report.id, document_of(NEW))
    assert added.placements.get(Placement.EXACT, 0) == 0
    store.restore(1)
    assert store.annotation(1).revision_id == added.report.revision_id
    assert store.annotation(1).placement is Placement.EXACT


def test_words_that_come_back_are_found_again(store: Store, report: Report) -> None:
    store.add_revision(report.id, document_of(NEW))
    third = OLD.replace("Các đơn vị", "Ngoài ra, các đơn vị")
    store.add_revision(report.id, document_of(third))
    assert [each.placement for each in everything(store, report)][1:] == [
        Placement.EXACT, Placement.MARKED, Placement.EXACT,
    ]  # fmt: skip
    assert [revision.number for revision in store.revisions(report.id)] == [1, 2, 3]


def test_the_same_text_again_changes_nothing(store: Store, report: Report) -> None:
    last = store.last_change_id()
    assert not store.add_revision(report.id, document_of(OLD)).created
    assert store.last_change_id() == last
    store.add_report(document_of(NEW), title="Khác")
    with pytest.raises(Invalid, match="khac"):
        store.add_revision(report.id, document_of(NEW))
    with pytest.raises(Invalid, match="no text"):
        store.add_revision(report.id, document_of(" "))
    store.add_revision(report.id, document_of(NEW + "\nHết."))
    back = store.add_revision(report.id, document_of(OLD))
    assert (back.created, back.report.revision) == (True, report.revision)
    assert len(store.revisions(report.id)) == 3


def test_what_others_did_while_the_plan_was_made_is_kept(store: Store, other: Store, report: Report) -> None:
    plan = store.plan_revision(report.id, document_of(NEW))
    other.set_note(1, other.annotation(1).version, "của Minh")
    made = other.annotate(report.id, report.revision_id, make_passage(document_of(OLD), 0, 7)).items[0]
    added = store.add_revision(report.id, document_of(NEW), plan=plan)
    assert store.annotation(1).note == "của Minh"
    assert store.annotation(1).revision_id == added.report.revision_id
    assert store.annotation(made.item_id).revision_id == added.report.revision_id
    late = store.plan_revision(report.id, document_of(OLD))
    other.add_revision(report.id, document_of(NEW + "\nHết."))
    with pytest.raises(Conflict):
        store.add_revision(report.id, document_of(OLD), plan=late)
    assert store.check() == []


def test_revisions_are_named_by_number(store: Store, report: Report) -> None:
    store.add_revision(report.id, document_of(NEW), source="bc-sua.docx")
    first, second = store.revisions(report.id)
    assert (first.number, first.source, first.current, first.annotations) == (1, "bc.docx", False, 2)
    assert (second.number, second.source, second.current, second.annotations) == (2, "bc-sua.docx", True, 2)
    assert store.revision(report.id, 2) == second
    with pytest.raises(NotFound, match="1, 2"):
        store.revision(report.id, 3)


_KILLED = """
import os, signal, sys
from annotations.store import Store, revisions
from tests.annotations.conftest import document_of
from tests.annotations.test_store_revisions import NEW
step = int(sys.argv[2])
store = Store.open(sys.argv[1], "lan")
count = 0
def watch(statement):
    global count
    count += 1
    if count == step:
        os.kill(os.getpid(), signal.SIGKILL)
store._connection.set_trace_callback(watch)
store.add_revision(1, document_of(NEW))
print(count)
"""


def test_killed_anywhere_all_of_it_or_nothing_of_it(store: Store, report: Report, tmp_path: Path) -> None:
    root = Path(__file__).parent.parent.parent
    before = everything(store, report)

    def run(step: int) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", _KILLED, str(store.path), str(step)]
        environment = {**os.environ, "PYTHONPATH": str(root)}
        return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)

    steps = (8, 12, 16, 20, 24, 28, 32, 40)
    for step in steps:
        assert run(step).returncode == -signal.SIGKILL
        with Store.open(store.path, "lan") as again:
            assert everything(again, report) == before
            assert len(again.revisions(report.id)) == 1
            assert again.check() == []
    assert int(run(0).stdout) > steps[-1]
    with Store.open(store.path, "lan") as again:
        assert [each.placement for each in everything(again, report)] == [p for _, p in PASSAGES]
        assert again.check() == []
