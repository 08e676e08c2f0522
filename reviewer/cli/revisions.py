"""`reviewer revisions` and `place`: a report's texts, what differs, and what waits to be placed."""

from __future__ import annotations

import re
import sys
from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from annotations.models import Placement, Report, Revision, Waiting
from reviewer.cli.output import print_json, print_table
from reviewer.cli.parser import UsageError
from reviewer.cli.session import opened
from reviewer.i18n import N_, _
from reviewer.words import placement_word, reasons_line

if TYPE_CHECKING:
    from annotations.store import Store
    from reports.diff import Piece

_SHOWN = (Placement.WAITING, Placement.ORPHAN, Placement.MARKED)
_BETWEEN = re.compile(r"(\d+)(?:\.\.|-)(\d+)")
_CONTEXT = 1
_SIGNS = {"same": ("", ""), "removed": ("[-", "-]"), "added": ("{+", "+}")}


def placements_line(placements: Mapping[Placement, int]) -> str:
    """How many annotations are placed how, in words; empty where there are none."""
    return ", ".join(
        f"{placements[placement]} {placement_word(placement)}"
        for placement in Placement
        if placements.get(placement)
    )


def ask(name: str, original: Report) -> bool | None:
    """Ask on the terminal whether `name` is a corrected text of `original`; None to leave it."""
    print(
        _("{source} looks like a corrected text of “{slug}”: {title}").format(
            source=name, slug=original.slug, title=original.title
        ),
        file=sys.stderr,
    )
    answers = {_("y"): True, "y": True, _("n"): False, "n": False}
    print(
        _("Is it? y revises that report, n makes a new one, anything else leaves it: "),
        end="",
        file=sys.stderr,
    )
    sys.stderr.flush()
    return answers.get(sys.stdin.readline().strip().lower())


def run(options: Namespace) -> int:
    """The texts of a report and what waits, or what differs between two of them; 1 if nothing does."""
    with opened(options) as store:
        report = store.report(options.report)
        revisions = store.revisions(report.id)
        if options.diff is not None:
            return _show_difference(store, *_two(store, report, revisions, options.diff), options.json)
        queue = store.queue(report.id, _SHOWN)
    if options.json:
        print_json(
            {
                "report": report.slug,
                "revisions": [revision_object(each) for each in revisions],
                "unplaced": [waiting_object(each) for each in queue],
            }
        )
        return 0
    headers = (
        _("revision"),
        _("text"),
        _("imported"),
        _("reviewer"),
        _("source"),
        _("file"),
        _("annotations"),
        "",
    )
    print_table(headers, map(_cells, revisions))
    sys.stdout.writelines(_queue_lines(queue))
    return 0


def _cells(revision: Revision) -> Sequence[object]:
    said = _("current") if revision.current else _("withdrawn") if revision.withdrawn else ""
    where = (revision.number, revision.sha256[:12], revision.imported_at, revision.reviewer)
    return (*where, revision.source, _file_word(revision), revision.annotations, said)


def _file_word(revision: Revision) -> str:
    """Format and encoding of a text's file, and whether it can be had back."""
    said = [revision.format, revision.encoding, "" if revision.file_kept else _("(not kept)")]
    return " ".join(filter(None, said))


def _queue_lines(queue: Sequence[Waiting]) -> Iterator[str]:
    for waiting in queue:
        annotation = waiting.annotation
        why = reasons_line(waiting.reasons)
        yield f"\n#{annotation.id}\t{placement_word(annotation.placement)}" + (f"\t{why}" if why else "")
        yield f"\n  “{annotation.exact}”\n"
        for number, candidate in enumerate(waiting.candidates, 1):
            yield f"  {number}. {candidate.score:.0%}\t{marked_difference(candidate.difference)}\n"


def marked_difference(pieces: Sequence[Piece]) -> str:
    """A difference on one line: `[-taken out-]` and `{+put in+}`."""
    from reports.diff import apart

    said = []
    for piece in apart(pieces):
        opening, closing = _SIGNS[piece.edit]
        words = piece.text.rstrip()
        at = len(words) - len(words.lstrip())
        said.append(f"{words[:at]}{opening}{words[at:]}{closing}{piece.text[len(words) :]}")
    return "".join(said).replace("\n", " ").strip()


