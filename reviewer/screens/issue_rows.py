"""What the issue list shows of an annotation: its row, and the lines about the one under the cursor."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from annotations.models import Role, Severity, Status
from reviewer.days import show_day
from reviewer.i18n import _, language
from reviewer.layout.cells import width as width_of
from reviewer.layout.wrap import wrap
from reviewer.over_time import run_words
from reviewer.screens.issue_columns import LATE, Seen, values
from reviewer.widgets.columns import Column, row_parts
from reviewer.widgets.panel_lines import talk
from reviewer.widgets.parts import Part, both_ends, crop_parts, parts_width
from reviewer.words import role_word, severity_word, status_word

if TYPE_CHECKING:
    from annotations.issues import IssueRow
    from annotations.models import Comment

Line = list[Part]
_READABLE = 10
"""Cells of a name, at least, for which its label is worth its room."""


def draw_row(seen: Seen, fitted: Sequence[tuple[Column, int]]) -> list[Part]:
    """One annotation in one row. Overdue and grave ones have a sign, so that neither hangs on colour."""
    return row_parts(fitted, values(seen, (column.name for column, _cells in fitted)))


def detail_rows(seen: Seen, width: int, height: int, comments: Sequence[Comment] = ()) -> list[Line]:
    """All of one annotation in at most `height` lines of `width` cells: what it is, how much was said about
    it, the passage among the words round it, who answers, the note, what was said last if there is room, how
    it stands, where it is from."""
    row = seen.row
    agencies = _agencies(row, width)
    last = [_standing(seen, width), _source(row, width)]
    note = _note(row, width)
    room = max(1, height - 1 - len(agencies) - len(last))
    quote = _quote(row, width, max(1, room - min(2, len(note))))
    spare = height - 1 - len(quote) - len(agencies) - len(last)
    said = [*note, *_last_comment(comments, width)][: max(0, spare)]
    return [_about(row, comments, width), *quote, *agencies, *said, *last][:height]


def _about(row: IssueRow, comments: Sequence[Comment], width: int) -> Line:
    labels = row.tag_labels(language())
    what: Part = (" · ".join(labels), "strong") if labels else ("– " + _("no tag"), "warning")
    left = [what, (f"   #{row.id}", "quiet")]
    return (
        both_ends(left, [(talk(comments, date.today()), "quiet")], width)
        if comments
        else crop_parts(left, width)
    )


def _quote(row: IssueRow, width: int, most: int) -> list[Line]:
    """The passage among the words round it, in at most `most` lines."""
    before, passage, after = (" ".join(text.split()) for text in (row.prefix, row.passage, row.suffix))
    before = f"…{before}{' ' if row.prefix[-1:].isspace() else ''}" if before else ""
    after = f"{' ' if row.suffix[:1].isspace() else ''}{after}…" if after else ""
    text = before + passage + after
    first, last = len(before), len(before) + len(passage)
    starts = wrap(text, max(8, width))
    lines: list[Line] = []
    for begin, end in zip(starts[:most], [*starts[1:], len(text)], strict=False):
        cuts = [begin, min(max(first, begin), end), min(max(last, begin), end), end]
        styled = zip(cuts, cuts[1:], ("quiet", "", "quiet"), strict=False)
        lines.append([(text[a:b], style) for a, b, style in styled if a < b])
    if len(starts) > most:
        shown = text[starts[most - 1] : starts[most]].rstrip()
        lines[-1] = crop_parts([(f"{shown} …", "" if starts[most] > first else "quiet")], width)
    return lines


def _agencies(row: IssueRow, width: int) -> list[Line]:
    if not row.links:
        return [[("– " + _("no agency"), "warning")]]
    for brief in (False, True):
        said = _by_role(row, brief=brief)
        parts = [part for line in said for part in (*([("   ", "")] if line is not said[0] else []), *line)]
        if parts_width(parts) <= width:
            return [parts]
    return [_fairly(said, width)]


def _by_role(row: IssueRow, *, brief: bool) -> list[Line]:
    """The role and the names of those that have it, for each role that there is."""
    said: list[Line] = []
    for role in (Role.LEAD, Role.COORDINATING):
        names = [link.shown(language(), brief=brief) for link in row.links if link.role is role]
        if names:
            said.append([(f"{role_word(role)}: ", "quiet"), ("; ".join(names), "")])
    return said


def _fairly(said: Sequence[Line], width: int) -> Line:
    """As much of the roles as fits into `width` cells, half for each where both are long; the last one is
    left out where none of its names could be read."""
    if len(said) == 1:
        return crop_parts(said[0], width)
    first, second = (parts_width(line) for line in said)
    room = width - 3
    share = min(second, max(room // 2, room - first))
    if share < min(second, width_of(said[1][0][0]) + _READABLE):
        return crop_parts(said[0], width)
    return [*crop_parts(said[0], room - share), ("   ", ""), *crop_parts(said[1], share)]


def _last_comment(comments: Sequence[Comment], width: int) -> list[Line]:
    """Whose the last comment is, and its words as far as they go into a line."""
    if not comments:
        return []
    last = comments[-1]
    return [crop_parts([(f"{last.reviewer}: {' '.join(last.text.split())}", "quiet")], width)]


def _standing(seen: Seen, width: int) -> Line:
    row = seen.row
    parts: Line = [(status_word(Status(row.status)), "")]
    if row.severity:
        parts += [(" · ", "quiet"), (severity_word(Severity(row.severity)), "")]
    if row.due:
        word = f"{LATE} " + _("overdue since {day}") if seen.overdue else _("due {day}")
        parts += [(" · ", "quiet"), (word.format(day=show_day(row.due)), "error" if seen.overdue else "")]
    if row.owner:
        parts += [(" · ", "quiet"), (_("owner {name}").format(name=row.owner), "")]
    if said := run_words(seen.run):
        parts += [(" · ", "quiet"), (said, "warning")]
    who = f"{row.reviewer} · {show_day(row.updated_at[:10])}"
    return both_ends(parts, [(who, "quiet")], width)


def _note(row: IssueRow, width: int) -> list[Line]:
    text = " ".join(row.note.split())
    if not text:
        return []
    label = _("note: ")
    starts = wrap(text, max(8, width - len(label)))
    lines = [text[a:b].rstrip() for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]
    return [[(" " * len(label) if n else label, "quiet"), (line, "")] for n, line in enumerate(lines)]


def _source(row: IssueRow, width: int) -> Line:
    where = [row.report_title, show_day(row.report_date), row.section.rpartition(" › ")[2]]
    return crop_parts([(" · ".join(part for part in where if part), "quiet")], width)
