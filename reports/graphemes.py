"""Boundaries between the characters that a person sees, after UAX #29 without its script-specific rules."""

from __future__ import annotations

import unicodedata

_FIRST_EXTENDING = "\u0300"
_JOINER = "\u200d"


def _extends(character: str) -> bool:
    """Whether `character` never starts a grapheme: marks, selectors, joiner, skin tones, Hangul parts."""
    return (
        unicodedata.category(character) in ("Mn", "Me", "Mc")
        or character == _JOINER
        or "\u1160" <= character <= "\u11ff"
        or "\ud7b0" <= character <= "\ud7fb"
        or "\uff9e" <= character <= "\uff9f"
        or "\U0001f3fb" <= character <= "\U0001f3ff"
        or "\U000e0020" <= character <= "\U000e007f"
    )


def _regional(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def is_boundary(text: str, offset: int) -> bool:
    """Whether a grapheme starts or `text` ends at code point `offset`."""
    if offset <= 0 or offset >= len(text):
        return True
    character = text[offset]
    if character < _FIRST_EXTENDING:
        return True
    before = text[offset - 1]
    if before == "\n":
        return True
    if _extends(character):
        return False
    if before == _JOINER:
        return unicodedata.category(character) != "So"
    if "\u1100" <= before <= "\u115f" and (
        "\u1100" <= character <= "\u115f" or "\uac00" <= character <= "\ud7a3"
    ):
        return False
    if _regional(character) and _regional(before):
        first = offset
        while first > 0 and _regional(text[first - 1]):
            first -= 1
        return (offset - first) % 2 == 0
    return True


def next_boundary(text: str, offset: int) -> int:
    """The first grapheme boundary after code point `offset`, at most the length of `text`."""
    offset = max(0, offset) + 1
    while not is_boundary(text, offset):
        offset += 1
    return min(offset, len(text))


def previous_boundary(text: str, offset: int) -> int:
    """The last grapheme boundary before code point `offset`, at least 0."""
    offset = min(offset, len(text)) - 1
    while not is_boundary(text, offset):
        offset -= 1
    return max(offset, 0)


def snap(text: str, start: int, end: int) -> tuple[int, int]:
    """[start, end) widened to grapheme boundaries and cut to `text`; all in code points."""
    start = min(max(start, 0), len(text))
    end = min(max(end, start), len(text))
    while not is_boundary(text, start):
        start -= 1
    while not is_boundary(text, end):
        end += 1
    return start, end
