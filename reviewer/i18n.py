"""The program's texts in the reader's language: gettext over the catalogues in `reviewer/locale`."""

from __future__ import annotations

import gettext as _gettext
import os
from pathlib import Path
from typing import Literal

from reports.errors import N_, ReviewError, Term

__all__ = [
    "LANGUAGES",
    "N_",
    "_",
    "explain",
    "language",
    "ngettext",
    "pgettext",
    "preferred_language",
    "set_language",
]

LANGUAGES = ("en", "vi")
_CATALOGUES = Path(__file__).parent / "locale"
_current: _gettext.NullTranslations = _gettext.NullTranslations()
_language: Literal["en", "vi"] = "en"


def set_language(name: str) -> None:
    """Show every later text in `name` (`en` or `vi`)."""
    global _current, _language
    _language = "vi" if name == "vi" else "en"
    _current = _gettext.translation("reviewer", _CATALOGUES, [_language], fallback=True)


def language() -> Literal["en", "vi"]:
    """The language texts are shown in now."""
    return _language


def preferred_language() -> str:
    """What the locale of the session asks for: `vi` if it is Vietnamese, else `en`."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name)
        if value:
            return "vi" if value.lower().startswith("vi") else "en"
    return "en"


def _(text: str) -> str:
    """`text` in the reader's language."""
    return _current.gettext(text) if text else text


def pgettext(context: str, text: str) -> str:
    """`text` in the reader's language, where the same English word means different things; `context` says
    which."""
    return _current.pgettext(context, text)


def ngettext(one: str, many: str, count: int) -> str:
    """`one` or `many` in the reader's language, as `count` asks for."""
    return _current.ngettext(one, many, count)


def explain(error: ReviewError) -> str:
    """What `error` says, in the reader's language."""
    text = _(error.template)
    return (
        text.format(**{name: _value(value) for name, value in error.values.items()}) if error.values else text
    )


def _value(value: object) -> object:
    if isinstance(value, ReviewError):
        return explain(value)
    return _(value) if isinstance(value, Term) else value
