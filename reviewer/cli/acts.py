"""`reviewer annotate`, `update`, `delete`, `restore`, `undo` and `redo`: the screen's acts, scriptable."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from typing import Any

from annotations.export import annotation_object
from annotations.models import Change, Comment, Link, Severity, Status
from annotations.store import BulkFields, Store
from reports.document import Document
from reports.errors import N_, ReviewError
from reports.find import Match, find
from reports.passage import Passage, make_passage
from reviewer.choices import report_day
from reviewer.cli.output import print_json
from reviewer.cli.parser import UsageError
from reviewer.cli.session import opened
from reviewer.cli.words import day, links, tag_ids, types

_AROUND = 30
"""Code points shown on each side of a quote that stands several times."""


class QuoteError(ReviewError):
    """A quote that is not in the report, or is in it several times."""


def run_annotate(options: Namespace) -> int:
    """Put an annotation on the passage that `--quote` names; prints its number."""
    with opened(options) as store:
        report = store.report(options.report)
        document = store.document(report.revision_id)
        passage = quoted_passage(document, options.quote, options.nth)
        tags = types(store, options.tag)
        agencies = links(store, options.agency, report_day(report))
        if not options.again:
            _refuse_again(store, report.id, passage, tags, agencies)
        change = store.annotate(
            report.id,
            report.revision_id,
            passage,
            tags=tags,
            links=agencies,
            note=options.note or "",
            severity=Severity(options.severity) if options.severity else None,
            status=Status(options.status) if options.status else Status.OPEN,
            due=day(options.due) if options.due else None,
        )
        report_change(store, change, options.json)
    return 0


def _refuse_again(
    store: Store, report_id: int, passage: Passage, tags: Sequence[int], agencies: Sequence[Link]
) -> None:
    """Raise UsageError where the passage has an annotation with these very tags and agencies."""
    for each in store.annotations(report_id):
        same_place = (each.start, each.end) == (passage.start, passage.end)
        linked = {link.agency_id for link in each.links} == {link.agency_id for link in agencies}
        if same_place and set(each.tags) == set(tags) and linked:
            template = N_(
                "The same passage has annotation #{number} with this tag already. Use --again to add another."
            )
            raise UsageError(template, number=each.id)


def quoted_passage(document: Document, quote: str, nth: int | None) -> Passage:
    """The passage whose words are `quote`: with accents as written if it stands so, else without.

    `nth`: which of several, 1-based. Raises QuoteError.
    """
    found = [match for match in find(document.text, quote) if match.exact] or find(document.text, quote)
    if not found:
        raise QuoteError(
            N_("“{quote}” is not in the report. Copy the words from `reviewer show`."), quote=quote
        )
    if nth is None and len(found) > 1:
        raise QuoteError(
            N_("“{quote}” is in the report {count} times; say which with --nth: {places}"),
            quote=quote,
            count=len(found),
            places="; ".join(f"{i}. …{_around(document.text, match)}…" for i, match in enumerate(found, 1)),
        )
    number = nth or 1
    if not 1 <= number <= len(found):
        raise QuoteError(
            N_("“{quote}” is in the report {count} times; there is no number {nth}."),
            quote=quote,
            count=len(found),
            nth=nth,
        )
    chosen = found[number - 1]
    return make_passage(document, chosen.start, chosen.end)


def _around(text: str, match: Match) -> str:
    return text[max(0, match.start - _AROUND) : match.end + _AROUND].replace("\n", " ")


def run_update(options: Namespace) -> int:
    """Change every annotation named, as one act."""
    with opened(options) as store:
        fields = _fields(options)
        if options.tag:
            fields["add_tags"] = tag_ids(store, options.tag)
        if options.untag:
            fields["remove_tags"] = tag_ids(store, options.untag)
        if options.agency:
            fields["add_links"] = links(store, options.agency)
        if options.unlink:
            fields["remove_agencies"] = [link.agency_id for link in links(store, options.unlink)]
        if not fields:
            raise UsageError(N_("Say what to change: --status, --due, --tag, …"))
        report_change(store, store.edit_many(_seen(store, options.ids), **fields), options.json)
    return 0


def _seen(store: Store, ids: Sequence[int]) -> list[tuple[int, int]]:
    return [(number, store.annotation(number).version) for number in ids]


def _fields(options: Namespace) -> BulkFields:
    fields: BulkFields = {}
    if options.note is not None:
        fields["note"] = options.note
    if options.severity:
        fields["severity"] = Severity(options.severity)
    if options.status:
        fields["status"] = Status(options.status)
    if options.due is not None:
        fields["due"] = day(options.due) if options.due else None
    return fields


def run_delete(options: Namespace) -> int:
    """Delete every annotation named; each can be restored."""
    with opened(options) as store:
        report_change(store, store.edit_many(_seen(store, options.ids), deleted=True), options.json)
    return 0


def run_restore(options: Namespace) -> int:
    """Bring every annotation named back, with its tags and links; one act."""
    with opened(options) as store:
        report_change(store, store.restore(*options.ids), options.json)
    return 0


def comment_object(comment: Comment) -> dict[str, Any]:
    """A comment as JSON shows it."""
    return {
        "id": comment.id,
        "annotation": comment.annotation_id,
        "reviewer": comment.reviewer,
        "text": comment.text,
        "created_at": comment.created_at,
        "updated_at": comment.updated_at,
        "version": comment.version,
    }


def run_undo(options: Namespace) -> int:
    """Take this reviewer's last act back."""
    with opened(options) as store:
        report_change(store, store.undo(), options.json)
    return 0


def run_redo(options: Namespace) -> int:
    """Do again what was taken back last."""
    with opened(options) as store:
        report_change(store, store.redo(), options.json)
    return 0


def report_change(store: Store, change: Change, as_json: bool) -> None:
    """Print what a change did: its annotations as JSON, one alone with its comments, or as the history says
    it, with the numbers of its annotations in front."""
    numbers = [item.item_id for item in change.items if item.kind == "annotation"]
    if as_json:
        rows = [annotation_object(row) for row in store.issues.rows(numbers)]
        if len(rows) == 1:
            rows[0]["comments"] = [comment_object(said) for said in store.comments(numbers[0])]
        print_json(rows[0] if change.act == "annotate" and rows else rows)
        return
    from reviewer.histories import place, sentence, text_of
    from reviewer.history_fields import names_of

    past, names = store.past_acts([change.id])[change.id], names_of(store)
    where = ", ".join(f"#{number}" for number in dict.fromkeys(numbers)) or place(past, names)
    said = text_of(sentence(past, names))
    print(f"{where}: {said}" if where else said)
