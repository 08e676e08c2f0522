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


def run_beside(session: Callable[[], int], idle_minutes: int = 0) -> int:
    """Run `session` in a child process; its exit code, 128 and the number where a signal ended it.

    `idle_minutes`: end it when so long nothing was typed; 0 for never. The terminal's own clock tells, so a
    session that writes or hangs is idle all the same.
    """
    before = termios.tcgetattr(0)
    for name in (signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP):
        signal.signal(name, signal.SIG_IGN)
    child = os.fork()
    if child == 0:
        _be_session(session)
    ended = _wait(child, idle_minutes * 60)
    code = os.waitstatus_to_exitcode(ended)
    if code < 0 or code >= _ABNORMAL:
        with contextlib.suppress(OSError, termios.error):
            termios.tcsetattr(0, termios.TCSANOW, before)
            os.write(1, RESTORED.encode())
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


def _wait(child: int, idle_seconds: int) -> int:
    """Wait for the child, ending it when nothing was typed for so long; its wait status."""
    watch = select.poll()
    watch.register(os.pidfd_open(child), select.POLLIN)
    while not watch.poll(_LOOK_SECONDS * 1000 if idle_seconds else None):
        if time.time() - os.fstat(0).st_atime > idle_seconds:
            os.kill(child, signal.SIGTERM)
            break
    return os.waitpid(child, 0)[1]
