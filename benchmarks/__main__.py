"""Measure everything the program promises about speed, beside `less`, `vim` and an empty Textual app."""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import sys
from importlib.metadata import version
from pathlib import Path

from benchmarks.figures import Row
from benchmarks.rows import EMPTY, GROUPS, LESS, OURS, VIM, Bench
from benchmarks.stage import Stage

HERE = Path(__file__).parent
COMMAND = "python -m benchmarks"


def main() -> int:
    """Run the groups asked for; all of them write `benchmarks/README.md`."""
    parser = argparse.ArgumentParser(prog=COMMAND, description=__doc__)
    parser.add_argument("--only", action="append", choices=GROUPS, help="this group alone; may be repeated")
    parser.add_argument("--runs", type=int, default=9, metavar="N", help="runs behind each median")
    parser.add_argument(
        "--work", type=Path, default=HERE / ".work", help="where reports and databases are made"
    )
    words = parser.parse_args()
    rivals = {argv[0]: argv for argv in (LESS, VIM) if shutil.which(argv[0])}
    bench = Bench(Stage(words.work.resolve()), max(1, words.runs), rivals)
    rows: list[Row] = []
    failed = False
    for name in words.only or GROUPS:
        try:
            for row in GROUPS[name](bench):
                rows.append(row)
                print(plain(row), flush=True)
        except (AssertionError, RuntimeError) as error:
            failed = True
            print(f"✗ {name}: {error}", file=sys.stderr)
    if not words.only and not failed:
        (HERE / "README.md").write_text(page(rows, [OURS, *rivals, EMPTY], bench.runs), encoding="utf-8")
    return int(failed or any(row.kept is False for row in rows))


def plain(row: Row) -> str:
    """A row for the terminal."""
    cells = "  ".join(f"{name}: {cell}" for name, cell in row.cells.items())
    verdict = {True: "✓", False: "✗", None: " "}[row.kept]
    return f"{verdict} {row.what} [{row.bound}]  {cells}"


def page(rows: list[Row], programs: list[str], runs: int) -> str:
    """The table as Markdown, with what it was measured on."""
    lines = [
        "# Benchmarks",
        "",
        f"Written by `{COMMAND}` (`make bench`). Medians of {runs} runs or 20 to 60 keys; a second time is",
        "the 95th percentile. A terminal of 120 × 40; bytes are what the program writes to it; a key's time",
        "ends with the last byte it causes.",
        "",
        machine(),
        "",
    ]
    for heading in dict.fromkeys(row.table for row in rows):
        those = [row for row in rows if row.table == heading]
        if heading:
            lines += ["", f"## {heading}", ""]
            programs = list(those[0].cells)
        lines += table(those, programs)
    return "\n".join([*lines, ""])


def table(rows: list[Row], programs: list[str]) -> list[str]:
    """Rows as lines of Markdown, a column for each of the programs."""
    head = ["what", "at most", *programs, "kept"]
    lines = ["| " + " | ".join(head) + " |", "|---|---|" + "--:|" * len(programs) + "---|"]
    for row in rows:
        verdict = {True: "yes", False: "**no**", None: ""}[row.kept]
        cells = [row.what, row.bound, *(row.cells.get(name, "") for name in programs), verdict]
        lines.append("| " + " | ".join(cells) + " |")
    return lines


def machine() -> str:
    """The facts of the machine that the figures depend on."""
    from annotations.sqlite import sqlite3

    return (
        f"{os.cpu_count()} cores ({platform.machine()}), Linux, Python {platform.python_version()}, "
        f"SQLite {sqlite3.sqlite_version}, Textual {version('textual')}, Rich {version('rich')}."
    )


if __name__ == "__main__":
    sys.exit(main())
