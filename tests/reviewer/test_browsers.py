"""The directory and the codebook on screen: found, edited, merged, renamed, retired, undone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot

from annotations.models import Link, Role
from annotations.store import Store
from reports.passage import make_passage
from reviewer.app import ReviewerApp
from reviewer.screens.codebook import CodebookScreen
from reviewer.screens.directory import DirectoryScreen
from reviewer.screens.issues import IssuesScreen
from reviewer.screens.library import LibraryScreen
from tests.reviewer.app_kit import TEXT, make_store, rows_on, running, shown

SIZES = [(80, 24), (120, 40)]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A record with two passages that Sở TN&MT leads."""
    with make_store(tmp_path, TEXT) as made:
        report = made.reports()[0]
        document = made.document(report.revision_id)
        land = named(made, "so-tnmt")
        tag = next(tag for tag in made.tags() if tag.slug == "gpmb-cham")
        for words in ("giải phóng mặt bằng", "ô nhiễm môi trường"):
            start = document.text.index(words)
            passage = make_passage(document, start, start + len(words))
            links = [Link(land.id, Role.LEAD)]
            made.annotate(report.id, report.revision_id, passage, tags=[tag.id], links=links)
        yield made


def named(store: Store, slug: str):  # type: ignore[no-untyped-def]
    return next(agency for agency in store.agencies() if agency.slug == slug)


async def type_in(pilot: Pilot[None], text: str) -> None:
    for letter in text:
        await pilot.press("space" if letter == " " else letter)
    await pilot.pause()


async def find(app: ReviewerApp, pilot: Pilot[None], words: str) -> None:
    """Search for `words` and go to the first entry found."""
    await pilot.press("slash")
    await pilot.pause()
    await type_in(pilot, words)
    await pilot.press("enter")
    await pilot.pause()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["en", "vi"])
async def test_both_lists_open_from_the_library_and_close(
    store: Store, size: tuple[int, int], language: str
) -> None:
    async with running(store, size=size, language=language) as (app, pilot):
        for key, screen in (("A", DirectoryScreen), ("T", CodebookScreen)):
            await pilot.press(key)
            await pilot.pause()
            assert isinstance(app.screen, screen)
            assert all(len(row) <= size[0] for row in rows_on(app))
            await pilot.press("escape")
            await pilot.pause()
            assert isinstance(app.screen, LibraryScreen)


async def test_open_issues_are_counted_with_and_without_those_below(store: Store) -> None:
    async with running(store) as (app, pilot):
        await pilot.press("A")
        await pilot.pause()
        await pilot.pause()
        await find(app, pilot, "stnmt")
        row = next(row for row in rows_on(app) if row.startswith("▌"))
        assert "Department of Natural Resources and Environment" in row
        assert row.split()[-2:] == ["2", "2"]
        text = shown(app)
        assert "now: Department of Agriculture and Environment" in text
        assert "2 open issues · until 1 Mar 2025" in text
        await pilot.press("escape", "left")
        await pilot.pause()
        row = next(row for row in rows_on(app) if row.startswith("▌"))
        assert "▾ Provincial People's Committee" in row
        assert row.split()[-2:] == ["·", "2"]
        await pilot.press("left")
        await pilot.pause()
        assert "▸ Provincial People's Committee" in shown(app)


async def test_a_merge_says_what_follows_and_is_taken_back(store: Store) -> None:
    async with running(store) as (app, pilot):
        await pilot.press("A")
        await pilot.pause()
        await find(app, pilot, "stnmt")
        await pilot.press("m")
        await pilot.pause()
        await type_in(pilot, "sxd")
        assert "2 annotations will follow → Department of Construction." in shown(app)
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("y")
        await pilot.pause()
        assert named(store, "so-tnmt").retired
        assert store.agency_use() == {named(store, "so-xd").id: 2}
        assert "Sở TN&MT" in named(store, "so-xd").aliases
        await pilot.press("u")
        await pilot.pause()
        assert store.agency_use() == {named(store, "so-tnmt").id: 2}
        assert not named(store, "so-tnmt").retired


