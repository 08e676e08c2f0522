"""`reviewer check` and `backup`, and the versions of everything."""

from __future__ import annotations

import sys
from argparse import Namespace
from importlib.metadata import version
from pathlib import Path

from reviewer.cli.output import print_json
from reviewer.cli.session import opened
from reviewer.cli.verify import anchor_of
from reviewer.i18n import _, explain


def run_check(options: Namespace) -> int:
    """Integrity of the file, of every passage and of the history; 2 if anything is wrong."""
    with opened(options) as store:
        problems = store.check()
    if options.json:
        print_json([{"problem": explain(problem)} for problem in problems])
    elif problems:
        for problem in problems:
            print(explain(problem))
    else:
        print(_("All is well: the file is whole and every passage equals its text."))
    return 2 if problems else 0


def run_backup(options: Namespace) -> int:
    """A checked copy under a name that does not exist yet."""
    target = Path(options.file)
    with opened(options) as store:
        store.backup(target)
    print(target)
    print(_("anchor {anchor}").format(anchor=anchor_of(target)), file=sys.stderr)
    return 0


def run_version(options: Namespace) -> int:
    """Versions of the program and of what its behaviour depends on, for bug reports."""
    import platform

    from annotations.sqlite import sqlite3

    parts = {
        "reviewer": version("reviewer"),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "textual": version("textual"),
    }
    for name, found in parts.items():
        print(f"{name} {found}")
    return 0
