"""A corrected text of a long report with many annotations, brought in on the screen while somebody types."""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from annotations.store import Store
from benchmarks import corpus
from benchmarks.figures import Row, ms, percentile
from benchmarks.stage import IN_ONE, Stage
from reviewer.place import account_name
from tests.terminal.ptykit import Program

PLACES = 500
"""Paragraphs that the corrected text changes."""

LONGEST, LATEST = 20.0, 0.25
"""Seconds that the revision may take, and that a key may wait for its echo meanwhile."""

_PATIENCE = 300.0
_FLIPS = (("còn", "không còn"), ("chưa", "đã"), ("tỉnh", "huyện"), ("thấp", "cao"), (" tại ", " ở tại "))


def measure(stage: Stage, ours: str) -> Iterator[Row]:
    """Seconds from the answer to the end, and from each key to its echo, as somebody brings the text in and
    goes on reading the report in its first pages."""
    database = stage.fresh("revised")
    shutil.copyfile(stage.long_annotated, database)
    source = corrected(stage.large_report, database.parent)
    with stage.screen(database) as program:
        program.wait_for("Passages")
        program.press("enter")
        program.wait_for("t tag")
        program.press("escape")
        program.wait_for("i import")
        program.press("i")
        program.wait_for("Files or folders")
        program.press(*str(source), "enter")
        program.wait_for("A corrected text?", _PATIENCE)
        started = time.perf_counter()
        program.press("y")
        program.wait_for("in the background")
        program.press("escape")
        program.wait_for("The import goes on")
        program.press("enter")
        program.wait_for("t tag")
        waits = _read_meanwhile(program)
        took = time.perf_counter() - started
    with Store.open(database, account_name(), readonly=True) as store:
        (report,) = store.reports()
        placed = store.revisions(report.id)
        if len(placed) != 2 or sum(each.annotations for each in placed) != IN_ONE:
            raise RuntimeError("the report was not revised, or an annotation is missing")
        waiting = store.unplaced(report.id)
    what = f"10 MB with {IN_ONE:,} annotations revised in {PLACES} places: all placed, {waiting} wait"
    yield Row(what, f"{LONGEST:.0f} s", {ours: f"{took:.1f} s"}, took <= LONGEST)
    said = f"{ms(waits)}, worst {max(waits) * 1000:.0f} ms of {len(waits)} keys"
    kept = percentile(waits, 0.95) <= LATEST
    yield Row("a key in the report meanwhile, until the screen answers", f"{LATEST * 1000:.0f} ms",
              {ours: said}, kept)  # fmt: skip


def _read_meanwhile(program: Program) -> list[float]:
    """Step from clause to clause until the revision is in; seconds until the screen answered each key."""
    waits = []
    until = time.monotonic() + _PATIENCE
    while "report revised" not in program.text():
        if time.monotonic() > until:
            raise RuntimeError(f"the revision never came to an end:\n{program.text()}")
        act = program.act("j", quiet=0.03)
        if act.size:
            waits.append(act.first)
    return waits


def corrected(source: Path, folder: Path) -> Path:
    """The report at `source` with `PLACES` paragraphs changed, under the same name in another folder."""
    chance = random.Random(corpus.SEED)
    lines = source.read_text(encoding="utf-8").split("\n")
    long = [number for number, line in enumerate(lines) if len(line) > 60]
    for number in sorted(chance.sample(long, PLACES), reverse=True):
        old, new = chance.choice(_FLIPS)
        kind = chance.random()
        if kind < 0.2:
            lines[number : number + 1] = [
                "Đoạn này mới được bổ sung khi rà soát lại số liệu.",
                "",
                lines[number],
            ]
        elif kind < 0.3:
            del lines[number]
        else:
            lines[number] = lines[number].replace(old, new, 1) + " Đã đính chính."
    path = folder / source.name
    path.write_text("\n".join(lines), encoding="utf-8")
    return path
