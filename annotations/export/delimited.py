"""csv (RFC 4180) and tsv."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import BinaryIO

from annotations.export.cells import batches, cell_maker, guarded
from annotations.export.options import Options
from annotations.issue_rows import IssueRow
from annotations.labels import column_label

_SEPARATOR = re.compile('[",;\t\r\n]')
"""What makes a cell need quotes: whatever any spreadsheet may be set to take for a separator as well."""


def write_csv(rows: Iterable[IssueRow], out: BinaryIO, options: Options) -> None:
    """Comma-separated, lines ended by CR LF."""
    _write(rows, out, options, ",", "\r\n")


def write_tsv(rows: Iterable[IssueRow], out: BinaryIO, options: Options) -> None:
    """Tab-separated, lines ended by LF; cells are quoted as in csv, which spreadsheets understand."""
    _write(rows, out, options, "\t", "\n")


def _write(rows: Iterable[IssueRow], out: BinaryIO, options: Options, delimiter: str, end: str) -> None:
    if options.bom:
        out.write(b"\xef\xbb\xbf")
    head = delimiter.join(_text(column_label(column, options.headers)) for column in options.columns)
    out.write((head + end).encode("utf-8", "replace"))
    make = _text if options.raw else _guarded_text
    cells = cell_maker(options.columns, options.language, make, people=options.headers)
    for batch in batches(rows):
        lines = [*map(delimiter.join, cells(batch)), ""]
        out.write(end.join(lines).encode("utf-8", "replace"))


def _text(text: str) -> str:
    if text and (_SEPARATOR.search(text) or text[0].isspace() or text[-1].isspace()):
        return '"' + text.replace('"', '""') + '"'
    return text


def _guarded_text(text: str) -> str:
    return _text(guarded(text))
