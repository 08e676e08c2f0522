"""Running a program in a real pseudo-terminal: type, click, wait for what should appear, count bytes.

The screen is pyte's. It is brought up to date only when looked at, so that reading it does not slow the
program down while an act is measured.
"""

from __future__ import annotations

import codecs
import contextlib
import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import pyte

PATIENCE = 60.0
"""Seconds to wait for something before a test fails: much, for machines with other work."""
QUIET = 0.08
"""Seconds without output after which an act counts as finished."""

ROOT = Path(__file__).parents[2]
Wanted = str | re.Pattern[str] | Callable[["Program"], object]

KEYS = {
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "shift+tab": "\x1b[Z",
    "backspace": "\x7f",
    "delete": "\x1b[3~",
    "space": " ",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "shift+up": "\x1b[1;2A",
    "shift+down": "\x1b[1;2B",
    "shift+right": "\x1b[1;2C",
    "shift+left": "\x1b[1;2D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
    "f1": "\x1bOP",
    "f2": "\x1bOQ",
}

# What pyte draws or takes for something else: private SGR, mode queries, cursor shapes, strings.
_MISREAD = re.compile(
    rb"\x1b\[[<=>][0-9;:]*[a-zA-Z]|\x1b\[\?[0-9;]*(?:\$p|[^hl0-9;$])|\x1b\[[0-9]* q|\x1b[P_^X][^\x1b]*\x1b\\"
)
_UNFINISHED = re.compile(rb"\x1b(?:\[[<=>?]?[0-9;:]*[ $]?|\][^\x07\x1b]*|[P_^X][^\x1b]*)?\Z")
_MARGINS = (re.compile(rb"\x1b\[\?69\$p"), b"\x1b[?69;2$y")
_ANSWERS = (
    (re.compile(rb"\x1b\[\?2026\$p"), b"\x1b[?2026;2$y"),
    (re.compile(rb"\x1b\[0?c"), b"\x1b[?62;22c"),
    (re.compile(rb"\x1b\[6n"), b"\x1b[1;1R"),
)


class Screen(pyte.Screen):
    """pyte's screen with what it lacks: moves of the scroll region and between columns, the other screen."""

    columns_set: tuple[int, int] | None = None
    _main: dict[int, dict[int, pyte.screens.Char]] | None = None

    def set_columns(self, left: int = 0, right: int = 0) -> None:
        """Left and right margins (DECSLRM)."""
        self.columns_set = (left - 1, right - 1) if left else None

    def set_mode(self, *modes: int, **kwargs: bool) -> None:
        if 1049 in modes and kwargs.get("private") and self._main is None:
            self._main = {y: dict(row) for y, row in self.buffer.items()}
            self.erase_in_display(2)
        super().set_mode(*modes, **kwargs)

    def reset_mode(self, *modes: int, **kwargs: bool) -> None:
        if 69 in modes and kwargs.get("private"):
            self.columns_set = None
        if 1049 in modes and kwargs.get("private") and self._main is not None:
            self.erase_in_display(2)
            for y, row in self._main.items():
                self.buffer[y].update(row)
            self._main = None
        super().reset_mode(*modes, **kwargs)

    def delete_lines(self, count: int = 1) -> None:
        if self.columns_set is None:
            return super().delete_lines(count)
        return self._move_columns(count)

    def insert_lines(self, count: int = 1) -> None:
        if self.columns_set is None:
            return super().insert_lines(count)
        return self._move_columns(-count)

    def _move_columns(self, count: int) -> None:
        bottom = self.margins.bottom if self.margins else self.lines - 1
        left, right = self.columns_set or (0, 0)
        rows = range(self.cursor.y, bottom + 1)
        for x in range(left, right + 1):
            column = {y: self.buffer[y][x] for y in rows}
            for y in rows:
                self.buffer[y][x] = column.get(y + count, self.default_char)

    def scroll_up(self, count: int = 0) -> None:
        """Move the lines of the scroll region up."""
        self._at_edge(self.index, -1, count)

    def scroll_down(self, count: int = 0) -> None:
        """Move the lines of the scroll region down."""
        self._at_edge(self.reverse_index, 0, count)

    def _at_edge(self, move: Callable[[], None], edge: int, count: int) -> None:
        margins = self.margins or (0, self.lines - 1)
        kept, self.cursor.y = self.cursor.y, margins[edge]
        for _ in range(min(count or 1, self.lines)):
            move()
        self.cursor.y = kept


class Stream(pyte.Stream):
    csi = {**pyte.Stream.csi, "S": "scroll_up", "T": "scroll_down", "s": "set_columns"}  # noqa: RUF012
    events = pyte.Stream.events | {"scroll_up", "scroll_down", "set_columns"}


@dataclass(frozen=True, slots=True)
class Act:
    """What one act cost: bytes to the terminal, seconds to the first and to the last of them."""

    output: bytes
    first: float
    last: float

    @property
    def size(self) -> int:
        """Bytes to the terminal."""
        return len(self.output)


