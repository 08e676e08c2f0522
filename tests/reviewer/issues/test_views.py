"""Saved views as tabs over the list."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotations.issue_order import Arrangement
from annotations.models import ReviewerRole, Status
from annotations.store import Store
from reviewer.screens import issue_listing
from reviewer.screens.issue_listing import Later, ViewCounter, ViewCounts
from reviewer.screens.issues import IssuesScreen
from reviewer.widgets.tab_line import TabLine, tabs_in_sight
from tests.reviewer.app_kit import rows_on
from tests.reviewer.issues.kit import Listed, listing, make_issues


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with make_issues(tmp_path) as made:
        yield made


@pytest.fixture
def viewed(store: Store) -> Store:
    """The same with two views of Lan's and one that Minh shares."""
    store.save_view("Open", "status:open")
    store.save_view("Land", "tag:gpmb-cham", groups=["agency"], sorts=["-due"])
    with Store.open(store.path, "minh", create=False) as minh:
        minh.save_view("Late", "overdue")
        minh.share_view(3, 1, True)
    return store


def tabs(listed: Listed) -> list[tuple[str, str, bool]]:
    """Name, count, and whether it differs from what is saved."""
    return [(tab.name, tab.count, tab.changed) for tab in listed.screen.query_one(TabLine)._tabs]


def tab_row(listed: Listed) -> str:
    return rows_on(listed.app)[1]


async def test_there_are_no_tabs_until_something_is_saved(store: Store) -> None:
    async with listing(store) as listed:
        assert "Filter" in rows_on(listed.app)[1]
        await listed.press("right_parenthesis")
        assert "w saves" in listed.notices


async def test_w_asks_for_a_name_and_makes_a_tab(store: Store) -> None:
    async with listing(store) as listed:
        await listed.press("slash", *"overdue", "enter", "g", "w")
        assert "Save as a view" in listed.page and "overdue" in listed.page
        await listed.press(*"Late", "enter")
        assert tabs(listed) == [("All", "5", False), ("Late", "1", False)]
        assert "▌Late 1" in tab_row(listed) and "View “Late” saved" in listed.notices
        (view,) = store.views()
        assert (view.filter, view.groups) == ("overdue", ("agency",))
        await listed.press("left_parenthesis")
        assert listed.screen.line.text == "" and listed.ids != [1]
        await listed.press("u")
        assert store.views() == () and "Filter" in rows_on(listed.app)[1]


async def test_tabs_show_counts_whose_they_are_and_which_is_current(viewed: Store) -> None:
    async with listing(viewed) as listed:
        assert tabs(listed) == [
            ("All", "5", False),
            ("Open", "3", False),
            ("Land", "2", False),
            ("Late", "1", False),
        ]
        assert "Late 1 minh" in tab_row(listed).replace("· ", "")
        assert "▌All 5" in tab_row(listed)


async def test_keys_and_clicks_go_from_tab_to_tab(viewed: Store) -> None:
    async with listing(viewed) as listed:
        await listed.press("right_parenthesis")
        assert listed.ids == [1, 2, 5] and listed.screen.line.text == "status:open"
        await listed.press("right_parenthesis")
        assert listed.screen.asked.arrangement == Arrangement("agency", "due", True)
        await listed.press("4")
        assert listed.ids == [1] and "▌Late" in tab_row(listed)
        await listed.press("right_parenthesis")
        assert listed.ids == [1, 2, 3, 4, 5], "round to the first"
        await listed.press("left_parenthesis")
        assert "▌Late" in tab_row(listed)
        await listed.pilot.click("#tabs", offset=(tab_row(listed).index("Open"), 0))
        await listed.settle()
        assert listed.ids == [1, 2, 5] and "▌Open" in tab_row(listed)


async def test_a_dot_says_that_a_tab_is_not_as_it_was_saved(viewed: Store) -> None:
    async with listing(viewed) as listed:
        await listed.press("2")
        await listed.press("slash", *" giai")
        assert "▌Open 3 •" in tab_row(listed)
        await listed.press("enter", "w")
        assert "•" not in tab_row(listed)
        assert viewed.view("Open").filter == "status:open giai"
        await listed.press("o")
        assert "▌Open 3 •" in tab_row(listed)
        await listed.press("Z")
        assert "•" not in tab_row(listed) and not listed.screen.asked.arrangement.sort


