"""What goes over a line: no hovering, colours by number, and with the compact screen few bytes a step."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotations.store import Store
from reports.load import load_bytes
from reports.passage import make_passage
from reports.units import UnitKind, all_units
from reviewer.place import account_name
from tests.terminal.ptykit import Program, Terminals

LINE = {"SSH_CONNECTION": "192.0.2.1 50000 192.0.2.2 22", "SSH_TTY": "/dev/pts/9"}
TEXT = "Giao ban quý I\n\n" + "\n\n".join(
    f"Đoạn {number}: tiến độ giải phóng mặt bằng ở huyện Phú Bình còn chậm; một số dự án có vi phạm từ nhiều"
    " năm chưa được giải quyết dứt điểm; ô nhiễm môi trường còn xảy ra ở một số địa phương trong tỉnh."
    for number in range(1, 30)
)
STEPS = 12


@pytest.fixture
def record(terminal: Terminals) -> Path:
    """A record with a report of which every third clause has a tag."""
    terminal.home.mkdir(parents=True, exist_ok=True)
    path = terminal.home / "reviewer.db"
    with Store.open(path, account_name()) as store:
        document = load_bytes(TEXT.encode(), "a.txt").document
        report = store.add_report(document, title="Giao ban").report
        tags = store.tags()
        for number, unit in enumerate(all_units(document, UnitKind.CLAUSE)):
            if number % 3 == 2:
                passage = make_passage(document, unit.start, unit.end)
                store.annotate(report.id, report.revision_id, passage, tags=(tags[number % 9].id,))
    return path


def reading(terminal: Terminals, *words: str, **env: str) -> Program:
    """The program in the report."""
    program = terminal.reviewer("--lang", "en", *words, **env)
    program.wait_for("Giao ban")
    program.settle()
    program.press("enter")
    program.wait_for("mặt bằng")
    program.settle(0.3)
    return program


@pytest.mark.usefixtures("record")
def test_over_ssh_the_terminal_is_not_asked_where_the_mouse_hovers(terminal: Terminals) -> None:
    here, there = reading(terminal), reading(terminal, **LINE)
    assert b"\x1b[?1003h" in here.output
    assert b"\x1b[?1003h" not in there.output
    assert b"\x1b[?1000h" in there.output and b"\x1b[?1002h" in there.output


@pytest.mark.usefixtures("record")
def test_clicks_drags_and_the_wheel_work_over_ssh(terminal: Terminals) -> None:
    program = reading(terminal, **LINE)
    x, y = program.find("giải phóng")
    program.click(x, y)
    program.settle()
    assert program.rows()[y].startswith("▌")
    program.drag((x, y), (x + 9, y))
    program.settle()
    program.press("1")
    program.wait_for("40 passages")
    before = program.rows()[1:30]
    program.wheel(x, y)
    program.settle()
    assert program.rows()[1:30] != before


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("env", [{}, LINE], ids=["here", "there"])
def test_without_the_mouse_the_terminal_keeps_it(terminal: Terminals, env: dict[str, str]) -> None:
    program = reading(terminal, "--no-mouse", **env)
    for mode in (b"1000", b"1002", b"1003", b"1006"):
        assert b"\x1b[?" + mode + b"h" not in program.output
    program.press("j")
    program.settle()


@pytest.mark.usefixtures("record")
def test_colours_go_by_their_number_over_ssh(terminal: Terminals) -> None:
    here, there = reading(terminal), reading(terminal, **LINE)
    assert b";2;18;18;18" in here.output and b"38;2;" not in there.output
    assert b"48;5;233" in there.output
    assert here.rows()[1:] == there.rows()[1:]


@pytest.mark.usefixtures("record")
def test_the_compact_screen_says_the_same_in_a_quarter_of_the_bytes_a_step(terminal: Terminals) -> None:
    full, compact = reading(terminal, **LINE), reading(terminal, "--compact", **LINE)
    assert b"48;5;" not in compact.output and b"38;5;" not in compact.output
    spent = [sum(program.act("j", quiet=0.15).size for _ in range(STEPS)) for program in (full, compact)]
    assert 0 < spent[1] * 4 <= spent[0], spent
    pages = [program.act("pagedown", quiet=0.3).size for program in (full, compact)]
    assert pages[1] < pages[0], pages
    text = [[row[4:78].rstrip(" │▏") for row in program.rows()[1:36]] for program in (full, compact)]
    assert text[0] == text[1]
