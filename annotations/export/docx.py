"""docx: the annex that an office attaches, filled into a template that an office can replace.

A template is any Word file. The fields of `ABOUT_FIELDS` stand for what the export says of itself, anywhere
in the text, headers and footers. The table row that holds `{{passage}}` is repeated for every issue; it may
hold any of `ROW_FIELDS`. What is repeated for every lead agency begins with the paragraph that holds
`{{agency}}` and ends with that table, or with the issues where `{{agency}}` is in a row of the table; it may
hold any of `GROUP_FIELDS`. Without `{{agency}}` there is one table in list order. A table row with
`{{on_time}}` is repeated for every line of the grid of deadlines (it may hold `GRID_FIELDS`); where there is
no grid, that table goes, from the paragraph with `{{grid}}` on.
"""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from array import array
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.resources import as_file, files
from pathlib import Path
from typing import IO, BinaryIO

from annotations.errors import ExportError
from annotations.export.about import (
    citation,
    clock,
    filter_words,
    grid_labels,
    list_title,
    local_moment,
    overdue_mark,
    shown_day,
)
from annotations.export.cells import SEPARATOR
from annotations.export.docx_template import Template, fill, read_template, with_grid
from annotations.export.options import Options
from annotations.issue_rows import IssueRow
from annotations.labels import value_label
from annotations.models import Language, Placement, Role
from annotations.succession import with_heirs
from reports.errors import N_
from reports.vietnamese import sort_key

ABOUT_FIELDS = ("title", "filter", "count", "at", "reviewer", "today", "anchor")
ROW_FIELDS = (
    "number",
    "id",
    "passage",
    "source",
    "report_title",
    "section",
    "report_date",
    "period",
    "tags",
    "lead",
    "coordinating",
    "severity",
    "status",
    "due",
    "note",
    "reviewer",
    "owner",
    "revision",
    "placement",
)
"""What a row of the table can hold. `number` counts within an agency; `source` is report, section and
date, with how the passage stands in the latest text, if not in place, which is `placement`."""

GROUP_FIELDS = ("agency", "agency_number", "agency_count")
"""What stands above the issues of an agency. `agency_number`: Roman, in the order of the agencies."""

GRID_FIELDS = ("grid_agency", "on_time", "late", "in_time", "overdue", "total")

_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_DOCUMENT = "word/document.xml"
_CHUNK = 1 << 16


@dataclass(slots=True)
class _Group:
    """The rows of one agency: `places` holds offset and length in bytes of each in the spool file."""

    places: array[int] = field(default_factory=lambda: array("q"))


@dataclass(slots=True)
class _Spool:
    """Rows as XML, in list order in one file, found again by agency."""

    file: IO[bytes]
    groups: dict[str, _Group] = field(default_factory=dict)
    count: int = 0

    def put(self, name: str, xml: str) -> None:
        data = xml.encode("utf-8", "replace")
        self.groups[name].places.extend((self.file.tell(), len(data)))
        self.file.write(data)

    def rows(self, name: str) -> Iterator[bytes]:
        places = self.groups[name].places
        for offset, length in zip(places[::2], places[1::2], strict=True):
            self.file.seek(offset)
            yield self.file.read(length)


def write_docx(rows: Iterable[IssueRow], out: BinaryIO, options: Options) -> None:
    """Fill the template: ours in the language of the export, or that of `options.template`.

    Rows wait in a temporary file until all are there, since they go by agency. ExportError where the template
    is no Word file or has no row for the issues.
    """
    with tempfile.TemporaryFile(prefix="reviewer-") as file, _template_of(options) as (source, template):
        spool = _Spool(file)
        _spool_rows(rows, spool, template, options)
        about = _about(options, spool.count)
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
            for info in source.infolist():
                made = zipfile.ZipInfo(info.filename, (1980, 1, 1, 0, 0, 0))
                made.compress_type = zipfile.ZIP_DEFLATED
                if info.filename == _DOCUMENT:
                    with target.open(made, "w", force_zip64=True) as entry:
                        _write_document(entry, template, spool, about, options)
                elif info.filename.startswith(("word/header", "word/footer")):
                    target.writestr(made, fill(source.read(info).decode("utf-8"), about))
                else:
                    with source.open(info) as old, target.open(made, "w") as new:
                        shutil.copyfileobj(old, new, _CHUNK)


