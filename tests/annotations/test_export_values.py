"""Every cell of every table is what the view `issue_list` has, whoever opens it; formulas stay text."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from annotations.export import write
from annotations.export.cells import cut, guarded, xml_text
from annotations.export.xlsx_rows import TEXT_LIMIT
from annotations.filters import IssueFilter
from annotations.issues import COLUMNS, IssueRow
from annotations.models import Link, Role, Severity, Status
from annotations.store import Store
from reports.passage import make_passage
from reports.plain import parse

PAYLOADS = Path(__file__).parents[3] / "shared" / "payloads" / "payloads.json"
LIBREOFFICE = shutil.which("soffice")
NOTES = ("", "=1+1", "hai\ndòng", 'a, "b"; c', "  rìa  ", "🙂 ﷽", "-5", "_x0041_", "<r>x</r>", "001", "1e5")
TEXT = "Tiến độ còn chậm; thi công kéo dài.\nÔ nhiễm 🙂 còn xảy ra.\n=1+1 là công thức."


@pytest.fixture(scope="module")
def record(shipped_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path = tmp_path_factory.mktemp("values") / "reviewer.db"
    path.write_bytes(shipped_database.read_bytes())
    with Store.open(path, "mai") as store:
        agencies = {agency.slug: agency.id for agency in store.agencies()}
        document = parse(TEXT)
        report = store.add_report(
            document, title="Báo cáo | quý I", date="2023-03-31", period="2023-Q1"
        ).report
        for number, note in enumerate(NOTES):
            links = [Link(agencies["so-tnmt"], Role.LEAD), Link(agencies["so-xd"], Role.COORDINATING)]
            store.annotate(
                report.id, report.revision_id, make_passage(document, number, number + 9),
                tags=[tag.id for tag in store.tags()[number % 3 : 3]], links=links[: number % 3], note=note,
                severity=[None, *Severity][number % 4], status=list(Status)[number % 4],
                due="2023-06-30" if number % 2 else None,
            )  # fmt: skip
        yield store


@pytest.fixture(scope="module")
def view(record: Store) -> list[tuple[Any, ...]]:
    """What any other program reads out of the record, in the order of the list."""
    names = ", ".join(f'"{name}"' for name in COLUMNS)
    order = "coalesce(report_date, ''), report, start, id"
    return record.issues.connection.execute(f"SELECT {names} FROM issue_list ORDER BY {order}").fetchall()


def made(kind: str, rows: Any, **options: Any) -> bytes:
    out = io.BytesIO()
    write(kind, rows, out, **options)
    return out.getvalue()


def shown(value: Any) -> str:
    return "" if value is None else str(value)


@pytest.mark.parametrize(("kind", "delimiter"), [("csv", ","), ("tsv", "\t")])
def test_a_delimited_table_is_the_view(
    record: Store, view: list[tuple[Any, ...]], kind: str, delimiter: str
) -> None:
    text = made(kind, record.issues.stream(IssueFilter())).decode()
    read = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    assert read == [list(COLUMNS), *([guarded(shown(value)) for value in row] for row in view)]


def test_objects_are_the_view(record: Store, view: list[tuple[Any, ...]]) -> None:
    read = json.loads(made("json", record.issues.stream(IssueFilter())))
    lists = ("tags", "lead_agencies", "coordinating_agencies")
    for item, row in zip(read, view, strict=True):
        for column, value in zip(COLUMNS, row, strict=True):
            wanted = (value.split("; ") if value else []) if column in lists else value
            assert item[column] == wanted, column


def test_a_workbook_is_the_view(record: Store, view: list[tuple[Any, ...]]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(made("xlsx", record.issues.stream(IssueFilter()))))
    lines = list(book["Danh mục"].iter_rows(values_only=True))
    assert lines[0] == COLUMNS
    for line, row in zip(lines[1:], view, strict=True):
        for column, cell, value in zip(COLUMNS, line, row, strict=True):
            if isinstance(cell, datetime):
                assert value in (cell.date().isoformat(), cell.isoformat() + "Z"), column
            else:
                assert _unescaped(cell) == (None if value == "" else value), column


def _unescaped(cell: Any) -> Any:
    from openpyxl.utils.escape import unescape

    return unescape(cell) if isinstance(cell, str) else cell


class Texts(HTMLParser):
    """The texts of the elements of some classes, by class."""

    def __init__(self, page: str, *classes: str) -> None:
        super().__init__()
        self.found: dict[str, list[str]] = {name: [] for name in classes}
        self._open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "link", "input", "br"):
            self._open.append(dict(attrs).get("class") or "")
            if self._open[-1] in self.found:
                self.found[self._open[-1]].append("")

    def handle_endtag(self, tag: str) -> None:
        self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] in self.found:
            self.found[self._open[-1]][-1] += data


@pytest.mark.skipif(not PAYLOADS.exists(), reason="the collection of hostile texts is not here")
def test_formula_payloads_are_text_in_every_format_for_people(record: Store) -> None:
    row = record.issues.rows(record.issues.first(IssueFilter(), 1))[0]
    texts = [p["text"] for p in json.loads(PAYLOADS.read_text("utf-8"))["export_formula"]]
    hostile = [replace(row, id=n, note=text, passage=text) for n, text in enumerate(texts, 1)]
    wanted = [xml_text(text) for text in texts]

    csv.field_size_limit(1 << 20)
    read = list(csv.DictReader(io.StringIO(made("tsv", hostile).decode(), newline=""), delimiter="\t"))
    assert [line["note"] for line in read] == [guarded(text) for text in texts]

    sheet = openpyxl.load_workbook(io.BytesIO(made("xlsx", hostile)))["Danh mục"]
    notes = [line[COLUMNS.index("note")] for line in sheet.iter_rows(min_row=2)]
    assert {cell.data_type for cell in notes} == {"s"} or {cell.data_type for cell in notes} == {"inlineStr"}
    assert [_unescaped(cell.value) for cell in notes] == [cut(text, TEXT_LIMIT, "vi") for text in wanted]
    with zipfile.ZipFile(io.BytesIO(made("xlsx", hostile))) as parts:
        assert not any(b"<f>" in parts.read(name) for name in parts.namelist())

    annex = docx.Document(io.BytesIO(made("docx", hostile))).tables[0]
    lines = [line.cells for line in annex.rows if line.cells[0].text.isdigit()]
    assert [cells[6].text for cells in lines] == ["\n".join(text.splitlines()) for text in wanted]
    with zipfile.ZipFile(io.BytesIO(made("docx", hostile))) as parts:
        assert b"instrText" not in parts.read("word/document.xml"), "no field is made of a text"

    page = Texts(made("html", hostile).decode(), "passage", "note")
    assert page.found == {"passage": wanted, "note": wanted}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Converts a file with LibreOffice, which is given one folder for all it keeps."""
    folder = tmp_path_factory.mktemp("office")

    def convert(source: Path, target: str) -> None:
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [str(LIBREOFFICE), profile, "--headless", "--convert-to", target]
        subprocess.run(
            [*command, "--outdir", str(source.parent), str(source)],
            check=True,
            capture_output=True,
            timeout=180,
        )

    return convert


