"""The same issue over several reports, on the screen."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from annotations.models import Link, ReviewerRole, Role, Status
from annotations.store import Store
from reports.load import load_bytes
from reports.passage import make_passage
from reviewer.app import ReviewerApp
from reviewer.screens.earlier import EarlierScreen
from reviewer.screens.issues import IssuesScreen
from reviewer.screens.reading import ReadingScreen
from tests.reviewer.app_kit import running, shown

WORDS = "tiến độ giải phóng mặt bằng đường vành đai phía Tây còn chậm"
OTHER = "ô nhiễm môi trường còn xảy ra ở một số địa phương"


@pytest.fixture
def quarters(tmp_path: Path) -> Store:
    """An issue in three quarters (annotations 1, 3 and 4), and another one in the first (2)."""
    store = Store.open(tmp_path / "reviewer.db", "mai")
    tags = {tag.slug: tag.id for tag in store.tags()}
    agency = next(each.id for each in store.agencies() if each.slug == "so-tnmt")
    for quarter in (1, 2, 3):
        text = f"Báo cáo quý {quarter}\n\nTuy vậy, {WORDS}; {OTHER}.\n"
        document = load_bytes(text.encode(), "bao-cao.txt").document
        period = f"2023-Q{quarter}"
        report = store.add_report(document, title=f"Báo cáo quý {quarter}", period=period).report
        for words, tag in ((WORDS, "gpmb-cham"), (OTHER, "o-nhiem"))[: 2 if quarter == 1 else 1]:
            start = document.text.index(words)
            passage = make_passage(document, start, start + len(words))
            links = [Link(agency, Role.LEAD)]
            store.annotate(report.id, report.revision_id, passage, tags=[tags[tag]], links=links)
    return store


@asynccontextmanager
async def over_time(
    store: Store, annotation_id: int, size: tuple[int, int] = (120, 40)
) -> AsyncIterator[tuple[ReviewerApp, Pilot[None]]]:
    async with running(store, size=size) as (app, pilot):
        app.push_screen(EarlierScreen(store.annotation(annotation_id)))
        await pilot.pause()
        yield app, pilot


async def until(pilot: Pilot[None], ready: Callable[[], bool]) -> None:
    """Wait until `ready` says so."""
    for _ in range(200):
        if ready():
            return
        await pilot.pause(0.02)
    raise AssertionError(shown(pilot.app))  # type: ignore[arg-type]


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_one_key_links_the_likeliest_and_undo_takes_it_back(
    quarters: Store, size: tuple[int, int]
) -> None:
    async with over_time(quarters, 3, size) as (app, pilot):
        text = shown(app)
        assert "May be the same" in text
        assert "same type, same agency, 100 % of the words" in text
        assert "same issue" in text and "not the same" not in text
        await pilot.press("enter")
        await pilot.pause()
        assert quarters.annotation(3).earlier_id == 1
        assert not isinstance(app.screen, EarlierScreen)
        quarters.undo()
        assert quarters.annotation(3).earlier_id is None


async def test_a_digit_links_that_candidate(quarters: Store) -> None:
    async with over_time(quarters, 4) as (_app, pilot):
        await pilot.press("2")
        assert quarters.annotation(4).earlier_id == 1


async def test_the_line_says_how_long_and_opens_each_report_there(quarters: Store) -> None:
    quarters.continue_from(3, 1, 1)
    quarters.continue_from(4, 1, 3)
    quarters.set_status(1, 1, Status.RESOLVED)
    async with over_time(quarters, 4) as (app, pilot):
        text = shown(app)
        assert "3 periods in a row, since Q1 2023" in text
        assert "The line of this issue" in text and "this one" in text
        for period, status in (("Q1 2023", "resolved"), ("Q2 2023", "open"), ("Q3 2023", "open")):
            assert any(period in row and status in row for row in text.split("\n"))
        await pilot.press("home", "enter")
        await pilot.pause()
        assert isinstance(app.screen, ReadingScreen)
        assert app.screen.acts.report.title == "Báo cáo quý 1"
        assert app.screen.chosen() is not None and app.screen.chosen().id == 1
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, EarlierScreen)


async def test_backspace_takes_the_link_off(quarters: Store) -> None:
    quarters.continue_from(3, 1, 1)
    async with over_time(quarters, 3) as (app, pilot):
        await pilot.press("backspace")
        await pilot.pause()
        assert quarters.annotation(3).earlier_id is None
        assert "The line of this issue" not in shown(app)
        assert "May be the same" in shown(app)
        await pilot.press("u")
        await pilot.pause()
        assert quarters.annotation(3).earlier_id == 1


async def test_what_is_new_says_so(quarters: Store) -> None:
    async with over_time(quarters, 2) as (app, pilot):
        assert "It counts as new" in shown(app)
        await pilot.press("enter")
        await pilot.press("backspace")
        assert quarters.annotation(2).earlier_id is None


async def test_others_changes_are_shown(quarters: Store) -> None:
    async with over_time(quarters, 3) as (app, pilot):
        app.screen.act(lambda: quarters.continue_from(3, 1, 1))
        await until(pilot, lambda: "2 periods in a row" in shown(app))
        assert quarters.annotation(3).earlier_id == 1


async def test_a_viewer_sees_the_line_and_is_told_why_nothing_is_linked(quarters: Store) -> None:
    quarters.continue_from(3, 1, 1)
    quarters.add_person("khách", ReviewerRole.VIEWER)
    with Store.open(quarters.path, "khách") as theirs:
        async with over_time(theirs, 4) as (app, pilot):
            assert "same issue" not in shown(app)
            await pilot.press("enter")
            await pilot.pause()
            assert theirs.annotation(4).earlier_id is None


async def test_reading_offers_it_quietly_once_one_rests(quarters: Store) -> None:
    async with running(quarters) as (app, pilot):
        app.open_report(2, 3)
        await pilot.pause()
        assert "also in" not in shown(app)
        await until(pilot, lambda: "also in Q1 2023?  y yes  p look" in shown(app))
        await pilot.press("p")
        await pilot.pause()
        assert isinstance(app.screen, EarlierScreen)
        await pilot.press("enter")
        await until(pilot, lambda: "2 periods in a row, since Q1 2023" in shown(app))
        assert quarters.annotation(3).earlier_id == 1


async def test_yes_links_the_likeliest_at_once_where_it_is_much_alike(quarters: Store) -> None:
    async with running(quarters) as (app, pilot):
        app.open_report(2, 3)
        await pilot.pause()
        await pilot.press("y")
        await pilot.pause()
        assert quarters.annotation(3).earlier_id == 1
        assert isinstance(app.screen, ReadingScreen)
        await pilot.press("u")
        assert quarters.annotation(3).earlier_id is None
        quarters.continue_from(3, quarters.annotation(3).version, 1)
        app.push_screen(IssuesScreen())
        await until(pilot, lambda: WORDS[:10] in shown(app))
        await pilot.press("end", "y")
        await pilot.pause()
        assert quarters.annotation(4).earlier_id == 3
        await pilot.press("home", "y")
        await pilot.pause()
        assert isinstance(app.screen, EarlierScreen)


async def test_reading_says_nothing_of_a_new_issue(quarters: Store) -> None:
    async with running(quarters) as (app, pilot):
        app.open_report(1, 2)
        screen = app.screen
        assert isinstance(screen, ReadingScreen)
        await until(pilot, lambda: 2 in screen._known)
        assert "also in" not in shown(app)


async def test_the_issue_list_has_the_same_key(quarters: Store) -> None:
    async with running(quarters) as (app, pilot):
        app.push_screen(IssuesScreen())
        await until(pilot, lambda: "Báo cáo" in shown(app) or WORDS[:10] in shown(app))
        await pilot.press("end", "p")
        await pilot.pause()
        assert isinstance(app.screen, EarlierScreen)
        assert "#4" in shown(app)


async def test_a_row_of_the_issue_list_says_how_long_it_stands(quarters: Store) -> None:
    quarters.continue_from(3, 1, 1)
    quarters.continue_from(4, 1, 3)
    async with running(quarters) as (app, pilot):
        app.push_screen(IssuesScreen("periods:3"))
        await until(pilot, lambda: "×3 tiến độ" in shown(app))
        assert "×2" not in shown(app)
        await until(pilot, lambda: "3 periods in a row, since Q1 2023" in shown(app))
