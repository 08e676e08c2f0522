"""Where the program cannot do its work it says why in one sentence, and leaves everything as it was."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from annotations.schema import APPLICATION_ID
from annotations.sqlite import sqlite3
from annotations.store import Store
from reports.load import load_bytes
from reports.passage import make_passage
from reviewer.place import account_name
from tests.terminal.ptykit import Terminals

TEXT = "Báo cáo thử\n\nTiến độ giải phóng mặt bằng còn chậm; ô nhiễm môi trường còn xảy ra.\n"

REFUSED = re.compile(r"Nothing[\s▌]+was[\s▌]+saved")
"""What a notice says, wherever its lines end."""


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "home" / "reviewer.db"
    path.parent.mkdir()
    with Store.open(path, "root") as store:
        loaded = load_bytes(TEXT.encode(), "thu.txt")
        store.add_report(loaded.document, title=loaded.title)
    return path


@pytest.mark.parametrize("size", [(20, 5), (1, 1), (10, 2), (500, 200)])
def test_a_window_of_any_size_does(terminal: Terminals, database: Path, size: tuple[int, int]) -> None:
    program = terminal.reviewer("--lang", "en", size=size)
    program.seconds_until("\x1b[?1049h")
    program.settle(0.5)
    program.press("enter")
    program.settle(0.5)
    program.press("j", "1")
    program.settle(0.5)
    program.resize(120, 40)
    program.wait_for("1 passage")
    program.press("q")
    assert program.exit_code() == 0


def newer(path: Path) -> str:
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    return "newer version"


def foreign(path: Path) -> str:
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID + 1}")
    connection.close()
    return "another program"


def no_database(path: Path) -> str:
    path.write_bytes(b"just some text, long enough to be looked at " * 40)
    return "is not a database"


def a_folder(path: Path) -> str:
    path.unlink()
    path.mkdir()
    return "is a folder"


@pytest.mark.parametrize("spoil", [newer, foreign, no_database, a_folder])
def test_a_file_that_is_no_database_of_ours_is_refused(terminal: Terminals, database: Path, spoil) -> None:
    said = spoil(database)
    before = database.read_bytes() if database.is_file() else None
    program = terminal.reviewer("--lang", "en", size=(200, 24))
    assert program.exit_code() == 2
    assert said in program.text().replace("\n", " ")
    assert "Traceback" not in program.text()
    assert before is None or database.read_bytes() == before


def test_a_full_disk_loses_nothing_and_says_so(terminal: Terminals, database: Path) -> None:
    script = (
        "import resource, sys\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))\n"
        "from reviewer.__main__ import main\n"
        "sys.exit(main(['--lang', 'en']))\n"
    )
    program = terminal.python("-c", script)
    program.wait_for("Báo cáo thử")
    program.press("enter")
    program.wait_for("No passages yet")
    for _round in range(20):
        program.press(*"123456789")
        program.settle(0.3)
        if REFUSED.search(program.text()):
            break
    assert REFUSED.search(program.text())
    seen = program.text()
    program.close()
    with Store.open(database, "root") as store:
        assert store.check() == []
        (annotation,) = store.annotations(1)
        labels = {tag.id: tag.label_en for tag in store.tags()}
        assert all(labels[tag][:12] in seen for tag in annotation.tags)


def test_a_fault_of_a_key_byte_ends_nothing(terminal: Terminals, database: Path) -> None:
    program = terminal.reviewer("--lang", "en")
    program.wait_for("Báo cáo thử")
    program.send(b"\xff\x1b[1114112u\x1b[97;1:3;R[\x1b[M\xff\xff\xff")
    program.press("enter")
    program.wait_for("No passages yet")
    program.press("1")
    program.wait_for("1 passage")
    assert program.process.poll() is None
    with Store.open(database, "root") as store:
        assert len(store.annotations(1)) == 1


@pytest.mark.parametrize(
    "words",
    [
        ("views", "save", "Còn mở", "LONG"),
        ("comment", "1", "LONG"),
        ("import", "--name", "lon.txt", "-"),
        ("set", "1", "--note", "LONG"),
    ],
    ids=lambda words: words[0],
)
def test_a_full_disk_leaves_the_record_as_it_was(terminal: Terminals, database: Path, words) -> None:
    with Store.open(database, account_name()) as store:
        block = store.document(1).blocks[1]
        store.annotate(1, 1, make_passage(store.document(1), block.start, block.end), tags=(1,))
        before = store.anchor()
    script = (
        "import io, resource, sys\n"
        "from pathlib import Path\n"
        "long = 'chậm tiến độ. ' * 40_000\n"
        "sys.stdin = io.TextIOWrapper(io.BytesIO(long.encode()))\n"
        "most = Path(sys.argv[1]).stat().st_size // 4\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))\n"
        "from reviewer.__main__ import main\n"
        "sys.exit(main(['--lang', 'en', *(long if word == 'LONG' else word for word in sys.argv[2:])]))\n"
    )
    program = terminal.python("-c", script, str(database), *words, size=(200, 24))
    assert program.exit_code() == 2
    assert "Traceback" not in program.text() and "aved" in program.text()
    with Store.open(database, account_name()) as store:
        assert store.check() == [] and store.verify() == []
        assert store.anchor() == before
        store.save_view("Sau", "")
