"""`reviewer import`: files and folders in."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from annotations.dates import canonical_period
from reports.load import Loaded, load_bytes
from reviewer.cli.output import complain, print_json
from reviewer.cli.parser import UsageError
from reviewer.cli.revisions import ask, placements_line
from reviewer.cli.session import opened
from reviewer.cli.words import day
from reviewer.i18n import N_, _, ngettext
from reviewer.importing import Details, Outcome, Source, import_source, sources

_WATCHED = 20
"""From this many files on, a terminal gets a progress bar."""


def run(options: Namespace) -> int:
    """Import every path; 2 if any file was refused, the others are in."""
    found = list(_named(options.paths, options.name, options.encoding or ""))
    if options.title and len(found) > 1:
        raise UsageError(
            N_("--title names one report, but {count} files were given. Import them one by one."),
            count=len(found),
        )
    details: Details = {
        "title": options.title,
        "date": day(options.date) if options.date else None,
        "period": canonical_period(options.period) if options.period else None,
        "issuer": options.issuer,
    }
    if options.revises and len(found) > 1:
        raise UsageError(
            N_("--revises names one report, but {count} files were given. Import them one by one."),
            count=len(found),
        )
    outcomes: list[Outcome] = []
    asked = ask if sys.stdin.isatty() and sys.stderr.isatty() and "-" not in options.paths else None
    with opened(options) as store, _progress(len(found)) as advance:
        revises = store.report(options.revises) if options.revises else None
        for source in found:
            outcome = import_source(
                store,
                source,
                details,
                revises=revises,
                apart=options.new,
                ask=partial(asked, source.name) if asked else None,
            )
            outcomes.append(outcome)
            _tell(outcomes[-1], options.json)
            advance()
    _sum_up(outcomes, options.json)
    return 2 if any(outcome.refused for outcome in outcomes) else 0


def _named(paths: Sequence[str], name: str | None, encoding: str) -> Iterator[Source]:
    for written in paths:
        if written == "-":
            name = name or "stdin.txt"
            yield Source(name, partial(_from_standard_input, name, encoding))
        else:
            yield from sources([written], encoding)


def _from_standard_input(name: str, encoding: str) -> Loaded:
    return load_bytes(sys.stdin.buffer.read(), name, encoding)


def _tell(outcome: Outcome, as_json: bool) -> None:
    if outcome.refused:
        complain(outcome.refused)
    elif not as_json:
        print(*_said(outcome), sep="\t", flush=True)


def _said(outcome: Outcome) -> Iterator[str]:
    yield outcome.slug or ""
    if not outcome.created:
        yield _("already there")
    elif outcome.revision is not None:
        yield _("revision {number}").format(number=outcome.revision)
        yield placements_line(outcome.placements)


def _sum_up(outcomes: Sequence[Outcome], as_json: bool) -> None:
    if as_json:
        print_json(
            [
                {
                    "source": o.source,
                    "report": o.slug,
                    "created": o.created,
                    "refused": o.refused,
                    "revision": o.revision,
                    "placements": dict(o.placements),
                    "corrects": o.corrects,
                }
                for o in outcomes
            ]
        )
    elif len(outcomes) > 1:
        new = sum(o.created for o in outcomes)
        refused = sum(o.refused is not None for o in outcomes)
        print(
            _("{new} imported, {known} already there, {refused} refused").format(
                new=new, known=len(outcomes) - new - refused, refused=refused
            ),
            file=sys.stderr,
        )


@contextmanager
def _progress(total: int) -> Iterator[Callable[[], None]]:
    """A bar on standard error where a terminal watches and there is enough to watch."""
    if total < _WATCHED or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(ngettext("importing a report", "importing reports", total), total=total)
        yield lambda: progress.advance(task)
