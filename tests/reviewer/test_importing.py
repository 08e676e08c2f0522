"""Bringing reports in from the screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Semaphore
from typing import Any

import pytest

from annotations.store import Store
from reviewer.app import ReviewerApp
from reviewer.importing import Outcome, import_source
from reviewer.screens.found import FoundScreen
from reviewer.screens.importing import ImportScreen, summary
from reviewer.screens.library import LibraryScreen
from reviewer.widgets.fields import TextField
from tests.reviewer.app_kit import TEXT, make_store, rows_on, running, shown


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return make_store(tmp_path)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inbox = tmp_path / "báo cáo"
    inbox.mkdir()
    (inbox / "a.md").write_text(TEXT, encoding="utf-8")
    (inbox / "b.md").write_text("# Kết luận thanh tra\n\nCòn nhiều sai phạm.", encoding="utf-8")
    (inbox / "c.txt").write_text("Báo cáo quý II năm 2023\n\nTiến độ còn chậm.", encoding="utf-8")
    return inbox


async def import_what(app: ReviewerApp, pilot: object, text: str) -> None:
    app.screen.query_one(TextField).value = text
    await pilot.press("enter")  # type: ignore[attr-defined]
    await app.workers.wait_for_complete()
    await pilot.pause()  # type: ignore[attr-defined]


async def test_a_file_comes_in_and_is_the_current_one(store: Store, folder: Path) -> None:
    async with running(store) as (app, pilot):
        await pilot.press("i")
        await import_what(app, pilot, str(folder / "a.md"))
        await pilot.press("escape")
        assert isinstance(app.screen, LibraryScreen)
        assert any(line.startswith("▌") and "Giao ban" in line for line in rows_on(app))
        assert [notice.message for notice in app._notifications] == ["1 report imported."]


async def test_what_was_found_in_a_file_is_shown_for_correction(store: Store, folder: Path) -> None:
    async with running(store) as (app, pilot):
        await pilot.press("i")
        await import_what(app, pilot, str(folder / "c.txt"))
        assert isinstance(app.screen, FoundScreen)
        assert [field.value for field in app.screen.query(TextField)] == [
            "Báo cáo quý II năm 2023", "", "2023-Q2", "",
        ]  # fmt: skip
        assert "Found in c.txt" in shown(app)
        await pilot.press("enter", "enter", "enter", *"Tỉnh ủy", "enter")
        assert isinstance(app.screen, LibraryScreen)
        assert store.reports()[0].issuer == "Tỉnh ủy"


async def test_a_folder_comes_in_and_the_same_again_changes_nothing(store: Store, folder: Path) -> None:
    async with running(store) as (app, pilot):
        await pilot.press("i")
        await import_what(app, pilot, str(folder))
        assert len(store.reports()) == 3
        await pilot.press("i")
        await import_what(app, pilot, str(folder))
        assert len(store.reports()) == 3
        assert "3 were there already" in [notice.message for notice in app._notifications][-1]


async def test_what_is_refused_is_listed_and_the_rest_comes_in(store: Store, folder: Path) -> None:
    (folder / "empty.md").write_text("", encoding="utf-8")
    async with running(store) as (app, pilot):
        await pilot.press("i")
        await import_what(app, pilot, str(folder))
        assert isinstance(app.screen, ImportScreen)
        assert "3 reports imported, 1 refused." in shown(app)
        assert "empty.md" in shown(app)
        await pilot.press("escape")
        await pilot.pause(0.4)
        assert "3 reports" in rows_on(app)[0]


@pytest.mark.parametrize("text", ["", "   ", "nowhere/at/all.md"])
async def test_what_is_not_there_is_said_in_place(store: Store, text: str) -> None:
    async with running(store) as (app, pilot):
        await pilot.press("i")
        await import_what(app, pilot, text)
        assert isinstance(app.screen, ImportScreen)
        assert str(app.screen.query_one("#state").render()).strip()
        assert app.screen.query_one("#state").has_class("wrong")
        assert store.reports() == []


async def test_tab_completes_a_path_and_shows_what_it_can_be(store: Store, folder: Path) -> None:
    async with running(store) as (app, pilot):
        await pilot.press("i")
        field = app.screen.query_one(TextField)
        field.value = f"{folder}/"
        field.cursor_position = len(field.value)
        await pilot.press("tab")
        assert "b.md" in shown(app)
        await pilot.press("c", "tab")
        assert field.value == f"{folder}/c.txt"


def outcome(created: bool, refused: str | None = None) -> Outcome:
    return Outcome("a.md", None if refused else "a", None if refused else 1, created, refused)


@pytest.mark.parametrize(
    ("outcomes", "said"),
    [
        ([outcome(True)], "1 report imported."),
        ([outcome(True), outcome(False)], "1 report imported, 1 was there already."),
        ([outcome(False, "no"), outcome(True), outcome(True)], "2 reports imported, 1 refused."),
        ([], "0 reports imported."),
    ],
)
def test_the_summary_counts_everything(outcomes: list[Outcome], said: str) -> None:
    assert summary(outcomes) == said


class Held:
    """Lets the import of each file begin only when it is told to."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.gate = Semaphore(0)
        monkeypatch.setattr("reviewer.screens.importing.import_source", self._import)

    def _import(self, *words: Any, **options: Any) -> Outcome:
        self.gate.acquire(timeout=5)
        return import_source(*words, **options)


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[Held]:
    made = Held(monkeypatch)
    yield made
    made.gate.release(1000)


