"""The screen through the gate: asked for with options, and ended when nobody types."""

from __future__ import annotations

import signal
import time
from pathlib import Path

import pytest

from reviewer.gate.allowed import NotAllowed, words_of
from reviewer.gate.screen import RESTORED
from tests.ssh.sshkit import Server
from tests.terminal.ptykit import Program, Terminals, environment, terminals

IDLE = 0.05
"""Minutes: three seconds, and the eight that a terminal's clock may lag."""
BESIDE = f"""
import sys
from reviewer.gate.screen import run_beside
from reviewer.launch import run
sys.exit(run_beside(lambda: run(["demo", "--lang", "en"]), {IDLE}, "Nobody typed."))
"""


@pytest.fixture
def terminal(tmp_path: Path):
    with terminals(tmp_path / "home") as started:
        yield started


def test_options_of_the_screen_come_through_and_nothing_else() -> None:
    assert words_of("screen --compact --no-mouse --lang=vi") == [
        *("screen", "--compact", "--no-mouse", "--lang=vi")
    ]
    for command in ("screen demo", "screen --db=/etc/passwd", "screen --settings x", "screen -c"):
        with pytest.raises(NotAllowed):
            words_of(command)


def test_the_screen_is_asked_for_with_options(ssh: Server, tmp_path: Path) -> None:
    env = {**environment(tmp_path / "home"), "HOME": str(ssh.folder)}
    with Program([*ssh.client("lan", "-tt"), "screen --compact --no-mouse --lang en"], env=env) as program:
        program.wait_for("Giao ban")
        program.settle()
        assert b"\x1b[?1000h" not in program.output
        assert b"48;5;" not in program.output
        program.press("q")
        assert program.exit_code() == 0


def test_a_session_ends_when_nobody_types_and_not_while_somebody_does(terminal: Terminals) -> None:
    program = terminal.python("-c", BESIDE)
    program.wait_for("Lam Giang")
    begun = time.monotonic()
    while time.monotonic() - begun < 15:
        program.press("j", "k")
        program.settle(0.5)
        assert program.process.poll() is None, "ended while somebody typed"
    left = time.monotonic()
    assert program.exit_code(timeout=60) == 128 + signal.SIGTERM
    assert time.monotonic() - left > IDLE * 60
    assert RESTORED.encode() in program.output
    assert "Nobody typed." in program.text()
