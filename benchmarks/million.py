"""A record of 10,000 reports with 1,000,000 annotations, put together by SQL."""

from __future__ import annotations

import hashlib
import itertools
import random
import uuid
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from annotations.models import ReviewerRole
from annotations.sqlite import sqlite3
from annotations.store import Store
from benchmarks import corpus
from reports import markdown
from reports.document import Document
from reports.passage import make_passage
from reports.units import UnitKind, all_units
from reports.vietnamese import search_key

REPORTS, EACH = 10_000, 100
TEXTS = 100
"""Different reports; the others differ from one of them by the number in their title."""

_BATCH = 20_000
_STATUSES = ("open", "open", "open", "in-progress", "resolved", "resolved", "rejected")
_SEVERITIES = (None, "low", "medium", "medium", "high")
_PEOPLE = ("lan", "mai", "minh", "hà", "tuấn", "ngọc")
_NOTES = ("", "", "", "", "Đã nhắc tại giao ban tháng trước.", "Chờ văn bản của bộ; đề nghị theo dõi.")
FIRST_DAY = date(2016, 1, 4)

Rows = Iterator[tuple[Any, ...]]


def make(path: Path, reviewer: str) -> None:
    """Write the record to `path`, whose lead is `reviewer`: always the same one."""
    with Store.open(path, reviewer) as store:
        for name in _PEOPLE:
            store.add_person(name, ReviewerRole.REVIEWER)
        tags = [tag.id for tag in store.tags() if not tag.retired]
        agencies = [agency.id for agency in store.agencies() if not agency.retired]
        maker = _Maker(tags, agencies)
        connection = store.issues.connection
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("BEGIN")
        indexes = _drop_indexes(connection)
        for sql, made in maker.tables():
            for batch in iter(lambda made=made: list(itertools.islice(made, _BATCH)), []):  # type: ignore[misc]
                connection.executemany(sql, batch)
        for sql in indexes:
            connection.execute(sql)
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _drop_indexes(connection: sqlite3.Connection) -> list[str]:
    """Take the large tables' indexes away, which are built faster at the end; the SQL that makes them."""
    found = connection.execute(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL"
        " AND tbl_name IN ('annotations', 'annotation_tags', 'annotation_agencies')"
    ).fetchall()
    for name, _sql in found:
        connection.execute(f"DROP INDEX {name}")
    return [sql for _name, sql in found]


