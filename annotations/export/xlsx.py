"""xlsx: a workbook to work with: dates are dates, text is text, one sheet per lead agency if asked."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, BinaryIO

from annotations.counts import GridRow
from annotations.errors import ExportError
from annotations.export.about import about_lines, grid_labels, list_title
from annotations.export.cells import xml_text
from annotations.export.options import Options
from annotations.export.xlsx_sheet import ListSheet, Styles, moment_of, put_text, sheet_name
from annotations.issue_rows import IssueRow
from annotations.models import Language, Role
from reports.errors import N_

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

SHEET_LIMIT = 200
"""Lead agencies with a sheet of their own, at most; the list itself holds every row in any case."""

_FIXED_TIME = datetime(2000, 1, 1)
_WORDS: dict[Language, dict[str, str]] = {
    "vi": {"list": "Danh mục", "about": "Giới thiệu", "grid": "Tiến độ", "utc": "Giờ theo UTC."},
    "en": {"list": "Issues", "about": "About", "grid": "Deadlines", "utc": "Times are UTC."},
}


def write_xlsx(rows: Iterable[IssueRow], out: BinaryIO, options: Options) -> None:
    """A cover that says filter, count, when and who; the list, frozen under its headers, with filters.

    One row is in memory at a time. ExportError where XlsxWriter is not installed.
    """
    try:
        from xlsxwriter import Workbook
    except ImportError:
        template = N_("To write xlsx, XlsxWriter is needed. Install it: pip install 'reviewer[office]'.")
        raise ExportError(template) from None
    with tempfile.TemporaryDirectory(prefix="reviewer-") as folder:
        book = Workbook(out, {"constant_memory": True, "tmpdir": folder})
        _fill(book, rows, options)
        book.close()


def _fill(book: Workbook, rows: Iterable[IssueRow], options: Options) -> None:
    words = _WORDS[options.language]
    nobody = grid_labels(options.language).nobody
    context = options.context
    book.set_properties(
        {
            "title": xml_text(list_title(options)),
            "author": xml_text(context.reviewer),
            "created": moment_of(context.at) or _FIXED_TIME,
        }
    )
    styles = Styles(book, options.language)
    cover = book.add_worksheet(words["about"])
    every = ListSheet(book, words["list"], options, styles)
    by_agency: dict[str, ListSheet] = {}
    count = 0
    for row in rows:
        every.write(row)
        count += 1
        for name in (row.agencies(Role.LEAD, options.language) or (nobody,)) if options.sheets else ():
            if name not in by_agency and len(by_agency) < SHEET_LIMIT:
                by_agency[name] = ListSheet(book, name, options, styles)
            if name in by_agency:
                by_agency[name].write(row)
    for sheet in (every, *by_agency.values()):
        sheet.finish()
    if context.grid is not None:
        _write_grid(book, styles, options, context.grid)
    _write_cover(cover, styles, replace(options, context=replace(context, count=count)))
    every.first.activate()


def _write_cover(cover: Worksheet, styles: Styles, options: Options) -> None:
    cover.hide_gridlines(2)
    cover.set_landscape()
    cover.fit_to_pages(1, 0)
    cover.set_column(0, 0, 24)
    cover.set_column(1, 1, 90)
    put_text(cover, 0, 0, list_title(options), styles.title, options.language)
    at = 2
    for label, value in about_lines(options):
        put_text(cover, at, 0, label, styles.label, options.language)
        put_text(cover, at, 1, value, styles.text, options.language)
        at += 1
    put_text(cover, at + 1, 0, _WORDS[options.language]["utc"], styles.quiet, options.language)


def _write_grid(book: Workbook, styles: Styles, options: Options, grid: Iterable[GridRow]) -> None:
    labels = grid_labels(options.language)
    sheet = book.add_worksheet(sheet_name(book, _WORDS[options.language]["grid"]))
    sheet.freeze_panes(1, 1)
    sheet.fit_to_pages(1, 0)
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, len(labels.heads) - 1, 16)
    for at, head in enumerate(labels.heads):
        sheet.write_string(0, at, head, styles.head)
    for number, row in enumerate(grid, 1):
        put_text(sheet, number, 0, row.name or labels.nobody, styles.text, options.language)
        for at, count in enumerate(row.cells, 1):
            sheet.write_number(number, at, count, styles.number)
