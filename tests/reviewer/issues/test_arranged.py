"""Groups, order, marks, and acts on all that are marked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotations.models import Severity, Status
from annotations.store import Store
from tests.reviewer.app_kit import rows_on
from tests.reviewer.issues.kit import Listed, listing, make_issues


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with make_issues(tmp_path) as made:
        yield made


def headings(listed: Listed) -> list[str]:
    return [section.title for section in listed.screen.rows._sections]


async def test_g_goes_through_the_groups_and_back_to_none(store: Store) -> None:
    async with listing(store) as listed:
        await listed.press("g")
        assert headings(listed)[0] == "Department of Natural Resources and Environment"
        assert headings(listed)[-1] == "no agency yet"
        assert listed.ids[:2] == [2, 3] and listed.ids[-1] == 5
        assert listed.current == 1, "the cursor stays on its issue"
        assert "by lead agency" in rows_on(listed.app)[0]
        seen = []
        for _ in range(9):
            await listed.press("g")
            seen.append(headings(listed))
        assert seen[3] == ["open", "in progress", "resolved"]
        assert seen[4] == ["high severity", "no severity"]
        assert seen[-1] == [] and listed.ids == [1, 2, 3, 4, 5]


async def test_headings_say_how_many_and_are_stepped_over(store: Store) -> None:
    async with listing(store) as listed:
        await listed.press("g", "home")
        rows = rows_on(listed.app)
        heading = next(row for row in rows if "Department of Natural Resources" in row)
        assert heading.split()[-1] == "2"
        visited = [listed.current]
        for _ in range(4):
            await listed.press("j")
            visited.append(listed.current)
        assert visited == listed.ids
        await listed.press("home")
        assert listed.current == listed.ids[0]
        await listed.pilot.click("#issues", offset=(20, 0))
        assert listed.current == listed.ids[0], "a heading is no row"


async def test_o_sorts_and_capital_o_turns_it_round(store: Store) -> None:
    async with listing(store) as listed:
        await listed.press("o")
        assert listed.ids == [1, 3, 4, 2, 5], "by due date, those without one last"
        await listed.press("O")
        assert listed.ids == [4, 1, 3, 2, 5]
        assert "Due ↓" in listed.page


async def test_a_click_on_a_heading_sorts_by_it(store: Store) -> None:
    async with listing(store) as listed:
        column = next(row for row in rows_on(listed.app) if "Status" in row).index("Status")
        await listed.pilot.click("#headings", offset=(column + 1, 0))
        await listed.settle()
        assert listed.ids == [1, 2, 5, 4, 3] and "Status ↑" in listed.page


async def test_layout_is_there_again_next_time(store: Store) -> None:
    async with listing(store) as listed:
        await listed.press("g", "g", "o", "O")
    async with listing(store) as listed:
        arrangement = listed.screen.asked.arrangement
        assert (arrangement.group, arrangement.sort, arrangement.descending) == ("tag", "due", True)


async def test_space_marks_and_esc_takes_the_marks_off(store: Store) -> None:
    async with listing(store) as listed:
        await listed.press("space", "space", "j", "shift+down")
        assert listed.marked == {1, 2, 4, 5}
        assert "4 marked" in rows_on(listed.app)[0]
        assert listed.page.count("✓") == 4
        await listed.press("escape")
        assert listed.marked == set() and listed.app.screen is listed.screen


async def test_the_star_marks_all_that_are_listed_and_takes_them_off_again(store: Store) -> None:
    async with listing(store, "agency:stnmt") as listed:
        await listed.press("asterisk")
        assert listed.marked == {2, 3}
        await listed.press("c")
        assert "2 marked" in rows_on(listed.app)[0], "marks stay while the filter changes"
        await listed.press("asterisk")
        assert listed.marked == {1, 2, 3, 4, 5}
        await listed.press("asterisk")
        assert listed.marked == set()


async def test_a_click_before_a_row_marks_it(store: Store) -> None:
    async with listing(store) as listed:
        await listed.pilot.click("#issues", offset=(1, 3))
        assert listed.marked == {4} and listed.current == 1


async def test_marked_issues_get_a_due_date_as_one_act(store: Store) -> None:
    async with listing(store) as listed:
        await listed.press("asterisk", "d", *"1", "slash", *"8", "slash", *"2023", "enter")
        assert "5 issues: due 1 Aug 2023." in listed.page
        assert {store.annotation(n).due for n in range(1, 6)} == {"2023-06-30", "2023-12-31", None}
        await listed.press("y")
        assert {store.annotation(n).due for n in range(1, 6)} == {"2023-08-01"}
        assert "5 issues changed" in listed.notices and listed.page.count("1 Aug 2023") >= 5
        await listed.press("u")
        assert [store.annotation(n).due for n in (1, 2, 3)] == ["2023-06-30", None, "2023-06-30"]
        await listed.press("ctrl+r")
        assert {store.annotation(n).due for n in range(1, 6)} == {"2023-08-01"}


async def test_no_leaves_them_as_they_are(store: Store) -> None:
    async with listing(store) as listed:
        await listed.press("space", "space", "s", "r", "enter", "n")
        assert [store.annotation(n).status for n in (1, 2)] == [Status.OPEN, Status.OPEN]
        assert listed.marked == {1, 2}


@pytest.mark.parametrize(
    ("keys", "status", "severity"),
    [
        ("sr", Status.RESOLVED, None),
        ("so", Status.OPEN, None),
        ("sh", None, Severity.HIGH),
        ("s0", None, None),
    ],
)
async def test_status_or_severity_of_all_that_are_marked(
    store: Store, keys: str, status: Status | None, severity: Severity | None
) -> None:
    before = [store.annotation(n) for n in (1, 2, 3)]
    async with listing(store) as listed:
        await listed.press("space", "space", "space", *keys, "enter", "y")
        after = [store.annotation(n) for n in (1, 2, 3)]
    if status is not None:
        assert {one.status for one in after} == {status}
        assert [one.severity for one in after] == [one.severity for one in before]
    else:
        assert {one.severity for one in after} == {severity}
        assert [one.status for one in after] == [one.status for one in before]


async def test_tags_are_added_to_all_and_taken_off_where_all_have_them(store: Store) -> None:
    async with listing(store, "tag:gpmb-cham") as listed:
        await listed.press("asterisk", "t", *"o nhiem", "enter")
        assert "2 issues: + " in listed.page
        await listed.press("y")
        assert [listed.tag_slugs(n) for n in (1, 4)] == [["gpmb-cham", "o-nhiem"]] * 2
        await listed.press("t", *"gpmb", "ctrl+t", "enter", "y")
        assert [listed.tag_slugs(n) for n in (1, 4)] == [["o-nhiem"]] * 2


async def test_agencies_are_linked_to_all(store: Store) -> None:
    agency = next(one for one in store.agencies() if one.slug == "so-tc")
    async with listing(store, "status:open") as listed:
        await listed.press("asterisk", "a", *"so tai chinh", "enter", "y")
        for number in (1, 2, 5):
            assert agency.id in [link.agency_id for link in store.annotation(number).links]
        assert len(store.annotation(1).links) == 2, "those there were stay"


async def test_marked_issues_are_deleted_after_a_question_and_come_back(store: Store) -> None:
    async with listing(store) as listed:
        await listed.press("space", "space", "x")
        assert "2 issues: deleted." in listed.page
        await listed.press("y")
        assert listed.ids == [3, 4, 5]
        await listed.press("u")
        assert listed.ids == [1, 2, 3, 4, 5]


async def test_if_one_of_them_was_changed_by_others_none_is(store: Store) -> None:
    async with listing(store) as listed:
        await listed.press("space", "space", "s", "r", "enter")
        with Store.open(store.path, "minh", create=False) as other:
            other.set_status(2, 1, Status.REJECTED)
        await listed.press("y")
        assert "changed meanwhile" in listed.notices
        assert store.annotation(1).status is Status.OPEN
