"""`make storm`: many sessions at once, and what came of it, a line each; exit code 1 if anything is wrong."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.storms import crowd

FULL = (
    ["kills", "--processes", "6", "--seconds", "60", "--least", "300"],
    ["mixed", "--processes", "8", "--acts", "1000"],
    ["imports", "--processes", "30", "--acts", "1000"],
    ["backups", "--processes", "4", "--acts", "20"],
)


def main(words: list[str]) -> int:
    """Run the storm that `words` name, or all of them at full length."""
    if not words:
        return max(main(list(each)) for each in FULL)
    parser = argparse.ArgumentParser(prog="python -m tests.storms")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("storm", choices=[each[0] for each in FULL])
    parser.add_argument("--processes", type=int, default=6)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--acts", type=int, default=100)
    parser.add_argument("--least", type=int, default=0)
    options = parser.parse_args(words)
    with tempfile.TemporaryDirectory() as own:
        return _run(options, (options.folder or Path(own)) / "reviewer.db")


def _run(options: argparse.Namespace, path: Path) -> int:
    wrong: list[str] = []
    if options.storm == "kills":
        killed = crowd.kill_storm(path, options.processes, options.seconds)
        wrong = killed.problems
        if killed.lost or killed.kills < options.least or killed.unacknowledged < 0:
            wrong = [*wrong, "acts were lost, or there were too few kills"]
        print(
            f"kills: {killed.kills} kills, {killed.acknowledged} acts acknowledged, {killed.lost} lost,"
            f" {killed.unacknowledged} kept without acknowledgement, {len(killed.problems)} problems"
        )
    elif options.storm == "mixed":
        mixed = crowd.mixed_acts(path, options.processes, options.acts)
        wrong = mixed.wrong
        print(f"mixed: {mixed.acts} acts, {mixed.conflicts} conflicts reported, {len(wrong)} wrong")
    elif options.storm == "imports":
        waits = crowd.beside_import(path, options.processes, options.acts)
        wrong = ["a session failed"] * waits.failed
        print(
            f"imports: {waits.acts} acts beside {waits.reports} imports, p50 {waits.p50:.1f} ms,"
            f" p99 {waits.p99:.1f} ms, worst {waits.worst:.1f} ms, {waits.failed} failed"
        )
    else:
        wrong = crowd.backups_under_writers(path, options.processes, options.acts)
        print(f"backups: {options.acts} copies under {options.processes} writers, {len(wrong)} wrong")
    for each in wrong[:20]:
        print(f"  {each}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
