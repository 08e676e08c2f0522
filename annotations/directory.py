"""Looking up the names that a filter uses: tags, agencies, reports, reviewers, periods."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from annotations.connection import rows
from annotations.errors import Ambiguous, NotFound
from annotations.filter_terms import CURRENT, ITSELF, WRITTEN
from annotations.models import Agency, Tag
from annotations.periods import period_order
from annotations.sqlite import sqlite3
from annotations.succession import Succession
from reports.errors import N_
from reports.vietnamese import search_key

ME = "me"
"""The name that stands for the reviewer who asks."""


class _Nested(Protocol):
    @property
    def id(self) -> int: ...
    @property
    def parent_id(self) -> int | None: ...


_Item = TypeVar("_Item", bound=_Nested)


@dataclass(frozen=True, slots=True)
class ReportName:
    """A report as a filter names it."""

    id: int
    slug: str
    title: str


class Directory:
    """The names in one database.

    `tags` and `agencies` give the codebook and the agencies as they are now; the rest is read when needed.
    `reviewer`: whom `reviewer:me` means.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        tags: Callable[[], Sequence[Tag]],
        agencies: Callable[[], Sequence[Agency]],
        reviewer: str = "",
    ) -> None:
        self._connection = connection
        self._tags = tags
        self._agencies = agencies
        self._reviewer = reviewer
        self._succession: Succession | None = None
        self._succeeding: Sequence[Agency] = ()
        self._standing: dict[int, list[int]] = {}
        self._standing_at: tuple[int, int] = (0, 0)

    @property
    def tags(self) -> Sequence[Tag]:
        return self._tags()

    @property
    def agencies(self) -> Sequence[Agency]:
        return self._agencies()

    def tag(self, name: str) -> Tag:
        """The tag of that name; NotFound or Ambiguous."""
        from annotations.names import find_tag

        return find_tag(self.tags, name)

    def agency(self, name: str) -> Agency:
        """The agency of that name; NotFound or Ambiguous."""
        from annotations.names import find_agency

        return find_agency(self.agencies, name)

    def tag_ids(self, name: str) -> list[int]:
        """The tag of that name and all below it; NotFound or Ambiguous."""
        return with_descendants(self.tags, self.tag(name).id)

    def agency_ids(self, name: str, readings: Collection[str] = (), today: str = "") -> list[int]:
        """The agency of that name, all below it, and all that they succeeded; NotFound or Ambiguous.

        `readings`: as in `filter_terms.READINGS`. `today`: the ISO day that `current` is about.
        """
        root = self.agency(name).id
        wanted = [root] if ITSELF in readings else with_descendants(self.agencies, root)
        if WRITTEN in readings:
            return wanted
        if CURRENT in readings:
            return sorted(self.succession().answered_by(set(wanted), date.fromisoformat(today)))
        return sorted(self.succession().with_predecessors(wanted))

    def is_plain(self, agency_id: int) -> bool:
        """Whether nothing below it, itself included, ever took over from anybody."""
        below = with_descendants(self.agencies, agency_id)
        return len(self.succession().with_predecessors(below)) == len(below)

    def succession(self) -> Succession:
        """Who followed whom."""
        agencies = self.agencies
        if self._succession is None or self._succeeding is not agencies:
            self._succession, self._succeeding = Succession(agencies), agencies
        return self._succession

    def standing_for(self, least: int) -> list[int]:
        """Ids of the annotations whose issue stands for at least so many periods in a row (2 or more)."""
        from annotations.continuity import standing_for

        state = rows(self._connection, "PRAGMA data_version")[0][0], self._connection.total_changes
        if self._standing_at != state:
            self._standing, self._standing_at = {}, state
        if least not in self._standing:
            self._standing[least] = standing_for(self._connection, least)
        return self._standing[least]

    def report_ids(self, name: str) -> list[int]:
        """The report of that slug, else those whose slug begins so, else those whose title has the words;
        NotFound."""
        key = search_key(name).replace(" ", "-")
        exact = "SELECT id FROM reports WHERE slug IN (?, ?) AND deleted_at IS NULL"
        found = rows(self._connection, exact, (name, key))
        if not found and key:
            prefix = "SELECT id FROM reports WHERE slug >= ? AND slug < ? AND deleted_at IS NULL"
            found = rows(self._connection, prefix, (key, key + "\x7f"))
        if found:
            return [row[0] for row in found]
        reports = self.reports()
        words = f" {search_key(name)}"
        titled = [r.id for r in reports if words.strip() and words in " " + search_key(r.title)]
        if titled:
            return titled
        raise NotFound(
            N_("No report is called “{name}”. The nearest: {names}."),
            nearest := _nearest(key, [r.slug for r in reports]),
            name=name,
            names=", ".join(nearest) or "–",
        )

    def reviewer_ids(self, name: str) -> list[int]:
        """The reviewer of just that name, else those of that name whatever its accents, else those whose name
        begins so; NotFound."""
        known = rows(self._connection, "SELECT id, name FROM reviewers ORDER BY name")
        if name.lower() == ME and self._reviewer:
            return [i for i, other in known if other == self._reviewer]
        key = search_key(name)
        found = [i for i, other in known if other == name]
        found = found or [i for i, other in known if search_key(other) == key]
        found = found or [i for i, other in known if key and search_key(other).startswith(key)]
        if found:
            return found
        raise NotFound(
            N_("No reviewer is called “{name}”. The nearest: {names}."),
            nearest := _nearest(name, [other for _, other in known]),
            name=name,
            names=", ".join(nearest) or "–",
        )

    def reports(self) -> list[ReportName]:
        """Every report, newest first."""
        sql = "SELECT id, slug, title FROM reports WHERE deleted_at IS NULL ORDER BY date DESC, slug"
        return [ReportName(*row) for row in rows(self._connection, sql)]

    def people(self) -> list[tuple[int, str]]:
        """Id and name of each of those who have annotated or may."""
        return rows(self._connection, "SELECT id, name FROM reviewers")

    def reviewers(self) -> list[str]:
        """Names of those who have annotated or may."""
        return [row[0] for row in rows(self._connection, "SELECT name FROM reviewers ORDER BY name")]

    def periods(self) -> list[str]:
        """The periods that reports have, the one that ended last first."""
        sql = "SELECT DISTINCT period FROM reports WHERE period IS NOT NULL AND deleted_at IS NULL"
        found = [str(row[0]) for row in rows(self._connection, sql)]
        return sorted(found, key=period_order, reverse=True)


def with_descendants(items: Iterable[_Item], root: int) -> list[int]:
    """`root` and the ids of all items below it, in no particular order."""
    below: dict[int, list[int]] = {}
    for item in items:
        if item.parent_id is not None:
            below.setdefault(item.parent_id, []).append(item.id)
    found, waiting = {root}, [root]
    while waiting:
        for child in below.get(waiting.pop(), ()):
            if child not in found:
                found.add(child)
                waiting.append(child)
    return sorted(found)


def _nearest(name: str, names: Sequence[str]) -> list[str]:
    by_key = {search_key(other): other for other in names}
    return [by_key[key] for key in difflib.get_close_matches(search_key(name), by_key, 3, 0.4)]


__all__ = ["Ambiguous", "Directory", "NotFound", "ReportName", "with_descendants"]
