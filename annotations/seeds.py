"""The codebook and the directory as files hold them: entries that name each other by slug."""

from __future__ import annotations

from dataclasses import dataclass

COLOURS = tuple(f"c{number}" for number in range(1, 13))
"""Names of the tag colours, in the order of the colour wheel; the screen gives each a hand-tested value."""


@dataclass(frozen=True, slots=True)
class TagSeed:
    """An issue type before it has an id. `parent`: slug. `agencies`: slugs of those that usually answer,
    first one first. `phrases`: as `annotations.phrases` reads them. `digit`: 1 to 9."""

    slug: str
    key: str
    label_vi: str
    label_en: str
    definition_vi: str
    definition_en: str
    colour: str
    parent: str | None
    digit: int | None
    phrases: tuple[str, ...]
    agencies: tuple[str, ...]
    retired: bool = False


SuccessorSeed = tuple[str, str | None, str]
"""Slug of the successor, ISO day from which it answers, for which part when there are several."""


@dataclass(frozen=True, slots=True)
class AgencySeed:
    """An agency before it has an id. `parent`: slug. `valid_from`, `valid_to`: ISO days, the latter the first
    day on which it no longer answered. The name itself is not among `aliases`."""

    slug: str
    name: str
    name_en: str
    short: str
    kind: str
    level: str
    parent: str | None
    valid_from: str | None
    valid_to: str | None
    aliases: tuple[str, ...]
    successors: tuple[SuccessorSeed, ...]
    note: str
    retired: bool = False
