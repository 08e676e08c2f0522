"""Days and reporting periods as people type them: `30/06/2023`, `2023-06`, `today`, `+7d`, `Q1/2023`."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from annotations.errors import FilterError
from reports.errors import N_

_RELATIVE = re.compile(r"([+-])(\d{1,4})([dw])")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_PERIOD = re.compile(r"(\d{4})(?:-(?:(Q[1-4])|(H[12])|(0[1-9]|1[0-2])))?")
_YEAR_FIRST = re.compile(r"(\d{4})[-/ ]?(q[1-4]|h[12]|\d{1,2})")
_YEAR_LAST = re.compile(r"(?:quý |quy |q)?(q?[1-4]|h[12]|iii|ii|iv|i|\d{1,2})[-/ ](\d{4})")
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}


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
        return canonical_period(text)
    except (ValueError, FilterError):
        template = N_("“{value}” is not a date. Write it as 2023-06-30, 30/06/2023, 2023-06, today or +7d.")
        raise FilterError(template, value=text) from None


def days(text: str, today: str) -> tuple[str, str]:
    """First and last ISO day of a canonical date or period, reckoned from `today` (ISO day)."""
    if text == "today":
        return today, today
    if match := _RELATIVE.fullmatch(text):
        count = int(match[2]) * (7 if match[3] == "w" else 1) * (-1 if match[1] == "-" else 1)
        day = (date.fromisoformat(today) + timedelta(days=count)).isoformat()
        return day, day
    if _PERIOD.fullmatch(text):
        months = _months(text)
        year = int(text[:4])
        last = calendar.monthrange(year, months[-1])[1]
        return f"{year:04}-{months[0]:02}-01", f"{year:04}-{months[-1]:02}-{last:02}"
    return text, text


def canonical_period(text: str) -> str:
    """`Q1/2023`, `quý I/2023`, `6/2023`, `2023q1` → `2023-Q1`, `2023-06`; FilterError."""
    plain = re.sub(r"\s*([/-])\s*", r"\1", " ".join(text.lower().split()))
    if match := _PERIOD.fullmatch(plain.upper()):
        return match[0]
    year = part = ""
    if match := _YEAR_FIRST.fullmatch(plain):
        year, part = match.groups()
    elif match := _YEAR_LAST.fullmatch(plain):
        part, year = match.groups()
        if plain.startswith(("quý", "quy", "q")) or part in _ROMAN:
            part = "q" + _ROMAN.get(part, part.removeprefix("q"))
    if part.isdigit():
        part = part.zfill(2)
    if match := _PERIOD.fullmatch(f"{year}-{part}".upper()):
        return match[0]
    template = N_("“{value}” is not a period. Write it as 2023, 2023-Q1, 2023-H1 or 2023-06.")
    raise FilterError(template, value=text)


def period_parts(period: str) -> tuple[str, ...]:
    """The periods that lie in `period`, itself first: a year holds its halves, quarters and months."""
    match = _PERIOD.fullmatch(period)
    if match is None or match[4]:
        return (period,)
    year, months = match[1], set(_months(period))
    names = [f"{year}-H1", f"{year}-H2", *(f"{year}-Q{q}" for q in range(1, 5))]
    names += [f"{year}-{m:02}" for m in range(1, 13)]
    return (period, *(name for name in names if name != period and set(_months(name)) <= months))


def _months(period: str) -> list[int]:
    match = _PERIOD.fullmatch(period)
    if match is None or match[0] == match[1]:
        return list(range(1, 13))
    if match[2]:
        first = 3 * int(match[2][1]) - 2
        return [first, first + 1, first + 2]
    if match[3]:
        return list(range(1, 7)) if match[3] == "H1" else list(range(7, 13))
    return [int(match[4])]