async def test_what_is_not_saved_stays_with_its_tab_and_over_the_end(viewed: Store) -> None:
    async with listing(viewed) as listed:
        await listed.press("2", "slash", *" giai", "enter", "end", "3", "j")
        row = listed.current
        assert ("Open", "3", True) in tabs(listed)
    async with listing(viewed) as listed:
        assert "▌Land" in tab_row(listed) and listed.current == row
        assert ("Open", "3", True) in tabs(listed)
        await listed.press("2")
        assert listed.screen.line.text == "status:open giai" and listed.ids == [1, 2, 5]


async def test_a_changed_tab_counts_what_it_shows_and_what_is_saved(viewed: Store) -> None:
    async with listing(viewed) as listed:
        await listed.press("2", "c")
        assert "▌Open 5 · saved: 3 •" in tab_row(listed)
    async with listing(viewed) as listed:
        await listed.until(lambda: "▌Open 5 · saved: 3 •" in tab_row(listed))
        assert "changed · Z as saved · w save" in rows_on(listed.app)[0]
        await listed.press("3")
        await listed.until(lambda: " Open 5 · saved: 3 •" in tab_row(listed))
        await listed.press("2", "Z")
        assert "▌Open 3  " in tab_row(listed) and listed.ids == [1, 2, 5]
        assert "changed" not in rows_on(listed.app)[0]


async def test_saving_under_a_name_that_is_there_says_so(viewed: Store) -> None:
    async with listing(viewed) as listed:
        await listed.press("2", "W")
        await listed.press(*"land")
        assert "it is replaced" in listed.page
        await listed.press("enter")
        assert [view.name for view in viewed.views()] == ["Open", "land", "Late"]
        assert viewed.view("land").filter == "status:open" and "▌land" in tab_row(listed)


async def test_somebody_elses_view_is_saved_under_a_name_of_ones_own(viewed: Store) -> None:
    async with listing(viewed) as listed:
        await listed.press("4", "w")
        assert "Save as a view" in listed.page
        await listed.press("enter")
        assert [(view.name, view.reviewer) for view in viewed.views()] == [
            ("Open", "lan"), ("Land", "lan"), ("Late", "lan"), ("Late", "minh"),
        ]  # fmt: skip


async def test_a_filter_that_cannot_be_understood_is_not_saved(viewed: Store) -> None:
    async with listing(viewed) as listed:
        await listed.press("2")
        await listed.press("slash", *" statas", "colon", *"x", "enter", "w")
        assert "Mend it first" in listed.notices
        assert viewed.view("Open").filter == "status:open"


async def test_views_are_renamed_shared_moved_and_deleted_in_their_dialog(viewed: Store) -> None:
    async with listing(viewed) as listed:
        await listed.press("v", "j")
        assert "status:open" in listed.page and "Late · minh" in listed.page
        await listed.press("r", *"First", "enter", "s", "J")
        assert [(view.name, view.shared) for view in viewed.views()] == [
            ("Land", False), ("First", True), ("Late", True),
        ]  # fmt: skip
        await listed.press("x")
        assert [view.name for view in viewed.views()] == ["Land", "Late"]
        await listed.press("u", "enter")
        assert [tab[0] for tab in tabs(listed)] == ["All", "Land", "First", "Late"]


async def test_the_dialog_shows_the_view_chosen(viewed: Store) -> None:
    async with listing(viewed) as listed:
        await listed.press("v", "end", "enter")
        assert listed.ids == [1] and "▌Late" in tab_row(listed)


async def test_a_viewer_shares_nothing(viewed: Store) -> None:
    viewed.add_person("vân", ReviewerRole.VIEWER)
    with Store.open(viewed.path, "vân", create=False) as theirs:
        async with listing(theirs) as listed:
            await listed.press("slash", *"overdue", "enter", "w", *"Own", "enter")
            assert [view.name for view in theirs.views()] == ["Own", "Late"]
            await listed.press("v", "s")
            assert not theirs.view("Own").shared


@pytest.mark.parametrize("how", ["rename", "share", "delete"])
async def test_the_view_of_the_current_tab_is_changed_from_the_palette(viewed: Store, how: str) -> None:
    async with listing(viewed) as listed:
        await listed.press("2", "ctrl+p")
        await listed.press(*f"{how} the view")
        await listed.press("enter")
        if how == "rename":
            await listed.press(*"Other", "enter")
            assert viewed.views()[0].name == "Other"
        elif how == "share":
            assert viewed.view("Open").shared and "Everybody has" in listed.notices
        else:
            assert [view.name for view in viewed.views()] == ["Land", "Late"]
            assert "▌All" in tab_row(listed) and listed.screen.line.text == "status:open"