def revision_object(revision: Revision) -> dict[str, Any]:
    """A revision as JSON shows it."""
    return {
        "number": revision.number,
        "sha256": revision.sha256,
        "length": revision.length,
        "imported_at": revision.imported_at,
        "reviewer": revision.reviewer,
        "source": revision.source,
        "current": revision.current,
        "withdrawn": revision.withdrawn,
        "annotations": revision.annotations,
        **file_object(revision),
    }


def file_object(revision: Revision) -> dict[str, Any]:
    """The file that a text was read from, as JSON shows it."""
    return {
        "format": revision.format,
        "encoding": revision.encoding,
        "file_sha256": revision.file_sha256,
        "file_size": revision.file_size,
        "file_kept": revision.file_kept,
    }


def waiting_object(waiting: Waiting) -> dict[str, Any]:
    """An annotation that is not simply where it was, as JSON shows it."""
    annotation = waiting.annotation
    return {
        "id": annotation.id,
        "uid": annotation.uid,
        "version": annotation.version,
        "placement": annotation.placement,
        "passage": annotation.exact,
        "section": annotation.section,
        "start": annotation.start,
        "end": annotation.end,
        "reasons": waiting.reasons,
        "candidates": [
            {
                "start": each.passage.start,
                "end": each.passage.end,
                "passage": each.passage.exact,
                "section": each.passage.section,
                "score": each.score,
                "reasons": each.reasons,
                "difference": [{"edit": piece.edit, "text": piece.text} for piece in each.difference],
            }
            for each in waiting.candidates
        ],
    }


def _two(
    store: Store, report: Report, revisions: Sequence[Revision], written: str
) -> tuple[Revision, Revision]:
    """The two texts that `N..M` names; without it the current one and the one before."""
    if written:
        found = _BETWEEN.fullmatch(written)
        if not found:
            raise UsageError(N_("“{text}” does not name two texts. Write 1..2."), text=written)
        return store.revision(report.id, int(found[1])), store.revision(report.id, int(found[2]))
    standing = [each for each in revisions if not each.withdrawn]
    if len(standing) < 2:
        raise UsageError(N_("“{slug}” has one text only; there is nothing to compare."), slug=report.slug)
    return standing[-2], standing[-1]


def _show_difference(store: Store, old: Revision, new: Revision, as_json: bool) -> int:
    from reports.anchor import align
    from reports.diff import Edit, paragraph_difference, paragraph_pieces

    alignment = align(store.document(old.id), store.document(new.id))
    every = paragraph_difference(alignment)
    changed = [each for each in every if each.edit is not Edit.SAME or each.moved]
    if as_json:
        print_json(
            [
                {
                    "edit": each.edit,
                    "moved": each.moved,
                    "old": each.old,
                    "new": each.new,
                    "words": [
                        {"edit": piece.edit, "text": piece.text}
                        for piece in paragraph_pieces(alignment, each)
                    ],
                }
                for each in changed
            ]
        )
    else:
        for each in changed:
            sign = {Edit.REMOVED: "-", Edit.ADDED: "+"}.get(each.edit, ">" if each.moved else "~")
            pieces = paragraph_pieces(alignment, each)
            whole = each.edit in (Edit.REMOVED, Edit.ADDED)
            text = "".join(piece.text for piece in pieces) if whole else marked_difference(pieces)
            print(sign, text)
    return 0 if changed else 1


def run_place(options: Namespace) -> int:
    """Say where one annotation belongs in the latest text of its report."""
    with opened(options) as store:
        annotation = store.annotation(options.id)
        seen = (annotation.id, annotation.version)
        if options.accept is not None:
            change = store.accept(*seen, options.accept - 1)
        elif options.orphan:
            change = store.leave_orphan(*seen)
        elif options.confirm:
            change = store.confirm([seen])
        else:
            from reviewer.cli.acts import quoted_passage

            document = store.document(store.report(annotation.report_id).revision_id)
            change = store.reanchor(*seen, quoted_passage(document, options.quote, options.nth))
        from reviewer.cli.acts import report_change

        report_change(store, change, options.json)
    return 0
