"""Which annotations of earlier reports may be the same issue as one, and why."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from annotations.connection import rows
from annotations.directory import Directory
from annotations.likeness import likeness, pairs_of, rarity, shared_words, words_of
from annotations.models import Role
from annotations.periods import Reported, period_span, reported_later
from annotations.sqlite import sqlite3

STRONG = 0.55
"""From this score on a candidate is worth showing unasked; see the measured pairs in the tests."""

LEAST = 0.25
"""Below this score a candidate is not worth a row."""

_ABOUT = 0.2
"""Scores that differ by no more count as alike where it is about which is the latest."""
_PAIRS, _HITS, _POOL = 40, 200, 160
_YEAR = 365


@dataclass(frozen=True, slots=True)
class Candidate:
    """An annotation that may have raised the same issue before.

    `same_tag`: it has a tag that the other has, `near_tag`: one beside, above or below it in the codebook.
    `same_agency`: the same agency is linked, `same_line`: one that was followed by it. `words`: per cent of
    the shorter passage's words that both have. `score`: 0 to 1. `linked`: it is said to be the same already.
    """

    id: int
    report_id: int
    report: str
    report_title: str
    report_date: str | None
    period: str | None
    passage: str
    status: str
    leads: tuple[int, ...]
    same_tag: bool
    near_tag: bool
    same_agency: bool
    same_line: bool
    words: int
    score: float
    linked: bool = False

    @property
    def strong(self) -> bool:
        """Whether it is worth showing unasked."""
        return self.score >= STRONG


@dataclass(frozen=True, slots=True)
class _Asked:
    """The annotation whose earlier ones are looked for."""

    id: int
    reported: Reported
    words: tuple[str, ...]
    earlier_id: int | None
    tags: frozenset[int]
    near_tags: frozenset[int]
    agencies: frozenset[int]
    line: frozenset[int]


def earlier_issues(
    connection: sqlite3.Connection, directory: Directory, annotation_id: int, limit: int = 8
) -> list[Candidate]:
    """Those that may be the same issue as `annotation_id`, the likeliest first, of a line only its latest;
    what it is linked to comes first. Empty where there is no such annotation."""
    asked = _asked(connection, directory, annotation_id)
    if asked is None:
        return []
    hits, weights = _by_words(connection, asked)
    by_tag = _ids(connection, _TAGGED, asked.tags, asked.id)
    by_near_tag = _ids(connection, _TAGGED, asked.near_tags, asked.id)
    by_agency = _ids(connection, _LINKED, asked.line, asked.id)
    both = _both(connection, asked)
    scores: dict[int, float] = {}
    for found, score in ((by_tag, 0.25), (by_near_tag, 0.1), (by_agency, 0.2), (both, 0.45)):
        for number in found:
            scores[number] = max(scores.get(number, 0.0), score)
    whole = sum(weights.values()) or 1.0
    for number, weight in hits.items():
        scores[number] = scores.get(number, 0.0) + 0.55 * weight / whole
    scores.pop(asked.id, None)
    best = sorted(scores, key=lambda number: (-scores[number], -number))[:_POOL]
    if asked.earlier_id is not None:
        best.append(asked.earlier_id)
    return _ranked(connection, asked, best, weights)[:limit]


def _asked(connection: sqlite3.Connection, directory: Directory, annotation_id: int) -> _Asked | None:
    found = rows(
        connection,
        "SELECT a.exact, a.earlier_id, r.id, r.date, r.period FROM annotations a"
        " JOIN reports r ON r.id = a.report_id WHERE a.id = ?",
        (annotation_id,),
    )
    if not found:
        return None
    exact, earlier_id, report_id, day, period = found[0]
    tags = frozenset(_column(connection, _TAGS_OF, annotation_id))
    agencies = frozenset(_column(connection, _AGENCIES_OF, annotation_id))
    return _Asked(
        annotation_id,
        Reported(report_id, day, period),
        words_of(exact),
        earlier_id,
        tags,
        _near(directory, tags),
        agencies,
        frozenset(_line(directory, agencies)),
    )


def _near(directory: Directory, tags: Iterable[int]) -> frozenset[int]:
    """The tags above, below and beside `tags`, without them."""
    own = frozenset(tags)
    parents = {tag.parent_id for tag in directory.tags if tag.id in own} - {None}
    near = {tag.id for tag in directory.tags if tag.parent_id in parents or tag.parent_id in own}
    return frozenset(near | {parent for parent in parents if parent is not None}) - own


def _line(directory: Directory, agencies: Iterable[int]) -> set[int]:
    """`agencies`, all that they followed and all that followed them."""
    by_id = {agency.id: agency for agency in directory.agencies}
    found: set[int] = set()
    waiting = list(agencies)
    while waiting:
        number = waiting.pop()
        if number in by_id and number not in found:
            found.add(number)
            waiting += [successor.agency_id for successor in by_id[number].successors]
    succession = directory.succession()
    before = {
        agency.id
        for number in agencies
        if number in by_id
        for agency in succession.predecessors(by_id[number])
    }
    return found | before


def _by_words(connection: sqlite3.Connection, asked: _Asked) -> tuple[dict[int, float], dict[str, float]]:
    """Annotations that share pairs of words with it, with the sum of their weights; and the weights."""
    last = int(rows(connection, "SELECT coalesce(max(id), 1) FROM annotations")[0][0])
    weights: dict[str, float] = {}
    hits: dict[int, float] = {}
    for pair in pairs_of(asked.words)[:_PAIRS]:
        match = f'"{pair}"'
        before = _column(connection, _MATCHING, match, asked.id, _HITS)
        after = _column(connection, _MATCHING_AFTER, match, asked.id, _HITS // 4)
        reach = asked.id if len(before) < _HITS else asked.id - before[-1]
        weights[pair] = rarity((len(before) + 1) / max(reach, len(before) + 1, min(last, 20)))
        for number in (*before, *after):
            hits[number] = hits.get(number, 0.0) + weights[pair]
    return hits, weights


def _ids(connection: sqlite3.Connection, sql: str, wanted: Iterable[int], before: int) -> set[int]:
    """The latest made that have one of `wanted`, those made before `before` first."""
    found: set[int] = set()
    for number in sorted(wanted)[:_PAIRS]:
        found.update(
            _column(connection, f"{sql} < ? ORDER BY annotation_id DESC LIMIT {_HITS}", number, before)
        )
        found.update(
            _column(connection, f"{sql} > ? ORDER BY annotation_id LIMIT {_HITS // 4}", number, before)
        )
    return found


def _both(connection: sqlite3.Connection, asked: _Asked) -> set[int]:
    """Those with one of its tags or a near one, and an agency of its line."""
    tags, line = json.dumps(sorted(asked.tags | asked.near_tags)), json.dumps(sorted(asked.line))
    return set(_column(connection, _BOTH, line, asked.id, asked.id, tags))


def _ranked(
    connection: sqlite3.Connection, asked: _Asked, ids: Sequence[int], weights: dict[str, float]
) -> list[Candidate]:
    listed = json.dumps(list(ids))
    tags = _sets(rows(connection, _TAGS_AMONG, (listed,)))
    links: dict[int, list[tuple[int, str]]] = {}
    for number, agency_id, role in rows(connection, _LINKS_AMONG, (listed,)):
        links.setdefault(number, []).append((agency_id, role))
    superseded = {
        number
        for number, *said in rows(connection, _CONTINUED, (listed, asked.id, asked.reported.report_id))
        if not reported_later(Reported(*said), asked.reported)
    }
    own_line = set(_column(connection, _LATER, asked.id))
    found = []
    for row in rows(connection, _ROWS, (listed,)):
        number, report_id, day, period = row[0], row[1], row[4], row[5]
        linked = number == asked.earlier_id
        passed = number in superseded or number in own_line or report_id == asked.reported.report_id
        if not linked and (passed or reported_later(Reported(report_id, day, period), asked.reported)):
            continue
        made = _candidate(asked, row, tags.get(number, frozenset()), links.get(number, []), weights)
        if linked or made.score >= LEAST:
            found.append(made)
    return _in_order(asked, found)


def _candidate(
    asked: _Asked,
    row: tuple[int, int, str, str, str | None, str | None, str, str],
    tags: frozenset[int],
    links: list[tuple[int, str]],
    weights: dict[str, float],
) -> Candidate:
    agencies = {agency_id for agency_id, _ in links}
    same_tag, near_tag = bool(tags & asked.tags), bool(tags & asked.near_tags)
    same_agency, same_line = bool(agencies & asked.agencies), bool(agencies & asked.line)
    words = words_of(row[6])
    like = likeness(asked.words, words, weights)
    score = (
        0.62 * like
        + (0.22 if same_tag else 0.08 if near_tag else 0.0)
        + (0.16 if same_agency else 0.14 if same_line else 0.0)
    )
    return Candidate(
        *row,
        leads=tuple(agency_id for agency_id, role in links if role == Role.LEAD),
        same_tag=same_tag,
        near_tag=near_tag and not same_tag,
        same_agency=same_agency,
        same_line=same_line and not same_agency,
        words=shared_words(asked.words, words),
        score=round(score, 4),
        linked=row[0] == asked.earlier_id,
    )


def _in_order(asked: _Asked, found: Sequence[Candidate]) -> list[Candidate]:
    """Linked first; then those about as likely as the likeliest, the latest of them first, for an issue goes
    on from its latest; then the others, the likeliest first."""
    own = _day(asked.reported)
    best = max((each.score for each in found if not each.linked), default=0.0)

    def order(each: Candidate) -> tuple[bool, bool, float, float]:
        day = _day(Reported(each.report_id, each.report_date, each.period))
        near = best - each.score <= _ABOUT
        age = own - day if own and day else _YEAR
        return not each.linked, not near, age if near else 0.0, -each.score

    return sorted(found, key=order)


def _day(reported: Reported) -> int:
    """When it ends that it was reported about, as an ordinal day; 0 where nothing is known."""
    from datetime import date

    span = period_span(reported.period) if reported.period else None
    if span:
        return span[1].toordinal()
    return date.fromisoformat(reported.day).toordinal() if reported.day else 0


def _column(connection: sqlite3.Connection, sql: str, *values: object) -> list[int]:
    return [int(row[0]) for row in rows(connection, sql, values)]


def _sets(pairs: Iterable[tuple[int, int]]) -> dict[int, frozenset[int]]:
    found: dict[int, set[int]] = {}
    for number, item in pairs:
        found.setdefault(number, set()).add(item)
    return {number: frozenset(items) for number, items in found.items()}


_TAGS_OF = "SELECT tag_id FROM annotation_tags WHERE annotation_id = ?"
_AGENCIES_OF = "SELECT agency_id FROM annotation_agencies WHERE annotation_id = ?"
_TAGGED = "SELECT annotation_id FROM annotation_tags WHERE tag_id = ? AND annotation_id"
_LINKED = "SELECT annotation_id FROM annotation_agencies WHERE agency_id = ? AND annotation_id"
_MATCHING = (
    "SELECT rowid FROM annotation_search WHERE annotation_search MATCH ? AND rowid < ?"
    " ORDER BY rowid DESC LIMIT ?"
)
_MATCHING_AFTER = (
    "SELECT rowid FROM annotation_search WHERE annotation_search MATCH ? AND rowid > ? ORDER BY rowid LIMIT ?"
)
_BOTH = """
SELECT g.annotation_id FROM (
    SELECT annotation_id FROM annotation_agencies WHERE agency_id IN (SELECT value FROM json_each(?))
    ORDER BY annotation_id > ?, abs(annotation_id - ?) LIMIT 3000
) g CROSS JOIN annotation_tags t ON t.annotation_id = g.annotation_id
WHERE t.tag_id IN (SELECT value FROM json_each(?))
"""
_TAGS_AMONG = """
SELECT annotation_id, tag_id FROM annotation_tags WHERE annotation_id IN (SELECT value FROM json_each(?))
"""
_LINKS_AMONG = """
SELECT annotation_id, agency_id, role FROM annotation_agencies
WHERE annotation_id IN (SELECT value FROM json_each(?)) ORDER BY annotation_id, position
"""
_ROWS = """
SELECT a.id, a.report_id, r.slug, r.title, r.date, r.period, a.exact, a.status
FROM annotations a JOIN reports r ON r.id = a.report_id
WHERE a.id IN (SELECT value FROM json_each(?)) AND a.deleted_at IS NULL AND r.deleted_at IS NULL
"""
_CONTINUED = """
SELECT a.earlier_id, r.id, r.date, r.period FROM annotations a JOIN reports r ON r.id = a.report_id
WHERE a.earlier_id IN (SELECT value FROM json_each(?)) AND a.id <> ? AND r.id <> ?
AND a.deleted_at IS NULL AND r.deleted_at IS NULL
"""
_LATER = """
WITH RECURSIVE later (id) AS (
    VALUES (?) UNION SELECT a.id FROM later JOIN annotations a ON a.earlier_id = later.id
)
SELECT id FROM later
"""
