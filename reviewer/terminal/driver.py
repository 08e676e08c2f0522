"""The driver between Textual and the terminal: few bytes out, any bytes in, gone when the terminal is."""

from __future__ import annotations

import contextlib
import os
import re
import select
import signal
from collections.abc import Callable, Iterable, Iterator
from types import ModuleType
from typing import TYPE_CHECKING, Any

from textual import events
from textual.drivers import linux_driver
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message
from textual.messages import InBandWindowResize

from reviewer.terminal.environment import clamped, erases_with_background, over_ssh, terminal_size
from reviewer.terminal.frames import FrameEncoder
from reviewer.terminal.keyboard import Keyboard
from reviewer.terminal.writer import Writer

if TYPE_CHECKING:
    from textual.app import App

SYNC_START = "\x1b[?2026h"
SYNC_END = "\x1b[?2026l"
_WORTH_SYNCING = 256
_HUNG_UP = 129
_MARGINS = 69
_PRESSES = (events.MouseDown, events.MouseScrollDown, events.MouseScrollUp)
_OWN_MODES = "\x1b[?1049h\x1b[?25l\x1b[?1004h\x1b[?2004h\x1b[?7l"

# Modes other than the alternate screen, queries, titles, clipboard, bell, cursor shape, keyboard flags.
_LEAVES_SCREEN = re.compile(
    r"(?:\x1b\[\?(?!1049|1047|47|3[hl])[0-9;]+(?:[hl]|\$p)|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x07"
    r"|\x1b\[[0-9]* q|\x1b\[[<>=][0-9;]*u)*"
)


