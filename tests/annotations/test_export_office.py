"""Workbooks and annexes as spreadsheet and word processor read them."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from openpyxl.utils.escape import unescape

from annotations.counts import GridRow
from annotations.errors import ExportError
from annotations.export import ExportContext, write, xlsx_rows
from annotations.export.cells import xml_text
from annotations.export.docx import ABOUT_FIELDS, GRID_FIELDS, GROUP_FIELDS, ROW_FIELDS
from annotations.export.docx_template import joined_fields
from annotations.issue_rows import COLUMNS, AgencyLink, IssueRow
from annotations.models import Role

TEXTS = (
    "=1+1", "{=1+1}", "=HYPERLINK(\"http://evil.example\")", "http://evil.example", "mailto:a@b.c",
    "internal:Sheet!A1",
    "<r>x</r>", "<r><t>tampered</t></r>", "a & b < c", "_x0041_", "tab\tnewline\nend", "  spaces  ", "🙂",
    "001", "1e5", "{{title}} {{passage}}", "]]>", "'quoted", "\x07bell", "nul\x00", "half \ud800", "\ufffe",
)  # fmt: skip
CONTEXT = ExportContext(filter='tag:"x & <y>"', reviewer="mai", at="2023-07-01T08:15:00Z", count=3)
LIBREOFFICE = shutil.which("soffice")


def row(number: int, **changes: Any) -> IssueRow:
    made = IssueRow(
        number, "bao-cao", "Báo cáo quý I", "2023-03-31", "2023-Q1", "0123456789ab",
        "Báo cáo quý I › II. Hạn chế", 0, 4,
        "chậm", ("Chậm", "Thấp"), ("Sở A",), ("Sở B",), "high", "open", "2023-06-30", "", "mai",
        "2023-04-01T01:02:03Z", "2023-04-02T00:00:00Z", f"uid-{number}", "", "", (), ("cham",), ("Slow",), 1,
        1, 1, "0" * 64, 1, "UBND tỉnh", None,
    )  # fmt: skip
    return replace(made, **changes)


def led(number: int, *names: str, **changes: Any) -> IssueRow:
    links = tuple(AgencyLink(f"slug-{name}", name, "", "", Role.LEAD) for name in names)
    return row(number, lead_agencies=names, links=links, **changes)


def workbook(rows: list[IssueRow], **options: Any) -> openpyxl.Workbook:
    out = io.BytesIO()
    write("xlsx", rows, out, **{"context": CONTEXT, **options})
    return openpyxl.load_workbook(io.BytesIO(out.getvalue()))


def test_cells_of_the_workbook_are_the_record_s() -> None:
    rows = [row(n, note=text, passage=text, report_title=text) for n, text in enumerate(TEXTS, 1)]
    sheet = workbook(rows)["Danh mục"]
    read = list(sheet.iter_rows(values_only=True))
    assert read[0] == COLUMNS
    for cells, made in zip(read[1:], rows, strict=True):
        found = dict(zip(COLUMNS, cells, strict=True))
        assert found["passage"] == found["note"]
        assert unescape(str(found["note"])) == xml_text(made.note)
        assert (found["id"], found["start"], found["end"]) == (made.id, 0, 4)
        assert found["tags"] == "Chậm; Thấp"
        assert found["report_date"] == datetime(2023, 3, 31)
        assert found["due"] == datetime(2023, 6, 30)
        assert found["created_at"] == datetime(2023, 4, 1, 1, 2, 3)
        assert found["revision"] == "0123456789ab"
    kinds = {cell.data_type for line in sheet.iter_rows() for cell in line}
    assert kinds <= {"s", "n", "d", "inlineStr"}, "no formula"
    assert not any(cell.hyperlink for line in sheet.iter_rows() for cell in line)


def test_the_workbook_is_ready_to_work_with() -> None:
    book = workbook([row(1), row(2)], headers="vi")
    assert book.sheetnames == ["Giới thiệu", "Danh mục"]
    assert book.active is book["Danh mục"]
    sheet = book["Danh mục"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:W3"
    assert sheet["J1"].value == "Đoạn trích"
    assert sheet["J2"].alignment.wrap_text
    assert sheet["H2"].number_format == "0"
    assert sheet["D2"].number_format == "dd/mm/yyyy"
    cover = {line[0]: line[1] for line in book["Giới thiệu"].iter_rows(values_only=True) if line[0]}
    assert cover["Bộ lọc"] == CONTEXT.filter
    assert (cover["Số vấn đề"], cover["Người xuất"]) == ("2", "mai")
    assert workbook([], language="en").sheetnames == ["About", "Issues"]


def test_a_sheet_per_lead_agency() -> None:
    long = "Ban Quản lý các khu công nghiệp tỉnh: "
    names = [long + "A", long + "B", "Sở [Xây/dựng]?*", "'Sở'", "HISTORY", "danh MỤC"]
    rows = [led(n, name) for n, name in enumerate(names, 1)] + [led(7, names[0], names[3]), led(8)]
    book = workbook(rows, sheets=True)
    assert all(len(name) <= 31 for name in book.sheetnames)
    assert len({name.casefold() for name in book.sheetnames}) == len(book.sheetnames) == 9
    ids = [
        [line[0] for line in sheet.iter_rows(min_row=2, values_only=True)] for sheet in book.worksheets[1:]
    ]
    assert ids == [[1, 2, 3, 4, 5, 6, 7, 8], [1, 7], [2], [3], [4, 7], [5], [6], [8]]


def test_text_too_long_for_a_cell_says_that_it_is_cut() -> None:
    whole, long, wide = "á" * 32_767, "á" * 40_000, "🙂" * 20_000
    read = list(workbook([row(1, note=whole), row(2, note=long), row(3, note=wide)])["Danh mục"]["Q"])
    assert read[1].value == whole
    for cell, text in ((read[2], long), (read[3], wide)):
        shown = str(cell.value)
        assert len(shown.encode("utf-16-le")) // 2 <= 32_767
        kept, _, rest = shown.partition(" … ")
        assert text.startswith(kept)
        assert str(len(text) - len(kept)) in rest


def test_days_that_spreadsheets_cannot_count_stay_text() -> None:
    sheet = workbook([row(1, due="1899-12-31", report_date=None)])["Danh mục"]
    assert sheet["P2"].value == "1899-12-31"
    assert sheet["D2"].value is None


def test_more_rows_than_a_sheet_holds_go_on_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_rows, "ROW_LIMIT", 4)
    book = workbook([row(n) for n in range(1, 8)])
    assert book.sheetnames == ["Giới thiệu", "Danh mục", "Danh mục (2)", "Danh mục (3)"]
    ids = [line[0] for sheet in book.worksheets[1:] for line in sheet.iter_rows(min_row=2, values_only=True)]
    assert ids == [1, 2, 3, 4, 5, 6, 7]


def test_the_grid_is_a_sheet_of_its_own() -> None:
    grid = [GridRow("so-a", "Sở A", 1, 2, 3, 4), GridRow(None, None, 0, 0, 1, 0)]
    sheet = workbook([], context=replace(CONTEXT, grid=grid))["Tiến độ"]
    read = list(sheet.iter_rows(min_row=2, values_only=True))
    assert read == [("Sở A", 1, 2, 3, 4, 10), ("Chưa giao", 0, 0, 1, 0, 1)]


def test_without_the_library_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(ExportError, match=r"reviewer\[office\]"):
        write("xlsx", [], io.BytesIO())


def annex(rows: list[IssueRow], **options: Any) -> Any:
    out = io.BytesIO()
    write("docx", rows, out, **{"context": CONTEXT, **options})
    return docx.Document(io.BytesIO(out.getvalue()))


def table(made: Any) -> list[list[str]]:
    return [[cell.text for cell in line.cells] for line in made.rows]


def test_the_annex_has_a_numbered_table_per_lead_agency() -> None:
    rows = [
        led(10, "Sở Y tế", note="=1+1"),
        led(11, "Đảng ủy", "Sở Y tế", status="resolved"),
        led(12, severity=None, due=None),
        led(13, "Ban Dân tộc"),
    ]
    made = annex(rows)
    assert len(made.tables) == 1
    lines = table(made.tables[0])
    groups = [line[0] for line in lines if len(set(line)) == 1]
    assert groups == [
        "I. Ban Dân tộc (1 vấn đề)",
        "II. Đảng ủy (1 vấn đề)",
        "III. Sở Y tế (2 vấn đề)",
        "IV. Chưa giao (1 vấn đề)",
    ]
    health = lines[lines.index([groups[2]] * 7) :]
    assert [line[0] for line in health[1:3]] == ["1", "2"]
    assert health[1] == [
        "1", "“chậm”\nBáo cáo quý I · II. Hạn chế · 31/03/2023", "Chậm; Thấp", "Sở B",
        "Chưa xử lý\nCao", "30/06/2023 (quá hạn)", "=1+1",
    ]  # fmt: skip
    assert health[2][4:6] == ["Đã xử lý\nCao", "30/06/2023"]
    text = "\n".join(p.text for p in made.paragraphs)
    assert CONTEXT.filter in text
    assert "Số vấn đề: 4" in text
    assert "{{" not in text
    assert "Tiến độ" not in text


def test_the_annex_says_that_a_passage_waits_to_be_placed() -> None:
    line = table(annex([row(1, placement="waiting")]).tables[0])[2]
    assert line[1].endswith("31/03/2023 (chờ xác định)")


def test_odd_texts_arrive_in_the_annex() -> None:
    rows = [led(n, "Sở A & <B>", note=text, passage=text) for n, text in enumerate(TEXTS, 1)]
    made = table(annex(rows).tables[0])
    for line, text in zip(made[2:], TEXTS, strict=True):
        shown = xml_text(text)
        assert line[6] == shown
        assert line[1].startswith(f"“{shown}”\n")


def test_the_annex_can_end_with_the_grid() -> None:
    grid = [GridRow("so-a", "Sở A", 1, 2, 3, 4)]
    made = annex([led(1, "Sở A")], context=replace(CONTEXT, grid=grid), language="en")
    assert table(made.tables[-1])[1:] == [["Sở A", "1", "2", "3", "4", "10"]]
    assert any(p.text == "Deadlines by lead agency" for p in made.paragraphs)


def test_an_annex_of_nothing_opens() -> None:
    made = annex([])
    assert [line[0] for line in table(made.tables[0])] == ["STT"]
    assert "Số vấn đề: 0" in "\n".join(p.text for p in made.paragraphs)


@pytest.fixture
def own_template(tmp_path: Path) -> Iterator[Path]:
    """A template as an office makes it: torn fields, one table, agencies as rows of it."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "{{reviewer}}"
    torn = document.add_paragraph("Danh mục: ")
    for part in ("{", "{ti", "tle}", "} – {{cou", "nt}}; {{colour}}"):
        torn.add_run(part).bold = part == "tle}"
    made = document.add_table(rows=3, cols=2)
    made.rows[0].cells[0].text = "Đầu bảng"
    made.rows[1].cells[0].text = "{{agency}}"
    made.rows[2].cells[0].text = "{{number}}/{{id}}"
    made.rows[2].cells[1].text = "{{passage}} {{due}}"
    path = tmp_path / "own.docx"
    document.save(str(path))
    yield path


