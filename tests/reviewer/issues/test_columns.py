"""The columns of the issue list: chosen, moved, made wider, remembered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.store import Store
from reviewer.screens.issue_columns import CATALOGUE, VALUES
from reviewer.widgets.columns import GAP, Column, fit_columns
from tests.reviewer.app_kit import rows_on
from tests.reviewer.issues.kit import Listed, listing, make_issues


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with make_issues(tmp_path) as made:
        yield made


def headings(listed: Listed) -> str:
    return next(row for row in rows_on(listed.app) if "No." in row or "Status" in row)


def width_of(listed: Listed, name: str) -> int:
    return next(cells for column, cells in listed.screen.rows.heading_columns() if column.name == name)


def test_every_column_says_something() -> None:
    assert {column.name for column in CATALOGUE} == VALUES.keys()


async def test_space_hides_a_column_and_shows_another(store: Store) -> None:
    store.set_note(1, 1, "nhắc lần hai")
    async with listing(store) as listed:
        await listed.press("C", "j", "space")
        assert "Period" not in headings(listed), "the list behind follows"
        names = [column.name for column in CATALOGUE]
        await listed.press("end", *["k"] * (len(names) - 1 - names.index("note")), "space", "enter")
        assert "Period" not in headings(listed) and "Note" in headings(listed)
        assert "nhắc lần hai" in listed.page
    async with listing(store) as listed:
        assert "Period" not in headings(listed) and "Note" in headings(listed)


@pytest.mark.parametrize(("size", "least", "shown"), [
    ((120, 40), 48, {"id", "period", "tags", "lead_agencies", "status", "due"}),
    ((80, 24), 32, {"tags", "status", "due"}),
])  # fmt: skip
async def test_the_passage_has_the_largest_share(
    store: Store, size: tuple[int, int], least: int, shown: set[str]
) -> None:
    async with listing(store, size=size) as listed:
        widths = {column.name: cells for column, cells in listed.screen.rows.heading_columns()}
        assert widths.pop("passage") >= least and widths.keys() == shown


async def test_the_column_that_the_grouping_says_is_called_that(store: Store) -> None:
    async with listing(store) as listed:
        await listed.press("g", "C")
        row = next(row for row in rows_on(listed.app) if "✓ Lead agency" in row)
        assert "shown by the grouping" in row and "no room" not in row


async def test_esc_leaves_the_columns_as_they_were(store: Store) -> None:
    async with listing(store) as listed:
        before = headings(listed)
        await listed.press("C", "space", "j", "J", "plus", "escape")
        assert headings(listed) == before


async def test_columns_are_moved_widened_and_put_back(store: Store) -> None:
    async with listing(store) as listed:
        await listed.press("C", "j", "K")
        assert headings(listed).split()[:2] == ["Period", "No."]
        await listed.press("plus", "plus", "enter")
        assert width_of(listed, "period") == 10
        await listed.press("C", "minus")
        assert width_of(listed, "period") == 8
        await listed.press("0")
        assert width_of(listed, "period") == 6
        await listed.press("r", "enter")
        assert headings(listed).split()[:2] == ["No.", "Period"] and listed.screen.rows.chosen == ()


async def test_the_last_column_stays(store: Store) -> None:
    async with listing(store) as listed:
        await listed.press("C", *["space", "j"] * 7)
        assert len(listed.screen.rows.heading_columns()) == 1


async def test_a_view_has_columns_of_its_own(store: Store) -> None:
    store.save_view("Narrow", "", columns=[("id", 0), ("status", 0), ("owner", 0)])
    async with listing(store) as listed:
        await listed.press("2")
        assert headings(listed).split() == ["No.", "Status", "Owner"]
        await listed.press("C", "space", "enter")
        assert "Narrow 5 •" in listed.page
        await listed.press("w")
        assert [name for name, _width in store.view("Narrow").columns] == ["status", "owner"]
        await listed.press("1")
        assert "Passage" in headings(listed)


async def test_dragging_the_gap_behind_a_title_changes_its_width(store: Store) -> None:
    async with listing(store) as listed:
        before = width_of(listed, "period")
        edge = headings(listed).index("Passage") - 1
        await listed.pilot.mouse_down("#headings", offset=(edge, 0))
        await listed.pilot.hover("#headings", offset=(edge + 6, 0))
        await listed.pilot.mouse_up("#headings", offset=(edge + 6, 0))
        await listed.settle()
        assert width_of(listed, "period") == before + 6
        assert listed.screen.asked.arrangement.sort == "", "and sorts by nothing"
        await listed.pilot.click("#headings", offset=(headings(listed).index("Passage") - 1, 0), times=2)
        await listed.settle()
        assert width_of(listed, "period") == before
    async with listing(store) as listed:
        assert width_of(listed, "period") == before


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 16)])
async def test_with_every_column_chosen_the_rows_still_fit(store: Store, size: tuple[int, int]) -> None:
    store.save_view("Everything", "", columns=[(column.name, 30) for column in CATALOGUE])
    async with listing(store, size=size) as listed:
        await listed.press("2")
        assert all(len(row) <= size[0] for row in rows_on(listed.app))
        shown = [column.name for column, _cells in listed.screen.rows.heading_columns()]
        assert {"passage", "status", "due"} <= set(shown)


@settings(deadline=None)
@given(
    st.lists(
        st.builds(
            Column,
            name=st.just("a"),
            title=st.just("A"),
            width=st.integers(3, 20),
            weight=st.integers(0, 6),
            drop=st.integers(0, 9),
            wanted=st.sampled_from([0, 0, 3, 10, 60]),
        ),
        min_size=1,
        max_size=8,
    ),
    st.integers(10, 200),
)
def test_columns_never_take_more_than_there_is(columns: list[Column], cells: int) -> None:
    fitted = fit_columns(columns, cells)
    taken = sum(width for _column, width in fitted) + GAP * (len(fitted) - 1)
    least = sum(column.needs for column, _width in fitted) + GAP * (len(fitted) - 1)
    assert taken <= max(cells, least)
    assert all(width >= column.needs for column, width in fitted)
    wishes = sum(max(column.wanted, column.needs) for column, _width in fitted) + GAP * (len(fitted) - 1)
    if wishes <= cells:
        assert all(width >= column.wanted for column, width in fitted)
        if any(column.weight and not column.wanted for column, _width in fitted):
            assert taken == cells
