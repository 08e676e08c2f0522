"""xlsx: a workbook to work with: dates are dates, text is text, one sheet per lead agency if asked."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

from annotations.counts import GridRow
from annotations.errors import ExportError
from annotations.export.about import about_lines, anchor_lines, grid_labels, list_title
from annotations.export.cells import batches, value_columns, xml_text
from annotations.export.options import Options
from annotations.export.xlsx_rows import KINDS, LINE, Cells, Part, SheetRows, letters_of, moment_of
from annotations.export.xlsx_sheet import A4, Styles, add_list_sheet, put_text, sheet_name
from annotations.issue_rows import IssueRow
from annotations.models import Language, Role
from reports.errors import N_

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

SHEET_LIMIT = 200
"""Lead agencies with a sheet of their own, at most; the list itself holds every row in any case."""

_FIXED_TIME = datetime(2000, 1, 1)
_CHUNK = 1 << 16
_SAMPLES = re.compile('<row r="2"[^>]*>.*?</row>')
_STYLE = re.compile(' s="([0-9]+)"')
_SIZE = re.compile('<dimension ref="[^"]*"/>')
_WORDS: dict[Language, dict[str, str]] = {
    "vi": {"list": "Danh mục", "about": "Giới thiệu", "grid": "Tiến độ", "utc": "Giờ theo UTC."},
    "en": {"list": "Issues", "about": "About", "grid": "Deadlines", "utc": "Times are UTC."},
}


@dataclass(slots=True)
class _Lists:
    """The rows of the list, and those of each lead agency that has a sheet of its own."""

    every: SheetRows = field(default_factory=SheetRows)
    by_agency: dict[str, SheetRows] = field(default_factory=dict)

    def sheets(self, name: str) -> Iterator[tuple[str, Part]]:
        """Name and rows of each sheet, in order; `name`: of the whole list's."""
        for title, rows in ((name, self.every), *self.by_agency.items()):
            for part in rows.parts:
                yield title, part

    def close(self) -> None:
        for rows in (self.every, *self.by_agency.values()):
            rows.close()


def write_xlsx(rows: Iterable[IssueRow], out: BinaryIO, options: Options) -> None:
    """A cover that says filter, count, when and who; the list, frozen under its headers, with filters.

    Rows wait as XML in temporary files, some hundred in memory at a time; XlsxWriter makes the workbook that
    they are put into at the end. ExportError where XlsxWriter is not installed.
    """
    styles = _styles_in(_workbook(options, [("-", 0)]), 2)
    cells = Cells(options.columns, styles, options.language)
    with closing(_Lists()) as lists:
        for batch in batches(rows):
            _add(batch, cells, lists, options)
        sheets = list(lists.sheets(_WORDS[options.language]["list"]))
        count = sum(part.count for part in lists.every.parts)
        said = replace(options, context=replace(options.context, count=count))
        book = _workbook(said, [(name, part.count) for name, part in sheets])
        _put_together(book, [part for _name, part in sheets], out, styles, len(options.columns))


def _add(batch: list[IssueRow], cells: Cells, lists: _Lists, options: Options) -> None:
    made = cells.made(value_columns(batch, options.columns, options.language, people=options.headers))
    lists.every.add(cells, made)
    if not options.sheets:
        return
    nobody = grid_labels(options.language).nobody
    for row, cell in zip(batch, made, strict=True):
        for name in row.agencies(Role.LEAD, options.language) or (nobody,):
            if name not in lists.by_agency and len(lists.by_agency) < SHEET_LIMIT:
                lists.by_agency[name] = SheetRows()
            if name in lists.by_agency:
                lists.by_agency[name].add(cells, [cell])


