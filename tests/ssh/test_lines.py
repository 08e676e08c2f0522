"""Lines that drop: the session goes with its line, nothing spins, and the next login goes on from there."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Callable

import psutil
import pytest

from annotations.store import Store
from tests.ssh.logins import FROZEN, Login, open_report, place_of, step_on
from tests.ssh.sshkit import Server
from tests.waiting import let_pass, until

GONE = 1.0
"""Seconds after the hang-up within which a session is gone."""


def kill_client(at: Login) -> None:
    at.program.kill(signal.SIGKILL)


def close_terminal(at: Login) -> None:
    at.program.hang_up()


def stall_then_kill(at: Login) -> None:
    """Type on while nobody reads what is shown, then drop the line."""
    for _ in range(400):
        os.write(at.program._master, b"jk")
    # The stall itself is what is tested: nobody reads for as long as this lasts.
    let_pass(1)
    at.program.kill(signal.SIGKILL)


def kill_session(at: Login) -> None:
    for process in at.sessions():
        process.kill()


@pytest.mark.parametrize("drop", [kill_client, close_terminal, stall_then_kill, kill_session])
def test_the_session_goes_with_its_line_and_the_next_one_goes_on(
    login: Callable[[str], Login], drop: Callable[[Login], None]
) -> None:
    first = login("lan")
    open_report(first)
    place = step_on(first)
    assert len(first.sessions()) == 2
    drop(first)
    assert first.wait_until_gone(5) < GONE
    until(lambda: not first.ssh.connections(), 5, what="something of the connection is left")
    if drop is not stall_then_kill:
        assert place_of(first.ssh, "lan") == place
    again = login("lan")
    again.program.wait_for("mặt bằng")
    again.program.settle()


def test_a_frozen_line_is_given_up_and_nothing_spins_meanwhile(login: Callable[[str], Login]) -> None:
    frozen = login("minh")
    open_report(frozen)
    before = [sum(process.cpu_times()[:2]) for process in frozen.sessions()]
    frozen.program.kill(signal.SIGSTOP)
    used = [0.0]

    def gone() -> bool:
        sessions = [process for process in frozen.sessions() if process.is_running()]
        if sessions:
            used.append(sum(sum(process.cpu_times()[:2]) for process in sessions) - sum(before))
        return not sessions

    until(gone, FROZEN)
    assert used[-1] < 0.5
    frozen.program.kill(signal.SIGKILL)


def test_a_half_typed_note_is_there_at_the_next_login(login: Callable[[str], Login]) -> None:
    first = login("minh")
    open_report(first)
    first.program.press("]")
    first.program.settle()
    first.program.press("n")
    first.program.settle()
    for letter in "dang go do":
        first.program.press(letter)
    with Store.open(first.ssh.database, "minh") as store:
        until(lambda: any("dang go do" in text for text in store.drafts().values()), what="no draft is kept")
        first.program.kill(signal.SIGKILL)
        first.wait_until_gone(5)
        assert [text for text in store.drafts().values() if "dang go do" in text]


def test_a_session_without_a_reader_of_keys_uses_no_time(ssh: Server, login: Callable[[str], Login]) -> None:
    """The client's standard input is at its end from the start."""
    nothing = subprocess.DEVNULL
    command = ssh.client("van", "-tt")
    with subprocess.Popen(command, stdin=nothing, stdout=nothing, stderr=nothing) as client:
        # Idleness is what is tested: once it has started, time that passes must cost none.
        let_pass(3)
        used = _seconds_used("van")
        let_pass(2)
        assert _seconds_used("van") - used < 0.2
        client.kill()
    until(lambda: not any(_is_session(p, "van") for p in psutil.process_iter()), 5)


def _seconds_used(who: str) -> float:
    return float(sum(sum(p.cpu_times()[:2]) for p in psutil.process_iter() if _is_session(p, who)))


def _is_session(process: psutil.Process, who: str) -> bool:
    try:
        words = process.cmdline()
        return "reviewer.gate" in words and words[-1] == who
    except psutil.Error:
        return False


def test_an_abnormal_end_leaves_the_terminal_as_it_was(login: Callable[[str], Login]) -> None:
    at = login("lan")
    open_report(at)
    _gate, screen = sorted(at.sessions(), key=lambda process: process.pid)
    screen.kill()
    assert at.program.exit_code() == 128 + signal.SIGKILL
    tail = at.program.output[-400:]
    assert b"\x1b[?1049l" in tail and b"\x1b[?25h" in tail and b"\x1b[<u" in tail
