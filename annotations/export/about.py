"""What an export says about itself: which filter made it, how many rows, when, by whom."""

from __future__ import annotations

from dataclasses import dataclass

from annotations.export.options import Options
from annotations.models import Language

_TITLE: dict[Language, str] = {"vi": "Danh mục vấn đề", "en": "Issue list"}
_LABELS: dict[Language, tuple[str, str, str, str, str]] = {
    "vi": ("Bộ lọc", "Số vấn đề", "Tình trạng lúc", "Người xuất", "tất cả"),
    "en": ("Filter", "Issues", "As of", "Exported by", "everything"),
}


def list_title(options: Options) -> str:
    """The title of the list: the one asked for, or our own."""
    return options.context.title or _TITLE[options.language]


def about_lines(options: Options) -> list[tuple[str, str]]:
    """Label and value of what is known about the export, in its language."""
    context = options.context
    made_by, count, at, who, everything = _LABELS[options.language]
    lines = [(made_by, context.filter or everything)]
    if context.count is not None:
        lines.append((count, str(context.count)))
    if context.at:
        lines.append((at, moment(context.at)))
    if context.reviewer:
        lines.append((who, context.reviewer))
    return lines


def moment(at: str) -> str:
    """A UTC time as people read it: `2023-06-30 08:15 UTC`."""
    return at[:16].replace("T", " ") + " UTC" if "T" in at else at


@dataclass(frozen=True, slots=True)
class GridLabels:
    """What stands above the grid of deadlines, and in place of a name where there is no lead agency."""

    heads: tuple[str, ...]
    nobody: str


def grid_labels(language: Language) -> GridLabels:
    """The words of the grid: agency, four cells, total."""
    return _GRID[language]


_GRID: dict[Language, GridLabels] = {
    "vi": GridLabels(
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
