"""The issue list against a filter written in plain Python over 2,000 random annotations."""

from __future__ import annotations

import hashlib
import itertools
import json
import random
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.continuity import run_of
from annotations.counts import BY
from annotations.dates import days, period_parts
from annotations.errors import FilterError, NotFound
from annotations.facets import FACETS, FacetIndex
from annotations.filter_sql import to_sql
from annotations.filters import IssueFilter, Term, format_filter, parse_filter
from annotations.issues import COLUMNS, IssueRow, Issues
from annotations.models import Agency, Role
from annotations.periods import reporting_period
from annotations.store import Store
from reports.vietnamese import search_key

TODAY = "2023-07-01"
COUNT = 2000
PHRASES = (
    "giải phóng mặt bằng chậm tiến độ dự án đầu tư công thấp vi phạm đất đai xây dựng trái phép ô nhiễm môi"
    " trường chưa giải quyết dứt điểm thu thuế thủy lợi"
)
WORDS = PHRASES.split()


@dataclass
class Made:
    """One random annotation, and all that a filter may ask of it."""

    id: int
    report: int
    slug: str
    title: str
    date: str | None
    period: str | None
    start: int
    end: int
    passage: str
    note: str
    status: str
    severity: str | None
    due: str | None
    resolved_on: str | None
    reviewer: str
    owner: str | None
    deleted: bool
    tags: list[int] = field(default_factory=list)
    links: list[tuple[int, str]] = field(default_factory=list)
    earlier: int | None = None

    @property
    def placement(self) -> str:
        """Most are in place."""
        return ("waiting", "marked", "orphan")[self.id % 3] if self.id % 5 == 0 else "exact"


@dataclass(repr=False)
class Record:
    """A database of random annotations, and the same annotations as values."""

    store: Store
    issues: Issues
    made: list[Made]
    known: dict[tuple[Term, bool], frozenset[int]] = field(default_factory=dict)

    @cached_property
    def by_id(self) -> dict[int, Made]:
        return {each.id: each for each in self.made}

    def expected(self, issue_filter: IssueFilter) -> list[int]:
        """Ids that `issue_filter` should find, in list order."""
        live = [a for a in self.made if not a.deleted]
        live.sort(key=lambda a: (a.date or "", a.slug, a.start, a.id))
        searched = [t for t in issue_filter.terms if t.word == "search" and not t.excluded]
        sets = [self.meeting(t, bool(searched) and t is searched[-1]) for t in issue_filter.terms]
        return [a.id for a in live if all(a.id in found for found in sets)]

    def meeting(self, term: Term, prefix: bool) -> frozenset[int]:
        """Ids of the annotations that meet one condition, worked out once."""
        key = (term, prefix)
        if key not in self.known:
            self.known[key] = frozenset(a.id for a in self.made if self.meets(a, term, prefix))
        return self.known[key]

    def meets(self, a: Made, term: Term, prefix: bool) -> bool:
        if term.word == "overdue":
            met = a.due is not None and a.due < TODAY and a.status in ("open", "in-progress")
        else:
            met = any(self.has(a, term, value, prefix) for value in term.values)
        return met is not term.excluded

    def has(self, a: Made, term: Term, value: str, prefix: bool) -> bool:
        kept = {
            "status": a.status,
            "severity": a.severity or "none",
            "reviewer": a.reviewer,
            "owner": a.owner or "none",
            "report": a.slug,
            "placement": a.placement,
        }
        if term.word in kept:
            return kept[term.word] == value
        if term.word == "tag":
            slugs = {t.id: (t.slug, t.parent_id) for t in self.store.tags()}
            if value[0] == "=":
                return any(slugs[t][0] == value[1:] for t in a.tags)
            return not a.tags if value == "none" else any(value in _path(slugs, t) for t in a.tags)
        if term.word == "agency":
            agencies = {g.id: g for g in self.store.agencies()}
            links = [g for g, role in a.links if term.role is None or term.role == role]
            if value[0] == "=":
                return any(agencies[g].slug == value[1:] for g in links)
            return not links if value == "none" else any(_leads_to(agencies, g, value) for g in links)
        if term.word == "role":
            return any(role == value for _, role in a.links)
        if term.word == "deadline":
            return _deadline(a) == value
        if term.word == "periods":
            return max(1, _standing(self.by_id, a)) >= int(value)
        if term.word == "period":
            if value[0] == "=":
                return a.period == value[1:]
            return a.period is None if value == "none" else a.period in period_parts(value)
        if term.word in ("since", "until"):
            first, last = days(value, TODAY)
            return a.date is not None and (a.date >= first if term.word == "since" else a.date <= last)
        return _due(a.due, value) if term.word == "due" else _said(a, value, prefix)


