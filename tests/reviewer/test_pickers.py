"""The pickers: what stands first, what the keys do, what comes back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from annotations.models import Agency, Link, Role, Tag
from annotations.store import Store
from reviewer.choices import Choices
from reviewer.screens.pickers import AgencyPicker, TagPicker
from tests.reviewer.app_kit import TEXT, chosen, make_store, running, shown

PASSAGE = "tiến độ giải phóng mặt bằng ở huyện Phú Bình còn chậm"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return make_store(tmp_path, TEXT)


def tag(store: Store, slug: str) -> Tag:
    return next(one for one in store.tags() if one.slug == slug)


def agency(store: Store, slug: str) -> Agency:
    return next(one for one in store.agencies() if one.slug == slug)


async def pick_agencies(store: Store, keys: Sequence[str], links: Sequence[Link] = (), **more: Any) -> Any:
    choices, report = Choices(store), store.reports()[0]
    context = choices.agency_context(PASSAGE, [tag(store, "gpmb-cham").id], report)
    async with running(store) as (app, pilot):
        screen = AgencyPicker(choices.agencies(), context, links, **more)

        async def type_keys() -> None:
            for key in keys:
                await pilot.press(key)

        return await chosen(app, pilot, screen, type_keys)


async def pick_tags(store: Store, keys: Sequence[str], before: Sequence[int] = (), **more: Any) -> Any:
    choices = Choices(store)
    context = choices.tag_context(PASSAGE, store.reports()[0])
    async with running(store) as (app, pilot):
        screen = TagPicker(choices.tags(), context, before, **more)

        async def type_keys() -> None:
            for key in keys:
                await pilot.press(key)

        return await chosen(app, pilot, screen, type_keys)


async def test_enter_takes_the_agency_that_the_passage_names_as_lead(store: Store) -> None:
    named = agency(store, "ubnd-huyen-phu-binh")
    assert await pick_agencies(store, ["enter"]) == (Link(named.id, Role.LEAD),)


async def test_a_digit_takes_that_row_at_once(store: Store) -> None:
    (second,) = await pick_agencies(store, ["2"])
    assert second.role is Role.LEAD
    assert second.agency_id != agency(store, "ubnd-huyen-phu-binh").id


async def test_several_at_once_the_first_leads(store: Store) -> None:
    keys = ["space", *"stnmt", "ctrl+t", *"stc", "ctrl+t", "enter"]
    found = await pick_agencies(store, keys)
    assert [(link.agency_id, link.role) for link in found] == [
        (agency(store, "ubnd-huyen-phu-binh").id, Role.LEAD),
        (agency(store, "so-tnmt").id, Role.COORDINATING),
        (agency(store, "so-tc").id, Role.COORDINATING),
    ]


async def test_tab_changes_the_role(store: Store) -> None:
    assert (await pick_agencies(store, ["tab", "enter"]))[0].role is Role.COORDINATING
    assert (await pick_agencies(store, ["tab", "tab", "enter"]))[0].role is Role.LEAD


async def test_what_is_linked_stays_and_can_be_taken_off(store: Store) -> None:
    finance = Link(agency(store, "so-tc").id, Role.LEAD)
    added = await pick_agencies(store, ["enter"], [finance])
    assert added == (finance, Link(agency(store, "ubnd-huyen-phu-binh").id, Role.COORDINATING))
    assert await pick_agencies(store, ["up", "space", "enter"], [finance]) == ()


async def test_escape_changes_nothing(store: Store) -> None:
    assert await pick_agencies(store, ["space", "escape"]) is None


async def test_tags_are_found_by_initials_and_without_accents(store: Store) -> None:
    assert await pick_tags(store, [*"gpmb", "enter"]) == (tag(store, "gpmb-cham").id,)
    keys = [*"o nhiem".replace(" ", "_"), "enter"]
    keys = ["space" if key == "_" else key for key in keys]
    assert await pick_tags(store, keys) == (tag(store, "o-nhiem").id,)


async def test_the_tag_that_the_passage_speaks_of_stands_first(store: Store) -> None:
    assert await pick_tags(store, ["enter"]) == (tag(store, "gpmb-cham").id,)


async def test_a_second_tag_joins_the_first(store: Store) -> None:
    first = tag(store, "gpmb-cham").id
    found = await pick_tags(store, [*"onmt", "enter"], [first])
    assert found == (first, tag(store, "o-nhiem").id)


async def test_a_name_that_nobody_has_can_be_created(store: Store) -> None:
    asked: list[str] = []

    def create(name: str) -> Tag:
        asked.append(name)
        change = store.create_tag(name)
        return next(one for one in store.tags() if one.id == change.items[0].item_id)

    found = await pick_tags(store, [*"zzqq", "enter", "enter"], create=create)
    assert asked == ["zzqq"]
    assert found == (tag(store, "zzqq").id,)


async def test_a_name_is_not_created_when_the_question_is_denied(store: Store) -> None:
    def create(name: str) -> Tag:
        raise AssertionError(name)

    assert await pick_tags(store, [*"zzqq", "enter", "n", "escape"], create=create) is None


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_reasons_roles_and_definitions_are_shown(store: Store, size: tuple[int, int]) -> None:
    choices, report = Choices(store), store.reports()[0]
    context = choices.agency_context(PASSAGE, [tag(store, "gpmb-cham").id], report)
    async with running(store, size=size, language="vi") as (app, pilot):
        app.push_screen(AgencyPicker(choices.agencies(), context))
        await pilot.pause()
        screen = shown(app)
        assert "UBND huyện Phú Bình" in screen
        await pilot.press("escape")
        app.push_screen(TagPicker(choices.tags(), choices.tag_context(PASSAGE, report)))
        await pilot.pause()
        assert tag(store, "gpmb-cham").definition_vi[:20] in shown(app)


async def test_a_click_moves_and_a_second_click_takes(store: Store) -> None:
    choices, report = Choices(store), store.reports()[0]
    async with running(store) as (app, pilot):
        results: list[Any] = []
        app.push_screen(TagPicker(choices.tags(), choices.tag_context(PASSAGE, report)), results.append)
        await pilot.pause()
        row = next(at for at, text in enumerate(shown(app).split("\n")) if " 2 " in text)
        await pilot.click(offset=(90, row), times=2)
        await pilot.pause()
        assert len(results) == 1 and results[0]


async def test_the_role_shown_is_the_one_that_is_saved(store: Store) -> None:
    choices, report = Choices(store), store.reports()[0]
    async with running(store) as (app, pilot):
        results: list[Any] = []
        app.push_screen(
            AgencyPicker(choices.agencies(), choices.agency_context(PASSAGE, [], report)), results.append
        )
        await pilot.pause()
        for role in ("coordinating", "lead", "coordinating"):
            await pilot.press("tab")
            await pilot.pause()
            assert [row for row in shown(app).split("\n") if row.endswith(f"Tab {role}")]
        await pilot.press("enter")
        await pilot.pause()
        assert results[0][0].role is Role.COORDINATING


@pytest.mark.parametrize("typed", ["khong co nhan nay", "xyz abc"])
async def test_words_that_fit_nothing_take_nothing(store: Store, typed: str) -> None:
    keys = ["space" if letter == " " else letter for letter in typed]
    assert await pick_tags(store, [*keys, "enter"]) == "still open"
    assert await pick_agencies(store, [*keys, "enter"]) == "still open"
