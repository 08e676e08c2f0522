"""What an export is asked for, and what it says about itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from annotations.issue_rows import COLUMNS
from annotations.models import Language

if TYPE_CHECKING:
    from annotations.counts import GridRow
    from reports.document import Document


@dataclass(frozen=True, slots=True)
class ExportContext:
    """Where the rows come from; formats for people print it, the others leave it out.

    `filter`: in the filter language; `filter_said`: as people say it, in each language. `count`: rows, where
    known beforehand. `reviewer`: who exports. `at`:
    the moment whose state it shows, UTC, ISO 8601; the same moment makes the same bytes. `today`: the ISO
    day that deadlines are reckoned from, default that of `at`. `title`: of the list, default by language.
    `anchor`: the end of the history at that moment (`annotations.chain`), by which the rows can be held to
    the record later. `grid`: the four cells per agency, shown where given. `documents`: the text of a
    revision by its id, which `html` needs for its reports.
    """

    filter: str = ""
    count: int | None = None
    reviewer: str = ""
    at: str = ""
    today: str = ""
    title: str = ""
    anchor: str = ""
    grid: Sequence[GridRow] | None = None
    documents: Callable[[int], Document] | None = None
    filter_said: Mapping[Language, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Options:
    """How to write.

    `headers`: people's labels in that language instead of column names, for statuses and the like as well,
    and agencies with who answers in their place today. `columns`: of tables and objects. `raw`: leave text
    that a spreadsheet would run as it is (csv, tsv). `bom`: begin with a byte order mark (csv, tsv).
    `sheets`: one sheet per lead agency as well (xlsx). `template`: a file to fill in instead of ours (docx).
    """

    headers: Language | None = None
    columns: tuple[str, ...] = COLUMNS
    language: Language = "vi"
    raw: bool = False
    bom: bool = False
    sheets: bool = False
    template: Path | None = None
    context: ExportContext = field(default_factory=ExportContext)
