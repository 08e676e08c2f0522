"""Ten thousand annotations follow a merge as one act, and come back as one."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from annotations.connection import rows
from annotations.models import Act, Report, Role
from annotations.standing import Standing, agency_standing, tag_standing
from annotations.store import Store
from reports.document import Document

COUNT = 10_000
"""Of these every second one has the agency and tag that are merged, every fourth the other ones as well."""


@pytest.fixture
def crowded(store: Store, report: Report, document: Document) -> Store:
    """`store` with COUNT annotations, put there directly since nobody waits for ten thousand acts."""
    db = store.issues.connection
    at = "2023-04-05T00:00:00Z"
    passage = (report.id, report.revision_id, 0, 7, document.text[:7], "", document.text[7:20], "", 1)
    reviewer = rows(db, "SELECT id FROM reviewers LIMIT 1")[0][0]
    db.execute("BEGIN")
    db.executemany(
        "INSERT INTO annotations (id, uid, report_id, revision_id, start, end, exact, prefix, suffix,"
        " section, paragraph, status, reviewer_id, created_at, updated_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'open', ?, ?, ?)",
        [(n, f"u{n}", *passage, reviewer, at, at) for n in range(1, COUNT + 1)],
    )
    gone, kept = ids(store)
    links = [(n, gone[0] if n % 2 else kept[0], "lead", 0) for n in range(1, COUNT + 1)]
    links += [(n, kept[0], "coordinating", 1) for n in range(1, COUNT + 1, 4)]
    db.executemany(
        "INSERT INTO annotation_agencies (annotation_id, agency_id, role, position) VALUES (?, ?, ?, ?)",
        links,
    )
    tags = [(n, gone[1] if n % 2 else kept[1], 0) for n in range(1, COUNT + 1)]
    tags += [(n, kept[1], 1) for n in range(1, COUNT + 1, 4)]
    db.executemany("INSERT INTO annotation_tags (annotation_id, tag_id, position) VALUES (?, ?, ?)", tags)
    db.execute("COMMIT")
    return store


def ids(store: Store) -> tuple[tuple[int, int], tuple[int, int]]:
    """Agency and tag that go, agency and tag that stay."""
    agencies = {agency.slug: agency.id for agency in store.agencies()}
    tags = {tag.slug: tag.id for tag in store.tags()}
    return (agencies["so-tnmt"], tags["gpmb-cham"]), (agencies["so-xd"], tags["vi-pham-dat-dai"])


def linked(store: Store) -> str:
    """Every link and tag there is."""
    db = store.issues.connection
    links = rows(db, "SELECT annotation_id, agency_id, role, position FROM annotation_agencies ORDER BY 1, 4")
    tags = rows(db, "SELECT annotation_id, tag_id, position FROM annotation_tags ORDER BY 1, 3")
    return json.dumps([links, tags])


def test_agencies_are_merged_and_unmerged_whole(crowded: Store) -> None:
    gone, kept = ids(crowded)[0][0], ids(crowded)[1][0]
    before = linked(crowded)
    assert crowded.agency_use() == {gone: COUNT // 2, kept: COUNT // 2 + COUNT // 4}
    change = crowded.merge_agencies(gone, kept)
    assert change.act == Act.MERGE_AGENCIES
    assert Counter(item.kind for item in change.items)["annotation"] == COUNT // 2
    assert crowded.agency_use() == {kept: COUNT}
    assert agency_standing(crowded.issues.connection)[kept] == Standing(COUNT, COUNT)
    both = crowded.annotation(1)
    assert [(link.agency_id, link.role) for link in both.links] == [(kept, Role.LEAD)]
    crowded.undo()
    assert linked(crowded) == before
    assert agency_standing(crowded.issues.connection)[gone].own == COUNT // 2
    crowded.redo()
    assert crowded.agency_use() == {kept: COUNT}


def test_tags_are_merged_and_unmerged_whole(crowded: Store) -> None:
    gone, kept = ids(crowded)[0][1], ids(crowded)[1][1]
    before = linked(crowded)
    change = crowded.merge_tags(gone, kept)
    assert Counter(item.kind for item in change.items)["annotation"] == COUNT // 2
    assert crowded.tag_counts() == {kept: COUNT}
    assert tag_standing(crowded.issues.connection)[kept].own == COUNT
    crowded.undo()
    assert linked(crowded) == before
    assert crowded.tag_counts() == {gone: COUNT // 2, kept: COUNT // 2 + COUNT // 4}
