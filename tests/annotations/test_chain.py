"""Nobody edits, removes or cuts away a change unnoticed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from annotations import chain
from annotations.errors import Invalid
from annotations.models import Anchor, Report
from annotations.sqlite import sqlite3
from annotations.store import Store
from reports.document import Document
from reports.passage import make_passage

ACTS = 6


@pytest.fixture
def acted(store: Store, report: Report, document: Document) -> Store:
    """The import, then a change for each of five annotations."""
    for start in range(ACTS - 1):
        store.annotate(report.id, report.revision_id, make_passage(document, 0, start + 7))
    return store


def harm(path: Path, *statements: str) -> None:
    by_hand = sqlite3.connect(path)
    for statement in statements:
        by_hand.execute(statement)
    by_hand.commit()
    by_hand.close()


def rewrite(path: Path) -> None:
    """Seal the history anew, as somebody who has read this program could."""
    by_hand = sqlite3.connect(path)
    chain.seal_all(by_hand)
    by_hand.commit()
    by_hand.close()


def test_a_history_as_it_was_written_is_whole(acted: Store) -> None:
    assert acted.verify(acted.anchor(), Anchor(0, "")) == []
    assert acted.check() == []


@pytest.mark.parametrize(
    ("statements", "subject", "said"),
    [
        (("UPDATE changes SET at = '2020-01-01T00:00:00Z' WHERE id = 3",), "change 3", "not as it was"),
        (("UPDATE changes SET act = 'delete' WHERE id = 3",), "change 3", "not as it was"),
        (("UPDATE reviewers SET name = 'minh'",), "change 1", "not as it was"),
        (
            ("UPDATE change_items SET after = replace(after, 'open', 'resolved')",),
            "change 2",
            "not as it was",
        ),
        (("DELETE FROM change_items WHERE change_id = 4",), "change 4", "not as it was"),
        (
            ("DELETE FROM change_items WHERE change_id = 4", "DELETE FROM changes WHERE id = 4"),
            "change 4",
            "missing",
        ),
        (
            ("DELETE FROM change_items WHERE change_id >= 5", "DELETE FROM changes WHERE id >= 5"),
            "history",
            "latest changes are missing",
        ),
        (("UPDATE changes SET hash = '' WHERE id = 2",), "change 2", "not as it was"),
    ],
)
def test_what_was_done_by_hand_is_found_in_the_file_alone(
    acted: Store, statements: tuple[str, ...], subject: str, said: str
) -> None:
    harm(acted.path, *statements)
    problems = acted.verify()
    assert any(one.subject == subject and said in str(one) for one in problems), problems
    assert len(problems) <= (2 if "hash" in statements[0] else ACTS)


CUT = (
    "DELETE FROM change_items WHERE change_id >= 5",
    "DELETE FROM changes WHERE id >= 5",
    "UPDATE sqlite_sequence SET seq = 4 WHERE name = 'changes'",
)


@pytest.mark.parametrize(
    ("statements", "again", "said"),
    [
        (CUT, False, "its end is missing"),
        (("UPDATE changes SET at = '2020' WHERE id = 3",), True, "not the one that the anchor was taken of"),
    ],
)
def test_what_leaves_no_trace_in_the_file_is_found_by_an_anchor(
    acted: Store, statements: tuple[str, ...], again: bool, said: str
) -> None:
    anchor = acted.anchor()
    harm(acted.path, *statements)
    if again:
        rewrite(acted.path)
    assert acted.verify() == []
    (problem,) = acted.verify(anchor)
    assert said in str(problem)


def test_an_anchor_holds_while_the_history_goes_on(
    acted: Store, report: Report, document: Document, tmp_path: Path
) -> None:
    anchor = acted.anchor()
    copy = acted.backup(tmp_path / "copy.db")
    acted.annotate(report.id, report.revision_id, make_passage(document, 0, 7))
    assert acted.anchor() != anchor and acted.verify(anchor) == []
    with Store.open(copy, "lan") as copied:
        assert copied.anchor() == anchor


@pytest.mark.parametrize("said", [str, lambda anchor: f"  {str(anchor).upper()}\n"])
def test_an_anchor_is_read_as_it_was_printed(acted: Store, said: Callable[[Anchor], str]) -> None:
    assert chain.parse_anchor(said(acted.anchor())) == acted.anchor()
    with pytest.raises(Invalid, match="is no anchor"):
        chain.parse_anchor("12:abc")
