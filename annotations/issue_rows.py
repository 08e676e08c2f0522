"""Rows of the issue list, built a batch at a time with one query per table."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
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
SELECT annotation_id, tag_id FROM annotation_tags
WHERE annotation_id IN (SELECT value FROM json_each(?)) ORDER BY annotation_id, position
"""
_LINKS = """
SELECT annotation_id, agency_id, role FROM annotation_agencies
WHERE annotation_id IN (SELECT value FROM json_each(?)) ORDER BY annotation_id, position
"""
_TAG_NAMES = "SELECT id, slug, label_vi, label_en FROM tags WHERE id IN (SELECT value FROM json_each(?))"
_AGENCY_NAMES = (
    "SELECT id, slug, name, name_en, short FROM agencies WHERE id IN (SELECT value FROM json_each(?))"
)

_TagNames = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]
_LinkNames = tuple[tuple[AgencyLink, ...], tuple[str, ...], tuple[str, ...]]


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
        self._tag_names: dict[tuple[int, ...], _TagNames] = {(): ((), (), ())}
        self._link_names: dict[tuple[tuple[int, str], ...], _LinkNames] = {(): ((), (), ())}

    def read(self, ids: Sequence[int]) -> list[IssueRow]:
        """The rows of `ids`, in that order; those deleted meanwhile are left out."""
        listed = json.dumps(list(ids))
        found = {row[0]: row for row in rows(self._connection, _ROWS, (listed,))}
        tags = self._tags_of(listed)
        links = self._links_of(listed)
        made = []
        for number in ids:
            row = found.get(number)
            if row is not None:
                slugs, vi, en = self._named_tags(tuple(tags.get(number, ())))
                who, lead, coordinating = self._named_links(tuple(links.get(number, ())))
                named = (*row[:10], vi, lead, coordinating, *row[10:20], who, slugs, en, *row[20:])
                made.append(IssueRow(*named))
        return made

    def _tags_of(self, listed: str) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for annotation, tag in rows(self._connection, _TAGS, (listed,)):
            found.setdefault(annotation, []).append(tag)
        new = {tag for tags in found.values() for tag in tags} - self._tags.keys()
        for tag, slug, vi, en in self._names(_TAG_NAMES, new):
            self._tags[tag] = (slug, vi or en, en or vi)
        return found

    def _links_of(self, listed: str) -> dict[int, list[tuple[int, str]]]:
        found: dict[int, list[tuple[int, str]]] = {}
        for annotation, agency, role in rows(self._connection, _LINKS, (listed,)):
            found.setdefault(annotation, []).append((agency, role))
        new = {agency for links in found.values() for agency, _ in links} - self._agencies.keys()
        for agency, *names in self._names(_AGENCY_NAMES, new):
            self._agencies[agency] = (names[0], names[1], names[2], names[3])
        return found

    def _names(self, sql: str, ids: Iterable[int]) -> list[Any]:
        wanted = list(ids)
        return rows(self._connection, sql, (json.dumps(wanted),)) if wanted else []

    def _named_tags(self, tags: tuple[int, ...]) -> _TagNames:
        names = self._tag_names.get(tags)
        if names is None:
            slugs, vi, en = zip(*(self._tags[tag] for tag in tags), strict=True)
            names = self._tag_names[tags] = (slugs, vi, en)
        return names

    def _named_links(self, links: tuple[tuple[int, str], ...]) -> _LinkNames:
        names = self._link_names.get(links)
        if names is None:
            who = tuple(link for agency, role in links for link in self._answering(agency, Role(role)))
            if self._current:
                firsts = {link.agency: link for link in sorted(who, key=lambda link: link.role is Role.LEAD)}
                who = tuple(firsts[slug] for slug in dict.fromkeys(link.agency for link in who))
            lead = tuple(link.name for link in who if link.role is Role.LEAD)
            coordinating = tuple(link.name for link in who if link.role is Role.COORDINATING)
            names = self._link_names[links] = (who, lead, coordinating)
        return names

    def _answering(self, agency_id: int, role: Role) -> list[AgencyLink]:
        """The links that one link is shown as."""
        heirs = self._heirs(agency_id)
        if heirs and self._current:
            return [AgencyLink(heir.slug, heir.name, heir.name_en, heir.short, role) for heir in heirs]
        now, now_en = (tuple(heir.label(language) for heir in heirs) for language in ("vi", "en"))
        return [AgencyLink(*self._agencies[agency_id], role, now, now_en)]
