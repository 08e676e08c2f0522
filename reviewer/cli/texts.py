"""`reviewer reports` and `reviewer show`."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from typing import Any

from annotations.export import annotation_object
from annotations.filters import IssueFilter, Term
from annotations.issues import IssueRow
from annotations.models import Report
from reports.document import Document
from reports.units import UnitKind, all_units
from reviewer.cli.output import print_json, print_table
from reviewer.cli.session import opened
from reviewer.i18n import _

_SHOWN_UNITS = (UnitKind.PART, UnitKind.CLAUSE, UnitKind.SENTENCE, UnitKind.PARAGRAPH)


def report_object(report: Report) -> dict[str, Any]:
    """A report as JSON shows it."""
    return {
        "slug": report.slug,
        "title": report.title,
        "date": report.date,
        "period": report.period,
        "issuer": report.issuer,
    }


def run_reports(options: Namespace) -> int:
    """List the reports, latest first."""
    with opened(options) as store:
        rows = sorted(store.library(), key=lambda row: row.report.date or "", reverse=True)
    if options.json:
        print_json(
            [
                {
                    **report_object(row.report),
                    "source": row.report.source,
                    "revision": row.report.revision,
                    "length": row.report.length,
                    "annotations": row.annotations,
                    "open": row.open,
                    "read": round(row.read, 4),
                }
                for row in rows
            ]
        )
    else:
        headers = (_("report"), _("date"), _("period"), _("issues"), _("open"), _("read"), _("title"))
        print_table(
            headers,
            (
                (
                    row.report.slug,
                    row.report.date,
                    row.report.period,
                    row.annotations,
                    row.open,
                    f"{row.read:.0%}",
                    row.report.title,
                )
                for row in rows
            ),
        )
    return 0 if rows else 1


def run_show(options: Namespace) -> int:
    """Print one report: as JSON with blocks, units and annotations, else its text with passages marked."""
    with opened(options) as store:
        report = store.report(options.report)
        document = store.document(report.revision_id)
        rows = list(store.issues.stream(IssueFilter((Term("report", (report.slug,)),))))
    if options.json:
        print_json(_show_object(report, document, rows))
    else:
        sys.stdout.writelines(marked_lines(document, rows))
    return 0


def _show_object(report: Report, document: Document, rows: Sequence[IssueRow]) -> dict[str, Any]:
    return {
        "report": report_object(report),
        "revision": report.revision,
        "text": document.text,
        "blocks": [
            {
                "kind": block.kind.label,
                "level": block.level,
                "start": block.start,
                "end": block.end,
                "source_line": block.source_line,
            }
            for block in document.blocks
        ],
        "units": [
            {"kind": str(unit.kind), "start": unit.start, "end": unit.end} for unit in _units(document)
        ],
        "annotations": [annotation_object(row) for row in rows],
    }


def _units(document: Document) -> Iterator[Any]:
    for kind in _SHOWN_UNITS:
        yield from all_units(document, kind)


def marked_lines(document: Document, rows: Sequence[IssueRow]) -> Iterator[str]:
    """The text line by line, each passage between `⟦id:` and `⟧`, then what its annotations say."""
    opening: dict[int, list[IssueRow]] = {}
    closing: dict[int, int] = {}
    for row in rows:
        opening.setdefault(row.start, []).append(row)
        closing[row.end] = closing.get(row.end, 0) + 1
    cuts = sorted({*opening, *closing})
    at = 0
    for cut in cuts:
        yield document.text[at:cut]
        yield "⟧" * closing.get(cut, 0)
        yield "".join(f"⟦{row.id}:" for row in sorted(opening.get(cut, []), key=lambda r: -r.end))
        at = cut
    yield document.text[at:] + "\n"
    if rows:
        yield "\n"
    for row in rows:
        agencies = "; ".join((*row.lead_agencies, *row.coordinating_agencies)) or _("no agency yet")
        yield f"{row.id}\t{'; '.join(row.tags)}\t{agencies}\t{row.status}\n"
