"""Rows of the issue list, built a batch at a time with one query per table."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any

from annotations.connection import rows
from annotations.models import Agency, Language, Role
from annotations.sqlite import sqlite3
from annotations.succession import with_heirs

COLUMNS = (
    "id",
    "report",
    "report_title",
    "report_date",
    "period",
    "revision",
    "section",
    "start",
    "end",
    "passage",
    "tags",
    "lead_agencies",
    "coordinating_agencies",
    "severity",
    "status",
    "due",
    "note",
    "reviewer",
    "created_at",
    "updated_at",
    "placement",
    "owner",
    "earlier",
)
"""The columns of the issue list, in the order of every tabular export and of the view `issue_list`."""


@dataclass(frozen=True, slots=True)
class AgencyLink:
    """An agency that answers for an issue. `agency`: its slug. `now`, `now_en`: names of those that answer in
    its place today, if it does not itself."""

    agency: str
    name: str
    name_en: str
    short: str
    role: Role
    now: tuple[str, ...] = ()
    now_en: tuple[str, ...] = ()

    def label(self, language: Language) -> str:
        """Its full name in `language` where the directory has it."""
        return (self.name_en or self.name) if language == "en" else self.name

    def shown(self, language: Language, *, brief: bool = False) -> str:
        """Its name for people: its full one (`brief`: its short one), or, where others answer in its place
        today, its short one and theirs."""
        heirs = self.now_en if language == "en" else self.now
        short = self.short if brief or (heirs and language != "en") else ""
        return with_heirs(short or self.label(language), heirs, language)


@dataclass(frozen=True, slots=True)
class IssueRow:
    """One annotation as the issue list and every export show it.

    The fields of `COLUMNS` first (`placement`, `owner`, `earlier` last), lists as tuples; `start`, `end`:
    code points into the revision's text, half open; `revision`: 12 hex digits of `sha256`. `tags`,
    `tags_en`: labels of the tags of `tag_slugs`. `earlier`: id of the annotation of an earlier report that
    raised the same issue.
    """

    id: int
    report: str
    report_title: str
    report_date: str | None
    period: str | None
    revision: str
    section: str
    start: int
    end: int
    passage: str
    tags: tuple[str, ...]
    lead_agencies: tuple[str, ...]
    coordinating_agencies: tuple[str, ...]
    severity: str | None
    status: str
    due: str | None
    note: str
    reviewer: str
    created_at: str
    updated_at: str
    uid: str
    prefix: str
    suffix: str
    links: tuple[AgencyLink, ...]
    tag_slugs: tuple[str, ...]
    tags_en: tuple[str, ...]
    version: int
    report_id: int
    revision_id: int
    sha256: str
    paragraph: int
    issuer: str
    resolved_on: str | None
    placement: str = "exact"
    owner: str | None = None
    earlier: int | None = None

    def agencies(self, role: Role, language: Language = "vi") -> tuple[str, ...]:
        """Full names of the agencies with that role, in `language` where the directory has it."""
        if language != "en":
            return self.lead_agencies if role is Role.LEAD else self.coordinating_agencies
        return tuple(link.label(language) for link in self.links if link.role is role)

    def shown_agencies(self, role: Role, language: Language = "vi") -> tuple[str, ...]:
        """The agencies with that role as people read them, with who answers today."""
        if not any(link.now for link in self.links):
            return self.agencies(role, language)
        return tuple(link.shown(language) for link in self.links if link.role is role)

    def tag_labels(self, language: Language = "vi") -> tuple[str, ...]:
        """Labels of its tags in `language`."""
        return self.tags_en if language == "en" else self.tags


_ROWS = """
SELECT a.id, r.slug, r.title, r.date, r.period, substr(v.sha256, 1, 12), a.section, a.start, a."end", a.exact,
    a.severity, a.status, a.due, a.note, w.name, a.created_at, a.updated_at,
    a.uid, a.prefix, a.suffix, a.version, a.report_id, a.revision_id, v.sha256, a.paragraph, r.issuer,
    a.resolved_on, a.placement, o.name, a.earlier_id
