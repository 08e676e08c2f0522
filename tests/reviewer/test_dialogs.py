"""Note, status, due date, questions, help, palette: what each key leads to and what comes back."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from annotations.errors import Conflict
from annotations.models import Severity, Status
from annotations.store import Store
from reviewer.commands import commands_at
from reviewer.screens.dialogs import Confirm, DueDialog, NoteEditor
from reviewer.screens.help import HelpScreen, help_rows
from reviewer.screens.library import LibraryScreen
from reviewer.screens.palette import CommandPalette, find_commands
from reviewer.screens.standing import StatusDialog
from reviewer.widgets.fields import NoteField
from tests.reviewer.app_kit import TEXT, chosen, make_store, rows_on, running, shown

TODAY = date(2023, 5, 17)
WAIT = "still open"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return make_store(tmp_path, TEXT)


async def result_of(store: Store, screen: Any, *keys: str, size: tuple[int, int] = (120, 40)) -> Any:
    async with running(store, size=size) as (app, pilot):

        async def press() -> None:
            for key in keys:
                await pilot.press(key)

        return await chosen(app, pilot, screen, press)


@pytest.mark.parametrize(
    ("keys", "result"),
    [
        (["r", "enter"], (Status.RESOLVED, Severity.LOW)),
        (["p", "enter"], (Status.IN_PROGRESS, Severity.LOW)),
        (["x", "h", "enter"], (Status.REJECTED, Severity.HIGH)),
        (["h", "x", "r", "enter"], (Status.RESOLVED, Severity.HIGH)),
        (["o", "enter"], (Status.OPEN, Severity.LOW)),
        (["m", "enter"], (Status.OPEN, Severity.MEDIUM)),
        (["0", "enter"], (Status.OPEN, None)),
        (["enter"], (Status.OPEN, Severity.LOW)),
        (["down", "down", "enter"], (Status.RESOLVED, Severity.LOW)),
        (["down", "down", "down", "down", "enter"], (Status.OPEN, Severity.HIGH)),
        (["down", "space", "h", "enter"], (Status.IN_PROGRESS, Severity.HIGH)),
        (["r", "escape"], None),
        (["r"], WAIT),
        (["z"], WAIT),
    ],
)
async def test_status_and_severity_are_picked_by_key_and_taken_together(
    store: Store, keys: list[str], result: object
) -> None:
    assert await result_of(store, StatusDialog(Status.OPEN, Severity.LOW), *keys) == result


@pytest.mark.parametrize(
    ("status", "concerned", "keys", "said"),
    [
        (Status.RESOLVED, True, ["x"], "Open it again first"),
        (Status.REJECTED, True, ["r"], "Open it again first"),
        (Status.REJECTED, False, ["o"], "Only its author, its owner or a lead"),
        (Status.RESOLVED, False, ["up", "space"], "Only its author, its owner or a lead"),
    ],
)
async def test_a_status_that_may_not_follow_is_not_picked_and_says_why(
    store: Store, status: Status, concerned: bool, keys: list[str], said: str
) -> None:
    async with running(store) as (app, pilot):
        results: list[Any] = []
        app.push_screen(StatusDialog(status, None, concerned=concerned), results.append)
        await pilot.press(*keys)
        assert said in shown(app)
        assert "not from here" in shown(app)
        await pilot.press("h", "enter")
        await pilot.pause()
        assert results == [(status, Severity.HIGH)]


async def test_a_status_is_set_with_the_mouse(store: Store) -> None:
    async with running(store) as (app, pilot):

        async def click() -> None:
            await pilot.click("#choices", offset=(5, 7))
            await pilot.double_click("#choices", offset=(5, 3))

        result = await chosen(app, pilot, StatusDialog(Status.OPEN, None), click)
        assert result == (Status.RESOLVED, Severity.HIGH)


@pytest.mark.parametrize(
    ("due", "keys", "result"),
    [
        (None, ["3", "0", "slash", "6", "enter"], "2023-06-30"),
        (None, ["plus", "1", "4", "enter"], "2023-05-31"),
        (None, ["enter"], ""),
        ("2023-06-01", ["enter"], "2023-06-01"),
        ("2023-06-01", ["backspace", "enter"], ""),
        ("2023-06-01", ["escape"], None),
        (None, ["x", "enter"], WAIT),
    ],
)
async def test_a_due_date_is_typed(store: Store, due: str | None, keys: list[str], result: object) -> None:
    assert await result_of(store, DueDialog(due, TODAY), *keys) == result


async def test_a_due_date_is_said_in_full_before_it_is_set(store: Store) -> None:
    async with running(store) as (app, pilot):
        app.push_screen(DueDialog(None, TODAY))
        await pilot.press("plus", "1", "4")
        assert "Wednesday, 31 May 2023 · in 14 days" in shown(app)
        await pilot.press("x")
        assert "is not a day" in shown(app)


async def test_a_note_is_saved(store: Store) -> None:
    keys = ["N", "o", "t", "enter", "2", "ctrl+s"]
    assert await result_of(store, NoteEditor("", quote="đoạn"), *keys) == "Not\n2"


async def test_a_note_that_is_closed_is_kept_as_a_draft(store: Store) -> None:
    kept: list[str] = []
    screen = NoteEditor("", keep=kept.append)
    assert await result_of(store, screen, "a", "b", "escape") is None
    assert kept[-1] == "ab"


async def test_a_draft_is_kept_while_one_types(store: Store) -> None:
    kept: list[str] = []
    async with running(store) as (app, pilot):
        app.push_screen(NoteEditor("", keep=kept.append))
        await pilot.press("a", "b")
        for _ in range(30):
            await pilot.pause(0.1)
            if kept:
                break
        assert kept == ["ab"]


async def test_a_draft_comes_back_and_is_named_as_one(store: Store) -> None:
    async with running(store) as (app, pilot):
        app.push_screen(NoteEditor("old", draft="half a thou"))
        await pilot.pause()
        assert app.screen.query_one(NoteField).text == "half a thou"
        assert "Your draft from before" in shown(app)


async def test_a_draft_that_cannot_be_kept_says_so_and_the_text_stays(store: Store) -> None:
    def refuse(_text: str) -> None:
        raise Conflict(7)

    async with running(store) as (app, pilot):
        app.push_screen(NoteEditor("", keep=refuse))
        await pilot.press("a")
        for _ in range(30):
            await pilot.pause(0.1)
            if app._notifications:
                break
        assert [notice.severity for notice in app._notifications] == ["error"]
        assert app.screen.query_one(NoteField).text == "a"


@pytest.mark.parametrize(
    ("key", "result"), [("y", True), ("enter", True), ("n", False), ("escape", False), ("z", WAIT)]
)
async def test_a_question_is_answered(store: Store, key: str, result: object) -> None:
    assert await result_of(store, Confirm("Sure?", "[/] really?", "do it"), key) == result


async def test_a_question_is_answered_with_the_mouse(store: Store) -> None:
    async with running(store) as (app, pilot):

        async def click() -> None:
            row = next(line for line in rows_on(app) if "y do it" in line)
            start = app.screen.query_one("#hints").region.x
            await pilot.click("#hints", offset=(row.index("do it") - start, 0))

        assert await chosen(app, pilot, Confirm("Sure?", "really?", "do it"), click) is True


async def test_a_click_beside_a_dialog_closes_it(store: Store) -> None:
    async with running(store) as (app, pilot):

        async def click() -> None:
            await pilot.click(offset=(1, 1))

        assert await chosen(app, pilot, Confirm("Sure?", "really?", "do it"), click) is False


@pytest.mark.parametrize("size", [(20, 5), (40, 10), (80, 24), (120, 40)])
@pytest.mark.parametrize(
    "screen",
    [
        lambda: StatusDialog(Status.OPEN, None),
        lambda: DueDialog(None),
        lambda: NoteEditor("note", quote="đoạn " * 80),
        lambda: Confirm("Sure?", "really? " * 30, "yes"),
        lambda: HelpScreen("reading"),
    ],
    ids=["status", "due", "note", "confirm", "help"],
)
async def test_dialogs_stand_any_window(store: Store, screen: Any, size: tuple[int, int]) -> None:
    async with running(store, size=size) as (app, pilot):
        app.push_screen(screen())
        await pilot.pause()
        for strip in app.screen._compositor.render_strips():
            assert strip.cell_length == size[0]
        await pilot.press("escape")
        assert isinstance(app.screen, LibraryScreen)


async def test_help_shows_the_keys_of_where_one_is(store: Store) -> None:
    async with running(store) as (app, pilot):
        await pilot.press("question_mark")
        assert "Bring in files or a whole folder." in shown(app)
        await pilot.press("escape")
        assert isinstance(app.screen, LibraryScreen)


def test_help_has_every_command_of_a_place_and_each_key_once() -> None:
    rows = help_rows(commands_at("issues"), {}, 80)
    text = "\n".join("".join(part for part, _style in row) for row in rows)
    for one in commands_at("issues"):
        if one.keys and one.id not in {"list.choose", "app.quit"}:
            assert one.help.split(".")[0][:30] in text, one.id
    assert text.count("\n g ") == 1


def test_help_rows_fit_the_width_they_are_made_for() -> None:
    for width in (30, 60, 100):
        for row in help_rows(commands_at("reading"), {}, width):
            assert sum(len(part) for part, _style in row) <= max(width, 18 + 12)


async def test_the_palette_runs_a_command_by_its_name(store: Store) -> None:
    async with running(store) as (app, pilot):
        await pilot.press("ctrl+p", *"import", "enter")
        await pilot.pause()
        assert app.screen.PLACE == "import"


async def test_the_palette_runs_nothing_when_it_is_closed(store: Store) -> None:
    async with running(store) as (app, pilot):
        await pilot.press("ctrl+p")
        assert isinstance(app.screen, CommandPalette)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, LibraryScreen)


@pytest.mark.parametrize(
    ("query", "first"),
    [("sort", "library.sort"), ("impo", "library.import"), ("del", "library.delete"), ("dark", "app.theme")],
)
def test_the_palette_puts_the_likeliest_first(query: str, first: str) -> None:
    assert find_commands(query, [one for one in commands_at("library") if one.palette])[0].id == first


def test_the_palette_finds_nothing_for_nonsense() -> None:
    assert find_commands("qqqq", commands_at("library")) == []
