"""What must hold in the environment before Textual is imported, since it reads its settings at import.

This module imports nothing of Textual, so that the command line can call it first.
"""

from __future__ import annotations

import os
import sys
from collections.abc import MutableMapping
from typing import NoReturn, Protocol

MAX_COLUMNS = 500
MAX_ROWS = 200
_DEFAULT_SIZE = (80, 24)

_HARMLESS = frozenset(
    {
        "TEXTUAL_ANIMATIONS",
        "TEXTUAL_COLOR_SYSTEM",
        "TEXTUAL_DIM_FACTOR",
        "TEXTUAL_DISABLE_KITTY_KEY",
        "TEXTUAL_FILTERS",
        "TEXTUAL_FPS",
        "TEXTUAL_SLOW_THRESHOLD",
        "TEXTUAL_SMOOTH_SCROLL",
        "TEXTUAL_THEME",
    }
)
_COLOUR_SYSTEMS = {"truecolor": "truecolor", "256": "256", "16": "standard"}
_TEXTUAL_COLOUR_SYSTEMS = frozenset({"auto", "standard", "256", "truecolor"})


class HasColours(Protocol):
    """Settings that say how many colours to use: `auto`, `truecolor`, `256`, `16` or `none`."""

    @property
    def colours(self) -> str:
        """How many colours."""


def prepare(
    settings: HasColours | None = None,
    environ: MutableMapping[str, str] | None = None,
    *,
    compact: bool = False,
) -> None:
    """Set what Textual reads at import, wherever the user has not, and drop what must not act.

    Of Textual's own variables only those that choose how things look are let through: others import code,
    write files or type keys, and the environment of an SSH session may come from its client. Over SSH fewer
    frames are drawn, and colours are named by their number among 256, which is what ours are; with `compact`
    fewer still.
    """
    environ = os.environ if environ is None else environ
    for name in [name for name in environ if name.startswith("TEXTUAL") and name not in _HARMLESS]:
        del environ[name]
    if environ.get("TEXTUAL_COLOR_SYSTEM", "auto") not in _TEXTUAL_COLOUR_SYSTEMS:
        del environ["TEXTUAL_COLOR_SYSTEM"]
    remote = over_ssh(environ)
    defaults = {
        "TEXTUAL_ANIMATIONS": "none",
        "TEXTUAL_SMOOTH_SCROLL": "0",
        "TEXTUAL_DISABLE_KITTY_KEY": "1",
        "TEXTUAL_FPS": "15" if compact else "30" if remote else "60",
        "ESCDELAY": "100" if remote else "50",
    }
    colours = "auto" if settings is None else settings.colours
    if colours == "none":
        defaults["NO_COLOR"] = "1"
    elif colours in _COLOUR_SYSTEMS:
        defaults["TEXTUAL_COLOR_SYSTEM"] = _COLOUR_SYSTEMS[colours]
    elif (remote or compact) and _shows_256(environ):
        defaults["TEXTUAL_COLOR_SYSTEM"] = "256"
    for name, value in defaults.items():
        environ.setdefault(name, value)


def _shows_256(environ: MutableMapping[str, str]) -> bool:
    """Whether the terminal is known to show 256 colours or more."""
    return "256" in environ.get("TERM", "") or environ.get("COLORTERM", "") in ("truecolor", "24bit")


def over_ssh(environ: MutableMapping[str, str] | None = None) -> bool:
    """Whether the terminal is at the other end of an SSH connection."""
    environ = os.environ if environ is None else environ
    return bool(environ.get("SSH_CONNECTION") or environ.get("SSH_TTY"))


def has_terminal() -> bool:
    """Whether a person can be met at both ends: keys are read from a terminal and screens shown on one."""
    return all(stream is not None and stream.isatty() for stream in (sys.__stdin__, sys.__stderr__))


def clamped(columns: int, rows: int) -> tuple[int, int]:
    """A size in cells that can be drawn: at least 1 × 1, at most MAX_COLUMNS × MAX_ROWS.

    An SSH client names the size, and 65,535 × 65,535 cells would take gigabytes.
    """
    return max(1, min(columns, MAX_COLUMNS)), max(1, min(rows, MAX_ROWS))


def terminal_size(*descriptors: int) -> tuple[int, int]:
    """Columns and rows of the terminal that one of the file descriptors leads to, clamped.

    `COLUMNS` and `LINES` count only where no terminal tells: they do not change with the window.
    """
    for descriptor in descriptors:
        try:
            size = os.get_terminal_size(descriptor)
        except OSError:
            continue
        if size.columns > 0 and size.lines > 0:
            return clamped(size.columns, size.lines)
    named = (os.environ.get("COLUMNS", ""), os.environ.get("LINES", ""))
    columns, rows = (int(value[:6]) if value.isdecimal() else 0 for value in named)
    return clamped(columns or _DEFAULT_SIZE[0], rows or _DEFAULT_SIZE[1])


def erases_with_background(term: str | None = None) -> bool:
    """Whether the terminal called `term` (else `$TERM`) erases with the current background (`bce`).

    `screen` and the Linux console are held for terminals that do not: their real behaviour differs by
    version, and painting blanks is right everywhere.
    """
    term = os.environ.get("TERM", "") if term is None else term
    if not term or term.startswith(("screen", "tmux", "linux", "dumb", "vt")):
        return False
    if term.startswith(("xterm", "alacritty", "foot", "ghostty", "konsole", "st-", "wezterm")):
        return True
    import curses

    try:
        curses.setupterm(term, 1)
    except curses.error:
        return False
    return curses.tigetflag("bce") > 0


def leave(code: int) -> NoReturn:
    """End the process at once with `code`, everything written: tearing Python down takes 20 to 60 ms."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            code = code or 1
    os._exit(code)
