"""A session opens where the one before it was left: library, report, issue list, in the order they lay."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotations.store import Store
from reviewer.app import POLL, ReviewerApp
from reviewer.settings import Settings
from tests.reviewer.app_kit import TEXT, make_store


@pytest.fixture
def store(tmp_path: Path):
    opened = make_store(tmp_path, TEXT)
    yield opened
    opened.close()


async def session(store: Store, *keys: str) -> list[str]:
    """Press keys in a new session, and leave it as a line that drops does; the screens it began with."""
    app = ReviewerApp(store, Settings(language="en"))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        begun = [getattr(screen, "PLACE", "") for screen in app.screen_stack]
        for key in keys:
            await pilot.press(key)
            await pilot.pause()
        await pilot.pause(POLL * 2)
    return begun


@pytest.mark.parametrize(
    ("keys", "screens"),
    [
        ((), ["library"]),
        (("enter",), ["library", "reading"]),
        (("L",), ["library", "issues"]),
        (("enter", "j", "1", "L"), ["library", "reading", "issues"]),
        (("enter", "j", "1", "escape", "L", "enter"), ["library", "issues", "reading"]),
        (("enter", "escape"), ["library"]),
        (("enter", "L", "escape"), ["library", "reading"]),
    ],
)
async def test_the_next_session_begins_where_the_last_one_was(
    store: Store, keys: tuple[str, ...], screens: list[str]
) -> None:
    assert await session(store, *keys) is not None
    assert await session(store) == screens
    assert await session(store) == screens


async def test_what_was_closed_is_not_opened_again(store: Store) -> None:
    await session(store, "enter", "L")
    assert await session(store, "escape", "escape") == ["library", "reading", "issues"]
    assert await session(store) == ["library"]


async def test_a_report_that_is_gone_meanwhile_is_passed_over(store: Store) -> None:
    await session(store, "enter")
    report = store.reports()[0]
    store.delete_report(report.id, report.version)
    assert await session(store) == ["library"]
