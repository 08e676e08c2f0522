"""Who answered then and who does now: the filter, counts and exports over agencies that changed.

Water and Land merged into Green, Old was renamed New, Labour was split between Home and Health, and the
district of Phú was abolished in favour of two communes; its own commune of Đông went to one of them.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotations.errors import FilterError
from annotations.export import write
from annotations.facets import FacetIndex
from annotations.filters import filter_from_options, format_filter, parse_filter
from annotations.models import Link, Role, Successor
from annotations.store import Store
from annotations.succession import with_heirs
from reports.load import load_bytes
from reports.passage import make_passage

Made = tuple[Store, dict[int, str]]
"""The record, and what each annotation is called here, by its id."""

DAY = "2025-07-01"
AGENCIES: dict[str, tuple[str, str | None, tuple[str, ...]]] = {
    "province": ("Tỉnh", None, ()),
    "green": ("Sở Xanh", "province", ()),
    "green-office": ("Chi cục Xanh", "green", ()),
    "water": ("Sở Nước", "province", ("green",)),
    "water-office": ("Chi cục Nước", "water", ()),
    "land": ("Sở Đất", "province", ("green",)),
    "new": ("Sở Mới", "province", ()),
    "old": ("Sở Cũ", "province", ("new",)),
    "home": ("Sở Nhà", "province", ()),
    "health": ("Sở Khỏe", "province", ()),
    "labour": ("Sở Lao động", "province", ("home", "health")),
    "an": ("Xã An", "province", ()),
    "binh": ("Xã Bình", "province", ()),
    "district": ("Huyện Phú", "province", ("an", "binh")),
    "dong": ("Xã Đông", "district", ("an",)),
    "police": ("Công an huyện Phú", "district", ()),
}
"""Name, parent and successors by slug."""

LEADS = [slug for slug in AGENCIES if slug != "province"]
TOGETHER = ("water", "land")
"""One annotation each of `LEADS` leads; in the last one these two coordinate."""

CASES: list[tuple[str, set[str]]] = [
    ("agency:green", {"green", "green-office", "water", "water-office", "land", "both"}),
    ("agency:green as:itself", {"green", "water", "water-office", "land", "both"}),
    ("agency:green as:written", {"green", "green-office"}),
    ("agency:green as:written,itself", {"green"}),
    ("agency:green as:current", {"green", "green-office", "water", "land", "both"}),
    ("agency:green as:current,itself", {"green", "water", "land", "both"}),
    ("agency:green:lead", {"green", "green-office", "water", "water-office", "land"}),
    ("agency:green:coordinating", {"both"}),
    ("agency:green:coordinating as:written", set()),
    ("agency:green role:coordinating as:current", {"both"}),
    ("agency:water", {"water", "water-office", "both"}),
    ("agency:water as:itself", {"water", "both"}),
    ("agency:water as:current", {"water-office"}),
    ("agency:water as:current,itself", set()),
    ("agency:new", {"new", "old"}),
    ("agency:new as:written", {"new"}),
    ("agency:new as:current", {"new", "old"}),
    ("agency:old", {"old"}),
    ("agency:old as:current", set()),
    ("agency:home", {"home", "labour"}),
    ("agency:health as:current", {"health", "labour"}),
    ("agency:labour", {"labour"}),
    ("agency:labour as:current", set()),
    ("agency:an", {"an", "district", "dong", "police"}),
    ("agency:an as:written", {"an"}),
    ("agency:an as:current", {"an", "district", "dong"}),
    ("agency:binh", {"binh", "district", "police"}),
    ("agency:binh as:current", {"binh", "district"}),
    ("agency:district", {"district", "dong", "police"}),
    ("agency:district as:itself", {"district"}),
    ("agency:district as:current", {"police"}),
    ("agency:home,new as:written", {"home", "new"}),
    ("!agency:province as:written", set()),
    ("!agency:province as:itself", {*LEADS, "both"}),
    ("as:current", {*LEADS, "both"}),
]


@pytest.fixture(scope="module")
def made(shipped_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    """A record with an annotation per agency; to be read only."""
    path = Path(shutil.copyfile(shipped_database, tmp_path_factory.mktemp("by-date") / "reviewer.db"))
    with Store.open(path, "lan") as store:
        ids = _make_agencies(store)
        loaded = load_bytes("Tiến độ thực hiện còn chậm.".encode(), "bao-cao.txt")
        report = store.add_report(loaded.document, title="Báo cáo", date="2023-04-05").report
        passage = make_passage(loaded.document, 0, 7)
        names: dict[int, str] = {}
        linked = {slug: [Link(ids[slug], Role.LEAD)] for slug in LEADS}
        linked["both"] = [Link(ids[slug], Role.COORDINATING) for slug in TOGETHER]
        for name, links in linked.items():
            change = store.annotate(report.id, report.revision_id, passage, links=links)
            names[change.items[0].item_id] = name
        store.issues.today = lambda: DAY
        yield store, names


def _make_agencies(store: Store) -> dict[str, int]:
    ids: dict[str, int] = {}
    for slug, (name, parent, _successors) in AGENCIES.items():
        change = store.create_agency(
            name, slug=f"t-{slug}", short=f"t-{slug}", parent_id=ids[parent] if parent else None
        )
        ids[slug] = change.items[0].item_id
    for agency in store.agencies():
        slug = agency.slug.removeprefix("t-")
        if slug in ids and agency.id == ids[slug] and (followers := AGENCIES[slug][2]):
            heirs = [Successor(ids[heir], "2025-03-01", "") for heir in followers]
            store.edit_agency(agency.id, agency.version, successors=heirs, valid_to="2025-03-01")
    return ids


def _asked(text: str) -> str:
    """`text` with the agencies as they are called in the record."""
    words = []
    for word in text.split():
        name, colon, values = word.partition(":")
        if name.endswith("agency"):
            values = ",".join(f"t-{value}" for value in values.split(","))
        words.append(name + colon + values)
    return " ".join(words)


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_exactly_what_an_agency_answers_for(made: Made, text: str, expected: set[str]) -> None:
    store, names = made
    wanted = parse_filter(_asked(text))
    assert {names[number] for number in store.issues.ids(wanted)} == expected
    index = FacetIndex.build(store.issues)
    assert list(index.ids(store.issues, wanted)) == list(store.issues.ids(wanted))
    assert parse_filter(format_filter(wanted)) == wanted


def test_before_the_day_the_old_one_still_answers(made: Made) -> None:
    store, names = made
    store.issues.today = lambda: "2025-02-28"
    try:
        old = store.issues.ids(parse_filter("agency:t-old as:current"))
        new = store.issues.ids(parse_filter("agency:t-new as:current"))
    finally:
        store.issues.today = lambda: DAY
    assert [[names[number] for number in ids] for ids in (old, new)] == [["old"], ["new"]]


@pytest.mark.parametrize(
    ("by", "text", "expected"),
    [
        ("lead", "agency:t-new", {"t-new": 1, "t-old": 1}),
        ("lead", "agency:t-green:lead as:current", {"t-green": 3, "t-green-office": 1}),
        ("lead", "agency:t-labour", {"t-labour": 1}),
        ("lead", "agency:t-home as:current", {"t-home": 2, "t-health": 1}),
        ("agency", "agency:t-land:coordinating as:written", {"t-water": 1, "t-land": 1}),
        ("agency", "agency:t-green:coordinating as:current", {"t-green": 1}),
    ],
)  # fmt: skip
def test_counts_as_written_and_by_who_answers_today(
    made: Made, by: str, text: str, expected: dict[str, int]
) -> None:
    store, _names = made
    assert dict(store.issues.counts(parse_filter(text), [by])) == expected


def _written(store: Store, text: str, format: str = "csv", **options: object) -> list[dict[str, str]]:  # noqa: A002
    out = io.BytesIO()
    write(format, store.issues.stream(parse_filter(text)), out, **options)  # type: ignore[arg-type]
    return list(csv.DictReader(io.StringIO(out.getvalue().decode())))


def test_files_for_machines_keep_what_was_linked_and_those_for_people_add_who_answers(made: Made) -> None:
    store, _names = made
    (row,) = _written(store, "agency:t-water as:written,itself role:lead")
    assert row["lead_agencies"] == "Sở Nước"
    (row,) = _written(store, "agency:t-water as:written,itself role:lead", headers="vi")
    assert row["Cơ quan chủ trì"] == "t-water (nay là Sở Xanh)"
    (row,) = _written(store, "agency:t-labour", headers="vi")
    assert row["Cơ quan chủ trì"] == "t-labour (nay là Sở Nhà, Sở Khỏe)"
    (row,) = _written(store, "agency:t-green as:written,itself", headers="vi")
    assert row["Cơ quan chủ trì"] == "Sở Xanh"


def test_current_lists_who_answers_now_each_once(made: Made) -> None:
    store, _names = made
    (row,) = _written(store, "agency:t-green:coordinating as:current")
    assert (row["lead_agencies"], row["coordinating_agencies"]) == ("", "Sở Xanh")
    rows = _written(store, "agency:t-home as:current")
    assert sorted(row["lead_agencies"] for row in rows) == ["Sở Nhà", "Sở Nhà; Sở Khỏe"]
    out = io.BytesIO()
    write("json", store.issues.stream(parse_filter("agency:t-new as:current")), out)
    found = [link["agency"] for one in json.loads(out.getvalue()) for link in one["links"]]
    assert found == ["t-new", "t-new"]


@pytest.mark.parametrize(
    "text", ["!as:current agency:x", "as:written,current", "as:written as:current", "as:x"]
)
def test_readings_that_mean_nothing_are_refused(text: str) -> None:
    with pytest.raises(FilterError):
        parse_filter(text)


def test_options_and_words_ask_for_the_same() -> None:
    asked = filter_from_options(agency=["x"], readings=["current", "itself"])
    assert asked == parse_filter("agency:x as:current,itself")


def test_many_heirs_are_counted() -> None:
    assert with_heirs("Huyện", [], "vi") == "Huyện"
    assert with_heirs("Huyện", list("ABCDE"), "vi") == "Huyện (nay là A, B, C và 2 cơ quan khác)"
    assert with_heirs("District", ["A"], "en") == "District (now A)"
