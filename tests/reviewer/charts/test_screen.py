"""The charts on the screen: every cell opens what it counts, keys, mouse, small screens, what others do."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from annotations.filters import IssueFilter
from annotations.models import Status
from annotations.store import Store
from reviewer.app import ReviewerApp
from reviewer.looking import BARS, GRID, HEAT, LOOKS, TREND, Look, Looked, look_at
from reviewer.screens import looking
from reviewer.screens.issues import IssuesScreen
from reviewer.screens.looking import LookingScreen
from reviewer.widgets.chart_view import ChartView
from tests.reviewer.app_kit import make_store, rows_on, running
from tests.reviewer.issues.kit import make_issues


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with make_issues(tmp_path) as made:
        yield made


class Shown:
    """Keys in, what is on the screen out."""

    def __init__(self, app: ReviewerApp, pilot: Pilot[None]) -> None:
        self.app, self.pilot = app, pilot

    @property
    def screen(self) -> LookingScreen:
        found = next(each for each in self.app.screen_stack if isinstance(each, LookingScreen))
        assert isinstance(found, LookingScreen)
        return found

    @property
    def view(self) -> ChartView:
        return self.screen.view

    @property
    def page(self) -> str:
        return "\n".join(rows_on(self.app))

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def until(self, what: Callable[[], Any]) -> None:
        for _ in range(400):
            if what():
                return
            await self.pilot.pause(0.01)
        raise AssertionError("it never came")

    def row_of(self, words: str) -> str:
        return next(row for row in rows_on(self.app) if words in row)

    def counts(self) -> list[int]:
        return [cell.count for cell in self.view.chart.cells]


@asynccontextmanager
async def charts(
    store: Store, filter_text: str = "", *, size: tuple[int, int] = (120, 40), **settings: Any
) -> AsyncIterator[Shown]:
    async with running(store, size=size, **settings) as (app, pilot):
        app.open_looking(filter_text)
        await pilot.pause()
        shown = Shown(app, pilot)
        await shown.until(lambda: shown.screen._looked is not None)
        await pilot.pause()
        yield shown


@pytest.mark.parametrize("key", ["1", "2", "3", "4"])
async def test_every_cell_opens_the_rows_it_counts_and_escape_comes_back(store: Store, key: str) -> None:
    async with charts(store) as shown:
        await shown.press(key)
        assert len(shown.view.chart.cells) > 3
        for number, cell in enumerate(shown.view.chart.cells):
            shown.view.cursor = number
            await shown.press("enter")
            opened = shown.app.screen
            if not cell.count:
                assert opened is shown.screen
                continue
            assert isinstance(opened, IssuesScreen), cell
            assert len(opened.rows.pages.ids) == cell.count, cell
            await shown.press("escape")
            assert shown.app.screen is shown.screen and shown.view.cursor == number


async def test_the_list_and_the_library_lead_to_the_charts(store: Store) -> None:
    async with running(store) as (app, pilot):
        await pilot.press("b")
        await pilot.pause()
        assert isinstance(app.screen, LookingScreen)
        await pilot.press("escape", "L")
        await pilot.pause()
        assert isinstance(app.screen, IssuesScreen)
        app.screen.narrow_to("agency:so-tnmt")
        await pilot.press("b")
        await pilot.pause()
        shown = Shown(app, pilot)
        await shown.until(lambda: shown.screen._looked is not None)
        assert shown.screen.line.text == "agency:so-tnmt"
        assert "2 issues" in shown.page and shown.counts() == [2]


async def test_keys_and_tabs_change_the_look_and_what_is_counted_by(store: Store) -> None:
    async with charts(store) as shown:
        seen = []
        for _ in LOOKS:
            await shown.press("tab")
            seen.append(shown.screen._look.kind)
        assert seen == [HEAT, TREND, GRID, BARS]
        assert "Agency" in shown.page
        await shown.press("b", "b")
        assert "by issue type" in shown.page and shown.row_of("Slow site clearance").split()[-2] == "%"
        await shown.press("B", "B", "B")
        assert "by owner" in shown.page and "no owner yet" in shown.page
        await shown.pilot.click("#tabs", offset=(14, 0))
        await shown.pilot.pause()
        assert shown.screen._look.kind == HEAT
    async with charts(store) as again:
        assert again.screen._look.kind == HEAT


async def test_the_cursor_goes_over_the_cells(store: Store) -> None:
    async with charts(store) as shown:
        await shown.press("2")
        chart = shown.view.chart
        first = [cell for cell in chart.cells if cell.row == 1]
        assert shown.view.current == max(first[:-1], key=lambda cell: cell.count)
        await shown.press(*"h" * len(first), "l", "right", "h")
        assert shown.view.current == first[1]
        await shown.press("j", "down", "k")
        assert shown.view.current is not None and shown.view.current.row == 2
        await shown.press("G")
        assert shown.view.current.row == len(chart.lines) - 1
        await shown.press("g", "h", "h", "h")
        assert shown.view.cursor == 0
        assert chart.cells[0].said in shown.page


async def test_a_click_chooses_a_cell_and_a_double_click_opens_it(store: Store) -> None:
    async with charts(store, "status:open") as shown:
        await shown.press("4")
        cell = next(cell for cell in shown.view.chart.cells if cell.row == 1 and cell.count)
        place = (cell.end, cell.row)
        await shown.pilot.click("#chart", offset=place)
        assert shown.view.current == cell and shown.app.screen is shown.screen
        await shown.pilot.click("#chart", offset=place, times=2)
        await shown.pilot.pause()
        opened = shown.app.screen
        assert isinstance(opened, IssuesScreen) and len(opened.rows.pages.ids) == cell.count


async def test_the_filter_is_typed_here_too(store: Store) -> None:
    async with charts(store) as shown:
        await shown.press("slash", *"overdue", "enter")
        assert "1 issue" in shown.page and shown.counts() == [1]
        await shown.press("c")
        assert shown.screen._wanted == IssueFilter() and "5 issues" in shown.page
        await shown.press("slash", *"dead", "escape")
        assert shown.screen._wanted == IssueFilter() and shown.view.has_focus


async def test_what_others_do_is_counted_and_the_cursor_keeps_its_cell(store: Store) -> None:
    async with charts(store) as shown:
        await shown.press("3", "l", "l")
        before = shown.view.current
        assert before is not None
        with Store.open(store.path, "minh") as other:
            other.set_status(5, other.annotation(5).version, Status.RESOLVED)
        await shown.until(lambda: shown.view.current and shown.view.current.count == before.count + 1)
        assert shown.view.current is not None and shown.view.current.key == before.key


async def test_many_are_counted_in_a_thread(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "AT_ONCE", 1)
    async with charts(store) as shown:
        for key in "2341":
            await shown.press(key)
            await shown.until(lambda: not shown.screen._counting and not shown.screen._again)
            assert shown.screen._looked is not None and shown.screen._looked.look == shown.screen._look
        assert "counting" not in shown.page
        await shown.press("enter")
        assert isinstance(shown.app.screen, IssuesScreen)


async def test_what_took_long_is_counted_again_only_once_something_changed(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: list[str] = []

    def counting(where: Store, wanted: IssueFilter, look: Look) -> Looked:
        counted.append(look.kind)
        return look_at(where, wanted, look)

    monkeypatch.setattr(looking, "look_at", counting)
    monkeypatch.setattr(looking, "AT_ONCE", 1)
    async with charts(store) as shown:
        for key in "32323":
            await shown.press(key)
            await shown.until(lambda: not shown.screen._counting and shown.view.chart.cells)
        assert counted == [BARS, TREND, HEAT]
        store.set_status(5, store.annotation(5).version, Status.RESOLVED)
        await shown.press("2")
        await shown.until(lambda: not shown.screen._counting and shown.view.chart.cells)
        assert HEAT in counted[3:]


async def test_another_width_leaves_the_cursor_where_it_was(store: Store) -> None:
    async with charts(store) as shown:
        await shown.press("2", "j", "l")
        before = shown.view.current
        await shown.pilot.resize_terminal(70, 20)
        await shown.until(lambda: shown.view.room == 68 and shown.view.chart.cells[-1].end <= 68)
        assert before is not None and shown.view.current is not None
        assert shown.view.current.key == before.key
        await shown.pilot.resize_terminal(44, 20)
        await shown.until(lambda: shown.view.chart.cells[-1].end <= 42)
        shown.view.cursor = next(
            at for at in range(len(shown.view.chart.cells)) if not shown.view.chart.is_single(at) and at > 10
        )
        row = shown.view.current.row
        await shown.pilot.resize_terminal(120, 20)
        await shown.until(lambda: shown.view.room == 118 and shown.view.chart.cells[-1].end > 50)
        assert shown.view.current.row == row


@pytest.mark.parametrize("size", [(80, 24), (60, 16), (120, 40), (200, 60)])
@pytest.mark.parametrize("colours", ["auto", "none"])
async def test_all_looks_fit_the_screen(store: Store, size: tuple[int, int], colours: str) -> None:
    async with charts(store, size=size, colours=colours) as shown:
        for key in "1234":
            await shown.press(key)
            assert shown.view.size.height >= 5
            assert shown.row_of("Esc back" if size[0] >= 80 else "Enter")
            for line in (*shown.view.chart.head, *shown.view.chart.lines):
                assert sum(len(text) for text, _style in line) <= size[0] - 2


async def test_vietnamese_at_once(store: Store) -> None:
    async with charts(store) as shown:
        await shown.press("4", "f8")
        assert "Cơ quan" in shown.page or "Sở Tài nguyên và Môi trường" in shown.page


async def test_nothing_to_show_says_what_to_do(tmp_path: Path, store: Store) -> None:
    async with charts(store, "tag:khoang-san") as shown:
        assert "Press c to look at everything" in shown.page
        await shown.press("enter", "j", "2", "3", "4", "c")
        assert "5 issues" in shown.page
    (tmp_path / "empty").mkdir()
    with make_store(tmp_path / "empty") as empty:
        async with charts(empty) as shown:
            for key in "1234":
                await shown.press(key, "enter", "j", "l")
                assert "put a tag on a passage" in shown.page
