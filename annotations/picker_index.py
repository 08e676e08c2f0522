"""Matches what is typed in a picker with the names of its entries."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from annotations.typos import allowed, distance, letters, untyped
from annotations.wording import words
from reports.vietnamese import fold, search_key, spelling, unaccented

_FILLERS = frozenset({"va", "cua", "cac", "and", "of", "the"})
_PLACES = frozenset({"huyen", "xa", "phuong", "thanh", "pho", "thi", "tran", "tinh", "cap", "tp", "tx", "tt"})
_TOKEN = re.compile(r"[^\W_]+")

EXACT, INITIALS, START, INSIDE, IN_ORDER, ANY_ORDER, PART, TYPO, SOME = 100, 90, 80, 70, 62, 54, 46, 40, 20
"""How well a name answers a query: the name itself, its initials, its first words, words inside it, words in
that order, in any order, a part of a word, words with slips of the hand, some of the words."""

_COVERED = 4.0
_SPELLED = 6.0
_SLIP = 6.0


@dataclass(frozen=True, slots=True)
class Name:
    """One way to write an entry. `weight`: added to its score, so that a name comes before a translation.
    `initials`: letters that its initials must have to be an answer."""

    text: str
    weight: float = 0.0
    initials: int = 2


@dataclass(frozen=True, slots=True)
class Hit:
    """How well an entry answers. `entry`: its number. `score`: higher is better. `name`: what answered."""

    entry: int
    score: float
    name: str


class TextIndex:
    """Names of numbered entries, indexed once for queries without accents, by words, initials, parts of words
    and with slips; 1,000 entries of five names take a few milliseconds a query."""

    def __init__(self, entries: Sequence[Sequence[Name]]) -> None:
        self._names: list[Name] = []
        self._entry: list[int] = []
        self._words: list[list[str]] = []
        self._joined: list[str] = []
        self._spelled: dict[int, list[str]] = {}
        self._whole: dict[str, list[int]] = {}
        self._initials: dict[str, list[int]] = {}
        self._postings: dict[str, int] = {}
        self._first: dict[str, int] = {}
        for number, names in enumerate(entries):
            for name, key in _different(names):
                self._add(number, name, key.split())
        self._vocabulary = sorted(self._postings)
        self._vocabulary_letters = [letters(word) for word in self._vocabulary]
        self._initials_sorted = sorted(self._initials)
        self._initials_letters = [letters(short) for short in self._initials_sorted]
        self._blob = "\n".join(self._joined)
        self._blob_starts = _starts(self._joined)

    def _add(self, number: int, name: Name, found: list[str]) -> None:
        at = len(self._names)
        joined = "".join(found)
        self._names.append(name)
        self._entry.append(number)
        self._words.append(found)
        self._joined.append(joined)
        self._whole.setdefault(joined, []).append(at)
        for short in _short_forms(name.text):
            if len(short) >= name.initials:
                self._initials.setdefault(short, []).append(at)
        for word in found:
            self._postings[word] = self._postings.get(word, 0) | 1 << at
        self._first[found[0]] = self._first.get(found[0], 0) | 1 << at

    def search(self, query: str) -> list[Hit]:
        """The best name of every entry that answers `query`, in no particular order; all that hold it as
        words or initials, else, where none does well, those with slips."""
        typed = search_key(query).split()
        if not typed:
            return []
        scores: dict[int, float] = {}
        self._by_words(typed, scores)
        self._by_joined("".join(typed), scores)
        if max(scores.values(), default=0) < INSIDE:
            self._by_slips(typed, scores)
        if not scores:
            self._by_any_word(typed, scores)
        return self._best(typed, scores, [] if unaccented(query) else _spelled(query))

    def _best(self, typed: Sequence[str], scores: dict[int, float], spelled: Sequence[str]) -> list[Hit]:
        count = len(typed)
        best: dict[int, tuple[float, int]] = {}
        for at, score in scores.items():
            name = self._names[at]
            total = score + name.weight + _COVERED * min(1.0, count / len(self._words[at]))
            if spelled and self._has_words(at, spelled):
                total += _SPELLED
            entry = self._entry[at]
            if entry not in best or total > best[entry][0]:
                best[entry] = (total, at)
        return [Hit(entry, score, self._names[at].text) for entry, (score, at) in best.items()]

    def _has_words(self, at: int, spelled: Sequence[str]) -> bool:
        """Whether words of the name begin with the typed ones, accents and all."""
        found = self._spelled.get(at)
        if found is None:
            found = self._spelled[at] = _spelled(self._names[at].text)
        return all(any(word.startswith(part) for word in found) for part in spelled)

    def _by_words(self, typed: Sequence[str], scores: dict[int, float]) -> None:
        """Every typed word begins a word of the name."""
        mask = -1
        for word in typed:
            mask &= self._beginning(word, self._postings)
            if not mask:
                return
        if len(typed) == 1:
            start = self._beginning(typed[0], self._first)
            for at in _bits(mask):
                _raise(scores, at, START if start >> at & 1 else INSIDE)
            return
        for at in _bits(mask):
            _raise(scores, at, _arrangement(typed, self._words[at]))

    def _beginning(self, prefix: str, postings: dict[str, int]) -> int:
        mask = 0
        for at in range(bisect_left(self._vocabulary, prefix), len(self._vocabulary)):
            word = self._vocabulary[at]
            if not word.startswith(prefix):
                break
            mask |= postings.get(word, 0)
        return mask

    def _by_joined(self, joined: str, scores: dict[int, float]) -> None:
        """What is typed, without its spaces, is the name's initials or a part of the name."""
        for at in self._whole.get(joined, ()):
            _raise(scores, at, EXACT)
        for at in self._initials.get(joined, ()):
            _raise(scores, at, INITIALS)
        if len(joined) < 2:
            return
        for place in range(bisect_left(self._initials_sorted, joined), len(self._initials_sorted)):
            short = self._initials_sorted[place]
            if not short.startswith(joined):
                break
            for at in self._initials[short]:
                _raise(scores, at, START + 4 - min(4, len(short) - len(joined)))
        if len(joined) < 3:
            return
        for at, inside in self._parts(joined):
            _raise(scores, at, PART if inside else START - 1)

    def _parts(self, joined: str) -> Iterator[tuple[int, int]]:
        """Names that hold `joined`, and where."""
        place = self._blob.find(joined)
        while place >= 0:
            at = bisect_left(self._blob_starts, place + 1) - 1
            yield at, place - self._blob_starts[at]
            place = self._blob.find(joined, self._blob_starts[at] + len(self._joined[at]))

    def _by_slips(self, typed: Sequence[str], scores: dict[int, float]) -> None:
        """Words that are begun with slips, or initials with one."""
        costs = [self._near(word, last=at == len(typed) - 1) for at, word in enumerate(typed)]
        mask = -1
        for near in costs:
            mask &= _union(self._postings[word] for word in near)
        needed = {
            at: sum(min(near[word] for word in self._words[at] if word in near) for near in costs)
            for at in _bits(mask)
        }
        fewest = min(needed.values(), default=0)
        for at, slips in needed.items():
            if slips == fewest:
                begins = self._words[at][0] in costs[0]
                _raise(scores, at, TYPO - _SLIP * slips / len(typed) + (2.0 if begins else 0.0))
        joined = "".join(typed)
        if len(joined) < 4:
            return
        wanted = letters(joined)
        for place, has in enumerate(self._initials_letters):
            if (has ^ wanted).bit_count() > 2:
                continue
            short = self._initials_sorted[place]
            if len(short) > 3 and distance(joined, short, 1) == 1:
                for at in self._initials[short]:
                    _raise(scores, at, TYPO + 1)

    def _by_any_word(self, typed: Sequence[str], scores: dict[int, float]) -> None:
        """Some of the typed words begin words of the name."""
        for word in typed:
            if len(word) > 1:
                for at in _bits(self._beginning(word, self._postings)):
                    scores[at] = scores.get(at, 0.0) + SOME / len(typed)

    def _near(self, typed: str, *, last: bool) -> dict[str, int]:
        """Words that `typed` begins, or is meant to begin, and how many slips that takes."""
        found: dict[str, int] = {}
        for word in {typed, untyped(typed)} - {""}:
            for at in range(bisect_left(self._vocabulary, word), len(self._vocabulary)):
                if not self._vocabulary[at].startswith(word):
                    break
                found.setdefault(self._vocabulary[at], 0)
        limit = allowed(typed)
        if not limit:
            return found
        for word in {typed, untyped(typed)} - {""}:
            wanted = letters(word)
            for at, has in enumerate(self._vocabulary_letters):
                if (wanted & ~has).bit_count() <= limit:
                    other = self._vocabulary[at]
                    slips = distance(word, other, limit, beginning=last)
                    if slips <= limit and slips < found.get(other, limit + 1):
                        found[other] = slips
        return found


