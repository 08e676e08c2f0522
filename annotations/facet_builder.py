"""Reads what an index of the annotations is made of."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from annotations.connection import rows
from annotations.facet_members import Days, Members, bits_of, flags_of
from annotations.facets import FacetIndex, Key, last_change
from annotations.filters import NONE
from annotations.issues import Issues
from annotations.labels import value_label
from annotations.models import Agency, Language, Placement, Severity, Status, Tag
from annotations.sources import BY_REPORT, LIVE, ORDER

_COLUMNS = ("status", "severity", "reviewer", "period")
_EVERY = (
    "SELECT a.id, a.due, r.date, a.status, a.severity, a.reviewer_id, r.period"
    f" FROM {BY_REPORT} WHERE {LIVE} ORDER BY {ORDER}"
)
_OF_TAGS = "SELECT tag_id, annotation_id FROM annotation_tags"
_OF_AGENCIES = "SELECT agency_id, annotation_id FROM annotation_agencies"
_OF_OWNERS = "SELECT owner_id, id FROM annotations WHERE owner_id IS NOT NULL"
_OF_PLACEMENTS = "SELECT placement, id FROM annotations WHERE placement != 'exact'"
_OF_ROLES = "SELECT role, annotation_id FROM annotation_agencies"

_CHUNK = 20_000
_SPARSE = 256
"""A value that fewer than one annotation in this many has is kept as ids: less room, and no slower."""

_RANKS: dict[str, tuple[str, ...]] = {
    "status": tuple(map(str, Status)),
    "severity": tuple(map(str, reversed(Severity))),
    "placement": (Placement.WAITING, Placement.MARKED, Placement.ORPHAN),
}

_Groups = dict[Any, "array[int]"]


def build(issues: Issues, language: Language) -> FacetIndex:
    """The index of the record as `issues` has it at one moment."""
    begun = not issues.connection.in_transaction
    if begun:
        issues.connection.execute("BEGIN")
    try:
        return _Builder(issues, language).index()
    finally:
        if begun:
            issues.connection.execute("ROLLBACK")


class _Builder:
    def __init__(self, issues: Issues, language: Language) -> None:
        self._issues = issues
        self._language = language
        self._size = int(rows(issues.connection, "SELECT max(id) FROM annotations")[0][0] or 0) + 1
        self._flags = b""

    def index(self) -> FacetIndex:
        order, due, date, columns = self._single_values()
        live = bits_of(order, self._size)
        self._flags = flags_of(live, self._size)
        directory = self._issues.directory
        members = {
            "agency": self._nested(_OF_AGENCIES, directory.agencies, live),
            "tag": self._nested(_OF_TAGS, directory.tags, live),
            "owner": self._optional(_OF_OWNERS, live),
            "placement": self._unplaced(),
            "role": {key: self._kept(ids) for key, ids in self._pairs(_OF_ROLES).items()},
        }
        for word, found in zip(_COLUMNS, columns, strict=True):
            members[word] = {key: self._kept(found[key]) for key in _ordered(word, found)}
        return FacetIndex(
            change=last_change(self._issues),
            size=self._size,
            order=order,
            live=live,
            members=members,
            names=self._names(),
            due=Days(due),
            date=Days(date),
        )

    def _single_values(self) -> tuple[array[int], _Groups, _Groups, tuple[_Groups, ...]]:
        """Ids in list order, and by due date, by date of the report, by each of `_COLUMNS`."""
        order = array("I")
        groups: list[_Groups] = [defaultdict(lambda: array("I")) for _ in range(2 + len(_COLUMNS))]
        for chunk in self._chunks(_EVERY):
            order.extend(row[0] for row in chunk)
            for at, group in enumerate(groups, 1):
                for row in chunk:
                    group[row[at]].append(row[0])
        due, date, *columns = groups
        due.pop(None, None)
        date.pop(None, None)
        return order, due, date, tuple(columns)

    def _nested(self, sql: str, items: Iterable[Tag | Agency], live: int) -> dict[Key, Members]:
        """The members of each item with all below it, and those of none under None."""
        above: dict[Key, int | None] = {item.id: item.parent_id for item in items}
        lists: dict[Key, list[array[int]]] = defaultdict(list)
        anyone = array("I")
        for key, ids in self._pairs(sql).items():
            anyone.extend(ids)
            path: list[Key] = []
            place: Key = key
            while place is not None and place not in path:
                path.append(place)
                lists[place].append(ids)
                place = above.get(place)
        made: dict[Key, Members] = {}
        for place, parts in lists.items():
            made[place] = self._kept(parts[0] if len(parts) == 1 else set().union(*parts))
        made[None] = Members(live & ~bits_of(anyone, self._size))
        return made

    def _optional(self, sql: str, live: int) -> dict[Key, Members]:
        """The members of each value, and those that have none under None."""
        made: dict[Key, Members] = {}
        anyone = array("I")
        for key, ids in self._pairs(sql).items():
            anyone.extend(ids)
            made[key] = self._kept(ids)
        made[None] = Members(live & ~bits_of(anyone, self._size))
        return made

    def _unplaced(self) -> dict[Key, Members]:
        """The members of each placement that asks for somebody to look."""
        found = self._pairs(_OF_PLACEMENTS)
        return {key: self._kept(found[key]) for key in _ordered("placement", found)}

    def _pairs(self, sql: str) -> _Groups:
        """The ids that `sql` gives behind each value."""
        found: _Groups = defaultdict(lambda: array("I"))
        for chunk in self._chunks(sql):
            for key, number in chunk:
                found[key].append(number)
        return found

    def _kept(self, ids: Iterable[int]) -> Members:
        """`ids`, those deleted left out, in the form that takes less room."""
        kept = array("I", (number for number in ids if self._flags[number]))
        if len(kept) * _SPARSE < self._size:
            return Members(ids=kept)
        return Members(bits_of(kept, self._size))

    def _chunks(self, sql: str) -> Iterator[list[tuple[Any, ...]]]:
        cursor = self._issues.connection.execute(sql)
        while chunk := cursor.fetchmany(_CHUNK):
            yield chunk

    def _names(self) -> dict[str, dict[Key, tuple[str, str]]]:
        """For each word, how a filter writes a value and what people call it."""
        directory, language = self._issues.directory, self._language
        reviewers = rows(self._issues.connection, "SELECT id, name FROM reviewers")
        none: dict[Key, tuple[str, str]] = {None: (NONE, "")}
        people: dict[Key, tuple[str, str]] = {number: (name, name) for number, name in reviewers}
        words: dict[Key, tuple[str, str]] = {
            str(value): (str(value), value_label(value, language))
            for value in (*Status, *Severity, *Placement)
        }
        return {
            "agency": none | {a.id: (a.slug, a.label(language)) for a in directory.agencies},
            "tag": none | {t.id: (t.slug, t.label(language)) for t in directory.tags},
            "status": words,
            "severity": none | words,
            "period": none,
            "owner": none | people,
            "reviewer": people,
            "placement": words,
        }


def _ordered(word: str, keys: Iterable[Key]) -> list[Key]:
    """Values as they are listed: the life of an issue, the gravest first, the newest period first."""
    ranks = _RANKS.get(word)
    if ranks:
        return sorted(keys, key=lambda key: ranks.index(str(key)) if key in ranks else len(ranks))
    return sorted(keys, key=lambda key: str(key or ""), reverse=True)
