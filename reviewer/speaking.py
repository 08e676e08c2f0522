"""The language of the screen: which one it begins with, and the key that changes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer import i18n

if TYPE_CHECKING:
    from annotations.store import Store
    from reviewer.settings import Settings

_REMEMBERED = "language"


def wanted(asked: str | None, settings: Settings, store: Store) -> str:
    """The language to begin with, or `auto`: the one `asked` for when starting, else what the reviewer chose
    on the screen, else what the settings file says."""
    chosen = asked or store.recall(_REMEMBERED)
    return chosen if chosen in i18n.LANGUAGES else settings.language


def toggle(store: Store) -> None:
    """Change between Vietnamese and English, and keep that for the next session."""
    i18n.set_language("vi" if i18n.language() == "en" else "en")
    store.remember(_REMEMBERED, i18n.language())
