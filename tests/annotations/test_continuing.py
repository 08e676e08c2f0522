"""One issue over several reports: what may continue what, and the line that comes of it."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.errors import Conflict, Invalid, NotFound
from annotations.export import ExportContext, write
from annotations.filters import parse_filter
from annotations.models import Act, Annotation
from annotations.periods import Reported, oldest_first
from annotations.store import Store
from reports.passage import make_passage
from tests.annotations.conftest import document_of

Raise = Callable[..., Annotation]


@pytest.fixture
def raised(store: Store) -> Raise:
    """Makes an annotation in a report of its own."""
    made = []

    def annotate(period: str | None = None, day: str | None = None, store: Store = store) -> Annotation:
        made.append(period)
        document = document_of(f"Báo cáo số {len(made)}\nTiến độ giải phóng mặt bằng còn chậm.")
        report = store.add_report(document, title=f"Báo cáo {len(made)}", date=day, period=period).report
        start = document.text.index("Tiến")
        passage = make_passage(document, start, len(document.text) - 1)
        change = store.annotate(report.id, report.revision_id, passage)
        return store.annotation(change.items[0].item_id)

    return annotate


def link(store: Store, later: Annotation, earlier: Annotation | None) -> None:
    version = store.annotation(later.id).version
    store.continue_from(later.id, version, earlier.id if earlier else None)


def test_an_issue_continues_an_earlier_one_and_is_cut_off_again(store: Store, raised: Raise) -> None:
    first, second = raised("2023-Q1"), raised("2023-Q2")
    change = store.continue_from(second.id, second.version, first.id)
    assert (change.act, change.items[0].item_id) == (Act.CONTINUE, second.id)
    assert store.annotation(second.id).earlier_id == first.id
    assert [row.earlier for row in store.issues.rows([second.id])] == [first.id]
    store.continue_from(second.id, second.version + 1, None)
    assert store.annotation(second.id).earlier_id is None
    assert [change.act for change in store.history(second.id)][:2] == [Act.CONTINUE, Act.CONTINUE]


def test_saying_it_again_records_nothing(store: Store, raised: Raise) -> None:
    first, second = raised("2023-Q1"), raised("2023-Q2")
    link(store, second, first)
    assert store.continue_from(second.id, second.version + 1, first.id).id == 0


def test_undo_and_redo(store: Store, raised: Raise) -> None:
    first, second = raised("2023-Q1"), raised("2023-Q2")
    link(store, second, first)
    store.undo()
    assert store.annotation(second.id).earlier_id is None
    store.redo()
    assert store.annotation(second.id).earlier_id == first.id


def test_who_was_slower_is_told(store: Store, raised: Raise) -> None:
    first, second = raised("2023-Q1"), raised("2023-Q2")
    store.set_note(second.id, second.version, "khác")
    with pytest.raises(Conflict):
        store.continue_from(second.id, second.version, first.id)


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        (("2023-Q2", None), ("2023-Q1", None)),
        (("2023-Q1", "2023-04-06"), ("2023-Q1", "2023-04-05")),
        (("2023-Q2", "2023-04-05"), ("2023-Q1", "2023-04-05")),
        ((None, "2023-04-06"), ("2023-Q1", None)),
    ],
)
def test_a_later_report_is_refused_with_the_way_round(
    store: Store, raised: Raise, earlier: tuple[str | None, str | None], later: tuple[str | None, str | None]
) -> None:
    before, after = raised(*earlier), raised(*later)
    with pytest.raises(Invalid, match=f"Say of that one that it continues {after.id}"):
        store.continue_from(after.id, after.version, before.id)


def test_of_two_reports_of_one_day_the_second_one_is_later(store: Store, raised: Raise) -> None:
    first, second = raised("2023-Q1", "2023-04-05"), raised("2023-Q1", "2023-04-05")
    with pytest.raises(Invalid, match="later report"):
        store.continue_from(first.id, first.version, second.id)
    link(store, second, first)


def test_where_no_time_is_known_nothing_is_later(store: Store, raised: Raise) -> None:
    first, second = raised(), raised("2023-Q1")
    link(store, first, second)
    assert [a.id for a in store.line_of(first.id)] == [second.id, first.id]


def test_what_cannot_be_what_it_continues(store: Store, raised: Raise) -> None:
    first, second = raised("2023-Q1"), raised("2023-Q2")
    with pytest.raises(Invalid, match="cannot continue itself"):
        store.continue_from(first.id, first.version, first.id)
    passage = make_passage(store.document(second.revision_id), 0, 7)
    beside = store.annotate(second.report_id, second.revision_id, passage).items[0].item_id
    with pytest.raises(Invalid, match="in the same report"):
        store.continue_from(second.id, second.version, beside)
    with pytest.raises(NotFound):
        store.continue_from(second.id, second.version, 999)
    store.delete(first.id, first.version)
    with pytest.raises(Invalid, match=f"Annotation {first.id} is deleted"):
        store.continue_from(second.id, second.version, first.id)
    with pytest.raises(Invalid, match=f"Annotation {first.id} is deleted"):
        store.continue_from(first.id, first.version + 1, second.id)
    assert store.annotation(second.id).earlier_id is None


def test_a_report_that_is_gone_holds_nothing_to_continue(store: Store, raised: Raise) -> None:
    first, second = raised("2023-Q1"), raised("2023-Q2")
    link(store, second, first)
    report = store.report(first.report_id)
    store.delete_report(report.id, report.version)
    assert [a.id for a in store.line_of(second.id)] == [second.id]
    third = raised("2023-Q3")
    with pytest.raises(Invalid, match="is deleted"):
        store.continue_from(third.id, third.version, first.id)


def test_no_issue_runs_in_a_circle(store: Store, raised: Raise) -> None:
    first, second, third = raised(), raised(), raised()
    link(store, second, first)
    link(store, third, second)
    with pytest.raises(Invalid, match="continues"):
        link(store, first, third)


def test_a_circle_made_by_two_who_undo_is_walked_once(store: Store, other: Store, raised: Raise) -> None:
    first, second = raised(), raised()
    link(store, second, first)
    store.continue_from(second.id, second.version + 1, None)
    other.continue_from(first.id, first.version, second.id)
    store.undo()
    assert sorted(a.id for a in store.line_of(first.id)) == [first.id, second.id]


def test_the_line_is_the_same_from_wherever_it_is_asked_for(store: Store, raised: Raise) -> None:
    third, first, second = raised("2023-Q3"), raised("2023-Q1"), raised("2023-Q2")
    branch = raised("2023-9M")
    link(store, second, first)
    link(store, third, second)
    link(store, branch, second)
    line = [first.id, second.id, third.id, branch.id]
    for annotation in (first, second, third, branch):
        assert [a.id for a in store.line_of(annotation.id)] == line
    version = store.annotation(second.id).version
    store.delete(second.id, version)
    assert [a.id for a in store.line_of(first.id)] == [first.id, third.id, branch.id]
    with pytest.raises(NotFound):
        store.line_of(999)


@settings(deadline=None, max_examples=100)
@given(st.lists(st.tuples(st.integers(0, 9), st.one_of(st.none(), st.integers(0, 9))), max_size=10))
def test_oldest_first_puts_each_behind_what_it_continues(said: list[tuple[int, int | None]]) -> None:
    reported = {n: Reported(n, f"2023-01-0{day}" if day else None, None) for n, (day, _) in enumerate(said)}
    earlier = {n: before for n, (_, before) in enumerate(said) if before is None or before < n}
    found = oldest_first(reported, earlier)
    assert sorted(found) == sorted(reported)
    for number, before in earlier.items():
        if before is not None:
            assert found.index(before) < found.index(number)


def test_the_page_links_to_the_row_that_an_issue_continues(store: Store, raised: Raise) -> None:
    first, second = raised("2023-Q1", "2023-04-05"), raised("2023-Q2", "2023-07-05")
    link(store, second, first)

    def page(text: str) -> str:
        out = io.BytesIO()
        write("html", store.issues.stream(parse_filter(text)), out, context=ExportContext())
        return out.getvalue().decode()

    linked = f'Tiếp nối vấn đề số <a href="#i{first.id}">{first.id}</a>'
    assert linked in page("") and f'<tr id="i{first.id}"' in page("")
    alone = page("period:2023-Q2")
    assert f"Tiếp nối vấn đề số {first.id}<" in alone and linked not in alone
