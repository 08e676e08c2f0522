"""Labels that people type in front of headings and items: `II.`, `1.1.`, `a)`, `Điều 3.`, `Chương II`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

from reports.graphemes import is_boundary


class LabelKind(IntEnum):
    """Kinds of typed label, the outer ones of Vietnamese official layout first."""

    PART = 1
    CHAPTER = 2
    SECTION = 3
    UPPER = 4
    ROMAN = 5
    ARTICLE = 6
    NUMBER = 7
    DECIMAL = 8
    LETTER = 9
    PARENTHESIS = 10


HEADING_LEVELS = {
    LabelKind.PART: 2,
    LabelKind.CHAPTER: 2,
    LabelKind.UPPER: 2,
    LabelKind.SECTION: 3,
    LabelKind.ROMAN: 2,
    LabelKind.ARTICLE: 3,
    LabelKind.NUMBER: 3,
    LabelKind.DECIMAL: 3,
}
"""The level of a heading with such a label, below the title at 1; other labels begin items."""


@dataclass(frozen=True, slots=True)
class Label:
    """`length`: code points, with the spaces behind it. `depth`: dots inside a decimal number, else 0."""

    kind: LabelKind
    length: int
    depth: int


UPPER_CASE = "".join(
    filter(str.isupper, map(chr, (*range(0x41, 0x5B), *range(0xC0, 0x1B1), *range(0x1EA0, 0x1EFA))))
)
"""Upper-case Latin letters with those of Vietnamese, for use inside a character class."""

_ORDINAL = r"(?:thứ\s+)?(?:nhất|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười|\d{1,2}|[ivx]+)"
_BEHIND = rf"(?:\s*[.:\-–]\s*|\s+(?=[{UPPER_CASE}])|$)"

_LABEL = re.compile(
    rf"""
    (?P<PART>(?:PHẦN|Phần)\s+(?i:{_ORDINAL}){_BEHIND})
  | (?P<CHAPTER>(?:CHƯƠNG|Chương|CHAPTER|Chapter)\s+(?:\d{{1,3}}|[IVXL]+){_BEHIND})
  | (?P<SECTION>(?:MỤC|Mục|SECTION|Section)\s+(?:\d{{1,3}}|[IVXL]+){_BEHIND})
  | (?P<ARTICLE>(?:ĐIỀU|Điều|ARTICLE|Article)\s+\d{{1,3}}[a-z]?\s*[.:]\s*)
  | (?P<ROMAN>(?=[IVX])X{{0,3}}(?:IX|IV|V?I{{0,3}})(?:\s*[./)]|\s*[-–](?=\s))(?:\s+|$))
  | (?P<DECIMAL>\d{{1,2}}(?:\.\d{{1,2}})+(?:[.)]\s*(?=\D|$)|\s+(?=[{UPPER_CASE}])))
  | (?P<NUMBER>\d{{1,3}}(?:\s?[.)](?:\s+|(?=[^\W\d_])|$)|\s?/\s+|\s*[-–]\s+(?=[{UPPER_CASE}])))
  | (?P<UPPER>[A-HĐ](?:\s?[.)/]|\s+[-–](?=\s))(?:\s+|$))
  | (?P<LETTER>[a-zđ]\s?\)\s*|[a-zđ]\.\s+(?=[{UPPER_CASE}]))
  | (?P<PARENTHESIS>\((?:\d{{1,2}}|[a-zđ]|[ivx]{{1,4}})\)\s*)
    """,
    re.VERBOSE,
)


def read_label(text: str, start: int = 0) -> Label | None:
    """The label that stands at code point `start` of `text` in front of other words, or None."""
    match = _LABEL.match(text, start)
    if match is None or match.lastgroup is None:
        return None
    inside = match.group().rstrip()
    kind = LabelKind[match.lastgroup]
    return Label(
        kind, match.end() - start, inside.rstrip(".)").count(".") if kind == LabelKind.DECIMAL else 0
    )


def marker_length(text: str) -> int:
    """Code points at the start of `text` that are its label and the space behind; 0 if nothing follows."""
    label = read_label(text)
    if label is None or label.length >= min(len(text), 128) or not is_boundary(text, label.length):
        return 0
    return label.length
