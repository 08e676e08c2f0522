"""The program on a database of its own, driven without a terminal."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from textual.pilot import Pilot
from textual.screen import Screen

from annotations.store import Store
from reports.load import load_bytes
from reviewer.app import ReviewerApp
from reviewer.settings import Settings

TEXT = """\
Giao ban các cơ quan khối Đảng quý I năm 2023

Trong quý I năm 2023, các cơ quan khối Đảng tỉnh đã tích cực triển khai thực hiện tốt nhiệm vụ.

Bên cạnh những kết quả đạt được, tiến độ giải phóng mặt bằng ở huyện Phú Bình còn chậm; một số dự án có \
vi phạm từ nhiều năm chưa được giải quyết dứt điểm; ô nhiễm môi trường còn xảy ra ở một số địa phương.
"""


def make_store(folder: Path, *texts: str, reviewer: str = "mai") -> Store:
    """A store in `folder` with a report for each of `texts`."""
    store = Store.open(folder / "reviewer.db", reviewer)
    for text in texts:
        loaded = load_bytes(text.encode(), "bao-cao.txt")
        store.add_report(loaded.document, title=loaded.title, period=loaded.period, date=loaded.date)
    return store


@asynccontextmanager
async def running(
    store: Store, *, size: tuple[int, int] = (120, 40), **settings: Any
) -> AsyncIterator[tuple[ReviewerApp, Pilot[None]]]:
    """The program at work; `settings` as in the settings file."""
    app = ReviewerApp(store, Settings(**{"language": "en", "resume": False, **settings}))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield app, pilot


def rows_on(app: ReviewerApp) -> list[str]:
    """What is on the screen, a string a row, without the blanks behind."""
    strips = app.screen._compositor.render_strips()
    return ["".join(segment.text for segment in strip).rstrip() for strip in strips]


def shown(app: ReviewerApp) -> str:
    """The whole screen as one text."""
    return "\n".join(rows_on(app))


async def chosen(app: ReviewerApp, pilot: Pilot[None], screen: Screen[Any], act: Callable[[], Any]) -> Any:
    """What `screen` is dismissed with after `act` (a coroutine function) has been done in it."""
    results: list[Any] = []
    app.push_screen(screen, results.append)
    await pilot.pause()
    await act()
    await pilot.pause()
    return results[0] if results else "still open"
