"""The issue list sorted and grouped, against the same done in plain Python."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from annotations import first_links, issue_order
from annotations.errors import FilterError
from annotations.filters import IssueFilter, parse_filter
from annotations.issue_order import GROUPS, SORTS, Arrangement
from annotations.issue_rows import IssueRow
from annotations.models import Link, Report, Role, Severity, Status
from annotations.store import Store
from reports.document import Document
from reports.passage import make_passage
from reports.vietnamese import sort_key

COUNT = 60


@pytest.fixture
def filled(store: Store, report: Report, document: Document) -> Iterator[Store]:
    chance = random.Random(5)
    tags = [tag.id for tag in store.tags()][:6]
    agencies = [agency.id for agency in store.agencies()][:6]
    for _ in range(COUNT):
        start = chance.randrange(len(document.text) - 20)
        linked = chance.sample(agencies, chance.randrange(3))
        store.annotate(
            report.id,
            report.revision_id,
            make_passage(document, start, start + 15),
            tags=chance.sample(tags, chance.randrange(3)),
            links=[Link(agency, chance.choice(list(Role))) for agency in linked],
            severity=chance.choice([None, *Severity]),
            status=chance.choice(list(Status)),
            due=chance.choice([None, "2023-06-30", "2023-07-15", "2024-01-01"]),
        )
    yield store


def first_lead(row: IssueRow) -> str | None:
    return next((link.agency for link in row.links if link.role is Role.LEAD), None)


def value_of(row: IssueRow, by: str) -> str | int | None:
    values = {
        "agency": first_lead(row),
        "tag": row.tag_slugs[0] if row.tag_slugs else None,
        "report": row.report,
        "created": row.created_at,
        "updated": row.updated_at,
    }
    return values[by] if by in values else getattr(row, by)


def rank_of(store: Store, by: str, value: str | int | None) -> object:
    if by == "status":
        return list(map(str, Status)).index(str(value))
    if by == "severity":
        return -list(map(str, Severity)).index(str(value))
    if by == "agency":
        return sort_key(next(one.name for one in store.agencies() if one.slug == value))
    if by == "tag":
        return sort_key(next(one.label_vi for one in store.tags() if one.slug == value))
    return value


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("by", SORTS)
def test_sorted_rows_are_those_of_the_list_in_another_order(filled: Store, by: str, descending: bool) -> None:
    rows = filled.issues.rows(filled.issues.ids(IssueFilter()))
    known = [row for row in rows if value_of(row, by) is not None]
    lacking = [row.id for row in rows if value_of(row, by) is None]
    known.sort(key=lambda row: rank_of(filled, by, value_of(row, by)), reverse=descending)  # type: ignore[arg-type, return-value]
    found = filled.issues.arranged(IssueFilter(), Arrangement(sort=by, descending=descending))
    assert list(found.ids) == [row.id for row in known] + lacking and found.groups == ()


@pytest.mark.parametrize("by", GROUPS)
def test_groups_hold_every_issue_once_in_list_order(filled: Store, by: str) -> None:
    wanted = parse_filter("!status:rejected")
    plain = list(filled.issues.ids(wanted))
    found = filled.issues.arranged(wanted, Arrangement(by))
    assert sorted(found.ids) == sorted(plain)
    rows = {row.id: row for row in filled.issues.rows(plain)}
    at = 0
    for group in found.groups:
        assert group.first == at
        members = list(found.ids[at : at + group.count])
        assert {value_of(rows[number], by) for number in members} == {group.key}
        assert members == [number for number in plain if number in set(members)]
        at += group.count
    assert at == len(plain)
    assert len({group.key for group in found.groups}) == len(found.groups)
    assert None not in [group.key for group in found.groups[:-1]], "those without one come last"


def test_groups_of_agencies_run_by_size(filled: Store) -> None:
    groups = filled.issues.arranged(IssueFilter(), Arrangement("agency")).groups
    sizes = [group.count for group in groups if group.key is not None]
    assert sizes == sorted(sizes, reverse=True)


def test_rows_are_sorted_inside_their_groups(filled: Store) -> None:
    found = filled.issues.arranged(IssueFilter(), Arrangement("status", "due"))
    rows = {row.id: row for row in filled.issues.rows(found.ids)}
    for group in found.groups:
        days = [rows[number].due for number in found.ids[group.first : group.first + group.count]]
        assert days == sorted(days, key=lambda day: (day is None, day))


@pytest.mark.parametrize("by", ["agency", "tag", "owner", "report", "period"])
def test_all_and_few_are_arranged_alike(filled: Store, by: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is found for all annotations in one walk, block by block, is what is looked up for a few."""
    connection = filled.issues.connection
    ids = filled.issues.ids(IssueFilter())
    for number in ids[::3]:
        connection.execute("UPDATE annotations SET owner_id = 1 WHERE id = ?", (number,))
    for number in ids[::7]:
        connection.execute(
            "UPDATE annotations SET deleted_at = '2024-01-01T00:00:00Z' WHERE id = ?", (number,)
        )
    for nth, (day, period) in enumerate([("2021-02-01", "2021-Q1"), (None, None), ("2024-02-01", "2021-Q1")]):
        connection.execute(
            "INSERT INTO reports (id, slug, title, date, period, created_at)"
            " VALUES (?, ?, ?, ?, ?, '2024-01-01')",
            (90 - nth, f"report-{nth}", f"Report {9 - nth}", day, period),
        )
        for number in ids[nth::5]:
            connection.execute("UPDATE annotations SET report_id = ? WHERE id = ?", (90 - nth, number))
    monkeypatch.setattr(first_links, "_BLOCK", 7)
    choices = [Arrangement(by), Arrangement(sort=by), Arrangement(sort=by, descending=True)]
    wanted = [parse_filter(text) for text in ("", "!status:rejected", "severity:high")]
    walked = [filled.issues.arranged(terms, choice) for terms in wanted for choice in choices]
    monkeypatch.setattr(issue_order, "_SHARE", 0)
    monkeypatch.setattr(issue_order, "_OF_REPORTS", ())
    assert walked == [filled.issues.arranged(terms, choice) for terms in wanted for choice in choices]
    assert len(walked[0].groups) > 1


@pytest.mark.parametrize("wanted", [Arrangement("nothing"), Arrangement(sort="id; DROP TABLE tags")])
def test_an_unknown_name_is_refused(filled: Store, wanted: Arrangement) -> None:
    with pytest.raises(FilterError, match="nothing to arrange by"):
        filled.issues.arranged(IssueFilter(), wanted)