async def test_counts_follow_what_is_done_by_anybody(viewed: Store) -> None:
    async with listing(viewed) as listed:
        with Store.open(viewed.path, "minh", create=False) as minh:
            minh.set_status(1, 1, Status.RESOLVED)
        await listed.until(lambda: ("Open", "2", False) in tabs(listed))
        await listed.until(lambda: ("Late", "0", False) in tabs(listed))
        assert viewed.annotation(1).status is Status.RESOLVED


async def test_views_of_others_come_and_go(viewed: Store) -> None:
    async with listing(viewed) as listed:
        await listed.press("4")
        with Store.open(viewed.path, "minh", create=False) as minh:
            late = minh.view("Late")
            minh.edit_view(late.id, late.version, filter="status:open overdue")
        await listed.until(lambda: listed.screen.line.text == "status:open overdue")
        with Store.open(viewed.path, "minh", create=False) as minh:
            minh.share_view(late.id, late.version + 1, False)
        await listed.until(lambda: "Late" not in tab_row(listed))
        assert "▌All" in tab_row(listed) and listed.ids == [1], "what was shown stays"


async def test_a_view_that_names_what_is_gone_is_shown_with_the_fault(store: Store) -> None:
    store.save_view("Gone", "report:khong-con status:open")
    async with listing(store) as listed:
        await listed.until(lambda: ("Gone", "?", False) in tabs(listed))
        await listed.press("2")
        assert "The list is not narrowed" in listed.page and listed.ids == [1, 2, 3, 4, 5]


async def test_a_list_opened_for_something_is_not_what_is_remembered(viewed: Store) -> None:
    async with listing(viewed) as listed:
        await listed.press("3")
    async with listing(viewed, "report:x agency:stnmt") as listed:
        assert "▌All" in tab_row(listed)
    async with listing(viewed) as listed:
        assert "▌Land" in tab_row(listed)


@pytest.mark.parametrize("size", [(80, 24), (60, 16), (120, 40)])
async def test_many_tabs_keep_the_current_one_in_sight(store: Store, size: tuple[int, int]) -> None:
    for number in range(12):
        store.save_view(f"Việc thứ {number}", "status:open")
    async with listing(store, size=size) as listed:
        for number in range(1, 13):
            await listed.press("right_parenthesis")
            assert f"▌Việc thứ {number - 1} 3" in tab_row(listed)
            assert len(tab_row(listed)) <= size[0]
        assert isinstance(listed.app.screen, IssuesScreen)


@pytest.mark.parametrize(
    ("widths", "current", "cells", "seen"),
    [
        ([5, 5, 5], 0, 40, (0, 3)),
        ([5, 5, 5], 2, 14, (1, 3)),
        ([5, 5, 5], 0, 14, (0, 2)),
        ([50, 5], 0, 20, (0, 1)),
        ([5, 50, 5], 1, 20, (1, 2)),
        ([5], 0, 3, (0, 1)),
    ],
)
def test_which_tabs_are_in_sight(widths: list[int], current: int, cells: int, seen: tuple[int, int]) -> None:
    assert tabs_in_sight(widths, current, cells) == seen


async def test_the_row_is_found_again_where_it_is_far_down(
    viewed: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(issue_listing, "FIRST", 2)
    async with listing(viewed) as listed:
        await listed.press("end")
        assert listed.current == 5
    async with listing(viewed) as listed:
        await listed.until(lambda: listed.current == 5)
        await listed.press("home")
        assert listed.current == 1, "and then one goes where one wants"


async def test_the_title_offers_to_save_what_is_not(viewed: Store) -> None:
    async with listing(viewed) as listed:
        assert "saves" not in rows_on(listed.app)[0]
        await listed.press("slash", *"overdue")
        assert "saves" not in rows_on(listed.app)[0], "not while one types"
        await listed.press("enter")
        assert "w saves this as a view" in rows_on(listed.app)[0]
        await listed.press("2", "o")
        assert "changed · Z as saved · w save" in rows_on(listed.app)[0]
        await listed.press("w")
        assert "saves" not in rows_on(listed.app)[0]


def test_views_are_counted_again_only_when_something_changed_and_not_all_the_time(viewed: Store) -> None:
    counter, texts = ViewCounter(), {1: "status:open", 2: "report:gone"}
    assert counter.count(viewed, texts) == ViewCounts({1: 3, 2: None})
    assert counter.count(viewed, texts) is None
    viewed.set_status(1, 1, Status.RESOLVED)
    counter._free_at = float("inf")
    assert isinstance(counter.count(viewed, texts), Later)
    assert counter.count(viewed, {1: "overdue"}) == ViewCounts({1: 0}), "another view is counted at once"
    counter._free_at = 0
    viewed.undo()
    assert counter.count(viewed, {1: "overdue"}) == ViewCounts({1: 1})