def _leads_to(agencies: dict[int, Agency], number: int | None, slug: str) -> bool:
    """Whether an agency stands below that of `slug`, or its line ends there."""
    if number is None:
        return False
    agency = agencies[number]
    above = _path({g.id: (g.slug, g.parent_id) for g in agencies.values()}, number)
    if slug in above or any(_leads_to(agencies, heir.agency_id, slug) for heir in agency.successors):
        return True
    return not agency.successors and _leads_to(agencies, agency.parent_id, slug)


def _due(due: str | None, value: str) -> bool:
    if value == "none" or due is None:
        return value == "none" and due is None
    side, _, day = value.rpartition(":")
    first, last = days(day, TODAY)
    return {"before": due < first, "after": due > last, "": first <= due <= last}[side]


def _deadline(a: Made) -> str:
    if a.status == "resolved":
        return "late" if a.due and a.resolved_on and a.resolved_on > a.due else "on-time"
    if a.status == "rejected":
        return ""
    return "overdue" if a.due and a.due < TODAY else "in-time"


def _standing(made: dict[int, Made], a: Made) -> int:
    """Over how many periods in a row its issue stands."""
    periods = [reporting_period(a.period, a.date)]
    while a.earlier is not None:
        a = made[a.earlier]
        if not a.deleted:
            periods.append(reporting_period(a.period, a.date))
    return run_of(periods).periods


def _said(a: Made, value: str, prefix: bool) -> bool:
    words, asked = search_key(f"{a.passage} {a.note}").split(), search_key(value).split()
    if value.startswith('"'):
        return any(words[i : i + len(asked)] == asked for i in range(len(words)))
    whole = all(word in words for word in asked[:-1])
    return whole and any(w.startswith(asked[-1]) if prefix else w == asked[-1] for w in words)


def _path(slugs: dict[int, tuple[str, int | None]], item: int | None) -> set[str]:
    found = set()
    while item is not None:
        slug, item = slugs[item]
        found.add(slug)
    return found


