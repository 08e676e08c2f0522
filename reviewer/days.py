"""Days as reviewers type them into the due date, and as the screens show them."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from reports.errors import N_, ReviewError
from reports.vietnamese import fold
from reviewer.i18n import _, language, ngettext

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/. ](\d{1,2})(?:[-/. ](\d{4}|\d{2}))?")
_AFTER = re.compile(r"\+?\s*(\d{1,4})\s*(d|w|m|y|ngay|tuan|thang|nam|days?|weeks?|months?|years?)?")
_NAMED = {
    "today": "today", "hom nay": "today", "nay": "today", "tomorrow": "tomorrow", "mai": "tomorrow",
    "ngay mai": "tomorrow", "end of month": "month", "month": "month", "cuoi thang": "month",
    "end of quarter": "quarter", "quarter": "quarter", "cuoi quy": "quarter", "end of year": "year",
    "year": "year", "cuoi nam": "year", "end of week": "week", "week": "week", "cuoi tuan": "week",
}  # fmt: skip
_WEEKDAYS_VI = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


class DayError(ReviewError):
    """What was typed is no day."""


def read_day(text: str, today: date) -> date | None:
    """The day that `text` names, None for an empty one.

    Understood, with or without accents: `30/6` (the next one), `30/06/2023`, `2023-06-30`, `+14`, `+2w`,
    `+1m`, `today`, `mai`, `cuối tháng`, `cuối quý`, `cuối năm`. Raises DayError.
    """
    plain = " ".join(fold(text).split())
    if not plain:
        return None
    if plain in _NAMED:
        return _named(_NAMED[plain], today)
    try:
        if match := _ISO.fullmatch(plain):
            return date(int(match[1]), int(match[2]), int(match[3]))
        if match := _DAY_FIRST.fullmatch(plain):
            return _day_first(int(match[1]), int(match[2]), match[3], today)
        if plain.startswith("+") and (match := _AFTER.fullmatch(plain)):
            return _after(int(match[1]), (match[2] or "d")[:2], today)
    except (ValueError, OverflowError):
        pass
    raise DayError(N_("“{text}” is not a day. Write 30/6, 30/06/2023, +14 (days) or cuối tháng."), text=text)


def read_past_day(text: str) -> date | None:
    """The day that `text` names in full, None for an empty one: a report's, which needs its year.

    Raises DayError.
    """
    plain = " ".join(text.split())
    if not plain:
        return None
    try:
        if match := _ISO.fullmatch(plain):
            return date(int(match[1]), int(match[2]), int(match[3]))
        if (match := _DAY_FIRST.fullmatch(plain)) and match[3]:
            return _day_first(int(match[1]), int(match[2]), match[3], date.min)
    except ValueError:
        pass
    raise DayError(N_("“{text}” is not a day. Write 30/06/2023 or 2023-06-30."), text=text)


def _day_first(day: int, month: int, year: str | None, today: date) -> date:
    if year is not None:
        return date(int(year) + (2000 if len(year) == 2 else 0), month, day)
    for candidate in range(today.year, today.year + 9):
        if (month, day) == (2, 29) and _last_day(candidate, 2) == 28:
            continue
        found = date(candidate, month, day)
        if found >= today:
            return found
    raise ValueError(day)


def _after(count: int, unit: str, today: date) -> date:
    if unit in ("w", "we", "tu"):
        return today + timedelta(weeks=count)
    if unit in ("m", "mo", "th"):
        return _months_on(today, count)
    if unit in ("y", "ye", "na"):
        return _months_on(today, 12 * count)
    return today + timedelta(days=count)


def _months_on(day: date, count: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, _last_day(year, month + 1)))


def _last_day(year: int, month: int) -> int:
    return (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day


def _named(name: str, today: date) -> date:
    if name == "tomorrow":
        return today + timedelta(days=1)
    if name == "week":
        return today + timedelta(days=(4 - today.weekday()) % 7)
    if name == "today":
        return today
    month = {"month": today.month, "quarter": (today.month + 2) // 3 * 3, "year": 12}[name]
    return date(today.year, month, _last_day(today.year, month))


def show_day(iso: str | None) -> str:
    """An ISO day as people write it: 30/06/2023 in Vietnamese, 30 Jun 2023 in English; empty for None."""
    if not iso:
        return ""
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return iso
    if language() == "vi":
        return f"{day:%d/%m/%Y}"
    return f"{day.day} {day:%b %Y}"


def long_day(day: date) -> str:
    """A day with its weekday."""
    if language() == "vi":
        return f"{_WEEKDAYS_VI[day.weekday()]}, {day:%d/%m/%Y}"
    return f"{day:%A}, {day.day} {day:%B %Y}"


def show_moment(stamp: str, today: date) -> str:
    """A time of the record (UTC, ISO 8601) as the clock here shows it: the hour today, the day as well before
    that; as it is where it is none."""
    try:
        here = datetime.fromisoformat(stamp).astimezone()
    except ValueError:
        return stamp
    hour = f"{here:%H:%M}"
    return hour if here.date() == today else f"{show_day(here.date().isoformat())} {hour}"


def distance(day: date, today: date) -> str:
    """How far `day` is from `today`, in words."""
    days = (day - today).days
    if days == 0:
        return _("today")
    if days > 0:
        return ngettext("in {count} day", "in {count} days", days).format(count=days)
    return ngettext("{count} day ago", "{count} days ago", -days).format(count=-days)


def short_period(period: str | None) -> str:
    """A period, or the month of an ISO day, in at most six cells, for a column: Q1/23, 06/23, H1/23, 9M/23,
    2023; empty for None."""
    year, _dash, part = (period or "").partition("-")
    part = part[:2] if part[:2].isdigit() else part
    return f"{part}/{year[-2:]}" if part else year


def show_period(period: str | None) -> str:
    """A period as people write it: quý I/2023, tháng 6/2023; Q1 2023, Jun 2023; empty for None."""
    if not period:
        return ""
    year, _dash, part = period.partition("-")
    if language() != "vi":
        if part.isdigit() and 1 <= int(part) <= 12:
            return f"{date(2000, int(part), 1):%b} {year}"
        return f"{part} {year}".strip()
    if part.startswith("Q"):
        return f"quý {('I', 'II', 'III', 'IV')[int(part[1]) - 1]}/{year}"
    if part.startswith("H"):
        return f"{'6 tháng đầu' if part == 'H1' else '6 tháng cuối'} {year}"
    if part == "9M":
        return f"9 tháng {year}"
    if part.startswith("W"):
        return f"tuần {part[1:].lstrip('0')}/{year}"
    return f"tháng {int(part)}/{year}" if part.isdigit() else period
