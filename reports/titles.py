"""Which of a report's first lines are its title, under a letterhead or not."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reports.vietnamese import fold

HEAD_LINES = 40
"""Filled lines that are looked at; letterhead and title stand among them."""

LONGEST_TITLE = 300
"""Code points kept of a title."""

LONGEST_LINE = 250

HEAD_OF_BODY = 8
"""Filled lines among which the genre stands under a letterhead without a motto."""

_GENRES = (
    "bao cao|ket luan|ket luan thanh tra|thong bao|to trinh|ke hoach|quyet dinh|nghi quyet|nghi dinh|chi thi|"
    "cong van|bien ban|chuong trinh|de an|thong tu|cong dien|bao cao tom tat|thong bao ket luan|report"
)
_GENRE_ALONE = re.compile(rf"\W*(?:{_GENRES})\W*$")
_GENRE = re.compile(rf"\W*(?:{_GENRES})\b")
_MOTTO = re.compile(r"cong hoa xa hoi chu nghia|doc lap\s?[-–]\s?tu do|dang cong san viet nam")
_SECTION = re.compile(r"(?:[IVX]+|\d+|[A-Z])\s?[./)-]")


def is_motto(line: str) -> bool:
    """Whether `line` holds the national or Party motto of a letterhead."""
    return _MOTTO.search(fold(line)) is not None


def names_genre(line: str) -> bool:
    """Whether `line` is the name of a kind of document, or begins with one in capitals."""
    text = line.strip()
    return is_genre_alone(text) or (_GENRE.match(fold(text)) is not None and text[:7].isupper())


def is_genre_alone(line: str) -> bool:
    """Whether `line` is nothing but the name of a kind of document, so that the title goes on below it."""
    return _GENRE_ALONE.match(fold(line.strip())) is not None


def title_lines(lines: Sequence[str]) -> range:
    """Numbers (from 0) of the lines that hold the title; empty if there is none.

    The first line, or, under a letterhead, the line that names the genre ("BÁO CÁO") with its subject.
    """
    filled = [number for number, line in enumerate(lines[: HEAD_LINES * 3]) if line.strip()][:HEAD_LINES]
    if not filled:
        return range(0)
    first = filled[0]
    if any(is_motto(lines[number]) for number in filled[:8]):
        genres = [number for number in filled if names_genre(lines[number])]
        return range(genres[0], _subject_end(lines, genres[0])) if genres else range(first, first)
    if is_genre_alone(lines[first]):
        return range(first, _subject_end(lines, first))
    genre = _genre_below_body(lines, filled)
    if genre is not None:
        return range(genre, _subject_end(lines, genre))
    text = lines[first].strip()
    if len(text) > LONGEST_LINE or text.endswith((".", ";", ",")):
        return range(first, first)
    return range(first, first + 1)


def _genre_below_body(lines: Sequence[str], filled: Sequence[int]) -> int | None:
    """The number of the line that names the genre under a letterhead without a motto: the issuing body in
    capitals, number and date."""
    if not lines[filled[0]].strip().isupper():
        return None
    for number in filled[1:HEAD_OF_BODY]:
        text = lines[number].strip()
        if is_genre_alone(text):
            return number
        if len(text) > LONGEST_LINE or text.endswith((".", ";", ":")):
            return None
    return None


def _subject_end(lines: Sequence[str], first: int) -> int:
    """The number behind the last line of the title whose genre stands on line `first`."""
    end = first + 1
    if not is_genre_alone(lines[first]):
        return end
    while end < len(lines) and not lines[end].strip() and end < first + 3:
        end += 1
    subject = end
    while end < len(lines) and end < subject + 4:
        text = lines[end].strip()
        if not text or len(text) > LONGEST_LINE or text.endswith((".", ";")) or _SECTION.match(text):
            break
        end += 1
    return end if end > subject else first + 1


def shortened(title: str) -> str:
    """`title` on at most `LONGEST_TITLE` code points, cut at a space."""
    if len(title) <= LONGEST_TITLE:
        return title
    return title[: LONGEST_TITLE - 1].rsplit(" ", 1)[0] + "…"