FROM annotations a
JOIN reports r ON r.id = a.report_id
JOIN revisions v ON v.id = a.revision_id
JOIN reviewers w ON w.id = a.reviewer_id
LEFT JOIN reviewers o ON o.id = a.owner_id
WHERE a.id IN (SELECT value FROM json_each(?)) AND a.deleted_at IS NULL AND r.deleted_at IS NULL
"""
_TAGS = """
SELECT annotation_id, group_concat(tag_id) FROM (
    SELECT annotation_id, tag_id FROM annotation_tags
    WHERE annotation_id IN (SELECT value FROM json_each(?)) ORDER BY annotation_id, position
) GROUP BY annotation_id
"""
_LINKS = """
SELECT annotation_id, group_concat(agency_id || ' ' || role) FROM (
    SELECT annotation_id, agency_id, role FROM annotation_agencies
    WHERE annotation_id IN (SELECT value FROM json_each(?)) ORDER BY annotation_id, position
) GROUP BY annotation_id
"""
_TAG_NAMES = "SELECT id, slug, label_vi, label_en FROM tags WHERE id IN (SELECT value FROM json_each(?))"
_AGENCY_NAMES = (
    "SELECT id, slug, name, name_en, short FROM agencies WHERE id IN (SELECT value FROM json_each(?))"
)

_TagNames = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]
_LinkNames = tuple[tuple[AgencyLink, ...], tuple[str, ...], tuple[str, ...]]

_SETTERS = tuple(getattr(IssueRow, field.name).__set__ for field in fields(IssueRow))
_COMBINATIONS = 5_000
"""Combinations of tags, or of links, whose names are kept at hand."""


class RowReader:
    """Reads rows by id; keeps the names of tags and agencies it has met, so use one per transaction.

    `heirs`: who answers today in the place of the agency of an id, nobody where it does itself. `current`:
    rows name those instead of who was linked.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        heirs: Callable[[int], Sequence[Agency]] = lambda _agency_id: (),
        *,
        current: bool = False,
    ) -> None:
        self._connection = connection
        self._heirs = heirs
        self._current = current
        self._tags: dict[int, tuple[str, str, str]] = {}
        self._agencies: dict[int, tuple[str, str, str, str]] = {}
        self._links: dict[str, list[AgencyLink]] = {}
        self._tag_names: dict[str, _TagNames] = {}
        self._link_names: dict[str, _LinkNames] = {}

    def read(self, ids: Sequence[int]) -> list[IssueRow]:
        """The rows of `ids`, in that order; those deleted meanwhile are left out."""
        listed = json.dumps(list(ids))
        known = {row[0]: row for row in rows(self._connection, _ROWS, (listed,))}
        found = [row for row in map(known.get, ids) if row is not None]
        if not found:
            return []
        columns = list(zip(*found, strict=True))
        slugs, vi, en = zip(*self._tags_of(columns[0], listed), strict=True)
        who, lead, coordinating = zip(*self._links_of(columns[0], listed), strict=True)
        named = (*columns[:10], vi, lead, coordinating, *columns[10:20], who, slugs, en, *columns[20:])
        return _made(named, len(found))

    def _tags_of(self, ids: Sequence[int], listed: str) -> list[_TagNames]:
        """Slugs and labels of the tags of each of `ids`."""
        found = dict(rows(self._connection, _TAGS, (listed,)))
        if len(self._tag_names) > _COMBINATIONS:
            self._tag_names.clear()
        new = {text: [int(tag) for tag in text.split(",")] for text in {*found.values()} - {*self._tag_names}}
        for tag, slug, vi, en in self._names(
            _TAG_NAMES, {tag for tags in new.values() for tag in tags}, self._tags
        ):
            self._tags[tag] = (slug, vi or en, en or vi)
        self._tag_names[""] = ((), (), ())
        for text, tags in new.items():
            slugs, vi, en = zip(*(self._tags[tag] for tag in tags), strict=True)
            self._tag_names[text] = (slugs, vi, en)
        return [self._tag_names[found.get(number, "")] for number in ids]

    def _links_of(self, ids: Sequence[int], listed: str) -> list[_LinkNames]:
        """The links of each of `ids`, and the names of the agencies in each role."""
        found = dict(rows(self._connection, _LINKS, (listed,)))
        if len(self._link_names) > _COMBINATIONS:
            self._link_names.clear()
        new = {text: text.split(",") for text in {*found.values()} - {*self._link_names}}
        agencies = {int(link.partition(" ")[0]) for links in new.values() for link in links}
        for agency, *names in self._names(_AGENCY_NAMES, agencies, self._agencies):
            self._agencies[agency] = (names[0], names[1], names[2], names[3])
        self._link_names[""] = ((), (), ())
        for text, links in new.items():
            self._link_names[text] = self._named(links)
        return [self._link_names[found.get(number, "")] for number in ids]

    def _names(self, sql: str, ids: Collection[int], known: Collection[int]) -> list[Any]:
        wanted = [number for number in ids if number not in known]
        return rows(self._connection, sql, (json.dumps(wanted),)) if wanted else []

    def _named(self, links: Sequence[str]) -> _LinkNames:
        who = tuple(link for linked in links for link in self._answering(linked))
        if self._current:
            firsts = {link.agency: link for link in sorted(who, key=lambda link: link.role is Role.LEAD)}
            who = tuple(firsts[slug] for slug in dict.fromkeys(link.agency for link in who))
        lead = tuple(link.name for link in who if link.role is Role.LEAD)
        coordinating = tuple(link.name for link in who if link.role is Role.COORDINATING)
        return who, lead, coordinating

    def _answering(self, linked: str) -> list[AgencyLink]:
        """The links that one link, an agency's id and its role, is shown as."""
        found = self._links.get(linked)
        if found is None:
            agency, _, name = linked.partition(" ")
            agency_id, role = int(agency), Role(name)
            heirs = self._heirs(agency_id)
            if heirs and self._current:
                found = [AgencyLink(heir.slug, heir.name, heir.name_en, heir.short, role) for heir in heirs]
            else:
                now, now_en = (tuple(heir.label(language) for heir in heirs) for language in ("vi", "en"))
                found = [AgencyLink(*self._agencies[agency_id], role, now, now_en)]
            self._links[linked] = found
        return found


def _made(columns: Iterable[Iterable[Any]], count: int) -> list[IssueRow]:
    """`count` rows from their columns, field by field, in half the time that their constructor takes."""
    made = [IssueRow.__new__(IssueRow) for _ in range(count)]
    for setter, column in zip(_SETTERS, columns, strict=True):
        deque(map(setter, made, column), maxlen=0)
    return made
