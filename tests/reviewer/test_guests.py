"""A session through the gate names no file of the host, whichever way it tries."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from annotations.filters import IssueFilter
from reviewer import place
from reviewer.cli.files import read_bytes, write_new, write_text
from reviewer.exporting import export_list
from reviewer.importing import sources
from reviewer.paths import complete_path, read_paths
from tests.reviewer.app_kit import TEXT, make_store, running


@pytest.fixture
def guest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(place, "_spoken_for", "mai")


@pytest.mark.usefixtures("guest")
def test_nothing_below_the_screens_names_a_file(tmp_path: Path) -> None:
    store = make_store(tmp_path, TEXT)
    target = tmp_path / "authorized_keys"
    tries: list[Callable[[], object]] = [
        lambda: export_list(store, IssueFilter(), target, "csv", overwrite=True),
        lambda: list(sources([tmp_path])),
        lambda: read_paths("/etc/*"),
        lambda: read_bytes(tmp_path / "reviewer.db"),
        lambda: write_text(target, "ssh-ed25519"),
        lambda: write_new(target, b"ssh-ed25519"),
    ]
    for attempt in tries:
        with pytest.raises(place.HostFile):
            attempt()
    assert not target.exists()
    assert complete_path("/etc/pass") == ("/etc/pass", [])
    store.close()


@pytest.mark.usefixtures("guest")
async def test_the_screens_say_how_it_is_done_instead(tmp_path: Path) -> None:
    store = make_store(tmp_path, TEXT)
    async with running(store) as (app, pilot):
        for do in (app.open_export, app.screen.action_import_reports):  # type: ignore[attr-defined]
            do()
            await pilot.pause()
            assert len(app.screen_stack) == 1
            assert any("No file of the host" in notice.message for notice in app._notifications)
    store.close()


def test_whoever_owns_the_account_names_files_as_ever(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Văn bản.")
    assert [source.name for source in sources([tmp_path])] == [str(tmp_path / "a.txt")]
    assert read_paths(str(tmp_path / "a.txt")) == [tmp_path / "a.txt"]