def test_an_office_s_own_template_is_filled(own_template: Path) -> None:
    made = annex(
        [led(5, "Sở B"), led(6, "Sở A")], template=own_template, context=replace(CONTEXT, title="Tháng 6")
    )
    assert made.paragraphs[0].text == "Danh mục: Tháng 6 – 2; {{colour}}"
    assert made.sections[0].header.paragraphs[0].text == "mai"
    assert table(made.tables[0]) == [
        ["Đầu bảng", ""],
        ["Sở A", ""],
        ["1/6", "chậm 30/06/2023 (quá hạn)"],
        ["Sở B", ""],
        ["1/5", "chậm 30/06/2023 (quá hạn)"],
    ]


def test_the_docs_name_every_field_of_a_template() -> None:
    told = (Path(__file__).parents[2] / "docs" / "exports.md").read_text("utf-8")
    for name in (*ABOUT_FIELDS, *ROW_FIELDS, *GROUP_FIELDS, *GRID_FIELDS):
        assert f"`{{{{{name}}}}}`" in told, name


def test_templates_that_are_none_are_refused(tmp_path: Path) -> None:
    empty = tmp_path / "empty.docx"
    docx.Document().save(str(empty))
    text = tmp_path / "text.docx"
    text.write_text("not a zip", "utf-8")
    archive = tmp_path / "archive.docx"
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("other.xml", "")
    for path, said in [
        (empty, "no table row"),
        (text, "Word file"),
        (archive, "Word file"),
        (tmp_path / "none", "no template"),
    ]:
        with pytest.raises(ExportError, match=said):
            annex([], template=path)


