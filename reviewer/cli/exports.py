"""`reviewer export`: the issue list as a file or to standard output."""

from __future__ import annotations

import sys
import time
from argparse import Namespace
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from annotations.export import format_of, write
from annotations.issues import COLUMNS, IssueRow
from reviewer.cli.lists import asked_for, columns_of, on_day
from reviewer.cli.parser import UsageError
from reviewer.cli.session import opened
from reviewer.cli.views import narrowed
from reviewer.exporting import context_of, export_list, format_by_name, one_moment
from reviewer.i18n import N_, _

PATIENCE = 1.0
"""Seconds after which whoever waits at a terminal is told how far it is."""

_CHECK = 256
_BINARY = ("xlsx", "docx")
"""Formats that are no text."""
_TABLES = ("csv", "tsv")


def run_export(options: Namespace) -> int:
    """The issue list as a file, or to standard output; 1 where the filter finds nothing."""
    file = Path(options.output) if options.output else None
    made = format_of(options.format or format_by_name(file)).name
    if file is None and made in _BINARY and sys.stdout.isatty():
        raise UsageError(N_("A terminal cannot show {format}. Name a file with -o."), format=made)
    if file is None and options.about:
        raise UsageError(N_("--about puts a file beside another. Name that with -o."))
    wanted = asked_for(options)
    choices: dict[str, Any] = {
        "headers": options.headers,
        "language": options.lang or "vi",
        "raw": options.raw,
        "bom": _wants_bom(options, file, made),
        "sheets": options.sheets,
        "template": Path(options.template) if options.template else None,
    }
    with opened(options) as store, _Bar() as bar:
        on_day(store, options)
        wanted = narrowed(store, options, wanted)
        choices["columns"] = columns_of(store, options) or COLUMNS
        if file is not None:
            count = export_list(
                store, wanted, file, made,
                overwrite=options.force, about=options.about, watch=bar.watched, **choices,
            )  # fmt: skip
        else:
            with one_moment(store):
                count = store.issues.count(wanted)
                rows: Iterator[IssueRow] = store.issues.stream(wanted)
                if not sys.stdout.isatty():
                    rows = bar.watched(rows, count)
                context = context_of(store, wanted, count, made)
                write(made, rows, sys.stdout.buffer, context=context, **choices)
            sys.stdout.buffer.flush()
    return 0 if count else 1


def _wants_bom(options: Namespace, file: Path | None, made: str) -> bool:
    """Whether a byte order mark goes first: asked for, or a table in a file with headers for people."""
    if options.bom is not None:
        return bool(options.bom)
    return made in _TABLES and file is not None and options.headers is not None


class _Bar:
    """A bar on standard error, from when an export has taken `PATIENCE` seconds, where a terminal watches."""

    def __enter__(self) -> _Bar:
        self._open = ExitStack()
        return self

    def __exit__(self, *error: object) -> None:
        self._open.close()

    def watched(self, rows: Iterator[IssueRow], count: int) -> Iterator[IssueRow]:
        """`rows`, of which there are `count`."""
        if not sys.stderr.isatty():
            return rows
        return self._counted(rows, count)

    def _counted(self, rows: Iterator[IssueRow], count: int) -> Iterator[IssueRow]:
        begun, bar, done = time.monotonic(), None, 0
        for done, row in enumerate(rows, 1):
            yield row
            if done % _CHECK:
                continue
            if bar is None and time.monotonic() - begun > PATIENCE:
                from rich.console import Console
                from rich.progress import Progress

                bar = self._open.enter_context(Progress(console=Console(stderr=True), transient=True))
                task = bar.add_task(_("exporting"), total=count)
            if bar is not None:
                bar.update(task, completed=done)
