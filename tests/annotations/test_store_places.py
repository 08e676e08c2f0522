"""What a dropped line must not lose: the place, half-typed notes, what screens remember."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotations.errors import Invalid
from annotations.models import Report
from annotations.store import Store
from reports.document import Document
from reports.passage import make_passage


def test_everything_of_a_session_is_there_after_it_ended(
    store: Store, report: Report, document: Document, database: Path
) -> None:
    change = store.annotate(report.id, report.revision_id, make_passage(document, 64, 90))
    number = change.items[0].item_id
    store.save_place(report.id, report.revision_id, 64, "clause", b"\x05", 2 / 3)
    store.save_place(report.id, report.revision_id, 70, "word", b"\x07", 1.0)
    store.save_draft(number, "đang g")
    store.save_draft(number, "đang gõ\nhai dòng ")
    store.remember("filter", "tag:gpmb")
    store.remember("filter", "tag:gpmb !status:resolved")
    with Store.open(database, "lan") as again:
        place = again.place(report.id)
        assert place is not None
        assert (place.offset, place.unit, place.read, place.share) == (70, "word", b"\x07", 1.0)
        assert again.draft(number) == "đang gõ\nhai dòng "
        assert again.drafts() == {number: "đang gõ\nhai dòng "}
        assert again.recall("filter") == "tag:gpmb !status:resolved"
    assert store.last_change_id() == change.id


def test_each_reviewer_has_their_own(store: Store, other: Store, report: Report, document: Document) -> None:
    number = store.annotate(report.id, report.revision_id, make_passage(document, 64, 90)).items[0].item_id
    store.save_place(report.id, report.revision_id, 64, "clause", b"", 0)
    store.save_draft(number, "của Lan")
    store.remember("filter", "x")
    assert (other.place(report.id), other.draft(number), other.drafts()) == (None, None, {})
    assert other.recall("filter") is None
    other.save_draft(number, "của Minh")
    other.drop_draft(number)
    assert store.draft(number) == "của Lan"


def test_a_draft_goes_when_it_is_saved_or_given_up(store: Store, report: Report, document: Document) -> None:
    number = store.annotate(report.id, report.revision_id, make_passage(document, 64, 90)).items[0].item_id
    store.save_draft(number, "gõ dở")
    store.set_note(number, 1, "gõ xong")
    assert store.draft(number) is None
    store.save_draft(number, "thêm")
    store.drop_draft(number)
    store.drop_draft(number)
    assert store.draft(number) is None


def test_what_is_forgotten_and_what_cannot_be_kept(store: Store, report: Report) -> None:
    store.remember("filter", "x")
    store.remember("filter", None)
    store.remember("never", None)
    assert store.recall("filter") is None
    store.remember("filter", "hỏng \ud800 chữ")
    assert store.recall("filter") == "hỏng ? chữ"
    with pytest.raises(Invalid):
        store.save_draft(99, "x")
    with pytest.raises(Invalid):
        store.save_place(report.id, 99, 0, "word", b"", 0)


def test_a_reviewer_needs_a_name(database: Path) -> None:
    with pytest.raises(Invalid, match="no name"):
        Store.open(database, " \u200b")
    with Store.open(database, "  Lan\nNguyễn ") as store:
        assert store.reviewer == "Lan Nguyễn"


def test_reading_enters_nobody_in_the_record(store: Store) -> None:
    store.library()
    store.recent_tags()
    assert store._rows("SELECT name FROM reviewers") == []
