"""Folders come in with a summary; what is broken off in the middle is whole or not there, and goes on."""

from __future__ import annotations

import os
import pty
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from annotations.database import check
from annotations.models import Placement
from annotations.store import Store
from reports.load import load_bytes
from reports.passage import make_passage
from reviewer.place import account_name
from tests.reviewer.cli_kit import Shell
from tests.terminal.ptykit import Program, environment
from tests.waiting import let_pass

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def shell(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> Shell:
    return Shell(tmp_path, capfdbinary)


def text_of(number: int) -> str:
    return f"Báo cáo số {number}\n\nViệc thứ {number} của cơ quan còn chậm."


def folder_of(tmp_path: Path, count: int) -> Path:
    folder = tmp_path / "báo cáo"
    for number in range(count):
        path = folder / f"{number // 10}" / f"{number:03}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text_of(number), encoding="utf-8")
    return folder


def start(database: Path, *words: str | Path) -> subprocess.Popen[bytes]:
    argv = [sys.executable, "-m", "reviewer", "--lang", "en", "--db", str(database), *map(str, words)]
    return subprocess.Popen(argv, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_the_summary_counts_and_gives_each_reason(shell: Shell, tmp_path: Path) -> None:
    folder = folder_of(tmp_path, 12)
    (folder / "empty.txt").touch()
    (folder / "1" / "broken.docx").write_bytes(b"PK\x03\x04")
    ran = shell("import", folder)
    assert ran.code == 2
    assert len(ran.out.splitlines()) == 12
    first, second, said = ran.err.splitlines()
    assert "1/broken.docx: broken.docx is" in first and "empty.txt: empty.txt is empty" in second
    assert said == "12 imported, 0 already there, 2 refused"
    again = shell("import", folder)
    assert again.err.splitlines()[-1] == "0 imported, 12 already there, 2 refused"


def test_what_was_read_before_is_not_converted_again(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = folder_of(tmp_path, 5)
    shell("import", folder)
    read: list[str] = []

    def counted(data: bytes, name: str, encoding: str = "") -> object:
        read.append(name)
        return load_bytes(data, name, encoding)

    monkeypatch.setattr("reviewer.importing.load_bytes", counted)
    (folder / "new.txt").write_text(text_of(99), encoding="utf-8")
    ran = shell("import", folder)
    assert [Path(name).name for name in read] == ["new.txt"]
    assert ran.err.splitlines()[-1] == "1 imported, 5 already there, 0 refused"


def test_many_files_show_a_bar_and_keep_the_slugs_on_standard_output(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, 25)
    ours, theirs = pty.openpty()
    argv = [
        sys.executable,
        "-m",
        "reviewer",
        "--lang",
        "en",
        "--db",
        str(tmp_path / "r.db"),
        "import",
        folder,
    ]
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "100"}
    done = subprocess.Popen(argv, cwd=ROOT, stdout=subprocess.PIPE, stderr=theirs, env=environment)
    out = done.communicate(timeout=120)[0]
    os.close(theirs)
    shown = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:
            break
        if not part:
            break
        shown += part
    os.close(ours)
    assert len(out.splitlines()) == 25
    assert b"/25" in shown and b"25 imported" in shown


def test_a_question_is_seen_beside_the_bar(tmp_path: Path) -> None:
    folder, database = folder_of(tmp_path, 25), tmp_path / "r.db"
    report = folder / "0" / "000.txt"
    text = "Báo cáo\n\nViệc còn chậm.\n\nMột đoạn dài không đổi giữa hai bản của báo cáo này."
    report.write_text(text, encoding="utf-8")
    start(database, "import", report).communicate(timeout=60)
    report.write_text(text.replace("chậm", "nhanh"), encoding="utf-8")
    argv = [sys.executable, "-m", "reviewer", "--lang", "en", "--db", str(database), "import", str(folder)]
    program = Program(argv, env=environment(tmp_path / "home"), cwd=ROOT)
    try:
        program.wait_for("anything else leaves it:")
        program.press("y", "enter")
        program.wait_for("24 imported, 1 revised")
        assert program.exit_code() == 0
    finally:
        program.close()


def test_breaking_off_tells_what_is_in_and_how_to_go_on(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, 400)
    process = start(tmp_path / "r.db", "import", folder)
    assert process.stdout is not None
    process.stdout.readline()
    process.send_signal(signal.SIGINT)
    _out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"not looked at" in err and b"Run it again to go on" in err


def test_an_import_that_is_killed_is_whole_file_by_file_and_goes_on(tmp_path: Path) -> None:
    chance, count, database = random.Random(7), 150, tmp_path / "r.db"
    folder = folder_of(tmp_path, count)
    Store.open(database, account_name()).close()
    for _ in range(6):
        process = start(database, "import", folder)
        let_pass(chance.uniform(0.2, 0.7))
        process.kill()
        process.communicate()
        assert check(database) == []
    process = start(database, "import", folder)
    _out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err.decode()
    assert check(database) == []
    with Store.open(database, account_name()) as store:
        assert store.last_change_id() == len(store.reports()) == count
        assert all(store.revisions(report.id)[0].file_kept for report in store.reports())


def lines(count: int, changed: bool) -> str:
    every = (f"Việc thứ {n} còn {'rất ' if changed and n % 10 == 0 else ''}chậm." for n in range(count))
    return "Báo cáo dài\n\n" + "\n\n".join(every) + "\n"


def test_a_revision_that_is_killed_is_all_or_nothing(tmp_path: Path) -> None:
    """Whatever the moment, each annotation is in the same text as its report, and nothing is half kept."""
    chance, database, count = random.Random(8), tmp_path / "r.db", 400
    old, new = tmp_path / "old.txt", tmp_path / "new.txt"
    old.write_text(lines(count, False), encoding="utf-8")
    new.write_text(lines(count, True), encoding="utf-8")
    with Store.open(database, account_name()) as store:
        loaded = load_bytes(old.read_bytes(), "old.txt")
        report = store.add_report(loaded.document, title="Báo cáo dài").report
        for block in list(loaded.document.blocks)[1:]:
            passage = make_passage(loaded.document, block.start, block.end - 1)
            store.annotate(report.id, report.revision_id, passage)
        before = store.last_change_id()
    whole = 0
    for _ in range(10):
        process = start(database, "import", "--revises", report.slug, new)
        let_pass(chance.uniform(0.2, 1.2))
        process.kill()
        process.communicate()
        assert check(database) == []
        with Store.open(database, account_name()) as store:
            placed = {each.placement for each in store.annotations(report.id)}
            texts = len(store.revisions(report.id))
            assert (store.last_change_id(), texts) in ((before, 1 + whole), (before + 1, 2 + whole))
            if store.last_change_id() > before:
                assert placed == {Placement.EXACT, Placement.WAITING}
                store.undo()
                whole, before = whole + 1, store.last_change_id()
            else:
                assert placed == {Placement.EXACT}
    process = start(database, "import", "--revises", report.slug, new)
    process.communicate(timeout=120)
    with Store.open(database, account_name()) as store:
        assert len(store.queue(report.id)) == count // 10
    assert check(database) == []
