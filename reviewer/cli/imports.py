"""`reviewer import`: files and folders in."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from annotations.dates import canonical_period
from annotations.store import Store
from reports.errors import LoadError
from reports.load import Loaded, load, load_bytes
from reviewer.cli.output import complain, print_json
from reviewer.cli.parser import UsageError
from reviewer.cli.session import opened
from reviewer.cli.words import day
from reviewer.i18n import N_, _, explain, ngettext

_WATCHED = 20
"""From this many files on, a terminal gets a progress bar."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: `slug` of its report, or `refused` with the reason."""

    source: str
    slug: str | None
    created: bool
    refused: str | None


def run(options: Namespace) -> int:
    """Import every path; 2 if any file was refused, the others are in."""
    sources = list(_sources(options.paths, options.name))
    if options.title and len(sources) > 1:
        raise UsageError(
            N_("--title names one report, but {count} files were given. Import them one by one."),
            count=len(sources),
        )
    details = {
        "title": options.title,
        "date": day(options.date) if options.date else None,
        "period": canonical_period(options.period) if options.period else None,
        "issuer": options.issuer,
    }
    outcomes: list[Outcome] = []
    with opened(options) as store, _progress(len(sources)) as advance:
        for name, loader in sources:
            outcomes.append(_import_one(store, name, loader, details))
            _tell(outcomes[-1], options.json)
            advance()
    _sum_up(outcomes, options.json)
    return 2 if any(outcome.refused for outcome in outcomes) else 0


def _sources(paths: Sequence[str], name: str | None) -> Iterator[tuple[str, Callable[[], Loaded]]]:
    for written in paths:
        path = Path(written)
        if written == "-":
            yield name or "stdin.txt", partial(_from_standard_input, name or "stdin.txt")
        elif path.is_dir():
            yield from ((str(file), partial(load, file)) for file in files_in(path))
        else:
            yield written, partial(load, path)


def _from_standard_input(name: str) -> Loaded:
    return load_bytes(sys.stdin.buffer.read(), name)


def files_in(folder: Path) -> list[Path]:
    """The files below `folder` in name order, hidden ones and those in hidden folders left out.

    Raises LoadError where there is none.
    """
    found = sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )
    if not found:
        raise LoadError(N_("The folder {path} holds no files. Name one that holds reports."), path=folder)
    return found


def _import_one(
    store: Store, name: str, loader: Callable[[], Loaded], details: dict[str, str | None]
) -> Outcome:
    try:
        loaded = loader()
        added = store.add_report(
            loaded.document,
            title=details["title"] or loaded.title,
            issuer=details["issuer"] or loaded.issuer or "",
            date=details["date"] or loaded.date,
            period=details["period"] or loaded.period,
            source=Path(name).name,
        )
    except LoadError as error:
        return Outcome(name, None, False, explain(error))
    return Outcome(name, added.report.slug, added.created, None)


def _tell(outcome: Outcome, as_json: bool) -> None:
    if outcome.refused:
        complain(outcome.refused)
    elif not as_json:
        print(outcome.slug if outcome.created else f"{outcome.slug}\t{_('already there')}", flush=True)


def _sum_up(outcomes: Sequence[Outcome], as_json: bool) -> None:
    if as_json:
        print_json(
            [
                {"source": o.source, "report": o.slug, "created": o.created, "refused": o.refused}
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
