"""Many sessions at once, and sessions that die: short versions of `make storm`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


def run(tmp_path: Path, *words: str) -> str:
    """One storm in a fresh process, which may fork freely; it says itself whether all is well."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.storms", "--folder", str(tmp_path), *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize(
    "words",
    [
        ("kills", "--processes", "6", "--seconds", "10", "--least", "40"),
        ("mixed", "--processes", "8", "--acts", "100"),
        ("imports", "--processes", "6", "--acts", "150"),
        ("backups", "--processes", "4", "--acts", "20"),
    ],
    ids=lambda words: words[0],
)
def test_nothing_is_lost(tmp_path: Path, words: tuple[str, ...]) -> None:
    assert run(tmp_path, *words)
