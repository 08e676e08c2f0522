"""The sheets of the workbook: formats, widths, headers, a filter, print settings; all but the rows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from annotations.export.cells import cut, xml_text
from annotations.export.options import Options
from annotations.export.xlsx_rows import DAY, KINDS, LINE, NUMBER, TEXT, TEXT_LIMIT, TIME, WIDTHS
from annotations.labels import column_label
from annotations.models import Language

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_A3, A4 = 8, 9
_ON_A4 = 200
"""Characters across that can still be read on A4, as small as they are printed then."""

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
        self.number: Format = book.add_format({**top, "num_format": "0", "align": "right", "indent": 1})
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
    sheet.set_paper(A4 if sum(WIDTHS[column] for column in options.columns) <= _ON_A4 else _A3)
    sheet.set_margins(0.4, 0.4, 0.5, 0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.hide_gridlines(0)
    sheet.set_footer("&L&A&R&P / &N")
    heads = [column_label(column, options.headers) for column in options.columns]
    if any(len(head) > WIDTHS[column] for head, column in zip(heads, options.columns, strict=True)):
        sheet.set_row(0, 2 * LINE)
    for at, column in enumerate(options.columns):
        sheet.set_column(at, at, WIDTHS[column])
        sheet.write_string(0, at, heads[at], styles.head)
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
