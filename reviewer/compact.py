"""The compact screen, for thin lines: no borders, few colours, nothing that moves unasked."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from reviewer import theme

if TYPE_CHECKING:
    from annotations.store import Store
    from reviewer.app import ReviewerApp
    from reviewer.settings import Settings

_REMEMBERED = "compact"
_ON, _OFF = "on", "off"


def is_wanted(asked: bool | None, settings: Settings, store: Store) -> bool:
    """Whether to begin compact: as `asked` when starting, else what the reviewer chose on the screen, else
    what the settings file says."""
    if asked is not None:
        return asked
    chosen = store.recall(_REMEMBERED)
    return chosen == _ON if chosen else settings.compact


def toggle(app: ReviewerApp) -> None:
    """Change between the compact screen and the one of the settings, and keep that for the next session."""
    compact = app.theme != theme.COMPACT
    settings = app.settings
    look = theme.theme_name(
        settings.theme, settings.colours, no_color="NO_COLOR" in os.environ, compact=compact
    )
    app.ansi_color = True if look in theme.OF_16 else None
    app.theme = look
    app.store.remember(_REMEMBERED, "" if compact == settings.compact else _ON if compact else _OFF)
