"""Exports from the command line: columns, byte order marks, what they say of themselves, a bar meanwhile."""

from __future__ import annotations

import codecs
import io
import json
import re
import sqlite3
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from annotations import chain
from annotations.database import connect
from annotations.filters import IssueFilter
from annotations.issue_rows import COLUMNS, IssueRow
from annotations.store import Store
from reviewer.cli import exports
from reviewer.exporting import export_list
from reviewer.place import account_name
from tests.reviewer.cli_kit import Shell

ANCHOR = re.compile(r"\d+:[0-9a-f]{64}")
WITH_ANCHOR = ("md", "html", "xlsx", "docx", "w3c")
FORMATS = ("csv", "tsv", "json", "jsonl", *WITH_ANCHOR)


@pytest.fixture
def shell(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> Shell:
    """A report with two issues, one of them due."""
    monkeypatch.setenv("REVIEWER_SETTINGS", str(tmp_path / "none.toml"))
    made = Shell(tmp_path, capsysbinary)
    assert made("import", made.file("giao-ban.txt")).code == 0
    for quote, *more in (
        ("tiến độ giải phóng mặt bằng", "--agency", "Sở Xây dựng", "--due", "2023-06-30"),
        ("ô nhiễm môi trường", "--note", "=1+1"),
    ):
        assert made("annotate", "giao-ban", "--quote", quote, "--tag", "gpmb", *more).code == 0
    return made


def exported(shell: Shell, kind: str, *words: str) -> bytes:
    path = shell.folder / f"out.{kind}"
    ran = shell("export", "--format", kind, "-o", path, "--force", *words)
    assert ran.code == 0, ran.err
    return path.read_bytes()


def words_of(data: bytes) -> str:
    """All that stands in a file, office files unpacked."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            data = b"\n".join(parts.read(name) for name in parts.namelist())
    return data.decode("utf-8", "replace")


def test_columns_are_those_asked_for_in_that_order(shell: Shell) -> None:
    table = shell("export", "--format", "csv", "--columns", "due, id,passage").out.splitlines()
    assert table == ["due,id,passage", "2023-06-30,1,tiến độ giải phóng mặt bằng", ",2,ô nhiễm môi trường"]
    assert shell("issues", "--columns", "id,due").out == "id\tdue\n1\t2023-06-30\n2\t\n"
    assert shell("issues", "--columns", "id,status", "--json").json[0] == {"id": 1, "status": "open"}
    assert json.loads(exported(shell, "json", "--columns", "id"))[1] == {"id": 2}
    refused = shell("export", "--columns", "id,pasage")
    assert refused.code == 2
    assert "passage" in refused.err


def test_columns_can_be_those_of_a_view(shell: Shell) -> None:
    assert shell("views", "save", "Hạn", "status:open", "--columns", "due,passage:40").code == 0
    assert shell("export", "--view", "han", "--columns", "view").out.startswith("due,passage\r\n")
    assert shell("export", "--view", "han").out.startswith(",".join(COLUMNS))
    refused = shell("export", "--columns", "view")
    assert refused.code == 2
    assert "--view" in refused.err


@pytest.mark.parametrize(
    ("words", "marked"),
    [
        ((), False),
        (("--headers", "vi"), True),
        (("--headers", "vi", "--no-bom"), False),
        (("--bom",), True),
    ],
)
def test_a_table_for_people_begins_with_a_byte_order_mark(
    shell: Shell, words: tuple[str, ...], marked: bool
) -> None:
    for kind in ("csv", "tsv"):
        assert exported(shell, kind, *words).startswith(codecs.BOM_UTF8) == marked
    printed = shell("export", "--headers", "vi").out
    assert not printed.startswith("\ufeff"), "a pipe gets none unasked"


def test_people_s_headers_bring_people_s_words(shell: Shell) -> None:
    (first, _second) = shell("export", "--headers", "vi").rows
    assert (first["Trạng thái"], first["Vị trí trong bản mới"]) == ("Chưa xử lý", "đúng chỗ")
    assert shell("export").rows[0]["status"] == "open"


@pytest.mark.parametrize("kind", FORMATS)
def test_one_state_makes_one_file(shell: Shell, kind: str) -> None:
    words = ("--headers", "en", "--today", "2023-07-01")
    assert exported(shell, kind, *words) == exported(shell, kind, *words)


def test_formats_for_people_say_what_is_overdue_on_the_day_asked_for(shell: Shell) -> None:
    assert 'class="overdue"' not in words_of(exported(shell, "html", "--today", "2023-06-30"))
    assert 'class="overdue"' in words_of(exported(shell, "html", "--today", "2023-07-01"))
    assert "(overdue)" in words_of(exported(shell, "docx", "--today", "2023-07-01"))
    late = words_of(exported(shell, "md", "--today", "2023-07-01"))
    assert "| Sở Xây dựng | 0 | 0 | 0 | 1 | 1 |" in late
    assert "Deadlines as of: 2023-07-01" in late
    assert "Deadlines" not in words_of(exported(shell, "md", "due:none")), "no deadlines, no grid of them"


def test_beside_a_table_stands_what_made_it_if_asked_for(shell: Shell) -> None:
    exported(shell, "csv", "status:open", "--about")
    said = json.loads((shell.folder / "out.csv.about.json").read_text("utf-8"))
    assert (said["filter"], said["count"], said["columns"]) == ("status:open", 2, list(COLUMNS))
    assert shell("verify", "--anchor", said["anchor"]).code == 0
    assert shell("export", "--about").code == 2


def forged(database: Path) -> None:
    """Edit a row of the history and seal everything after it anew, as one who knows how would."""
    plain = sqlite3.connect(database)
    plain.execute("UPDATE change_items SET after = replace(after, 'giải phóng', 'x')")
    plain.execute("UPDATE annotations SET exact = replace(exact, 'giải phóng', 'x')")
    plain.commit()
    plain.close()
    connection = connect(database)
    connection.execute("BEGIN IMMEDIATE")
    chain.seal_all(connection)
    connection.execute("COMMIT")
    connection.close()


@pytest.mark.parametrize("kind", WITH_ANCHOR)
def test_the_anchor_in_an_export_finds_an_edited_row(shell: Shell, kind: str) -> None:
    (anchor,) = set(ANCHOR.findall(words_of(exported(shell, kind))))
    shell("update", "2", "--note", "sau đó")
    assert shell("verify", "--anchor", anchor).code == 0, "what came after the export is no matter"
    assert shell("verify", "--anchor", anchor[:20] + "\n  " + anchor[20:]).code == 0
    forged(shell.database)
    assert shell("verify").code == 0, "the file alone does not show it"
    found = shell("verify", "--anchor", anchor)
    assert found.code == 2
    assert anchor.partition(":")[0] in found.out


@pytest.mark.parametrize("kind", ["csv", "tsv", "json", "jsonl"])
def test_tables_and_objects_hold_the_list_and_nothing_else(shell: Shell, kind: str) -> None:
    assert not ANCHOR.search(exported(shell, kind).decode())


def test_rows_and_anchor_are_of_one_moment_whatever_others_do(shell: Shell) -> None:
    path = shell.folder / "issues.md"
    with Store.open(shell.database, account_name()) as store:
        before = str(store.anchor())

        def meanwhile(rows: Iterator[IssueRow], _count: int) -> Iterator[IssueRow]:
            for number, row in enumerate(rows):
                if not number:
                    with Store.open(shell.database, account_name()) as other:
                        other.edit_many([(1, 1), (2, 1)], note="giữa chừng")
                yield row

        export_list(store, IssueFilter(), path, "md", watch=meanwhile)
    said = path.read_text("utf-8")
    assert before in said and "giữa chừng" not in said
    assert "giữa chừng" in shell("export", "--format", "md").out


class Watched(io.StringIO):
    """A standard error that somebody sees."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("patience", "shown"), [(-1.0, True), (60.0, False)])
def test_a_bar_is_shown_once_an_export_takes_long(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, patience: float, shown: bool
) -> None:
    whole = exported(shell, "csv")
    monkeypatch.setattr(exports, "PATIENCE", patience)
    monkeypatch.setattr(exports, "_CHECK", 1)
    monkeypatch.setattr(sys, "stderr", watched := Watched())
    assert exported(shell, "csv") == whole
    assert ("exporting" in watched.getvalue()) == shown


def test_ctrl_c_in_the_middle_leaves_nothing(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    before = exported(shell, "csv")

    def pressed(*_: object) -> Callable[..., object]:
        raise KeyboardInterrupt

    monkeypatch.setattr(exports._Bar, "watched", pressed)
    assert shell("export", "-o", shell.folder / "out.csv", "--force").code == 130
    assert (shell.folder / "out.csv").read_bytes() == before
    assert not list(shell.folder.glob("*.part")) + list(shell.folder.glob(".*.part"))
