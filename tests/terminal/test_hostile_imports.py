"""Files made to do harm come in on the screen: it answers meanwhile, and nothing of them is left behind."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.terminal.ptykit import ROOT, environment

HOSTILE = ROOT.parent / "shared" / "payloads" / "files"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    if not HOSTILE.is_dir():
        pytest.skip("the collection of hostile files is not here")
    return Path(shutil.copytree(HOSTILE, tmp_path / "in"))


def test_the_screen_answers_while_hostile_files_come_in(terminal: Any, tmp_path: Path, folder: Path) -> None:
    left = tmp_path / "tmp"
    left.mkdir()
    program = terminal.reviewer("--lang", "en", TMPDIR=str(left))
    program.wait_for("No reports yet")
    program.press("i")
    program.wait_for("Files or folders")
    program.press(*str(folder), "enter")
    program.wait_for("in the background")
    program.press("escape")
    program.wait_for("goes on in the background")
    answered = 0
    while "refused" not in program.text():
        program.press("?")
        program.wait_for("Leave the program")
        program.press("escape")
        program.wait_for(lambda screen: "Leave the program" not in screen.text())
        answered += 1
    assert answered
    program.press("q")
    assert program.exit_code() == 0
    assert list(left.iterdir()) == []
    argv = [sys.executable, "-m", "reviewer", "check", "--json"]
    ran = subprocess.run(argv, env=environment(terminal.home), cwd=ROOT, capture_output=True, check=True)
    assert json.loads(ran.stdout) == []
