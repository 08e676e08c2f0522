"""`reviewer import`: files and folders in."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from functools import partial

from annotations.dates import canonical_period
from annotations.models import Report
from reports.load import LARGEST_FILE
from reviewer.cli.import_report import Tally
from reviewer.cli.parser import UsageError
from reviewer.cli.revisions import ask
from reviewer.cli.session import opened
from reviewer.cli.words import day
from reviewer.i18n import N_
from reviewer.importing import Details, Source, import_source, sources
from reviewer.settings import load_settings


def run(options: Namespace) -> int:
    """Import every path; 2 if any file was refused, the others are in.

    Each file is an act of its own: what is in when the run is broken off stays in, and is not read again.
    """
    if options.watch:
        from reviewer.cli.watch import run as watch

        return watch(options)
    if not options.paths:
        raise UsageError(N_("Name a file or a folder to import, or a folder to watch with --watch."))
    found = list(_named(options.paths, options.name, options.encoding or ""))
    _refuse_one_for_many(options, len(found))
    details = details_of(options)
    largest = load_settings().largest_kept
    asks = sys.stdin.isatty() and sys.stderr.isatty() and "-" not in options.paths
    with opened(options) as store, Tally(len(found), options.json) as tally:
        revises = store.report(options.revises) if options.revises else None
        for source in found:
            tally.begin(source.name)
            outcome = import_source(
                store,
                source,
                details,
                revises=revises,
                apart=options.new,
                ask=partial(_ask, tally, source.name) if asks else None,
                largest_kept=largest,
            )
            tally.add(outcome)
    return 2 if tally.refused else 0


def _ask(tally: Tally, name: str, original: Report) -> bool | None:
    with tally.paused():
        return ask(name, original)


def details_of(options: Namespace) -> Details:
    """What the options say about a report; raises UsageError or FilterError for no day or no period."""
    return {
        "title": options.title,
        "date": day(options.date) if options.date else None,
        "period": canonical_period(options.period) if options.period else None,
        "issuer": options.issuer,
    }


def _refuse_one_for_many(options: Namespace, count: int) -> None:
    if options.title and count > 1:
        raise UsageError(
            N_("--title names one report, but {count} files were given. Import them one by one."),
            count=count,
        )
    if options.revises and count > 1:
        raise UsageError(
            N_("--revises names one report, but {count} files were given. Import them one by one."),
            count=count,
        )


def _named(paths: Sequence[str], name: str | None, encoding: str) -> Iterator[Source]:
    for written in paths:
        if written == "-":
            yield Source(name or "stdin.txt", _standard_input, encoding)
        else:
            yield from sources([written], encoding)


def _standard_input() -> bytes:
    """All of it, or enough to be refused as too big."""
    return sys.stdin.buffer.read(LARGEST_FILE + 1)
