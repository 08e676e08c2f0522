"""What the terminal can show, as the colours need to know it."""

from __future__ import annotations

from textual.app import App

from reviewer import theme
from reviewer.colours import Depth, Ground


def ground_of(app: App[object]) -> Ground:
    """The ground that `app` draws on."""
    thin = app.theme == theme.COMPACT
    if app.no_color or app.console.color_system is None:
        return Ground(Depth.NONE, True, thin)
    depth = Depth.ANSI if app.native_ansi_color else Depth.FULL
    return Ground(depth, app.current_theme.dark, thin)
