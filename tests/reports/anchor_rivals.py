"""Two ways in which other programs find a passage again, to be compared with."""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher

from reports.document import Document
from reports.passage import Passage

Range = tuple[int, int]


def first_match(document: Document, passage: Passage) -> Range | None:
    """The first place of the very words, else nothing, as QualCoder does when a text is replaced."""
    at = document.text.find(passage.exact)
    return (at, at + len(passage.exact)) if at >= 0 else None


def best_match(document: Document, passage: Passage) -> Range | None:
    """The best by quote, context and position, of the exact places or else of like ones, without a least
    score, as Hypothesis does."""
    text = document.text
    exact = [match.start() for match in re.finditer(re.escape(passage.exact), text)]
    found = [(at, at + len(passage.exact)) for at in exact] or _alike(text, passage.exact)
    return max(found, key=lambda each: _score(text, passage, each), default=None)


def _alike(text: str, quote: str) -> list[Range]:
    """The stretches of as many words that share most words with the quote."""
    words = list(re.finditer(r"\S+", text))
    wanted = Counter(quote.lower().split())
    length = min(sum(wanted.values()), len(words))
    keys = [word.group().lower() for word in words]
    have: Counter[str] = Counter()
    shared, found = 0, []
    for at, key in enumerate(keys):
        have[key] += 1
        shared += have[key] <= wanted[key]
        if at >= length:
            gone = keys[at - length]
            shared -= have[gone] <= wanted[gone]
            have[gone] -= 1
        if at >= length - 1:
            found.append((shared, at - length + 1))
    best = sorted(found, reverse=True)[:3]
    return [(words[at].start(), words[at + length - 1].end()) for _, at in best]


def _score(text: str, passage: Passage, place: Range) -> float:
    start, end = place
    quote = SequenceMatcher(None, passage.exact, text[start:end], False).ratio()
    before = SequenceMatcher(None, passage.prefix, text[max(0, start - 32) : start], False).ratio()
    behind = SequenceMatcher(None, passage.suffix, text[end : end + 32], False).ratio()
    position = 1 - abs(start - passage.start) / len(text)
    return (50 * quote + 20 * before + 20 * behind + 2 * position) / 92
