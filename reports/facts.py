"""What the first lines of a report say about it: issuing body, date, reporting period."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from reports.periods import first_date, period_of, period_of_name
from reports.titles import HEAD_LINES, is_genre_alone, is_motto, names_genre
from reports.vietnamese import fold

LEAD_LINES = 6
"""Filled lines whose words count for the period when the title names none."""

_CITING = re.compile(r"\W*(?:can cu|theo|thuc hien|pursuant|based on)\b")
_NUMBERED = re.compile(r"\W*(?:so|ref|no)\s*[:.]?\s*[\d./-]")
_BODY = re.compile(
    r"\W*(?:uy ban nhan dan|ubnd|hoi dong nhan dan|hdnd|tinh uy|thanh uy|huyen uy|dang uy|so|thanh tra|ban|"
    r"chi cuc|cuc|bo|van phong|phong|kho bac|tong cuc|trung tam|cong an|vien|toa an|kiem toan|tong cong ty|"
    r"doan|mat tran|uy ban|department|(?:provincial )?people's committee|inspectorate)\b"
)
_NAMED = re.compile(
    r"\W*(?:co quan(?: ban hanh)?|don vi(?: bao cao)?|issued by|issuer)\W*:\W*(.+?)\W*(?:[—–|;]|$)"
)
_COLUMNS = re.compile(r"\s{3,}|\t|\s*[|│]\s*")


@dataclass(frozen=True, slots=True)
class Facts:
    """`date`: ISO day. `period`: 2023-Q1, 2023-06, 2023-H1 or 2023. None or empty where nothing says so."""

    date: str | None
    period: str | None
    issuer: str


def guess(lines: Sequence[str], title: str, name: str = "") -> Facts:
    """What `title`, the file's `name` and the first `lines` say, in that order."""
    head = [line for line in lines[: HEAD_LINES * 3] if line.strip()][:HEAD_LINES]
    period = period_of(title) or period_of_name(PurePath(name).name)
    if period is None:
        period = next((found for line in head[:LEAD_LINES] if _has_span(found := period_of(line))), None)
    return Facts(_date(head), period, _issuer(head, title))


def _has_span(period: str | None) -> bool:
    """Whether the period is more than a bare year, which a line of prose may name for any reason."""
    return period is not None and "-" in period


def _date(head: Sequence[str]) -> str | None:
    """The day on a dateline, else the first day in what is no citation of other documents."""
    datelines = [line for line in head if len(line) <= 120 and not _CITING.match(fold(line))]
    prose = [line for line in head[:LEAD_LINES] if not _CITING.match(fold(line))]
    return first_date(datelines) or first_date(prose)


def _issuer(head: Sequence[str], title: str) -> str:
    """The issuing body: named as such, or the lines of a letterhead, or a line of its own below the title."""
    for line in head[:12]:
        match = _NAMED.match(fold(line))
        if match:
            return _plain(line[match.start(1) : match.end(1)])
    found: list[str] = []
    for line in head[:LEAD_LINES]:
        text = _plain(_COLUMNS.split(line.strip())[0])
        folded = fold(text)
        if text == title or names_genre(text) or is_genre_alone(text):
            if found:
                break
            continue
        if is_motto(text) or _NUMBERED.match(folded) or len(text) > 120 or text.endswith((".", ";", ":")):
            continue
        if (_BODY.match(folded) and not found) or (found and text.isupper() and len(found) < 3):
            found.append(text)
        elif found:
            break
    return " ".join(found)


def _plain(text: str) -> str:
    return " ".join(text.split()).strip(" *_")
