"""What a value must be before it is recorded; the same rules for every way in."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Any

from annotations.errors import Invalid
from reports.errors import N_
from reports.vietnamese import fold

SLUG_LENGTH = 60
"""Code points in a slug made from a title, at most."""

Cleaners = Mapping[str, Callable[[Any], Any]]
"""The fields that something has, and what makes a given value one that can be recorded."""

_PERIOD = re.compile(r"\d{4}(-(Q[1-4]|H[12]|9M|W[0-5]\d|0[1-9]|1[0-2]))?")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_SEPARATORS = re.compile(r"[^a-z0-9]+")


def day(value: str | None) -> str | None:
    """An ISO day (`2023-06-30`) that exists, or None for none; Invalid otherwise."""
    if value is None or value == "":
        return None
    try:
        if datetime.date.fromisoformat(value).isoformat() == value:
            return value
    except (TypeError, ValueError):
        pass
    raise Invalid(N_("“{value}” is not a day. Write it as 2023-06-30."), value=value)


def period(value: str | None) -> str | None:
    """A reporting period: 2023, 2023-Q1, 2023-H1, 2023-06, 2023-9M (nine months), 2023-W12, or None."""
    if value is None or value == "":
        return None
    if _PERIOD.fullmatch(value):
        return value
    raise Invalid(N_("“{value}” is not a period. Write 2023, 2023-H1, 2023-Q1 or 2023-06."), value=value)


def choice(kind: type[StrEnum], value: str) -> str:
    """`value` if it is one of `kind`; Invalid, naming those there are, otherwise."""
    try:
        return str(kind(value))
    except ValueError:
        raise Invalid(
            N_("“{value}” is not one of: {choices}."), value=value, choices=", ".join(kind)
        ) from None


def required(text: str) -> str:
    """One clean line that is not empty; Invalid otherwise."""
    cleaned = line(text)
    if not cleaned:
        raise Invalid(N_("A name is missing. Give one that can be read."))
    return cleaned


def line(text: str) -> str:
    """`text` clean and on one line: titles, names, labels."""
    from reports.clean import one_line

    return one_line(text)


def prose(text: str) -> str:
    """`text` clean, its lines kept: notes and definitions."""
    from reports.clean import visible

    return visible(text).strip()


def lines(texts: Iterable[str]) -> list[str]:
    """Each of `texts` clean and on one line, once, without empty ones."""
    return list(dict.fromkeys(text for text in map(line, texts) if text))


def digit(value: int | None) -> int | None:
    """A key from 1 to 9, or None for none; Invalid otherwise."""
    if value is None or 1 <= value <= 9:
        return value
    raise Invalid(N_("{value} is not a key for a tag. Give one of 1 to 9, or none."), value=value)


def cleaned(what: str, cleaners: Cleaners, fields: Mapping[str, object]) -> dict[str, Any]:
    """Each of `fields` as it is recorded; Invalid for one that a `what` does not have."""
    for name in fields:
        if name not in cleaners:
            raise Invalid(
                N_("“{name}” is not a field of a {what}. There are: {choices}."),
                name=name,
                what=what,
                choices=", ".join(cleaners),
            )
    return {name: cleaners[name](value) for name, value in fields.items()}


def slug(value: str) -> str:
    """A slug as it is: lower-case letters without accents, digits and hyphens; Invalid otherwise."""
    if _SLUG.fullmatch(value):
        return value
    raise Invalid(N_("“{value}” is not a slug. Use a to z, digits and hyphens: dat-dai."), value=value)


def slug_from(title: str, taken: Callable[[str], bool], instead: str) -> str:
    """A slug for `title`: accents folded, hyphens for the rest, `-2` and so on where it is taken.

    `instead` stands where the title has no letters, and before one that is only a number, so that no slug
    can be taken for an id.
    """
    stem = _SEPARATORS.sub("-", fold(title)).strip("-")
    if stem.isdigit() or not stem:
        stem = f"{instead}-{stem}".strip("-")
    if len(stem) > SLUG_LENGTH:
        stem = stem[: SLUG_LENGTH + 1].rsplit("-", 1)[0][:SLUG_LENGTH]
    found, number = stem, 1
    while taken(found):
        number += 1
        ending = f"-{number}"
        found = stem[: SLUG_LENGTH - len(ending)].rstrip("-") + ending
    return found
