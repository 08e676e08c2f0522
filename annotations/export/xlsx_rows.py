"""Rows as the XML of a sheet: what XlsxWriter would write cell by cell, in a fifth of its time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from html import escape
from itertools import repeat
from tempfile import TemporaryFile
from typing import IO

from annotations.export.cells import Value, cut, plain, remembered, xml_text
from annotations.models import Language

TEXT_LIMIT = 32_767
"""UTF-16 units that a cell can hold; text beyond is cut, and the cell says so."""

ROW_LIMIT = 1_048_576
"""Rows that a sheet can hold; the list goes on on another."""

LINE = 15
"""Points that a line of text is high."""

_MOST_LINES = 27
"""A row cannot be higher than 409 points."""

WIDTHS = {
    "id": 7,
    "report": 18,
    "report_title": 28,
    "report_date": 11,
    "period": 9,
    "revision": 14,
    "section": 36,
    "start": 9,
    "end": 9,
    "passage": 56,
    "tags": 24,
    "lead_agencies": 26,
    "coordinating_agencies": 26,
    "severity": 11,
    "status": 13,
    "due": 11,
    "note": 32,
    "reviewer": 12,
    "created_at": 19,
    "updated_at": 19,
    "placement": 14,
    "owner": 12,
    "earlier": 10,
}
"""Width of each column, in characters."""

NUMBER, DAY, TIME, TEXT = KINDS = ("number", "day", "time", "text")

_KINDS = {
    **dict.fromkeys(("id", "start", "end", "earlier"), NUMBER),
    **dict.fromkeys(("report_date", "due"), DAY),
    **dict.fromkeys(("created_at", "updated_at"), TIME),
}
_DAY_ZERO = datetime(1899, 12, 30)
_FIRST_DAY = date(1900, 3, 1)
"""The first day that every spreadsheet counts alike."""
_LIKE_AN_ESCAPE = re.compile("(_x[0-9a-fA-F]{4}_)")


def kind_of(column: str) -> str:
    """Which of `KINDS` the cells of a column are."""
    return _KINDS.get(column, TEXT)


Row = tuple[int, tuple[str, ...]]
"""Lines of text that a row has room for, and its cells, which lack their addresses."""


class Cells:
    """Makes cells of values. `styles`: number of the style of each of `KINDS`.

    Rows get the height of their longest text: spreadsheets other than Excel draw it over the next row else.
    """

    def __init__(self, columns: Sequence[str], styles: Mapping[str, str], language: Language) -> None:
        self._styles = styles
        self._language = language
        self._makers = [remembered(column, self._maker(kind_of(column))) for column in columns]
        self._heads = [f'<c r="{letters_of(at)}' for at in range(len(columns))]
        self._wrapped = [
            (at, remembered(column, _liner(WIDTHS[column])))
            for at, column in enumerate(columns)
            if kind_of(column) == TEXT
        ]

    def made(self, columns: Sequence[Iterable[Value]]) -> list[Row]:
        """Rows of cells from columns of values."""
        values = [list(column) for column in columns]
        cells = zip(*map(map, self._makers, values), strict=True)
        lines = zip(*(map(liner, values[at]) for at, liner in self._wrapped), strict=True)
        heights: Iterable[int] = map(max, lines) if self._wrapped else repeat(1)
        return list(zip(heights, cells, strict=bool(self._wrapped)))

    def row(self, number: int, row: Row) -> str:
        """The XML of `row` as that of a number, from 1."""
        lines, cells = row
        said = str(number)
        inside = "".join(
            [f"{head}{said}{cell}" for head, cell in zip(self._heads, cells, strict=True) if cell]
        )
        height = f' ht="{min(lines, _MOST_LINES) * LINE}" customHeight="1"' if lines > 1 else ""
        return f'<row r="{said}"{height}>{inside}</row>'

    def _maker(self, kind: str) -> Callable[[Value], str]:
        style = self._styles[kind]
        if kind == NUMBER:
            return lambda value: "" if value is None else f'" s="{style}"><v>{value}</v></c>'
        if kind == TEXT:
            return lambda value: self._text(plain(value))

        def day(value: Value) -> str:
            serial = serial_of(str(value)) if value else None
            return self._text(plain(value)) if serial is None else f'" s="{style}"><v>{serial:.16G}</v></c>'

        return day

    def _text(self, text: str) -> str:
        if not text:
            return ""
        shown = xml_text(text)
        if len(shown) > TEXT_LIMIT // 2:
            shown = cut(shown, TEXT_LIMIT, self._language)
        kept = ' xml:space="preserve"' if shown[0].isspace() or shown[-1].isspace() else ""
        if "_x" in shown:
            shown = _LIKE_AN_ESCAPE.sub(r"_x005F\1", shown)
        written = escape(shown, quote=False).replace("\r", "_x000D_")
        return f'" s="{self._styles[TEXT]}" t="inlineStr"><is><t{kept}>{written}</t></is></c>'


@dataclass(slots=True)
class Part:
    """The rows of one sheet, below its headers. `file`: their XML, UTF-8."""

    file: IO[bytes]
    count: int = 0


class SheetRows:
    """Rows in temporary files, one for each sheet that they need."""

    def __init__(self) -> None:
        self.parts = [Part(_spool())]

    def add(self, cells: Cells, rows: Sequence[Row]) -> None:
        """Put `rows` of `cells` below those there are."""
        at = 0
        while at < len(rows):
            part = self.parts[-1]
            room = ROW_LIMIT - 1 - part.count
            if room <= 0:
                self.parts.append(Part(_spool()))
                continue
            now = rows[at : at + room]
            text = "".join([cells.row(part.count + n, row) for n, row in enumerate(now, 2)])
            part.file.write(text.encode("utf-8", "replace"))
            part.count += len(now)
            at += len(now)

    def close(self) -> None:
        """Forget the rows."""
        for part in self.parts:
            part.file.close()


def _liner(width: int) -> Callable[[Value], int]:
    """What tells how many lines a text takes in a cell of `width` characters, words wrapped."""

    def lines(value: Value) -> int:
        text = plain(value)
        if len(text) <= width and "\n" not in text:
            return 1
        return sum(1 + len(line) // width for line in text.split("\n"))

    return lines


def _spool() -> IO[bytes]:
    return TemporaryFile(prefix="reviewer-")


def letters_of(column: int) -> str:
    """The name of a column of a sheet, counted from 0: A, B, … Z, AA, …"""
    name = ""
    column += 1
    while column:
        column, left = divmod(column - 1, 26)
        name = chr(65 + left) + name
    return name


def serial_of(value: str) -> float | None:
    """The number by which a spreadsheet stores an ISO day or UTC time, or None where it cannot."""
    moment = moment_of(value)
    if moment is None:
        return None
    since = moment - _DAY_ZERO
    return since.days + since.seconds / 86_400 if since.seconds else since.days


def moment_of(value: str) -> datetime | None:
    """An ISO day or UTC time as a spreadsheet counts it, or None where it cannot."""
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    shown = moment.replace(tzinfo=None)
    return shown if shown.date() >= _FIRST_DAY else None