@pytest.fixture(scope="module")
def record(shipped_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    """2,000 random annotations on 40 reports by four reviewers, some deleted."""
    path = tmp_path_factory.mktemp("issues") / "reviewer.db"
    shutil.copyfile(shipped_database, path)
    with Store.open(path, "mai") as store:
        made = _fill(store, random.Random(7))
        issues = Issues(
            store.issues.connection, store.tags, store.agencies, reviewer="mai", today=lambda: TODAY
        )
        yield Record(store, issues, made)


def _fill(store: Store, dice: random.Random) -> list[Made]:
    db = store.issues.connection
    tags = [t.id for t in store.tags()]
    agencies = [g.id for g in store.agencies()][:60]
    db.execute("BEGIN")
    names = ["mai", "lan", "minh", "hùng"]
    db.executemany("INSERT OR IGNORE INTO reviewers (name, created_at) VALUES (?, '')", [(n,) for n in names])
    reviewers = {name: number for number, name in db.execute("SELECT id, name FROM reviewers")}
    reports = [_report(db, number, dice) for number in range(1, 41)]
    made = []
    for number in range(1, COUNT + 1):
        report, slug, title, date, period, text = dice.choice(reports)
        start = dice.randrange(len(text) - 60)
        end = start + dice.randrange(5, 60)
        status = dice.choice(["open", "in-progress", "resolved", "rejected"])
        one = Made(
            number, report, slug, title, date, period, start, end, text[start:end],
            " ".join(dice.choices(WORDS, k=dice.choice([0, 0, 4]))),
            status, dice.choice(["low", "medium", "high", None]),
            dice.choice([None, f"2023-{dice.randrange(1, 13):02}-{dice.randrange(1, 29):02}", TODAY]),
            f"2023-0{dice.randrange(1, 10)}-15" if status == "resolved" else None,
            dice.choice(names), dice.choice([None, None, *names]), dice.random() < 0.1,
            dice.sample(tags, dice.choice([0, 1, 1, 2, 3])),
            [(g, dice.choice(["lead", "coordinating"])) for g in dice.sample(agencies, dice.randrange(4))],
        )  # fmt: skip
        if made and number % 3:
            one.earlier = dice.choice([None, number - 1, dice.randrange(1, number)])
        _insert(db, one, reviewers)
        made.append(one)
    db.execute("COMMIT")
    return made


def _report(db: Any, number: int, dice: random.Random) -> tuple[int, str, str, str | None, str | None, str]:
    date = dice.choice([None, f"202{dice.choice('23')}-0{dice.randrange(1, 10)}-{dice.randrange(10, 29)}"])
    period = dice.choice([None, "2022", "2022-Q4", "2023-Q1", "2023-H1", "2023-06", "2023-9M"])
    slug, title = f"bao-cao-{number}", f"Báo cáo số {number}"
    text = " ".join(dice.choices(WORDS, k=300))
    hashed = hashlib.sha256(text.encode()).hexdigest()
    db.execute(
        "INSERT INTO reports (id, slug, title, date, period, created_at) VALUES (?, ?, ?, ?, ?, '')",
        (number, slug, title, date, period),
    )
    db.execute(
        "INSERT INTO revisions (id, report_id, number, sha256, length, blocks, imported_at, reviewer_id)"
        " VALUES (?, ?, 1, ?, ?, 1, '', 1)",
        (number, number, hashed, len(text)),
    )
    db.execute("INSERT INTO revision_texts VALUES (?, ?, x'')", (number, text))
    return number, slug, title, date, period, text


def _insert(db: Any, one: Made, people: dict[str, int]) -> None:
    values = {
        "id": one.id, "uid": f"u{one.id}", "report_id": one.report, "revision_id": one.report,
        "start": one.start, "end": one.end, "exact": one.passage, "prefix": "", "suffix": "",
        "note": one.note,
        "severity": one.severity, "status": one.status, "due": one.due, "resolved_on": one.resolved_on,
        "reviewer_id": people[one.reviewer], "owner_id": people[one.owner] if one.owner else None,
        "created_at": "2023-01-01T00:00:00Z", "updated_at": "2023-01-02T00:00:00Z",
        "deleted_at": "2023-01-03T00:00:00Z" if one.deleted else None, "placement": one.placement,
        "earlier_id": one.earlier,
    }  # fmt: skip
    names = ", ".join(f'"{name}"' for name in values)
    marks = ", ".join("?" for _ in values)
    db.execute(f"INSERT INTO annotations ({names}) VALUES ({marks})", tuple(values.values()))
    rows = [(one.id, tag, at) for at, tag in enumerate(one.tags)]
    db.executemany("INSERT INTO annotation_tags (annotation_id, tag_id, position) VALUES (?, ?, ?)", rows)
    links = [(one.id, agency, role, at) for at, (agency, role) in enumerate(one.links)]
    db.executemany(
        "INSERT INTO annotation_agencies (annotation_id, agency_id, role, position) VALUES (?, ?, ?, ?)",
        links,
    )
    if not one.deleted:
        words = search_key(f"{one.passage} {one.note}")
        db.execute("INSERT INTO annotation_search (rowid, words) VALUES (?, ?)", (one.id, words))


SAMPLES = (
    "agency:so-tnmt", "agency:ubnd-tinh", "agency:none", "agency:so-tnmt:lead,so-xd:lead", "tag:gpmb-cham",
    "tag:dau-tu-cong", "tag:none,giai-ngan-thap", "status:open", "status:in-progress,resolved",
    "severity:high", "severity:none,low", "report:bao-cao-7", "report:bao-cao-3,bao-cao-30", "period:2023",
    "period:2023-H1", "period:none", "reviewer:mai", "reviewer:hùng,lan", "owner:mai", "owner:none",
    "owner:none,lan",
    "placement:waiting", "placement:marked,orphan", "placement:exact", "placement:exact,waiting",
    "due:before:2023-06-30", "periods:1", "periods:2", "periods:3,4",
    "due:after:2023-Q1", "due:none", "due:2023-05", "due:before:today,none", "overdue", "deadline:late",
    "deadline:on-time,overdue", "agency:=ubnd-tinh", "agency:none:lead", "tag:=dau-tu-cong,o-nhiem",
    "period:=2023-H1", "since:2023-01-01",
    "until:2022-12-31", "role:lead", "chậm", '"mặt bằng"', "giải thu", "search:thue,dat", "search:xây,zzz",
)  # fmt: skip
SINGLE = [f"{mark}{sample}" for sample in SAMPLES for mark in ("", "!") if " " not in sample or not mark]


@pytest.mark.parametrize("text", ["", *SINGLE])
def test_each_word_alone_and_excluded(record: Record, text: str) -> None:
    wanted = parse_filter(text)
    assert answers(record, wanted) == expected_answers(record, wanted)


@pytest.mark.parametrize("one", SINGLE)
def test_each_pair_of_words(record: Record, one: str) -> None:
    for two in SINGLE[SINGLE.index(one) + 1 :]:
        wanted = parse_filter(f"{one} {two}")
        expected = record.expected(wanted)
        assert list(record.issues.ids(wanted)) == expected, (one, two)
        assert record.issues.count(wanted) == len(expected), (one, two)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from(SINGLE), min_size=3, max_size=6))
