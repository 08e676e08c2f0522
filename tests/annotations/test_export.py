"""Exports as those who open them see them: every cell the record's, text as text, whole files only."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from annotations.errors import ExportError
from annotations.export import FORMATS, ExportContext, about_path, export_to_file, write
from annotations.export.cells import guarded
from annotations.filters import IssueFilter, parse_filter
from annotations.issues import COLUMNS, IssueRow
from annotations.models import Link, Role, Severity, Status
from annotations.store import Store
from reports.passage import make_passage
from reports.plain import parse

PAYLOADS = Path(__file__).parents[3] / "shared" / "payloads" / "payloads.json"
FORMULAS = (
    "=1+1", "+1+1", "-1+1", "@SUM(1)", "|calc", "%0A", "\u00a0=1+1", "\u200b=1+1", "\t=1+1", "\n=1+1",
    "＝1+1", "=HYPERLINK(\"http://evil.example\",\"x\")", "{=1+1}", "'=1+1", "a,=1+1", "a;=1+1",
    "a\n=1+1", '"=1+1',
)  # fmt: skip
ODD = (
    "<script>alert(1)</script>", "</td></table>", "<r>x</r>", "<r><t>x</t></r>", "a | b",
    "`code` *bold* [x](http://x.y)",
    "[/]", "[@click=quit]", "&amp; &lt;", "{{title}} {{passage}}", "_x0041_ _x000D_", "www.evil.example",
    "  kept  ",    "dòng một\ndòng hai", "\u202e đảo", "🙂 ﷽", "a\u2028b", "]]>", "--> <!--",
)  # fmt: skip
NOTES = (*FORMULAS, *ODD)


@pytest.fixture(scope="module")
def record(shipped_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Two reports; every odd text as a note, and passages that overlap and run over lines."""
    path = tmp_path_factory.mktemp("export") / "reviewer.db"
    path.write_bytes(shipped_database.read_bytes())
    with Store.open(path, "mai") as store:
        store.issues.connection.execute("PRAGMA synchronous = OFF")
        tags = [tag.id for tag in store.tags()[1:4]]
        agencies = {agency.slug: agency.id for agency in store.agencies()}
        links = [Link(agencies["so-tnmt"], Role.LEAD), Link(agencies["so-xd"], Role.COORDINATING)]
        document = parse(
            "Tiến độ giải phóng mặt bằng còn chậm; thi công kéo dài.\n"
            "=1+1 là công thức; ô nhiễm <b>môi trường</b> còn xảy ra.\n"
            "- Tỷ lệ giải ngân 🙂 đạt thấp."
        )
        text = document.text
        first = store.add_report(
            document, title="Báo cáo | quý I", date="2023-03-31", period="2023-Q1"
        ).report
        short = parse("Còn chậm. Còn thấp.")
        second = store.add_report(short, title="=Báo cáo & phụ lục", date="2023-04-01").report
        for start, end in ((0, 36), (9, 54), (0, len(text)), (text.index("=1+1"), text.index(" là"))):
            store.annotate(
                first.id, first.revision_id, make_passage(document, start, end),
                tags=tags[:2], links=links, severity=Severity.HIGH, due="2023-06-30",
            )  # fmt: skip
        for number, note in enumerate(NOTES):
            passage = make_passage(short, 0, 8)
            status = list(Status)[number % 4]
            store.annotate(second.id, second.revision_id, passage, note=note, status=status, tags=tags[2:])
        yield store


@pytest.fixture(scope="module")
def rows(record: Store) -> list[IssueRow]:
    return list(record.issues.stream(IssueFilter()))


def made(kind: str, rows: list[IssueRow], **options: Any) -> bytes:
    out = io.BytesIO()
    write(kind, rows, out, **options)
    return out.getvalue()


def cells(row: IssueRow) -> list[str]:
    """What the view `issue_list` shows for `row`, as text."""
    values = (getattr(row, column) for column in COLUMNS)
    return ["; ".join(v) if isinstance(v, tuple) else "" if v is None else str(v) for v in values]