_DATED = ("report_date", "due", "created_at", "updated_at")


def _numbers(value: object) -> list[str]:
    """The numbers of a day or time, in whatever order the locale writes them."""
    return sorted(re.findall(r"\d+", shown(value)))


@pytest.mark.skipif(LIBREOFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_reads_the_view_out_of_a_workbook(
    record: Store, view: list[tuple[Any, ...]], office: Any, tmp_path: Path
) -> None:
    path = tmp_path / "issues.xlsx"
    path.write_bytes(made("xlsx", record.issues.stream(IssueFilter())))
    office(path, "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,2")
    (table,) = tmp_path.glob("issues*.csv")
    read = list(csv.reader(io.StringIO(table.read_text("utf-8-sig"), newline="")))
    assert read[0] == list(COLUMNS)
    for line, row in zip(read[1:], view, strict=True):
        for column, cell, value in zip(COLUMNS, line, row, strict=True):
            if column in _DATED:
                assert _numbers(cell) == _numbers(value), column
            else:
                assert cell == shown(value), column


@pytest.mark.skipif(LIBREOFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("kind", ["xlsx", "docx"])
def test_libreoffice_prints_every_issue_across_the_page(
    record: Store, office: Any, tmp_path: Path, kind: str
) -> None:
    pdfium = pytest.importorskip("pypdfium2")
    rows: list[IssueRow] = list(record.issues.stream(IssueFilter()))
    path = tmp_path / f"issues.{kind}"
    path.write_bytes(made(kind, rows, headers="vi"))
    office(path, "pdf")
    with pdfium.PdfDocument(path.with_suffix(".pdf")) as printed:
        text = " ".join(page.get_textpage().get_text_bounded() for page in printed)
    marks = rows[0].revision if kind == "xlsx" else "".join(rows[0].report_title.split())
    assert "".join(text.split()).count(marks) >= len(rows)
    assert kind == "xlsx" or rows[0].revision not in text, "an annex names no text by its hash"
    with pdfium.PdfDocument(path.with_suffix(".pdf")) as printed:
        assert all(page.get_width() > page.get_height() for page in printed)
