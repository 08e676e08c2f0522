"""Reads workbooks (.xlsx, .xls, .ods) through python-calamine: one table a sheet under the sheet's name."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from io import BytesIO

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from reports.converters.package import Package, damaged, protected
from reports.converters.pieces import Cell, Draft, Grid, Paragraph, Span
from reports.converters.sheet_formats import Percentages, Place, percentage
from reports.converters.sheet_formats_old import old_percentages
from reports.encodings_legacy import font_encoding
from reports.errors import N_, LoadError

MOST_ROWS = 200_000
MOST_CELLS = 2_000_000
MOST_COLUMNS = 200

_FONT_RECORD = 0x31
_GENERIC = re.compile(r"(?:sheet|trang[ _]tính|trang)\s*\d*", re.IGNORECASE)
_HIDDEN = (SheetVisibleEnum.Hidden, SheetVisibleEnum.VeryHidden)

Value = int | float | str | bool | date | datetime | time | timedelta | None


def read(data: bytes, shown: str) -> Draft:
    """The visible sheets of the workbook in `data`; LoadError if it is damaged, unsafe or too big.

    Numbers stand as stored, to ten digits, dates as dd/mm/yyyy, percentages as they are shown; how else a
    cell is formatted is not read. Rows with one filled cell above a table are paragraphs.
    """
    hint, shares = _check(data, shown)
    sheets: list[tuple[str, list[Paragraph | Grid]]] = []
    try:
        with CalamineWorkbook.from_filelike(BytesIO(data)) as workbook:
            for number, sheet in enumerate(workbook.sheets_metadata):
                if sheet.visible in _HIDDEN or sheet.typ != SheetTypeEnum.WorkSheet:
                    continue
                read = workbook.get_sheet_by_name(sheet.name)
                rows = read.to_python()
                _check_rows(rows, shown)
                pieces = _pieces(_texts(rows, read.start or (0, 0), shares(number, sheet.name)))
                if pieces:
                    sheets.append((sheet.name, pieces))
    except PasswordError:
        raise protected(shown) from None
    except (CalamineError, OSError, ValueError, LookupError) as error:
        raise damaged(shown, error) from None
    return Draft(_under_names(sheets), hint=hint)


def _under_names(sheets: list[tuple[str, list[Paragraph | Grid]]]) -> list[Paragraph | Grid]:
    """The sheets one behind the other under their names; one sheet alone needs no "Sheet1" above it."""
    if len(sheets) == 1 and _GENERIC.fullmatch(sheets[0][0]):
        pieces = sheets[0][1]
        lines = [piece for piece in pieces if isinstance(piece, Paragraph)]
        if lines:
            max(lines, key=lambda line: (line.text.isupper(), len(line.text))).title = True
        return pieces
    body: list[Paragraph | Grid] = []
    for name, pieces in sheets:
        body += [Paragraph([Span(name)], level=1), *pieces]
    return body


def _check(data: bytes, shown: str) -> tuple[str, Callable[[int, str], dict[Place, int]]]:
    """Refuse what may not be unpacked; the encoding that the fonts of an old workbook speak for, and what
    gives the cells of a sheet, by its number and name, that are shown as percentages."""
    if data.startswith(b"PK"):
        percentages = Percentages(Package(data, shown))
        return "", lambda _number, name: percentages.of_sheet(name)
    from reports.converters.ole import opened

    with opened(data, shown) as file:
        name = "Workbook" if file.exists("Workbook") else "Book"
        stream = file.openstream(name).read()
    old = dict(enumerate(old_percentages(stream)))
    hint = next(filter(None, map(font_encoding, _fonts(stream))), "")
    return hint, lambda number, _name: old.get(number, {})


def _fonts(stream: bytes) -> list[str]:
    """Names in the font records of a BIFF stream."""
    found: list[str] = []
    at = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        body = stream[at + 4 : at + 4 + size]
        if kind == _FONT_RECORD and len(body) > 16:
            wide = body[15] & 1
            name = body[16 : 16 + body[14] * (2 if wide else 1)]
            found.append(name.decode("utf-16-le" if wide else "cp1252", "replace"))
        at += 4 + size
    return found


def _check_rows(rows: Sequence[Sequence[Value]], shown: str) -> None:
    width = max(map(len, rows), default=0)
    if len(rows) > MOST_ROWS or len(rows) * width > MOST_CELLS:
        raise LoadError(
            N_("{name} has a sheet of {rows} rows and {columns} columns: import only the part to review."),
            name=shown,
            rows=len(rows),
            columns=width,
        )


def _texts(rows: Sequence[Sequence[Value]], start: Place, shares: Mapping[Place, int]) -> list[list[str]]:
    """The cells as people write them; `start`: where the first one stands, `shares`: those that are shown as
    percentages, with how many decimals."""
    texts = [[_text(value) for value in row] for row in rows]
    for (row, column), decimals in shares.items():
        at, beside = row - start[0], column - start[1]
        if 0 <= at < len(rows) and 0 <= beside < len(rows[at]):
            value = rows[at][beside]
            if isinstance(value, int | float) and not isinstance(value, bool):
                texts[at][beside] = percentage(value, decimals)
    return texts


def _text(value: Value) -> str:
    """A cell's value as people write it."""
    if isinstance(value, str):
        return " ".join(value.split())
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.10g}"
    if isinstance(value, datetime):
        moment = value.time()
        return f"{value:%d/%m/%Y}" if moment == time() else f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return f"{value:%H:%M}" if isinstance(value, time) else str(value)


def _pieces(rows: list[list[str]]) -> list[Paragraph | Grid]:
    """The lines above the table as paragraphs, then the table; nothing for an empty sheet."""
    filled = [row for row in rows if any(row)]
    pieces: list[Paragraph | Grid] = []
    first = next((n for n, row in enumerate(filled) if sum(map(bool, row)) > 1), len(filled))
    for row in filled[:first]:
        pieces.append(Paragraph([Span(text) for text in row if text]))
    body = filled[first:]
    width = max((n + 1 for row in body for n, text in enumerate(row) if text), default=0)
    used = [n for n in range(min(width, MOST_COLUMNS)) if any(row[n] for row in body)]
    if body:
        pieces.append(Grid([[_cell(row[n]) for n in used] for row in body]))
    return pieces


def _cell(text: str) -> Cell:
    return [Paragraph([Span(text)])] if text else []