def context(record: Store, **more: Any) -> ExportContext:
    return ExportContext(
        filter="status:open", reviewer="mai", at="2023-07-01T08:15:00Z", documents=record.document, **more
    )


@pytest.mark.parametrize(("kind", "delimiter"), [("csv", ","), ("tsv", "\t")])
@pytest.mark.parametrize("raw", [True, False])
def test_every_cell_is_the_record_s(rows: list[IssueRow], kind: str, delimiter: str, raw: bool) -> None:
    text = made(kind, rows, raw=raw).decode()
    read = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    assert read[0] == list(COLUMNS)
    expected = [cells(row) for row in rows]
    if not raw:
        expected = [[guarded(cell) for cell in row] for row in expected]
    assert read[1:] == expected


def test_csv_is_as_the_standard_has_it(rows: list[IssueRow]) -> None:
    data = made("csv", rows[:1])
    assert data.startswith(b"id,report,report_title,")
    assert data.endswith(b"\r\n")
    assert data.count(b"\r\n") == 2
    assert made("csv", rows, bom=True) == b"\xef\xbb\xbf" + made("csv", rows)
    assert made("csv", []).decode() == ",".join(COLUMNS) + "\r\n"


@pytest.mark.parametrize("text", FORMULAS)
def test_formulas_arrive_as_text(text: str) -> None:
    first = text.lstrip(" \t\r\n\u00a0\u200b\ufeff")[:1]
    assert guarded(text) == ("'" + text if first in "=+-@|%＝＋－＠" else text)
    assert guarded("Giải ngân - thấp") == "Giải ngân - thấp"


@pytest.mark.skipif(not PAYLOADS.exists(), reason="the collection of hostile texts is not here")
def test_known_formula_payloads_arrive_as_text(rows: list[IssueRow]) -> None:
    from dataclasses import replace

    texts = [p["text"] for p in json.loads(PAYLOADS.read_text("utf-8"))["export_formula"]]
    hostile = [replace(rows[0], note=text, passage=text, report_title=text) for text in texts]
    read = list(csv.reader(io.StringIO(made("csv", hostile).decode("utf-8", "replace"), newline="")))
    assert len(read) == len(texts) + 1
    assert all(len(row) == len(COLUMNS) for row in read)
    for row in read[1:]:
        for cell in row:
            assert cell.lstrip("\ufeff\u200b \t\r\n\u00a0")[:1] not in tuple("=+-@|%＝＋－＠")


@pytest.mark.parametrize("kind", ["json", "jsonl"])
def test_json_is_exact(rows: list[IssueRow], kind: str) -> None:
    text = made(kind, rows).decode()
    read = json.loads(text) if kind == "json" else [json.loads(line) for line in text.split("\n")[:-1]]
    assert len(read) == len(rows)
    for item, row in zip(read, rows, strict=True):
        assert list(item)[: len(COLUMNS)] == list(COLUMNS)
        for column in COLUMNS:
            value = getattr(row, column)
            assert item[column] == (list(value) if isinstance(value, tuple) else value)
        assert (item["uid"], item["prefix"], item["suffix"]) == (row.uid, row.prefix, row.suffix)
    assert read[0]["links"] == [
        {"agency": "so-tnmt", "name": "Sở Tài nguyên và Môi trường", "role": "lead"},
        {"agency": "so-xd", "name": "Sở Xây dựng", "role": "coordinating"},
    ]
    assert made("json", []) == b"[]\n"
    assert made("jsonl", []) == b""


