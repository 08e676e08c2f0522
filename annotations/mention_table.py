"""The written names of a directory as a tree of words, for finding them in running text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from functools import lru_cache
from itertools import permutations

from annotations.models import Agency
from reports.vietnamese import spelling

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
"""A word of running text."""

FILLERS = frozenset({"và", "and"})
"""Words that only join; a name with one equals the name with `&`, a comma or a hyphen there."""

DISTRICT_KINDS = ("huyện", "thị xã", "thành phố", "quận")
COMMUNE_KINDS = ("xã", "phường", "thị trấn", "đặc khu")
SHORT_KINDS = frozenset({"tp", "tx", "tt", "h", "p", "x", "q"})

_SHORTENED = {"thành phố": "TP", "thị xã": "TX", "thị trấn": "TT"}
_REMARK = re.compile(r"\([^)]*\)")
_KINDS = frozenset(DISTRICT_KINDS + COMMUNE_KINDS) | SHORT_KINDS
_PARTY_KINDS = frozenset({"huyện", "thị", "thành"})
_LAST_OF_KIND = frozenset({"huyện", "quận", "xã", "phố", "phường", "trấn", "khu"}) | SHORT_KINDS
_GROUP_WORDS = frozenset(" ".join(DISTRICT_KINDS + COMMUNE_KINDS).split()) | {"các", "ubnd"}
_DEPARTMENT = "Sở"
_SECTOR = "ngành"
_SECTOR_BODIES = (("Sở",), ("Cục",), ("Chi", "cục"))


class Case(IntEnum):
    """What a word of a name must look like in the text."""

    ANY = 0
    CAPITAL = 1
    SAME = 2


@dataclass(frozen=True, slots=True)
class NameWord:
    """A word of a written name. `key`: its spelling. `joined`: something stands before it."""

    text: str
    key: str
    joined: bool


@dataclass(frozen=True, slots=True)
class Ending:
    """A name that ends at a node. `words`, `cases`: how it must be written. `head`: the words that a list of
    such names need not repeat, as keys. `place`: it is a place's name and stands for its committee. `open`:
    it ends in a kind of place or `tỉnh`, so that a proper name may follow."""

    agency_id: int
    words: tuple[str, ...]
    cases: tuple[Case, ...]
    head: tuple[str, ...]
    place: bool
    open: bool


@dataclass(slots=True)
class Node:
    """`joined`: `và`, `&`, a comma or a hyphen may stand before this word."""

    joined: bool = False
    children: dict[str, Node] = field(default_factory=dict)
    endings: list[Ending] = field(default_factory=list)

    def add(self, words: Sequence[NameWord], ending: Ending) -> None:
        node = self
        for word in words:
            node = node.children.setdefault(word.key, Node())
            node.joined = node.joined or word.joined
        node.endings.append(ending)


class NameTable:
    """`root`: all names. `tails`: by head, what may follow it, as in `các sở: Tài chính, Xây dựng`.
    `party_bodies`: names that end in `Tỉnh ủy`, without it."""

    def __init__(self, agencies: Iterable[Agency]) -> None:
        self.root = Node()
        self.party_bodies = Node()
        self.tails: dict[tuple[str, ...], Node] = {}
        for agency in agencies:
            for name in names_of(agency):
                words = name_words(name)
                if words:
                    self._add(agency.id, words)
        self.first_of_head = frozenset(head[0] for head in self.tails)

    def _add(self, agency_id: int, words: list[NameWord]) -> None:
        size = _head_size(words)
        head = tuple(word.key for word in words[:size])
        self.root.add(words, _ending(agency_id, words, head))
        if size:
            place = names_place(words)
            self._add_tail(head, _ending(agency_id, words[size:], head, place=place), words[size:])
        keys = [word.text.lower() for word in words]
        if len(keys) > 3 and keys[-2] == "tỉnh" and keys[-1] in ("ủy", "uỷ"):
            self.party_bodies.add(words[:-2], _ending(agency_id, words[:-2], ()))
        if " ".join(keys[-2:]) in _SHORTENED:
            short = NameWord(_SHORTENED[" ".join(keys[-2:])], "", words[-2].joined)
            short = replace(short, key=word_key(short.text))
            self.root.add([*words[:-2], short], _ending(agency_id, [*words[:-2], short], ()))
        texts = tuple(word.text for word in words)
        for body in _SECTOR_BODIES:
            if texts[: len(body)] == body and len(texts) > len(body):
                sector = (word_key(_SECTOR),)
                rest = words[len(body) :]
                self._add_tail(sector, _ending(agency_id, rest, sector), rest)
        if set(keys) <= _GROUP_WORDS and len(keys) > 2 and "các" in keys:
            for group in _groups(keys):
                self.root.add(group, _ending(agency_id, group, ()))

    def _add_tail(self, head: tuple[str, ...], ending: Ending, words: Sequence[NameWord]) -> None:
        self.tails.setdefault(head, Node()).add(words, ending)


@lru_cache(maxsize=1 << 16)
def word_key(word: str) -> str:
    """The same for a word in any case, with any tone place and any apostrophe."""
    return spelling(word.lower().replace("’", "'"))


def name_words(name: str) -> list[NameWord]:
    """The words of a written name; `và`, `&` and the like only tell that the next word is joined."""
    found: list[NameWord] = []
    joined, end = False, 0
    for match in WORD.finditer(name):
        joined = joined or bool(found and name[end : match.start()].strip(" ."))
        end = match.end()
        if match[0].lower() in FILLERS and found:
            joined = True
            continue
        found.append(NameWord(match[0], word_key(match[0]), joined))
        joined = False
    return found


def names_of(agency: Agency) -> Iterator[str]:
    """Each written name of an agency once, without remarks in brackets; one name may hold several."""
    seen = set()
    for name in (agency.name, agency.short, *agency.aliases, agency.name_en):
        for part in _REMARK.sub("", name).split(";"):
            part = part.strip()
            if part and part not in seen:
                seen.add(part)
                yield part


def names_place(words: Sequence[NameWord]) -> bool:
    """Whether a name is that of a place alone: `huyện Phú Bình`, `TP. Thái Nguyên`."""
    texts = [word.text.lower() for word in words[:2]]
    kind = texts[0] in _KINDS or " ".join(texts) in _KINDS
    return kind and len(words) > 1 and words[-1].text[0].isupper()


def fits(texts: Sequence[str], ending: Ending) -> bool:
    """Whether words of a text are written as those of a name must be."""
    for text, word, case in zip(texts, ending.words, ending.cases, strict=True):
        if case is Case.SAME and text != word:
            return False
        if case is Case.CAPITAL and not text[0].isupper():
            return False
    return True


def _ending(
    agency_id: int, words: Sequence[NameWord], head: tuple[str, ...], *, place: bool | None = None
) -> Ending:
    return Ending(
        agency_id=agency_id,
        words=tuple(word.text for word in words),
        cases=_cases(words),
        head=head,
        place=names_place(words) if place is None else place,
        open=_is_open(words),
    )


def _cases(words: Sequence[NameWord]) -> tuple[Case, ...]:
    """Abbreviations must be written as they are; a name begins with a capital if it does in the directory,
    unless it holds an abbreviation; so does every word of the proper name of a place."""
    abbreviated = any(_is_abbreviation(word.text) for word in words[1:])
    cases, after_kind = [], False
    for at, word in enumerate(words):
        if _is_abbreviation(word.text):
            cases.append(Case.SAME)
        elif word.text[0].isupper() and ((at == 0 and not abbreviated) or after_kind):
            cases.append(Case.CAPITAL)
        else:
            cases.append(Case.ANY)
        after_kind = after_kind or word.text.lower() in _LAST_OF_KIND
    return tuple(cases)


def _is_open(words: Sequence[NameWord]) -> bool:
    """Whether a name ends in a kind of place or in `tỉnh`, or is a Party committee of a kind of place."""
    last = words[-1].text.lower()
    party = last in ("ủy", "uỷ") and len(words) == 2 and words[0].text.lower() in _PARTY_KINDS
    return len(words) > 1 and (last in _LAST_OF_KIND or last == "tỉnh" or party)


def _head_size(words: Sequence[NameWord]) -> int:
    """How many words of a name its neighbours in a list need not repeat: `Sở`, `UBND huyện`, `Huyện ủy`."""
    if len(words) > 1 and words[0].text == _DEPARTMENT:
        return 1
    size = len(words)
    while size and words[size - 1].text[0].isupper() and not words[size - 1].joined:
        size -= 1
    before = words[size - 1].text.lower() if size else ""
    party = size == 2 and before in ("ủy", "uỷ") and words[0].text.lower() in _PARTY_KINDS
    shared = before in _LAST_OF_KIND or party
    return size if shared and size < len(words) and not any(word.joined for word in words[:size]) else 0


def _groups(keys: Sequence[str]) -> Iterator[list[NameWord]]:
    """All the ways in which a list of kinds of place is written: `các huyện, thị xã, thành phố`, `UBND các
    thành phố, huyện`, and, of three or more kinds, without `các`."""
    kinds = DISTRICT_KINDS if "huyện" in keys else COMMUNE_KINDS
    for count in range(2, len(kinds) + 1):
        for chosen in permutations(kinds, count):
            listed = name_words(", ".join(chosen))
            plural = NameWord("các", word_key("các"), False)
            committee = NameWord("UBND", word_key("ubnd"), False)
            yield [committee, plural, *listed]
            if "ubnd" not in keys:
                yield [plural, *listed]
                if count > 2:
                    yield listed


@lru_cache(maxsize=1 << 14)
def _is_abbreviation(text: str) -> bool:
    return sum(map(str.isupper, text)) > 1
