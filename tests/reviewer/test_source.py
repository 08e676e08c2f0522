"""The file that a report was read from can be had back, and what was found in it can be corrected."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.reviewer.cli_kit import REPORT, Shell

TCVN3 = "Tình hình giải phóng mặt bằng còn chậm ở một số địa phương trong tỉnh."


@pytest.fixture
def shell(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> Shell:
    return Shell(tmp_path, capfdbinary)


def test_a_file_comes_back_byte_for_byte(shell: Shell, tmp_path: Path) -> None:
    data = b"\xef\xbb\xbf" + REPORT.replace("\n", "\r\n").encode()
    slug = shell("import", shell.file("a.txt", data)).out.strip()
    out = tmp_path / "again.txt"
    assert shell("source", slug, "-o", out).code == 0
    assert out.read_bytes() == data
    assert shell("source", slug).out.encode() == data


def test_a_file_that_is_there_is_not_replaced(shell: Shell, tmp_path: Path) -> None:
    slug = shell("import", shell.file("a.txt")).out.strip()
    there = shell.file("there.txt", "mine")
    ran = shell("source", slug, "-o", there)
    assert (ran.code, there.read_text()) == (2, "mine")
    assert "exists already" in ran.err
    assert sorted(path.name for path in tmp_path.iterdir() if "tmp" in path.name) == []


def test_each_revision_gives_its_own_file(shell: Shell) -> None:
    first = shell.file("a.txt")
    slug = shell("import", first).out.strip()
    corrected = REPORT + "\nMột đoạn mới được thêm vào bản sửa.\n"
    assert shell("import", "--revises", slug, shell.file("a.txt", corrected)).code == 0
    assert shell("source", slug).out == corrected
    assert shell("source", slug, "--revision", "1").out == REPORT
    assert shell("source", slug, "--revision", "7").code == 2


def test_format_encoding_and_hash_are_told(shell: Shell) -> None:
    slug = shell("import", "--encoding", "windows-1258", shell.file("a.txt", "Report\n\nPlain words.")).out
    shown = shell("show", slug.strip(), "--json").json
    assert (shown["format"], shown["encoding"], shown["file_kept"]) == ("plain", "windows-1258", True)
    (revision,) = shell("revisions", slug.strip(), "--json").json["revisions"]
    assert (len(revision["file_sha256"]), revision["file_size"]) == (64, 20)


def test_a_file_that_was_not_kept_is_said_so(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text("keep_files = false\n")
    monkeypatch.setenv("REVIEWER_SETTINGS", str(settings))
    slug = shell("import", shell.file("a.txt")).out.strip()
    ran = shell("source", slug)
    assert (ran.code, ran.out) == (2, "")
    assert "was not kept" in ran.err
    assert shell("import", shell.folder / "a.txt").out.split("\t")[1].strip() == "already there"
    monkeypatch.delenv("REVIEWER_SETTINGS")
    assert shell("import", shell.folder / "a.txt").code == 0
    assert shell("source", slug).out == REPORT


def test_a_terminal_gets_no_bytes_of_a_file(shell: Shell) -> None:
    slug = shell("import", shell.file("a.txt", REPORT + "\x1b]0;owned\x07")).out.strip()
    ours, theirs = pty.openpty()
    words = [sys.executable, "-m", "reviewer", "--db", str(shell.database), "source", slug]
    done = subprocess.run(words, stdout=theirs, stderr=subprocess.PIPE, timeout=60, check=False)
    os.close(theirs)
    os.set_blocking(ours, False)
    with pytest.raises(OSError):
        os.read(ours, 1000)
    os.close(ours)
    assert (done.returncode, b"upset the terminal" in done.stderr) == (2, True)


def test_what_was_found_in_a_file_is_told_and_can_be_corrected(shell: Shell) -> None:
    ran = shell("import", shell.file("a.txt"))
    slug = ran.out.strip()
    assert "Giao ban các cơ quan khối Đảng quý I năm 2023" in ran.err
    assert "2023-Q1" in ran.err and "not found" in ran.err
    assert f"reviewer describe {slug}" in ran.err
    done = shell("describe", slug, "--issuer", "Tỉnh ủy", "--date", "05/04/2023", "--period", "", "--json")
    assert done.json == {
        "slug": slug,
        "title": "Giao ban các cơ quan khối Đảng quý I năm 2023",
        "date": "2023-04-05",
        "period": None,
        "issuer": "Tỉnh ủy",
    }
    assert shell("undo").code == 0
    assert shell("reports", "--json").json[0]["period"] == "2023-Q1"
    assert shell("describe", slug).code == 2


def test_json_tells_what_was_guessed(shell: Shell) -> None:
    (told,) = shell("import", "--json", "--issuer", "Tỉnh ủy", shell.file("a.txt")).json
    assert (told["period"], told["issuer"]) == ("2023-Q1", "Tỉnh ủy")
    assert told["guessed"] == ["title", "period"]
