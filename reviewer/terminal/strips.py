"""The one place where text becomes terminal bytes: nothing in data can steer the terminal from here on."""

from __future__ import annotations

import re

from rich.color import ColorSystem
from rich.console import Console
from rich.style import Style
from textual.strip import Strip

# What a terminal may obey or choke on: control characters of both sets, delete, what turns the direction of
# writing, lone surrogates.
_UNSAFE = re.compile("[\0-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def install() -> None:
    """Make every strip that any widget draws render through `render_strip`. May be called again."""
    Strip.render = render_strip  # type: ignore[method-assign, assignment]
    Strip.render_style = classmethod(_render_style)  # type: ignore[assignment]


def inert(text: str) -> str:
    """`text` without characters that act on a terminal, as many cells wide as Rich measures the original.

    Rich counts control characters as no cell, so they are dropped; importing has shown them already.
    """
    if text.isprintable():
        return text
    return _UNSAFE.sub(_as_wide, text)


def inert_lines(text: str) -> str:
    """The same for text of several lines, which stay lines."""
    return "\n".join(map(inert, text.split("\n")))


def render_strip(strip: Strip, console: Console) -> str:
    """The bytes of a strip, as text: SGR from its styles, its text inert, no hyperlinks."""
    rendered = strip._render_cache
    if rendered is None:
        colours = console._color_system or ColorSystem.TRUECOLOR
        rendered = strip._render_cache = "".join(
            [
                inert(text) if style is None else _render_style(Strip, style, text, colours)
                for text, style, _ in strip._segments
            ]
        )
    return rendered


def _render_style(strips: type[Strip], style: Style, text: str, color_system: ColorSystem) -> str:
    ansi = style._ansi
    if ansi is None:
        ansi = strips.render_ansi(style, color_system)
    text = inert(text)
    return f"\x1b[{ansi}m{text}\x1b[0m" if ansi else text


def _as_wide(match: re.Match[str]) -> str:
    return "\ufffd" if match[0] >= "\ud800" else ""
