"""Any bytes on the keyboard and any size of the window: alive, small, and the record whole."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from annotations.store import Store
from reports.load import load_bytes
from reviewer.place import account_name
from reviewer.terminal.keyboard import Keyboard
from tests.reviewer.app_kit import TEXT
from tests.terminal.ptykit import Program, Terminals

BYTES = int(os.environ.get("FUZZ_BYTES", "20000"))
"""Bytes typed; `make storm` types a million."""
MEMORY = 300 * 1024 * 1024
"""Bytes that a session may ever hold."""
SIZES = [(1, 1), (2, 10), (20, 5), (80, 24), (500, 1000), (1000, 500), (65535, 1), (1, 65535), (65535, 65535)]
"""Columns and rows."""
RESIZES = 500
PIECES = [
    *(b"\x1b[A", b"\x1b[1114112u", b"\x1b[97;1:3;R[", b"\x1b[M !!", b"\x1b[<0;5;5M", b"\x1b[200~"),
    *(b"\xff", b"\xe1\xba", b"\x1b", b"\x1b[", b"\x1b]0;x\x07", b"\x1bP", b"\x1b[?2048;1$y", b"\x00"),
    *("ế".encode(), b"1", b"t", b"n", b"j", b"k", b"/", b"u", b"\x12", b"\x1b[48;60000;60000;0;0t"),
    *(b"\x1b[201~", b"\r", b"\t", b"[/]"),
]
# ctrl+q and q leave, which is no failure but ends the run.
LEAVES = bytes.maketrans(b"q\x11", b"w\x12")


@pytest.fixture
def record(terminal: Terminals) -> Path:
    terminal.home.mkdir(parents=True, exist_ok=True)
    path = terminal.home / "reviewer.db"
    with Store.open(path, account_name()) as store:
        store.add_report(load_bytes(TEXT.encode(), "a.txt").document, title="Giao ban")
    return path


def begin(terminal: Terminals) -> Program:
    program = terminal.reviewer("--lang", "en")
    program.wait_for("Giao ban")
    program.settle()
    program.press("enter")
    program.wait_for("mặt bằng")
    program.settle()
    return program


def faults(program: Program, record: Path) -> list[object]:
    """Why it is not as it should be: running, small, its record whole."""
    if program.process.poll() is not None:
        return [_last_words(program)]
    with Store.open(record, account_name()) as store:
        found: list[object] = list(store.check())
    if (most := most_resident(program)) >= MEMORY:
        found.append(f"it held {most} bytes")
    if not program.measured(lambda: program.resize(100, 30), quiet=0.5).size:
        found.append("it draws nothing in a window of another size")
    return found


def most_resident(program: Program) -> int:
    """Bytes of memory that the program held when it held most."""
    status = Path(f"/proc/{program.process.pid}/status").read_text()
    (peak,) = [line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")]
    return int(peak) * 1024


def some_bytes(chance: random.Random) -> bytes:
    """What nobody types: noise, sequences that terminals send, and those sequences spoilt."""
    if chance.random() < 0.4:
        return chance.randbytes(chance.randrange(1, 64))
    data = bytearray(b"".join(chance.choices(PIECES, k=chance.randrange(1, 12))))
    if chance.random() < 0.5:
        for _ in range(chance.randrange(1, 4)):
            at = chance.randrange(len(data))
            spoilt = (bytes([chance.randrange(256)]), b"", bytes(data[at : at + 9]) * 2)
            data[at : at + 1] = chance.choice(spoilt)
            data = data or bytearray(b"x")
    return bytes(data)


def test_any_bytes_are_survived(terminal: Terminals, record: Path) -> None:
    chance, program, typed = random.Random(1), begin(terminal), 0
    while typed < BYTES:
        data = some_bytes(chance)
        program.send(data.translate(LEAVES))
        typed += len(data)
        if program.process.poll() is not None:
            break
    program.settle(quiet=0.5)
    assert faults(program, record) == []


def test_a_window_without_pixels_is_no_reason_to_fail() -> None:
    keyboard = Keyboard()
    list(keyboard.feed(b"\x1b[48;60000;60000;0;0t\x1b[<0;5;5M"))
    assert [event.key for event in keyboard.feed(b"j")] == ["j"]  # type: ignore[attr-defined]


def test_any_size_is_survived(terminal: Terminals, record: Path) -> None:
    program, chance = begin(terminal), random.Random(2)
    for columns, rows in [*SIZES, (120, 40)]:
        # This test's own screen need not draw the windows that no screen has.
        (_only_set if max(columns, rows) > 1000 else Program.resize)(program, columns, rows)
        program.settle(quiet=0.2)
        program.press("j", "k")
        program.settle(quiet=0.2)
        assert program.process.poll() is None, (columns, rows)
    for _ in range(RESIZES):
        _only_set(program, chance.randrange(1, 300), chance.randrange(1, 120))
        program._pull(0)
    program.resize(120, 40)
    program.settle(quiet=0.3)
    assert faults(program, record) == []
    program.wait_for("mặt bằng")
    assert program.act("j").size


def _only_set(program: Program, columns: int, rows: int) -> None:
    """A size that this test's own screen need not draw."""
    program._set_size(columns, rows)


def _last_words(program: Program) -> tuple[int | None, str]:
    """How it ended, and what it said when it gave the terminal back."""
    _before, _mode, after = program.output.rpartition(b"\x1b[?1049l")
    return program.process.poll(), after[:3000].decode("utf-8", "replace")