@contextmanager
def _template_of(options: Options) -> Iterator[tuple[zipfile.ZipFile, Template]]:
    shipped = files("annotations.export") / "assets" / f"annex.{options.language}.docx"
    with as_file(shipped) as ours:
        path: Path = options.template or ours
        try:
            source = zipfile.ZipFile(path)
            xml = source.read(_DOCUMENT).decode("utf-8")
        except FileNotFoundError:
            raise ExportError(N_("There is no template at {path}. Name another."), path=path) from None
        except (zipfile.BadZipFile, KeyError, UnicodeDecodeError, OSError):
            template = N_("{path} cannot be read as a Word file (docx), so it is no template. Name another.")
            raise ExportError(template, path=path) from None
        with source:
            yield source, read_template(xml, path)


def _spool_rows(rows: Iterable[IssueRow], spool: _Spool, template: Template, options: Options) -> None:
    nobody = grid_labels(options.language).nobody
    for row in rows:
        spool.count += 1
        values = _values(row, options)
        names = (_leads(row, options.language) or (nobody,)) if template.grouped else ("",)
        for name in names:
            number = len(spool.groups.setdefault(name, _Group()).places) // 2 + 1
            spool.put(name, template.row.filled({**values, "number": str(number)}))


def _leads(row: IssueRow, language: Language) -> tuple[str, ...]:
    """Full names of the lead agencies, with who answers in their place today."""
    links = [link for link in row.links if link.role is Role.LEAD]
    if not links:
        return row.agencies(Role.LEAD, language)
    return tuple(
        with_heirs(link.label(language), link.now_en if language == "en" else link.now, language)
        for link in links
    )


def _values(row: IssueRow, options: Options) -> dict[str, str]:
    language = options.language
    placed = "" if row.placement == Placement.EXACT else value_label(row.placement, language)
    late = overdue_mark(row, options)
    made = (
        str(row.id),
        row.passage,
        citation(row, language) + (f" ({placed})" if placed else ""),
        row.report_title,
        row.section,
        shown_day(row.report_date, language),
        row.period or "",
        SEPARATOR.join(row.tag_labels(language)),
        SEPARATOR.join(row.shown_agencies(Role.LEAD, language)),
        SEPARATOR.join(row.shown_agencies(Role.COORDINATING, language)),
        value_label(row.severity, language),
        value_label(row.status, language),
        shown_day(row.due, language) + (f" ({late})" if late else ""),
        row.note,
        row.reviewer,
        row.owner or "",
        row.revision,
        placed,
    )
    return dict(zip(ROW_FIELDS[1:], made, strict=True))


def _about(options: Options, count: int) -> dict[str, str]:
    context = options.context
    day = shown_day(clock(options), options.language)
    made = (
        list_title(options),
        filter_words(options),
        str(count),
        local_moment(context.at, options.language) or "–",
        context.reviewer or "–",
        day or "–",
        context.anchor or "–",
    )
    return dict(zip(ABOUT_FIELDS, made, strict=True))


def _write_document(
    entry: IO[bytes], template: Template, spool: _Spool, about: Mapping[str, str], options: Options
) -> None:
    nobody = grid_labels(options.language).nobody
    lines = _grid_lines(options, nobody)
    entry.write(_filled(template.head, about, lines))
    names = sorted(spool.groups, key=lambda name: (name == nobody, sort_key(name)))
    for number, name in enumerate(names, 1):
        size = str(len(spool.groups[name].places) // 2)
        values = {**about, "agency": name, "agency_number": _roman(number), "agency_count": size}
        entry.write(template.opening.filled(values).encode("utf-8", "replace"))
        for row in spool.rows(name):
            entry.write(row)
        entry.write(template.closing.filled(values).encode("utf-8", "replace"))
    entry.write(_filled(template.tail, about, lines))


def _roman(number: int) -> str:
    """`number` as the parts of a Vietnamese annex are numbered: I, II, III, …"""
    made = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        made += letters * count
    return made


def _filled(xml: str, about: Mapping[str, str], lines: list[Mapping[str, str]] | None) -> bytes:
    return fill(with_grid(xml, lines), {**about, "grid": ""}).encode("utf-8", "replace")


def _grid_lines(options: Options, nobody: str) -> list[Mapping[str, str]] | None:
    if options.context.grid is None:
        return None
    return [
        dict(zip(GRID_FIELDS, (row.name or nobody, *map(str, row.cells)), strict=True))
        for row in options.context.grid
    ]
