"""What the issue list shows of an annotation. No widgets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from annotations.models import Role, Severity, Status
from reviewer.days import show_day, show_period
from reviewer.i18n import N_, _, language
from reviewer.layout.wrap import wrap
from reviewer.widgets.columns import Column, row_parts
from reviewer.widgets.parts import Part
from reviewer.words import role_word, severity_word, status_word

if TYPE_CHECKING:
    from annotations.issues import IssueRow

COLUMNS = (
    Column("id", N_("No."), 6, drop=4, right=True),
    Column("period", N_("Period"), 12, drop=5),
    Column("passage", N_("Passage"), 22, weight=8),
    Column("tags", N_("Tags"), 14, weight=3, drop=1),
    Column("lead", N_("Lead agency"), 13, weight=3),
    Column("status", N_("Status"), 13, drop=3),
    Column("due", N_("Due"), 12, drop=2),
)
SETTLED = (Status.RESOLVED, Status.REJECTED)


def overdue(row: IssueRow, today: str) -> bool:
    """Whether the due day of an unsettled issue is past. `today`: ISO day."""
    return bool(row.due and row.due < today and row.status not in SETTLED)


def draw_row(row: IssueRow, fitted: Sequence[tuple[Column, int]], today: str) -> list[Part]:
    """One annotation in one row."""
    late = overdue(row, today)
    settled = row.status in SETTLED
    mark = "‼ " if row.severity == Severity.HIGH else ""
    return row_parts(
        fitted,
        {
            "id": (str(row.id), "quiet"),
            "period": (show_period(row.period) or show_day(row.report_date), "quiet"),
            "passage": (mark + " ".join(row.passage.split()), "quiet" if settled else ""),
            "tags": ("; ".join(row.tag_labels(language())) or "–", "quiet" if settled else ""),
            "lead": (lead_names(row) or "–", "quiet" if settled else ""),
            "status": (status_word(Status(row.status)), "quiet" if settled else ""),
            "due": (f"{'! ' if late else ''}{show_day(row.due)}", "error" if late else "quiet"),
        },
    )


def lead_names(row: IssueRow) -> str:
    """The agencies in the lead by their short names."""
    return "; ".join(link.short or link.name for link in row.links if link.role is Role.LEAD)


def detail_rows(row: IssueRow, width: int, height: int) -> list[list[Part]]:
    """All of one annotation in at most `height` rows of `width` cells: passage, where it is, who answers,
    the note."""
    facts = _facts(row)
    room = max(1, height - len(facts))
    rows: list[list[Part]] = [[(line, "strong")] for line in _lines(f"“{row.passage}”", width, room)]
    for text, style in facts:
        rows += [[(line, style)] for line in _lines(text, width, 1)]
    return rows[:height]


def _facts(row: IssueRow) -> list[Part]:
    where = [row.report_title, row.section, show_day(row.report_date)]
    facts: list[Part] = [(" · ".join(part for part in where if part), "quiet")]
    who = [f"{link.name} ({role_word(link.role)})" for link in row.links]
    if who:
        facts.append(("; ".join(who), ""))
    standing = [status_word(Status(row.status))]
    if row.severity:
        standing.append(severity_word(Severity(row.severity)))
    if row.due:
        standing.append(_("due {day}").format(day=show_day(row.due)))
    if row.note:
        standing.append(" ".join(row.note.split()))
    facts.append((" · ".join([*standing, row.reviewer]), "quiet"))
    return facts


def _lines(text: str, width: int, most: int) -> list[str]:
    """`text` wrapped into at most `most` lines; the last one ends in an ellipsis if something is missing."""
    text = " ".join(text.split())
    starts = wrap(text, max(2, width))
    lines = [text[a:b].rstrip() for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]
    if len(lines) > most:
        last = lines[most - 1]
        lines = [*lines[: most - 1], f"{last[: max(0, width - 1)].rstrip()}…"]
    return lines
