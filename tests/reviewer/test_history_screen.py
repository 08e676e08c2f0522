"""The history on its screen: from where it is opened, what it shows, restoring, and others at work."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot

from annotations.models import ReviewerRole, Status
from annotations.store import Store
from reports.passage import make_passage
from reviewer.app import ReviewerApp
from reviewer.screens.history import HistoryScreen
from reviewer.screens.history_pages import KEPT
from reviewer.screens.reading import ReadingScreen
from tests.reviewer.app_kit import TEXT, make_store, running, shown


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Mai, lead, and Lan; two annotations, one status changed, one note written by Lan."""
    made = make_store(tmp_path, TEXT)
    made.add_person("lan")
    made.annotate(1, 1, make_passage(made.document(1), 60, 90), tags=(1,))
    made.annotate(1, 1, make_passage(made.document(1), 100, 130), tags=(2,), note="của Mai")
    made.set_status(1, 1, Status.RESOLVED)
    with Store.open(made.path, "lan") as lan:
        lan.set_note(1, 2, "của Lan")
    return made


async def until(pilot: Pilot[None], app: ReviewerApp, text: str) -> None:
    """Wait until `text` is on the screen, or a notice says it."""
    for _ in range(300):
        if text in shown(app) or any(text in notice.message for notice in app._notifications):
            return
        await pilot.pause(0.02)
    raise AssertionError(f"{text!r} did not come:\n{shown(app)}")


async def test_it_opens_from_everywhere_on_what_is_there(store: Store) -> None:
    async with running(store) as (app, pilot):
        await pilot.press("H")
        await until(pilot, app, "brought in the report")
        await pilot.press("escape")
        app.open_report(1, 1)
        await pilot.pause()
        await pilot.press("H")
        await until(pilot, app, "changed the status open → resolved")
        assert "History · #1 “" in shown(app) and "marked a passage" in shown(app)
        assert "brought in the report" not in shown(app)
        await pilot.press("escape")
        assert isinstance(app.screen, ReadingScreen)
        await pilot.press("L")
        await pilot.pause()
        await pilot.press("H")
        await until(pilot, app, "History · #")
        await pilot.press("escape", "escape")
        app.action_my_history()
        await until(pilot, app, "History · mai")
        assert "wrote the note" not in shown(app)
        assert "Today" in shown(app)


async def test_before_and_after_are_shown_below_the_list(store: Store) -> None:
    async with running(store) as (app, pilot):
        app.action_history()
        await until(pilot, app, "wrote the note “của Lan”")
        await pilot.press("j")
        await until(pilot, app, "status  open → resolved")
        assert "mai · " in shown(app) and "change " in shown(app)


async def test_enter_goes_to_the_place_and_back_to_the_same_reading(store: Store) -> None:
    async with running(store) as (app, pilot):
        app.open_report(1, 2)
        await pilot.pause()
        reading = app.screen
        assert isinstance(reading, ReadingScreen)
        app.action_history()
        await until(pilot, app, "wrote the note “của Lan”")
        await pilot.press("enter")
        await pilot.pause()
        assert reading.is_current
        chosen = reading.chosen()
        assert chosen is not None and chosen.id == 1


async def test_a_deleted_annotation_comes_back_as_it_was(store: Store) -> None:
    before = store.annotation(2)
    store.delete(2, 1)
    async with running(store) as (app, pilot):
        await pilot.press("H")
        await until(pilot, app, "deleted the annotation")
        await pilot.press("d")
        await until(pilot, app, "deleted only · ".rstrip(" ·"))
        assert "1 annotation" in shown(app) and "của Mai" in shown(app)
        await pilot.press("enter")
        await until(pilot, app, "It is deleted. r brings it back.")
        await pilot.press("r")
        await until(pilot, app, "Nothing is deleted here.")
        after = store.annotation(2)
        assert (after.uid, after.tags, after.links, after.note, after.deleted) == (
            before.uid, before.tags, before.links, before.note, False,
        )  # fmt: skip
        await pilot.press("u")
        await until(pilot, app, "1 annotation")
        assert store.annotation(2).deleted
        await pilot.press("escape")
        await until(pilot, app, "restored the annotation")


