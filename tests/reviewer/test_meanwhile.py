"""What others do to the very thing that a screen or a dialog is open on: said, and the session goes on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot

from annotations.errors import DatabaseRefused
from annotations.models import ReviewerRole
from annotations.store import Store
from reports.load import load_bytes
from reviewer.app import ReviewerApp
from reviewer.i18n import set_language
from reviewer.screens.dialog import Dialog
from reviewer.screens.library import LibraryScreen
from reviewer.screens.reading import ReadingScreen
from reviewer.widgets.filter_line import CompletionList
from tests.reviewer.app_kit import running
from tests.reviewer.issues.kit import make_issues


async def until(pilot: Pilot[None], what: Callable[[], object]) -> None:
    for _ in range(400):
        if what():
            return
        await pilot.pause(0.01)
    raise AssertionError("it never came")


def sessions(store: Store) -> int:
    """How many sessions say that they are in a report."""
    return int(store.issues.connection.execute("SELECT count(*) FROM sessions").fetchone()[0])


def notices(app: ReviewerApp) -> str:
    return "\n".join(notice.message for notice in app._notifications)


@pytest.mark.parametrize("key", ["n", "s", "d", "t", "a", "r", "m", "p", "question_mark", "ctrl+p", "H", "L"])
async def test_a_report_deleted_below_a_dialog_is_left_when_the_dialog_is(tmp_path: Path, key: str) -> None:
    store = make_issues(tmp_path)
    async with running(store) as (app, pilot):
        app.open_report(1, 1)
        await pilot.pause()
        await pilot.press(key)
        await pilot.pause()
        above = app.screen
        assert not isinstance(above, ReadingScreen)
        with Store.open(store.path, "minh") as other:
            other.delete_report(1, 1)
        app._look_for_changes()
        await until(pilot, lambda: "minh deleted this report" in notices(app))
        assert app.screen is above
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, LibraryScreen))
        app.open_report(2)
        await pilot.pause()
        await pilot.press("escape")
        assert isinstance(app.screen, LibraryScreen)


async def test_a_dialog_that_ends_below_another_closes_nothing_but_itself(tmp_path: Path) -> None:
    store = make_issues(tmp_path)
    async with running(store) as (app, pilot):
        app.open_report(1, 1)
        await pilot.pause()
        await pilot.press("s")
        below = app.screen
        assert isinstance(below, Dialog)
        app.action_help_here()
        await pilot.pause()
        below.dismiss(None)
        below.dismiss(None)
        await pilot.pause()
        assert app.screen is not below and below in app.screen_stack
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, ReadingScreen))
        below.dismiss(None)
        assert isinstance(app.screen, ReadingScreen)


@pytest.mark.parametrize(
    "keys", [(), ("enter",), ("L",), ("b",), ("enter", "n"), ("L", "C"), ("L", "v"), ("H",)]
)
async def test_whoever_is_retired_meanwhile_is_told_so_and_the_session_ends(
    tmp_path: Path, keys: tuple[str, ...]
) -> None:
    store = make_issues(tmp_path)
    async with running(store) as (app, pilot):
        await pilot.press(*keys)
        with Store.open(store.path, "minh") as other:
            (lan,) = (person for person in other.people() if person.name == "lan")
            other.retire_person(lan.id, lan.version)
        app.call_later(app._look_for_changes)
        for _ in range(3):
            if not app._exit:
                await pilot.press("escape", "enter", "escape")
        await until(pilot, lambda: app._exit)
        assert app.return_code == 2
        assert "may no longer use this record" in str(app._exit_renderables[0])


async def test_what_cannot_be_remembered_is_said_and_ends_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = make_issues(tmp_path)

    def full(*_: object) -> None:
        raise DatabaseRefused("Nothing was saved: the disk is full.")

    async with running(store) as (app, pilot):
        for name in ("remember", "save_place", "save_draft", "here", "away"):
            monkeypatch.setattr(store, name, full)
        await pilot.press("enter", "j", "1")
        assert isinstance(app.screen, ReadingScreen)
        await pilot.press("escape")
        assert isinstance(app.screen, LibraryScreen)
        for keys in (("L", "tab", "escape", "o"), ("escape",), ("escape",), ("b", "2"), ("escape",), ("s",)):
            await pilot.press(*keys)
            await pilot.pause()
            app.call_later(app._note_places)
        await until(pilot, lambda: "the disk is full" in notices(app))
        assert not app._exit
        monkeypatch.undo()
    assert store.role is ReviewerRole.LEAD and store.check() == []


async def test_completions_that_go_before_they_are_drawn_leave_nothing_to_draw(tmp_path: Path) -> None:
    store = make_issues(tmp_path)
    async with running(store) as (app, pilot):
        await pilot.press("L", "slash", *"status")
        await pilot.pause()
        offered = app.screen.query_one(CompletionList)
        assert offered.display and offered.item_count
        offered.show((), 0)
        assert not offered.render_line(0).text.strip()


async def test_fifty_times_in_and_out_in_one_burst(tmp_path: Path) -> None:
    store = make_issues(tmp_path)
    async with running(store) as (app, pilot):
        for key in ("enter", "escape") * 50:
            app.post_message(events.Key(key, None))
        await pilot.pause()
        await until(pilot, lambda: isinstance(app.screen, LibraryScreen))
        await pilot.press("enter", "j")
        assert isinstance(app.screen, ReadingScreen) and app.screen.is_open
        await pilot.press("escape")
        assert isinstance(app.screen, LibraryScreen)
        await until(pilot, lambda: not store.others_in(1) and not sessions(store))


async def test_an_import_undone_after_its_report_was_closed_leaves_no_way_into_it(tmp_path: Path) -> None:
    store = make_issues(tmp_path)
    loaded = load_bytes("Báo cáo mới\n\nTiến độ còn chậm.".encode(), "moi.txt")
    new = store.add_report(loaded.document, title="Mới").report
    async with running(store) as (app, pilot):
        app.open_report(new.id)
        await pilot.pause()
        await pilot.press("escape", "u")
        await until(pilot, lambda: len(store.reports()) == 2)
        app.open_report(new.id)
        await until(pilot, lambda: notices(app))
        assert isinstance(app.screen, LibraryScreen)
        await pilot.press("ctrl+r")
        await until(pilot, lambda: len(store.reports()) == 3)
        app.open_report(new.id)
        await pilot.pause()
        assert isinstance(app.screen, ReadingScreen) and app.screen.acts.report.id == new.id


SCREENS = {
    "charts": ("L", "b"), "history": ("H",), "columns": ("L", "C"), "views": ("L", "v"), "name": ("L", "W"),
    "earlier": ("L", "p"), "comments": ("L", "m"), "owner": ("L", "r"), "queue": ("W",),
}  # fmt: skip


@pytest.mark.parametrize("keys", SCREENS.values(), ids=SCREENS)
async def test_any_size_language_and_theme_does_on_the_screens_of_the_issue_list(
    tmp_path: Path, keys: tuple[str, ...]
) -> None:
    store = make_issues(tmp_path)
    store.save_view("Còn mở", "status:open")
    async with running(store) as (app, pilot):
        await pilot.press(*keys)
        for size in ((1, 1), (2, 10), (20, 5), (80, 24), (500, 200), (7, 200), (300, 2), (120, 40)):
            await pilot.resize_terminal(*size)
            await pilot.press("j", "down", "f8", "f9", "f7", "tab", "2")
        app.action_toggle_language()
        app.action_toggle_language()
        await pilot.press("escape", "escape", "escape", "escape")
        assert isinstance(app.screen, LibraryScreen)
        set_language("en")
