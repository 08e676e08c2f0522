"""Slips of the hand in typed words, and what Vietnamese typing methods leave behind."""

from __future__ import annotations

import re

_VOWELS = "aeiouyw"
_TONE = re.compile(r"[sfrxj\d]")
_LETTER = re.compile(r"w|(?<=a)a|(?<=e)e|(?<=o)o|(?<=d)d")
_FIRST = re.compile(r"^[fzj]")
_START = {"f": "ph", "z": "d", "j": "gi"}


def untyped(word: str) -> str:
    """A folded word without the letters or digits that Telex and VNI type for accents and tones.

    `giari` and `gia3i` are `giai`, `phongs` is `phong`, `dduwowngf` is `duong`: no Vietnamese syllable has
    s, f, r, x or j behind its vowel. `f` at the start is `ph`.
    """
    vowel = next((at for at, letter in enumerate(word) if letter in _VOWELS), len(word))
    word = _LETTER.sub("", word[:vowel] + _TONE.sub("", word[vowel:]))
    return _FIRST.sub(lambda match: _START[match[0]], word)


def allowed(word: str) -> int:
    """How many slips a typed word of that length may hold."""
    length = len(word)
    return 0 if length < 3 else 1 if length < 8 else 2


def letters(word: str) -> int:
    """The set of letters of a folded word, one bit each; words far apart differ in many of them."""
    bits = 0
    for character in word:
        bits |= 1 << (ord(character) & 31)
    return bits


def distance(typed: str, word: str, limit: int, *, beginning: bool = False) -> int:
    """Slips (a letter wrong, missing, too many, or two exchanged) between `typed` and `word`, or `limit` + 1.

    With `beginning`, the best of all beginnings of `word`. Damerau and Levenshtein's optimal string
    alignment, row by row.
    """
    if len(typed) - len(word) > limit or (not beginning and len(word) - len(typed) > limit):
        return limit + 1
    word = word[: len(typed) + limit]
    before: list[int] = []
    row = list(range(len(word) + 1))
    for i, a in enumerate(typed, 1):
        above, row = row, [i]
        for j, b in enumerate(word, 1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a != b))
            if i > 1 and j > 1 and a == word[j - 2] and typed[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
        before = above
    found = min(row) if beginning else row[-1]
    return min(found, limit + 1)
