"""Reporting periods and dates as reports write them, in Vietnamese and English."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from reports.vietnamese import fold

_MONTH_NAMES = "january february march april may june july august september october november december"
_MONTHS = _MONTH_NAMES.split()
_MONTH_NAME = "|".join(f"{name}|{name[:3]}" for name in _MONTHS)
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "i": 1, "ii": 2, "iii": 3, "iv": 4}

_YEAR = r"(?:19|20)\d\d"
_FIRST_YEAR = re.compile(rf"(?<!\d)(?<!giai doan )({_YEAR})(?!\d|\s?[-–]\s?{_YEAR})")
_SPAN = re.compile(
    r"\bquy\s(?P<quy>iv|iii|ii|i|0?[1-4])\b"
    r"|\bq(?P<q>[1-4])\b"
    r"|\b(?P<ordinal>first|second|third|fourth)\squarter\b"
    r"|\b(?:0?6|sau)\sthang\s(?P<half>dau|cuoi)\b"
    r"|\b(?P<english>first|second)\shalf\b"
    r"|\b(?P<nine>(?:0?9|chin)\sthang|nine\smonths)\b"
)
_MONTH = re.compile(rf"\bthang\s(?P<number>1[0-2]|0?[1-9])\b|\b(?P<name>{_MONTH_NAME})\s(?={_YEAR})")
_WHOLE_YEAR = re.compile(rf"(?<!giua )\b(?:nam|year|annual report)\s({_YEAR})\b(?!\s?[-–])")

_LONG = re.compile(rf"\bngay\s(?P<d>\d{{1,2}})\sthang\s(?P<m>\d{{1,2}})\s?(?:nam\s|/\s?)(?P<y>{_YEAR})\b")
_SHORT = re.compile(rf"(?<![\d/.-])(?P<d>\d{{1,2}})([/.-])(?P<m>\d{{1,2}})\2(?P<y>{_YEAR})(?![\d/])")
_ISO = re.compile(rf"(?<!\d)(?P<y>{_YEAR})-(?P<m>\d\d)-(?P<d>\d\d)(?!\d)")
_ENGLISH = re.compile(rf"\b(?P<d>\d{{1,2}})\s(?P<m>{_MONTH_NAME})\s(?P<y>{_YEAR})\b")
_AMERICAN = re.compile(rf"\b(?P<m>{_MONTH_NAME})\s(?P<d>\d{{1,2}}),?\s(?P<y>{_YEAR})\b")

_DAY = re.compile(
    rf"\bngay\s\d{{1,2}}\sthang\s\d{{1,2}}(?:\s(?:nam\s)?{_YEAR})?\b|\b\d{{1,2}}\s\d{{1,2}}\s{_YEAR}\b"
    rf"|\b\d{{1,2}}\s(?:{_MONTH_NAME})\s{_YEAR}\b"
)

_NAME_PERIOD = re.compile(
    rf"(?<!\d)(?:(?P<y1>{_YEAR})[\W_]?q(?:uy[\W_]?)?(?P<q1>[1-4])"
    rf"|(?:quy|q)[\W_]?(?P<q2>[1-4]|iv|iii|ii|i)[\W_](?:nam[\W_])?(?P<y2>{_YEAR}))(?!\d)"
)


def period_of(text: str) -> str | None:
    """The reporting period that `text` names first: 2023-Q1, 2024-H1, 2024-06 or 2024; None if it names none.

    The year may stand further on: "quý I, nhiệm vụ trọng tâm quý II năm 2023" is 2023-Q1.
    """
    undated = _DAY.sub(" ", " ".join(fold(text).replace("/", " ").split()))
    match = _SPAN.search(undated)
    if match:
        year = _FIRST_YEAR.search(undated, match.end())
        return f"{year[1]}-{_span_name(match)}" if year else None
    match = _MONTH.search(undated)
    if match:
        year = _FIRST_YEAR.search(undated, match.end())
        return f"{year[1]}-{_month(match['number'] or match['name']):02}" if year else None
    match = _WHOLE_YEAR.search(undated)
    return match[1] if match else None


def period_of_name(name: str) -> str | None:
    """The quarter in a file name such as `giao-ban-quy-1-2023.txt` or `2023-q2.md`, or None."""
    match = _NAME_PERIOD.search(fold(name))
    if match is None:
        return None
    quarter = match["q1"] or match["q2"]
    return f"{match['y1'] or match['y2']}-Q{_ORDINALS.get(quarter) or int(quarter)}"


def _span_name(match: re.Match[str]) -> str:
    if match["nine"]:
        return "Q3"
    if match["half"] or match["english"]:
        return "H1" if "dau" in match.group() or match["english"] == "first" else "H2"
    quarter = match["quy"] or match["q"] or match["ordinal"]
    return f"Q{_ORDINALS.get(quarter) or int(quarter)}"


def _month(text: str) -> int:
    if text.isdigit():
        return int(text)
    return next(number for number, name in enumerate(_MONTHS, 1) if name.startswith(text))


def dates_in(text: str) -> Iterator[str]:
    """The days that `text` names, as ISO dates; impossible ones are passed over."""
    folded = " ".join(fold(text).split())
    for pattern in (_LONG, _SHORT, _ISO, _ENGLISH, _AMERICAN):
        for match in pattern.finditer(folded):
            try:
                yield date(int(match["y"]), _month(match["m"]), int(match["d"])).isoformat()
            except ValueError:
                continue


def first_date(lines: Iterable[str]) -> str | None:
    """The first day that any of `lines` names, or None."""
    return next((day for line in lines for day in dates_in(line)), None)
