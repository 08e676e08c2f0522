"""Rows as cells of text, and the guard against cells that a spreadsheet would run."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from operator import attrgetter

from annotations.issue_rows import IssueRow
from annotations.models import Language, Role

SEPARATOR = "; "
"""Between several values in one cell."""

FIXED = frozenset(
    {"id", "revision", "start", "end", "severity", "status", "due", "created_at", "updated_at", "report_date"}
)
"""Columns that hold numbers, dates and words of ours only, so that they need neither guard nor quotes."""

Cell = Callable[[IssueRow], "str | int | None"]

_RUNS = re.compile("[\\s\u180e\u200b-\u200f\u2060\ufeff]*[=+\\-@|%＝＋－＠]")


def getters(columns: Sequence[str], language: Language) -> list[Cell]:
    """For each column, what gives its cell of a row: text, a number, or None."""
    return [_getter(column, language) for column in columns]


def _getter(column: str, language: Language) -> Cell:
    if column == "tags":
        return lambda row: SEPARATOR.join(row.tag_labels(language))
    if column == "lead_agencies":
        return lambda row: SEPARATOR.join(row.agencies(Role.LEAD, language))
    if column == "coordinating_agencies":
        return lambda row: SEPARATOR.join(row.agencies(Role.COORDINATING, language))
    getter: Cell = attrgetter(column)
    return getter


def guarded(text: str) -> str:
    """`text`, with an apostrophe in front where a spreadsheet might run it as a formula.

    That is where its first character, spaces and invisible ones apart, is one of `= + - @ | %` or the
    full-width form of one: https://owasp.org/www-community/attacks/CSV_Injection.
    """
    return "'" + text if _RUNS.match(text) else text