def test_any_words_together(record: Record, texts: list[str]) -> None:
    wanted = parse_filter(" ".join(texts))
    assert answers(record, wanted) == expected_answers(record, wanted), format_filter(wanted)


def answers(record: Record, wanted: IssueFilter) -> tuple[list[int], list[int], int]:
    """All that fit, the first 20, and how many."""
    issues = record.issues
    return list(issues.ids(wanted)), list(issues.first(wanted, 20)), issues.count(wanted)


def expected_answers(record: Record, wanted: IssueFilter) -> tuple[list[int], list[int], int]:
    expected = record.expected(wanted)
    return expected, expected[:20], len(expected)


@pytest.fixture(scope="module")
def index(record: Record) -> FacetIndex:
    return FacetIndex.build(record.issues)


def test_the_index_finds_the_same(record: Record, index: FacetIndex) -> None:
    for text in ["", *SINGLE]:
        wanted = parse_filter(text)
        expected = record.expected(wanted)
        assert list(index.ids(record.issues, wanted)) == expected, text
        assert list(index.first(record.issues, wanted, 7)) == expected[:7], text
        assert index.count(record.issues, wanted) == len(expected), text


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(SINGLE), min_size=2, max_size=5))
def test_the_index_finds_the_same_for_words_together(
    record: Record, index: FacetIndex, texts: list[str]
) -> None:
    wanted = parse_filter(" ".join(texts))
    assert list(index.ids(record.issues, wanted)) == record.expected(wanted)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(SINGLE), max_size=3), st.booleans())
def test_facets_count_what_choosing_them_gives(
    record: Record, index: FacetIndex, texts: list[str], others: bool
) -> None:
    wanted = parse_filter(" ".join(texts))
    paths = {
        "tag": {t.id: (t.slug, t.parent_id) for t in record.store.tags()},
        "agency": {g.id: (g.slug, g.parent_id) for g in record.store.agencies()},
    }
    for word, counted in index.counts(record.issues, wanted, others=others).items():
        kept = [term for term in wanted.terms if not others or term.word != word or term.excluded]
        base = set(record.expected(IssueFilter(tuple(kept))))
        expected: Counter[str] = Counter()
        for a in record.made:
            if a.id in base:
                expected.update(_facets_of(a, word, paths))
        assert {facet.value: facet.count for facet in counted} == expected, word


def _facets_of(a: Made, word: str, paths: dict[str, dict[int, tuple[str, int | None]]]) -> set[str]:
    """What values of `word` an annotation counts under."""
    if word == "placement" and a.placement == "exact":
        return set()
    if word not in paths:
        return {getattr(a, word) or "none"}
    items = a.tags if word == "tag" else [agency for agency, _ in a.links]
    return set().union(*(_path(paths[word], item) for item in items)) or {"none"}


