"""What an app must not do where its user owns nothing but a session: open, write, suspend, obey data."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import time
from typing import TYPE_CHECKING, Any, BinaryIO, ClassVar, Literal, TextIO

from rich.text import Text
from textual.app import SuspendNotSupported

from reviewer.terminal import strips

INFORMED = 4.0
"""Seconds that information stays."""
MOST_NOTICES = 2
"""Notices in sight at once."""
JUST_SAID = 0.5
"""Seconds for which a notice belongs to the change of screens that follows it."""

if TYPE_CHECKING:
    from textual.app import App
    from textual.dom import DOMNode
    from textual.events import Event

    _Base = App[Any]
else:
    _Base = object

strips.install()


class SafeApp(_Base):
    """A mixin, put before `App`: notices are literal, markup in data runs nothing, files stay unwritten."""

    ENABLE_COMMAND_PALETTE: ClassVar[bool] = False

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: Literal["information", "warning", "error"] = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """Show a notice, its text as it stands, for `timeout` seconds (by default 4, or 5 where it is no mere
        information); one that says the same gives way."""
        for shown in [one for one in self._notifications if one.message == message]:
            self._unnotify(shown, refresh=False)
        if timeout is None and severity == "information":
            timeout = INFORMED
        super().notify(message, title=title, severity=severity, timeout=timeout, markup=False)

    def on_notify(self) -> None:
        """Make room for one more notice: the oldest that is no error goes, or else the oldest."""
        shown = sorted(self._notifications, key=lambda one: (one.severity == "error", one.raised_at))
        for old in shown[: max(0, len(shown) + 1 - MOST_NOTICES)]:
            self._unnotify(old, refresh=False)

    def says(self, message: str) -> bool:
        """Whether a notice with that text is in sight."""
        return any(one.message == message for one in self._notifications)

    def leave_notices(self) -> None:
        """Take away what was said on the screen before, save errors and what has just been said."""
        said = time() - JUST_SAID
        for old in [one for one in self._notifications if one.severity != "error" and one.raised_at < said]:
            self._unnotify(old)

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        """Open nothing: a browser would run on the host."""

    def deliver_text(
        self,
        path_or_file: str | Path | TextIO,
        *,
        save_directory: str | Path | None = None,
        save_filename: str | None = None,
        open_method: Literal["browser", "download"] = "download",
        encoding: str | None = None,
        mime_type: str | None = None,
        name: str | None = None,
    ) -> str | None:
        """Write nothing: exports are a command of their own."""
        return None

    def deliver_binary(
        self,
        path_or_file: str | Path | BinaryIO,
        *,
        save_directory: str | Path | None = None,
        save_filename: str | None = None,
        open_method: Literal["browser", "download"] = "download",
        mime_type: str | None = None,
        name: str | None = None,
    ) -> str | None:
        """Write nothing: exports are a command of their own."""
        return None

    def action_screenshot(self, filename: str | None = None, path: str | None = None) -> None:
        """Write nothing."""

    def save_screenshot(
        self, filename: str | None = None, path: str | None = None, time_format: str | None = None
    ) -> str:
        """Refuse with PermissionError; `export_screenshot` gives the picture as text."""
        raise PermissionError("this program writes no pictures")

    @contextmanager
    def suspend(self) -> Iterator[None]:
        """Refuse with SuspendNotSupported: there may be no shell behind the session."""
        raise SuspendNotSupported("this program does not suspend")
        yield

    def action_suspend_process(self) -> None:
        """Do nothing: there may be no shell behind the session."""

    async def _broker_event(self, event_name: str, event: Event, default_namespace: DOMNode) -> bool:
        """Run no action that a style names: data could have named it."""
        return False

    def _fatal_error(self) -> None:
        """End with the traceback alone: Textual's shows the values of variables, which are people's texts."""
        self.bell()
        self._exit_renderables.append(Text(strips.inert_lines(traceback.format_exc())))
        self._close_messages_no_wait()
