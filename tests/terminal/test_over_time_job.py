"""One issue over three quarters, in a real terminal: offered, answered with one key, its line walked."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.terminal.ptykit import ROOT, Program, environment

ISSUE = "tiến độ giải phóng mặt bằng đường vành đai phía Tây còn chậm"
REST = 1024
"""Bytes, at most, that the offer costs once one has come to rest."""


def run(terminal: Any, *words: str) -> Any:
    """What a command prints as JSON."""
    argv = [sys.executable, "-m", "reviewer", *words, "--json"]
    ran = subprocess.run(argv, env=environment(terminal.home), cwd=ROOT, capture_output=True, check=True)
    return json.loads(ran.stdout)


def test_an_issue_is_followed_through_three_reports(terminal: Any, tmp_path: Path) -> None:
    for quarter in (1, 2, 3):
        path = tmp_path / f"quy-{quarter}.txt"
        path.write_text(f"Báo cáo quý {quarter}\n\nBên cạnh đó, {ISSUE}.\n", encoding="utf-8")
        run(
            terminal,
            "import",
            str(path),
            "--title",
            f"Báo cáo quý {quarter}",
            "--period",
            f"2023-Q{quarter}",
            "--new",
        )
        run(terminal, "annotate", f"bao-cao-quy-{quarter}", "--quote", ISSUE, "--tag", "gpmb-cham")
    program: Program = terminal.reviewer("--lang", "en", size=(120, 40))
    program.wait_for("3 reports")
    for quarter in (2, 3):
        program.press("home", *["j"] * (3 - quarter), "enter")
        program.wait_for("1 passage")
        program.press("]")
        program.settle()
        before = len(program.output)
        program.wait_for(f"also in Q{quarter - 1} 2023?")
        program.settle()
        assert len(program.output) - before < REST
        program.press("y")
        program.wait_for(f"{quarter} periods in a row, since Q1 2023")
        program.press("escape")
        program.wait_for("3 reports")
    assert [row["periods"] for row in run(terminal, "line", "2")] == [1, 2, 3]
    program.press("L")
    program.wait_for("×3")
    program.press("end", "p")
    program.wait_for("The line of this issue")
    program.press("home", "enter")
    program.wait_for("Báo cáo quý 1 · Q1 2023")
    program.press("escape")
    program.wait_for("The line of this issue")
    program.press("end", "backspace")
    program.wait_for("May be the same")
    assert [row["earlier"] for row in run(terminal, "line", "1")] == [None, 1]
