"""The colours of tags: twelve that stay apart in 24-bit, 256 and 16 colours.

Every value is one of the 256-colour cube, so that nothing is rounded over SSH, where 24-bit colour is rarely
announced. Any two of a column differ by at least 9 (CIEDE2000), from the page by 14, and carry their text
with a contrast of at least 5:1 (WCAG 2).
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from rich.style import Style


class Depth(Enum):
    """What the terminal can show: `FULL` 256 colours or more, `ANSI` its own 16, `NONE` no colour at all."""

    FULL = "full"
    ANSI = "ansi"
    NONE = "none"


class Ground(NamedTuple):
    """The page that colours stand on. `thin`: at the end of a thin line, where a long run of colour that
    changes with every step costs too much."""

    depth: Depth
    dark: bool
    thin: bool = False


class Shade(NamedTuple):
    """A tag's colour: behind its words (`dark`, `light` by page), behind them where the cursor is (`strong`),
    as letters on the page (`dark_ink`, `light_ink`), and by its name among the terminal's 16."""

    dark: str
    light: str
    strong: str
    dark_ink: str
    light_ink: str
    ansi: str


SHADES: dict[str, Shade] = {
    "c1": Shade("#870000", "#ffafaf", "#ff8787", "#ff8787", "#af0000", "red"),
    "c2": Shade("#875f00", "#ffd7af", "#ffaf5f", "#ffaf5f", "#875f00", "yellow"),
    "c3": Shade("#5f5f00", "#ffff87", "#d7d75f", "#d7d75f", "#5f5f00", "bright_yellow"),
    "c4": Shade("#005f00", "#d7ffaf", "#87d75f", "#87d75f", "#005f00", "green"),
    "c5": Shade("#005f5f", "#afffd7", "#5fd7af", "#5fd7af", "#005f5f", "cyan"),
    "c6": Shade("#005f87", "#afd7ff", "#5fafff", "#5fafff", "#005f87", "bright_cyan"),
    "c7": Shade("#0000af", "#d7d7ff", "#8787ff", "#8787ff", "#0000af", "bright_blue"),
    "c8": Shade("#8700af", "#d7afff", "#af5fff", "#af87ff", "#8700af", "magenta"),
    "c9": Shade("#5f005f", "#ffd7ff", "#d75fd7", "#d787d7", "#870087", "bright_magenta"),
    "c10": Shade("#af005f", "#ffafd7", "#ff5faf", "#ff87af", "#af005f", "bright_red"),
    "c11": Shade("#5f5f87", "#d7d7af", "#87afaf", "#afafd7", "#585858", "bright_green"),
    "c12": Shade("#875f5f", "#d7af87", "#af875f", "#d7afaf", "#875f5f", "white"),
}
"""The palette by the names that a codebook's `colour` uses."""

UNTAGGED = Shade("#444444", "#d0d0d0", "#bcbcbc", "#9e9e9e", "#585858", "white")
DARK_TEXT, LIGHT_TEXT = "#121212", "#ffffff"
_LEVELS = (0x00, 0x5F, 0x87, 0xAF, 0xD7, 0xFF)


def shade(name: str) -> Shade:
    """The shade called `name`; of a name that is none (a codebook of somebody's own), always the same one."""
    if name in SHADES:
        return SHADES[name]
    if not name:
        return UNTAGGED
    keys = list(SHADES)
    return SHADES[keys[sum(name.encode()) % len(keys)]]


@lru_cache(maxsize=512)
def tag_style(names: tuple[str, ...], ground: Ground, strong: bool, shared: bool) -> Style:
    """What tags whose colours are `names` lay on their words. `strong`: the cursor is there. `shared`:
    several annotations hold there, which is underlined, as colour alone must not say it."""
    if ground.thin:
        ink = ink_style(names[0] if names else "", ground).color
        return Style(color=ink, underline=True, bold=shared or None, reverse=strong or None)
    if ground.depth is Depth.NONE:
        return Style(underline=True, bold=shared or None, reverse=strong or None)
    if ground.depth is Depth.ANSI:
        colour = shade(names[0] if names else "").ansi
        return Style(
            color="black",
            bgcolor=colour,
            underline=shared or None,
            bold=strong or None,
            reverse=strong or None,
        )
    shades = [shade(name) for name in names] or [UNTAGGED]
    if strong:
        return Style(
            color=DARK_TEXT, bgcolor=blend([each.strong for each in shades]), underline=shared or None
        )
    colours = [each.dark if ground.dark else each.light for each in shades]
    text = LIGHT_TEXT if ground.dark else DARK_TEXT
    return Style(color=text, bgcolor=blend(colours), underline=shared or None)


@lru_cache(maxsize=256)
def ink_style(name: str, ground: Ground) -> Style:
    """The colour `name` as letters on the page: the digit in gutter, panel and hint line."""
    if ground.depth is Depth.NONE:
        return Style(bold=True)
    if ground.depth is Depth.ANSI:
        return Style(color=shade(name).ansi.removeprefix("bright_").replace("white", "default"), bold=True)
    return Style(color=shade(name).dark_ink if ground.dark else shade(name).light_ink, bold=True)


def current_style(ground: Ground) -> Style:
    """What the cursor lays on words without a tag."""
    if ground.depth is not Depth.FULL:
        return Style(reverse=True)
    return Style(bgcolor="#3a3a3a", color=LIGHT_TEXT) if ground.dark else Style(bgcolor="#dadada")


def passage_style(ground: Ground) -> Style:
    """What marks the words of an annotation where not its tag matters but what was changed in them."""
    if ground.thin or ground.depth is Depth.NONE:
        return Style.null()
    if ground.depth is not Depth.FULL:
        return Style(bold=True)
    return Style(bgcolor="#262626") if ground.dark else Style(bgcolor="#eeeeee")


def match_style(ground: Ground, *, current: bool) -> Style:
    """What found words get; the match one is at stands out among the others."""
    if ground.depth is Depth.NONE:
        return Style(bold=True, italic=True, reverse=current or None)
    if ground.depth is Depth.ANSI:
        return Style(color="black", bgcolor="bright_yellow" if current else "yellow", bold=current or None)
    return Style(color=DARK_TEXT, bgcolor="#ffff00" if current else "#d7af00", bold=current or None)


def blend(colours: Sequence[str]) -> str:
    """The mean of `colours`, at the nearest entry of the 256-colour cube; a single one stays as it is."""
    unlike = list(dict.fromkeys(colours))
    if len(unlike) == 1:
        return unlike[0]
    mean = [sum(int(colour[i : i + 2], 16) for colour in unlike) / len(unlike) for i in (1, 3, 5)]
    return "#" + "".join(f"{min(_LEVELS, key=lambda level: abs(level - part)):02x}" for part in mean)
