"""Two people on one report, each in a terminal: what each sees of the other, and what that costs."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from annotations.store import Store
from reports.load import load_bytes
from tests.reviewer.app_kit import TEXT
from tests.terminal.ptykit import Program, Terminals
from tests.waiting import let_pass, until

PERSON = (
    "import sys; from reviewer import place; place.speak_for(sys.argv[1]);"
    " from reviewer.launch import run; sys.exit(run([]))"
)
IDLE = float(os.environ.get("IDLE_SECONDS", "6"))
"""Seconds for which nobody does anything; `make storm` waits for a minute."""
COST = 2048
"""Bytes that somebody else's act may cost on a screen, at most."""


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
    assert "on this passage" not in lan.text()


def test_ranges_that_overlap_are_one_passage_for_both(both: tuple[Program, Program]) -> None:
    """Lan has a paragraph, Minh a word in the middle of it: each is told, and neither is kept from it."""
    lan, minh = both
    lan.press("}", "}")
    minh.press("}", "}", "w", "w", "w")
    lan.wait_for("minh is on this passage", timeout=10)
    minh.wait_for("lan is on this passage", timeout=10)
    minh.press("1")
    minh.wait_for("1 passage")
    lan.wait_for("1 passage", timeout=10)
    assert "on this passage" in lan.rows()[0]


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
    assert "dang go tiep" in minh.text()


def test_a_free_selection_stays_while_another_acts(both: tuple[Program, Program], record: Path) -> None:
    lan, minh = both
    minh.press("j", "w", "v", "w", "w")
    minh.wait_for("selecting")
    minh.settle()
    before = minh.rows()[1:6]
    lan.press("}", "}", "1")
    minh.wait_for("1 passage", timeout=10)
    assert "selecting" in minh.rows()[0]
    assert [row[4:70] for row in minh.rows()[1:5]] == [row[4:70] for row in before[:4]]
    minh.press("2")
    minh.wait_for("2 passages")
    with Store.open(record, "lan") as store:
        first, second = sorted(store.annotations(1), key=lambda each: each.start)
        assert (len(first.exact.split()), first.reviewer, second.reviewer) == (3, "minh", "lan")


def note(who: Program, text: str) -> None:
    """Write on the end of the note of what is chosen, and save it."""
    who.press("n")
    who.settle()
    who.press(*text)
    who.wait_for(text)
    who.press("f2")
    who.settle()


def test_what_each_of_two_sees_of_the_other_key_by_key(both: tuple[Program, Program], record: Path) -> None:
    lan, minh = both
    with Store.open(record, "lan") as store:
        lan.press("j", "1")
        minh.wait_for("1 passage", timeout=10)
        minh.press("j")
        minh.settle()
        minh.press("2")
        until(lambda: len(store.annotation(1).tags) == 2)
        labels = [tag.label("en").split()[0] for tag in store.tags() if tag.id in store.annotation(1).tags]
        for each in both:
            each.wait_for(lambda program: all(label in program.text() for label in labels), timeout=10)
        note(lan, "tu Lan")
        minh.wait_for("tu Lan", timeout=10)
        lan.press("s")
        lan.settle()
        lan.press("r")
        lan.settle()
        lan.press("enter")
        minh.wait_for("resolved", timeout=10)
        assert (store.annotation(1).note, store.annotation(1).status) == ("tu Lan", "resolved")


def test_one_note_written_by_both_is_put_before_the_second(
    both: tuple[Program, Program], record: Path
) -> None:
    lan, minh = both
    with Store.open(record, "lan") as store:
        lan.press("j", "1")
        minh.wait_for("1 passage", timeout=10)
        minh.press("j", "n")
        minh.settle()
        minh.press(*"cua Minh")
        minh.wait_for("cua Minh")
        note(lan, "cua Lan")
        until(lambda: store.annotation(1).note == "cua Lan")
        minh.press("f2")
        minh.wait_for("lan changed this meanwhile")
        minh.wait_for(lambda program: "cua Lan" in program.text() and "cua Minh" in program.text())
        minh.press("b")
        until(lambda: "cua Minh" in store.annotation(1).note)
        assert "cua Lan" in store.annotation(1).note
        lan.wait_for("cua Minh", timeout=10)


