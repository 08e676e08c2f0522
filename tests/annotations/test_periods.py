"""Reporting periods: order, the one before, and which stand in a row."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.periods import in_a_row, period_order, period_span, previous_period, reporting_period

KINDS = st.sampled_from(
    [
        "",
        *(f"-Q{n}" for n in range(1, 5)),
        "-H1",
        "-H2",
        "-9M",
        *(f"-{n:02}" for n in range(1, 13)),
        "-W01",
        "-W52",
    ]
)
PERIODS = st.builds(lambda year, kind: f"{year}{kind}", st.integers(1990, 2060), KINDS)


@pytest.mark.parametrize(
    ("period", "before"),
    [
        ("2023-Q1", "2022-Q4"),
        ("2023-Q3", "2023-Q2"),
        ("2023-H1", "2022-H2"),
        ("2023-H2", "2023-H1"),
        ("2023-9M", "2022-9M"),
        ("2023-01", "2022-12"),
        ("2023-10", "2023-09"),
        ("2023", "2022"),
        ("2021-W01", "2020-W53"),
        ("2023-W10", "2023-W09"),
        ("0001", None),
        ("0001-W01", None),
        ("2023-W54", None),
        ("spring", None),
    ],
)
def test_the_period_before(period, before):
    assert previous_period(period) == before


@settings(deadline=None, max_examples=200)
@given(PERIODS)
def test_the_period_before_is_in_a_row_and_sorts_first(period):
    before = previous_period(period)
    assert before is not None
    assert in_a_row(before, period)
    assert period_order(before) < period_order(period)
    assert period_span(before)[1] < period_span(period)[1]


@settings(deadline=None, max_examples=200)
@given(PERIODS, PERIODS)
def test_no_two_periods_follow_each_other_both_ways(first, second):
    assert not (in_a_row(first, second) and in_a_row(second, first))
    assert not in_a_row(first, first)


@pytest.mark.parametrize(
    ("earlier", "later", "row"),
    [
        ("2023-Q1", "2023-Q2", True),
        ("2023-Q1", "2023-Q3", False),
        ("2022-Q4", "2023-Q1", True),
        ("2023-Q1", "2023-H1", True),
        ("2023-H1", "2023-9M", True),
        ("2023-9M", "2023", True),
        ("2022", "2023-Q1", True),
        ("2022-9M", "2023-9M", True),
        ("2022-9M", "2023-Q1", False),
        ("2023-03", "2023-Q1", False),
        ("2023-03", "2023-Q2", True),
        ("2023-W01", "2023-W02", True),
        ("2023-W01", "2023-W03", False),
        ("2023-Q2", "2023-Q1", False),
        ("", "2023-Q1", False),
    ],
)
def test_which_periods_stand_in_a_row(earlier, later, row):
    assert in_a_row(earlier, later) is row


def test_periods_sort_by_when_they_end_the_shorter_first():
    order = ["2022", "2023-01", "2023-W05", "2023-03", "2023-Q1", "2023-06", "2023-Q2", "2023-H1", "2023-9M"]
    order += ["2023-Q4", "2023-H2", "2023", "other", None]
    reversed_order = order[::-1]
    assert sorted(reversed_order, key=period_order) == order


@pytest.mark.parametrize(
    ("period", "day", "counts"),
    [
        ("2023-06", "2023-07-03", "2023-06"),
        (None, "2023-07-03", "2023-Q3"),
        ("", "2023-12-31", "2023-Q4"),
        (None, None, None),
        (None, "2023", None),
    ],
)
def test_a_report_without_a_period_counts_for_the_quarter_of_its_date(period, day, counts):
    assert reporting_period(period, day) == counts