def _arrangement(typed: Sequence[str], found: Sequence[str]) -> float:
    """How the typed beginnings of words lie in the words of a name that has them all."""
    whole = 3.0 * sum(word in found for word in typed) / len(typed)
    run = len(typed)
    for at in range(len(found) - run + 1):
        if all(map(str.startswith, found[at : at + run], typed)):
            return (INSIDE if at else START) + whole
    rest = iter(found)
    if all(any(word.startswith(part) for word in rest) for part in typed):
        return IN_ORDER + whole + (2.0 if found[0].startswith(typed[0]) else 0.0)
    left = list(found)
    for part in sorted(typed, key=len, reverse=True):
        taken = next((word for word in left if word.startswith(part)), None)
        if taken is None:
            return PART
        left.remove(taken)
    return ANY_ORDER + whole


def _short_forms(text: str) -> set[str]:
    """Initials that people type for a name: `stnmt`, `sotnmt` for Sở Tài nguyên và Môi trường, `ubndhpb`,
    `ubndpb`, `uhpb` for UBND huyện Phú Bình."""
    tokens = _TOKEN.findall(text)
    folded = [fold(token) for token in tokens]
    mixed = [
        word if len(word) > 1 and token.isupper() else word[0]
        for word, token in zip(folded, tokens, strict=True)
    ]
    telling = [at for at, word in enumerate(folded) if word not in _FILLERS]
    unplaced = [at for at in telling if not at or folded[at] not in _PLACES]
    forms: set[str] = set()
    count = 0
    for kept in (range(len(tokens)), telling, unplaced):
        if len(kept) < 2 or len(kept) == count:
            continue
        count = len(kept)
        rest = "".join([mixed[at] for at in kept[1:]])
        forms.add("".join([folded[at][0] for at in kept]))
        forms.add(mixed[kept[0]] + rest)
        forms.add(folded[kept[0]] + rest)
        if count > 2:
            forms.add(rest)
    return {form for form in forms if len(form) > 1}


def _spelled(text: str) -> list[str]:
    return [spelling(word) for word in words(text)]


def _different(names: Iterable[Name]) -> Iterator[tuple[Name, str]]:
    """`names` with their search keys, without those that have none and those that are the same folded."""
    seen = {""}
    for name in names:
        key = search_key(name.text)
        if key not in seen:
            seen.add(key)
            yield name, key


def _starts(parts: Sequence[str]) -> list[int]:
    starts, at = [], 0
    for part in parts:
        starts.append(at)
        at += len(part) + 1
    return starts


def _union(masks: Iterable[int]) -> int:
    union = 0
    for mask in masks:
        union |= mask
    return union


def _bits(mask: int) -> Iterator[int]:
    while mask > 0:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def _raise(scores: dict[int, float], at: int, score: float) -> None:
    if score > scores.get(at, 0.0):
        scores[at] = score
