"""Reports opened one after the other: nothing of the one before is carried into the next."""

from __future__ import annotations

from pathlib import Path

from textual.pilot import Pilot

from annotations.store import Store
from reviewer.app import ReviewerApp
from reviewer.screens.library import LibraryScreen
from reviewer.screens.reading import ReadingScreen
from tests.reviewer.app_kit import TEXT, make_store, rows_on, running, shown

OTHER = "Kết luận thanh tra đất đai\n\nHuyện Đông Lam còn nhiều trường hợp lấn chiếm đất rừng; chưa xử lý."


async def until_ready(app: ReviewerApp, pilot: Pilot[None]) -> None:
    for _ in range(400):
        if app._reading is not None and app._reading.is_mounted:
            return
        await pilot.pause(0.01)
    raise AssertionError("no reading screen was made ready")


async def opened(app: ReviewerApp, pilot: Pilot[None], report_id: int) -> ReadingScreen:
    app.open_report(report_id)
    await pilot.pause()
    assert isinstance(app.screen, ReadingScreen)
    return app.screen


def two_reports(folder: Path) -> Store:
    return make_store(folder, TEXT, OTHER)


def sessions(store: Store) -> int:
    """How many sessions say that they are in a report."""
    return int(store.issues.connection.execute("SELECT count(*) FROM sessions").fetchone()[0])


async def test_the_next_report_starts_without_selection_search_and_filter_of_the_last(tmp_path: Path) -> None:
    store = two_reports(tmp_path)
    async with running(store) as (app, pilot):
        await until_ready(app, pilot)
        first = await opened(app, pilot, 1)
        await pilot.press("j", "1", "f", *"status:open", "enter", "/", *"dự án", "enter", "v")
        assert first.acts.filter is not None and first.query_text and first.cursor.selecting
        app.pop_screen()
        await pilot.pause()
        second = await opened(app, pilot, 2)
        assert (second.acts.filter, second.query_text, second.cursor.selecting) == (None, "", False)
        assert second.acts.document.text.startswith("Kết luận")
        assert "0 passages" in rows_on(app)[0] and "lấn chiếm" in shown(app)


async def test_a_report_opened_again_is_where_it_was_left(tmp_path: Path) -> None:
    store = two_reports(tmp_path)
    async with running(store) as (app, pilot):
        await until_ready(app, pilot)
        first = await opened(app, pilot, 1)
        await pilot.press("j", "j")
        left = first.cursor
        await pilot.press("escape")
        assert isinstance(app.screen, LibraryScreen)
        await opened(app, pilot, 2)
        await pilot.press("escape")
        assert (await opened(app, pilot, 1)).cursor == left


async def test_it_fits_a_window_and_a_language_that_changed_meanwhile(tmp_path: Path) -> None:
    store = two_reports(tmp_path)
    async with running(store) as (app, pilot):
        await until_ready(app, pilot)
        await opened(app, pilot, 1)
        assert "t tag" in shown(app)
        await pilot.press("escape")
        await pilot.resize_terminal(80, 24)
        app.action_toggle_language()
        await opened(app, pilot, 1)
        assert app.screen.has_class("narrow")
        assert "t tag" not in shown(app) and "t nhãn" in shown(app)
        app.action_toggle_language()


async def test_whoever_closed_a_report_is_seen_there_no_more(tmp_path: Path) -> None:
    store = two_reports(tmp_path)
    async with running(store) as (app, pilot):
        await until_ready(app, pilot)
        await opened(app, pilot, 1)
        await pilot.pause(1.1)
        assert sessions(store) == 1
        await pilot.press("escape")
        await pilot.pause()
        assert sessions(store) == 0


async def test_a_report_opened_from_a_list_above_another_has_a_screen_of_its_own(tmp_path: Path) -> None:
    store = two_reports(tmp_path)
    async with running(store) as (app, pilot):
        await until_ready(app, pilot)
        first = await opened(app, pilot, 1)
        await pilot.press("j")
        left = first.cursor
        app.open_issues()
        await pilot.pause()
        second = await opened(app, pilot, 2)
        assert second is not first
        app.pop_screen()
        app.pop_screen()
        await pilot.pause()
        assert app.screen is first and first.cursor == left and first.is_open
