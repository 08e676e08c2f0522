"""What the library shows of a report, how it is sorted, and what is found in it. No widgets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from annotations.models import LibraryRow
from reports.vietnamese import search_key, sort_key
from reviewer.days import show_day, show_period
from reviewer.i18n import N_, ngettext
from reviewer.layout.cells import width
from reviewer.widgets.columns import Column, row_parts
from reviewer.widgets.parts import Part, fit

COLUMNS = (
    Column("date", N_("Date"), 11, drop=3),
    Column("period", N_("Period"), 12, drop=4),
    Column("title", N_("Title"), 34, weight=6),
    Column("issuer", N_("Issued by"), 20, weight=1, drop=5),
    Column("annotations", N_("Passages"), 8, drop=1, right=True),
    Column("read", N_("Read"), 6, drop=2, right=True),
)
SORTS: dict[str, tuple[Callable[[LibraryRow], Any], bool]] = {
    "date": (lambda row: (row.report.date or "", row.report.id), True),
    "title": (lambda row: sort_key(row.report.title), False),
    "issuer": (lambda row: (sort_key(row.report.issuer), row.report.date or ""), False),
    "annotations": (lambda row: row.annotations, True),
    "read": (lambda row: row.read, True),
}
"""What the library can be sorted by: its key, and whether the largest comes first."""


def sort_rows(rows: Sequence[LibraryRow], by: str) -> list[LibraryRow]:
    """`rows` sorted by a name of SORTS."""
    key, largest_first = SORTS[by]
    return sorted(rows, key=key, reverse=largest_first)


def find_rows(rows: Sequence[LibraryRow], query: str) -> list[LibraryRow]:
    """Those of `rows` whose title, issuer, date or period holds every word of `query`; accents do not
    matter."""
    words = search_key(query).split()
    if not words:
        return list(rows)
    return [row for row in rows if all(word in _words_of(row) for word in words)]


def _words_of(row: LibraryRow) -> str:
    report = row.report
    parts = (report.title, report.issuer, report.date, report.period, show_day(report.date), report.slug)
    return search_key(" ".join((*(part or "" for part in parts), show_period(report.period))))


def draw_row(
    row: LibraryRow, fitted: Sequence[tuple[Column, int]], queue_key: Callable[[], str] = lambda: "W"
) -> list[Part]:
    """One report; behind the title of one in which passages wait to be placed, how many and which key leads
    to them."""
    report = row.report
    percent = round(100 * row.read)
    parts = row_parts(
        fitted,
        {
            "date": (show_day(report.date), "quiet"),
            "period": (show_period(report.period), "quiet"),
            "title": (report.title, ""),
            "issuer": (report.issuer, "quiet"),
            "annotations": (str(row.annotations) if row.annotations else "·", ""),
            "read": (f"{percent} %" if percent else "·", "quiet" if percent < 100 else "accent"),
        },
    )
    return _with_waiting(row, parts, fitted, queue_key()) if row.waiting else parts


def _with_waiting(
    row: LibraryRow, parts: list[Part], fitted: Sequence[tuple[Column, int]], key: str
) -> list[Part]:
    said = ngettext("{count} waits", "{count} wait", row.waiting).format(count=row.waiting)
    tail = f"  {said} · {key}"
    for at, (column, cells) in enumerate(fitted):
        if column.name == "title" and cells > width(tail):
            title = fit(row.report.title, cells - width(tail))
            return [*parts[: 2 * at], (title, ""), (tail, "accent"), *parts[2 * at + 1 :]]
    return parts