class ReviewerDriver(LinuxDriver):
    """Textual's Linux driver with what a session over a thin or broken line needs.

    Frames are encoded as differences, and one that is overtaken before the line could take it is never
    sent. Bytes that make no sense are survived. SIGHUP and SIGTERM keep their default action, and a
    terminal that is gone ends the process within milliseconds, also where no signal comes.
    """

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=False, mouse=mouse, size=size)
        self._output = self._file.fileno() if self._file is not None else 2
        self._size = clamped(*size) if size else terminal_size(self._output, self.fileno)
        self._encoder = FrameEncoder(*self._size, erases=erases_with_background())
        self._writer: Writer | None = None
        self._synchronised = False
        self._leaving = _Flag()
        signal.signal(signal.SIGTSTP, signal.SIG_IGN)

    @property
    def can_suspend(self) -> bool:
        """Never: there may be no shell behind the session."""
        return False

    def repaint(self) -> None:
        """Write the whole screen again, as after something else wrote on the terminal."""
        self._encoder.repaint()
        self._send_frame()

    def write(self, data: str) -> None:
        """Send a frame as its difference to what is shown, and anything else as it is."""
        if data in (SYNC_START, SYNC_END):
            self._synchronised = True
        elif self._encoder.apply(data):
            self._send_frame()
        else:
            self._pass_through(data)

    def start_application_mode(self) -> None:
        """Take the terminal over."""
        for name in (signal.SIGHUP, signal.SIGTERM):
            signal.signal(name, signal.SIG_DFL)
        self._writer = writer = Writer(self._output, caught_up=self._line_is_free, gone=self._hang_up)
        with _substituted(linux_driver, "WriterThread", lambda _file: writer):
            super().start_application_mode()  # type: ignore[no-untyped-call]

    def disable_input(self) -> None:
        """End the input thread at once: it waits without a timeout."""
        self._leaving.set()
        super().disable_input()
        self._leaving.clear()

    def close(self) -> None:
        """Write what is left and give everything back."""
        super().close()
        self._leaving.close()

    def run_input_thread(self) -> None:
        """Read keys until told to leave; end the process where the terminal has hung up."""
        keyboard = Keyboard()
        watch = select.poll()
        watch.register(self.fileno, select.POLLIN)
        if self._output != self.fileno:
            watch.register(self._output, 0)
        watch.register(self._leaving.fileno(), select.POLLIN)
        while not self._leaving.is_set():
            patience = keyboard.patience()
            ready = watch.poll(None if patience is None else patience * 1000 + 1)
            for descriptor, event in ready:
                if event & select.POLLIN and descriptor == self.fileno:
                    self._send_all(keyboard.feed(self._read_keys()))
                    self._encoder.margins = _MARGINS in keyboard.modes
                elif event & (select.POLLHUP | select.POLLERR | select.POLLNVAL):
                    self._hang_up()
            self._send_all(keyboard.tick())

    def process_message(self, message: Message) -> None:
        """Pass a message from the terminal on.

        Sizes are asked of the system, never taken from the keys; presses outside the screen are nobody's.
        """
        if isinstance(message, events.Resize | InBandWindowResize):
            return
        if isinstance(message, _PRESSES) and not self._on_screen(message):
            return
        super().process_message(message)

    def _on_screen(self, event: events.MouseEvent) -> bool:
        return event.x < self._encoder.width and event.y < self._encoder.height

    def _send_all(self, messages: Iterable[Message]) -> None:
        for message in messages:
            self.process_message(message)

    def _read_keys(self) -> bytes:
        try:
            data = os.read(self.fileno, 4096)
        except OSError:
            data = b""
        if not data:
            self._hang_up()
        return data

    def _hang_up(self) -> None:
        """End the process: nobody sees it any more, and everything a reviewer did is stored."""
        os._exit(_HUNG_UP)

    def _get_terminal_size(self) -> tuple[int, int]:
        size = terminal_size(self._output, self.fileno)
        self._in_loop(self._resized, size)
        return size

    def _resized(self, size: tuple[int, int]) -> None:
        self._encoder.resize(*size)
        self._app.call_later(self._app.refresh)

    def _sigcont_application(self, *_: object) -> None:
        """Take the terminal over again after a stop from outside."""
        self._in_loop(self._take_back)

    def _take_back(self) -> None:
        if self._writer is not None:
            self._writer.write(_OWN_MODES)
            self._enable_mouse_support()
            self.repaint()

    def _request_terminal_sync_mode_support(self) -> None:
        super()._request_terminal_sync_mode_support()
        if os.environ.get("TERM_PROGRAM", "") != "Apple_Terminal":
            self.write(f"\x1b[?{_MARGINS}$p")

    def _query_in_band_window_resize(self) -> None:
        """Ask nothing: SIGWINCH tells of new sizes."""

    def _enable_mouse_support(self) -> None:
        if self._mouse:
            follow = "1002" if over_ssh() else "1003"
            self.write(f"\x1b[?1000h\x1b[?{follow}h\x1b[?1006h")

    def _disable_mouse_support(self) -> None:
        if self._mouse:
            self.write("\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l")

    def _send_frame(self) -> None:
        writer = self._writer
        if writer is None or not writer.ready():
            return
        output = self._encoder.flush()
        if self._synchronised and len(output) > _WORTH_SYNCING:
            output = f"{SYNC_START}{output}{SYNC_END}"
        if output:
            writer.write(output)

    def _pass_through(self, data: str) -> None:
        assert self._writer is not None, "the terminal is not taken over"
        if not _LEAVES_SCREEN.fullmatch(data):
            data = f"{self._encoder.flush()}{self._encoder.plain_pen()}{data}"
            self._encoder.forget()
        self._writer.write(data)

    def _line_is_free(self) -> None:
        self._in_loop(self._send_frame)

    def _in_loop(self, call: Callable[..., None], *arguments: object) -> None:
        with contextlib.suppress(RuntimeError):
            self._loop.call_soon_threadsafe(call, *arguments)


class _Flag:
    """A switch that a thread can wait for together with file descriptors."""

    def __init__(self) -> None:
        self._read, self._write = os.pipe()
        self._is_set = False

    def fileno(self) -> int:
        """What becomes readable when the flag is set."""
        return self._read

    def is_set(self) -> bool:
        """Whether it is set."""
        return self._is_set

    def set(self) -> None:
        """Set it, waking who waits."""
        if not self._is_set and self._read >= 0:
            self._is_set = True
            os.write(self._write, b".")

    def clear(self) -> None:
        """Take it back."""
        if self._is_set:
            os.read(self._read, 1)
            self._is_set = False

    def close(self) -> None:
        """Free the descriptors; setting it does nothing afterwards."""
        if self._read >= 0:
            os.close(self._read)
            os.close(self._write)
            self._read = self._write = -1


@contextlib.contextmanager
def _substituted(module: ModuleType, name: str, value: object) -> Iterator[None]:
    """`module.name` is `value` meanwhile: Textual makes its writer in the midst of taking over."""
    original = getattr(module, name)
    setattr(module, name, value)
    try:
        yield
    finally:
        setattr(module, name, original)
