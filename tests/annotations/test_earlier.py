"""Candidates for the same issue in earlier reports: found, ranked, with their reasons."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.likeness import likeness, pairs_of, shared_words, words_of
from annotations.models import Link, Role
from annotations.store import Store
from reports.passage import make_passage
from tests.annotations.conftest import document_of
from tests.annotations.same_issues import Marked, marked

TERMS = ["giai", "phong", "mat", "bang", "cham", "dat", "dai", "vi", "pham", "12", "7"]
WORDS = st.lists(st.sampled_from(TERMS), max_size=12)


@pytest.fixture(scope="module")
def samples(shipped_database: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Store, list[Marked]]:
    path = tmp_path_factory.mktemp("same") / "same.db"
    path.write_bytes(shipped_database.read_bytes())
    store = Store.open(path, "lan")
    return store, marked(store)


def put(store: Store, text: str, period: str, tag: str = "", agency: str = "") -> int:
    """An annotation on all of `text`, in a report of that period."""
    document = document_of(f"Báo cáo {period} số {len(store.reports())}\n{text}")
    report = store.add_report(document, title=f"Báo cáo {period}", period=period).report
    passage = make_passage(document, len(document.text) - len(text), len(document.text))
    tags = [t.id for t in store.tags() if t.slug == tag]
    links = [Link(a.id, Role.LEAD) for a in store.agencies() if a.slug == agency]
    return store.annotate(report.id, report.revision_id, passage, tags=tags, links=links).items[0].item_id


def test_true_pairs_are_found_and_new_issues_are_not_taken_for_old_ones(
    samples: tuple[Store, list[Marked]],
) -> None:
    """Measured: precision@1 0.98 and recall@3 1.00 of 62; of 34 new ones none is shown unasked."""
    store, annotations = samples
    known = {annotation.id: annotation for annotation in annotations}
    first = latest = third = old = new = mistaken = 0
    for annotation in annotations:
        found = [known[candidate.id].issue for candidate in store.issues.earlier(annotation.id)]
        strong = bool(found) and store.issues.earlier(annotation.id, 1)[0].strong
        before = [a for a in annotations if a.issue == annotation.issue and a.period < annotation.period]
        if before:
            old += 1
            first += found[:1] == [annotation.issue]
            periods = [known[candidate.id].period for candidate in store.issues.earlier(annotation.id, 1)]
            latest += periods[0] >= max(each.period for each in before)
            third += annotation.issue in found[:3]
        elif annotation.issue.startswith("-"):
            new += 1
            mistaken += strong
    assert old >= 60 and new >= 30
    assert first / old >= 0.95
    assert latest / old >= 0.95
    assert third / old >= 0.98
    assert mistaken / new <= 0.05


def test_a_candidate_says_why(store: Store) -> None:
    text = "tiến độ giải phóng mặt bằng đường vành đai phía Tây còn chậm"
    first = put(store, text, "2023-Q1", "gpmb-cham", "so-tnmt")
    second = put(store, f"{text}, mới đạt 58%", "2023-Q2", "gpmb-cham", "so-tnmt")
    (candidate,) = store.issues.earlier(second)
    assert (candidate.id, candidate.period, candidate.passage) == (first, "2023-Q1", text)
    assert (candidate.same_tag, candidate.same_agency, candidate.words) == (True, True, 100)
    assert candidate.strong and not candidate.linked
    assert store.issues.earlier(first) == []
    assert store.issues.earlier(999) == []


def test_the_agency_that_followed_counts_like_the_one_before(store: Store) -> None:
    text = "ô nhiễm môi trường ở khu dân cư chậm được khắc phục"
    put(store, text, "2024-Q4", "o-nhiem", "so-tnmt")
    second = put(store, text, "2025-Q2", "o-nhiem", "so-nnmt")
    (candidate,) = store.issues.earlier(second)
    assert (candidate.same_agency, candidate.same_line) == (False, True)


def test_a_type_beside_it_counts_less_than_the_same(store: Store) -> None:
    text = "dự án đường vành đai còn vướng mặt bằng"
    beside = put(store, text, "2023-Q1", "thi-cong-cham")
    same = put(store, text, "2023-Q1", "gpmb-cham")
    other = put(store, text, "2023-Q1", "o-nhiem")
    found = store.issues.earlier(put(store, text, "2023-Q2", "gpmb-cham"))
    assert [candidate.id for candidate in found] == [same, beside, other]
    assert [(c.same_tag, c.near_tag) for c in found] == [(True, False), (False, True), (False, False)]


def test_the_latest_of_equals_comes_first(store: Store) -> None:
    text = "tỷ lệ giải ngân vốn đầu tư công đạt thấp"
    old, late = (put(store, text, period, "giai-ngan-thap") for period in ("2021-Q1", "2022-Q4"))
    found = store.issues.earlier(put(store, text, "2023-Q1", "giai-ngan-thap"))
    assert [candidate.id for candidate in found] == [late, old]


def test_of_a_line_only_its_latest_is_offered_and_what_is_linked_comes_first(store: Store) -> None:
    text = "tỷ lệ giải ngân vốn đầu tư công đạt thấp"
    first, second, third = (put(store, text, f"2023-Q{quarter}", "giai-ngan-thap") for quarter in (1, 2, 3))
    store.continue_from(second, 1, first)
    assert [candidate.id for candidate in store.issues.earlier(third)] == [second]
    other = put(store, "nội dung khác hẳn", "2022")
    store.continue_from(third, 1, other)
    found = store.issues.earlier(third)
    assert [(candidate.id, candidate.linked) for candidate in found] == [(other, True), (second, False)]
    assert [candidate.id for candidate in store.issues.earlier(second)] == [first]


def test_a_middle_one_is_still_offered_what_a_later_one_continues(store: Store) -> None:
    text = "tỷ lệ giải ngân vốn đầu tư công đạt thấp"
    first, second, third = (put(store, text, f"2023-Q{quarter}") for quarter in (1, 2, 3))
    store.continue_from(third, 1, first)
    assert [candidate.id for candidate in store.issues.earlier(second)] == [first]


def test_neither_later_nor_deleted_ones_nor_those_of_the_same_report(store: Store) -> None:
    text = "tỷ lệ giải ngân vốn đầu tư công đạt thấp"
    gone, own, _later = (put(store, text, f"2023-Q{quarter}") for quarter in (1, 2, 3))
    annotation = store.annotation(own)
    store.annotate(annotation.report_id, annotation.revision_id, make_passage(store.document(2), 0, 7))
    store.delete(gone, 1)
    assert store.issues.earlier(own) == []
    store.restore(gone)
    assert [candidate.id for candidate in store.issues.earlier(own)] == [gone]
    report = store.report(store.annotation(gone).report_id)
    store.delete_report(report.id, report.version)
    assert store.issues.earlier(own) == []


@settings(deadline=None, max_examples=200)
@given(WORDS, WORDS)
def test_likeness_is_a_share(first: list[str], second: list[str]) -> None:
    one, other = tuple(first), tuple(second)
    weights = dict.fromkeys(pairs_of(one), 2.0)
    assert 0 <= likeness(one, other, weights) <= 1 + 1e-9
    assert 0 <= shared_words(one, other) <= 100
    if one:
        assert likeness(one, one, weights) == pytest.approx(1)
    assert shared_words(one, other) == shared_words(other, one)


def test_accents_and_numbers_do_not_part_what_is_the_same() -> None:
    one, other = words_of("Thu đạt 23,7% dự toán"), words_of("thu đạt 41,5 % DU TOAN")
    assert shared_words(one, other) == 100
