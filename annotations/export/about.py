"""What an export says about itself: which filter made it, how many rows, when, by whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from annotations.export.options import Options
from annotations.filter_sql import UNFINISHED
from annotations.issue_rows import IssueRow
from annotations.labels import value_label
from annotations.models import Language, Placement

_TITLE: dict[Language, str] = {"vi": "Danh mục vấn đề", "en": "Issue list"}
_EVERYTHING: dict[Language, str] = {"vi": "tất cả", "en": "everything"}
_LABELS: dict[Language, tuple[str, str, str, str, str]] = {
    "vi": ("Bộ lọc", "Số vấn đề", "Tình trạng lúc", "Thời hạn tính đến", "Người xuất"),
    "en": ("Filter", "Issues", "As of", "Deadlines as of", "Exported by"),
}
_ANCHOR: dict[Language, str] = {"vi": "Mã neo", "en": "Anchor"}
_REVISION: dict[Language, str] = {"vi": "bản", "en": "revision"}

_OVERDUE: dict[Language, str] = {"vi": "quá hạn", "en": "overdue"}


def list_title(options: Options) -> str:
    """The title of the list: the one asked for, or our own."""
    return options.context.title or _TITLE[options.language]


def filter_words(options: Options) -> str:
    """The filter as an export says it, in people's words where they are known: everything, where there is
    none."""
    context = options.context
    return context.filter_said.get(options.language) or context.filter or _EVERYTHING[options.language]


def clock(options: Options) -> str:
    """The ISO day that deadlines are reckoned from; empty where the export does not know it."""
    return options.context.today or options.context.at[:10]


def overdue_mark(row: IssueRow, options: Options) -> str:
    """What is said behind the due date of an issue that is overdue; empty for the others."""
    today = clock(options)
    late = row.due is not None and row.due < today and row.status in UNFINISHED
    return _OVERDUE[options.language] if late else ""


def about_lines(options: Options, *, dated: bool) -> list[tuple[str, str]]:
    """Label and value of what is known about the export, in its language. `dated`: it says which issues are
    overdue, so that the day matters."""
    context = options.context
    values = (
        filter_words(options),
        "" if context.count is None else str(context.count),
        moment(context.at, options.language),
        shown_day(clock(options), options.language) if dated else "",
        context.reviewer,
    )
    labels = _LABELS[options.language]
    return [(label, value) for label, value in zip(labels, values, strict=True) if value]


def anchor_lines(options: Options) -> list[tuple[str, str]]:
    """Label and value of the anchor, where it is known."""
    anchor = options.context.anchor
    return [(_ANCHOR[options.language], anchor)] if anchor else []


def moment(at: str, language: Language) -> str:
    """A UTC time as people read it: `30/06/2023 08:15 UTC`."""
    day, is_time, hour = at.partition("T")
    return shown_day(day, language) + (f" {hour[:5]} UTC" if is_time else "")


def local_moment(at: str, language: Language) -> str:
    """A UTC time as the clock here shows it: `30/06/2023 15:15`; a day alone as it is."""
    if "T" not in at:
        return shown_day(at, language)
    here = datetime.fromisoformat(at).astimezone()
    return f"{shown_day(here.date().isoformat(), language)} {here:%H:%M}"


@dataclass(frozen=True, slots=True)
class GridLabels:
    """What stands above the grid of deadlines, and in place of a name where there is no lead agency."""

    title: str
    heads: tuple[str, ...]
    nobody: str


def grid_labels(language: Language) -> GridLabels:
    """The words of the grid: agency, four cells, total."""
    return _GRID[language]


_GRID: dict[Language, GridLabels] = {
    "vi": GridLabels(
        "Tiến độ theo cơ quan chủ trì",
        (
            "Cơ quan chủ trì",
            "Hoàn thành đúng hạn",
            "Hoàn thành quá hạn",
            "Chưa hoàn thành, trong hạn",
            "Chưa hoàn thành, quá hạn",
            "Cộng",
        ),
        "Chưa giao",
    ),
    "en": GridLabels(
        "Deadlines by lead agency",
        (
            "Lead agency",
            "Completed on time",
            "Completed late",
            "Not completed, in time",
            "Not completed, overdue",
            "Total",
        ),
        "No lead agency",
    ),
}


def shown_day(day: str | None, language: Language) -> str:
    """An ISO day as it is written in `language`: 30/06/2023 or 2023-06-30; empty for none."""
    if not day:
        return ""
    parts = day.split("-")
    return "/".join(reversed(parts)) if language == "vi" and len(parts) == 3 else day


def text_words(revision: str, language: Language) -> str:
    """How a text of a report is named: by the first 12 hex digits of its SHA-256."""
    return f"{_REVISION[language]}\u00a0{revision}"


def revision_words(row: IssueRow, language: Language) -> str:
    """Which text of its report a passage is in; and how it stands in the latest one, if not in place."""
    said = text_words(row.revision, language)
    if row.placement == Placement.EXACT:
        return said
    return f"{said} ({value_label(row.placement, language)})"


def citation(row: IssueRow, language: Language) -> str:
    """Where a passage stands, as one cites it: report, headings below its title, date."""
    section = row.section.removeprefix(row.report_title).lstrip(" ›")
    day = shown_day(row.report_date, language)
    return " · ".join(part for part in (row.report_title, section, day) if part)
