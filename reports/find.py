"""Finds words in a text: accent-blind where the query has no accents, with exact offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from reports.clean import one_line
from reports.vietnamese import fold, spelling, unaccented


class Match(NamedTuple):
    """Code points [start, end) of the text. `exact`: the accents are those of the query."""

    start: int
    end: int
    exact: bool


def find(text: str, query: str, folded: str | None = None, limit: int | None = None) -> list[Match]:
    """Where `query` stands in `text`, in order, none overlapping; at most `limit`.

    Case and tone place (hoà, hòa) do not matter; accents only where the query has any. A space in the query
    matches any run of white space. `folded`: `fold(text)`, to be kept by who searches the same text again.
    """
    wanted = one_line(query)
    if not wanted:
        return []
    key = fold(wanted)
    blind = unaccented(wanted)
    target = spelling(wanted)
    matches: list[Match] = []
    for start, end in _spans(fold(text) if folded is None else folded, key):
        exact = _spelling(text[start:end]) == target
        if exact or blind:
            matches.append(Match(start, end, exact))
            if limit is not None and len(matches) >= limit:
                break
    return matches


@lru_cache(maxsize=4096)
def _spelling(found: str) -> str:
    return spelling(" ".join(found.split()))


def _spans(folded: str, key: str) -> Iterator[tuple[int, int]]:
    words = key.split(" ")
    if len(words) > 1:
        pattern = re.compile(r"\s+".join(map(re.escape, words)))
        for match in pattern.finditer(folded):
            yield match.span()
        return
    at = folded.find(key)
    while at >= 0:
        yield at, at + len(key)
        at = folded.find(key, at + len(key))
