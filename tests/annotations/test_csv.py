"""Codebook and directory go out as CSV and come back, and a bad file changes nothing."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations import codebook_csv, directory_csv
from annotations.codebook_csv import plan_codebook, write_codebook
from annotations.directory_csv import format_successor, parse_successor, plan_directory, write_directory
from annotations.models import Agency, Tag
from annotations.seeds import AgencySeed, TagSeed, number_agencies, number_tags
from annotations.sheet import SheetError, join_items, read_sheet, split_items, write_sheet
from annotations.sheet_plan import FieldChange, Plan
from annotations.shipped import codebook, directory

SEEDS, AGENCY_SEEDS = codebook(), directory()
TAGS, AGENCIES = number_tags(SEEDS), number_agencies(AGENCY_SEEDS)
AGENCY_ID = {agency.slug: agency.id for agency in AGENCIES}
USUAL = {
    tag.id: tuple(AGENCY_ID[slug] for slug in seed.agencies) for tag, seed in zip(TAGS, SEEDS, strict=True)
}
PAYLOADS = Path(__file__).parents[3] / "shared" / "payloads" / "files"


def usual(tag_id: int) -> tuple[int, ...]:
    return USUAL[tag_id]


def plan_tags(data: bytes | str, tags: tuple[Tag, ...] = TAGS) -> Plan[TagSeed]:
    return plan_codebook(data, tags, AGENCIES, usual)


def problems(data: bytes | str, plan: str = "agencies") -> list[str]:
    with pytest.raises(SheetError) as caught:
        if plan == "tags":
            plan_tags(data)
        else:
            plan_directory(data, AGENCIES)
    return [str(problem) for problem in caught.value.problems]


def test_what_goes_out_comes_back_the_same() -> None:
    plan = plan_directory(write_directory(AGENCIES), AGENCIES)
    assert (plan.added, plan.changed, plan.unchanged, plan.absent) == ((), (), 481, ())
    tags = plan_tags(write_codebook(TAGS, AGENCIES, usual))
    assert (tags.added, tags.changed, tags.unchanged, tags.absent) == ((), (), 55, ())


def test_an_export_fills_an_empty_record_with_the_same_content() -> None:
    plan = plan_directory(write_directory(AGENCIES), ())
    assert plan.seeds == tuple(AGENCY_SEEDS)
    assert number_agencies(plan.seeds) == AGENCIES
    assert plan_codebook(write_codebook(TAGS, AGENCIES, usual), (), AGENCIES, usual).seeds == tuple(SEEDS)


def test_columns_are_stable() -> None:
    header = write_directory(AGENCIES).split("\r\n")[0]
    assert (
        header
        == "slug,name,name_en,short,kind,level,parent,valid_from,valid_to,aliases,successors,note,retired"
    )
    header = write_codebook(TAGS, AGENCIES, usual).split("\r\n")[0]
    assert header == (
        "slug,key,label_vi,label_en,definition_vi,definition_en,colour,parent,digit,phrases,agencies,retired"
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_what_spreadsheets_save_is_read(encoding: str, delimiter: str) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(
        [
            ["slug", "name", "aliases"],
            ["so-x", "Sở X, Y; Z", "Sở XYZ | SXYZ\nSở Ích"],
            [],
            ["so-nv", "Sở Nội vụ"],
        ]
    )
    plan = plan_directory(out.getvalue().encode(encoding), AGENCIES)
    assert [(step.row, step.slug, step.label, step.seed.aliases) for step in plan.added] == [
        (2, "so-x", "Sở X, Y; Z", ("Sở XYZ", "SXYZ", "Sở Ích"))
    ]
    assert [(step.row, step.slug) for step in plan.changed] == [(4, "so-nv")]


def test_a_missing_column_stays_and_a_missing_entry_is_left_alone() -> None:
    plan = plan_directory("slug,short\nso-yt,SYT\n", AGENCIES)
    (step,) = plan.changed
    assert step.changes == (FieldChange("short", "", "SYT"),)
    assert step.columns == ("short",)
    assert step.seed.aliases == ("SYT",)
    assert len(plan.absent) == 480
    tags = plan_tags("slug,digit\ngpmb-cham,\no-nhiem,1\n")
    assert [(step.slug, step.seed.digit, len(step.seed.agencies)) for step in tags.changed] == [
        ("gpmb-cham", None, 4),
        ("o-nhiem", 1, 3),
    ]


def test_entries_without_a_slug_are_found_by_name_or_get_one() -> None:
    plan = plan_directory("name,short\nSỞ Y TẾ,SYT\nSở Mới,\nSở mới,\n", AGENCIES)
    assert [step.slug for step in plan.changed] == ["so-yt"]
    assert [step.slug for step in plan.added] == ["so-moi", "so-moi-2"]


def test_references_by_any_name_also_to_later_rows() -> None:
    text = (
        "slug,name,parent,successors\n"
        "a,Cơ quan A,UBND tỉnh,Cơ quan B 01/07/2025: một phần | so tnmt\n"
        "b,Cơ quan B,a,\n"
    )
    first, second = plan_directory(text, AGENCIES).added
    assert first.seed.parent == "ubnd-tinh"
    assert first.seed.successors == (("b", "2025-07-01", "một phần"), ("so-tnmt", None, ""))
    assert second.seed.parent == "a"
    tags = plan_tags("slug,label_vi,parent,agencies\nx,Loại X,Loại Y,STNMT | ubnd huyện\ny,Loại Y,,\n")
    assert (tags.added[0].seed.parent, tags.added[0].seed.agencies) == ("y", ("so-tnmt", "ubnd-huyen"))


def test_unknown_columns_are_told_and_near_ones_refused() -> None:
    assert plan_directory("slug,name,source\nso-yt,Sở Y tế,web\n", AGENCIES).ignored == ("source",)
    assert problems("slug,name,aliasess\nso-yt,Sở Y tế,x\n") == [
        "Column “aliasess” is not known. Did you mean “aliases”?"
    ]
    assert "Column “name” is there twice." in problems("slug,name,name\n")
    assert "The first row must name the columns" in problems("1,2,3\n4,5,6\n")[0]
    assert "The first row must name the columns" in problems("")[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "slug,valid_to\nso-yt,2025-13-01\n",
            "Row 2, valid_to: “2025-13-01” is no date. Write it as 2025-07-01.",
        ),
        ("slug,name\n\n\nSở Y,Sở Y\n", "Row 4, slug: “sở y” may only hold a–z, 0–9 and hyphens."),
        ("slug,name\nmoi,\n", "Row 2: name is missing."),
        ("slug,name\nso-yt,A\nso-yt,B\n", "Row 3, slug: “so-yt” is in row 2 already."),
        ("slug,parent\nso-yt,so-yt\n", "Row 2, parent: “so-yt” would come back to itself."),
        ("slug,successors\nso-nnmt,so-tnmt\n", "Row 2, successors: “so-nnmt” would come back to itself."),
        (
            "slug,valid_from,valid_to\nso-yt,2025-07-01,2025-01-01\n",
            "Row 2, valid_to: it ends on 2025-01-01, before it begins on 2025-07-01.",
        ),
        ("slug,retired\nso-yt,perhaps\n", "Row 2, retired: “perhaps” is neither yes nor no."),
        (
            "slug,parent\nso-yt,Uỷ ban nhân dân tỉn\n",
            "Row 2, parent: No agency goes by “Uỷ ban nhân dân tỉn”. Did you mean Ủy ban nhân dân tỉnh",
        ),
        ("slug,name\nso-yt,a,b\n", "Row 2 has 3 cells, the header 2. Quote cells that hold a comma."),
    ],
)
def test_what_is_wrong_is_told_by_row(text: str, expected: str) -> None:
    assert any(problem.startswith(expected) for problem in problems(text)), problems(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("slug,digit\no-nhiem,10\n", "Row 2, digit: “10” is none of the keys 1 to 9."),
        ("slug,digit\no-nhiem,1\n", "Row 2, digit: “1” belongs to “Giải phóng mặt bằng chậm”."),
        ("slug,key\no-nhiem,GPMB\n", "Row 2, key: “gpmb” belongs to “Giải phóng mặt bằng chậm”."),
        ("slug,colour\no-nhiem,red\n", "Row 2, colour: “red” is no colour. There are c1, c2"),
        ("slug,agencies\no-nhiem,Sở Thuỷ\n", "Row 2, agencies: No agency goes by “Sở Thuỷ”."),
        ("slug,parent\ntai-nguyen-moi-truong,o-nhiem\n", "Row 2, parent: “tai-nguyen-moi-truong” would come"),
    ],
)
def test_what_is_wrong_with_tags_is_told_by_row(text: str, expected: str) -> None:
    assert any(problem.startswith(expected) for problem in problems(text, "tags")), problems(text, "tags")


def test_digits_may_be_exchanged_in_one_file() -> None:
    plan = plan_tags("slug,digit\ngpmb-cham,2\nthi-cong-cham,1\n")
    assert [(step.slug, step.seed.digit) for step in plan.changed] == [("gpmb-cham", 2), ("thi-cong-cham", 1)]


def test_all_that_is_wrong_is_told_at_once_and_nothing_is_planned() -> None:
    text = "slug,valid_to,parent\nso-yt,x,\nso-nv,,zzzz qqqq\nso-xd,y,\n"
    with pytest.raises(SheetError) as caught:
        plan_directory(text, AGENCIES)
    assert [problem.row for problem in caught.value.problems] == [2, 3, 4]
    assert str(caught.value).endswith("Problems in this file: 3. Nothing was imported.")


def test_files_that_are_no_tables() -> None:
    assert "is not UTF-8 text" in problems("slug,name\nso-x,Sở X\n".encode() + b"\xff\xfe\n")[0]
    assert "cannot be read" in problems('slug,name\nso-x,"Sở X\n' + "a,b\n" * 60_000)[0]
    assert "cannot be read" in problems("slug,name\nso-x," + "x" * 200_000)[0]


@pytest.mark.skipif(not PAYLOADS.exists(), reason="the hostile files are not here")
@pytest.mark.parametrize(
    "name", ["huge-field.csv", "unclosed-quote.csv", "binary.txt", "utf16.txt", "ok.docx"]
)
def test_hostile_files_are_refused_in_a_sentence(name: str) -> None:
    assert problems((PAYLOADS / name).read_bytes())


def test_control_characters_do_not_come_in() -> None:
    (step,) = plan_directory("slug,name\nx,Sở \x1b[31mĐỏ\u202e\n", AGENCIES).added
    assert "\x1b" not in step.label
    assert "\u202e" not in step.label


def test_formulas_stay_text_in_a_spreadsheet_and_come_back() -> None:
    agency = replace(AGENCIES[0], parent_id=None, successors=(), note="-1")
    agency = replace(agency, name='=HYPERLINK("x")', aliases=("@x", "'=y", "a|b"))
    text = write_directory([agency])
    row = next(csv.DictReader(io.StringIO(text)))
    assert row["name"].startswith("'=")
    assert row["note"] == "'-1"
    assert plan_directory(text, [agency]).changed == ()


def test_usual_agencies_that_come_from_the_group_are_left_to_it() -> None:
    inherited = dict(USUAL)
    group = TAGS[0].id
    inherited[group] = USUAL[TAGS[1].id]
    text = write_codebook(TAGS, AGENCIES, lambda tag_id: inherited[tag_id])
    rows = {row["slug"]: row["agencies"] for row in csv.DictReader(io.StringIO(text))}
    assert rows["dau-tu-cong"] == "ubnd-huyen | tt-ptqd | so-tnmt | chu-dau-tu"
    assert rows["gpmb-cham"] == ""


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ("so-nnmt", ("so-nnmt", None, "")),
        ("so-nnmt 2025-03-01", ("so-nnmt", "2025-03-01", "")),
        ("so-nnmt 1/3/2025: môi trường: nước", ("so-nnmt", "2025-03-01", "môi trường: nước")),
        ("Sở Nội vụ: lao động", ("Sở Nội vụ", None, "lao động")),
        ("Khu 2025-99-01", ("Khu 2025-99-01", None, "")),
    ],
)
def test_successors_in_a_cell(item: str, expected: tuple[str, str | None, str]) -> None:
    assert parse_successor(item) == expected
    assert parse_successor(format_successor(*expected)) == expected


WORDS = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Cf", "Co", "Cn", "Zl", "Zp")), max_size=12)
LINES = WORDS.map(lambda text: " ".join(text.split()))


@settings(max_examples=120, deadline=None)
@given(st.lists(LINES.filter(bool), max_size=5, unique=True))
def test_lists_in_a_cell_come_back(items: list[str]) -> None:
    kept = [item for item in items if not item.endswith("\\")]
    assert list(split_items(join_items(kept))) == kept


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(LINES, LINES), min_size=1, max_size=4))
def test_cells_come_back(rows: list[tuple[str, str]]) -> None:
    from reports.clean import visible

    wanted = [(visible(a).strip(), visible(b).strip()) for a, b in rows]
    sheet = read_sheet(write_sheet(("slug", "name"), wanted), ("slug", "name"), ("slug",))
    assert [(row.text("slug"), row.text("name")) for row in sheet.rows] == [r for r in wanted if any(r)]


def test_the_reader_of_shipped_files_is_the_reader_of_imports() -> None:
    sheet = directory_csv.read_directory("slug,name\nso-x,Sở X\n")
    assert directory_csv.seed_of(sheet.rows[0]) == AgencySeed(
        "so-x", "Sở X", "", "", "", "", None, None, None, (), (), ""
    )
    row = codebook_csv.read_codebook("slug,label_vi,digit\nx,Loại,3\n").rows[0]
    assert codebook_csv.seed_of(row).digit == 3
    assert isinstance(AGENCIES[0], Agency)
