"""Rows as cells of text, and the guard against cells that a spreadsheet would run."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from operator import attrgetter

from annotations.issue_rows import IssueRow
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

MEMO_LIMIT = 20_000
"""Cells of a column that are remembered, so that what comes again is not worked out again."""

BATCH = 500
"""Rows that are made into text at a time."""

_DIFFERENT = frozenset({"id", "start", "end", "passage", "note", "earlier"})

Value = str | int | tuple[str, ...] | None

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


class _Memo(dict[Value, str]):
    """What `make` gives for each value, worked out when first asked for."""

    def __init__(self, make: Callable[[Value], str]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, value: Value) -> str:
        if len(self) >= MEMO_LIMIT:
            self.clear()
        text = self[value] = self._make(value)
        return text


def cell_maker(
    columns: Sequence[str], language: Language, make: Callable[[str], str], *, people: bool = False
) -> Callable[[Sequence[IssueRow]], Iterator[tuple[str, ...]]]:
    """What turns rows into their cells, each put through `make` unless its column is one of `FIXED`.

    `people`: as `value_getter`.
    It works column by column, which takes half the time of row by row: give it some hundred rows at a time.
    """
    makers = [_maker(column, make) for column in columns]
    if people or language == "en":
        values = value_getter(columns, language, people=people)
        return lambda rows: zip(*map(map, makers, zip(*map(values, rows), strict=True)), strict=True)
    getters = [attrgetter(column) for column in columns]
    return lambda rows: zip(
        *(map(maker, map(getter, rows)) for maker, getter in zip(makers, getters, strict=True)), strict=True
    )


def _maker(column: str, make: Callable[[str], str]) -> Callable[[Value], str]:
    if column in FIXED:
        return _Memo(plain).__getitem__ if column not in _DIFFERENT else plain

    def text(value: Value) -> str:
        return make(plain(value))

    return text if column in _DIFFERENT else _Memo(text).__getitem__


def value_getter(
    columns: Sequence[str], language: Language, *, people: bool = False
) -> Callable[[IssueRow], tuple[Value, ...]]:
    """What takes the values of `columns` out of a row: text, a number, None, or several of a kind. `people`:
    agencies with who answers in their place today."""
    if people:
        return lambda row: tuple(_for_people(row, column, language) for column in columns)
    if language == "en":
        return lambda row: tuple(english(row, column) for column in columns)
    if len(columns) == 1:
        return lambda row: (getattr(row, columns[0]),)
    getter: Callable[[IssueRow], tuple[Value, ...]] = attrgetter(*columns)
    return getter


_ROLES = {"lead_agencies": Role.LEAD, "coordinating_agencies": Role.COORDINATING}


def _for_people(row: IssueRow, column: str, language: Language) -> Value:
    if column in _ROLES:
        return row.shown_agencies(_ROLES[column], language)
    value: Value = english(row, column) if language == "en" else getattr(row, column)
    return value


def english(row: IssueRow, column: str) -> Value:
    """The value of a column with names in English where the codebook and the directory have them."""
    if column == "tags":
        return row.tags_en
    if column == "lead_agencies":
        return row.agencies(Role.LEAD, "en")
    if column == "coordinating_agencies":
        return row.agencies(Role.COORDINATING, "en")
    value: Value = getattr(row, column)
    return value


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
