"""`reviewer issues`, `export` and `stats`: the issue list in three shapes, all asked for by one filter."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from annotations.export import annotation_object, format_of, write
from annotations.filter_terms import CURRENT, ITSELF, WRITTEN
from annotations.filters import IssueFilter, filter_from_options
from annotations.issues import IssueRow
from annotations.store import Store
from reviewer.cli.output import print_json, print_table
from reviewer.cli.over_time import in_order_of_time, print_trend
from reviewer.cli.parser import UsageError
from reviewer.cli.session import opened
from reviewer.cli.views import narrowed
from reviewer.cli.words import day
from reviewer.exporting import context_of, export_list, format_by_name
from reviewer.i18n import N_, _, language

_OPTION_WORDS = (
    "agency",
    "tag",
    "status",
    "severity",
    "report",
    "period",
    "reviewer",
    "owner",
    "due",
    "deadline",
    "placement",
    "periods",
    "since",
    "until",
)


_READINGS = {WRITTEN: "as_written", CURRENT: "current", ITSELF: "itself"}


_BINARY = ("xlsx", "docx")
"""Formats that are no text."""


def asked_for(options: Namespace) -> IssueFilter:
    """The filter that a command's words and options ask for; raises FilterError."""
    return filter_from_options(
        words=options.filter,
        overdue=options.overdue,
        role=options.role,
        search=options.search,
        readings=[value for value, name in _READINGS.items() if getattr(options, name)],
        **{word: getattr(options, word) for word in _OPTION_WORDS},
    )


def _on_day(store: Store, options: Namespace) -> None:
    if options.today:
        today = day(options.today)
        store.issues.today = lambda: today


def run_issues(options: Namespace) -> int:
    """The issue list as a table."""
    with opened(options) as store:
        _on_day(store, options)
        rows: Iterable[IssueRow] = store.issues.stream(narrowed(store, options, asked_for(options)))
        found = list(islice(rows, options.limit) if options.limit is not None else rows)
    if options.json:
        print_json([annotation_object(row) for row in found])
    else:
        headers = (_("id"), _("report"), _("date"), _("passage"), _("tags"), _("lead"), _("status"), _("due"))
        print_table(headers, (_cells(row) for row in found))
    return 0 if found else 1


def _cells(row: IssueRow) -> Sequence[object]:
    tags = row.tags_en if language() == "en" else row.tags
    lead = "; ".join(row.lead_agencies)
    return (row.id, row.report, row.report_date, row.passage, "; ".join(tags), lead, row.status, row.due)


def run_export(options: Namespace) -> int:
    """The issue list as a file, or to standard output; 1 where the filter finds nothing."""
    file = Path(options.output) if options.output else None
    made = format_of(options.format or format_by_name(file)).name
    if file is None and made in _BINARY and sys.stdout.isatty():
        raise UsageError(N_("A terminal cannot show {format}. Name a file with -o."), format=made)
    wanted = asked_for(options)
    choices: dict[str, Any] = {
        "headers": options.headers,
        "language": options.lang or "vi",
        "raw": options.raw,
        "bom": options.bom,
        "sheets": options.sheets,
        "template": Path(options.template) if options.template else None,
    }
    with opened(options) as store:
        _on_day(store, options)
        wanted = narrowed(store, options, wanted)
        if file is not None:
            count = export_list(store, wanted, file, made, overwrite=options.force, watch=_watched, **choices)
        else:
            count = store.issues.count(wanted)
            context = context_of(store, wanted, count)
            write(made, store.issues.stream(wanted), sys.stdout.buffer, context=context, **choices)
            sys.stdout.buffer.flush()
    return 0 if count else 1


def _watched(rows: Iterator[IssueRow], count: int) -> Iterator[IssueRow]:
    """`rows`, with a bar on standard error from the second second on where a terminal watches."""
    if count < 10_000 or not sys.stderr.isatty():
        yield from rows
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(rows, _("exporting"), total=count, console=Console(stderr=True), transient=True)


def run_stats(options: Namespace) -> int:
    """Counts by one thing, or by several against each other."""
    by = [name.strip() for name in options.by.split(",") if name.strip()]
    with opened(options) as store:
        _on_day(store, options)
        wanted = narrowed(store, options, asked_for(options))
        if options.trend:
            return print_trend(store, wanted, options.json)
        counts = in_order_of_time(store.issues.counts(wanted, by), by)
    if options.json:
        print_json([dict(zip((*by, "count"), row, strict=True)) for row in counts])
    else:
        print_table([*by, _("count")], (["–" if cell is None else cell for cell in row] for row in counts))
    return 0 if counts else 1
