"""What is measured: a function for each group of lines of the table."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks import directory, issue_list, revising, thin_lines
from benchmarks.figures import Row, megabytes, ms, one_ms, size
from benchmarks.stage import HELLO, IN_ALL, IN_ONE, Stage
from tests.terminal.ptykit import Act, Program

OURS, EMPTY = "reviewer", "empty Textual app"
LESS = ("less", "-R")
VIM = ("vim", "-u", "NONE", "-N", "-R")
_TITLE = "Lam Giang"
"""What the first screen of every report and of the library holds, in letters that no program cuts up."""
LIST = slice(3, 31)
"""The rows of the screen that hold the issue list."""
FILTER = "agency:stnmt tag:gpmb"


@dataclass(frozen=True)
class Bench:
    """Where to measure and how often. `rivals`: the pagers that are installed, by name."""

    stage: Stage
    runs: int
    rivals: dict[str, tuple[str, ...]]

    @contextmanager
    def library(self, database: Path) -> Iterator[Program]:
        """The program with its library drawn."""
        with self.stage.screen(database) as program:
            program.wait_for("Passages")
            program.settle(0.3)
            yield program

    @contextmanager
    def reading(self, database: Path) -> Iterator[Program]:
        """The program with the first report of a database open and laid out."""
        with self.library(database) as program:
            program.press("enter")
            program.wait_for("t tag")
            wait_until_idle(program)
            yield program

    def in_rivals(self, path: Path, measure: Callable[[Program], str]) -> dict[str, str]:
        """A cell for each pager on `path`."""
        cells = {}
        for name, argv in self.rivals.items():
            with self.stage.run(*argv, str(path)) as program:
                program.settle(0.3)
                cells[name] = measure(program)
        return cells


def wait_until_idle(program: Program, quiet: float = 0.15) -> float:
    """Wait until a program uses no processor for `quiet` seconds; when that began, by perf_counter."""
    used, since = program.cpu_seconds(), time.perf_counter()
    while time.perf_counter() - since < quiet:
        program.settle(0.02)
        now = program.cpu_seconds()
        if now > used:
            used, since = now, time.perf_counter()
    return since


def acts(program: Program, key: str, count: int) -> list[Act]:
    """Press a key `count` times, each after the last one's output. Raises RuntimeError if nothing moved."""
    done = [program.act(key) for _ in range(count)]
    if not any(act.size for act in done):
        raise RuntimeError(f"{key!r} did nothing:\n{program.text()}")
    return done


def starting(bench: Bench) -> Iterator[Row]:
    """From exec to the library, beside programs that show a file."""
    stage = bench.stage
    stage.library  # noqa: B018
    starts: dict[str, tuple[tuple[str, ...], str]] = {
        OURS: ((sys.executable, "-m", "reviewer", "--db", str(stage.library)), _TITLE),
        EMPTY: ((sys.executable, str(HELLO)), "Hello"),
        **{name: ((*argv, str(stage.small_report)), _TITLE) for name, argv in bench.rivals.items()},
    }
    times: dict[str, list[float]] = {name: [] for name in starts}
    leaving: dict[str, list[float]] = {name: [] for name in starts}
    held, written = {}, {}
    for _ in range(bench.runs):
        for name, (argv, text) in starts.items():
            with stage.run(*argv) as program:
                times[name].append(program.seconds_until(text))
                program.settle(0.3)
                held[name], written[name] = program.resident(), len(program.output)
                keys = ":q!\r" if name == "vim" else "q"
                started = time.perf_counter()
                program.send(keys)
                program.exit_code()
                leaving[name].append(time.perf_counter() - started)
    ratio = median(times[OURS]) / median(times[EMPTY])
    cells = {name: one_ms(values) for name, values in times.items()}
    cells[OURS] += f" ({ratio:.2f} ×)"
    yield Row("start to the library drawn", "1.25 × the empty app", cells, ratio <= 1.25)
    yield Row("the same, bytes to the terminal", "", {name: f"{n:,} B" for name, n in written.items()})
    yield Row("memory then", "", {name: megabytes(n) for name, n in held.items()})
    yield Row("leaving", "", {name: one_ms(values) for name, values in leaving.items()})


def opening(bench: Bench) -> Iterator[Row]:
    """From the key, in a library at rest, to the first screen of a report, and to its exact layout."""
    memory = {}
    for name, database, report, bound in (
        ("3 KB", bench.stage.small, bench.stage.small_report, 0.05),
        ("10 MB, 100,000 lines", bench.stage.large, bench.stage.large_report, 0.15),
    ):
        first, laid_out, resident = [], [], []
        for _ in range(bench.runs):
            with bench.library(database) as program:
                wait_until_idle(program)
                act = program.measured(lambda: program.press("enter"), quiet=0.03)
                first.append(act.last)
                pressed = program.last_output - act.last
                laid_out.append(wait_until_idle(program) - pressed - act.last)
                assert "tại" in program.text()
                resident.append(program.resident())
        memory[name] = median(resident)
        rivals = {}
        for rival, argv in bench.rivals.items():
            times = []
            for _ in range(bench.runs):
                with bench.stage.run(*argv, str(report)) as program:
                    times.append(program.seconds_until(_TITLE))
            rivals[rival] = f"{one_ms(times)} from exec"
        within = median(first) <= bound
        yield Row(f"open {name}: first screen", f"{bound * 1000:.0f} ms", {OURS: ms(first), **rivals}, within)
        if name != "3 KB":
            kept = median(laid_out) <= 1
            yield Row("its exact layout, after that", "1 s", {OURS: one_ms(laid_out)}, kept)
            more = memory[name] - memory["3 KB"]
            cells = {OURS: f"{megabytes(more)} (of {megabytes(memory[name])})"}
            cells |= bench.in_rivals(report, lambda program: megabytes(program.resident()))
            yield Row("memory above the 3 KB one", "40 MB", cells, more <= 40e6)


def moving(bench: Bench) -> Iterator[Row]:
    """Clause by clause and page by page."""
    stage = bench.stage
    for name, database, report in (
        ("3 KB", stage.small, stage.small_report),
        ("10 MB", stage.large, stage.large_report),
        (f"1 MB with {IN_ONE:,} annotations", stage.annotated, stage.folder / "1m.md"),
    ):
        small = name == "3 KB"
        with bench.reading(database) as program:
            program.press("home")
            wait_until_idle(program)
            clauses = acts(program, "j", 25 if small else 60)
            program.press("home")
            wait_until_idle(program)
            pages = acts(program, "pagedown", 2 if small else 20)

        def measure(key: str) -> Callable[[Program], str]:
            return lambda program: _sum(acts(program, key, 30))

        lines = bench.in_rivals(report, measure("j"))
        yield _moved(f"next clause, {name}", clauses, 1024, 0.016, lines)
        yield _moved(f"page down, {name}", pages, 12 * 1024, 0.03, bench.in_rivals(report, measure("\x06")))


def idling(bench: Bench) -> Iterator[Row]:
    """What an open report costs while nobody types."""
    with bench.reading(bench.stage.annotated) as program:
        before, used = len(program.output), program.cpu_seconds()
        seconds = 10
        until = time.perf_counter() + seconds
        while time.perf_counter() < until:
            program.settle(until - time.perf_counter())
        written = len(program.output) - before
        spent = (program.cpu_seconds() - used) / seconds * 1000
    yield Row(
        "an open report, nobody types",
        "0 B",
        {OURS: f"{written} B, {spent:.1f} ms CPU a second"},
        not written,
    )


def tagging(bench: Bench) -> Iterator[Row]:
    """A tag on a new passage, committed and drawn, with many annotations in the database."""
    tagged = []
    with bench.reading(bench.stage.full) as program:
        program.press("home")
        wait_until_idle(program)
        for _ in range(max(10, bench.runs)):
            program.act("j")
            tagged.append(program.act("1"))
            program.act("u")
    times = [act.last for act in tagged]
    yield Row(
        f"tag put on a passage, {IN_ALL:,} annotations",
        "50 ms",
        {OURS: f"{ms(times)}, {size([act.size for act in tagged])}"},
        median(times) <= 0.05,
    )


def listing(bench: Bench) -> Iterator[Row]:
    """The issue list of many annotations: opened, filtered, scrolled. The detail below it may come later."""
    opened, filtered, lines, pages = [], [], [], []
    for _ in range(max(1, bench.runs // 2)):
        with bench.library(bench.stage.full) as program:
            opened.append(_listed(program, lambda: program.press("L")))
            program.press("f")
            program.settle(0.4)
            paste = f"\x1b[200~{FILTER}\x1b[201~\r"
            filtered.append(_listed(program, lambda: program.send(paste)))  # noqa: B023
            program.press("c")
            program.settle(0.4)
            lines += [_listed(program, lambda: program.press("j")) for _ in range(30)]
            pages += [_listed(program, lambda: program.press("pagedown")) for _ in range(10)]
    name = f"issue list of {IN_ALL:,}"
    yield Row(f"{name}: first rows", "", {OURS: _rows_and_rest(opened)})
    kept = median(rows for rows, _, _ in filtered) <= 0.05
    yield Row(f"{name}: agency + tag, first rows", "50 ms", {OURS: _rows_and_rest(filtered)}, kept)
    yield _scrolled(f"{name}: next row", lines, 1024, 0.016)
    yield _scrolled(f"{name}: page down", pages, 12 * 1024, 0.03)


Listed = tuple[float, float, int]
"""Seconds until the rows of the list stand, until all stands, and the bytes of it all."""


def _listed(program: Program, do: Callable[[], None]) -> Listed:
    before = len(program.output)
    drawn = program.timeline(do, quiet=0.4)
    if not drawn:
        raise RuntimeError(f"nothing happened:\n{program.text()}")
    last = drawn[-1][1][LIST]
    rows = next(when for when, screen in drawn if screen[LIST] == last)
    return rows, drawn[-1][0], len(program.output) - before


def _rows_and_rest(done: list[Listed]) -> str:
    rows, everything = ([act[part] for act in done] for part in (0, 1))
    return f"{ms(rows)}, all in {one_ms(everything)}"


def _scrolled(what: str, done: list[Listed], most: int, seconds: float) -> Row:
    written, rows = median(act[2] for act in done), median(act[0] for act in done)
    cell = f"{written:,.0f} B, {_rows_and_rest(done)}"
    bound = f"{most / 1024:.0f} KB, {seconds * 1000:.0f} ms"
    return Row(what, bound, {OURS: cell}, written <= most and rows <= seconds)


def exporting(bench: Bench) -> Iterator[Row]:
    """The whole issue list as CSV, from the shell."""
    stage = bench.stage
    target = str(stage.folder / "issues.csv")
    words = ("export", "--format", "csv", "--output", target, "--force")
    runs = [stage.command(stage.full, *words) for _ in range(max(1, bench.runs // 3))]
    written = Path(target).stat().st_size
    few = stage.command(stage.annotated, *words)
    seconds, most = median(s for s, _ in runs), max(m for _, m in runs)
    cell = f"{seconds:.2f} s, {megabytes(written)}, {megabytes(most)} of memory"
    yield Row(
        f"CSV of {IN_ALL:,} issues",
        "4 s, memory flat",
        {OURS: f"{cell} ({megabytes(few[1])} for {IN_ONE:,})"},
        seconds <= 4 and most <= few[1] + 20e6,
    )


def importing(bench: Bench) -> Iterator[Row]:
    """Reports into a new database, from the shell."""
    stage = bench.stage
    for what, source, bound in (
        ("import 1,000 reports of 8 KB", stage.thousand_reports, 10),
        ("import 10 MB of Markdown", stage.large_report, 8),
    ):
        seconds, most = stage.command(stage.fresh("imported"), "import", str(source))
        cell = f"{seconds:.2f} s, {megabytes(most)} of memory"
        yield Row(what, f"{bound} s", {OURS: cell}, seconds <= bound)


def keeping(bench: Bench) -> Iterator[Row]:
    """The directory: picker and merge."""
    yield from directory.names(OURS)
    yield from directory.merging(OURS, bench.runs)


def over_ssh(bench: Bench) -> Iterator[Row]:
    """Acts at the end of a line."""
    yield from thin_lines.measure(bench.stage)


def correcting(bench: Bench) -> Iterator[Row]:
    """A corrected text."""
    yield from revising.measure(bench.stage, OURS)


def crowding(bench: Bench) -> Iterator[Row]:
    """A million annotations: filters, counts, order, acts on many, exports."""
    yield from issue_list.measured(bench.stage, OURS, bench.runs)


GROUPS: dict[str, Callable[[Bench], Iterator[Row]]] = {
    "start": starting,
    "open": opening,
    "move": moving,
    "idle": idling,
    "tag": tagging,
    "issues": listing,
    "export": exporting,
    "import": importing,
    "directory": keeping,
    "million": crowding,
    "ssh": over_ssh,
    "revision": correcting,
}


def _sum(done: list[Act]) -> str:
    return f"{size([act.size for act in done])}, {ms([act.last for act in done])}"


def _moved(
    what: str, done: list[Act], most: int, seconds: float, rivals: dict[str, str] | None = None
) -> Row:
    written = median(act.size for act in done)
    kept = written <= most and median(act.last for act in done) <= seconds
    return Row(
        what, f"{most / 1024:.0f} KB, {seconds * 1000:.0f} ms", {OURS: _sum(done), **(rivals or {})}, kept
    )