async def test_another_name_keeps_the_old_one(store: Store) -> None:
    async with running(store) as (app, pilot):
        await pilot.press("A")
        await pilot.pause()
        await find(app, pilot, "so-xd")
        await pilot.press("R")
        await pilot.pause()
        await pilot.press("end", "ctrl+u")
        await type_in(pilot, "Sở Xây mới")
        await pilot.press("enter")
        await pilot.pause()
        assert named(store, "so-xd").name == "Sở Xây mới"
        assert "Sở Xây dựng" in named(store, "so-xd").aliases


async def test_an_entry_is_made_edited_and_retired(store: Store) -> None:
    async with running(store, size=(80, 24)) as (app, pilot):
        await pilot.press("A")
        await pilot.pause()
        await find(app, pilot, "stnmt")
        await pilot.press("plus")
        await pilot.pause()
        await type_in(pilot, "Sở Thử")
        await pilot.press("down", "down", "down")
        await type_in(pilot, "ST; Sở Thử nghiệm")
        await pilot.press("ctrl+s")
        await pilot.pause()
        made = named(store, "so-thu")
        assert (made.name, made.aliases) == ("Sở Thử", ("ST", "Sở Thử nghiệm"))
        assert made.parent_id == named(store, "so-tnmt").parent_id
        await find(app, pilot, "")
        await pilot.press("escape")
        await find(app, pilot, "so thu")
        await pilot.press("E")
        await pilot.pause()
        await pilot.press(*["down"] * 8)
        await type_in(pilot, "so xd 1.7.2025")
        await pilot.press("ctrl+s")
        await pilot.pause()
        heir = named(store, "so-thu").successors[0]
        assert (heir.agency_id, heir.date) == (named(store, "so-xd").id, "2025-07-01")
        await pilot.press("x")
        await pilot.pause()
        assert named(store, "so-thu").retired
        await pilot.press("u")
        await pilot.pause()
        assert not named(store, "so-thu").retired


async def test_what_cannot_be_understood_is_said_and_nothing_is_written(store: Store) -> None:
    async with running(store) as (app, pilot):
        await pilot.press("A")
        await pilot.pause()
        before = store.last_change_id()
        await find(app, pilot, "stnmt")
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press(*["down"] * 5, "end", "ctrl+u")
        await type_in(pilot, "qqqqzz")
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert "qqqqzz" in shown(app)
        assert "No agency goes by" in shown(app)
        assert store.last_change_id() == before


async def test_a_tag_gets_another_digit_and_colour(store: Store) -> None:
    async with running(store) as (app, pilot):
        await pilot.press("T")
        await pilot.pause()
        await find(app, pilot, "gpmb")
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press(*["down"] * 8, "right", "right")
        await pilot.press("down", "right", "ctrl+s")
        await pilot.pause()
        tag = next(tag for tag in store.tags() if tag.slug == "gpmb-cham")
        assert tag.digit in range(1, 10)
        assert [other.slug for other in store.tags() if other.digit == tag.digit] == ["gpmb-cham"]


async def test_the_issues_of_an_entry_are_one_key_away(store: Store) -> None:
    async with running(store) as (app, pilot):
        await pilot.press("A")
        await pilot.pause()
        await find(app, pilot, "snnmt")
        await pilot.press("L")
        await pilot.pause()
        await pilot.pause()
        assert isinstance(app.screen, IssuesScreen)
        assert "agency:so-nnmt" in shown(app)
        await pilot.press("escape")


async def test_the_mouse_chooses_and_edits(store: Store) -> None:
    async with running(store, size=(80, 24)) as (app, pilot):
        await pilot.press("T")
        await pilot.pause()
        await pilot.click("#entries", offset=(6, 2))
        await pilot.pause()
        assert app.screen.query_one("#entries").cursor == 2  # type: ignore[attr-defined]
        await pilot.click("#entries", offset=(6, 3), times=2)
        await pilot.pause()
        assert "Save" in shown(app) or "save" in shown(app)
