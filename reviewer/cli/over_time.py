"""`reviewer continue`, `earlier` and `line`: the same issue over several reports."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from annotations.export import annotation_object
from annotations.models import Role, Status
from reviewer.cli.acts import report_change
from reviewer.cli.output import print_json, print_table
from reviewer.cli.parser import UsageError
from reviewer.cli.session import opened
from reviewer.i18n import N_, _, language
from reviewer.over_time import reasons, run_words, when
from reviewer.words import status_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotations.earlier import Candidate
    from annotations.issue_rows import IssueRow


def run_continue(options: Namespace) -> int:
    """Link an annotation to an earlier one, or take that off."""
    earlier = _number_or_none(options.earlier)
    with opened(options) as store:
        seen = store.annotation(options.id)
        change = store.continue_from(seen.id, seen.version, earlier)
        report_change(store, change, options.json)
        if not options.json and (said := run_words(store.issues.runs([seen.id]).get(seen.id))):
            print(said)
    return 0


def _number_or_none(text: str) -> int | None:
    if text.lower() in ("none", "không", "khong"):
        return None
    number = text.removeprefix("#")
    if not number.isascii() or not number.isdigit() or int(number) >= 1 << 63:
        raise UsageError(
            N_("“{text}” is no annotation. Give its number, or none for a new issue."), text=text
        )
    return int(number)


def run_earlier(options: Namespace) -> int:
    """The candidates of one annotation; 1 where nothing is like it."""
    if options.limit < 1:
        raise UsageError(N_("--limit needs a number from 1 on."))
    with opened(options) as store:
        store.annotation(options.id)
        found = store.issues.earlier(options.id, options.limit)
        rows = {row.id: row for row in store.issues.rows([each.id for each in found])}
    if options.json:
        print_json([_candidate(each, rows[each.id]) for each in found])
    else:
        none = _("Nothing in earlier reports is like #{id}.").format(id=options.id)
        headers = (_("id"), _("period"), _("report"), _("status"), _("passage"), _("why"))
        print_table(headers, [_candidate_cells(each, rows[each.id]) for each in found], none=none)
    return 0 if found else 1


def _candidate(candidate: Candidate, row: IssueRow) -> dict[str, Any]:
    return {
        **annotation_object(row, language()),
        "score": candidate.score,
        "words": candidate.words,
        "same_tag": candidate.same_tag,
        "near_tag": candidate.near_tag,
        "same_agency": candidate.same_agency,
        "same_line": candidate.same_line,
        "strong": candidate.strong,
        "linked": candidate.linked,
    }


def _candidate_cells(candidate: Candidate, row: IssueRow) -> Sequence[object]:
    why = _("linked: {why}").format(why=reasons(candidate)) if candidate.linked else reasons(candidate)
    return (row.id, when(row.period, row.report_date), row.report, _status(row), row.passage, why)


def _status(row: IssueRow) -> str:
    return status_word(Status(row.status))


def run_line(options: Namespace) -> int:
    """One issue through all reports."""
    with opened(options) as store:
        line = [annotation.id for annotation in store.line_of(options.id)]
        rows = store.issues.rows(line)
        runs = store.issues.runs(line)
    periods = {row.id: runs[row.id].periods if row.id in runs else 1 for row in rows}
    if options.json:
        print_json([{**annotation_object(row, language()), "periods": periods[row.id]} for row in rows])
        return 0
    headers = (_("id"), _("period"), _("in a row"), _("report"), _("status"), _("lead"), _("passage"))
    print_table(
        headers,
        [
            (row.id, when(row.period, row.report_date), periods[row.id], row.report, _status(row), _lead(row),
             row.passage)
            for row in rows
        ],
    )  # fmt: skip
    return 0


def _lead(row: IssueRow) -> str:
    return "; ".join(row.shown_agencies(Role.LEAD, language()))
