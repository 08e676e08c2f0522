"""What may be typed next in the filter line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from annotations.directory import ME, Directory
from annotations.filter_terms import DEADLINES, DUE_SIDES, EXACTLY, NONE, READINGS
from annotations.filter_words import starting, word_of
from annotations.filters import quote
from annotations.labels import value_label
from annotations.models import Agency, Language, Placement, Role, Severity, Status, Tag
from annotations.ranking import PickerContext, PickerIndex
from reports.vietnamese import search_key

LIMIT = 12
"""Completions offered at once, at most."""


@dataclass(frozen=True, slots=True)
class Completion:
    """Put `text` in place of the code points [`start`, `end`) of the filter; `label` says what it is."""

    start: int
    end: int
    text: str
    label: str


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the cursor is: `word` before the colon, if any, and the value typed so far from `start` on."""

    word: str
    typed: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Indexes:
    """The codebook and the agencies ready to be searched, for a line that is completed at every key."""

    tags: PickerIndex[Tag]
    agencies: PickerIndex[Agency]


def complete(
    text: str,
    cursor: int,
    directory: Directory,
    language: Language = "vi",
    indexes: Indexes | None = None,
) -> list[Completion]:
    """What the word or value that ends at code point `cursor` of `text` can become, likeliest first.

    `indexes`: over the tags and agencies of `directory`; without them each call makes one, some 50 ms.
    """
    place = _place(text, cursor)
    if place.word:
        offered = _values(place, directory, language, indexes)
    else:
        offered = [(written(name), "") for name in starting(place.typed, language)]
    made = (Completion(place.start, place.end, value, label) for value, label in offered)
    return [c for c in made if c.text != text[c.start : c.end]][:LIMIT]


def written(name: str) -> str:
    """A word of the filter, by any of its names, as it is typed: with its colon, if it takes a value."""
    return name if word_of(name) == "overdue" else f"{name}:"


def _place(text: str, cursor: int) -> _Place:
    """The word and value around the cursor; quotes hold spaces and commas together."""
    quoted = False
    token = value = 0
    word = ""
    for at, letter in enumerate(text[:cursor]):
        if letter == '"':
            quoted = not quoted
        elif quoted:
            continue
        elif letter.isspace():
            token = value = at + 1
            word = ""
        elif letter == "!" and at == token:
            token = value = at + 1
        elif letter == ":" and not word and (found := word_of(text[token:at])):
            word, value = found, at + 1
        elif letter == "," and word:
            value = at + 1
    end = cursor
    while end < len(text) and text[end] != '"' and (quoted or (not text[end].isspace() and text[end] != ",")):
        end += 1
    end += quoted and text[end : end + 1] == '"'
    return _Place(word, text[value:cursor].lstrip('"'), value, end)


def _values(
    place: _Place, directory: Directory, language: Language, indexes: Indexes | None
) -> list[tuple[str, str]]:
    """Values for the word, as they are written, each with its label."""
    typed = place.typed
    if typed.startswith(EXACTLY) and place.word in ("agency", "tag", "period"):
        plain = replace(place, typed=typed.removeprefix(EXACTLY))
        exact = _values(plain, directory, language, indexes)
        return [(EXACTLY + value, label) for value, label in exact if value != NONE]
    if place.word == "agency":
        agencies = (indexes.agencies if indexes else PickerIndex.of_agencies(directory.agencies)).rank(
            typed, PickerContext(), LIMIT
        )
        return [(a.entry.slug, a.entry.label(language)) for a in agencies] + _starting(typed, (NONE,))
    if place.word == "tag":
        tags = (indexes.tags if indexes else PickerIndex.of_tags(directory.tags)).rank(
            typed, PickerContext(), LIMIT
        )
        return [(t.entry.slug, t.entry.label(language)) for t in tags] + _starting(typed, (NONE,))
    if place.word == "report":
        key = search_key(typed)
        named = [r for r in directory.reports() if key in search_key(r.slug) or key in search_key(r.title)]
        return [(r.slug, r.title) for r in named[:LIMIT]]
    if place.word in ("reviewer", "owner"):
        none = (NONE,) if place.word == "owner" else ()
        return [(quote(name), "") for name, _ in _starting(typed, (ME, *directory.reviewers(), *none))]
    if place.word == "period":
        return _starting(typed, (*directory.periods(), NONE))
    fixed = _FIXED.get(place.word, ())
    return [(v, value_label(v, language).removeprefix(v)) for v, _ in _starting(typed, fixed)]


_FIXED: dict[str, tuple[str, ...]] = {
    "status": tuple(Status),
    "severity": (*Severity, NONE),
    "role": tuple(Role),
    "as": READINGS,
    "deadline": DEADLINES,
    "placement": (Placement.WAITING, Placement.MARKED, Placement.ORPHAN, Placement.EXACT),
    "periods": ("2", "3", "4"),
    "due": (*(f"{side}:" for side in DUE_SIDES), "today", NONE),
    "since": ("today",),
    "until": ("today",),
}


def _starting(typed: str, values: Iterable[str]) -> list[tuple[str, str]]:
    key = search_key(typed)
    return [(str(value), "") for value in values if search_key(value).startswith(key)]
