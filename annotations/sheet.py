"""Tables that people edit in a spreadsheet: CSV text to checked rows and back."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from annotations.errors import StoreError
from reports.errors import N_, ReviewError

_FORMULA = re.compile("'*[\\s\u180e\u200b-\u200f\u2060\ufeff]*[=+\\-@|%＝＋－＠]")
_LOCAL_DATE = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?:\s+0?0:00(?::00)?)?")


class Problem(ReviewError):
    """One thing that is wrong in a table. `row`: as the spreadsheet counts, the header being row 1."""

    def __init__(self, template: str, row: int = 1, **values: object) -> None:
        super().__init__(template, row=row, **values)
        self.row = row


class SheetError(StoreError):
    """A table that cannot be imported; nothing of it was. `problems`: all that were found, in row order."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        first, count = problems[0], len(problems)
        template = N_("{problem} Nothing was imported.")
        if count > 1:
            template = N_("{problem} Problems in this file: {count}. Nothing was imported.")
        super().__init__(template, problem=first, count=count)
        self.problems = tuple(problems)


@dataclass(slots=True)
class Row:
    """One row of a table: its cells by column name, and what is wrong with them."""

    number: int
    cells: Mapping[str, str]
    problems: list[Problem] = field(default_factory=list)

    def text(self, column: str) -> str:
        return self.cells.get(column, "")

    def items(self, column: str) -> tuple[str, ...]:
        """The cell's list: separated by `|` or by line breaks, each item once."""
        return tuple(dict.fromkeys(split_items(self.text(column))))

    def day(self, column: str) -> str | None:
        """The cell's date as an ISO day; a spreadsheet's 01/07/2025 (day first) is read as 2025-07-01."""
        text = self.text(column)
        if not text:
            return None
        day = parse_day(text)
        if day is None:
            self.wrong(
                N_("Row {row}, {column}: “{value}” is no date. Write it as 2025-07-01."), column, value=text
            )
        return day

    def flag(self, column: str) -> bool:
        """Whether the cell says yes; an empty cell says no."""
        text = self.text(column).lower()
        if text not in _YES and text not in _NO:
            self.wrong(N_("Row {row}, {column}: “{value}” is neither yes nor no."), column, value=text)
        return text in _YES

    def wrong(self, template: str, column: str, **values: object) -> None:
        self.problems.append(Problem(template, row=self.number, column=column, **values))


_YES = frozenset({"yes", "y", "x", "1", "true", "có"})
_NO = frozenset({"", "no", "n", "0", "false", "không"})


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as read. `columns`: known ones that it has. `ignored`: others that it has."""

    columns: frozenset[str]
    ignored: tuple[str, ...]
    rows: tuple[Row, ...]


def read_sheet(data: bytes | str, columns: Sequence[str], required: Sequence[str]) -> Sheet:
    """The rows of a CSV file with a header.

    UTF-8 with or without a BOM, UTF-16 with one; commas, semicolons or tabs, whichever the header uses.
    Raises SheetError for a text that cannot be read, an unknown encoding, missing columns.
    """
    text = _decode(data)
    delimiter = _delimiter(text, columns)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    records = _records(reader)
    number, header = next(records, (1, []))
    names = [_heading(cell) for cell in header]
    _check_header(names, columns, required)
    known = {name: index for index, name in enumerate(names) if name in columns}
    rows, problems = [], []
    for number, record in records:
        if len(record) > len(names) and any(cell.strip() for cell in record[len(names) :]):
            template = N_("Row {row} has {count} cells, the header {columns}. Quote cells that hold a comma.")
            problems.append(Problem(template, row=number, count=len(record), columns=len(names)))
        cells = {
            name: _clean_cell(record[index]) if index < len(record) else "" for name, index in known.items()
        }
        rows.append(Row(number, cells))
    if problems:
        raise SheetError(problems)
    ignored = tuple(name for name in names if name and name not in columns)
    return Sheet(frozenset(known), ignored, tuple(rows))


def write_sheet(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """CSV text with a header; cells that a spreadsheet would run as a formula get an apostrophe in front,
    which `read_sheet` takes off again."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([[_guard(cell) for cell in row] for row in rows])
    return out.getvalue()


