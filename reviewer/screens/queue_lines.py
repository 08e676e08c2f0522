"""What the queue says of an annotation in doubt: its old words, and where they may be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import zip_longest

from annotations.models import Placement, Waiting
from reports.anchor import Candidate
from reports.diff import Edit
from reports.document import Document
from reviewer.i18n import _
from reviewer.widgets.lines_view import wrap_parts
from reviewer.widgets.panel_lines import Directory
from reviewer.widgets.parts import Part, both_ends, crop_parts
from reviewer.words import placement_word, reasons_line

CONTEXT = 60
"""Code points of text shown before and behind a passage."""

MOST_LINES = 10
"""Lines of one passage that are shown."""

_STYLES = {Edit.SAME: "strong", Edit.REMOVED: "gone", Edit.ADDED: "new"}
_INDENT = 4

Line = list[Part]


def item_parts(waiting: Waiting, directory: Directory, cells: int) -> Line:
    """One row of the list: number, words, and how like them the best place is."""
    annotation = waiting.annotation
    best = f"{waiting.candidates[0].score:.0%}" if waiting.candidates else "–"
    labels = directory.tag_labels(annotation)
    left: Line = [(f"#{annotation.id} ", "quiet"), (" ".join(annotation.exact.split()), "")]
    if labels:
        left.append((f" · {labels[0]}", "quiet"))
    return both_ends(left, [(best, "quiet")], cells)


def detail_lines(
    waiting: Waiting, chosen: int, directory: Directory, text_of: Callable[[int], Document], cells: int
) -> list[Line]:
    """Everything about one item; `chosen`: the number of the candidate that Enter takes."""
    annotation = waiting.annotation
    lines: list[Line] = [
        both_ends(
            [(f"#{annotation.id}", "strong"), (f" · {placement_word(annotation.placement)}", "accent")],
            [(annotation.reviewer, "quiet")],
            cells,
        )
    ]
    if why := reasons_line(waiting.reasons):
        lines += [[(part, "warning") for part, _style in line] for line in wrap_parts([(why, "")], cells)]
    for label in directory.tag_labels(annotation):
        lines.append(crop_parts([(label, "")], cells))
    lines += [[], *_old(waiting, text_of, cells)]
    for number, candidate in enumerate(waiting.candidates):
        lines += [[], *_candidate(candidate, number, number == chosen, text_of(waiting.revision_id), cells)]
    if not waiting.candidates and annotation.placement is not Placement.MARKED:
        lines += [[], *wrap_parts([(_("Nothing in the latest text is like it."), "quiet")], cells)]
    return lines


def _old(waiting: Waiting, text_of: Callable[[int], Document], cells: int) -> list[Line]:
    annotation = waiting.annotation
    said = _("now") if annotation.placement is Placement.MARKED else _("was")
    document = text_of(annotation.revision_id)
    before, behind = _around(document, annotation.start, annotation.end)
    words: list[Part] = [
        (before, "quiet"),
        (annotation.exact.replace("\n", " "), "strong"),
        (behind, "quiet"),
    ]
    return [_head(said, annotation.section, cells), *_indented(words, cells)]


def _candidate(candidate: Candidate, number: int, chosen: bool, document: Document, cells: int) -> list[Line]:
    passage = candidate.passage
    before, behind = _around(document, passage.start, passage.end)
    words: list[Part] = [(before, "quiet")]
    for piece, following in zip_longest(candidate.difference, candidate.difference[1:]):
        words.append((piece.text.replace("\n", " "), _STYLES[piece.edit]))
        instead = following is not None and piece.edit is Edit.REMOVED and following.edit is Edit.ADDED
        if instead and not piece.text[-1:].isspace():
            words.append((" ", ""))
    words.append((behind, "quiet"))
    bar = "▌" if chosen else " "
    head: Line = [(bar, "accent"), (f"{number + 1} ", "accent"), (f"{candidate.score:.0%}", "strong")]
    if why := reasons_line(candidate.reasons):
        head.append((f" · {why}", "warning"))
    lines = [crop_parts(head, cells)]
    if passage.section:
        lines.append(crop_parts([(f"{bar}   ", "accent"), (passage.section, "quiet")], cells))
    rows = wrap_parts(_trimmed(words), cells - _INDENT, MOST_LINES)
    return [*lines, *([(f"{bar}   ", "accent"), *row] for row in rows)]


def _head(word: str, section: str, cells: int) -> Line:
    parts: Line = [(f"  {word}", "accent")]
    if section:
        parts.append((f" · {section}", "quiet"))
    return crop_parts(parts, cells)


def _indented(words: Sequence[Part], cells: int) -> list[Line]:
    rows = wrap_parts(_trimmed(words), cells - _INDENT, MOST_LINES)
    return [[(" " * _INDENT, ""), *row] for row in rows]


def _trimmed(words: Sequence[Part]) -> list[Part]:
    return [part for part in words if part[0]]


def _around(document: Document, start: int, end: int) -> tuple[str, str]:
    """Text before and behind a range, within its own blocks."""
    text, blocks = document.text, document.blocks
    first, last = blocks[blocks.at(start)].start, blocks[blocks.at(end - 1)].end
    before = text[max(first, start - CONTEXT) : start]
    behind = text[end : min(last, end + CONTEXT)]
    if start - CONTEXT > first:
        before = "…" + before.partition(" ")[2]
    if end + CONTEXT < last:
        behind = behind.rpartition(" ")[0] + "…"
    return before, behind
