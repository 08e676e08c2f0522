"""A sheet of the workbook: headers, cells by kind of column, a filter, print settings."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from annotations.export.cells import Value, cut, plain, value_getter, xml_text
from annotations.export.options import Options
from annotations.issue_rows import IssueRow
from annotations.labels import column_label
from annotations.models import Language

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

TEXT_LIMIT = 32_767
"""UTF-16 units that a cell can hold; text beyond is cut, and the cell says so."""

ROW_LIMIT = 1_048_576
"""Rows that a sheet can hold; the list goes on on another."""

WIDTHS = {
    "id": 8,
    "report": 22,
    "report_title": 36,
    "report_date": 12,
    "period": 10,
    "revision": 14,
    "section": 30,
    "start": 8,
    "end": 8,
    "passage": 60,
    "tags": 28,
    "lead_agencies": 30,
    "coordinating_agencies": 30,
    "severity": 10,
    "status": 12,
    "due": 12,
    "note": 40,
    "reviewer": 14,
    "created_at": 19,
    "updated_at": 19,
    "placement": 22,
    "owner": 14,
    "earlier": 12,
}
"""Width of each column, in characters."""

_NUMBERS = frozenset({"id", "start", "end", "earlier"})
_DAYS = frozenset({"report_date", "due"})
_TIMES = frozenset({"created_at", "updated_at"})
_A4 = 9
_DAY_ZERO = datetime(1899, 12, 30)
_FIRST_DAY = date(1900, 3, 1)
"""The first day that every spreadsheet counts alike."""

_NO_SHEET_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_SHEET_NAME = 31

_Writer = Callable[["Worksheet", int, int, Value], None]


class Styles:
    """The formats of a workbook."""

    def __init__(self, book: Workbook, language: Language) -> None:
        day = "dd/mm/yyyy" if language == "vi" else "yyyy-mm-dd"
        top = {"valign": "top"}
        left = {**top, "align": "left"}
        head = {**top, "bold": True, "text_wrap": True, "bg_color": "#E8EDF3", "bottom": 1}
        self.title: Format = book.add_format({"bold": True, "font_size": 16})
        self.label: Format = book.add_format({**top, "bold": True})
        self.quiet: Format = book.add_format({"font_color": "#595959"})
        self.text: Format = book.add_format({**top, "text_wrap": True})
        self.number: Format = book.add_format({**top, "num_format": "0"})
        self.day: Format = book.add_format({**left, "num_format": day})
        self.time: Format = book.add_format({**left, "num_format": day + " hh:mm:ss"})
        self.head: Format = book.add_format(head)


class ListSheet:
    """The list, or an agency's part of it, on as many sheets as its rows need."""

    def __init__(self, book: Workbook, name: str, options: Options, styles: Styles) -> None:
        self._book = book
        self._name = name
        self._options = options
        self._styles = styles
        self._values = value_getter(options.columns, options.language, people=True)
        self._writers = [_writer(column, options.language, styles) for column in options.columns]
        self.first = self._sheet = self._begin()

    def _begin(self) -> Worksheet:
        sheet: Worksheet = self._book.add_worksheet(sheet_name(self._book, self._name))
        self._at = 0
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.set_footer("&L&A&R&P / &N")
        for at, column in enumerate(self._options.columns):
            sheet.set_column(at, at, WIDTHS[column])
            sheet.write_string(0, at, column_label(column, self._options.headers), self._styles.head)
        return sheet

    def write(self, row: IssueRow) -> None:
        """Put `row` below the rows there are."""
        if self._at + 1 >= ROW_LIMIT:
            self.finish()
            self._sheet = self._begin()
        self._at += 1
        for at, value in enumerate(self._values(row)):
            if value or value == 0:
                self._writers[at](self._sheet, self._at, at, value)

    def finish(self) -> None:
        """Give the sheet its filter, once all rows are on it."""
        self._sheet.autofilter(0, 0, max(self._at, 1), len(self._options.columns) - 1)


def sheet_name(book: Workbook, name: str) -> str:
    """`name` as a spreadsheet takes it: 31 UTF-16 units, no `[]:*?/\\`, not one of the others in any case."""
    clean = _NO_SHEET_NAME.sub(" ", xml_text(name)).strip().strip("'").strip() or "–"
    taken = {other.casefold() for other in book.sheetnames}
    for number in range(1, len(taken) + 2):
        tail = f" ({number})" if number > 1 else ""
        made = _shortened(clean, _SHEET_NAME - len(tail)) + tail
        if made.casefold() not in taken and made.casefold() != "history":
            break
    return made


def _shortened(text: str, units: int) -> str:
    if len(text.encode("utf-16-le")) // 2 <= units:
        return text
    kept = text.encode("utf-16-le")[: (units - 1) * 2].decode("utf-16-le", "ignore")
    return kept.rstrip(" '") + "…"


def put_text(sheet: Worksheet, row: int, column: int, text: str, style: Format, language: Language) -> None:
    """Write `text` as text, whatever it looks like."""
    shown = xml_text(text)
    if len(shown) > TEXT_LIMIT // 2:
        shown = cut(shown, TEXT_LIMIT, language)
    if shown.startswith("<r>"):
        # In constant memory XlsxWriter takes text between <r> and </r> for its own finished XML.
        sheet.write_rich_string(row, column, "<", style, shown[1:], style)
    else:
        sheet.write_string(row, column, shown, style)


def _writer(column: str, language: Language, styles: Styles) -> _Writer:
    if column in _NUMBERS:
        return lambda sheet, row, at, value: sheet.write_number(row, at, value, styles.number)

    def text(sheet: Worksheet, row: int, at: int, value: Value) -> None:
        put_text(sheet, row, at, plain(value), styles.text, language)

    if column not in _DAYS | _TIMES:
        return text
    style = styles.day if column in _DAYS else styles.time

    def day(sheet: Worksheet, row: int, at: int, value: Value) -> None:
        serial = _serial_of(str(value))
        if serial is None:
            text(sheet, row, at, value)
        else:
            sheet.write_number(row, at, serial, style)

    return day


@lru_cache(maxsize=4096)
def _serial_of(value: str) -> float | None:
    """The number by which a spreadsheet stores a day or time, or None where it cannot."""
    moment = moment_of(value)
    if moment is None:
        return None
    since = moment - _DAY_ZERO
    return since.days + since.seconds / 86_400 if since.seconds else since.days


def moment_of(value: str) -> datetime | None:
    """An ISO day or UTC time as a spreadsheet counts it, or None where it cannot."""
    try:
        moment: Any = datetime.fromisoformat(value)
    except ValueError:
        return None
    plain: datetime = moment.replace(tzinfo=None)
    return plain if plain.date() >= _FIRST_DAY else None
