"""The ticket that a session holds while it writes, so that every session gets its turn."""

from __future__ import annotations

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from annotations.errors import DatabaseRefused
from reports.errors import N_

WAIT_SECONDS = 10.0
"""How long a session waits for its turn before it says that the record is busy."""


class Ticket:
    """An exclusive `flock` on a file beside the database; the kernel gives it back when its holder dies.

    SQLite's own waiting is unfair: under eight busy writers one waited 10.9 s, with the ticket 0.2 s.
    Entering raises DatabaseRefused after `WAIT_SECONDS`. Two tickets in one process exclude each other.
    """

    def __init__(self, database: Path) -> None:
        self._database = database
        self._path = Path(f"{database}-lock")
        self._fd: int | None = None

    def __enter__(self) -> Ticket:
        fd = self._fd if self._fd is not None else self._open()
        self._fd = fd
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._fd = None
            os.close(fd)
            self._fd = _Wait(self._open()).result(WAIT_SECONDS)
            if self._fd is None:
                raise DatabaseRefused(
                    N_("Another session is writing {path}. Nothing was saved; try again in a moment."),
                    path=self._database,
                ) from None
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._fd is not None:
            fcntl.flock(self._fd, fcntl.LOCK_UN)

    def close(self) -> None:
        """Let go of the lock file, which stays."""
        if self._fd is not None:
            os.close(self._fd)
            self._fd = None

    def _open(self) -> int:
        try:
            fd = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        except OSError as error:
            raise DatabaseRefused(
                N_("{path} cannot be written ({reason}). Ask its owner for the right to write there."),
                path=self._path,
                reason=error.strerror,
            ) from error
        self._share(fd)
        return fd

    def _share(self, fd: int) -> None:
        """Whoever may write the database may take the ticket, as SQLite does for its own side files."""
        try:
            wanted, made = self._database.stat(), os.fstat(fd)
        except FileNotFoundError:
            return
        if made.st_uid == os.geteuid() and (made.st_mode ^ wanted.st_mode) & 0o666:
            os.fchmod(fd, wanted.st_mode & 0o666)


@contextmanager
def turn(database: Path) -> Iterator[None]:
    """The ticket for once, its file let go of afterwards."""
    ticket = Ticket(database)
    try:
        with ticket:
            yield
    finally:
        ticket.close()


class _Wait(threading.Thread):
    """Queue for the lock in the kernel, which is fair and has no time limit of its own."""

    def __init__(self, fd: int) -> None:
        super().__init__(name="ticket", daemon=True)
        self._fd = fd
        self._guard = threading.Lock()
        self._held = False
        self._given_up = False
        self.start()

    def run(self) -> None:
        fcntl.flock(self._fd, fcntl.LOCK_EX)
        with self._guard:
            self._held = True
            if self._given_up:
                os.close(self._fd)

    def result(self, seconds: float) -> int | None:
        """The locked descriptor, or None when `seconds` have passed; an interrupt gives up the place too."""
        try:
            self.join(seconds)
        except BaseException:
            fd = self._settle()
            if fd is not None:
                os.close(fd)
            raise
        return self._settle()

    def _settle(self) -> int | None:
        with self._guard:
            self._given_up = not self._held
            return self._fd if self._held else None
