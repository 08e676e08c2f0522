"""What an act costs at the end of a line: bytes here, through a real sshd, and with the compact screen."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psutil

from benchmarks.figures import Row
from benchmarks.stage import Stage
from tests.ssh.sshkit import SSHD, Server, server
from tests.terminal.ptykit import Program

HERE, THERE, COMPACT = "here", "over SSH", "compact over SSH"
WIRE, SQUEEZED = "of that on the wire", "with `ssh -C`"
TABLE = "Over SSH: bytes of an act"
MOST = {"next clause": 0.3, "next issue": 0.6, "page down": 0.6}
"""What the compact screen may cost of the other one, where it is not the text itself that costs."""
MOST_IN_ALL = 0.75
TIMES = 20
_FILTER = "agency:stnmt"
_QUIET = 0.3
_WHO = "lan"
_SCREEN = ("screen", "--lang", "en")

Cost = tuple[float, float]
"""Bytes to the terminal, and bytes that the ssh client read for them (0 without one)."""


def measure(stage: Stage) -> Iterator[Row]:
    """A row for each act, and one for all. Nothing where there is no sshd."""
    if SSHD is None:
        return
    costs = {}
    with stage.screen(_copied(stage.tagged, stage.folder / "here.db")) as program:
        costs[HERE] = _costs(program)
    with _sshd(stage) as running:
        for name, options, words in (
            (THERE, (), _SCREEN),
            (COMPACT, (), (*_SCREEN, "--compact")),
            (SQUEEZED, ("-C",), (*_SCREEN, "--compact")),
        ):
            _copied(running.folder / "record.db", running.database)
            with stage.run(*running.client(_WHO, "-tt", *options), *words) as program:
                costs[name] = _costs(program)
    for act in costs[HERE]:
        yield _row(act, [act], costs, MOST.get(act))
    yield _row("all of these together", list(costs[HERE]), costs, MOST_IN_ALL)


@contextmanager
def _sshd(stage: Stage) -> Iterator[Server]:
    """An sshd whose gate leads Lan to a record, of which `record.db` is an unused copy."""
    folder = Path(tempfile.mkdtemp(prefix="sshd-", dir=stage.folder))
    try:
        with server(folder) as running:
            _copied(stage.tagged, running.database)
            running.enter(_WHO, "lead")
            shutil.copy(running.database, folder / "record.db")
            yield running
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _copied(source: Path, target: Path) -> Path:
    for old in target.parent.glob(f"{target.name}*"):
        old.unlink()
    shutil.copy(source, target)
    return target


def _costs(program: Program) -> dict[str, Cost]:
    """What each act costs a reviewer, one after another in the same session."""
    line = psutil.Process(program.process.pid)

    def cost(do: Callable[[], object], times: int = 1) -> Cost:
        """The mean of so many times."""
        written, read = len(program.output), line.io_counters().read_chars
        for _ in range(times):
            do()
            program.settle(_QUIET)
        if len(program.output) == written:
            raise RuntimeError(f"nothing happened:\n{program.text()}")
        return (len(program.output) - written) / times, (line.io_counters().read_chars - read) / times

    def press(*keys: str) -> Callable[[], object]:
        return lambda: program.act(*keys, quiet=_QUIET)

    program.wait_for("Passages")
    program.settle(1)
    found = {"open a report": cost(press("down", "enter"))}
    program.press("home")
    program.settle(1)
    found["next clause"] = cost(press("j"), TIMES)
    found["put a tag on"] = cost(press("1"))
    found["take it back"] = cost(press("u"))
    found["page down"] = cost(press("pagedown"), 3)
    found["open the issue list"] = cost(press("L"))
    found["next issue"] = cost(press("j"), TIMES)
    program.press("f")
    program.settle(1)
    found["type a filter"] = cost(lambda: [program.act(letter, quiet=_QUIET) for letter in _FILTER])
    return found


def _row(what: str, acts: Sequence[str], costs: dict[str, dict[str, Cost]], most: float | None = None) -> Row:
    shown = {name: sum(costs[name][act][0] for act in acts) for name in (HERE, THERE, COMPACT)}
    wire, squeezed = (sum(costs[name][act][1] for act in acts) for name in (COMPACT, SQUEEZED))
    share = shown[COMPACT] / shown[THERE]
    cells = {name: f"{value:,.0f} B" for name, value in (*shown.items(), (WIRE, wire), (SQUEEZED, squeezed))}
    cells[COMPACT] += f" ({share:.0%})"
    bound = "" if most is None else f"compact: {most:.0%} of the other"
    return Row(what, bound, cells, None if most is None else share <= most, TABLE)
