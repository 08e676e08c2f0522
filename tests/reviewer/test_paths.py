"""Paths in a field: several, with spaces, with patterns, completed."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewer.paths import complete_path, read_paths


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("báo cáo 1.md", "báo cáo 2.md", "note.txt", "quý 1/a.md", ".hidden"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


def test_a_path_with_spaces_is_one_path_if_it_is_there(folder: Path) -> None:
    assert read_paths("báo cáo 1.md") == [Path("báo cáo 1.md")]
    assert read_paths(f"  {folder}/quý 1 ") == [folder / "quý 1"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("note.txt 'báo cáo 1.md'", ["note.txt", "báo cáo 1.md"]),
        ("*.md", ["báo cáo 1.md", "báo cáo 2.md"]),
        ("missing.md note.txt", ["missing.md", "note.txt"]),
        ("'unfinished", ["'unfinished"]),
        ("none*.md", ["none*.md"]),
    ],
)
def test_several_paths_and_patterns(folder: Path, text: str, names: list[str]) -> None:
    assert read_paths(text) == [Path(name) for name in names]


def test_a_tilde_is_home(folder: Path) -> None:
    assert read_paths("~/note.txt") == [folder / "note.txt"]


@pytest.mark.parametrize(
    ("text", "completed", "names"),
    [
        ("no", "note.txt", ["note.txt"]),
        ("b", "báo cáo ", ["báo cáo 1.md", "báo cáo 2.md"]),
        ("báo cáo ", "báo cáo ", ["báo cáo 1.md", "báo cáo 2.md"]),
        ("báo cáo 1", "báo cáo 1.md", ["báo cáo 1.md"]),
        ("q", "quý 1/", ["quý 1/"]),
        ("quý 1/", "quý 1/a.md", ["a.md"]),
        ("note.txt q", "note.txt 'quý 1/'", ["quý 1/"]),
        ("zzz", "zzz", []),
        ("nowhere/x", "nowhere/x", []),
        ("~/n", "~/note.txt", ["note.txt"]),
        ("", "", ["báo cáo 1.md", "báo cáo 2.md", "note.txt", "quý 1/"]),
        (".h", ".hidden", [".hidden"]),
    ],
)
def test_completion(folder: Path, text: str, completed: str, names: list[str]) -> None:
    assert complete_path(text) == (completed, names)
