"""Marking many issues, and changing them all at once."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.models import Status
from annotations.store import Store
from reviewer import following
from reviewer.screens import issue_acts
from reviewer.screens.issue_marks import Marks
from tests.reviewer.app_kit import rows_on
from tests.reviewer.issues.kit import listing, make_issues


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with make_issues(tmp_path) as made:
        yield made


@settings(deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.lists(st.integers(1, 300)))))
def test_marks_are_a_set_of_ids(acts: list[tuple[bool, list[int]]]) -> None:
    marks, model = Marks(), set[int]()
    for adding, ids in acts:
        assert marks.has_all(array("q", ids)) == set(ids).issubset(model)
        if adding:
            marks.add(array("q", ids))
            model |= set(ids)
        else:
            marks.remove(array("q", ids))
            model -= set(ids)
        assert list(marks.ids()) == sorted(model) and len(marks) == len(model)
        assert [number for number in range(302) if number in marks] == sorted(model)


async def test_a_range_grows_with_the_cursor_and_is_kept_by_the_same_key(store: Store) -> None:
    async with listing(store) as listed:
        await listed.press("j", "V", "j", "j")
        assert "3 marked" in rows_on(listed.app)[0] and listed.page.count("✓") == 3
        await listed.press("k")
        assert "2 marked" in rows_on(listed.app)[0] and listed.page.count("✓") == 2
        await listed.press("V", "end")
        assert listed.marked == {2, 3} and listed.page.count("✓") == 2


async def test_esc_drops_the_range_and_keeps_what_was_marked_before(store: Store) -> None:
    async with listing(store) as listed:
        await listed.press("space", "end", "V", "k", "escape")
        assert listed.marked == {1}
        await listed.press("escape")
        assert listed.marked == set()


async def test_an_act_is_for_the_range_that_is_being_marked(store: Store) -> None:
    async with listing(store) as listed:
        await listed.press("V", "j", "d", *"+3", "enter")
        assert "2 issues: due" in listed.page
        await listed.press("y")
        assert store.annotation(1).due == store.annotation(2).due is not None


async def test_a_range_ends_where_the_list_changes(store: Store) -> None:
    async with listing(store) as listed:
        await listed.press("V", "j", "j", "A")
        assert listed.marked == {1, 2, 3}


async def test_the_question_says_what_they_have_now(store: Store) -> None:
    store.set_note(2, 1, "cũ")
    async with listing(store) as listed:
        await listed.press("asterisk", "d", *"+3", "enter")
        assert "now: no due date 2 · 30 Jun 2023 2 · 31 Dec 2023 1" in listed.page
        await listed.press("n", "n", *"mới", "ctrl+s")
        assert "1 has a note, which is replaced" in listed.page
        await listed.press("n", "t", *"gpmb", "enter")
        assert "2 have it already" in listed.page


async def test_much_is_undone_in_a_thread_and_nothing_gets_in_between(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(issue_acts, "AT_ONCE", 1)
    async with listing(store) as listed:
        await listed.press("space", "space", "d", *"+3", "enter")
        await listed.press("y")
        await listed.pilot.press("u", "ctrl+r", "u")
        await listed.until(lambda: 0 <= listed.notices.find("Done again") < listed.notices.rfind("Undone"))
        await listed.settle()
        assert [store.annotation(n).due for n in (1, 2)] == ["2023-06-30", None]


async def test_while_many_are_changed_nothing_else_is(store: Store) -> None:
    async with listing(store) as listed:
        listed.screen.busy_with = 10_000
        await listed.press("x")
        assert "10,000 issues are being changed" in listed.notices
        assert not store.annotation(1).deleted
        listed.screen.busy_with = 0


async def test_issues_deleted_meanwhile_are_left_out(store: Store) -> None:
    async with listing(store) as listed:
        await listed.press("asterisk")
        with Store.open(store.path, "minh", create=False) as other:
            other.delete(5, 1)
        await listed.until(lambda: 5 not in listed.ids)
        await listed.press("s", "p", "enter")
        assert "4 issues" in listed.page or "3 issues" in listed.page
        await listed.press("y")
        assert store.annotation(1).status is Status.IN_PROGRESS


async def test_what_others_do_to_many_is_read_beside_the_screen(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "AT_ONCE", 2)
    async with listing(store) as listed:
        with Store.open(store.path, "minh", create=False) as other:
            other.edit_many([(number, 1) for number in (1, 2, 5)], due="2023-09-09")
        await listed.until(lambda: listed.page.count("9 Sep 2023") >= 3)
        with Store.open(store.path, "minh", create=False) as other:
            other.set_note(2, 2, "rồi")
            other.set_due(2, 3, "2023-10-10")
        await listed.until(lambda: "10 Oct 2023" in listed.page)
        assert store.annotation(2).due == "2023-10-10"
