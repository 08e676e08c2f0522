"""Days and reporting periods as people type them: `30/06/2023`, `2023-06`, `today`, `+7d`, `Q1/2023`."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from annotations.errors import FilterError
from reports.errors import N_
from reports.vietnamese import fold

_RELATIVE = re.compile(r"([+-])(\d{1,4})([dw])")
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_DAY_AND_MONTH = re.compile(r"(\d{1,2})[/.](\d{1,2})")
_AFTER = re.compile(r"\+ ?(\d{1,4}) ?(d|w|ngay|tuan|days?|weeks?)?")
_NOW = {"hom nay": "today", "nay": "today", "mai": "+1d", "ngay mai": "+1d", "tomorrow": "+1d"}
_ENDS = {
    "cuoi thang": "month", "end of month": "month", "cuoi quy": "quarter", "end of quarter": "quarter",
    "cuoi nam": "year", "end of year": "year",
}  # fmt: skip
_PERIOD = re.compile(r"(\d{4})(?:-(Q[1-4]|H[12]|9M|W[0-5]\d|0[1-9]|1[0-2]))?")
_YEAR_FIRST = re.compile(r"(\d{4})[-/ ]?(q[1-4]|h[12]|9m|w\d{1,2}|\d{1,2})")
_YEAR_LAST = re.compile(r"(quy |thang )?(q[1-4]|h[12]|9m|iii|ii|iv|i|\d{1,2})[-/ ](\d{4})")
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
_PARTS = ("H1", "H2", "9M", "Q1", "Q2", "Q3", "Q4", *(f"{month:02}" for month in range(1, 13)))


def canonical_days(text: str) -> str:
    """`text` as filters keep it: an ISO day, a period, `today` or a number of days or weeks from it
    (`+7d`, `-2w`); FilterError."""
    plain = text.strip().lower()
    if plain == "today" or _RELATIVE.fullmatch(plain):
        return plain
    match = _ISO.fullmatch(plain)
    parts = match.groups() if match else None
    if match is None and (match := _DAY_FIRST.fullmatch(plain)):
        parts = match.groups()[::-1]
    try:
        if parts:
            return date(int(parts[0]), int(parts[1]), int(parts[2])).isoformat()
        period = canonical_period(text)
        days(period, "2000-01-01")
    except (ValueError, FilterError):
        template = N_("“{value}” is not a date. Write it as 2023-06-30, 30/06/2023, 2023-06, today or +7d.")
        raise FilterError(template, value=text) from None
    return period


def due_days(text: str) -> str:
    """`text` as filters keep a due date: also, with or without accents, `30/6` (the next one), `+14`,
    `+2 weeks`, `hôm nay`, `mai`, `cuối tháng`, `cuối quý`, `cuối năm`, in short as due dates are typed
    elsewhere; FilterError."""
    plain = " ".join(fold(text).replace("-", " ").split())
    if plain in _NOW:
        return _NOW[plain]
    if match := _AFTER.fullmatch(plain):
        return f"+{int(match[1])}{'w' if (match[2] or 'd')[0] in 'wt' else 'd'}"
    today = date.today()
    if part := _ENDS.get(plain):
        month = {"month": today.month, "quarter": (today.month + 2) // 3 * 3, "year": 12}[part]
        return date(today.year, month, calendar.monthrange(today.year, month)[1]).isoformat()
    if match := _DAY_AND_MONTH.fullmatch(text.strip()):
        for year in range(today.year, today.year + 9):
            try:
                found = date(year, int(match[2]), int(match[1]))
            except ValueError:
                continue
            if found >= today:
                return found.isoformat()
    return canonical_days(text)


def days(text: str, today: str) -> tuple[str, str]:
    """First and last ISO day of a canonical date or period, reckoned from `today` (ISO day).

    What lies before the year 1 or after 9999 is cut off there.
    """
    if text == "today":
        return today, today
    if match := _RELATIVE.fullmatch(text):
        count = int(match[2]) * (7 if match[3] == "w" else 1) * (-1 if match[1] == "-" else 1)
        day = date.fromisoformat(today).toordinal() + count
        near = date.fromordinal(min(max(day, 1), date.max.toordinal())).isoformat()
        return near, near
    match = _PERIOD.fullmatch(text)
    if match is None:
        return text, text
    year, part = int(match[1]), match[2] or ""
    if part.startswith("W"):
        monday = date.fromisocalendar(year, int(part[1:]), 1)
        return monday.isoformat(), (monday + timedelta(days=6)).isoformat()
    months = _months(part)
    last = calendar.monthrange(year, months[-1])[1]
    return f"{year:04}-{months[0]:02}-01", f"{year:04}-{months[-1]:02}-{last:02}"


def canonical_period(text: str) -> str:
    """`Q1/2023`, `quý I/2023`, `tháng 6/2023`, `2023q1` → `2023-Q1`, `2023-06`; FilterError."""
    plain = re.sub(r"\s*([/-])\s*", r"\1", " ".join(fold(text).split()))
    year = part = ""
    if _PERIOD.fullmatch(plain.upper()):
        return plain.upper()
    if match := _YEAR_FIRST.fullmatch(plain):
        year, part = match.groups()
    elif match := _YEAR_LAST.fullmatch(plain):
        kind, part, year = match.groups()
        if kind == "quy " or part in _ROMAN:
            part = "q" + _ROMAN.get(part, part.removeprefix("q"))
    if part.isdigit():
        part = part.zfill(2)
    elif part.startswith("w"):
        part = "w" + part[1:].zfill(2)
    if match := _PERIOD.fullmatch(f"{year}-{part}".upper()):
        return match[0]
    template = N_("“{value}” is not a period. Write it as 2023, 2023-Q1, 2023-H1 or 2023-06.")
    raise FilterError(template, value=text)


def period_parts(period: str) -> tuple[str, ...]:
    """The periods that lie in `period`, itself first: a year holds its halves, quarters, months and weeks."""
    match = _PERIOD.fullmatch(period)
    if match is None or (match[2] or "").startswith("W"):
        return (period,)
    year, part = match[1], match[2] or ""
    months = set(_months(part))
    names = [f"{year}-{name}" for name in _PARTS if name != part and set(_months(name)) <= months]
    if not part:
        names += [f"{year}-W{week:02}" for week in range(54)]
    return (period, *names)


def _months(part: str) -> range:
    """The months of a part of a year; all of them for none."""
    if part.startswith("Q"):
        return range(3 * int(part[1]) - 2, 3 * int(part[1]) + 1)
    if part.isdigit():
        return range(int(part), int(part) + 1)
    return {"": range(1, 13), "H1": range(1, 7), "H2": range(7, 13), "9M": range(1, 10)}[part]