class _Maker:
    """The rows of each table, drawn from a fixed seed."""

    def __init__(self, tags: list[int], agencies: list[int]) -> None:
        self._tags, self._agencies = tags, agencies
        self._texts = [_text(number) for number in range(TEXTS)]

    def tables(self) -> Iterator[tuple[str, Rows]]:
        """For each table the statement that fills it, and its rows."""
        yield (
            "INSERT INTO reports (id, slug, title, issuer, date, period, created_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            self._reports(),
        )
        yield (
            "INSERT INTO revisions (id, report_id, number, sha256, length, blocks, imported_at, reviewer_id)"
            " VALUES (?, ?, 1, ?, ?, ?, ?, 1)",
            self._revisions(),
        )
        yield "INSERT INTO revision_texts (revision_id, text, structure) VALUES (?, ?, ?)", self._bodies()
        yield (
            "INSERT INTO annotations (id, uid, report_id, revision_id, start, end, exact, prefix, suffix,"
            " section, paragraph, note, severity, status, due, resolved_on, reviewer_id, created_at,"
            " updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            self._annotations(),
        )
        yield (
            "INSERT INTO annotation_tags (annotation_id, position, tag_id) VALUES (?, ?, ?)",
            self._tagged(),
        )
        yield (
            "INSERT INTO annotation_agencies (annotation_id, position, agency_id, role) VALUES (?, ?, ?, ?)",
            self._linked(),
        )
        yield "INSERT INTO annotation_search (rowid, words) VALUES (?, ?)", self._words()

    def _reports(self) -> Rows:
        for number in range(1, REPORTS + 1):
            day = day_of(number)
            period = f"{day.year}-Q{(day.month + 2) // 3}"
            title = f"Báo cáo {number:05} của tỉnh Lam Giang"
            yield (
                number,
                f"bao-cao-{number:05}",
                title,
                "UBND tỉnh",
                day.isoformat(),
                period,
                f"{day}T02:00:00Z",
            )

    def _revisions(self) -> Rows:
        for number in range(1, REPORTS + 1):
            document, _passages = self._texts[number % TEXTS]
            sha256 = hashlib.sha256(_numbered(document.text, number).encode()).hexdigest()
            blocks = len(document.blocks)
            yield number, number, sha256, len(document.text), blocks, f"{day_of(number)}T02:00:00Z"

    def _bodies(self) -> Rows:
        packed = [document.pack() for document, _passages in self._texts]
        for number in range(1, REPORTS + 1):
            yield number, _numbered(self._texts[number % TEXTS][0].text, number), packed[number % TEXTS]

    def _annotations(self) -> Rows:
        chance = random.Random(corpus.SEED)
        for number in range(1, REPORTS + 1):
            day = day_of(number)
            for nth, (passage, note) in enumerate(self._texts[number % TEXTS][1]):
                annotation = (number - 1) * EACH + nth + 1
                status = chance.choice(_STATUSES)
                due = (
                    (day + timedelta(chance.randrange(14, 120))).isoformat()
                    if chance.random() < 0.6
                    else None
                )
                done = (
                    (day + timedelta(chance.randrange(7, 150))).isoformat() if status == "resolved" else None
                )
                yield (
                    annotation,
                    str(uuid.UUID(int=chance.getrandbits(128), version=4)),
                    number,
                    number,
                    passage.start,
                    passage.end,
                    passage.exact,
                    passage.prefix,
                    passage.suffix,
                    _numbered(passage.section, number),
                    passage.paragraph,
                    note,
                    chance.choice(_SEVERITIES),
                    status,
                    due,
                    done,
                    1 + annotation % len(_PEOPLE),
                    f"{day}T03:{nth % 60:02}:00Z",
                    f"{day}T04:{nth % 60:02}:00Z",
                )  # fmt: skip

    def _tagged(self) -> Rows:
        chance = random.Random(corpus.SEED + 1)
        for annotation in range(1, REPORTS * EACH + 1):
            for position, tag in enumerate(chance.sample(self._tags, 1 if chance.random() < 0.8 else 2)):
                yield annotation, position, tag

    def _linked(self) -> Rows:
        chance = random.Random(corpus.SEED + 2)
        for annotation in range(1, REPORTS * EACH + 1):
            count = chance.choice((0, 1, 1, 1, 2, 2, 3))
            for position, agency in enumerate(chance.sample(self._agencies, count)):
                yield annotation, position, agency, "coordinating" if position else "lead"

    def _words(self) -> Rows:
        keys = [
            [search_key(f"{p.exact} {note}") for p, note in passages] for _document, passages in self._texts
        ]
        for number in range(1, REPORTS + 1):
            for nth, words in enumerate(keys[number % TEXTS]):
                yield (number - 1) * EACH + nth + 1, words


def _text(number: int) -> tuple[Document, list[tuple[Any, str]]]:
    """A report and the passages that are marked in it, each with its note."""
    chance = random.Random(f"{corpus.SEED} {number}")
    document = markdown.parse(
        corpus.report(16_000, "00000-" + str(number)).replace(f"00000-{number}", "00000")
    )
    units = list(all_units(document, UnitKind.CLAUSE))[3:]
    chosen = chance.sample(range(len(units)), min(EACH, len(units)))
    chosen = [chosen[nth % len(chosen)] for nth in range(EACH)]
    made = [make_passage(document, units[at].start, units[at].end) for at in sorted(chosen)]
    return document, [(passage, chance.choice(_NOTES)) for passage in made]


def _numbered(text: str, number: int) -> str:
    """`text` with the number of its report in its title."""
    return text.replace("00000", f"{number:05}", 1)


def day_of(number: int) -> date:
    """The date of a report, by its number from 1."""
    return FIRST_DAY + timedelta(number * 3650 // REPORTS)
