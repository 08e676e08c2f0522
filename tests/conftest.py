"""Tables that tests make of what they measured, printed when all have run, whichever process ran them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest

from annotations.connection import Connection
from annotations.sqlite import sqlite3
from annotations.store.record import Record

Row = Callable[..., None]
"""Puts a line (second) into the table of a title (first), at its place by a number (third) or as it comes."""

_MARK = "table: "


@pytest.fixture
def row(record_property: Callable[[str, object], None]) -> Row:
    """Put a line into a table that stands in the output of the run, also of one in many processes."""

    def put(title: str, line: str, order: int = 0) -> None:
        record_property(f"{_MARK}{title}", (order, line))

    return put


@pytest.fixture(autouse=True)
def every_store_is_closed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Close what a test opened and left open: thousands of tests in one process would run out of files."""
    opened: list[Record] = []
    make = Record.__init__

    def made(self: Record, connection: Connection, reviewer: str) -> None:
        make(self, connection, reviewer)
        opened.append(self)

    monkeypatch.setattr(Record, "__init__", made)
    yield
    for record in opened:
        # One of another thread, which has ended, is closed with it.
        with suppress(sqlite3.ProgrammingError):
            record._connection.close()
            record._ticket.close()


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print the tables."""
    tables: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for reports in terminalreporter.stats.values():
        for report in reports:
            if getattr(report, "when", "") == "call":
                for name, value in getattr(report, "user_properties", ()):
                    if str(name).startswith(_MARK):
                        tables[name.removeprefix(_MARK)].append((value[0], value[1]))
    for title, lines in sorted(tables.items()):
        terminalreporter.write_sep("-", title)
        for _order, line in sorted(lines, key=lambda each: each[0]):
            terminalreporter.write_line(line)
