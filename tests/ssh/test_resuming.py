"""After a line has dropped the next login shows what the last one showed: list, place, half a note."""

from __future__ import annotations

import time
from collections.abc import Callable

from annotations.store import Store
from tests.ssh.logins import Login, open_report, step_on
from tests.ssh.sshkit import Server

LOST = 1.0
"""Seconds of typing that a line may take with it."""
BUSY = 0.5
"""Seconds that a machine with other work may take to get a key to where it is kept."""


def write_note(at: Login) -> None:
    """Open the note of an annotation of the report."""
    open_report(at)
    at.program.press("]")
    at.program.settle()
    at.program.press("n")
    at.program.settle()


def test_the_filter_of_the_issue_list_and_the_row_in_it(login: Callable[[str], Login]) -> None:
    first = login("van")
    first.program.wait_for("Giao ban")
    first.program.settle()
    first.program.press("L", "f")
    first.program.settle()
    first.program.press(*"tag:o-nhiem", "enter")
    first.program.wait_for(lambda program: "Thi công" not in program.text())
    first.program.settle(1)
    shown = first.program.rows()[:8]
    first.drop()
    again = login("van")
    again.program.wait_for("tag:o-nhiem")
    again.program.settle(1)
    assert again.program.rows()[:8] == shown


def test_the_report_and_the_place_in_it(login: Callable[[str], Login]) -> None:
    first = login("minh")
    open_report(first)
    for _ in range(3):
        step_on(first)
    first.program.settle()
    bars = [row for row, text in enumerate(first.program.rows()) if text.startswith("▌")]
    first.drop()
    again = login("minh")
    again.program.wait_for("mặt bằng")
    again.program.settle()
    assert bars and [row for row, text in enumerate(again.program.rows()) if text.startswith("▌")] == bars


def test_no_more_than_a_second_of_typing_is_lost_and_the_rest_is_in_the_field(
    ssh: Server, login: Callable[[str], Login]
) -> None:
    first = login("lan")
    write_note(first)
    typed: list[tuple[float, str]] = []
    for number in range(100, 160):
        for letter in f"{number} ":
            first.program.press(letter)
            first.program.settle(0.01)
            typed.append((time.monotonic(), letter))
    dropped = time.monotonic()
    first.drop()
    with Store.open(ssh.database, "lan") as store:
        (kept,) = store.drafts().values()
    assert "".join(letter for _, letter in typed).startswith(kept)
    lost = [when for when, _ in typed[len(kept) :]]
    assert not lost or dropped - lost[0] < LOST + BUSY
    again = login("lan")
    write_note(again)
    again.program.wait_for(kept.split()[-1])
