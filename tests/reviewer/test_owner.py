"""Who sees to an issue: chosen for one or for many, found by any part of a name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from annotations.models import ReviewerRole, Status
from annotations.store import Store
from reviewer.screens.owner_picker import OwnerPicker
from tests.reviewer.app_kit import TEXT, chosen, make_store, running, shown
from tests.reviewer.issues.kit import listing, make_issues

WAIT = "still open"


def peopled(folder: Path) -> Store:
    """A record of Mai's with Lan, Minh and Vân Anh, a viewer, and one who left."""
    store = make_store(folder, TEXT)
    for name in ("lan", "minh", "vân anh", "cũ"):
        store.add_person(name)
    store.add_person("xem", ReviewerRole.VIEWER)
    store.retire_person(store.person("cũ").id, 1)
    return store


@pytest.mark.parametrize(
    ("owner", "keys", "result"),
    [
        (None, ["enter"], ("mai",)),
        (None, ["down", "enter"], ("lan",)),
        (None, ["3"], ("minh",)),
        (None, ["5"], (None,)),
        (None, ["6"], WAIT),
        ("minh", ["enter"], ("minh",)),
        (None, [*"van", "enter"], ("vân anh",)),
        (None, [*"anh", "enter"], ("vân anh",)),
        ("minh", [*"nob", "enter"], (None,)),
        (None, [*"zzz", "enter"], WAIT),
        (None, ["escape"], None),
    ],
)
async def test_somebody_is_chosen(tmp_path: Path, owner: str | None, keys: list[str], result: Any) -> None:
    store = peopled(tmp_path)
    async with running(store) as (app, pilot):
        people = [p for p in store.people() if not p.retired and p.role is not ReviewerRole.VIEWER]

        async def press() -> None:
            await pilot.press(*keys)

        assert await chosen(app, pilot, OwnerPicker(people, "mai", owner), press) == result


async def test_those_who_may_not_edit_or_have_left_are_not_offered(tmp_path: Path) -> None:
    store = make_issues(tmp_path)
    store.add_person("xem", ReviewerRole.VIEWER)
    store.add_person("cũ")
    store.retire_person(store.person("cũ").id, 1)
    store.set_owner(2, 1, store.person("minh").id)
    async with listing(store) as listed:
        await listed.pilot.press("r")
        await listed.pilot.pause()
        page = shown(listed.app)
        assert "lan (you)" in page and "minh" in page and "1 to do" in page
        assert "xem" not in page and "cũ" not in page
        await listed.press(*"minh", "enter")
        assert listed.stored(1).owner == "minh"
        await listed.press("u")
        assert listed.stored(1).owner is None


async def test_many_get_one_owner_and_one_undo_takes_it_back(tmp_path: Path) -> None:
    async with listing(make_issues(tmp_path)) as listed:
        await listed.press("space", "space", "r", "2")
        assert "2 issues: owner minh." in listed.page
        await listed.press("y")
        await listed.until(lambda: listed.stored(2).owner == "minh")
        assert [listed.stored(number).owner for number in (1, 2, 3)] == ["minh", "minh", None]
        await listed.press("u")
        assert [listed.stored(number).owner for number in (1, 2)] == [None, None]


async def test_many_get_status_and_severity_and_those_in_the_way_are_named_before(tmp_path: Path) -> None:
    store = make_issues(tmp_path)
    async with listing(store) as listed:
        await listed.press("asterisk", "s")
        assert "4 of 5" in listed.page
        await listed.press("x", "h", "enter")
        assert "4 issues: rejected, high severity; 1 stays as it is: #3." in listed.page
        await listed.press("y")
        await listed.until(lambda: listed.stored(5).status is Status.REJECTED)
        assert [listed.stored(n).status for n in (1, 3)] == [Status.REJECTED, Status.RESOLVED]
        assert listed.stored(3).severity is None
        await listed.press("u")
        assert listed.stored(1).status is Status.OPEN


async def test_what_somebody_changed_meanwhile_is_asked_about_in_the_list_too(tmp_path: Path) -> None:
    store = make_issues(tmp_path)
    async with listing(store) as listed:
        listed.app._look_for_changes = lambda: None  # type: ignore[method-assign]
        await listed.press("s")
        with Store.open(store.path, "minh") as minh:
            minh.set_status(1, 1, Status.IN_PROGRESS)
        await listed.pilot.press("r", "enter")
        await listed.pilot.pause()
        assert "minh changed this meanwhile: status" in listed.page
        await listed.press("m")
        assert listed.stored(1).status is Status.RESOLVED
