"""Random annotations in a record of six reports, and the same as values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from hypothesis import strategies as st

from annotations.store import Store
from reports.vietnamese import search_key

TODAY = "2023-07-01"
PERIODS = (None, "2022", "2023-Q1", "2023-H1", "2023-06", "2023-W05")
TAGS = ("dau-tu-cong", "gpmb-cham", "giai-ngan-thap", "o-nhiem", "khoang-san")
AGENCIES = ("ubnd-tinh", "so-tnmt", "so-nnmt", "so-xd", "so-gtvt", "thanh-tra-tinh", "ban-dt")
PEOPLE = ("mai", "lan", "lân", "Lan Anh")
WORDS = ("tiến độ chậm", "ô nhiễm", "chậm giải ngân")


@dataclass(frozen=True)
class Made:
    """One annotation. `links`: roles by agency. Tags and agencies by slug, `report` from 0 on. `again`: it
    continues the one before it."""

    report: int
    tags: tuple[str, ...]
    links: tuple[tuple[str, str], ...]
    status: str
    severity: str | None
    due: str | None
    resolved_on: str | None
    reviewer: str
    owner: str | None
    words: str
    deleted: bool
    again: bool = False


def _annotations() -> st.SearchStrategy[Made]:
    days = st.sampled_from([None, "2023-06-01", "2023-06-30", TODAY, "2023-07-02", "2023-12-31"])
    return st.builds(
        Made,
        report=st.integers(0, len(PERIODS) - 1),
        tags=st.lists(st.sampled_from(TAGS), max_size=3, unique=True).map(tuple),
        links=st.dictionaries(
            st.sampled_from(AGENCIES), st.sampled_from(("lead", "coordinating")), max_size=3
        ).map(lambda links: tuple(links.items())),
        status=st.sampled_from(("open", "in-progress", "resolved", "rejected")),
        severity=st.sampled_from((None, "low", "high")),
        due=days,
        resolved_on=days,
        reviewer=st.sampled_from(PEOPLE),
        owner=st.sampled_from((None, *PEOPLE)),
        words=st.sampled_from(WORDS),
        deleted=st.sampled_from((False, False, False, True)),
        again=st.booleans(),
    )


ANNOTATIONS = st.lists(_annotations(), max_size=20)


def make_record(path: Path) -> Store:
    """A store with the shipped codebook and directory and a report for each of `PERIODS`, no annotations."""
    store = Store.open(path, "mai")
    db = store.issues.connection
    db.executemany(
        "INSERT OR IGNORE INTO reviewers (name, created_at) VALUES (?, '')", [(name,) for name in PEOPLE]
    )
    for number, period in enumerate(PERIODS, 1):
        db.execute(
            "INSERT INTO reports (id, slug, title, date, period, created_at) VALUES (?, ?, ?, ?, ?, '')",
            (number, f"bao-cao-{number}", f"Báo cáo {number}", "2023-04-05", period),
        )
        db.execute(
            "INSERT INTO revisions (id, report_id, number, sha256, length, blocks, imported_at, reviewer_id)"
            " VALUES (?, ?, 1, ?, 100, 1, '', 1)",
            (number, number, f"{number:064}"),
        )
    store.issues.today = lambda: TODAY
    return store


@contextmanager
def holding(store: Store, made: Sequence[Made]) -> Iterator[None]:
    """The record with `made` in it, ids from 1 on; gone afterwards."""
    db = store.issues.connection
    tags = {tag.slug: tag.id for tag in store.tags()}
    agencies = {agency.slug: agency.id for agency in store.agencies()}
    people = dict(db.execute("SELECT name, id FROM reviewers"))
    db.execute("BEGIN")
    try:
        for number, one in enumerate(made, 1):
            db.execute(
                'INSERT INTO annotations (id, uid, report_id, revision_id, start, "end", exact, prefix,'
                " suffix, note, severity, status, due, resolved_on, reviewer_id, owner_id, created_at,"
                " updated_at, deleted_at, earlier_id)"
                " VALUES (?, ?, ?, ?, 0, 5, ?, '', '', '', ?, ?, ?, ?, ?, ?, '', '', ?, ?)",
                (
                    number, f"u{number}", one.report + 1, one.report + 1, one.words, one.severity,
                    one.status, one.due, one.resolved_on if one.status == "resolved" else None,
                    people[one.reviewer], people.get(one.owner), "2023-01-01" if one.deleted else None,
                    number - 1 if one.again and number > 1 else None,
                ),
            )  # fmt: skip
            db.executemany(
                "INSERT INTO annotation_tags (annotation_id, tag_id, position) VALUES (?, ?, ?)",
                [(number, tags[tag], at) for at, tag in enumerate(one.tags)],
            )
            db.executemany(
                "INSERT INTO annotation_agencies (annotation_id, agency_id, role, position)"
                " VALUES (?, ?, ?, ?)",
                [(number, agencies[agency], role, at) for at, (agency, role) in enumerate(one.links)],
            )
            if not one.deleted:
                db.execute(
                    "INSERT INTO annotation_search (rowid, words) VALUES (?, ?)",
                    (number, search_key(one.words)),
                )
        yield
    finally:
        db.execute("ROLLBACK")
