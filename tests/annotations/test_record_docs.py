"""What is written for other programs about the record is so."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from annotations.models import Report
from annotations.store import Store

PAGE = Path(__file__).parent.parent.parent / "docs" / "record.md"


def test_every_table_and_every_column_of_the_issue_list_is_named(store: Store) -> None:
    page = PAGE.read_text(encoding="utf-8")
    tables = store._rows("SELECT name FROM sqlite_master WHERE type = 'table'")
    hidden = ("sqlite_", "_sqlite_", "annotation_search_")
    names = [name for (name,) in tables if not name.startswith(hidden)]
    columns = [row[1] for row in store._rows("PRAGMA table_info(issue_list)")]
    assert [name for name in (*names, *columns) if f"`{name}`" not in page] == []


def test_the_hash_is_what_the_page_says(store: Store, report: Report) -> None:
    (change,) = store._rows(
        "SELECT c.id, c.at, w.name, c.act, c.undoes, c.report_id, c.hash FROM changes c"
        " JOIN reviewers w ON w.id = c.reviewer_id"
    )
    items = store._rows("SELECT kind, item_id, before, after FROM change_items ORDER BY position")
    said = json.dumps(["", *change[:6], [list(item) for item in items]], ensure_ascii=False)
    assert change[6] == hashlib.sha256(said.encode()).hexdigest()
