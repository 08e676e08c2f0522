"""The language key: every word on the screen follows it, and the next session begins with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from reports.passage import make_passage
from reviewer import i18n, speaking
from reviewer.settings import Settings
from tests.reviewer.app_kit import TEXT, make_store, running, shown


@pytest.fixture(autouse=True)
def language_kept():
    before = i18n.language()
    yield
    i18n.set_language(before)


async def test_the_digits_follow_also_in_a_report_opened_afterwards(tmp_path: Path) -> None:
    store = make_store(tmp_path, TEXT)
    async with running(store) as (_app, pilot):
        await pilot.press("enter")
        await pilot.pause()
        assert "slow site clearance" in shown(_app)
        await pilot.press("f8")
        await pilot.pause()
        assert "slow site clearance" not in shown(_app) and "1 giải phóng mặt bằn" in shown(_app)
        await pilot.press("escape", "f8", "enter")
        await pilot.pause()
        assert "1 slow site clearance" in shown(_app)


async def test_label_and_group_headings_of_an_open_issue_list_follow(tmp_path: Path) -> None:
    store = make_store(tmp_path, TEXT)
    report = store.report(1)
    passage = make_passage(store.document(report.revision_id), 0, 8)
    store.annotate(report.id, report.revision_id, passage)
    async with running(store) as (app, pilot):
        await pilot.press("L")
        await pilot.pause()
        while app.screen.asked.arrangement.group != "severity":
            app.screen.action_group()
            await pilot.pause()
        for _ in range(50):
            await pilot.pause(0.02)
            if "no severity" in shown(app):
                break
        assert "Filter" in shown(app) and "no severity" in shown(app)
        await pilot.press("f8")
        await pilot.pause()
        assert "Filter" not in shown(app) and "chưa rõ mức độ" in shown(app)


async def test_the_next_session_speaks_as_the_last_one_ended(tmp_path: Path) -> None:
    store = make_store(tmp_path, TEXT)
    async with running(store) as (_app, pilot):
        await pilot.press("f8")
    assert speaking.wanted(None, Settings(language="en"), store) == "vi"


@pytest.mark.parametrize(
    ("asked", "chosen", "setting", "wanted"),
    [
        (None, "", "auto", "auto"),
        (None, "", "vi", "vi"),
        (None, "vi", "en", "vi"),
        ("en", "vi", "vi", "en"),
        (None, "xx", "en", "en"),
    ],
)
def test_the_command_line_goes_before_the_key_and_that_before_the_file(
    tmp_path: Path, asked, chosen, setting, wanted
) -> None:
    store = make_store(tmp_path)
    if chosen:
        store.remember("language", chosen)
    assert speaking.wanted(asked, Settings(language=setting), store) == wanted
