"""How the program looks: a dark and a light theme, one in the terminal's own 16 colours, one for thin lines.

The first two use only colours of the 256-colour cube, so that a session over SSH, where 24-bit colour is
rarely announced, looks the same. Text has a contrast of at least 7:1, quiet text 4.5:1 (WCAG 2). The compact
one has the terminal's own page and few colours, each a few bytes; `compact.tcss` takes its borders away.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.theme import Theme

DARK, LIGHT, PLAIN = "reviewer-dark", "reviewer-light", "reviewer-plain"
COMPACT = "reviewer-compact"
OF_16 = (PLAIN, COMPACT)
"""Those in the terminal's own 16 colours."""

_DARK = {
    "background": "#121212",
    "surface": "#1c1c1c",
    "panel": "#262626",
    "foreground": "#dadada",
    "primary": "#87afff",
    "accent": "#87afff",
    "secondary": "#87afff",
    "warning": "#ffaf5f",
    "error": "#ff8787",
    "success": "#87d787",
}
_DARK_OWN = {
    "quiet": "#9e9e9e",
    "strong": "#ffffff",
    "rule": "#444444",
    "row": "#303030",
    "field": "#262626",
    "found": "#ffd75f",
    "found-text": "#121212",
    "heat-1": "#303030",
    "heat-text-1": "#dadada",
    "heat-2": "#005f87",
    "heat-text-2": "#ffffff",
    "heat-3": "#5fafd7",
    "heat-text-3": "#121212",
    "heat-4": "#d7ffff",
    "heat-text-4": "#121212",
}
_LIGHT = {
    "background": "#ffffff",
    "surface": "#eeeeee",
    "panel": "#e4e4e4",
    "foreground": "#1c1c1c",
    "primary": "#005faf",
    "accent": "#005faf",
    "secondary": "#005faf",
    "warning": "#875f00",
    "error": "#af0000",
    "success": "#005f00",
}
_LIGHT_OWN = {
    "quiet": "#585858",
    "strong": "#000000",
    "rule": "#bcbcbc",
    "row": "#d7d7ff",
    "field": "#eeeeee",
    "found": "#ffd75f",
    "found-text": "#121212",
    "heat-1": "#eeeeee",
    "heat-text-1": "#1c1c1c",
    "heat-2": "#afd7ff",
    "heat-text-2": "#1c1c1c",
    "heat-3": "#5fafff",
    "heat-text-3": "#121212",
    "heat-4": "#005f87",
    "heat-text-4": "#ffffff",
}
_PLAIN = {
    "foreground": "ansi_default",
    "background": "ansi_default",
    "surface": "ansi_default",
    "panel": "ansi_default",
    "primary": "ansi_cyan",
    "accent": "ansi_cyan",
    "secondary": "ansi_cyan",
    "warning": "ansi_yellow",
    "error": "ansi_red",
    "success": "ansi_green",
}
_PLAIN_OWN = {
    "quiet": "ansi_default",
    "strong": "ansi_default",
    "rule": "ansi_default",
    "row": "ansi_default",
    "field": "ansi_default",
    "found": "ansi_yellow",
    "found-text": "ansi_black",
    "heat-1": "ansi_default",
    "heat-text-1": "ansi_default",
    "heat-2": "ansi_default",
    "heat-text-2": "ansi_default",
    "heat-3": "ansi_default",
    "heat-text-3": "ansi_default",
    "heat-4": "ansi_default",
    "heat-text-4": "ansi_default",
}
_PLAIN_TYPING = {
    "ansi-background": "ansi_black",
    "ansi-foreground": "ansi_white",
    "border-blurred": "ansi_default",
    "block-cursor-background": "ansi_white",
    "block-cursor-foreground": "ansi_black",
    "input-cursor-background": "ansi_default",
    "input-cursor-foreground": "ansi_default",
    "input-cursor-text-style": "reverse",
    "input-selection-background": "ansi_cyan",
    "input-selection-foreground": "ansi_black",
    "screen-selection-background": "ansi_cyan",
    "screen-selection-foreground": "ansi_black",
}
_TYPING = {
    "input-cursor-background": "{foreground}",
    "input-cursor-foreground": "{background}",
    "input-selection-background": "{rule}",
    "block-cursor-background": "{row}",
    "block-cursor-foreground": "{foreground}",
    "block-cursor-text-style": "none",
}


def _theme(name: str, colours: dict[str, str], own: dict[str, str], *, dark: bool, ansi: bool) -> Theme:
    from textual.theme import Theme

    typing = {key: value.format(**colours, **own) for key, value in _TYPING.items()}
    if ansi:
        typing = _PLAIN_TYPING
    return Theme(name=name, dark=dark, ansi=ansi, variables={**own, **typing}, **colours)  # type: ignore[arg-type]


def themes() -> list[Theme]:
    """Every theme of the program."""
    return [
        _theme(DARK, _DARK, _DARK_OWN, dark=True, ansi=False),
        _theme(LIGHT, _LIGHT, _LIGHT_OWN, dark=False, ansi=False),
        _theme(PLAIN, _PLAIN, _PLAIN_OWN, dark=True, ansi=True),
        _theme(COMPACT, _PLAIN, _PLAIN_OWN, dark=True, ansi=True),
    ]


def own_variables() -> dict[str, str]:
    """The style variables that only our themes define, for any other theme."""
    return dict(_DARK_OWN)


def theme_name(wanted: str, colours: str, *, no_color: bool = False, compact: bool = False) -> str:
    """The theme for the settings `theme` (dark, light, auto) and `colours` (auto, truecolor, 256, 16, none).

    `auto` is light where the terminal says so in COLORFGBG. 16 and no colours get the terminal's own, since
    ours would all fall on the same few. `compact` goes before them all.
    """
    if compact:
        return COMPACT
    if no_color or colours in ("16", "none"):
        return PLAIN
    if wanted == "auto":
        return LIGHT if _light_terminal(os.environ.get("COLORFGBG", "")) else DARK
    return LIGHT if wanted == "light" else DARK


def _light_terminal(colorfgbg: str) -> bool:
    """Whether the background colour in COLORFGBG (`15;0`, `0;default;15`) is a light one."""
    background = colorfgbg.rpartition(";")[2]
    return background in ("7", "15")