def split_items(cell: str) -> Iterator[str]:
    """The items of a list cell; `\\|` stands for a `|` inside an item."""
    for part in re.split(r"(?<!\\)\||\n", cell):
        item = " ".join(part.replace("\\|", "|").split())
        if item:
            yield item


def join_items(items: Iterable[str]) -> str:
    """One cell that `split_items` reads back."""
    return " | ".join(item.replace("|", "\\|") for item in items)


def parse_day(text: str) -> str | None:
    """An ISO day from an ISO day or from day/month/year, else None."""
    local = _LOCAL_DATE.fullmatch(text)
    try:
        if local:
            return date(int(local[3]), int(local[2]), int(local[1])).isoformat()
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return None


def raise_problems(rows: Iterable[Row], more: Iterable[Problem] = ()) -> None:
    """Raise SheetError if anything is wrong, with all of it."""
    problems = [problem for row in rows for problem in row.problems]
    problems += more
    if problems:
        raise SheetError(sorted(problems, key=lambda problem: problem.row))


def unique(rows: Sequence[Row], column: str, value: Callable[[Row], str]) -> list[Problem]:
    """What is wrong where two rows have the same value."""
    first: dict[str, int] = {}
    problems = []
    for row in rows:
        text = value(row)
        if text and first.setdefault(text, row.number) != row.number:
            template = N_("Row {row}, {column}: “{value}” is in row {other} already.")
            problems.append(Problem(template, row=row.number, column=column, value=text, other=first[text]))
    return problems


def _decode(data: bytes | str) -> str:
    if isinstance(data, str):
        return data.removeprefix("\ufeff")
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        template = N_("Row {row} is not UTF-8 text. In the spreadsheet, save as “CSV UTF-8”.")
        raise SheetError([Problem(template, row=row)]) from None


def _delimiter(text: str, columns: Sequence[str]) -> str:
    """The one that splits the header into the most known columns."""
    head = text.lstrip().split("\n", 1)[0]
    known = set(columns)

    def hits(delimiter: str) -> int:
        return sum(_heading(cell) in known for cell in head.split(delimiter))

    return max(",;\t", key=hits)


def _records(reader: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    number = 0
    while True:
        number += 1
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            template = N_("Row {row} cannot be read ({reason}). Is a quotation mark missing?")
            raise SheetError([Problem(template, row=number, reason=str(error))]) from None
        if any(cell.strip() for cell in record):
            yield number, record


def _check_header(names: Sequence[str], columns: Sequence[str], required: Sequence[str]) -> None:
    problems = []
    for name in names:
        near = _nearest(name, [column for column in columns if column not in names])
        if name and name not in columns and near:
            template = N_("Column “{column}” is not known. Did you mean “{nearest}”?")
            problems.append(Problem(template, column=name, nearest=near))
        if name in columns and names.count(name) > 1:
            problems.append(Problem(N_("Column “{column}” is there twice."), column=name))
            break
    if not any(name in required for name in names):
        template = N_("The first row must name the columns, among them {required}. Known columns: {columns}.")
        problems.append(Problem(template, required=" / ".join(required), columns=", ".join(columns)))
    if problems:
        raise SheetError(problems)


def _nearest(name: str, columns: Sequence[str]) -> str | None:
    from difflib import get_close_matches

    found = get_close_matches(name, columns, 1, 0.8)
    return found[0] if found else None


def _heading(cell: str) -> str:
    return cell.strip().strip('"').strip().lower().replace(" ", "_")


def _clean_cell(cell: str) -> str:
    from reports.clean import visible

    cell = visible(cell).strip()
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def _guard(cell: str) -> str:
    return "'" + cell if _FORMULA.match(cell) else cell
