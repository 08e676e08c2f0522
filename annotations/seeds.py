"""The codebook and the directory as files hold them: entries that name each other by slug."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from annotations.models import Agency, Successor, Tag

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


def number_tags(seeds: Sequence[TagSeed]) -> tuple[Tag, ...]:
    """Tags with ids from 1 in the order of `seeds`, for work without a database."""
    ids = {seed.slug: number for number, seed in enumerate(seeds, 1)}
    return tuple(
        Tag(
            id=number,
            slug=seed.slug,
            key=seed.key,
            label_vi=seed.label_vi,
            label_en=seed.label_en,
            definition_vi=seed.definition_vi,
            definition_en=seed.definition_en,
            colour=seed.colour,
            parent_id=ids[seed.parent] if seed.parent else None,
            digit=seed.digit,
            phrases=seed.phrases,
            position=number,
            version=1,
            retired=seed.retired,
        )
        for number, seed in enumerate(seeds, 1)
    )


def number_agencies(seeds: Sequence[AgencySeed]) -> tuple[Agency, ...]:
    """Agencies with ids from 1 in the order of `seeds`, for work without a database."""
    ids = {seed.slug: number for number, seed in enumerate(seeds, 1)}
    return tuple(
        Agency(
            id=number,
            slug=seed.slug,
            name=seed.name,
            name_en=seed.name_en,
            short=seed.short,
            kind=seed.kind,
            level=seed.level,
            parent_id=ids[seed.parent] if seed.parent else None,
            valid_from=seed.valid_from,
            valid_to=seed.valid_to,
            aliases=seed.aliases,
            successors=tuple(Successor(ids[slug], day, note) for slug, day, note in seed.successors),
            note=seed.note,
            version=1,
            retired=seed.retired,
        )
        for number, seed in enumerate(seeds, 1)
    )


def tag_seed(tag: Tag, slugs: Mapping[int, str], usual: Sequence[str]) -> TagSeed:
    """A tag as files hold it. `slugs`: of the tags by id. `usual`: slugs of its usual agencies."""
    return TagSeed(
        slug=tag.slug,
        key=tag.key,
        label_vi=tag.label_vi,
        label_en=tag.label_en,
        definition_vi=tag.definition_vi,
        definition_en=tag.definition_en,
        colour=tag.colour,
        parent=slugs[tag.parent_id] if tag.parent_id is not None else None,
        digit=tag.digit,
        phrases=tag.phrases,
        agencies=tuple(usual),
        retired=tag.retired,
    )


def agency_seed(agency: Agency, slugs: Mapping[int, str]) -> AgencySeed:
    """An agency as files hold it. `slugs`: of the agencies by id."""
    return AgencySeed(
        slug=agency.slug,
        name=agency.name,
        name_en=agency.name_en,
        short=agency.short,
        kind=agency.kind,
        level=agency.level,
        parent=slugs[agency.parent_id] if agency.parent_id is not None else None,
        valid_from=agency.valid_from,
        valid_to=agency.valid_to,
        aliases=agency.aliases,
        successors=tuple((slugs[s.agency_id], s.date, s.note) for s in agency.successors),
        note=agency.note,
        retired=agency.retired,
    )
