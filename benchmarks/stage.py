"""The files and databases that the benchmarks need, made once under `benchmarks/.work`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from annotations.models import Link, Role
from annotations.schema import SCHEMA_VERSION
from annotations.store import Store
from benchmarks import corpus, million
from reports.passage import make_passage
from reports.samples import SAMPLES, sample_path
from reports.units import UnitKind, all_units
from reviewer.place import account_name
from tests.terminal.ptykit import Program, environment

ROOT = Path(__file__).parent.parent
HELLO = Path(__file__).parent / "hello.py"
REVIEWER = (sys.executable, "-m", "reviewer")
SMALL, LARGE, IN_ONE, IN_ALL = 3_000, 10_000_000, 5_000, 200_000
_SETTINGS = "resume = false\nlanguage = 'en'\n"


@dataclass(frozen=True)
class Stage:
    """A folder with everything to measure on; what is missing is made when first asked for."""

    folder: Path

    def environment(self) -> dict[str, str]:
        """The environment of every program measured: nothing of this machine's user in it."""
        settings = self.folder / "settings.toml"
        if not settings.exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            settings.write_text(_SETTINGS, encoding="utf-8")
        return environment(self.folder / "home", REVIEWER_SETTINGS=str(settings), LESSHISTFILE="-")

    def run(self, *argv: str, size: tuple[int, int] = (120, 40)) -> Program:
        """Start a program in a terminal of 120 × 40."""
        return Program(argv, env=self.environment(), size=size, cwd=ROOT)

    def screen(self, database: Path) -> Program:
        """Start the program on a database."""
        return self.run(*REVIEWER, "--db", str(database))

    def command(self, database: Path, *words: str) -> tuple[float, int]:
        """Run a command; seconds it took and the most memory it held, in bytes."""
        started = time.perf_counter()
        argv = [*REVIEWER, "--db", str(database), *words]
        process = subprocess.Popen(argv, env=self.environment(), cwd=ROOT, stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        if status:
            raise RuntimeError(f"{' '.join(words)} ended with {os.waitstatus_to_exitcode(status)}")
        return time.perf_counter() - started, usage.ru_maxrss * 1024

    def fresh(self, name: str) -> Path:
        """A path for a database that is not there yet."""
        path = self.folder / "fresh" / f"{name}.db"
        shutil.rmtree(path.parent, ignore_errors=True)
        path.parent.mkdir(parents=True)
        return path

    @cached_property
    def small_report(self) -> Path:
        """3 KB of Markdown."""
        return corpus.write(self.folder / "3k.md", corpus.report(SMALL, "3 KB", short_lines=True))

    @cached_property
    def large_report(self) -> Path:
        """10 MB of Markdown in more than 100,000 lines."""
        return corpus.write(self.folder / "10m.md", corpus.report(LARGE, "10 MB", short_lines=True))

    @cached_property
    def thousand_reports(self) -> Path:
        """A folder of 1,000 reports of 8 KB."""
        folder = self.folder / "thousand"
        for number in range(1000):
            name = f"{number:04}"
            corpus.write(folder / f"{name}.md", corpus.report(8_000, name))
        return folder

    @cached_property
    def library(self) -> Path:
        """A database with the eleven sample reports."""
        return self._made("library", [str(sample_path(sample)) for sample in SAMPLES])

    @cached_property
    def small(self) -> Path:
        """A database with the 3 KB report alone."""
        return self._made("small", [str(self.small_report)])

    @cached_property
    def large(self) -> Path:
        """A database with the 10 MB report alone."""
        return self._made("large", [str(self.large_report)])

    @cached_property
    def annotated(self) -> Path:
        """A database with one report of 1 MB that has 5,000 annotations."""
        report = corpus.write(self.folder / "1m.md", corpus.report(1_000_000, "1 MB"))
        return self._made("annotated", [str(report)], annotations=IN_ONE)

    @cached_property
    def long_annotated(self) -> Path:
        """A database with the 10 MB report alone, which has 5,000 annotations."""
        return self._made("long", [str(self.large_report)], annotations=IN_ONE)

    @cached_property
    def tagged(self) -> Path:
        """A database with the eleven sample reports and 200 annotations."""
        return self._made("tagged", [str(sample_path(sample)) for sample in SAMPLES], annotations=200)

    @cached_property
    def full(self) -> Path:
        """A database with 1,000 reports and 200,000 annotations."""
        return self._made("full", [str(self.thousand_reports)], annotations=IN_ALL)

    @cached_property
    def million(self) -> Path:
        """A database with 10,000 reports and 1,000,000 annotations, put together by SQL."""
        path = self.folder / f"million-{SCHEMA_VERSION}.db"
        if not path.exists():
            print(f"making {path.name} …", file=sys.stderr, flush=True)
            making = path.with_suffix(".making")
            for left in self.folder.glob(f"{making.name}*"):
                left.unlink()
            million.make(making, account_name())
            making.rename(path)
        return path

    def _made(self, name: str, sources: list[str], annotations: int = 0) -> Path:
        path = self.folder / f"{name}-{SCHEMA_VERSION}.db"
        if not path.exists():
            print(f"making {path.name} …", file=sys.stderr, flush=True)
            making = path.with_suffix(".making")
            for left in self.folder.glob(f"{making.name}*"):
                left.unlink()
            self.command(making, "import", *sources)
            if annotations:
                annotate(making, annotations)
            making.rename(path)
        return path


def annotate(database: Path, count: int) -> None:
    """Put `count` annotations on the reports of a database, spread evenly, by the store's own acts."""
    with Store.open(database, account_name()) as store:
        store._connection.execute("PRAGMA synchronous=OFF")
        tags, agencies, reports = store.tags(), store.agencies(), store.reports()
        done = 0
        for nth, report in enumerate(reports):
            document = store.document(report.revision_id)
            units = list(all_units(document, UnitKind.CLAUSE))
            for turn in range((nth + 1) * count // len(reports) - done):
                unit = units[turn * 7 % len(units)]
                done += 1
                store.annotate(
                    report.id,
                    report.revision_id,
                    make_passage(document, unit.start, unit.end),
                    tags=(tags[done % len(tags)].id,),
                    links=(Link(agencies[done % len(agencies)].id, Role.LEAD),),
                )
