"""How long issues stand, and how many of each period are new."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.continuity import TrendPoint, run_of, standing_for
from annotations.filters import parse_filter
from annotations.issue_order import Arrangement
from annotations.models import Status
from annotations.periods import in_a_row, period_span
from annotations.store import Store
from reports.passage import make_passage
from tests.annotations.conftest import document_of

Said = tuple[str | None, str | None]


def raised(store: Store, *reports: Said, linked: bool = True) -> list[int]:
    """Ids of an issue in each of `reports` (period, date), each continuing the one before."""
    found: list[int] = []
    for period, day in reports:
        document = document_of(f"Báo cáo {len(store.reports())}\nGiải phóng mặt bằng còn chậm.")
        title = f"Báo cáo {len(store.reports())}"
        report = store.add_report(document, title=title, date=day, period=period).report
        passage = make_passage(document, len(document.text) - 10, len(document.text))
        number = store.annotate(report.id, report.revision_id, passage).items[0].item_id
        if found and linked:
            store.continue_from(number, 1, found[-1])
        found.append(number)
    return found


@pytest.mark.parametrize(
    ("periods", "count", "since"),
    [
        (["2023-Q1"], 1, "2023-Q1"),
        (["2023-Q3", "2023-Q2", "2023-Q1"], 3, "2023-Q1"),
        (["2023-Q3", "2023-Q1"], 1, "2023-Q3"),
        (["2023-Q1", "2022-Q4", "2022-Q3"], 3, "2022-Q3"),
        (["2023", "2023-9M", "2023-H1", "2023-Q1"], 4, "2023-Q1"),
        (["2023-Q2", "2023-Q2", "2023-Q1"], 2, "2023-Q1"),
        (["2023-Q2", "2023-06", "2023-Q1"], 2, "2023-Q1"),
        (["2023-W02", "2023-W01", "2022-W52"], 3, "2022-W52"),
        (["2023-Q2", None, "2023-Q1"], 1, "2023-Q2"),
        ([None, "2023-Q1"], 0, None),
        ([], 0, None),
    ],
)
def test_periods_in_a_row(periods, count, since):
    run = run_of(periods)
    assert (run.periods, run.since) == (count, since)


@settings(deadline=None, max_examples=200)
@given(st.lists(st.sampled_from([f"202{y}-Q{q}" for y in range(3) for q in range(1, 5)]), max_size=8))
def test_a_run_is_as_long_as_quarters_without_a_gap(periods):
    order = sorted(set(periods), key=period_span, reverse=True)
    expected = min(len(order), 1)
    while 0 < expected < len(order) and in_a_row(order[expected], order[expected - 1]):
        expected += 1
    assert run_of(sorted(periods, key=period_span, reverse=True)).periods == expected


def test_rows_of_the_list_say_how_long_an_issue_stands(store: Store) -> None:
    ids = raised(store, ("2023-Q1", None), (None, "2023-05-30"), ("2023-Q3", "2023-10-05"), ("2024-Q2", None))
    runs = store.issues.runs(ids)
    assert {number: run.periods for number, run in runs.items()} == {ids[1]: 2, ids[2]: 3, ids[3]: 1}
    assert runs[ids[2]].since == "2023-Q1"
    assert store.issues.runs([]) == {}
    assert standing_for(store.issues.connection, 2) == [ids[1], ids[2]]
    assert standing_for(store.issues.connection, 3) == [ids[2]]
    assert standing_for(store.issues.connection, 50) == []


def test_what_is_deleted_leaves_a_gap_where_it_was_the_only_one(store: Store) -> None:
    ids = raised(store, ("2023-Q1", None), ("2023-06", None), ("2023-Q2", None), ("2023-Q3", None))
    assert store.issues.runs(ids)[ids[3]].periods == 3
    store.delete(ids[1], store.annotation(ids[1]).version)
    assert store.issues.runs(ids)[ids[3]].periods == 3
    store.delete(ids[2], store.annotation(ids[2]).version)
    assert store.issues.runs(ids)[ids[3]].periods == 1


def test_new_continuing_and_settled_issues_of_each_period(store: Store) -> None:
    line = raised(store, ("2023-Q1", None), ("2023-Q2", None), ("2023-Q3", None))
    others = raised(store, ("2023-Q2", None), (None, None), ("2022", None), linked=False)
    store.set_status(line[1], store.annotation(line[1]).version, Status.RESOLVED)
    assert store.issues.trend(parse_filter("")) == [
        TrendPoint("2022", 1, 0, 0),
        TrendPoint("2023-Q1", 1, 0, 0),
        TrendPoint("2023-Q2", 1, 1, 1),
        TrendPoint("2023-Q3", 0, 1, 0),
        TrendPoint(None, 1, 0, 0),
    ]
    assert [point.period for point in store.issues.trend(parse_filter("period:2023"))] == [
        "2023-Q1",
        "2023-Q2",
        "2023-Q3",
    ]
    for number in line[:2]:
        store.delete(number, store.annotation(number).version)
    assert TrendPoint("2023-Q3", 1, 0, 0) in store.issues.trend(parse_filter("status:open"))
    assert store.annotation(others[0]).earlier_id is None


def test_an_issue_whose_last_mention_is_gone_continues_the_one_before(store: Store) -> None:
    line = raised(store, ("2023-Q1", None), ("2023-Q2", None), ("2023-Q3", None))
    store.delete(line[1], store.annotation(line[1]).version)
    assert TrendPoint("2023-Q3", 0, 1, 0) in store.issues.trend(parse_filter(""))


def test_groups_and_rows_by_period_run_in_the_order_of_time(store: Store) -> None:
    periods = ["2023-9M", "2023-Q1", "2023-12", "2023", "2023-H1"]
    ids = dict(zip(raised(store, *((p, None) for p in periods), linked=False), periods, strict=True))
    everything = parse_filter("")
    groups = store.issues.arranged(everything, Arrangement(group="period")).groups
    order = ["2023-Q1", "2023-H1", "2023-9M", "2023-12", "2023"]
    assert [group.key for group in groups] == order
    assert [ids[i] for i in store.issues.arranged(everything, Arrangement(sort="period")).ids] == order
    assert store.issues.directory.periods() == order[::-1]
