"""The demo in a real terminal: the samples, apart from one's own record, and what to do next."""

from __future__ import annotations

from tests.terminal.ptykit import Terminals


def test_the_demo_shows_the_samples_and_says_where_practice_is_kept(terminal: Terminals) -> None:
    program = terminal.reviewer("demo", "--lang", "en")
    program.wait_for("Lam Giang")
    program.press("q")
    assert program.exit_code() == 0
    said = program.text()
    assert "That was practice" in said and "import FILE" in said
    (kept,) = terminal.home.rglob("demo-*.db")
    assert kept.name in said.replace("\n", "")
    assert not list(terminal.home.rglob("reviewer.db"))
