"""Hostile text in every place that data can be in: no control byte reaches the terminal, no markup acts."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from annotations.models import Link, ReviewerRole, Role, Status
from annotations.sqlite import sqlite3
from annotations.store import Store
from reports.document import Document
from reports.load import load_bytes
from reports.passage import make_passage
from tests.terminal.ptykit import QUIET, ROOT

ESCAPE = 0.3
"""Seconds until Esc alone is no beginning of a longer key, with some to spare."""
PAYLOADS = ROOT.parent / "shared" / "payloads" / "payloads.json"

OWN = [
    "A\x1b[2J\x1b[HB",
    "A\x1b]0;PWNTITLE\x07B",
    "A\x1b]52;c;cHduZWQ=\x07B",
    "A\x1b]8;;http://evil.example/\x1b\\click\x1b]8;;\x1b\\B",
    "A\x1bP$q q\x1b\\B",
    "A\x9b2JB\x90x\x9cC",
    "A\x0e\x0f\x08\x7fB",
    "[red]RED[/red] [/] [b",
    "[@click=app.quit]x[/]",
    "[link=file:///etc/passwd]x[/link] :smile:",
    "a\u202egnp.exe\u2066b\u2069 \U000e0041",
]

# What the program itself may write: SGR, moves, erasing, modes, scrolling, its own questions.
_OURS = re.compile(
    rb"\x1b\[[0-9;:]*[mHJKXCDABEFGdrLMPST@]|\x1b\[[<=>?][0-9;:]*[a-zA-Z$]+|\x1b\[[0-9;]* q|\x1b\[!p"
    rb"|\x1b[=>78]"
    rb"|\x1b\[\?[0-9;]+\$p|\x1b\[[0-9;]*[ghlnstu]|\x1b\]22;[a-z]*\x07"
)
_CONTROL = re.compile(
    rb"[\x00-\x07\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80[\xaa-\xae]|\xe2\x81[\xa6-\xa9]"
)


def payloads() -> list[str]:
    texts = list(OWN)
    if PAYLOADS.exists():
        data = json.loads(PAYLOADS.read_text(encoding="utf-8"))
        texts += [one["text"] for kind in ("terminal", "unicode", "markup") for one in data[kind]]
    return texts


def forbidden() -> list[bytes]:
    """Sequences of the payloads, as they stand in them, that would act on a terminal."""
    found = [b"\x1b[2J\x1b[HB", b"\x1b]0;", b"\x1b]52;", b"\x1b]8;", b"\x1bP$q"]
    if PAYLOADS.exists():
        data = json.loads(PAYLOADS.read_text(encoding="utf-8"))
        found += [bytes.fromhex(part) for one in data["terminal"] for part in one["must_not_reach_tty"]]
    return found


def leaks(output: bytes) -> list[bytes]:
    """What was written that is neither text nor one of the program's own sequences."""
    rest = _OURS.sub(b"", output)
    found = [match.group() for match in re.finditer(rb"\x1b.{0,12}", rest, re.DOTALL)]
    return found + [match.group() for match in _CONTROL.finditer(rest)]


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """A database with the payloads as report text, title, issuer, note, tag, agency, comment, view, person,
    and as what was there before and after in the history."""
    path = tmp_path / "home" / "reviewer.db"
    path.parent.mkdir(parents=True)
    texts = payloads()
    body = "Báo cáo thử\n\n" + "\n\n".join(f"Đoạn {n}: {text} còn chậm." for n, text in enumerate(texts, 1))
    loaded = load_bytes(body.encode("utf-8", "replace"), "thu.txt")
    with Store.open(path, "root") as store:
        report = store.add_report(
            loaded.document,
            title="Báo cáo " + "".join(OWN),
            issuer="".join(OWN),
            source="".join(OWN),
            date="2023-04-01",
            period="2023-Q1",
        ).report
        tag = store.create_tag("Thẻ " + "".join(OWN[:3] + OWN[7:])).items[0].item_id
        agency = store.create_agency("Sở " + "".join(OWN[:3] + OWN[7:])).items[0].item_id
        for block in list(loaded.document.blocks)[1:40]:
            store.annotate(
                report.id,
                report.revision_id,
                make_passage(loaded.document, block.start, block.end),
                tags=(tag,),
                links=(Link(agency, Role.LEAD),),
                note="\n".join(OWN),
            )
        _live(store, load_bytes((body + "\n\nThêm.").encode("utf-8", "replace"), "sau.txt").document, tag)
    _spoil(path)
    return path


def _live(store: Store, document: Document, tag: int) -> None:
    """What comes of issues: an owner, comments, views, a later report that has them again, a new text."""
    person = store.add_person("Người " + "".join(OWN[7:]), ReviewerRole.LEAD).items[0].item_id
    for text in payloads():
        store.comment(1, text)
    store.set_owner(1, store.annotation(1).version, person)
    store.set_status(1, store.annotation(1).version, Status.RESOLVED)
    store.set_note(1, store.annotation(1).version, "".join(reversed(payloads())))
    store.edit_tag(tag, 1, definition_vi="".join(OWN))
    for number, text in enumerate(OWN):
        store.save_view(f"Xem {number} {text}"[:60], "status:open", columns=[("id", 0), ("passage", 0)])
    store.share_view(1, 1, True)
    later = store.add_report(
        document, title="Sau " + "".join(OWN), date="2024-01-01", period="2024-Q1"
    ).report
    block = list(document.blocks)[1]
    passage = make_passage(document, block.start, block.end)
    store.annotate(later.id, later.revision_id, passage, tags=(tag,), note="".join(OWN))
    with Store.open(store.path, store.people()[1].name) as other:
        other.set_note(2, other.annotation(2).version, "".join(OWN))
    store.delete(3, store.annotation(3).version)


