"""Short forms that a text defines for itself: `Sở Tài nguyên và Môi trường (sau đây gọi là Sở)`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from reports.vietnamese import fold

Span = tuple[int, int, tuple[int, ...]]
"""Start, end (code points) and agency ids of a place where agencies are named."""

_DEFINED = re.compile(
    r"[ ]?\(\s*(?:(?:sau|dưới) đây\s+)?(?:được\s+)?(?:gọi|viết)(?:\s+(?:tắt|chung))*(?:\s+là)?\s*:?\s*"
    r"[\"“'‘]?(?P<form>[^()\"”'’\n]{1,60}?)[\"”'’]?\s*\)",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"[ ]?\((?:the\s+)?[\"“]?(?P<form>[^()\"”\n,;]{2,30})[\"”]?\)")
_NEXT = re.compile(r"\s+(\w)")


@dataclass(frozen=True, slots=True)
class Form:
    """`form` stands for the agencies from code point `start` on, until it is defined anew."""

    form: str
    start: int
    agency_ids: tuple[int, ...]


def defined_forms(text: str, named: Iterable[Span]) -> list[Form]:
    """The short forms that `text` defines behind names of agencies, in text order."""
    forms = []
    for start, end, agency_ids in named:
        if not text.startswith(("(", " ("), end):
            continue
        match = _DEFINED.match(text, end)
        if match is None:
            match = _BRACKETED.match(text, end)
            if match is None or not abbreviates(match["form"], text[start:end]):
                continue
        forms.append(Form(match["form"].strip(), match.start("form"), agency_ids))
    return forms


def abbreviates(form: str, name: str) -> bool:
    """Whether `form` abbreviates `name`: its capitals are first letters of words of it, in order."""
    capitals = [fold(character) for character in form if character.isupper()]
    if len(capitals) < 2 or len(form) >= len(name):
        return False
    firsts = iter(fold(word[0]) for word in re.findall(r"\w+", name))
    return all(capital in firsts for capital in capitals)


def find_forms(text: str, forms: Sequence[Form], taken: Sequence[tuple[int, int]]) -> Iterator[Span]:
    """Where the defined forms stand in `text`, apart from what is taken.

    A form of one word must not go on with a capital: `Sở` in `Sở Giao dịch` is not the Sở that was defined.
    """
    ends = {form.form: len(text) for form in forms}
    places = sorted(taken)
    found: list[Span] = []
    for form in reversed(forms):
        limit, ends[form.form] = ends[form.form], form.start
        pattern = re.compile(rf"(?<![\w/]){re.escape(form.form)}(?!\w)")
        for match in pattern.finditer(text, form.start, limit):
            alone = " " not in form.form and not _goes_on(text, match.end(), form.form)
            if (alone or " " in form.form) and not _overlaps(places, match.start(), match.end()):
                found.append((match.start(), match.end(), form.agency_ids))
    found.sort()
    last = -1
    for start, end, ids in found:
        if start >= last:
            yield start, end, ids
            last = end


def _goes_on(text: str, end: int, form: str) -> bool:
    following = _NEXT.match(text, end)
    return following is not None and following[1].isupper() and not form.isupper()


def _overlaps(places: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    from bisect import bisect_left

    at = bisect_left(places, (end,))
    return at > 0 and places[at - 1][1] > start