def environment(home: Path, **more: str) -> dict[str, str]:
    """An environment in which nothing of this machine's user is seen; `more` is added to it."""
    home.mkdir(parents=True, exist_ok=True)
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "XDG_STATE_HOME": str(home / "state"),
        "REVIEWER_DB": str(home / "reviewer.db"),
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "PYTHONPATH": str(ROOT),
        **more,
    }


class Program:
    """A program in a pseudo-terminal of `size` (columns, rows).

    `answers`: the terminal says that it can synchronise output; `margins`: that it can move lines between
    two columns.
    """

    def __init__(
        self,
        argv: Sequence[str],
        *,
        env: Mapping[str, str],
        size: tuple[int, int] = (120, 40),
        cwd: Path | None = None,
        answers: bool = True,
        margins: bool = False,
    ) -> None:
        self._master, slave = os.openpty()
        self._set_size(*size)
        self._screen = Screen(*size)
        self._stream = Stream(self._screen)
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._unread = b""
        self._answers = (_ANSWERS if answers else ()) + ((_MARGINS,) if margins else ())
        self.output = b""
        self.last_output = self.started = time.perf_counter()
        self.process = subprocess.Popen(
            list(argv),
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=dict(env),
            cwd=cwd or env["HOME"],
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        os.close(slave)

    # -- what is seen

    @property
    def screen(self) -> Screen:
        """The screen as it is now."""
        while self._pull(0):
            pass
        return self._drawn()

    def rows(self) -> list[str]:
        """The rows of the screen, without the blanks at their ends."""
        return [row.rstrip() for row in self.screen.display]

    def text(self) -> str:
        """The whole screen as text."""
        return "\n".join(self.rows())

    def find(self, text: str) -> tuple[int, int]:
        """Column and row (from 0) where `text` begins on the screen."""
        for y, row in enumerate(self.screen.display):
            if text in row:
                return row.index(text), y
        raise AssertionError(f"{text!r} is not on the screen:\n{self.text()}")

    # -- what is done

    def press(self, *keys: str) -> None:
        """Press keys, named as Textual names them; a name of one character is that character."""
        self.send("".join(map(_bytes_of, keys)))

    def send(self, data: str | bytes) -> None:
        """Write to the program's keyboard in one go."""
        data = data.encode() if isinstance(data, str) else data
        while data:
            ready, writable, _ = select.select([self._master], [self._master], [], PATIENCE)
            if ready:
                self._pull(0)
            if writable:
                data = data[os.write(self._master, data[:512]) :]

    def click(self, x: int, y: int, *, times: int = 1) -> None:
        """Press and release the left button at column `x`, row `y` (from 0)."""
        self.send("".join(f"\x1b[<0;{x + 1};{y + 1}{state}" for _ in range(times) for state in "Mm"))

    def click_on(self, text: str) -> None:
        """Click the first letter of `text`."""
        self.click(*self.find(text))

    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Drag from one cell to another with the left button."""
        (x1, y1), (x2, y2) = start, end
        middle = f"\x1b[<32;{(x1 + x2) // 2 + 1};{(y1 + y2) // 2 + 1}M"
        self.send(f"\x1b[<0;{x1 + 1};{y1 + 1}M{middle}\x1b[<32;{x2 + 1};{y2 + 1}M\x1b[<0;{x2 + 1};{y2 + 1}m")

    def wheel(self, x: int, y: int, *, down: bool = True) -> None:
        """One notch of the wheel at a cell."""
        self.send(f"\x1b[<{65 if down else 64};{x + 1};{y + 1}M")

    def resize(self, columns: int, rows: int) -> None:
        """Change the window's size; the program gets SIGWINCH."""
        self._drawn()
        self._screen.resize(rows, columns)
        self._set_size(columns, rows)

    # -- waiting

    def wait_for(self, wanted: Wanted, timeout: float = PATIENCE) -> None:
        """Wait until a text, a pattern or a condition holds of the screen; else AssertionError shows it."""
        until = time.monotonic() + timeout
        while not self._holds(wanted):
            if time.monotonic() > until or not self._pull(until - time.monotonic()):
                if self._holds(wanted):
                    return
                state = f"ended with {self.process.poll()}" if self.process.poll() is not None else "runs"
                raise AssertionError(f"{wanted!r} did not come ({state}):\n{self.text()}")

    def settle(self, quiet: float = QUIET, timeout: float = PATIENCE) -> None:
        """Wait until nothing was written for `quiet` seconds."""
        until = time.monotonic() + timeout
        while self._pull(quiet):
            if time.monotonic() > until:
                raise AssertionError(f"the program writes on and on:\n{self.text()}")

    def act(self, *keys: str, quiet: float = QUIET) -> Act:
        """Press keys in one go; what that cost until the program was quiet again."""
        return self.measured(lambda: self.press(*keys), quiet=quiet)

    def measured(self, do: Callable[[], None], *, quiet: float = QUIET) -> Act:
        """What the program writes from `do` on until it is quiet."""
        before, start = len(self.output), time.perf_counter()
        do()
        first = None
        while self._pull(quiet if first is not None else max(quiet, 1.0)):
            first = self.last_output if first is None else first
        return Act(self.output[before:], (first or start) - start, max(0.0, self.last_output - start))

    def timeline(self, do: Callable[[], None], *, quiet: float = QUIET) -> list[tuple[float, list[str]]]:
        """The rows of the screen after each piece of output from `do` on, and when it came, in seconds."""
        self._drawn()
        seen, start = len(self.output), time.perf_counter()
        pieces: list[tuple[float, bytes]] = []
        do()
        while self._pull(quiet if pieces else max(quiet, 1.0)):
            pieces.append((self.last_output - start, self.output[seen:]))
            seen = len(self.output)
        self._unread = b""
        drawn = []
        for when, data in pieces:
            self._unread += data
            drawn.append((when, [row.rstrip() for row in self._drawn().display]))
        return drawn

    def seconds_until(self, wanted: str | bytes) -> float:
        """Seconds from the start of the program to the output in which `wanted` came, read as raw bytes."""
        needle = wanted.encode() if isinstance(wanted, str) else wanted
        until = time.monotonic() + PATIENCE
        while needle not in self.output:
            if time.monotonic() > until or not self._pull(until - time.monotonic()):
                raise AssertionError(f"{wanted!r} was not written:\n{self.text()}")
        return self.last_output - self.started

    # -- the end

    def kill(self, number: int = signal.SIGTERM) -> None:
        """Send the program a signal."""
        self.process.send_signal(number)

    def hang_up(self) -> None:
        """Close the terminal, as a line that drops does."""
        if self._master >= 0:
            os.close(self._master)
            self._master = -1

    def exit_code(self, timeout: float = PATIENCE) -> int:
        """Wait for the program to end; negative for the signal that ended it."""
        until = time.monotonic() + timeout
        while self.process.poll() is None:
            if self._master < 0 or not self._pull(0.05):
                with contextlib.suppress(subprocess.TimeoutExpired):
                    self.process.wait(0.05)
            if time.monotonic() > until:
                raise AssertionError(f"the program still runs:\n{'' if self._master < 0 else self.text()}")
        while self._master >= 0 and self._pull(0):
            pass
        return self.process.returncode

    def close(self) -> None:
        """End the program, however it feels about it."""
        self.hang_up()
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()

    def resident(self) -> int:
        """Bytes of memory the program holds now."""
        return int(psutil.Process(self.process.pid).memory_info().rss)

    def cpu_seconds(self) -> float:
        """Processor time the program has used."""
        times = psutil.Process(self.process.pid).cpu_times()
        return float(times.user + times.system)

    def __enter__(self) -> Program:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # -- inside

    def _set_size(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def _pull(self, timeout: float) -> bool:
        """Read what is there within `timeout` seconds; False if there is nothing."""
        if self._master < 0 or not select.select([self._master], [], [], max(0.0, timeout))[0]:
            return False
        try:
            data = os.read(self._master, 65536)
        except OSError:
            return False
        self.last_output = time.perf_counter()
        if not data:
            return False
        self.output += data
        self._unread += data
        for question, answer in self._answers:
            if question.search(data):
                os.write(self._master, answer)
        return True

    def _drawn(self) -> Screen:
        data = _MISREAD.sub(b"", self._unread)
        part = _UNFINISHED.search(data, max(0, len(data) - 4096))
        data, self._unread = (data[: part.start()], part[0]) if part else (data, b"")
        self._stream.feed(self._decode(data))
        return self._screen

    def _holds(self, wanted: Wanted) -> object:
        if isinstance(wanted, str):
            return wanted in self.text()
        if isinstance(wanted, re.Pattern):
            return wanted.search(self.text())
        return wanted(self)


def _bytes_of(key: str) -> str:
    if key in KEYS:
        return KEYS[key]
    if key.startswith("ctrl+"):
        return chr(ord(key[-1]) & 31)
    if len(key) != 1:
        raise ValueError(f"no key {key!r}")
    return key


class Terminals:
    """Starts programs and ends them all with the test."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._programs: list[Program] = []

    def run(
        self,
        *argv: str,
        size: tuple[int, int] = (120, 40),
        answers: bool = True,
        margins: bool = False,
        **env: str,
    ) -> Program:
        """Run a program; `env` is added to an environment isolated in `home`."""
        program = Program(
            argv, env=environment(self.home, **env), size=size, answers=answers, margins=margins
        )
        self._programs.append(program)
        return program

    def python(self, *arguments: str, **how: Any) -> Program:
        """Run this Python with arguments, such as `-m reviewer`; `how` as for `run`."""
        return self.run(sys.executable, *arguments, **how)

    def reviewer(self, *words: str, **how: Any) -> Program:
        """Run the program itself; `how` as for `run`."""
        return self.python("-m", "reviewer", *words, **how)

    def close(self) -> None:
        """End every program started."""
        for program in self._programs:
            program.close()


@contextlib.contextmanager
def terminals(home: Path) -> Iterator[Terminals]:
    """A place to run programs from; all are ended afterwards."""
    started = Terminals(home)
    try:
        yield started
    finally:
        started.close()
