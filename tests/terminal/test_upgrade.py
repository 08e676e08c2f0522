"""A newer program updates the record while a session of this one is open: real processes, one file."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotations.connection import user_version
from annotations.schema import SCHEMA_VERSION
from annotations.store import Store
from reports.load import load_bytes
from reports.passage import make_passage
from reviewer.place import account_name
from tests.reviewer.app_kit import TEXT
from tests.terminal.ptykit import Terminals
from tests.waiting import until

NEWER = """
import sys
from annotations import schema
schema.STEPS = (*schema.STEPS, ("9999_priority", '''
ALTER TABLE annotations ADD COLUMN priority INTEGER NOT NULL DEFAULT 0;
ALTER TABLE drafts ADD COLUMN colour TEXT;
'''))
schema.SCHEMA_VERSION = len(schema.STEPS)
from reviewer.__main__ import main
sys.exit(main(sys.argv[1:]))
"""
"""This program, one format on."""


@pytest.fixture
def record(terminal: Terminals) -> Path:
    """A record with a report and an annotation without a note."""
    terminal.home.mkdir(parents=True, exist_ok=True)
    path = terminal.home / "reviewer.db"
    with Store.open(path, account_name()) as store:
        document = load_bytes(TEXT.encode(), "a.txt").document
        report = store.add_report(document, title="Giao ban").report
        start = document.text.index("tiến độ")
        store.annotate(report.id, report.revision_id, make_passage(document, start, start + 27))
    return path


def version(path: Path) -> int:
    connection = open_file_of_any_version(path)
    try:
        return user_version(connection)
    finally:
        connection.close()


def open_file_of_any_version(path: Path):
    from annotations.sqlite import sqlite3

    return sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)


def drafts(path: Path) -> list[str]:
    connection = open_file_of_any_version(path)
    try:
        return [text for (text,) in connection.execute("SELECT text FROM drafts")]
    finally:
        connection.close()


def update(terminal: Terminals) -> None:
    """What whoever installs the new version does: start it once."""
    program = terminal.python("-c", NEWER, "reports")
    assert program.exit_code() == 0, program.text()


def test_a_session_reads_on_keeps_what_is_typed_and_says_to_reconnect(
    terminal: Terminals, record: Path
) -> None:
    old = terminal.reviewer("--lang", "en")
    old.wait_for("Giao ban")
    old.settle()
    old.press("enter")
    old.wait_for("mặt bằng")
    old.settle()
    old.press("]", "n")
    old.wait_for("Note")
    old.settle()
    old.press(*"before")
    until(lambda: drafts(record) == ["before"])

    update(terminal)
    assert version(record) == SCHEMA_VERSION + 1
    (copy,) = record.parent.glob("*.bak")
    assert version(copy) == SCHEMA_VERSION

    old.press(*" and after")
    until(lambda: drafts(record) == ["before and after"])
    old.press("ctrl+s")
    old.wait_for("please reconnect")
    assert drafts(record) == ["before and after"]
    old.settle()
    old.press("j", "1", "k")
    old.settle()
    old.press("L")
    old.wait_for("/ filter")
    old.settle()
    old.press("ctrl+q")
    assert old.exit_code() == 0
    assert "Traceback" not in old.text()
    assert drafts(record) == ["before and after"]

    new = terminal.python("-c", NEWER, "--lang", "en")
    new.wait_for("mặt bằng")
    new.settle()
    new.press("]", "n")
    new.wait_for("before and after")
    new.press("ctrl+s")
    until(lambda: drafts(record) == [])
    new.press("ctrl+q")
    assert new.exit_code() == 0
    for words in (["check"], ["verify"], ["issues"]):
        done = terminal.python("-c", NEWER, *words)
        assert done.exit_code() == 0, done.text()
    assert done.text().count("giao-ban") == 1


def test_a_program_that_is_older_than_the_record_says_so_and_leaves_it_alone(
    terminal: Terminals, record: Path
) -> None:
    update(terminal)
    before = record.read_bytes()
    for words in ([], ["reports"], ["check"], ["issues"]):
        old = terminal.reviewer("--lang", "en", *words, size=(200, 24))
        assert old.exit_code() == 2
        assert "newer version" in old.text().replace("\n", " ")
        assert "Traceback" not in old.text()
    assert record.read_bytes() == before
    assert not list(record.parent.glob("reviewer.db-wal"))


def test_several_that_find_an_older_record_update_it_once(terminal: Terminals, record: Path) -> None:
    running = [terminal.python("-c", NEWER, "reports") for _ in range(5)]
    assert [each.exit_code() for each in running] == [0] * 5
    assert len(list(record.parent.glob("*.bak"))) == 1
    assert version(record) == SCHEMA_VERSION + 1
