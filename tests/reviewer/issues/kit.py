"""The issue list at work on two reports with a few issues each."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from annotations.models import Annotation, Link, ReviewerRole, Role, Severity, Status
from annotations.store import Store
from reports.passage import make_passage
from reviewer.app import ReviewerApp
from reviewer.screens.issues import IssuesScreen
from tests.reviewer.app_kit import TEXT, make_store, rows_on, running

TODAY = "2023-07-01"
SECOND = """\
Giao ban các cơ quan khối Đảng quý II năm 2023

Tiến độ giải phóng mặt bằng ở huyện Đồng Hỷ còn chậm; tỷ lệ giải ngân vốn đầu tư công đạt thấp.
"""
ISSUES: Sequence[tuple[int, str, str | None, str | None, Status, str | None, Severity | None]] = (
    (0, "tiến độ giải phóng mặt bằng ở huyện Phú Bình còn chậm", "gpmb-cham", "ubnd-huyen-phu-binh",
     Status.OPEN, "2023-06-30", Severity.HIGH),
    (0, "một số dự án có vi phạm từ nhiều năm chưa được giải quyết dứt điểm", "vi-pham-nhieu-nam", "so-tnmt",
     Status.OPEN, None, None),
    (0, "ô nhiễm môi trường còn xảy ra ở một số địa phương", "o-nhiem", "so-tnmt",
     Status.RESOLVED, "2023-06-30", None),
    (1, "Tiến độ giải phóng mặt bằng ở huyện Đồng Hỷ còn chậm", "gpmb-cham", "ubnd-huyen-dong-hy",
     Status.IN_PROGRESS, "2023-12-31", None),
    (1, "tỷ lệ giải ngân vốn đầu tư công đạt thấp", "giai-ngan-thap", None, Status.OPEN, None, None),
)  # fmt: skip


def make_issues(folder: Path) -> Store:
    """A store with the issues of `ISSUES`, ids 1 to 5 in list order."""
    store = make_store(folder, TEXT, SECOND, reviewer="lan")
    tags = {tag.slug: tag.id for tag in store.tags()}
    agencies = {agency.slug: agency.id for agency in store.agencies()}
    reports = sorted(store.reports(), key=lambda report: report.id)
    for number, quote, tag, agency, status, due, severity in ISSUES:
        report = reports[number]
        document = store.document(report.revision_id)
        start = document.text.index(quote)
        store.annotate(
            report.id,
            report.revision_id,
            make_passage(document, start, start + len(quote)),
            tags=[tags[tag]] if tag else (),
            links=[Link(agencies[agency], Role.LEAD)] if agency else (),
            status=status,
            due=due,
            severity=severity,
        )
    store.add_person("minh", ReviewerRole.LEAD)
    store.issues.today = lambda: TODAY
    return store


class Listed:
    """Keys in, what is listed and stored out."""

    def __init__(self, app: ReviewerApp, pilot: Pilot[None], store: Store) -> None:
        self.app = app
        self.pilot = pilot
        self.store = store

    @property
    def screen(self) -> IssuesScreen:
        found = next(screen for screen in self.app.screen_stack if isinstance(screen, IssuesScreen))
        assert isinstance(found, IssuesScreen)
        return found

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.settle()

    async def type(self, text: str) -> None:
        names = {" ": "space", ":": "colon", "-": "minus", "!": "exclamation_mark", '"': "quotation_mark"}
        await self.press(*(names.get(letter, letter) for letter in text))

    async def settle(self) -> None:
        """Wait until what was looked for in threads is shown."""
        await self.pilot.pause()
        screen = self.screen
        if screen._rest is not None:
            screen._look(0, listed=screen._listing.whole)
        await self.until(lambda: not any(worker.is_running for worker in self.app.workers))
        await self.pilot.pause()

    async def until(self, what: Callable[[], Any]) -> None:
        for _ in range(400):
            if what():
                return
            await self.pilot.pause(0.01)
        raise AssertionError("it never came")

    @property
    def ids(self) -> list[int]:
        return list(self.screen.rows.pages.ids)

    @property
    def current(self) -> int | None:
        return self.screen.rows.pages.id_at(self.screen.rows.cursor)

    @property
    def marked(self) -> set[int]:
        return set(self.screen.rows.marked.ids())

    @property
    def page(self) -> str:
        return "\n".join(rows_on(self.app))

    @property
    def notices(self) -> str:
        return "\n".join(notice.message for notice in self.app._notifications)

    def stored(self, number: int) -> Annotation:
        return self.store.annotation(number)

    def tag_slugs(self, number: int) -> list[str]:
        slugs = {tag.id: tag.slug for tag in self.store.tags()}
        return [slugs[tag] for tag in self.stored(number).tags]


@asynccontextmanager
async def listing(
    store: Store, filter_text: str | None = None, *, size: tuple[int, int] = (120, 40), **settings: Any
) -> AsyncIterator[Listed]:
    """The issue list over the library, narrowed to `filter_text`."""
    async with running(store, size=size, **settings) as (app, pilot):
        app.push_screen(IssuesScreen(filter_text))
        await pilot.pause()
        listed = Listed(app, pilot, store)
        await listed.settle()
        yield listed