def test_facets_run_in_their_order(record: Record, index: FacetIndex) -> None:
    found = index.counts(record.issues, IssueFilter())
    assert [facet.value for facet in found["status"]] == ["open", "in-progress", "resolved", "rejected"]
    assert [facet.value for facet in found["severity"]] == ["high", "medium", "low", "none"]
    periods = [facet.value for facet in found["period"]]
    assert periods[-1] == "none"
    assert periods[:-1] == sorted(periods[:-1], reverse=True)
    for word in ("agency", "tag", "owner", "reviewer"):
        counts = [facet.count for facet in found[word]]
        assert counts == sorted(counts, reverse=True)
    assert {facet.label for facet in found["tag"]} >= {"Giải phóng mặt bằng chậm", ""}


def test_the_index_knows_when_it_is_behind(store: Store) -> None:
    empty = FacetIndex.build(store.issues)
    assert list(empty.ids(store.issues, IssueFilter())) == []
    assert set(empty.counts(store.issues, IssueFilter())) == set(FACETS)
    _two_annotations(store)
    assert not empty.is_current(store.issues)
    assert empty.count(store.issues, parse_filter("cham")) == 0
    index = FacetIndex.build(store.issues)
    assert index.is_current(store.issues)
    assert index.count(store.issues, parse_filter("cham")) == 1


def test_the_filter_is_one_condition_for_others_too(record: Record) -> None:
    wanted = parse_filter("agency:so-tnmt !status:open chậm")
    where, values = to_sql(wanted, record.issues.directory, TODAY)
    sql = (
        "SELECT a.id FROM annotations a JOIN reports r ON r.id = a.report_id"
        f" WHERE a.deleted_at IS NULL AND {where}"
    )
    found = [row[0] for row in record.issues.connection.execute(sql, values)]
    assert sorted(found) == sorted(record.expected(wanted))


def test_names_with_accents_or_without(record: Record) -> None:
    for one, two in [
        ('agency:"Sở Tài nguyên và Môi trường"', 'agency:"so tnmt"'),
        ('tag:"giai phong mat bang cham"', "tag:gpmb-cham"),
        ("reviewer:hung", "reviewer:hùng"),
        ('report:"báo cáo số 7"', "report:bao-cao-7"),
        ("MAT", "mặt"),
        ("reviewer:me", "reviewer:mai"),
        ("owner:me", "owner:mai"),
        ("owner:HUNG", "owner:hùng"),
    ]:
        assert record.issues.ids(parse_filter(one)) == record.issues.ids(parse_filter(two)), one


def test_unknown_names_are_refused_with_the_nearest(record: Record) -> None:
    for text, near in {"report:bao-cao-77": "bao-cao-7", "reviewer:main": "mai", "owner:main": "mai"}.items():
        with pytest.raises(NotFound) as caught:
            record.issues.ids(parse_filter(text))
        assert near in caught.value.nearest


def test_rows_are_those_of_the_view(record: Record) -> None:
    cursor = record.issues.connection.execute("SELECT * FROM issue_list")
    assert tuple(column[0] for column in cursor.description) == COLUMNS
    view = {row[0]: row for row in cursor}
    rows = list(record.issues.stream(IssueFilter()))
    assert [row.id for row in rows] == record.expected(IssueFilter())
    assert len(rows) == len(view)
    for row in rows:
        cells = [getattr(row, column) for column in COLUMNS]
        joined = [("; ".join(cell) or None) if isinstance(cell, tuple) else cell for cell in cells]
        assert tuple(joined) == view[row.id]


def test_passages_are_the_text_where_they_say(record: Record) -> None:
    texts = dict(record.issues.connection.execute("SELECT revision_id, text FROM revision_texts"))
    for row in record.issues.stream(IssueFilter()):
        assert row.passage == texts[row.revision_id][row.start : row.end]
        assert row.sha256 == hashlib.sha256(texts[row.revision_id].encode()).hexdigest()


def test_rows_of_ids_in_the_order_asked_for(record: Record) -> None:
    ids = list(record.issues.ids(IssueFilter()))
    random.Random(3).shuffle(ids)
    assert [row.id for row in record.issues.rows(ids[:1200])] == ids[:1200]
    gone = next(a.id for a in record.made if a.deleted)
    assert [row.id for row in record.issues.rows([ids[0], gone, 10**9, ids[1]])] == ids[:2]


def test_a_stream_shows_one_moment(store: Store, other: Store) -> None:
    report = _two_annotations(store)
    stream = store.issues.stream(IssueFilter())
    first = next(stream)
    other.delete(report[1].id, report[1].version)
    assert [first.id, *(row.id for row in stream)] == [one.id for one in report]
    assert [row.id for row in store.issues.stream(IssueFilter())] == [report[0].id]


