"""Rows as cells of text, and the guard against cells that a spreadsheet would run."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from operator import attrgetter
from typing import TypeVar

from annotations.issue_rows import IssueRow
from annotations.labels import VALUE_LABELS
from annotations.models import Language, Role

SEPARATOR = "; "
"""Between several values in one cell."""

FIXED = frozenset(
    {
        "id",
        "revision",
        "start",
        "end",
        "severity",
        "status",
        "due",
        "created_at",
        "updated_at",
        "report_date",
        "placement",
        "earlier",
    }
)
"""Columns that hold numbers, dates and words of ours only, so that they need neither guard nor quotes."""

_WORDED = frozenset({"severity", "status", "placement"})
"""Those of them that people have words for."""

MEMO_LIMIT = 5_000
"""Cells of a column that are remembered, so that what comes again is not worked out again."""

BATCH = 500
"""Rows that are made into text at a time."""

_DIFFERENT = frozenset({"id", "start", "end", "passage", "note", "earlier"})

Value = str | int | tuple[str, ...] | None
Made = TypeVar("Made")

_RUNS = re.compile("[\\s\u180e\u200b-\u200f\u2060\ufeff]*[=+\\-@|%＝＋－＠]")

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CUT_ROOM = 80
_CUT: dict[Language, str] = {
    "vi": " … [còn {left} ký tự nữa; bản json có đủ]",
    "en": " … [{left} more characters; the json export has them all]",
}


def batches(rows: Iterable[IssueRow]) -> Iterator[list[IssueRow]]:
    """`rows`, `BATCH` at a time."""
    left = iter(rows)
    while batch := list(islice(left, BATCH)):
        yield batch


class _Memo(dict[Value, Made]):
    """What `make` gives for each value, worked out when first asked for."""

    def __init__(self, make: Callable[[Value], Made]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, value: Value) -> Made:
        if len(self) >= MEMO_LIMIT:
            self.clear()
        made = self[value] = self._make(value)
        return made


def cell_maker(
    columns: Sequence[str], language: Language, make: Callable[[str], str], *, people: Language | None = None
) -> Callable[[Sequence[IssueRow]], Iterator[tuple[str, ...]]]:
    """What turns rows into their cells, each put through `make` unless its column is one of `FIXED`.

    `people`: as `value_columns`.
    """
    fixed = FIXED if people is None else FIXED - _WORDED
    makers = [
        remembered(column, plain if column in fixed else lambda value: make(plain(value)))
        for column in columns
    ]

    def cells(rows: Sequence[IssueRow]) -> Iterator[tuple[str, ...]]:
        return zip(*map(map, makers, value_columns(rows, columns, language, people=people)), strict=True)

    return cells


def remembered(column: str, make: Callable[[Value], Made]) -> Callable[[Value], Made]:
    """`make` for the values of a column, with its answers kept where values of that column come again."""
    return make if column in _DIFFERENT else _Memo(make).__getitem__


def value_columns(
    rows: Sequence[IssueRow], columns: Sequence[str], language: Language, *, people: Language | None = None
) -> list[Iterable[Value]]:
    """The values of each of `columns`: text, a number, None, or several of a kind. `people`: for people of
    that language: its words for statuses and the like, agencies with who answers in their place today.

    Column by column takes half the time of row by row: ask for some hundred rows at a time.
    """
    return [map(_getter(column, language, people), rows) for column in columns]


_ROLES = {"lead_agencies": Role.LEAD, "coordinating_agencies": Role.COORDINATING}


def _getter(column: str, language: Language, people: Language | None) -> Callable[[IssueRow], Value]:
    role = _ROLES.get(column)
    if role is not None and people:
        return lambda row: row.shown_agencies(role, language)
    if role is not None and language == "en":
        return lambda row: row.agencies(role, language)
    if column == "tags" and language == "en":
        return lambda row: row.tags_en
    getter: Callable[[IssueRow], Value] = attrgetter(column)
    if people and column in _WORDED:
        labels = VALUE_LABELS[people]
        return lambda row: labels.get(str(getter(row) or ""), "")
    return getter


def plain(value: Value) -> str:
    """A value as the text of a cell."""
    if isinstance(value, tuple):
        return SEPARATOR.join(str(part) for part in value)
    return "" if value is None else str(value)


def guarded(text: str) -> str:
    """`text`, with an apostrophe in front where a spreadsheet might run it as a formula.

    That is where its first character, spaces and invisible ones apart, is one of `= + - @ | %` or the
    full-width form of one: https://owasp.org/www-community/attacks/CSV_Injection.
    """
    return "'" + text if _RUNS.match(text) else text


def xml_text(text: str) -> str:
    """`text` with what XML 1.0 cannot hold (control characters, half surrogates) as U+FFFD."""
    return text if text.isprintable() else _NOT_XML.sub("\ufffd", text)


def cut(text: str, limit: int, language: Language) -> str:
    """`text` if it has at most `limit` UTF-16 units, else its beginning and how many code points follow."""
    if len(text) * 2 <= limit or len(text.encode("utf-16-le", "replace")) // 2 <= limit:
        return text
    room = limit - _CUT_ROOM
    kept = text.encode("utf-16-le", "replace")[: room * 2].decode("utf-16-le", "ignore")
    return kept + _CUT[language].format(left=len(text) - len(kept))