def test_fields_torn_into_runs_are_joined() -> None:
    torn = "<w:p><w:r><w:t>a {{</w:t></w:r><w:r><w:t>no</w:t></w:r><w:r><w:t>te}} b</w:t></w:r></w:p>"
    assert ">a {{note}}<" in joined_fields(torn)
    apart = "<w:p><w:r><w:t>{{no</w:t></w:r></w:p><w:p><w:r><w:t>te}}</w:t></w:r></w:p>"
    assert joined_fields(apart) == apart


@pytest.mark.skipif(LIBREOFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_both(tmp_path: Path) -> None:
    rows = [led(n, "Sở A", note=text) for n, text in enumerate(TEXTS[:16], 1)]
    for kind in ("xlsx", "docx"):
        with (tmp_path / f"issues.{kind}").open("wb") as out:
            write(kind, rows, out, context=CONTEXT)
    command = [str(LIBREOFFICE), f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    for source, target in {"xlsx": "ods", "docx": "txt:Text"}.items():
        subprocess.run(
            [*command, "--convert-to", target, "--outdir", str(tmp_path), str(tmp_path / f"issues.{source}")],
            check=True,
            capture_output=True,
        )
    words = (tmp_path / "issues.txt").read_text("utf-8-sig")
    assert "Sở A (16 vấn đề)" in words
    assert "=1+1" in words
    with zipfile.ZipFile(tmp_path / "issues.ods") as sheets:
        content = sheets.read("content.xml").decode()
    assert "table:formula" not in content
    assert "=1+1" in content
