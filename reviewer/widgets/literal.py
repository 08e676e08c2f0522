"""The one way to hand data to a widget: as literal text, never as markup."""

from __future__ import annotations

from textual.content import Content


def literal(text: str) -> Content:
    """`text` as a widget's content, every bracket of it shown as it stands."""
    return Content(text)