async def test_an_import_goes_on_in_the_background(store: Store, folder: Path, held: Held) -> None:
    (folder / "bad.docx").write_bytes(b"PK\x03\x04")
    async with running(store) as (app, pilot):
        await pilot.press("i")
        app.screen.query_one(TextField).value = str(folder)
        await pilot.press("enter")
        await until(pilot, lambda: "0 of 4" in shown(app))
        assert "go on in the background" in shown(app)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, LibraryScreen))
        held.gate.release(4)
        await app.workers.wait_for_complete()
        said = [notice.message for notice in app._notifications]
        assert said[0] == "The import goes on in the background."
        assert "3 reports imported, 1 refused." in said[1] and "bad.docx" in said[1]
        await until(pilot, lambda: "3 reports" in rows_on(app)[0])


async def test_an_import_is_stopped_after_a_file(store: Store, folder: Path, held: Held) -> None:
    async with running(store) as (app, pilot):
        await pilot.press("i")
        app.screen.query_one(TextField).value = str(folder)
        await pilot.press("enter")
        await until(pilot, lambda: "0 of 3" in shown(app))
        await pilot.press("f3")
        assert "Stopping after this file" in shown(app)
        held.gate.release(3)
        await until(pilot, lambda: len(store.reports()) == 1)
        await until(pilot, lambda: not any(worker.is_running for worker in app.workers))
        assert len(store.reports()) == 1


async def until(pilot: Any, what: Callable[[], bool]) -> None:
    for _ in range(400):
        if what():
            return
        await pilot.pause(0.01)
    raise AssertionError("it never came")


CORRECTED = TEXT.replace("Trong quý I", "Đoạn mới thêm vào.\n\nTrong quý I")


@pytest.mark.parametrize(
    ("key", "reports", "revisions", "said"),
    [
        ("y", 1, 2, "1 report revised."),
        ("n", 2, 1, "1 report imported."),
        ("escape", 1, 1, "1 refused"),
    ],
)
async def test_what_looks_like_a_corrected_text_is_asked_about(
    store: Store, folder: Path, key: str, reports: int, revisions: int, said: str
) -> None:
    async with running(store) as (app, pilot):
        await pilot.press("i")
        await import_what(app, pilot, str(folder / "a.md"))
        await pilot.press("escape")
        (folder / "a.md").write_text(CORRECTED, encoding="utf-8")
        await pilot.press("i")
        await import_what(app, pilot, str(folder / "a.md"))
        assert "looks like a corrected text of" in shown(app)
        await pilot.press(key)
        await app.workers.wait_for_complete()
        await pilot.pause()
        await pilot.pause()
        assert len(store.reports()) == reports
        assert len(store.revisions(1)) == revisions
        assert said in shown(app) + "".join(notice.message for notice in app._notifications)
