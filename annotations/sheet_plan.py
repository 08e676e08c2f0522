"""What importing a table would do, worked out before anything is written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Generic, TypeVar

from annotations.seeds import AgencySeed, TagSeed
from annotations.sheet import Problem, Row
from reports.errors import N_
from reports.vietnamese import fold

S = TypeVar("S", bound=TagSeed | AgencySeed)

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SLUG_LENGTH = 60


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A column whose value would change, from what to what, as cells."""

    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Step(Generic[S]):
    """One entry that would be added or changed. `row`: as the spreadsheet counts. `seed`: the entry as it
    would be. `changes`: empty for an entry that is new."""

    row: int
    seed: S
    changes: tuple[FieldChange, ...] = ()

    @property
    def slug(self) -> str:
        return self.seed.slug

    @property
    def label(self) -> str:
        return self.seed.label_vi if isinstance(self.seed, TagSeed) else self.seed.name

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(change.column for change in self.changes)


@dataclass(frozen=True, slots=True)
class Plan(Generic[S]):
    """All that an import would do. `unchanged`: entries of the file that are so already. `absent`: slugs of
    entries that the file does not name; they are left as they are. `ignored`: columns that are not known."""

    added: tuple[Step[S], ...]
    changed: tuple[Step[S], ...]
    unchanged: int
    absent: tuple[str, ...]
    ignored: tuple[str, ...]

    @property
    def seeds(self) -> tuple[S, ...]:
        """Every entry that would be added or changed, as it would be."""
        return tuple(step.seed for step in (*self.added, *self.changed))


def make_plan(
    wanted: Sequence[tuple[Row, S]],
    current: Mapping[str, S],
    cells: Callable[[S], Mapping[str, str]],
    ignored: Sequence[str],
) -> Plan[S]:
    """Compare the entries of a file with those that there are, by slug. `cells`: an entry as its row."""
    added: list[Step[S]] = []
    changed: list[Step[S]] = []
    for row, seed in wanted:
        before = current.get(seed.slug)
        if before is None:
            added.append(Step(row.number, seed))
        elif before != seed:
            old, new = cells(before), cells(seed)
            changes = tuple(FieldChange(c, old[c], new[c]) for c in old if old[c] != new[c])
            changed.append(Step(row.number, seed, changes))
    named = {seed.slug for _, seed in wanted}
    absent = tuple(slug for slug in current if slug not in named)
    same = len(wanted) - len(added) - len(changed)
    return Plan(tuple(added), tuple(changed), same, absent, tuple(ignored))


def row_slugs(rows: Sequence[Row], name: str, known: Mapping[str, str]) -> list[str]:
    """The slug of each row: as written, else that of the entry of that name, else made from the name.

    `name`: the column that names an entry. `known`: slugs of the entries that there are, by folded name.
    """
    taken = {row.text("slug") for row in rows} | set(known.values())
    slugs = []
    for row in rows:
        slug = row.text("slug").lower().replace("_", "-")
        label = row.text(name)
        if slug and not _SLUG.fullmatch(slug):
            row.wrong(
                N_("Row {row}, {column}: “{value}” may only hold a–z, 0–9 and hyphens."), "slug", value=slug
            )
        if not slug and not label:
            row.wrong(N_("Row {row}: {column} is missing."), name)
        if not slug and label:
            slug = known.get(fold(label)) or _new_slug(label, taken)
            taken.add(slug)
        slugs.append(slug)
    return slugs


def merged(base: S, row: S, columns: Iterable[str]) -> S:
    """`base` with the given columns of `row`."""
    from dataclasses import replace

    names = {field.name for field in fields(base)}
    changes = {column: getattr(row, column) for column in columns if column in names and column != "slug"}
    return replace(base, **changes)


def circles(
    rows: Sequence[tuple[Row, str]], column: str, nexts: Mapping[str, Sequence[str]]
) -> list[Problem]:
    """What is wrong where an entry comes back to itself through `nexts` (slugs by slug)."""
    problems = []
    for row, slug in rows:
        seen: set[str] = set()
        waiting = list(nexts.get(slug, ()))
        while waiting:
            following = waiting.pop()
            if following == slug:
                template = N_("Row {row}, {column}: “{slug}” would come back to itself.")
                problems.append(Problem(template, row=row.number, column=column, slug=slug))
                break
            if following not in seen:
                seen.add(following)
                waiting.extend(nexts.get(following, ()))
    return problems


def _new_slug(label: str, taken: set[str]) -> str:
    stem = re.sub(r"[^a-z0-9]+", "-", fold(label)).strip("-")[:_SLUG_LENGTH].strip("-") or "x"
    slug, number = stem, 1
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug
