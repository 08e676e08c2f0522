"""What the issue list costs with a million annotations: filters, counts, order, acts on many, exports."""

from __future__ import annotations

import io
import itertools
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from typing import Any

from annotations.export import write
from annotations.facets import FacetIndex
from annotations.filters import IssueFilter, parse_filter
from annotations.issue_order import GROUPS, SORTS, Arrangement
from annotations.models import Status
from annotations.store import Store
from benchmarks import taguette_exports
from benchmarks.figures import Row, megabytes, ms
from benchmarks.million import EACH, REPORTS, day_of
from benchmarks.stage import REVIEWER, ROOT, Stage
from reviewer.exporting import context_of
from reviewer.place import account_name
from tests.terminal.ptykit import Program

WORDS = (
    "agency:stnmt",
    "agency:none",
    "tag:gpmb",
    "!tag:o-nhiem",
    "status:open",
    "severity:high",
    "period:2020",
    "reviewer:mai",
    "overdue",
    "since:2021-06",
    '"giai phong"',
)
"""One filter for each word of the language that narrows by what an annotation is."""
TYPED = "agency:stnmt status:open"
BULK = 10_000
EXPORTED, ANNEXED = 100_000, 5_000
EXPORT_BOUNDS = {"csv": 2.0, "xlsx": 12.0, "html": 6.0}
TAGUETTE = "taguette==1.5.2"
HIGHLIGHTS = 10_000
_SCREEN = slice(2, 31)
"""The rows of the screen that hold the filter line and the list."""


def measured(stage: Stage, ours: str, runs: int) -> Iterator[Row]:
    """Every line of the tables about a million annotations."""
    for row in _crowded(stage, ours, runs):
        yield replace(row, table=f"{REPORTS * EACH:,} annotations in {REPORTS:,} reports")
    yield from _beside_taguette(stage, ours)


def _crowded(stage: Stage, ours: str, runs: int) -> Iterator[Row]:
    with Store.open(stage.million, account_name(), create=False, readonly=True) as store:
        yield from _filters(store, ours)
        yield from _orders(store, ours)
    yield from _typing(stage, ours, max(1, runs // 3))
    yield _bulk(stage, ours)
    yield from _exports(stage, ours, max(2, runs // 3))


def _filters(store: Store, ours: str) -> Iterator[Row]:
    """Any two words of the filter: the rows of the first screen and the counts of every facet."""
    start = time.perf_counter()
    index = FacetIndex.build(store.issues)
    built = f"{time.perf_counter() - start:.1f} s"
    yield Row("what facets are counted from, made in a thread, again after a change", "", {ours: built})
    times = []
    for pair in itertools.combinations(WORDS, 2):
        wanted = parse_filter(" ".join(pair))
        times.append(_least(lambda wanted=wanted: _looked(store, index, wanted)))  # type: ignore[misc]
    what = f"two words of the filter ({len(times)} pairs): first rows, counts of all facets"
    yield Row(what, "150 ms", {ours: f"{ms(times)}, at most {max(times) * 1000:.0f} ms"}, max(times) <= 0.15)


def _looked(store: Store, index: FacetIndex, wanted: IssueFilter) -> None:
    store.issues.rows(store.issues.first(wanted, 256)[:40])
    index.counts(store.issues, wanted, others=True)


def _orders(store: Store, ours: str) -> Iterator[Row]:
    """Everything there is, in groups and sorted."""
    for what, choices in (
        ("group", [Arrangement(group=name) for name in GROUPS]),
        ("sort", [Arrangement(sort=name, descending=True) for name in SORTS]),
    ):
        times = {}
        for choice in choices:
            name = choice.group or choice.sort
            times[name] = _least(lambda choice=choice: store.issues.arranged(IssueFilter(), choice))  # type: ignore[misc]
        worst = max(times, key=times.__getitem__)
        cell = f"{ms(list(times.values()))}, at most {times[worst] * 1000:.0f} ms ({worst})"
        yield Row(f"{what} all of them, each way there is", "300 ms", {ours: cell}, times[worst] <= 0.3)


def _typing(stage: Stage, ours: str, runs: int) -> Iterator[Row]:
    """A key in the filter line, until that line and the list stand; what comes later is the counts."""
    times: list[float] = []
    for _run in range(runs):
        with stage.screen(stage.million) as program:
            program.wait_for("Passages")
            program.settle(0.3)
            program.press("L")
            program.settle(1.5)
            program.press("/")
            program.settle(0.5)
            times += [_stable(program, key) for key in TYPED]
    yield Row(
        "key in the filter line, until line and list stand",
        "30 ms",
        {ours: ms(times)},
        median(times) <= 0.03,
    )


def _stable(program: Program, key: str) -> float:
    drawn = program.timeline(lambda: program.send(key), quiet=0.4)
    if not drawn:
        raise RuntimeError(f"{key!r} did nothing:\n{program.text()}")
    last = drawn[-1][1][_SCREEN]
    return next(when for when, screen in drawn if screen[_SCREEN] == last)


def _bulk(stage: Stage, ours: str) -> Row:
    """One act that sets a status on many annotations."""
    path = stage.fresh("bulk")
    shutil.copyfile(stage.million, path)
    with Store.open(path, account_name()) as store:
        rows = store.issues.rows(store.issues.first(parse_filter("status:open"), BULK))
        versions = [(row.id, row.version) for row in rows]
        start = time.perf_counter()
        store.edit_many(versions, status=Status.IN_PROGRESS)
        done = time.perf_counter() - start
        start = time.perf_counter()
        store.undo()
        undone = time.perf_counter() - start
    path.unlink()
    cell = f"{done:.2f} s, its undo {undone:.2f} s"
    return Row(f"status set on {BULK:,} annotations, one act", "2 s", {ours: cell}, done <= 2)


def _exports(stage: Stage, ours: str, runs: int) -> Iterator[Row]:
    """Exports from the shell, with the memory they take above an export of one report."""
    few = _command(stage, "export", "--format", "csv", "report:bao-cao-00001").memory
    wanted = f"until:{day_of(EXPORTED // EACH)}"
    for kind, bound in EXPORT_BOUNDS.items():
        yield _exported(stage, ours, kind, wanted, (EXPORTED, bound, few, runs))
    yield _exported(stage, ours, "docx", f"until:{day_of(ANNEXED // EACH)}", (ANNEXED, 15.0, few, runs))


def _exported(stage: Stage, ours: str, kind: str, wanted: str, asked: tuple[int, float, int, int]) -> Row:
    count, bound, few, runs = asked
    target = stage.folder / f"issues.{kind}"
    words = ("export", wanted, "--format", kind, "--output", str(target), "--force")
    done = [_command(stage, *words) for _run in range(runs)]
    seconds, memory = min(ran.seconds for ran in done), max(ran.memory for ran in done) - few
    processor = min(ran.processor for ran in done)
    written = megabytes(target.stat().st_size)
    target.unlink()
    return Row(
        f"{kind} of {count:,} issues, from the shell, least of {runs}",
        f"{bound:.0f} s, 60 MB above one report",
        {ours: f"{seconds:.2f} s (processor {processor:.2f} s), {written}, {megabytes(memory)} more memory"},
        seconds <= bound and memory <= 60e6,
    )


@dataclass(frozen=True, slots=True)
class _Ran:
    """What a command took: seconds, seconds of processor, and the most memory it held, in bytes."""

    seconds: float
    processor: float
    memory: int


def _command(stage: Stage, *words: str) -> _Ran:
    """Run a command on the million.

    Its memory is asked for as it runs: what the system tells at the end counts this process's own as well.
    """
    argv = [*REVIEWER, "--db", str(stage.million), *words]
    start, most, ended = time.perf_counter(), 0, 0
    process = subprocess.Popen(argv, env=stage.environment(), cwd=ROOT, stdout=subprocess.DEVNULL)
    while not ended:
        time.sleep(0.01)
        most = max(most, _memory(process.pid))
        ended, status, usage = os.wait4(process.pid, os.WNOHANG)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(words)} ended with {process.returncode}")
    return _Ran(time.perf_counter() - start, usage.ru_utime + usage.ru_stime, most)


def _memory(process: int) -> int:
    """The most memory a process has held since it was started, in bytes; 0 once it is gone."""
    try:
        status = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0
    peak = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(peak[1]) * 1024 if peak else 0


def _beside_taguette(stage: Stage, ours: str) -> Iterator[Row]:
    """The same highlights exported by Taguette's own functions, both in a warm process."""
    with tempfile.TemporaryDirectory() as name, Store.open(stage.million, account_name()) as store:
        folder = Path(name)
        wanted = parse_filter(f"until:{day_of(HIGHLIGHTS // EACH)}")
        rows = list(itertools.islice(store.issues.stream(wanted), HIGHLIGHTS))
        with (folder / "highlights.jsonl").open("w", encoding="utf-8") as out:
            for row in rows:
                said = {"report": row.report, "start": row.start, "end": row.end}
                out.write(json.dumps({**said, "passage": row.passage, "tags": row.tags}) + "\n")
        theirs = _taguette(folder)
        for kind in ("csv", "xlsx", "html"):
            least = _least(lambda kind=kind: _written(store, kind, wanted), taguette_exports.RUNS)  # type: ignore[misc]
            there = f"{theirs[kind]:.2f} s" if theirs else "not to be installed here"
            yield Row(
                f"{HIGHLIGHTS:,} highlights as {kind}",
                "",
                {ours: f"{least:.2f} s", "Taguette 1.5.2": there},
                table="Exports beside another program's, both in a warm process",
            )


def _written(store: Store, kind: str, wanted: IssueFilter) -> None:
    rows = itertools.islice(store.issues.stream(wanted), HIGHLIGHTS)
    write(kind, rows, io.BytesIO(), context=context_of(store, wanted, HIGHLIGHTS))


def _taguette(folder: Path) -> dict[str, float] | None:
    """Seconds of Taguette's exports by format; None, and why on standard error, where it is not to be had."""
    venv.create(folder / "venv", with_pip=True)
    python = str(folder / "venv" / "bin" / "python")
    got = subprocess.run(
        [python, "-m", "pip", "install", "--quiet", TAGUETTE], capture_output=True, text=True, check=False
    )
    if got.returncode:
        print(
            f"Taguette cannot be installed here, so nothing stands beside: {got.stderr[-200:]}",
            file=sys.stderr,
        )
        return None
    script = Path(taguette_exports.__file__)
    ran = subprocess.run([python, str(script), str(folder)], capture_output=True, text=True, check=False)
    if ran.returncode:
        raise RuntimeError(ran.stderr[-1000:])
    times: dict[str, float] = json.loads(ran.stdout)
    return times


def _least(do: Callable[[], Any], runs: int = 3) -> float:
    """The least of some runs, in seconds: what other work on the machine does not lengthen."""
    times = []
    for _run in range(runs):
        start = time.perf_counter()
        do()
        times.append(time.perf_counter() - start)
    return min(times)
