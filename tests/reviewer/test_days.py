"""Days as people type them and as the screens show them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer.days import (
    DayError,
    distance,
    long_day,
    read_day,
    read_past_day,
    short_period,
    show_day,
    show_period,
)
from reviewer.i18n import set_language

TODAY = date(2023, 5, 17)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("", None),
        ("  ", None),
        ("30/6", date(2023, 6, 30)),
        ("30-6", date(2023, 6, 30)),
        ("30.6", date(2023, 6, 30)),
        ("1/1", date(2024, 1, 1)),
        ("17/5", date(2023, 5, 17)),
        ("29/2", date(2024, 2, 29)),
        ("30/06/2023", date(2023, 6, 30)),
        ("30/06/23", date(2023, 6, 30)),
        ("2023-06-30", date(2023, 6, 30)),
        ("+14", date(2023, 5, 31)),
        ("+2w", date(2023, 5, 31)),
        ("+2 tuần", date(2023, 5, 31)),
        ("+1m", date(2023, 6, 17)),
        ("+1 tháng", date(2023, 6, 17)),
        ("+1 năm", date(2024, 5, 17)),
        ("hôm nay", TODAY),
        ("mai", date(2023, 5, 18)),
        ("cuối tháng", date(2023, 5, 31)),
        ("cuoi thang", date(2023, 5, 31)),
        ("Cuối quý", date(2023, 6, 30)),
        ("cuối năm", date(2023, 12, 31)),
        ("cuối tuần", date(2023, 5, 19)),
        ("end of month", date(2023, 5, 31)),
    ],
)
def test_a_due_date_is_read(typed: str, day: date | None) -> None:
    assert read_day(typed, TODAY) == day


@pytest.mark.parametrize(
    "typed", ["30", "31/6", "0/1", "2023-13-01", "soon", "+", "+9999y", "1/2/3/4", "+99999"]
)
def test_what_is_no_day_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(DayError, match="30/6"):
        read_day(typed, TODAY)


def test_the_31st_a_month_on_is_the_last_day_there_is() -> None:
    assert read_day("+1m", date(2023, 1, 31)) == date(2023, 2, 28)


@pytest.mark.parametrize(
    ("typed", "day"), [("", None), ("30/06/2023", date(2023, 6, 30)), ("2023-06-30", date(2023, 6, 30))]
)
def test_a_report_s_day_is_read(typed: str, day: date | None) -> None:
    assert read_past_day(typed) == day


@pytest.mark.parametrize("typed", ["30/6", "+14", "today", "31/02/2023"])
def test_a_report_s_day_needs_its_year(typed: str) -> None:
    with pytest.raises(DayError):
        read_past_day(typed)


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=12))
def test_anything_typed_is_a_day_or_refused(typed: str) -> None:
    try:
        day = read_day(typed, TODAY)
    except DayError:
        return
    assert day is None or isinstance(day, date)


@settings(deadline=None, max_examples=200)
@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 1, 1)))
def test_a_day_as_shown_in_vietnamese_reads_back(day: date) -> None:
    assert read_day(f"{day:%d/%m/%Y}", TODAY) == day


def test_days_and_periods_are_shown_as_each_language_writes_them() -> None:
    try:
        set_language("vi")
        assert show_day("2023-06-30") == "30/06/2023"
        assert long_day(date(2023, 6, 30)) == "thứ Sáu, 30/06/2023"
        assert [show_period(p) for p in ("2023-Q3", "2023-06", "2023-H1", "2023", None)] == [
            "quý III/2023", "tháng 6/2023", "6 tháng đầu 2023", "2023", "",
        ]  # fmt: skip
    finally:
        set_language("en")
    assert show_day("2023-06-30") == "30 Jun 2023"
    assert show_day(None) == ""
    assert long_day(date(2023, 6, 30)) == "Friday, 30 June 2023"
    assert [show_period(p) for p in ("2023-Q3", "2023-06", "2023")] == ["Q3 2023", "Jun 2023", "2023"]


@pytest.mark.parametrize(
    ("day", "said"), [(TODAY, "today"), (date(2023, 5, 18), "in 1 day"), (date(2023, 5, 7), "10 days ago")]
)
def test_how_far_a_day_is(day: date, said: str) -> None:
    assert distance(day, TODAY) == said


def test_a_column_has_periods_in_six_cells() -> None:
    found = [
        short_period(p) for p in ("2023-Q3", "2023-06", "2023-H1", "2023-W26", "2023", "2023-06-30", None)
    ]
    assert found == ["Q3/23", "06/23", "H1/23", "W26/23", "2023", "06/23", ""]
