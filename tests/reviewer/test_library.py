"""The library: what is listed, found, sorted, opened, described, deleted."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotations.models import Act
from annotations.store import Store
from reviewer.screens.details import DetailsScreen
from reviewer.screens.library import LibraryScreen
from reviewer.screens.library_rows import SORTS, find_rows, sort_rows
from reviewer.screens.reading import ReadingScreen
from reviewer.widgets.fields import TextField
from tests.reviewer.app_kit import TEXT, make_store, rows_on, running, shown

OTHER = "Kết luận thanh tra đất đai\n\nHuyện Đông Lam còn nhiều trường hợp lấn chiếm đất rừng chưa xử lý."
THIRD = "Báo cáo giải ngân\n\nTỷ lệ giải ngân vốn đầu tư công đạt thấp so với kế hoạch đề ra trong năm."


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = make_store(tmp_path, TEXT, OTHER, THIRD)
    days = ("2023-03-30", "2023-06-30", "2022-12-31")
    for report, day, issuer in zip(
        sorted(store.reports(), key=lambda one: one.id),
        days,
        ("Tỉnh ủy", "Thanh tra tỉnh", "Sở KH&ĐT"),
        strict=True,
    ):
        store.edit_report(report.id, report.version, date=day, issuer=issuer)
    return store


def titles(app: object) -> list[str]:
    words = ("Giao ban", "Kết luận", "Báo cáo giải")
    lines = rows_on(app)  # type: ignore[arg-type]
    return [next(word for word in words if word in line) for line in lines if any(w in line for w in words)]


async def test_the_newest_report_comes_first_and_is_the_current_one(store: Store) -> None:
    async with running(store) as (app, _pilot):
        assert titles(app) == ["Kết luận", "Giao ban", "Báo cáo giải"]
        assert "3 reports · mai" in rows_on(app)[0]
        assert rows_on(app)[2].startswith("▌30 Jun 2023")


async def test_a_fresh_library_says_what_to_do(tmp_path: Path) -> None:
    async with running(make_store(tmp_path)) as (app, pilot):
        assert "No reports yet" in shown(app)
        assert "Press i" in shown(app)
        await pilot.press("enter", "E", "x", "e", "s", "j")
        assert isinstance(app.screen, LibraryScreen)


async def test_sorting_goes_round_and_is_remembered(store: Store) -> None:
    async with running(store) as (app, pilot):
        await pilot.press("s")
        assert titles(app) == ["Báo cáo giải", "Giao ban", "Kết luận"]
        assert "Title ↓" in shown(app)
    async with running(store) as (app, _pilot):
        assert titles(app) == ["Báo cáo giải", "Giao ban", "Kết luận"]


async def test_finding_needs_no_accents_and_escape_shows_all_again(store: Store) -> None:
    async with running(store) as (app, pilot):
        await pilot.press("slash", *"thanh tra")
        assert titles(app) == ["Kết luận"]
        assert "1 of 3 reports" in rows_on(app)[0]
        await pilot.press("enter", "j")
        assert titles(app) == ["Kết luận"]
        await pilot.press("escape")
        assert len(titles(app)) == 3
        assert rows_on(app)[2].startswith("▌30 Jun 2023")


async def test_nothing_found_says_how_to_get_back(store: Store) -> None:
    async with running(store) as (app, pilot):
        await pilot.press("slash", *"zzz")
        assert "Esc shows all of them again" in shown(app)


@pytest.mark.parametrize(("query", "count"), [("kh&dt", 1), ("2023-06", 1), ("30/06", 1), ("q2", 0), ("", 3)])
def test_title_issuer_date_and_period_are_looked_in(store: Store, query: str, count: int) -> None:
    assert len(find_rows(store.library(), query)) == count


def test_every_sort_keeps_every_row(store: Store) -> None:
    rows = store.library()
    for name in SORTS:
        assert sorted(row.report.id for row in sort_rows(rows, name)) == [1, 2, 3]


async def test_enter_opens_the_report_and_escape_comes_back_to_its_row(store: Store) -> None:
    async with running(store) as (app, pilot):
        await pilot.press("j", "enter")
        assert isinstance(app.screen, ReadingScreen)
        await pilot.press("escape")
        assert isinstance(app.screen, LibraryScreen)
        assert "▌30 Mar 2023" in shown(app)


async def test_a_double_click_opens_and_a_click_only_moves(store: Store) -> None:
    async with running(store) as (app, pilot):
        await pilot.click("#reports", offset=(20, 2))
        assert "▌31 Dec 2022" in shown(app)
        await pilot.double_click("#reports", offset=(20, 1))
        assert isinstance(app.screen, ReadingScreen)


async def test_a_click_on_a_hint_does_what_its_key_does(store: Store) -> None:
    async with running(store) as (app, pilot):
        column = rows_on(app)[-1].index("sort")
        await pilot.click("#hints", offset=(column, 0))
        assert "Title ↓" in shown(app)


async def test_details_are_edited_as_one_act(store: Store) -> None:
    async with running(store) as (app, pilot):
        before = store.last_change_id()
        await pilot.press("E")
        app.screen.query_one("#field-title", TextField).value = "[/] Báo cáo mới"
        app.screen.query_one("#field-period", TextField).value = "quý II/2023"
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert isinstance(app.screen, LibraryScreen)
        report = max(store.reports(), key=lambda one: one.date or "")
        assert (report.title, report.period) == ("[/] Báo cáo mới", "2023-Q2")
        assert [change.act for change in store.changes_since(before)] == [Act.EDIT_REPORT]
        await pilot.pause(0.4)
        assert "[/] Báo cáo mới" in shown(app)


@pytest.mark.parametrize(("field", "typed"), [("date", "30/6"), ("period", "summer"), ("title", "")])
async def test_a_wrong_detail_is_said_and_nothing_is_written(store: Store, field: str, typed: str) -> None:
    async with running(store) as (app, pilot):
        before = store.last_change_id()
        await pilot.press("E")
        app.screen.query_one(f"#field-{field}", TextField).value = typed
        await pilot.press("ctrl+s")
        assert isinstance(app.screen, DetailsScreen)
        assert store.last_change_id() == before
        assert str(app.screen.query_one(".wrong").render()).strip()


async def test_deleting_asks_first_and_undo_brings_the_report_back(store: Store) -> None:
    async with running(store) as (app, pilot):
        await pilot.press("x", "n")
        assert len(titles(app)) == 3
        await pilot.press("x", "y")
        await pilot.pause()
        assert titles(app) == ["Giao ban", "Báo cáo giải"]
        await pilot.press("u")
        await pilot.pause(0.4)
        assert titles(app) == ["Kết luận", "Giao ban", "Báo cáo giải"]
        assert any("Undone" in notice.message for notice in app._notifications)


async def test_what_another_session_does_shows_by_itself(store: Store) -> None:
    async with running(store) as (app, pilot):
        with Store.open(store.path, "mai") as other:
            report = other.reports()[0]
            other.edit_report(report.id, report.version, title="Giao ban sửa lại")
        for _ in range(40):
            await pilot.pause(0.1)
            if "Giao ban sửa lại" in shown(app):
                break
        assert "Giao ban sửa lại" in shown(app)


@pytest.mark.parametrize("size", [(20, 5), (40, 10), (80, 24), (200, 60)])
async def test_any_window_is_filled_and_never_overrun(store: Store, size: tuple[int, int]) -> None:
    async with running(store, size=size) as (app, pilot):
        await pilot.press("j", "slash", "a", "escape")
        for strip in app.screen._compositor.render_strips():
            assert strip.cell_length == size[0]


async def test_the_last_report_opens_again_after_quitting_inside_it(store: Store) -> None:
    async with running(store, resume=True) as (app, pilot):
        await pilot.press("j", "enter")
        assert isinstance(app.screen, ReadingScreen)
    async with running(store, resume=True) as (app, pilot):
        await pilot.pause()
        assert isinstance(app.screen, ReadingScreen)
        await pilot.press("escape")
        assert isinstance(app.screen, LibraryScreen)
    async with running(store, resume=True) as (app, pilot):
        await pilot.pause()
        assert isinstance(app.screen, LibraryScreen)


async def test_a_report_opened_before_the_last_one_is_not_opened_twice(store: Store) -> None:
    async with running(store, resume=True) as (app, pilot):
        app.open_report(store.reports()[0].id)
        app._resume()
        await pilot.pause()
        assert len(app.screen_stack) == 2


async def test_the_language_changes_everywhere_at_once(store: Store) -> None:
    async with running(store) as (app, pilot):
        await pilot.press("f8")
        assert "Báo cáo" in rows_on(app)[0]
        assert "30/06/2023" in shown(app)
        await pilot.press("f8")
        assert "Reports" in rows_on(app)[0]


async def test_the_theme_changes_and_changes_back(store: Store) -> None:
    async with running(store) as (app, pilot):
        await pilot.press("f9")
        assert app.theme == "reviewer-light"
        await pilot.press("f9")
        assert app.theme == "reviewer-dark"
