"""How alike two passages are: words and pairs of words that both have, rare ones counting for more."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise
from math import log

from reports.vietnamese import search_key

_NUMBERED = 0.2
_WORD = 0.35


@lru_cache(maxsize=8192)
def words_of(text: str) -> tuple[str, ...]:
    """The words of `text`, folded, in their order; a Vietnamese word of two syllables is two of them."""
    return tuple(search_key(text).split())


def pairs_of(words: tuple[str, ...]) -> tuple[str, ...]:
    """Each two words that stand side by side, once; what is only a number is no word, for it changes."""
    return tuple(dict.fromkeys(f"{a} {b}" for a, b in pairwise(words) if not (a.isdigit() or b.isdigit())))


def rarity(share: float) -> float:
    """The weight of what that share (0 to 1) of all passages has."""
    return log(1 + 1 / max(share, 1e-6))


def shared_words(first: tuple[str, ...], second: tuple[str, ...]) -> int:
    """Per cent of the shorter one's different words, numbers apart, that the other has too."""
    one, other = ({word for word in words if not word.isdigit()} for words in (first, second))
    shorter = min(len(one), len(other))
    return round(100 * len(one & other) / shorter) if shorter else 0


def likeness(first: tuple[str, ...], second: tuple[str, ...], weights: Mapping[str, float]) -> float:
    """0 for nothing in common, 1 for the same words. `weights`: rarity of the pairs of `first`.

    A pair of words counts by its rarity, a word alone for about a third of their mean. What is shared is
    measured by the passage with less to share, and to a fifth by the other.
    """
    usual = sum(weights.values()) / len(weights) if weights else 1.0
    one, other = (
        {
            **dict.fromkeys((word for word in words if not word.isdigit()), _WORD * usual),
            **dict.fromkeys((word for word in words if word.isdigit()), _NUMBERED * _WORD * usual),
            **{pair: weights.get(pair, usual) for pair in pairs_of(words)},
        }
        for words in (first, second)
    )
    shared = sum(weight for term, weight in one.items() if term in other)
    least, most = sorted((sum(one.values()), sum(other.values())))
    return shared / (0.8 * least + 0.2 * most) if least else 0.0
