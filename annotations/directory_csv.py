"""The agency directory as a CSV file, both ways."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from annotations.errors import Ambiguous, NotFound
from annotations.models import Agency
from annotations.names import AgencyNames
from annotations.seeds import AgencySeed, SuccessorSeed, agency_seed
from annotations.sheet import (
    Row,
    Sheet,
    join_items,
    parse_day,
    raise_problems,
    read_sheet,
    unique,
    write_sheet,
)
from annotations.sheet_plan import Plan, circles, make_plan, merged, row_slugs
from reports.errors import N_
from reports.vietnamese import fold

COLUMNS = (
    "slug",
    "name",
    "name_en",
    "short",
    "kind",
    "level",
    "parent",
    "valid_from",
    "valid_to",
    "aliases",
    "successors",
    "note",
    "retired",
)
"""The columns of the file, in this order when it is written."""

_SUCCESSOR = re.compile(r"(?P<name>[^:]*?)(?:\s+(?P<day>[\d/.-]{6,10}))?(?:\s*:\s*(?P<note>.*))?", re.DOTALL)
_NEW = AgencySeed("", "", "", "", "", "", None, None, None, (), (), "")


def read_directory(data: bytes | str) -> Sheet:
    """The rows of a directory file, unchecked; SheetError where it cannot be read."""
    return read_sheet(data, COLUMNS, ("slug", "name"))


def seed_of(row: Row) -> AgencySeed:
    """One row as a value; names of parent and successors as written."""
    return AgencySeed(
        slug=row.text("slug"),
        name=row.text("name"),
        name_en=row.text("name_en"),
        short=row.text("short"),
        kind=row.text("kind"),
        level=row.text("level"),
        parent=row.text("parent") or None,
        valid_from=row.day("valid_from"),
        valid_to=row.day("valid_to"),
        aliases=row.items("aliases"),
        successors=tuple(parse_successor(item) for item in row.items("successors")),
        note=row.text("note"),
        retired=row.flag("retired"),
    )


def write_directory(agencies: Sequence[Agency]) -> str:
    """CSV text with a row for every agency, in the order given, that `plan_directory` reads back."""
    slugs = {agency.id: agency.slug for agency in agencies}
    return write_sheet(COLUMNS, (tuple(_cells(agency_seed(a, slugs)).values()) for a in agencies))


def plan_directory(data: bytes | str, agencies: Sequence[Agency]) -> Plan[AgencySeed]:
    """What importing a directory file would do.

    Entries are found by slug, else by name. A column that the file lacks stays as it is; an entry that the
    file lacks is left alone. Parents and successors may be written by any name. Raises SheetError with all
    that is wrong, by row.
    """
    sheet = read_directory(data)
    slugs = {agency.id: agency.slug for agency in agencies}
    current = {agency.slug: agency_seed(agency, slugs) for agency in agencies}
    own = row_slugs(sheet.rows, "name", {fold(agency.name): agency.slug for agency in agencies})
    wanted: list[tuple[Row, AgencySeed]] = []
    for row, slug in zip(sheet.rows, own, strict=True):
        base = current.get(slug) or replace(_NEW, slug=slug)
        wanted.append((row, merged(base, seed_of(row), sheet.columns)))
    find = _Finder(agencies, {seed.slug: seed.name for _, seed in wanted})
    wanted = [(row, _checked(row, find.references(row, seed))) for row, seed in wanted]
    state = {**current, **{seed.slug: seed for _, seed in wanted}}
    rows = [(row, seed.slug) for row, seed in wanted]
    parents = {slug: (seed.parent,) for slug, seed in state.items() if seed.parent}
    heirs = {slug: tuple(heir for heir, _, _ in seed.successors) for slug, seed in state.items()}
    slug_of = dict(zip((row.number for row in sheet.rows), own, strict=True))
    raise_problems(
        sheet.rows,
        [
            *unique(sheet.rows, "slug", lambda row: slug_of[row.number]),
            *circles(rows, "parent", parents),
            *circles(rows, "successors", heirs),
        ],
    )
    return make_plan(wanted, current, _cells, sheet.ignored)


def parse_successor(item: str) -> SuccessorSeed:
    """`so-nnmt 2025-03-01: môi trường` as name, ISO day and note; day and note may be absent."""
    found = _SUCCESSOR.fullmatch(item)
    if not found:
        return item, None, ""
    day = found["day"]
    if day and parse_day(day) is None:
        return f"{found['name']} {day}", None, found["note"] or ""
    return found["name"].strip(), parse_day(day) if day else None, (found["note"] or "").strip()


def format_successor(name: str, day: str | None, note: str) -> str:
    """What `parse_successor` reads back."""
    return name + (f" {day}" if day else "") + (f": {note}" if note else "")


class _Finder:
    """Slugs of agencies by any name, those of the file first."""

    def __init__(self, agencies: Sequence[Agency], file: Mapping[str, str]) -> None:
        self._names = AgencyNames(agencies)
        self._file = {**{fold(name): slug for slug, name in file.items()}, **{slug: slug for slug in file}}

    def references(self, row: Row, seed: AgencySeed) -> AgencySeed:
        """`seed` with the slugs of its parent and successors instead of their names."""
        parent = self._slug(row, "parent", seed.parent) if seed.parent else None
        heirs = tuple((self._slug(row, "successors", name), day, note) for name, day, note in seed.successors)
        return replace(seed, parent=parent, successors=heirs)

    def _slug(self, row: Row, column: str, name: str) -> str:
        if fold(name) in self._file:
            return self._file[fold(name)]
        try:
            return self._names.find(name, whole=True).slug
        except (NotFound, Ambiguous) as error:
            row.wrong(N_("Row {row}, {column}: {problem}"), column, problem=error)
            return name


def _checked(row: Row, seed: AgencySeed) -> AgencySeed:
    """`seed` without aliases that repeat its name; notes what is wrong with it in the row."""
    if not seed.name:
        row.wrong(N_("Row {row}: {column} is missing."), "name")
    if seed.valid_from and seed.valid_to and seed.valid_from >= seed.valid_to:
        template = N_("Row {row}, {column}: it ends on {end}, before it begins on {start}.")
        row.wrong(template, "valid_to", end=seed.valid_to, start=seed.valid_from)
    return replace(seed, aliases=tuple(alias for alias in seed.aliases if alias != seed.name))


def _cells(seed: AgencySeed) -> dict[str, str]:
    return {
        "slug": seed.slug,
        "name": seed.name,
        "name_en": seed.name_en,
        "short": seed.short,
        "kind": seed.kind,
        "level": seed.level,
        "parent": seed.parent or "",
        "valid_from": seed.valid_from or "",
        "valid_to": seed.valid_to or "",
        "aliases": join_items(seed.aliases),
        "successors": join_items(format_successor(*heir) for heir in seed.successors),
        "note": seed.note,
        "retired": "yes" if seed.retired else "",
    }