def test_markdown_shows_what_was_written(record: Store, rows: list[IssueRow]) -> None:
    from markdown_it import MarkdownIt

    text = made("md", rows, context=context(record)).decode()
    assert "status:open" in text
    parser = MarkdownIt("gfm-like")
    tokens = parser.parse(text)
    assert not any(t.type in ("html_block", "fence", "code_block") for t in tokens)
    inlines = [t for t in tokens if t.type == "inline" and t.level == 4]
    shown = ["".join(_plain(child) for child in token.children or ()) for token in inlines]
    read = [shown[at : at + len(COLUMNS)] for at in range(0, len(shown), len(COLUMNS))]
    assert read[0] == list(COLUMNS)
    expected = [[" ".join("\n".join(c.splitlines()).split()) for c in cells(row)] for row in rows]
    assert [[" ".join(cell.split()) for cell in row] for row in read[1:]] == expected


def _plain(token: Any) -> str:
    if token.type == "html_inline":
        assert token.content == "<br>"
        return "\n"
    assert token.type in ("text", "text_special", "softbreak"), token
    return str(token.content)


@pytest.mark.parametrize("kind", FORMATS)
def test_two_exports_are_byte_for_byte_equal(record: Store, tmp_path: Path, kind: str) -> None:
    paths = [tmp_path / name for name in ("one", "two")]
    for path in paths:
        with_grid = context(record, grid=record.issues.grid(IssueFilter()))
        export_to_file(path, kind, record.issues.stream(IssueFilter()), context=with_grid)
    assert paths[0].read_bytes() == paths[1].read_bytes()


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_format_takes_no_rows_and_either_language(kind: str, language: Any) -> None:
    assert isinstance(made(kind, [], language=language, headers=language), bytes)


@pytest.mark.parametrize("name", [name for name, known in FORMATS.items() if known.says_filter])
def test_formats_for_people_say_which_filter_made_them(record: Store, name: str) -> None:
    import zipfile

    said = context(record)
    data = made(name, [], context=said)
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            data = b"".join(parts.read(part) for part in parts.namelist())
    assert b"status:open" in data


def test_language_and_headers(rows: list[IssueRow]) -> None:
    text = made(
        "csv", rows[:1], headers="vi", language="en", columns=["id", "tags", "lead_agencies"]
    ).decode()
    read = list(csv.reader(io.StringIO(text)))
    assert read[0] == ["Số", "Loại vấn đề", "Cơ quan chủ trì"]
    assert read[1] == [
        str(rows[0].id),
        "; ".join(rows[0].tags_en),
        "Department of Natural Resources and Environment (now Department of Agriculture and Environment)",
    ]
    assert json.loads(made("jsonl", rows[:1], columns=["id", "status"])) == {
        "id": rows[0].id,
        "status": "open",
    }


def test_an_agency_s_rows_and_only_those(record: Store) -> None:
    wanted = parse_filter('agency:"so tnmt"')
    read = list(csv.DictReader(io.StringIO(made("csv", list(record.issues.stream(wanted))).decode())))
    assert len(read) == 4
    assert all("Sở Tài nguyên và Môi trường" in row["lead_agencies"] for row in read)


@pytest.mark.parametrize(
    ("kind", "columns", "said"),
    [
        ("xslx", COLUMNS, "xlsx"),
        ("pdf", COLUMNS, "csv"),
        ("csv", ["pasage"], "passage"),
        ("csv", [], "column"),
    ],
)
def test_what_cannot_be_written_is_refused(kind: str, columns: Any, said: str) -> None:
    with pytest.raises(ExportError, match=said):
        made(kind, [], columns=columns)


def test_a_file_is_replaced_only_when_told(rows: list[IssueRow], tmp_path: Path) -> None:
    path = tmp_path / "issues.csv"
    export_to_file(path, "csv", rows[:1])
    before = path.read_bytes()
    with pytest.raises(ExportError, match="there already"):
        export_to_file(path, "csv", rows)
    assert path.read_bytes() == before
    export_to_file(path, "csv", rows, overwrite=True)
    assert path.read_bytes() == made("csv", rows)
    assert [entry.name for entry in tmp_path.iterdir()] == ["issues.csv"]


