"""`reviewer reports` and `reviewer show`."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from annotations.export import annotation_object
from annotations.filters import IssueFilter, Term
from annotations.issues import IssueRow
from annotations.models import Agency, Report, Revision
from reports.document import Document
from reports.units import UnitKind, all_units
from reviewer.cli.output import print_json, print_table
from reviewer.cli.revisions import file_object
from reviewer.cli.session import opened
from reviewer.i18n import _, language
from reviewer.place import database_path

if TYPE_CHECKING:
    from annotations.mentions import Mention
    from annotations.store import Store

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
                    "waiting": row.waiting,
                    "read": round(row.read, 4),
                }
                for row in rows
            ]
        )
    else:
        none = _("No report yet: `reviewer import FILE` brings one in ({path}).")
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
            none=none.format(path=database_path(options.db)),
        )
    return 0 if rows else 1


def run_show(options: Namespace) -> int:
    """Print one report: as JSON with blocks, units and annotations, else its text with passages marked."""
    with opened(options) as store:
        report = store.report(options.report)
        revision = _revision(store, report, options.revision)
        document = store.document(revision.id)
        rows = _rows(store, report, revision)
        agencies = {agency.id: agency for agency in store.agencies()}
    if options.json or options.mentions:
        from annotations.mentions import MentionFinder
        from reviewer.choices import report_day

        mentions = MentionFinder(agencies.values()).find(document.text, report_day(report))
    if options.mentions:
        return _show_mentions(document, mentions, agencies, options.json)
    if options.json:
        named = [_mention_object(document, one, agencies) for one in mentions]
        print_json({**_show_object(report, revision, document, rows), "mentions": named})
    else:
        sys.stdout.writelines(marked_lines(document, rows))
    return 0


def _mention_object(document: Document, mention: Mention, agencies: Mapping[int, Agency]) -> dict[str, Any]:
    return {
        "start": mention.start,
        "end": mention.end,
        "text": document.text[mention.start : mention.end],
        "agencies": [agencies[number].slug for number in mention.agency_ids],
    }


def _show_mentions(
    document: Document, mentions: Sequence[Mention], agencies: Mapping[int, Agency], as_json: bool
) -> int:
    """The agencies that are named, those named most first, and as what; 1 where there are none."""
    if as_json:
        print_json([_mention_object(document, one, agencies) for one in mentions])
        return 0 if mentions else 1
    written: dict[tuple[int, ...], list[str]] = {}
    for one in mentions:
        written.setdefault(one.agency_ids, []).append(document.text[one.start : one.end])
    print_table(
        (_("agency"), _("times"), _("written")),
        (
            (
                " / ".join(agencies[key].label(language()) for key in keys),
                len(texts),
                "; ".join(dict.fromkeys(texts)),
            )
            for keys, texts in sorted(written.items(), key=lambda item: -len(item[1]))
        ),
    )
    return 0 if mentions else 1


def _revision(store: Store, report: Report, number: int | None) -> Revision:
    """The text with that number, else the current one."""
    if number is not None:
        return store.revision(report.id, number)
    return next(each for each in store.revisions(report.id) if each.current)


def _rows(store: Store, report: Report, revision: Revision) -> list[IssueRow]:
    """What is marked in a text: now, or as it was when the text was the report's."""
    if revision.current:
        every = store.issues.stream(IssueFilter((Term("report", (report.slug,)),)))
        return [row for row in every if row.revision_id == revision.id]
    from annotations.past_rows import past_rows

    past = store.annotations_at(revision.id)
    return past_rows(past, report, revision, store.tags(), store.agencies())


def _show_object(
    report: Report, revision: Revision, document: Document, rows: Sequence[IssueRow]
) -> dict[str, Any]:
    return {
        "report": report_object(report),
        "revision": revision.sha256,
        "number": revision.number,
        **file_object(revision),
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
