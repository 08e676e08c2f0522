"""Which processes of this computer still live, told apart from later ones with the same number."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path


def started(pid: int) -> int | None:
    """When a process began, in clock ticks since the computer did; None if it is gone.

    0 where the system does not tell but the process lives. Field 22 of /proc/PID/stat, proc(5).
    """
    try:
        said = Path(f"/proc/{pid}/stat").read_text("ascii", "replace")
    except OSError:
        return None if Path("/proc/self/stat").exists() else _lives(pid)
    fields = said.rpartition(")")[2].split()
    return None if fields[0] in "ZX" else int(fields[19])


@lru_cache(maxsize=1)
def _own(pid: int) -> tuple[int, int]:
    return pid, started(pid) or 0


def this_process() -> tuple[int, int]:
    """This process's number and when it began."""
    return _own(os.getpid())


def _lives(pid: int) -> int | None:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return None
    except PermissionError:
        return 0
    return 0
