"""Every word of the filter through the command line and the exports, against a filter in plain Python."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from annotations.filters import parse_filter
from reviewer.place import account_name
from tests.annotations.conftest import shipped_database  # noqa: F401
from tests.annotations.test_issues import SINGLE, TODAY, Record, record  # noqa: F401
from tests.reviewer.cli_kit import Shell

PAIRS = [
    f"{one} {two}" for one, two in zip(SINGLE, random.Random(5).sample(SINGLE, len(SINGLE)), strict=True)
]


@pytest.fixture
def on_the_record(
    tmp_path: Path,
    capsysbinary: pytest.CaptureFixture[bytes],
    monkeypatch: pytest.MonkeyPatch,
    record: Record,  # noqa: F811
) -> Shell:
    """A command line on the random annotations, whose reviewers it is one of."""
    if account_name() not in {person.name for person in record.store.people()}:
        record.store.add_person(account_name())
    monkeypatch.setenv("REVIEWER_SETTINGS", str(tmp_path / "none.toml"))
    shell = Shell(tmp_path, capsysbinary)
    shell.database = record.store.path
    return shell


@pytest.mark.parametrize("text", ["", *SINGLE, *PAIRS[:40]])
def test_the_same_rows_in_list_and_export(
    on_the_record: Shell,
    record: Record,  # noqa: F811
    text: str,
) -> None:
    expected = record.expected(parse_filter(text))
    listed = on_the_record("issues", "--json", "--today", TODAY, "--", text)
    assert [row["id"] for row in listed.json] == expected
    written = on_the_record("export", "--format", "csv", "--today", TODAY, "--", text)
    assert [int(row["id"]) for row in written.rows] == expected
    assert written.code == listed.code == (0 if expected else 1)
