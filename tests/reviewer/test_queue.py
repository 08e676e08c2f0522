"""The queue of passages in doubt, and the differences of two texts, on the screen."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from annotations.models import Placement, Report
from annotations.store import Store
from reports.load import load_bytes
from reports.passage import make_passage
from reviewer.app import ReviewerApp
from reviewer.screens.differences import DifferencesScreen
from reviewer.screens.placing import PlacingScreen
from reviewer.screens.queue import QueueScreen
from reviewer.screens.reading import ReadingScreen
from tests.reviewer.app_kit import TEXT, make_store, rows_on, running, shown

NEW = (
    TEXT.replace("Trong quý I", "Một đoạn mới được thêm vào đầu báo cáo.\n\nTrong quý I")
    .replace("còn chậm", "không còn chậm")
    .replace("hoà", "hòa")
    .replace("; ô nhiễm môi trường còn xảy ra ở một số địa phương", "")
    .replace("chưa được giải quyết", "đã được giải quyết")
    .replace("thực hiện tốt", "Thực hiện tốt")
)
PASSAGES = (
    ("thực hiện tốt nhiệm vụ", Placement.MARKED),
    ("tiến độ giải phóng mặt bằng ở huyện Phú Bình còn chậm", Placement.WAITING),
    ("vi phạm từ nhiều năm chưa được giải quyết dứt điểm", Placement.WAITING),
    ("ô nhiễm môi trường còn xảy ra ở một số địa phương", Placement.ORPHAN),
)


@pytest.fixture
def revised(tmp_path: Path) -> Store:
    """A report with an annotation on each of `PASSAGES` (ids 1 to 4), then corrected."""
    store = make_store(tmp_path, TEXT)
    report = store.reports()[0]
    document = store.document(report.revision_id)
    for words, _ in PASSAGES:
        start = document.text.index(words)
        passage = make_passage(document, start, start + len(words))
        store.annotate(report.id, report.revision_id, passage, tags=[1])
    store.add_revision(report.id, load_bytes(NEW.encode(), "bao-cao.txt").document)
    return store


@asynccontextmanager
async def queue(
    store: Store, size: tuple[int, int] = (120, 40)
) -> AsyncIterator[tuple[ReviewerApp, Pilot[None], Report]]:
    async with running(store, size=size) as (app, pilot):
        report = store.reports()[0]
        app.open_queue(report)
        await pilot.pause()
        assert isinstance(app.screen, QueueScreen)
        yield app, pilot, report


async def until(pilot: Pilot[None], what: Callable[[], bool]) -> None:
    for _ in range(400):
        if what():
            return
        await pilot.pause(0.01)
    raise AssertionError("it never came")


def placements(store: Store) -> list[Placement]:
    return [store.annotation(number).placement for number in (1, 2, 3, 4)]


async def test_the_queue_shows_old_words_places_and_what_differs(revised: Store) -> None:
    assert placements(revised) == [placement for _, placement in PASSAGES]
    async with queue(revised) as (app, _pilot, _report):
        screen = shown(app)
        assert "2 wait" in screen
        assert "waiting" in screen
        assert "not in the latest text" in screen
        assert "#2" in screen
        assert "a negation differs" in screen
        assert "còn chậm" in screen
        assert "không " in screen
        assert "%" in screen
    revised.close()


async def test_a_place_is_accepted_undone_chosen_and_left_out(revised: Store) -> None:
    async with queue(revised) as (app, pilot, _report):
        await pilot.press("enter")
        assert revised.annotation(2).placement is Placement.EXACT
        assert "không còn chậm" in revised.annotation(2).exact
        await pilot.pause()
        assert "1 waits" in shown(app)
        await pilot.press("u")
        assert revised.annotation(2).placement is Placement.WAITING
        await pilot.press("o")
        assert revised.annotation(2).placement is Placement.ORPHAN
        await pilot.press("u")
        assert placements(revised) == [placement for _, placement in PASSAGES]
        await pilot.press("ctrl+r")
        assert revised.annotation(2).placement is Placement.ORPHAN
        assert revised.check() == []
    revised.close()


async def test_words_are_selected_by_hand_in_the_latest_text(revised: Store) -> None:
    async with queue(revised) as (app, pilot, report):
        revised.save_place(report.id, report.revision_id, 3, "word", b"", 0.0)
        await pilot.press("r")
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, PlacingScreen)
        assert "placing #2" in shown(app)
        text = screen.acts.document.text
        start = text.index("giải phóng mặt bằng")
        screen.view.move(screen.cursor.at(start, start + 19))
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, QueueScreen)
        assert (revised.annotation(2).exact, revised.annotation(2).placement) == (
            "giải phóng mặt bằng",
            Placement.EXACT,
        )
        place = revised.place(report.id)
        assert place is not None
        assert place.offset == 3
        await pilot.press("r", "escape")
        await pilot.pause()
        assert isinstance(app.screen, QueueScreen)
        await pilot.press("u")
        assert revised.annotation(2).placement is Placement.WAITING
    revised.close()


async def test_marked_passages_are_confirmed_and_the_queue_ends(revised: Store) -> None:
    async with queue(revised) as (app, pilot, _report):
        await pilot.press("C", "o", "o")
        await pilot.pause()
        assert placements(revised) == [
            Placement.EXACT, Placement.ORPHAN, Placement.ORPHAN, Placement.ORPHAN,
        ]  # fmt: skip
        assert "0 wait" in shown(app)
    revised.close()


@pytest.mark.parametrize("size", [(80, 24), (60, 12), (200, 50)])
async def test_the_queue_fits_small_and_large_windows(revised: Store, size: tuple[int, int]) -> None:
    async with queue(revised, size) as (app, pilot, _report):
        assert "#2" in shown(app)
        for key in ("j", "j", "k", "right", "left", "1", "5", "G", "g"):
            await pilot.press(key)
        assert "Passages to place" in shown(app)
    revised.close()


async def test_the_library_says_what_waits_and_leads_there(revised: Store) -> None:
    waiting = len(revised.queue())
    async with running(revised) as (app, pilot):
        await until(pilot, lambda: any(f"{waiting} wait · W" in line for line in rows_on(app)))
        await pilot.press("W")
        await until(pilot, lambda: isinstance(app.screen, QueueScreen))
        await pilot.press("escape")
    assert [row.waiting for row in revised.library()] == [waiting]


async def test_reading_says_what_waits_and_leads_there(revised: Store) -> None:
    async with running(revised) as (app, pilot):
        report = revised.reports()[0]
        app.open_report(report.id)
        await pilot.pause()
        assert isinstance(app.screen, ReadingScreen)
        assert "2 to place: W" in shown(app)
        await pilot.press("W")
        await pilot.pause()
        assert isinstance(app.screen, QueueScreen)
        await pilot.press("enter", "escape")
        await pilot.pause()
        assert "1 to place: W" in shown(app)
        app.open_report(report.id, 3)
        await pilot.pause()
        assert isinstance(app.screen, QueueScreen)
        assert app.screen._current().annotation.id == 3
        await pilot.press("escape")
        await app.run_action("queue")
        await pilot.pause()
        assert "All reports" in shown(app)
    revised.close()


async def test_the_differences_of_two_texts_with_the_passages_that_they_touch(revised: Store) -> None:
    async with running(revised) as (app, pilot):
        app.open_report(revised.reports()[0].id)
        await pilot.pause()
        await pilot.press("D")
        await until(
            pilot, lambda: isinstance(app.screen, DifferencesScreen) and bool(app.screen.view.row_count)
        )
        screen = app.screen
        assert isinstance(screen, DifferencesScreen)
        await pilot.pause()
        said = shown(app)
        assert "text 1 → 2" in said
        assert "1 added" in said
        assert "touches 3 passages" in said
        assert "Một đoạn mới được thêm" in said
        assert "ô nhiễm môi trường" in said
        text = screen.view.document.text
        edits = {text[span.start : span.end]: span.key for span in screen.view._scene.edits.spans}
        assert edits["chưa"] == 2
        assert edits["đã"] == 1
        first = screen.view.cursor
        await pilot.press("j")
        assert screen.view.cursor.start > first.start
        await pilot.press("k")
        assert screen.view.cursor.start == first.start
        await pilot.press("tab", "tab")
        assert any(mark.start == screen.view.cursor.start for mark in screen.view.marks)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, ReadingScreen)
    revised.close()


async def test_a_report_with_one_text_has_no_differences(tmp_path: Path) -> None:
    store = make_store(tmp_path, TEXT)
    async with running(store) as (app, pilot):
        app.open_report(store.reports()[0].id)
        await pilot.pause()
        await pilot.press("D")
        await pilot.pause()
        assert isinstance(app.screen, ReadingScreen)
        assert "one text only" in "\n".join(notice.message for notice in app._notifications)
        await pilot.press("W")
        await pilot.pause()
        assert "Nothing waits" in shown(app)
    store.close()
