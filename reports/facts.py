"""What the first lines of a report say about it: title, issuing body, date, reporting period."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reports.vietnamese import fold

HEAD_LINES = 40
"""Lines that are looked at; letterhead and title stand there."""

LONGEST_TITLE_LINE = 250

_ROMAN = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "1": 1,
    "2": 2,
    "3": 3,
    "4": 4,
    "01": 1,
    "02": 2,
    "03": 3,
    "04": 4,
}
_YEAR = r"(?:nam\s+|/|-|\s)\s*((?:19|20)\d\d)\b"
_QUARTER = re.compile(rf"\bquy\s+(iv|iii|ii|i|0?[1-4])\s*,?\s*{_YEAR}|\bq([1-4])\s*[/-]?\s*((?:19|20)\d\d)\b")
_HALF = re.compile(rf"\b(?:6|06|sau)\s+thang\s+(dau|cuoi)\s*,?\s*{_YEAR}")
_NINE = re.compile(rf"\b(?:9|09|chin)\s+thang\s+(?:dau\s+)?{_YEAR}")
_MONTH = re.compile(rf"\bthang\s+(1[0-2]|0?[1-9])\s*,?\s*{_YEAR}")
_WHOLE_YEAR = re.compile(r"\bnam\s+((?:19|20)\d\d)\b")
_LONG_DATE = re.compile(r"\bngay\s+(\d{1,2})\s+thang\s+(\d{1,2})\s*(?:nam|/)\s*((?:19|20)\d\d)\b")
_SHORT_DATE = re.compile(r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2((?:19|20)\d\d)(?![\d/])")
_ISO_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)-(\d\d)-(\d\d)(?!\d)")

_GENRE = re.compile(
    r"(?:BÁO CÁO|KẾT LUẬN|THÔNG BÁO|TỜ TRÌNH|KẾ HOẠCH|QUYẾT ĐỊNH|NGHỊ QUYẾT|NGHỊ ĐỊNH|CHỈ THỊ|CÔNG VĂN|"
    r"BIÊN BẢN|CHƯƠNG TRÌNH|ĐỀ ÁN|THÔNG TƯ|CÔNG ĐIỆN)\b"
)
_MOTTO = re.compile(r"cong hoa xa hoi chu nghia|doc lap\s*-\s*tu do|dang cong san viet nam")
_NUMBERED = re.compile(r"^(?:so|ref)\s*[:.]?\s*[\d./ -]*", re.IGNORECASE)
_BODY = re.compile(
    r"^(?:uy ban nhan dan|ubnd|hoi dong nhan dan|hdnd|tinh uy|thanh uy|huyen uy|dang uy|so|thanh tra|ban|"
    r"chi cuc|cuc|bo|van phong|phong|kho bac|tong cuc|trung tam|cong an|vien|toa an|kiem toan|tong cong ty|"
    r"doan|mat tran|uy ban|department|people's committee|provincial|inspectorate)\b"
)
_NAMED_BODY = re.compile(
    r"^\W*(?:co quan(?: ban hanh)?|don vi(?: bao cao)?|issued by|issuer)\W*:\W*(.+?)(?:\s*[—–|;]\s*|$)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Facts:
    """`date`: ISO day. `period`: 2023-Q1, 2023-06, 2023-H1 or 2023. None or empty where nothing says so."""

    date: str | None
    period: str | None
    issuer: str


def title_lines(lines: Sequence[str]) -> tuple[int, int]:
    """Line numbers (from 0, half open) that hold the title; equal if there is none.

    The first line, or, under a letterhead, the line that names the genre ("BÁO CÁO") and those behind it.
    """
    filled = [number for number, line in enumerate(lines[: HEAD_LINES * 2]) if line.strip()][:HEAD_LINES]
    if not filled:
        return 0, 0
    first = filled[0]
    if _is_letterhead([lines[number] for number in filled[:8]]):
        for number in filled:
            if _GENRE.match(lines[number].strip()):
                return number, _title_end(lines, number)
        return first, first
    text = lines[first].strip()
    if len(text) > LONGEST_TITLE_LINE or text.endswith((".", ";", ",")):
        return first, first
    return first, first + 1


def _title_end(lines: Sequence[str], first: int) -> int:
    """The line behind the title: the genre, then its subject, across one blank line at most."""
    end = first + 1
    alone = len(lines[first].split()) <= 3
    if alone and end < len(lines) and not lines[end].strip():
        end += 1
    taken = 0
    while end < len(lines) and taken < 4:
        text = lines[end].strip()
        if (
            not text
            or len(text) > LONGEST_TITLE_LINE
            or text.endswith((".", ";"))
            or re.match(r"[IVX]+\.|\d+\.", text)
        ):
            break
        taken += 1
        end += 1
        if not alone:
            break
    return end if taken else first + 1


def _is_letterhead(lines: Sequence[str]) -> bool:
    return any(_MOTTO.search(fold(line)) for line in lines)


def guess(lines: Sequence[str], title: str) -> Facts:
    """What title and first lines say; the title counts before the rest."""
    head = [line for line in lines[: HEAD_LINES * 2] if line.strip()][:HEAD_LINES]
    folded = [fold(line) for line in head]
    period = period_of(title)
    if period is None:
        period = next((found for line in folded[:12] if (found := period_of(line))), None)
    return Facts(_first_date(folded), period, _issuer(head))


def period_of(text: str) -> str | None:
    """The reporting period that `text` names: 2023-Q1, 2024-06, 2024-H1 or 2024; None if it names none."""
    folded = fold(text)
    if match := _QUARTER.search(folded):
        quarter, year = (match[1], match[2]) if match[1] else (match[3], match[4])
        return f"{year}-Q{_ROMAN[quarter]}"
    if match := _HALF.search(folded):
        return f"{match[2]}-H{1 if match[1] == 'dau' else 2}"
    if match := _NINE.search(folded):
        return f"{match[1]}-Q3"
    without_days = _LONG_DATE.sub(" ", folded)
    if match := _MONTH.search(without_days):
        return f"{match[2]}-{int(match[1]):02}"
    if match := _WHOLE_YEAR.search(without_days):
        return match[1]
    return None


def _first_date(folded: Sequence[str]) -> str | None:
    for line in folded:
        for pattern, order in ((_LONG_DATE, (3, 2, 1)), (_SHORT_DATE, (4, 3, 1)), (_ISO_DATE, (1, 2, 3))):
            for match in pattern.finditer(line):
                try:
                    return date(*(int(match[group]) for group in order)).isoformat()
                except ValueError:
                    continue
    return None


def _issuer(head: Sequence[str]) -> str:
    """The issuing body: named as such, or the line of a letterhead."""
    for line in head[:12]:
        match = _NAMED_BODY.match(fold(line))
        if match:
            return line[match.start(1) : match.end(1)].strip(" *_")
    if not _is_letterhead(head[:8]):
        return ""
    found: list[str] = []
    for line in head[:8]:
        text = re.split(r"\s{3,}|\t|\s*\|\s*", line.strip())[0]
        folded = fold(text)
        if _MOTTO.search(folded) or _NUMBERED.match(folded) or _GENRE.match(text):
            continue
        if _BODY.match(folded) or (found and text.isupper() and len(found) < 3):
            found.append(" ".join(text.split()))
    return " ".join(found)
