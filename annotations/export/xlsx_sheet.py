"""The sheets of the workbook: formats, widths, headers, a filter, print settings; all but the rows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from annotations.export.cells import cut, xml_text
from annotations.export.options import Options
from annotations.export.xlsx_rows import DAY, KINDS, NUMBER, TEXT, TEXT_LIMIT, TIME
from annotations.labels import column_label
from annotations.models import Language

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

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

_A4 = 9
_NO_SHEET_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_SHEET_NAME = 31


class Styles:
    """The formats of a workbook."""

    def __init__(self, book: Workbook, language: Language) -> None:
        date = "dd/mm/yyyy" if language == "vi" else "yyyy-mm-dd"
        top = {"valign": "top"}
        left = {**top, "align": "left"}
        head = {**top, "bold": True, "text_wrap": True, "bg_color": "#E8EDF3", "bottom": 1}
        self.title: Format = book.add_format({"bold": True, "font_size": 16})
        self.label: Format = book.add_format({**top, "bold": True})
        self.quiet: Format = book.add_format({"font_color": "#595959"})
        self.text: Format = book.add_format({**top, "text_wrap": True})
        self.number: Format = book.add_format({**top, "num_format": "0"})
        self.day: Format = book.add_format({**left, "num_format": date})
        self.time: Format = book.add_format({**left, "num_format": date + " hh:mm:ss"})
        self.head: Format = book.add_format(head)

    def of_kind(self, kind: str) -> Format:
        """The format of one of `KINDS`."""
        return {NUMBER: self.number, DAY: self.day, TIME: self.time, TEXT: self.text}[kind]


def add_list_sheet(book: Workbook, name: str, options: Options, styles: Styles, count: int) -> Worksheet:
    """A sheet for `count` rows: under its headers it has one row, a blank cell of each of `KINDS`."""
    sheet: Worksheet = book.add_worksheet(sheet_name(book, name))
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&L&A&R&P / &N")
    for at, column in enumerate(options.columns):
        sheet.set_column(at, at, WIDTHS[column])
        sheet.write_string(0, at, column_label(column, options.headers), styles.head)
    sheet.autofilter(0, 0, max(count, 1), len(options.columns) - 1)
    for at, kind in enumerate(KINDS):
        sheet.write_blank(1, at, None, styles.of_kind(kind))
    return sheet


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
        # XlsxWriter takes text between <r> and </r> for its own finished XML.
        sheet.write_rich_string(row, column, "<", style, shown[1:], style)
    else:
        sheet.write_string(row, column, shown, style)
