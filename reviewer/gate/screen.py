"""The screen as a child of the gate, which outlives it and leaves the terminal as it was."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import sys
import termios
import time
from collections.abc import Callable

RESTORED = (
    "\x1b[<u\x1b[?1049l\x1b[?1000;1002;1003;1006;1015;2004;1004;2026l\x1b[?69l\x1b[r\x1b[?25h\x1b[?7h\x1b[m\r"
)
"""Ends what the screen may have begun: keyboard flags, its page, mouse, paste, focus, margins, no cursor."""

_ABNORMAL = 70
_LOOK_SECONDS = 30
_GRAIN_SECONDS = 8
"""How far the kernel lets a terminal's clock lag behind the last key (tty_update_time in tty_io.c)."""


def run_beside(session: Callable[[], int], idle_minutes: float = 0, farewell: str = "") -> int:
    """Run `session` in a child process; its exit code, 128 and the number where a signal ended it.

    `idle_minutes`: end it, and say `farewell`, when so long nothing was typed; 0 for never. The terminal's
    own clock tells, so a session that writes or hangs is idle all the same.
    """
    before = termios.tcgetattr(0)
    for name in (signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP):
        signal.signal(name, signal.SIG_IGN)
    child = os.fork()
    if child == 0:
        _be_session(session)
    if was_idle := not _ends_within(child, idle_minutes * 60):
        os.kill(child, signal.SIGTERM)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if code < 0 or code >= _ABNORMAL:
        with contextlib.suppress(OSError, termios.error):
            termios.tcsetattr(0, termios.TCSANOW, before)
            os.write(1, f"{RESTORED}{farewell if was_idle else ''}\r\n".encode())
    return 128 - code if code < 0 else code


def _be_session(session: Callable[[], int]) -> None:
    for name in (signal.SIGINT, signal.SIGQUIT):
        signal.signal(name, signal.SIG_DFL)
    code = 70
    try:
        code = session()
    finally:
        with contextlib.suppress(OSError, ValueError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


def _ends_within(child: int, idle_seconds: float) -> bool:
    """Wait for the child; False as soon as nothing was typed for so long, 0 for however long."""
    watch = select.poll()
    watch.register(os.pidfd_open(child), select.POLLIN)
    look = min(_LOOK_SECONDS, idle_seconds) * 1000 if idle_seconds else None
    while not watch.poll(look):
        if time.time() - os.fstat(0).st_atime > idle_seconds + _GRAIN_SECONDS:
            return False
    return True
