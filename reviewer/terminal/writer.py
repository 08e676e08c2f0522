"""Writing to the terminal at once where it can take it, and from a thread where the line is slow."""

from __future__ import annotations

import os
import select
import threading
from collections.abc import Callable


class Writer(threading.Thread):
    """Writes text to a terminal and never blocks who writes: what the line cannot take waits for it.

    `caught_up` is called from this thread after `ready` has said no and all is written; `gone` when the
    terminal has hung up.
    """

    def __init__(self, descriptor: int, *, caught_up: Callable[[], None], gone: Callable[[], None]) -> None:
        super().__init__(daemon=True, name="terminal-output")
        self._descriptor = descriptor
        self._direct = _opened_again(descriptor)
        self._caught_up = caught_up
        self._gone = gone
        self._changed = threading.Condition()
        self._queue: list[bytes] = []
        self._writing = False
        self._awaited = False
        self._stopped = False

    def write(self, text: str) -> None:
        """Write `text`, or as much as the line takes now and the rest later."""
        data = text.encode("utf-8", "replace")
        with self._changed:
            if not self._queue and not self._writing:
                data = data[self._written_at_once(data) :]
            if data:
                self._queue.append(data)
                self._changed.notify()

    def ready(self) -> bool:
        """Whether everything is written; if not, `caught_up` will be called when it is."""
        with self._changed:
            self._awaited = bool(self._queue or self._writing)
            return not self._awaited

    def stop(self) -> None:
        """Write what is left and end; waits for that at most two seconds."""
        with self._changed:
            self._stopped = True
            self._changed.notify()
        self.join(2)
        if self._direct >= 0:
            os.close(self._direct)
            self._direct = -1

    def run(self) -> None:
        """Write what could not be written at once, until stopped."""
        while True:
            with self._changed:
                self._writing = False
                while not self._queue and not self._stopped:
                    if self._awaited:
                        self._awaited = False
                        break
                    self._changed.wait()
                data, self._queue = b"".join(self._queue), []
                self._writing = bool(data)
                if not data and self._stopped:
                    return
            if not data:
                self._caught_up()
            elif not self._write_all(data):
                self._gone()
                return

    def _written_at_once(self, data: bytes) -> int:
        """Bytes that the terminal took without waiting; an error is left to the thread to meet again."""
        if self._direct < 0:
            return 0
        try:
            return os.write(self._direct, data)
        except OSError:
            return 0

    def _write_all(self, data: bytes) -> bool:
        view = memoryview(data)
        while view:
            try:
                view = view[os.write(self._descriptor, view) :]
            except BlockingIOError:
                select.select([], [self._descriptor], [])
            except OSError:
                return False
        return True


def _opened_again(descriptor: int) -> int:
    """The same terminal for writing without waiting; -1 where it cannot be opened.

    Opened anew, since the flag on the inherited descriptor would hold for the shell's as well.
    """
    try:
        return os.open(os.ttyname(descriptor), os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
    except OSError:
        return -1
