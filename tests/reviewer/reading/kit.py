"""The reading screen at work on a report of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from annotations.models import Annotation
from annotations.store import Store
from reviewer.screens.reading import ReadingScreen
from tests.reviewer.app_kit import TEXT, make_store, running

__all__ = ["TEXT", "Reading", "make_store", "reading"]


class Reading:
    """Keys in, what is selected and stored out."""

    def __init__(self, screen: ReadingScreen, pilot: Pilot[None], store: Store) -> None:
        self.screen = screen
        self.pilot = pilot
        self.store = store

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def until(self, what: Callable[[], bool]) -> None:
        """Go on when `what` holds; give up after some hundred rounds."""
        for _ in range(400):
            if what():
                return
            await self.pilot.pause(0.01)
        raise AssertionError("it never came")

    def go(self, words: str) -> None:
        """Make the passage `words` the current range."""
        start = self.screen.acts.document.text.index(words)
        self.screen.view.move(self.screen.cursor.at(start, start + len(words)))

    @property
    def said(self) -> str:
        """The current range's words."""
        cursor = self.screen.cursor
        return self.screen.acts.document.text[cursor.start : cursor.end]

    @property
    def notices(self) -> str:
        """The notices there are."""
        return "\n".join(notice.message for notice in self.screen.home._notifications)

    @property
    def stored(self) -> list[Annotation]:
        return self.store.annotations(self.screen.acts.report.id)

    def tag(self, slug: str) -> int:
        return next(tag.id for tag in self.store.tags() if tag.slug == slug)

    def cell_of(self, words: str, shift: int = 0) -> tuple[int, int]:
        """Where in the view the letter `shift` of `words` is drawn."""
        view = self.screen.view
        offset = self.screen.acts.document.text.index(words) + shift
        block, row, cell = view._page.find(offset)
        return cell + 4, view._index.top(block) + row - view.top_row


@asynccontextmanager
async def reading(
    folder: Path, text: str = TEXT, *, size: tuple[int, int] = (120, 40), **settings: Any
) -> AsyncIterator[Reading]:
    """The program with the one report open."""
    store = make_store(folder, text)
    async with running(store, size=size, **settings) as (app, pilot):
        app.open_report(store.reports()[0].id)
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, ReadingScreen)
        yield Reading(screen, pilot, store)
    store.close()