def test_a_stream_given_up_lets_its_connection_write(store: Store) -> None:
    report = _two_annotations(store)
    stream = store.issues.stream(IssueFilter())
    next(stream)
    stream.close()
    store.delete(report[0].id, report[0].version)
    assert store.issues.count(IssueFilter()) == 1


def _two_annotations(store: Store) -> list[Any]:
    from reports.passage import make_passage
    from reports.plain import parse

    document = parse("Tiến độ còn chậm.\nÔ nhiễm còn xảy ra.")
    report = store.add_report(document, title="Báo cáo").report
    for start, end in ((0, 16), (18, 36)):
        store.annotate(report.id, report.revision_id, make_passage(document, start, end))
    return store.annotations(report.id)


@pytest.mark.parametrize("text", ["", "status:open", "agency:so-tnmt", "chậm !tag:gpmb-cham"])
def test_counts_are_what_counting_the_rows_gives(record: Record, text: str) -> None:
    wanted = parse_filter(text)
    rows = record.issues.rows(record.issues.ids(wanted))
    keys: dict[str, Any] = {
        "tag": lambda row: row.tag_slugs or (None,),
        "agency": lambda row: [link.agency for link in row.links] or (None,),
        "lead": lambda row: [link.agency for link in row.links if link.role is Role.LEAD] or (None,),
        "role": lambda row: {link.role.value for link in row.links} or (None,),
        **{name: lambda row, name=name: (getattr(row, name),) for name in ("status", "severity", "period")},
        **{
            name: lambda row, name=name: (getattr(row, name),)
            for name in ("reviewer", "owner", "report", "placement")
        },
    }
    assert set(keys) == set(BY)
    for by in [
        *((name,) for name in BY),
        ("agency", "tag"),
        ("lead", "status"),
        ("agency", "lead", "period"),
    ]:
        counted = Counter(key for row in rows for key in itertools.product(*(keys[name](row) for name in by)))
        found = record.issues.counts(wanted, by)
        assert {row[:-1]: row[-1] for row in found} == counted
        assert [row[-1] for row in found] == sorted(counted.values(), reverse=True)
    assert record.issues.counts(wanted, ()) == [(len(rows),)]


def test_counting_by_something_else_is_refused(record: Record) -> None:
    with pytest.raises(FilterError, match="colour"):
        record.issues.counts(IssueFilter(), ["colour"])


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(SINGLE), max_size=2), st.dates().map(str))
def test_the_grid_holds_every_issue_once_per_lead_agency(
    record: Record, texts: list[str], today: str
) -> None:
    wanted = parse_filter(" ".join(texts))
    grid = record.issues.grid(wanted, today)
    rows = [row for row in record.issues.rows(record.issues.ids(wanted)) if row.status != "rejected"]
    totals: Counter[str | None] = Counter()
    for row in rows:
        totals.update(_leads(row))
    assert {cell.agency: cell.total for cell in grid} == totals
    for cell in grid:
        mine = [r for r in rows if cell.agency in _leads(r)]
        done = [r for r in mine if r.status == "resolved"]
        assert cell.late == sum(r.due is not None and (r.resolved_on or "") > r.due for r in done)
        assert cell.overdue == sum(r.due is not None and r.due < today for r in mine if r not in done)
        assert cell.on_time + cell.late == len(done)


def _leads(row: IssueRow) -> list[str | None]:
    leads: list[str | None] = [link.agency for link in row.links if link.role is Role.LEAD]
    if not leads:
        leads.append(None)
    return leads


def test_rows_go_into_json_as_they_are(record: Record) -> None:
    from annotations.export import annotation_object

    row = record.issues.rows(record.issues.first(parse_filter("agency:so-tnmt tag:dau-tu-cong"), 1))[0]
    made = json.loads(json.dumps(annotation_object(row)))
    assert list(made)[: len(COLUMNS)] == list(COLUMNS)
    assert made["links"] == [{"agency": x.agency, "name": x.name, "role": x.role.value} for x in row.links]
    assert made["tags"] == list(row.tags)
    assert made["tag_slugs"] == list(row.tag_slugs)
