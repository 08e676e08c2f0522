"""What somebody who opens the program for the first time must not stumble over."""

from __future__ import annotations

from pathlib import Path

from annotations.models import Tag
from reports.load import load_bytes
from reports.passage import make_passage
from reviewer.app import ReviewerApp
from reviewer.screens.help import HelpScreen
from reviewer.widgets.digit_bar import short_labels
from tests.reviewer.app_kit import TEXT, make_store, running, shown
from tests.reviewer.reading.kit import reading

CLEARANCE = "tiến độ giải phóng mặt bằng ở huyện Phú Bình còn chậm"


async def test_a_new_search_writes_over_the_old_words(tmp_path: Path) -> None:
    async with reading(tmp_path) as at:
        await at.press("slash", *"xyz")
        await at.until(lambda: "not found" in shown(at.screen.home))
        await at.press("enter")
        assert at.screen.asking.asking, "the words can still be mended"
        assert at.screen.asking.query_one("#answer").has_class("warning")
        await at.press("escape", "slash", *"con")
        await at.until(lambda: "1 of 2" in shown(at.screen.home))
        assert not at.screen.asking.query_one("#answer").has_class("warning")
        await at.press("enter", "slash", *"truong")
        await at.until(lambda: "1 of 1" in shown(at.screen.home))
        assert at.screen.query_text == "truong"


async def test_a_due_date_is_in_sight_in_a_low_panel(tmp_path: Path) -> None:
    async with reading(tmp_path, size=(80, 24)) as at:
        at.go(CLEARANCE)
        await at.press("1", "A", "d", *"15/12/2030", "enter")
        await at.until(lambda: at.stored[0].due is not None)
        await at.press()
        assert "due 15 Dec 2030" in shown(at.screen.home)


async def test_undo_asks_before_it_reaches_into_another_report(tmp_path: Path) -> None:
    store = make_store(tmp_path, TEXT)
    other = load_bytes((TEXT + "\nThêm một câu.\n").encode(), "khac.txt").document
    there = store.add_report(other, title="Báo cáo khác").report
    words = make_passage(other, 0, 8)
    store.annotate(there.id, there.revision_id, words, tags=[1])
    async with running(store) as (app, pilot):
        app.open_report(next(report.id for report in store.reports() if report.id != there.id))
        await pilot.pause()
        await pilot.press("1", "u")
        await pilot.pause()
        assert len(store.annotations(there.id)) == 1
        await pilot.press("u")
        await pilot.pause()
        assert len(store.annotations(there.id)) == 1
        assert "This takes back" in notices(app)[-1]
        assert "“Báo cáo khác” (1 passage). u again does it." in notices(app)[-1]
        await pilot.press("u")
        await pilot.pause()
        assert store.annotations(there.id) == []
    store.close()


async def test_help_says_that_there_is_more_of_it(tmp_path: Path) -> None:
    async with reading(tmp_path, size=(80, 24)) as at:
        await at.press("question_mark")
        app = at.screen.home
        assert isinstance(app.screen, HelpScreen)
        await at.until(lambda: "j k scroll" in shown(app))
        assert "1–" in shown(app)
        await at.press("j", "j")
        await at.until(lambda: "3–" in shown(app))


def notices(app: ReviewerApp) -> list[str]:
    return [one.message for one in app._notifications]


async def test_notices_are_few_short_and_left_behind(tmp_path: Path) -> None:
    store = make_store(tmp_path, TEXT)
    async with running(store) as (app, pilot):
        app.notify("broken", severity="error")
        for said in ("one", "two", "three"):
            app.notify(said)
            await pilot.pause()
        assert notices(app) == ["broken", "three"]
        assert {one.timeout for one in app._notifications if one.severity == "information"} == {4}
        for one in app._notifications:
            one.raised_at -= 1
        app.action_help_here()
        await pilot.pause()
        assert notices(app) == ["broken"]
    store.close()


def test_no_label_keeps_a_capital_that_is_no_name() -> None:
    tags = {
        number: Tag(number, f"tag-{number}", "", label, label, "", "", "", None, number, (), number, 1, False)
        for number, label in enumerate(("Ô nhiễm môi trường", "GPMB chậm", "Thi công chậm"), 1)
    }
    assert list(short_labels(tags, 30).values()) == ["ô nhiễm môi trường", "GPMB chậm", "thi công chậm"]