def test_beside_a_table_may_stand_what_made_it(record: Store, rows: list[IssueRow], tmp_path: Path) -> None:
    path = tmp_path / "issues.csv"
    export_to_file(path, "csv", rows, about=True, context=context(record, count=len(rows)))
    said = json.loads(about_path(path).read_text("utf-8"))
    assert (said["filter"], said["count"], said["columns"]) == ("status:open", len(rows), list(COLUMNS))


@pytest.mark.parametrize("kind", FORMATS)
def test_a_failure_half_way_leaves_the_old_file(rows: list[IssueRow], tmp_path: Path, kind: str) -> None:
    path = tmp_path / "issues"
    path.write_bytes(b"old")

    def failing() -> Iterator[IssueRow]:
        yield from rows
        raise OSError(28, "No space left on device")

    with pytest.raises(ExportError, match="No space left"):
        export_to_file(path, kind, failing(), overwrite=True)
    assert path.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["issues"]


def test_a_full_disk_leaves_the_old_file(
    rows: list[IssueRow], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "issues.csv"
    path.write_bytes(b"old")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ExportError, match="No space left"):
        export_to_file(path, "csv", rows, overwrite=True)
    assert path.read_bytes() == b"old"


KILLED = """
import os, signal, sys
from pathlib import Path
from annotations.export import export_to_file
from tests_rows import rows

def dying():
    for number, row in enumerate(rows()):
        if number == 3000:
            os.kill(os.getpid(), signal.SIGKILL)
        yield row

export_to_file(Path(sys.argv[1]), sys.argv[2], dying(), overwrite=True)
"""
ROWS = """
from annotations.issue_rows import IssueRow

def rows():
    for number in range(5000):
        yield IssueRow(
            number, "r", "Báo cáo", None, None, "0" * 12, "", 0, 4, "chậm", (), (), (), None, "open", None,
            "", "mai", "", "", "", "", "", (), (), (), 1, 1, 1, "0" * 64, 1, "", None)
"""


@pytest.mark.parametrize("kind", ["csv", "xlsx", "html"])
def test_killed_half_way_the_old_file_is_whole(tmp_path: Path, kind: str) -> None:
    (tmp_path / "tests_rows.py").write_text(ROWS, "utf-8")
    path = tmp_path / "issues"
    path.write_bytes(b"old")
    search = os.pathsep.join([str(tmp_path), *sys.path])
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(path), kind],
        env={**os.environ, "PYTHONPATH": search, "TMPDIR": str(tmp_path)},
        check=False,
    )
    assert done.returncode == -9
    assert path.read_bytes() == b"old"


@pytest.mark.parametrize("where", ["missing/issues.csv", "."])
def test_places_that_cannot_be_written(rows: list[IssueRow], tmp_path: Path, where: str) -> None:
    with pytest.raises(ExportError, match="folder"):
        export_to_file(tmp_path / where, "csv", rows, overwrite=True)


def test_a_link_stays_a_link_and_a_pipe_a_pipe(rows: list[IssueRow], tmp_path: Path) -> None:
    real, link, pipe = tmp_path / "real.csv", tmp_path / "link.csv", tmp_path / "pipe"
    link.symlink_to(real)
    export_to_file(link, "csv", rows, overwrite=True)
    assert link.is_symlink()
    assert real.read_bytes() == made("csv", rows)
    os.mkfifo(pipe)
    reader = subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE)
    export_to_file(pipe, "csv", rows)
    assert reader.communicate()[0] == made("csv", rows)


def test_exports_to_a_pipe_that_cannot_seek(record: Store, rows: list[IssueRow]) -> None:
    for name in FORMATS:
        read, written = os.pipe()
        reader = subprocess.Popen(["cat"], stdin=read, stdout=subprocess.PIPE)
        os.close(read)
        with os.fdopen(written, "wb") as out:
            write(name, rows[:2], out, context=context(record))
        data = reader.communicate()[0]
        assert len(data) > 20
        if name in ("xlsx", "docx"):
            import zipfile

            assert zipfile.ZipFile(io.BytesIO(data)).testzip() is None
