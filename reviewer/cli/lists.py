"""`reviewer issues` and `stats`: the issue list as a table, and counted, asked for by one filter."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Sequence
from itertools import islice

from annotations.export import annotation_object, chosen_columns
from annotations.export.cells import plain, value_columns
from annotations.filter_terms import CURRENT, ITSELF, WRITTEN
from annotations.filters import IssueFilter, filter_from_options
from annotations.issues import COLUMNS, IssueRow
from annotations.store import Store
from reviewer.cli.output import print_json, print_table
from reviewer.cli.parser import UsageError
from reviewer.cli.session import opened
from reviewer.cli.trend import in_order_of_time, print_trend
from reviewer.cli.views import narrowed
from reviewer.cli.words import day
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


_OF_VIEW = "view"
"""What `--columns` takes those of the view for."""

_READINGS = {WRITTEN: "as_written", CURRENT: "current", ITSELF: "itself"}


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


def on_day(store: Store, options: Namespace) -> None:
    """Reckon deadlines from `--today`, where it is given."""
    if options.today:
        today = day(options.today)
        store.issues.today = lambda: today


def run_issues(options: Namespace) -> int:
    """The issue list as a table."""
    if options.limit is not None and options.limit < 1:
        raise UsageError(N_("--limit needs a number from 1 on."))
    with opened(options) as store:
        on_day(store, options)
        rows: Iterable[IssueRow] = store.issues.stream(narrowed(store, options, asked_for(options)))
        found = list(islice(rows, options.limit) if options.limit is not None else rows)
        columns = columns_of(store, options)
    none = _("No issue fits this. `reviewer issues` without a filter lists all of them.")
    if options.json:
        print_json([annotation_object(row, columns=columns or COLUMNS) for row in found])
    elif columns:
        values = zip(*value_columns(found, columns, language()), strict=True)
        print_table(columns, ([plain(value) for value in row] for row in values), none=none)
    else:
        headers = (_("id"), _("report"), _("date"), _("passage"), _("tags"), _("lead"), _("status"), _("due"))
        print_table(headers, (_cells(row) for row in found), none=none)
    return 0 if found else 1


def columns_of(store: Store, options: Namespace) -> Sequence[str]:
    """The columns that `--columns` names, none where it is not given; ExportError on an unknown one."""
    if options.columns is None:
        return ()
    if options.columns.strip() != _OF_VIEW:
        return chosen_columns([name.strip() for name in options.columns.split(",") if name.strip()])
    if options.view is None:
        raise UsageError(N_("“--columns view” takes the columns of a view. Name one with --view."))
    return [name for name, _width in store.view(options.view).columns if name in COLUMNS]


def _cells(row: IssueRow) -> Sequence[object]:
    tags = row.tags_en if language() == "en" else row.tags
    lead = "; ".join(row.lead_agencies)
    return (row.id, row.report, row.report_date, row.passage, "; ".join(tags), lead, row.status, row.due)


def heads(by: Sequence[str]) -> list[str]:
    """What stands above columns named `by`: the names that programs know, or what people call them in
    Vietnamese."""
    if language() == "en":
        return list(by)
    from reviewer.charts.names import by_word

    return [by_word(name).lower() for name in by]


def run_stats(options: Namespace) -> int:
    """Counts by one thing, or by several against each other."""
    by = [name.strip() for name in options.by.split(",") if name.strip()]
    with opened(options) as store:
        on_day(store, options)
        wanted = narrowed(store, options, asked_for(options))
        if options.chart and not options.json:
            from reviewer.cli.charts import look_for, print_chart

            return print_chart(store, wanted, look_for(by, trend=options.trend))
        if options.trend:
            return print_trend(store, wanted, options.json)
        counts = in_order_of_time(store.issues.counts(wanted, by), by)
    if options.json:
        print_json([dict(zip((*by, "count"), row, strict=True)) for row in counts])
    else:
        print_table(
            [*heads(by), _("count")], (["–" if cell is None else cell for cell in row] for row in counts)
        )
    return 0 if counts else 1
