"""Reviewers who log in through a real sshd, each in a terminal of their own."""

from __future__ import annotations

import contextlib
import signal
import time
from pathlib import Path

import psutil

from annotations.store import Store
from tests.ssh.sshkit import Server
from tests.terminal.ptykit import Program, environment
from tests.waiting import until

FROZEN = 20.0
"""Seconds after which sshd has certainly given up a client that answers no more: two probes, 2 s apart."""


class Login:
    """A reviewer's terminal, with an ssh client in it."""

    def __init__(self, ssh: Server, who: str, home: Path) -> None:
        self.ssh, self.who = ssh, who
        self.program = Program(
            ssh.client(who, "-tt"), env={**environment(home), "HOME": str(ssh.folder)}, size=(100, 30)
        )

    def sessions(self) -> list[psutil.Process]:
        """Its processes on the host: the gate and the screen beside it."""
        wanted = ["reviewer.gate", "--db", str(self.ssh.database), self.who]
        found = []
        for process in psutil.process_iter(["cmdline"]):
            words = process.info["cmdline"] or []
            if words[-4:] == wanted and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        return found

    def wait_until_gone(self, seconds: float) -> float:
        """Seconds until none of its processes is left; fails after `seconds`."""
        start = time.monotonic()
        until(lambda: not self.sessions(), seconds, what=f"sessions of {self.who} are left")
        return time.monotonic() - start

    def drop(self) -> None:
        """The line is gone from one moment to the next."""
        self.program.kill(signal.SIGKILL)
        self.wait_until_gone(5)


def open_report(at: Login) -> None:
    """From the library into the first report, unless it is open already, and one clause on."""
    at.program.wait_for(lambda program: "Giao ban" in program.text() or "giải phóng" in program.text())
    at.program.settle()
    if "mặt bằng" not in at.program.text():
        at.program.press("enter")
        at.program.wait_for("mặt bằng")
    at.program.settle()


def place_of(ssh: Server, who: str) -> int | None:
    with Store.open(ssh.database, who) as store:
        place = store.place(1)
        return None if place is None else place.offset


def step_on(at: Login) -> int:
    """Go a clause on, from the last one to the first, and wait until that is on the disk; the place."""
    before = place_of(at.ssh, at.who)
    at.program.press("j")
    with contextlib.suppress(AssertionError):
        until(lambda: place_of(at.ssh, at.who) not in (before, None), 3)
    if place_of(at.ssh, at.who) == before:
        at.program.press("g")
        until(lambda: place_of(at.ssh, at.who) not in (before, None), what="the place is not kept")
    found = place_of(at.ssh, at.who)
    assert found is not None
    return found