def _workbook(options: Options, sheets: Iterable[tuple[str, int]]) -> BytesIO:
    """A workbook with cover, grid and, for each name and count, a sheet whose rows are still to be put in."""
    try:
        from xlsxwriter import Workbook
    except ImportError:
        template = N_("To write xlsx, XlsxWriter is needed. Install it: pip install 'reviewer[office]'.")
        raise ExportError(template) from None
    made = BytesIO()
    book = Workbook(made, {"in_memory": True})
    context = options.context
    book.set_properties(
        {
            "title": xml_text(list_title(options)),
            "author": xml_text(context.reviewer),
            "created": moment_of(context.at) or _FIXED_TIME,
        }
    )
    styles = Styles(book, options.language)
    cover = book.add_worksheet(_WORDS[options.language]["about"])
    lists = [add_list_sheet(book, name, options, styles, count) for name, count in sheets]
    if context.grid is not None:
        _write_grid(book, styles, options, context.grid)
    _write_cover(cover, styles, options)
    lists[0].activate()
    book.close()
    return made


def _styles_in(book: BytesIO, sheet: int) -> dict[str, str]:
    """The number that the workbook gives each of `KINDS`' style, read from a sheet's row of samples."""
    with zipfile.ZipFile(book) as archive:
        xml = archive.read(_path(sheet)).decode("utf-8")
    samples = _SAMPLES.search(xml)
    return dict(zip(KINDS, _STYLE.findall(samples[0] if samples else ""), strict=True))


def _path(sheet: int) -> str:
    return f"xl/worksheets/sheet{sheet}.xml"


def _put_together(
    book: BytesIO, parts: list[Part], out: BinaryIO, styles: dict[str, str], columns: int
) -> None:
    """Copy the workbook to `out` with the rows in place of the samples."""
    if _styles_in(book, 2) != styles:
        raise AssertionError("the workbook numbers its styles anew")
    by_path = {_path(number): part for number, part in enumerate(parts, 2)}
    with zipfile.ZipFile(book) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            made = zipfile.ZipInfo(info.filename, (1980, 1, 1, 0, 0, 0))
            made.compress_type = zipfile.ZIP_DEFLATED
            part = by_path.get(info.filename)
            data = source.read(info)
            with target.open(made, "w", force_zip64=True) as entry:
                if part is None:
                    entry.write(data)
                    continue
                size = f'<dimension ref="A1:{letters_of(columns - 1)}{part.count + 1}"/>'
                xml = _SIZE.sub(size, data.decode("utf-8"), count=1)
                samples = _SAMPLES.search(xml)
                start, end = samples.span() if samples else (0, 0)
                entry.write(xml[:start].encode("utf-8"))
                part.file.seek(0)
                shutil.copyfileobj(part.file, entry, _CHUNK)
                entry.write(xml[end:].encode("utf-8"))


def _write_cover(cover: Worksheet, styles: Styles, options: Options) -> None:
    cover.hide_gridlines(2)
    cover.set_landscape()
    cover.fit_to_pages(1, 0)
    cover.set_column(0, 0, 24)
    cover.set_column(1, 1, 90)
    put_text(cover, 0, 0, list_title(options), styles.title, options.language)
    at = 2
    dated = options.context.grid is not None
    for label, value in (*about_lines(options, dated=dated), *anchor_lines(options)):
        put_text(cover, at, 0, label, styles.label, options.language)
        put_text(cover, at, 1, value, styles.text, options.language)
        at += 1
    put_text(cover, at + 1, 0, _WORDS[options.language]["utc"], styles.quiet, options.language)


def _write_grid(book: Workbook, styles: Styles, options: Options, grid: Iterable[GridRow]) -> None:
    labels = grid_labels(options.language)
    sheet = book.add_worksheet(sheet_name(book, _WORDS[options.language]["grid"]))
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.hide_gridlines(0)
    sheet.set_row(0, 2 * LINE)
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, len(labels.heads) - 1, 16)
    for at, head in enumerate(labels.heads):
        sheet.write_string(0, at, head, styles.head)
    for number, row in enumerate(grid, 1):
        put_text(sheet, number, 0, row.name or labels.nobody, styles.text, options.language)
        for at, count in enumerate(row.cells, 1):
            sheet.write_number(number, at, count, styles.number)
