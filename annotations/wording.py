"""Written forms of a name that count as the same: keys to compare names by."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from reports.vietnamese import fold, spelling

_WORD = re.compile(r"[^\W_]+")
_FILLERS = frozenset({"và", "va", "and"})
_SHORTENED = (
    ("ủy ban nhân dân", "ubnd"),
    ("hội đồng nhân dân", "hđnd"),
    ("thành phố", "tp"),
    ("thị xã", "tx"),
    ("thị trấn", "tt"),
)
_LENGTHENED = {"h": "huyện", "p": "phường", "x": "xã"}


def words(text: str) -> list[str]:
    """The words of `text`, lower case, NFC, accents kept."""
    return _WORD.findall(unicodedata.normalize("NFC", text).lower())


def exact_key(text: str) -> str:
    """Equal for forms that differ in case, tone place, spaces, punctuation, `và` and `&`, and the usual
    short forms of places (UBND, TP, TX, TT, H., P., X.); accents count."""
    return "".join(_canonical([spelling(word) for word in words(text)], _SHORT_EXACT, _LONG_EXACT))


def loose_key(text: str) -> str:
    """`exact_key` without accents, so that `so tnmt` equals `Sở TN&MT`."""
    return "".join(_canonical(words(fold(text)), _SHORT_LOOSE, _LONG_LOOSE))


def _canonical(items: Sequence[str], short: dict[tuple[str, ...], str], long: dict[str, str]) -> list[str]:
    kept = [word for word in items if word not in _FILLERS] or list(items)
    out: list[str] = []
    at = 0
    while at < len(kept):
        for length in (4, 2):
            found = short.get(tuple(kept[at : at + length]))
            if found:
                out.append(found)
                at += length
                break
        else:
            word = kept[at]
            out.append(long.get(word, word) if at + 1 < len(kept) else word)
            at += 1
    return out


_SHORT_EXACT = {tuple(spelling(long).split()): spelling(short) for long, short in _SHORTENED}
_SHORT_LOOSE = {tuple(fold(long).split()): fold(short) for long, short in _SHORTENED}
_LONG_EXACT = {short: spelling(long) for short, long in _LENGTHENED.items()}
_LONG_LOOSE = {short: fold(long) for short, long in _LENGTHENED.items()}
