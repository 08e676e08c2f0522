"""Bringing reports in from the screen."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotations.store import Store
from reviewer.app import ReviewerApp
from reviewer.importing import Outcome
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
