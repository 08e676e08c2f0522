"""A lead's day in a real terminal: narrow the list, keep the view, change a dozen, send the list out, look
into a report and go on where one was."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from annotations.models import Link, Role, Status
from annotations.store import Store
from reports.load import load_bytes
from reports.passage import make_passage
from reviewer.place import account_name
from tests.terminal.ptykit import ROOT, Program, environment

PLACES = (
    "Nậm Ngà",
    "Kim Lũng",
    "Chợ Rã",
    "Văn Trạch",
    "Phương Giao",
    "Xuân Lạc",
    "Bạch Thông",
    "Nông Thượng",
)
REPORTS = 4
OPEN_IN_ALL = 6 * REPORTS
"""Issues about site clearance that are open and the department's, in all reports."""


@pytest.fixture
def lead(terminal) -> str:
    """The record of an office with four reports; name of its lead."""
    name = account_name()
    terminal.home.mkdir(parents=True, exist_ok=True)
    with Store.open(terminal.home / "reviewer.db", name) as store:
        tags = {tag.slug: tag.id for tag in store.tags()}
        agencies = {agency.slug: agency.id for agency in store.agencies()}
        for quarter in range(1, REPORTS + 1):
            clauses = [f"tiến độ giải phóng mặt bằng ở xã {place} còn chậm" for place in PLACES]
            clauses += [f"ô nhiễm môi trường ở xã {place} chưa được khắc phục" for place in PLACES[:3]]
            text = f"Báo cáo quý {quarter}\n\nTrong quý, {'; '.join(clauses)}."
            loaded = load_bytes(text.encode(), "bao-cao.txt")
            report = store.add_report(
                loaded.document,
                title=f"Báo cáo quý {quarter}",
                date=f"2023-{quarter * 3:02}-28",
                period=f"2023-Q{quarter}",
            ).report
            for at, clause in enumerate(clauses):
                start = loaded.document.text.index(clause)
                store.annotate(
                    report.id,
                    report.revision_id,
                    make_passage(loaded.document, start, start + len(clause)),
                    tags=[tags["gpmb-cham" if at < len(PLACES) else "o-nhiem"]],
                    links=[Link(agencies["so-tnmt" if at != 6 else "so-xd"], Role.LEAD)],
                    status=Status.RESOLVED if at == 7 else Status.OPEN,
                )
    return name


def ask(terminal, *words: str) -> list[dict]:
    argv = [sys.executable, "-m", "reviewer", *words, "--json"]
    ran = subprocess.run(argv, env=environment(terminal.home), cwd=ROOT, capture_output=True, check=False)
    return json.loads(ran.stdout)


def current_row(program: Program) -> str:
    """Number of the issue under the cursor, as the lines below the list have it; "" if they are covered."""
    found = re.search(r"clearance +#(\d+)", program.text())
    return found[1] if found else ""


def format_offered(program: Program) -> str:
    """The format that Enter writes, as the foot of the dialog has it."""
    found = re.search(r"Enter write (\w+)", program.text())
    return found[1] if found else ""


def export(program: Program, made: str) -> None:
    program.press("e")
    program.wait_for(format_offered)
    while (offered := format_offered(program)) != made:
        program.press("down")
        program.wait_for(lambda p, before=offered: format_offered(p) not in ("", before))
    program.press("enter")
    program.wait_for(lambda p: not format_offered(p) and f".{made}" in p.text())


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
def test_a_leads_day(terminal, lead: str, size: tuple[int, int]) -> None:
    program = terminal.reviewer("--lang", "en", size=size)
    program.wait_for("Báo cáo quý 1")
    program.press("L")
    program.wait_for("Issue list")

    program.press("/", *"agency:stnmt status:open ", *'"mặt bằng"', "enter")
    program.wait_for(f"{OPEN_IN_ALL} of {11 * REPORTS}")
    program.press("w")
    program.wait_for("Save as a view")
    program.press(*"Mặt bằng chậm", "enter")
    program.wait_for(f"▌Mặt bằng chậm {OPEN_IN_ALL}")

    program.press("V", *"j" * 11, "V")
    program.wait_for("12 marked")
    program.press("d")
    program.wait_for("Due date")
    program.press(*"30/6/2027", "enter")
    program.wait_for("12 issues: due 30 Jun 2027")
    program.wait_for("no due date 12")
    program.press("y")
    program.wait_for("12 issues changed")
    program.press("s")
    program.wait_for("in progress")
    program.press("p", "enter")
    program.wait_for("12 issues: in progress")
    program.press("y")
    program.wait_for(f"{OPEN_IN_ALL - 12} of {11 * REPORTS}")
    program.press("u")
    program.wait_for(f"{OPEN_IN_ALL} of {11 * REPORTS}")
    program.press("ctrl+r")
    program.wait_for(f"{OPEN_IN_ALL - 12} of {11 * REPORTS}")

    export(program, "xlsx")
    export(program, "docx")

    program.press("escape", *"j" * 4)
    program.wait_for(current_row)
    row = current_row(program)
    program.press("enter")
    program.wait_for(lambda p: "Issue list" not in p.text() and "Trong quý" in p.text())
    program.press("escape")
    program.wait_for("Issue list")
    program.wait_for(lambda p: current_row(p) == row)
    program.press("q")
    assert program.exit_code() == 0

    changed = [one for one in ask(terminal, "issues") if one["due"]]
    assert len(changed) == 12 and {one["status"] for one in changed} == {"in-progress"}
    assert {one["due"] for one in changed} == {"2027-06-30"}
    assert [one["name"] for one in ask(terminal, "views")] == ["Mặt bằng chậm"]
    check_files(terminal.home, ask(terminal, "issues", "--view", "mat bang cham"))

    program = terminal.reviewer("--lang", "en", size=size)
    program.wait_for("Báo cáo quý 1")
    program.press("L")
    program.wait_for(f"▌Mặt bằng chậm {OPEN_IN_ALL - 12}")
    program.wait_for(lambda p: current_row(p) == row)


def check_files(folder: Path, wanted: list[dict]) -> None:
    """What was written holds the list as it was narrowed."""
    openpyxl, docx = pytest.importorskip("openpyxl"), pytest.importorskip("docx")
    assert len(wanted) == OPEN_IN_ALL - 12
    (book,) = folder.glob("*.xlsx")
    cells = [
        str(cell)
        for sheet in openpyxl.load_workbook(book).worksheets
        for row in sheet.iter_rows(values_only=True)
        for cell in row
        if cell is not None
    ]
    (document,) = folder.glob("*.docx")
    text = "\n".join(
        cell.text for table in docx.Document(str(document)).tables for row in table.rows for cell in row.cells
    )
    for one in wanted:
        assert one["passage"] in cells and one["passage"] in text
    other = "ô nhiễm môi trường ở xã Nậm Ngà chưa được khắc phục"
    assert other not in cells and other not in text
