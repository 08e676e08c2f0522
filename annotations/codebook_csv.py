"""The codebook as a CSV file, both ways."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from annotations.errors import Ambiguous, NotFound
from annotations.models import Agency, Tag
from annotations.names import AgencyNames, TagNames
from annotations.seeds import COLOURS, TagSeed, tag_seed
from annotations.sheet import Problem, Row, Sheet, join_items, raise_problems, read_sheet, unique, write_sheet
from annotations.sheet_plan import Plan, circles, make_plan, merged, row_slugs
from reports.errors import N_
from reports.vietnamese import fold

COLUMNS = (
    "slug",
    "key",
    "label_vi",
    "label_en",
    "definition_vi",
    "definition_en",
    "colour",
    "parent",
    "digit",
    "phrases",
    "agencies",
    "retired",
)
"""The columns of the file, in this order when it is written."""

Usual = Callable[[int], Sequence[int]]
"""Ids of the agencies that usually answer for the tag of an id, or else for its parent."""

_NEW = TagSeed("", "", "", "", "", "", "", None, None, (), ())
_DIGITS = tuple(str(number) for number in range(1, 10))


def read_codebook(data: bytes | str) -> Sheet:
    """The rows of a codebook file, unchecked; SheetError where it cannot be read."""
    return read_sheet(data, COLUMNS, ("slug", "label_vi"))


def seed_of(row: Row) -> TagSeed:
    """One row as a value; names of parent and agencies as written."""
    digit = row.text("digit")
    if digit and digit not in _DIGITS:
        row.wrong(N_("Row {row}, {column}: “{value}” is none of the keys 1 to 9."), "digit", value=digit)
    return TagSeed(
        slug=row.text("slug"),
        key=row.text("key"),
        label_vi=row.text("label_vi"),
        label_en=row.text("label_en"),
        definition_vi=row.text("definition_vi"),
        definition_en=row.text("definition_en"),
        colour=row.text("colour"),
        parent=row.text("parent") or None,
        digit=int(digit) if digit in _DIGITS else None,
        phrases=row.items("phrases"),
        agencies=row.items("agencies"),
        retired=row.flag("retired"),
    )


def write_codebook(tags: Sequence[Tag], agencies: Sequence[Agency], usual: Usual) -> str:
    """CSV text with a row for every tag, in the order given, that `plan_codebook` reads back."""
    seeds = _seeds(tags, agencies, usual)
    return write_sheet(COLUMNS, (tuple(_cells(seed).values()) for seed in seeds))


def plan_codebook(
    data: bytes | str, tags: Sequence[Tag], agencies: Sequence[Agency], usual: Usual
) -> Plan[TagSeed]:
    """What importing a codebook file would do.

    Entries are found by slug, else by their Vietnamese label. A column that the file lacks stays as it is; an
    entry that the file lacks is left alone. Parents and agencies may be written by any name. Raises
    SheetError with all that is wrong, by row.
    """
    sheet = read_codebook(data)
    current = {seed.slug: seed for seed in _seeds(tags, agencies, usual)}
    own = row_slugs(sheet.rows, "label_vi", {fold(tag.label_vi): tag.slug for tag in tags})
    wanted: list[tuple[Row, TagSeed]] = []
    for row, slug in zip(sheet.rows, own, strict=True):
        base = current.get(slug) or replace(_NEW, slug=slug)
        wanted.append((row, merged(base, seed_of(row), sheet.columns)))
    find = _Finder(tags, agencies, {seed.slug: seed.label_vi for _, seed in wanted})
    wanted = [(row, _checked(row, find.references(row, seed))) for row, seed in wanted]
    state = {**current, **{seed.slug: seed for _, seed in wanted}}
    parents = {slug: (seed.parent,) for slug, seed in state.items() if seed.parent}
    slug_of = dict(zip((row.number for row in sheet.rows), own, strict=True))
    raise_problems(
        sheet.rows,
        [
            *unique(sheet.rows, "slug", lambda row: slug_of[row.number]),
            *circles([(row, seed.slug) for row, seed in wanted], "parent", parents),
            *_shared(wanted, state, "digit", lambda seed: str(seed.digit or "")),
            *_shared(wanted, state, "key", lambda seed: seed.key.lower()),
        ],
    )
    return make_plan(wanted, current, _cells, sheet.ignored)


class _Finder:
    """Slugs of tags and agencies by any name, tags of the file first."""

    def __init__(self, tags: Sequence[Tag], agencies: Sequence[Agency], file: Mapping[str, str]) -> None:
        self._tags = TagNames(tags)
        self._agencies = AgencyNames(agencies)
        self._file = {**{fold(label): slug for slug, label in file.items()}, **{slug: slug for slug in file}}

    def references(self, row: Row, seed: TagSeed) -> TagSeed:
        """`seed` with the slugs of its parent and agencies instead of their names."""
        parent = seed.parent and (self._file.get(fold(seed.parent)) or self._parent(row, seed.parent))
        agencies = tuple(dict.fromkeys(self._agency(row, name) for name in seed.agencies))
        return replace(seed, parent=parent, agencies=agencies)

    def _parent(self, row: Row, name: str) -> str:
        try:
            return self._tags.find(name, whole=True).slug
        except (NotFound, Ambiguous) as error:
            row.wrong(N_("Row {row}, {column}: {problem}"), "parent", problem=error)
            return name

    def _agency(self, row: Row, name: str) -> str:
        try:
            return self._agencies.find(name, whole=True).slug
        except (NotFound, Ambiguous) as error:
            row.wrong(N_("Row {row}, {column}: {problem}"), "agencies", problem=error)
            return name


def _checked(row: Row, seed: TagSeed) -> TagSeed:
    """`seed` itself; notes what is wrong with it in the row."""
    if not seed.label_vi:
        row.wrong(N_("Row {row}: {column} is missing."), "label_vi")
    if seed.colour and seed.colour not in COLOURS:
        template = N_("Row {row}, {column}: “{value}” is no colour. There are {colours}.")
        row.wrong(template, "colour", value=seed.colour, colours=", ".join(COLOURS))
    return seed


def _shared(
    wanted: Iterable[tuple[Row, TagSeed]],
    state: Mapping[str, TagSeed],
    column: str,
    value: Callable[[TagSeed], str],
) -> list[Problem]:
    """What is wrong where a tag would have the key or digit of another that is offered."""
    holders: dict[str, list[TagSeed]] = {}
    for seed in state.values():
        if value(seed) and not seed.retired:
            holders.setdefault(value(seed), []).append(seed)
    problems = []
    for row, seed in wanted:
        others = [other for other in holders.get(value(seed), ()) if other.slug != seed.slug]
        if others and not seed.retired:
            template = N_("Row {row}, {column}: “{value}” belongs to “{other}”. Give one of them another.")
            problems.append(
                Problem(template, row=row.number, column=column, value=value(seed), other=others[0].label_vi)
            )
    return problems


def _seeds(tags: Sequence[Tag], agencies: Sequence[Agency], usual: Usual) -> list[TagSeed]:
    """Tags as files hold them; agencies that a tag only has from its parent are left to the parent."""
    slugs = {tag.id: tag.slug for tag in tags}
    agency_slugs = {agency.id: agency.slug for agency in agencies}
    seeds = []
    for tag in tags:
        ids = tuple(usual(tag.id))
        if tag.parent_id is not None and ids == tuple(usual(tag.parent_id)):
            ids = ()
        seeds.append(tag_seed(tag, slugs, [agency_slugs[number] for number in ids if number in agency_slugs]))
    return seeds


def _cells(seed: TagSeed) -> dict[str, str]:
    return {
        "slug": seed.slug,
        "key": seed.key,
        "label_vi": seed.label_vi,
        "label_en": seed.label_en,
        "definition_vi": seed.definition_vi,
        "definition_en": seed.definition_en,
        "colour": seed.colour,
        "parent": seed.parent or "",
        "digit": str(seed.digit or ""),
        "phrases": join_items(seed.phrases),
        "agencies": join_items(seed.agencies),
        "retired": "yes" if seed.retired else "",
    }