def test_what_one_has_open_the_other_deletes(both: tuple[Program, Program], record: Path) -> None:
    lan, minh = both
    with Store.open(record, "lan") as store:
        minh.press("j", "1")
        lan.wait_for("1 passage", timeout=10)
        minh.press("n")
        minh.settle()
        minh.press(*"van con day")
        minh.wait_for("van con day")
        lan.press("j", "x")
        until(lambda: store.annotation(1).deleted)
        minh.wait_for("van con day")
        minh.press("f2")
        minh.wait_for("lan deleted this meanwhile")
        minh.press("m")
        until(lambda: store.annotation(1).note == "van con day")
        assert not store.annotation(1).deleted
        lan.wait_for("van con day", timeout=10)


def test_an_undo_takes_back_ones_own_act_alone(both: tuple[Program, Program], record: Path) -> None:
    lan, minh = both
    with Store.open(record, "lan") as store:
        lan.press("j", "1")
        minh.wait_for("1 passage", timeout=10)
        minh.press("j", "j", "2")
        lan.wait_for("2 passages", timeout=10)
        lan.press("u")
        until(lambda: store.annotation(1).deleted)
        minh.wait_for("1 passage ", timeout=10)
        assert not store.annotation(2).deleted
        lan.press("u")
        lan.wait_for("minh has marked")
        lan.press("ctrl+r")
        until(lambda: not store.annotation(1).deleted)
        minh.wait_for("2 passages", timeout=10)
        minh.press("x")
        until(lambda: store.annotation(2).deleted)
        assert store.check() == []


def test_what_is_somebody_elses_is_not_offered_for_deletion(
    both: tuple[Program, Program], record: Path
) -> None:
    lan, minh = both
    lan.press("j", "1")
    minh.wait_for("1 passage", timeout=10)
    assert "x delete" in minh.text()
    minh.press("j")
    minh.wait_for(lambda program: "x delete" not in program.text())
    minh.press("x")
    minh.wait_for("somebody else's")
    with Store.open(record, "lan") as store:
        assert not store.annotation(1).deleted


def in_library(who: Program) -> None:
    who.press("escape")
    who.wait_for("Reports")


def in_reading(_who: Program) -> None:
    """Where everybody begins."""


def in_issues(who: Program) -> None:
    who.press("L")
    who.wait_for("Issue list")


def in_history(who: Program) -> None:
    who.press("H")
    who.wait_for("History")


def in_details(who: Program) -> None:
    who.press("escape")
    who.wait_for("Reports")
    who.press("E")
    who.wait_for("Details of the report")


PLACES = [in_library, in_reading, in_issues, in_history, in_details]


@pytest.mark.parametrize("go", PLACES)
def test_anothers_act_costs_little_and_idleness_nothing(
    both: tuple[Program, Program], go: Callable[[Program], None], capsys: pytest.CaptureFixture[str]
) -> None:
    lan, minh = both
    lan.wait_for("minh")
    minh.wait_for("lan")
    lan.press("j")
    go(minh)
    for each in both:
        each.settle(quiet=1.5)
    cost = minh.measured(lambda: lan.press("1"), quiet=3.0)
    with capsys.disabled():
        print(f" {go.__name__}: {cost.size} bytes, the last after {cost.last:.2f} s", end="")
    assert cost.size <= COST
    assert cost.size or go is in_details
    for each in both:
        each.settle(quiet=1.5)
    # Idleness is what is tested: nothing may be written for as long as this lasts.
    assert not let_pass(IDLE, [lan._master, minh._master]), (lan.output[-200:], minh.output[-200:])
