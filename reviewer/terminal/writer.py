"""The thread that writes to the terminal, so that a slow line never stops the program."""

from __future__ import annotations

import os
import select
import threading
from collections.abc import Callable


class Writer(threading.Thread):
    """Writes text to a file descriptor as fast as it takes it, and tells when it has caught up.

    `caught_up` is called from this thread after `ready` has said no and all is written; `gone` when the
    terminal has hung up.
    """

    def __init__(self, descriptor: int, *, caught_up: Callable[[], None], gone: Callable[[], None]) -> None:
        super().__init__(daemon=True, name="terminal-output")
        self._descriptor = descriptor
        self._caught_up = caught_up
        self._gone = gone
        self._changed = threading.Condition()
        self._queue: list[str] = []
        self._writing = False
        self._awaited = False
        self._stopped = False

    def write(self, text: str) -> None:
        """Put `text` in the queue. Never blocks."""
        with self._changed:
            self._queue.append(text)
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

    def run(self) -> None:
        """Write until stopped."""
        while True:
            with self._changed:
                self._writing = False
                while not self._queue and not self._stopped:
                    if self._awaited:
                        self._awaited = False
                        break
                    self._changed.wait()
                text, self._queue = "".join(self._queue), []
                self._writing = bool(text)
                if not text and self._stopped:
                    return
            if not text:
                self._caught_up()
            elif not self._write_all(text.encode("utf-8", "replace")):
                self._gone()
                return

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
