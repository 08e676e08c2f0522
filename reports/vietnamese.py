"""Vietnamese letters: folding for search, initials, and the order of the alphabet."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_RANK = {letter: chr(0xE000 + at) for at, letter in enumerate(_ALPHABET)}
_SEPARATORS = re.compile(r"[\W_]+")


class _Folding(dict[int, str]):
    """Code point to its folded character, always one for one, worked out when first asked for."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        parts = unicodedata.normalize("NFD", character)
        if len(parts) > 1 and all(unicodedata.combining(mark) for mark in parts[1:]):
            character = parts[0]
        lower = character.lower()
        folded = lower if len(lower) == 1 else lower[0]
        self[code] = folded = "d" if folded == "đ" else folded
        return folded


_FOLDING = _Folding()


def fold(text: str) -> str:
    """`text` in lower case without accents, đ as d; on NFC text the same length, so offsets agree."""
    return text.translate(_FOLDING)


def unaccented(text: str) -> bool:
    """Whether `text` has no accented letter, so that a search for it should not mind accents."""
    return fold(text) == text.lower()


def search_key(text: str) -> str:
    """`text` folded, with every run of spaces and punctuation as one space and none at the ends.

    Spellings that differ in accents, tone place (hoà, hòa), case, hyphens, dots or & compare equal.
    """
    folded = fold(unicodedata.normalize("NFC", text))
    if not folded.isascii():
        folded = "".join(c for c in unicodedata.normalize("NFD", folded) if not unicodedata.combining(c))
    return _SEPARATORS.sub(" ", folded).strip()


def initials(text: str) -> str:
    """First letters of the words of `text`, folded: `gpmb` for "giải phóng mặt bằng"."""
    return "".join(word[0] for word in search_key(text).split())


@lru_cache(maxsize=4096)
def _letter_and_tone(character: str) -> tuple[str, int]:
    """A lower-case letter without its tone mark, and the tone: 0 level, à 1, ả 2, ã 3, á 4, ạ 5."""
    tone = 0
    rest: list[str] = []
    for part in unicodedata.normalize("NFD", character):
        if part in _TONES:
            tone = _TONES[part]
        else:
            rest.append(part)
    return unicodedata.normalize("NFC", "".join(rest)), tone


def spelling(text: str) -> str:
    """`text` in lower case with each word's tone moved to its end: equal for hoà and hòa, not for hoa."""
    words: list[str] = []
    letters: list[str] = []
    tones: list[str] = []
    for character in text.lower():
        letter, tone = _letter_and_tone(character)
        if not letter.isalpha():
            words += letters + tones
            letters, tones = [], []
        letters.append(letter)
        if tone:
            tones.append(str(tone))
    return "".join(words + letters + tones)


def sort_key(text: str) -> tuple[str, str, str]:
    """Key that puts names in the order of the Vietnamese alphabet: letters first, then tones, then case.

    The order of tones is level, à, ả, ã, á, ạ, as in ICU's `vi`.
    """
    letters: list[str] = []
    tones: list[str] = []
    for character in unicodedata.normalize("NFC", text).lower():
        letter, tone = _letter_and_tone(character)
        letters.append(_RANK.get(letter, letter))
        tones.append(str(tone))
    return "".join(letters), "".join(tones), text.swapcase()