async def test_several_deleted_at_once_come_back_at_once_after_a_question(store: Store) -> None:
    store.edit_many([(1, 3), (2, 1)], deleted=True)
    async with running(store) as (app, pilot):
        app.action_history()
        await until(pilot, app, "2 passages")
        await pilot.press("r")
        await until(pilot, app, "2 annotations come back")
        await pilot.press("y")
        await until(pilot, app, "2 annotations are back.")
        assert [store.annotation(each).deleted for each in (1, 2)] == [False, False]


async def test_a_deleted_report_comes_back_too(store: Store) -> None:
    store.delete_report(1, store.report(1).version)
    async with running(store) as (app, pilot):
        app.action_history()
        await until(pilot, app, "deleted the report")
        await pilot.press("r")
        await until(pilot, app, "The report is back.")
        assert [report.id for report in store.reports()] == [1]
        assert len(store.annotations(1)) == 2


async def test_what_a_reviewer_may_not_restore_is_not_offered(store: Store, tmp_path: Path) -> None:
    store.delete(2, 1)
    store.close()
    async with running(Store.open(tmp_path / "reviewer.db", "lan")) as (app, pilot):
        app.action_history()
        await until(pilot, app, "deleted the annotation")
        assert "r restore" not in shown(app)
        await pilot.press("r")
        await until(pilot, app, "Annotation 2 is somebody")
        assert app.store.annotation(2).deleted


async def test_it_is_narrowed_and_widened_again(store: Store) -> None:
    async with running(store) as (app, pilot):
        app.action_history()
        await until(pilot, app, "everybody, all reports")
        await pilot.press("A")
        await until(pilot, app, "History · #1")
        await pilot.press("A")
        await until(pilot, app, "everybody, all reports")
        await pilot.press("R")
        await until(pilot, app, "History · Giao ban")
        await pilot.press("W", *"lan", "enter")
        await until(pilot, app, "· lan")
        assert "1 act" in shown(app)
        await pilot.press("escape")
        await until(pilot, app, "everybody, all reports")
        await pilot.press("escape")
        assert not isinstance(app.screen, HistoryScreen)


async def test_what_others_do_comes_in_above_and_moves_nothing(store: Store) -> None:
    async with running(store) as (app, pilot):
        app.action_history()
        await until(pilot, app, "wrote the note “của Lan”")
        screen = app.screen
        assert isinstance(screen, HistoryScreen)
        await pilot.press("j")
        there = screen._current()
        with Store.open(store.path, "lan") as lan:
            lan.set_note(2, 1, "vừa xong")
        await until(pilot, app, "vừa xong")
        assert screen._current() == there and "▌" in shown(app)


async def test_a_hundred_thousand_acts_are_read_as_they_come_into_sight(store: Store) -> None:
    start = datetime(2023, 1, 1, tzinfo=UTC)
    count = 20_000
    rows = [(f"{start + timedelta(minutes=30 * n):%Y-%m-%dT%H:%M:%SZ}",) for n in range(count)]
    with store._writing():
        store._connection.executemany(
            "INSERT INTO changes (at, reviewer_id, act) VALUES (?, 1, 'note')", rows
        )
    async with running(store) as (app, pilot):
        app.action_history()
        await until(pilot, app, "20,00")
        screen = app.screen
        assert isinstance(screen, HistoryScreen)
        for key in ("pagedown", "end", "home", "end", "pageup"):
            await pilot.press(key)
        await pilot.pause()
        await until(pilot, app, "note changed")
        assert len(screen._pages) > count and len(screen._pages._acts) <= KEPT
        assert screen.rows.cursor > count - 100


async def test_a_viewer_reads_it_and_restores_nothing(store: Store, tmp_path: Path) -> None:
    person = store.person("lan")
    store.set_role(person.id, person.version, ReviewerRole.VIEWER)
    store.delete(2, 1)
    store.close()
    async with running(Store.open(tmp_path / "reviewer.db", "lan"), size=(80, 24)) as (app, pilot):
        app.action_history()
        await until(pilot, app, "deleted the annotation")
        assert "restore" not in shown(app)
        await pilot.press("r")
        await until(pilot, app, "A viewer reads")
