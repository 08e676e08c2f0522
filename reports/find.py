"""Finds words in a text: accent-blind where the query has no accents, with exact offsets."""

from __future__ import annotations

import re
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
    blind = unaccented(wanted)
    target = spelling(wanted)
    key = re.compile(r"\s+".join(map(re.escape, fold(wanted).split(" "))))
    if folded is None:
        folded = fold(text)
    matches: list[Match] = []
    candidate = key.search(folded)
    while candidate is not None and (limit is None or len(matches) < limit):
        start, end = candidate.span()
        exact = _spelling(text[start:end]) == target
        if exact or blind:
            matches.append(Match(start, end, exact))
        candidate = key.search(folded, end if exact or blind else start + 1)
    return matches


@lru_cache(maxsize=4096)
def _spelling(found: str) -> str:
    return spelling(" ".join(found.split()))
