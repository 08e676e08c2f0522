"""The formats, and the one function that writes any of them."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import BinaryIO

from annotations.errors import ExportError
from annotations.export.options import ExportContext, Options
from annotations.issue_rows import COLUMNS, IssueRow
from annotations.models import Language
from reports.errors import N_

Writer = Callable[[Iterable[IssueRow], BinaryIO, Options], None]


@dataclass(frozen=True, slots=True)
class Format:
    """`extension`: of its files, with the dot. `module`, `function`: what writes it, imported when needed.
    `says_filter`: it says in itself which filter made it. `for_people`: it is read, not read in."""

    name: str
    extension: str
    module: str
    function: str
    says_filter: bool
    for_people: bool

    def writer(self) -> Writer:
        """The function that writes it; ExportError where a library it needs is not installed."""
        made: Writer = getattr(import_module(self.module), self.function)
        return made


def _format(
    name: str, extension: str, module: str, *, says_filter: bool = False, for_people: bool = False
) -> Format:
    module = f"annotations.export.{module}"
    return Format(name, extension, module, f"write_{name}", says_filter or for_people, for_people)


FORMATS: dict[str, Format] = {
    made.name: made
    for made in (
        _format("csv", ".csv", "delimited"),
        _format("tsv", ".tsv", "delimited"),
        _format("json", ".json", "objects"),
        _format("jsonl", ".jsonl", "objects"),
        _format("md", ".md", "markdown", for_people=True),
        _format("xlsx", ".xlsx", "xlsx", for_people=True),
        _format("docx", ".docx", "docx", for_people=True),
        _format("html", ".html", "html", for_people=True),
        _format("w3c", ".jsonld", "web_annotation", says_filter=True),
    )
}


def format_of(name: str) -> Format:
    """The format of that name; ExportError with the nearest."""
    plain = name.strip().lower().lstrip(".")
    if plain in FORMATS:
        return FORMATS[plain]
    near = difflib.get_close_matches(plain, FORMATS, 1, 0.5)
    if near:
        template = N_("“{name}” is not a format to export to. Did you mean {nearest}?")
        raise ExportError(template, name=name, nearest=near[0])
    template = N_("“{name}” is not a format to export to. Choose one of {choices}.")
    raise ExportError(template, name=name, choices=", ".join(FORMATS))


def chosen_columns(names: Sequence[str]) -> tuple[str, ...]:
    """`names` as columns of the issue list; ExportError on one that is not."""
    for name in names:
        if name not in COLUMNS:
            near = difflib.get_close_matches(name, COLUMNS, 1, 0.5)
            template = N_("“{name}” is not a column of the issue list. Choose from {choices}.")
            raise ExportError(template, name=name, choices=", ".join(near or COLUMNS))
    if not names:
        raise ExportError(N_("An export needs at least one column."))
    return tuple(names)


def write(
    format: str,  # noqa: A002
    rows: Iterable[IssueRow],
    out: BinaryIO,
    *,
    headers: Language | None = None,
    columns: Sequence[str] = COLUMNS,
    language: Language = "vi",
    raw: bool = False,
    bom: bool = False,
    sheets: bool = False,
    template: Path | None = None,
    context: ExportContext | None = None,
) -> None:
    """Write `rows` to `out` in `format`, never holding them all; the options are those of `Options`.

    ExportError on an unknown format or column, or where the format needs a library that is not installed.
    """
    options = Options(
        headers, chosen_columns(columns), language, raw, bom, sheets, template, context or ExportContext()
    )
    format_of(format).writer()(rows, out, options)
