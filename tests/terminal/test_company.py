"""Two people on one report, each in a terminal: what each sees of the other, and what that costs."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotations.store import Store
from reports.load import load_bytes
from tests.reviewer.app_kit import TEXT
from tests.terminal.ptykit import Program, Terminals

PERSON = (
    "import sys; from reviewer import place; place.speak_for(sys.argv[1]);"
    " from reviewer.launch import run; sys.exit(run([]))"
)
QUIET_SECONDS = 5.0


@pytest.fixture
def record(terminal: Terminals) -> Path:
    """A record with one report, Lan its lead and Minh a reviewer."""
    terminal.home.mkdir(parents=True, exist_ok=True)
    path = terminal.home / "reviewer.db"
    with Store.open(path, "lan") as store:
        loaded = load_bytes(TEXT.encode(), "a.txt")
        store.add_report(loaded.document, title="Giao ban")
        store.add_person("minh")
    return path


def sit_down(terminal: Terminals, name: str) -> Program:
    """Somebody at their terminal, in the report."""
    program = terminal.python("-c", PERSON, name)
    program.wait_for("Giao ban")
    program.settle()
    program.press("enter")
    program.wait_for("mặt bằng")
    program.settle()
    return program


@pytest.fixture
def both(terminal: Terminals, record: Path) -> Iterator[tuple[Program, Program]]:
    yield sit_down(terminal, "lan"), sit_down(terminal, "minh")


def test_each_sees_the_other_come_act_and_go(both: tuple[Program, Program], record: Path) -> None:
    lan, minh = both
    lan.wait_for("minh")
    minh.wait_for("lan")
    lan.press("j")
    lan.settle()
    before = minh.screen.cursor.y, minh.screen.cursor.x
    lan.press("1")
    minh.wait_for("1 passage", timeout=10)
    assert (minh.screen.cursor.y, minh.screen.cursor.x) == before
    minh.press("j", "j")
    minh.settle()
    minh.press("2")
    lan.wait_for("2 passages", timeout=10)
    lan.press("u")
    minh.wait_for("1 passage", timeout=10)
    minh.kill(9)
    lan.wait_for(lambda program: "minh" not in program.rows()[0], timeout=10)
    with Store.open(record, "lan") as store:
        assert store.check() == []


def test_two_on_one_passage_are_told(both: tuple[Program, Program]) -> None:
    lan, minh = both
    for each in (lan, minh):
        each.press("j")
        each.settle()
    lan.wait_for("minh is on this passage", timeout=10)
    minh.wait_for("lan is on this passage", timeout=10)
    minh.press("j")
    lan.wait_for("minh here", timeout=10)


def test_a_half_typed_note_stays_while_another_acts(both: tuple[Program, Program]) -> None:
    lan, minh = both
    minh.press("j")
    minh.settle()
    minh.press("1")
    minh.wait_for("1 passage")
    lan.wait_for("1 passage", timeout=10)
    minh.press("n")
    minh.settle()
    minh.press(*"dang go")
    minh.wait_for("dang go")
    lan.press("j", "j", "2")
    lan.wait_for("2 passages", timeout=10)
    minh.press(*" tiep")
    minh.wait_for("dang go tiep")


def test_anothers_act_costs_little_and_idleness_nothing(both: tuple[Program, Program]) -> None:
    lan, minh = both
    lan.wait_for("minh")
    minh.wait_for("lan")
    for each in both:
        each.settle(quiet=1.5)
    lan.press("j")
    time.sleep(2)
    minh.settle(quiet=1.5)
    cost = minh.measured(lambda: lan.press("1"), quiet=2.0)
    assert 0 < cost.size <= 2048
    lan.settle(quiet=1.5)
    silent = len(lan.output), len(minh.output)
    until = time.monotonic() + QUIET_SECONDS
    while time.monotonic() < until:
        lan.settle(quiet=0.1)
        minh.settle(quiet=0.1)
    assert (len(lan.output), len(minh.output)) == silent