def _spoil(path: Path) -> None:
    """Write past the program what it would not let in: control bytes as they are."""
    raw = "".join(OWN)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE comments SET text = text || ? WHERE id % 3 = 0", (raw,))
        connection.execute("UPDATE views SET name = name || ? WHERE id % 2 = 0", (raw,))
        connection.execute("UPDATE reviewers SET name = name || ? WHERE id = 2", (raw,))
        connection.execute("UPDATE annotations SET note = note || ? WHERE id = 4", (raw,))
        connection.execute("UPDATE agencies SET name = name || ? WHERE id > 3 AND id % 2 = 0", (raw,))
    connection.close()


def test_no_payload_reaches_the_terminal_on_any_screen(terminal, record: Path) -> None:
    program = terminal.reviewer("--db", str(record), "--lang", "en")
    program.wait_for("Báo cáo")
    program.settle()
    screens = (
        ("E", "escape"),
        ("e", "escape"),
        ("i", "escape"),
        ("?", "escape"),
        ("ctrl+p", "escape"),
        ("W", "escape"),
        ("H", "j", "j", "enter", "escape", "escape"),
        ("b", "b", "b", "2", "j", "l", "b", "3", "j", "4", "j", "escape"),
        ("/", *"bao cao", "enter"),
    )
    for keys in screens:
        for key in keys:
            program.press(key)
            program.settle(ESCAPE if key == "escape" else QUIET)
    program.press("enter")
    program.wait_for("Đoạn 1")
    for keys in (
        ("j", "]", "]", "["),
        ("pagedown",) * 12,
        ("home", "]"),
        ("t", "escape"),
        ("t", *"the", "escape"),
        ("a", "escape"),
        ("a", *"so", "down", "escape"),
        ("n", "escape"),
        ("s", "escape"),
        ("d", "escape"),
        ("tab", "j", "j", "tab"),
        ("x", "u"),
        ("e", "escape"),
        ("/", *"doan", "enter", ">", "<", "escape"),
        ("r", *"ng", "escape"),
        ("m", "pageup", "pagedown", "escape"),
        ("p", "escape"),
        ("H", "j", "j", "J", "pagedown", "end", "escape"),
        ("D", "escape"),
        ("L", "j", "j", "pagedown"),
        (")", ")", ")", "2", "v", "j", "r", "escape", "escape"),
        ("C", "j", "j", "escape"),
        ("w", "escape"),
        ("W", "escape"),
        ("r", "escape"),
        ("m", "pageup", "escape"),
        ("p", "escape"),
        ("H", "j", "end", "escape"),
        ("tab", "j", "j", "escape"),
        ("/", *"owner:", "down", "down", "escape"),
        ("b", "1", "b", "enter", "j", "escape"),
        ("home", "*", "s", "escape", "r", "escape", "escape"),
    ):
        for key in keys:
            program.press(key)
            program.settle(ESCAPE if key == "escape" else QUIET)
    assert program.process.poll() is None, program.text()
    program.press("q")
    assert program.exit_code() == 0
    assert leaks(program.output) == []
    assert [part for part in forbidden() if part in program.output] == []


def test_markup_is_shown_and_does_nothing(terminal, record: Path) -> None:
    program = terminal.reviewer("--db", str(record), "--lang", "en")
    program.wait_for("Báo cáo")
    program.press("enter")
    program.wait_for("Đoạn 8")
    program.press("/", *"@click=app.quit", "enter")
    program.wait_for("[@click=app.quit]x[/]")
    program.click_on("[@click=app.quit]")
    program.settle()
    assert "[@click=app.quit]x[/]" in program.text()
    assert program.process.poll() is None


def test_commands_print_no_control_bytes(terminal, record: Path) -> None:
    for words in (
        ("earlier", "40"),
        ("views",),
        ("comments", "1"),
        ("views", "--json"),
        ("grid",),
        ("line", "1"),
        ("people", "list"),
        ("agencies", "list"),
        ("revisions", "1"),
        ("issues", "--columns", "id,owner,note,tags"),
        ("issues", "--view", "xem 1"),
        ("history", "--annotation", "1"),
        ("history", "--deleted"),
        ("stats", "--by", "agency,tag", "--chart"),
        ("stats", "--by", "owner", "--chart"),
        ("stats", "--trend"),
        ("reports",),
        ("show", "1"),
        ("issues",),
        ("history",),
        ("tags", "list"),
        ("stats", "--by", "tag"),
    ):
        program = terminal.reviewer("--db", str(record), *words)
        assert program.exit_code() == (2 if "--view" in words else 0), program.text()
        assert leaks(program.output.replace(b"\r\n", b"")) == [], words
