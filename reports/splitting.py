"""Where sentences, clauses, parts and words begin and end inside one block.

Ranges are code points into the block's text. Rules for Vietnamese official prose: `;` ends a clause, `:` does
where a list of `;` follows, nothing splits inside brackets or quotes, and a connective or contrasting lead-in
("Tuy nhiên,", "Bên cạnh những kết quả đạt được,") belongs to no clause.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from enum import Enum
from functools import cache

from reports.document import CELL_SEPARATOR
from reports.graphemes import snap
from reports.labels import UPPER_CASE
from reports.lead_in import LEAD_IN

Span = tuple[int, int]


class Shape(Enum):
    """How a block is split: prose, a table row by its cells, or not at all."""

    PROSE = 0
    ROW = 1
    WHOLE = 2


LONGEST_QUOTE = 600
"""Code points; brackets or quotes that enclose more are read as if they were not there."""

_PAIRS = {")": "(", "]": "[", "}": "{", "”": "“", "»": "«", "›": "‹", '"': '"'}
_MARKS = re.compile(r'[()\[\]{}“”«»‹›"]')
_SEMICOLON = re.compile(";")
_COLON = re.compile(r":(?=\s|$)")
_COMMA = re.compile(r",(?=\s|$)|(?<!\d),|,(?!\d)")
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_LETTER = re.compile(r"[^\W\d_]")

_SENTENCE_END = re.compile(
    rf"(?<![.!?…])(?:\./\.|[.!?…]++)[”»\"')\]]*+(?=\s+[“«\"'(\[–+*•-]*+\s*[{UPPER_CASE}\d]|\s*$)"
)
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\[“\"/,;-])(?:TP|Tp|TX|Tx|TT|Tr|tr|Th\.?S|TS|PGS|GS|BS|KS|CN|CK\d?|ĐT|QL|Ph|St|No|Mr|Mrs|Ms|Dr|"
    r"Prof|vs|cf|e\.g|i\.e|[A-ZĐ](?:\.[A-ZĐ])*|\d{1,2}(?:\.\d{1,2})+)$"
)
_NAMED_BY_LETTER = re.compile(
    r"\b(?:quý|khóa|khoá|kỳ|loại|lần|thứ|phần|chương|mục|nhóm|hạng|cấp|lớp|điểm|khối|phụ lục|biểu|mẫu|vùng|"
    r"thế kỷ|giai đoạn|đợt|tập|dự án|quarter|group|part|section|class|annex)\s[A-ZĐ]$",
    re.IGNORECASE,
)
_ROMAN_LABEL = re.compile(r"\W*[IVXL]+$")
_ET_CETERA = re.compile(r"(?<!\w)(?:v\.\s?v|etc)\.$")

_LEADING = re.compile(r"[\s,;:.…]*(?:[-–—+*•▪►]\s+)?[\s,;:.…]*")

_WORD = r"[^\W_](?:[^\W_]|[.,](?<=\d[.,])(?=\d)|['’](?<=[^\W\d_]['’])(?=[^\W\d_]))*"
_VIETNAMESE_WORD = re.compile(_WORD)
_MAY_HAVE_MARKS = re.compile("[\u0300-\u1dff\u20d0-\u20f0\u2cef-\uffff\U00010000-\U0010ffff]")


def paragraphs(text: str, marker: int, shape: Shape) -> Iterator[Span]:
    """The whole block without its label, if it has a letter or digit."""
    yield from _trimmed(text, marker, len(text))


def sentences(text: str, marker: int, shape: Shape) -> Iterator[Span]:
    """Sentences of the block; a table row or a line of code is one."""
    if shape is not Shape.PROSE:
        yield from _trimmed(text, marker, len(text))
        return
    for start, end in _sentences(text, marker, _closed(text)):
        yield from _trimmed(text, start, end)


def clauses(text: str, marker: int, shape: Shape) -> Iterator[Span]:
    """Clauses of the block, without lead-ins; the cells of a table row."""
    for start, end in _clauses(text, marker, shape, _closed(text)):
        yield from _trimmed(text, start, end)


def parts(text: str, marker: int, shape: Shape) -> Iterator[Span]:
    """Stretches between the commas of each clause."""
    closed = _closed(text)
    for start, end in _clauses(text, marker, shape, closed):
        if shape is Shape.WHOLE:
            yield from _trimmed(text, start, end)
            continue
        for piece in _cut(text, start, end, _COMMA, closed):
            yield from _trimmed(text, *piece)


def words(text: str, marker: int, shape: Shape) -> Iterator[Span]:
    """Words: runs of letters and digits, with the points inside numbers and the apostrophes inside words."""
    pattern = _word_with_marks() if _MAY_HAVE_MARKS.search(text) else _VIETNAMESE_WORD
    for match in pattern.finditer(text, marker):
        yield match.span()


@cache
def _word_with_marks() -> re.Pattern[str]:
    """Words of any script: combining marks stay with their letters, whole graphemes with them."""
    codes = (code for code in range(0x300, 0x20000) if unicodedata.category(chr(code)).startswith("M"))
    runs: list[list[int]] = []
    for code in codes:
        if runs and runs[-1][1] == code - 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    marks = "".join(f"{chr(first)}-{chr(last)}" for first, last in runs) + "\uff9e\uff9f"
    letter = f"[^\\W_][{marks}]*"
    return re.compile(_WORD.replace("[^\\W_]", letter, 1).replace("(?:[^\\W_]", f"(?:{letter}", 1))


def _closed(text: str) -> list[Span]:
    """Ranges inside matching brackets or quotes, outermost only, in order."""
    open_marks: list[tuple[str, int]] = []
    waiting: Counter[str] = Counter()
    found: list[Span] = []
    for match in _MARKS.finditer(text):
        mark, at = match.group(), match.start()
        opener = _PAIRS.get(mark, "")
        if not waiting[opener]:
            if not opener or mark == '"':
                open_marks.append((mark, at))
                waiting[mark] += 1
            continue
        kind, begin = "", at
        while kind != opener:
            kind, begin = open_marks.pop()
            waiting[kind] -= 1
        if at - begin <= LONGEST_QUOTE:
            while found and found[-1][0] > begin:
                found.pop()
            found.append((begin, at))
    return found


def _cut(text: str, start: int, end: int, mark: re.Pattern[str], closed: list[Span]) -> Iterator[Span]:
    """[start, end) cut at each `mark` that is not inside a closed range; the marks belong to no piece."""
    at, inside = start, 0
    for match in mark.finditer(text, start, end):
        while inside < len(closed) and closed[inside][1] < match.start():
            inside += 1
        if inside < len(closed) and closed[inside][0] < match.start():
            continue
        yield at, match.start()
        at = match.end()
    yield at, end


def _sentences(text: str, marker: int, closed: list[Span]) -> Iterator[Span]:
    at, inside = marker, 0
    for match in _SENTENCE_END.finditer(text, marker):
        stop = match.start()
        while inside < len(closed) and closed[inside][1] < stop:
            inside += 1
        within = inside < len(closed) and closed[inside][0] < stop
        if within and match.end() <= closed[inside][1]:
            continue
        if match.end() < len(text) and text[stop] == "." and _goes_on(text, at, stop):
            continue
        yield at, match.end()
        at = match.end()
    yield at, len(text)


def _goes_on(text: str, start: int, stop: int) -> bool:
    """Whether the full stop at `stop` belongs to an abbreviation or a number in front of it."""
    before = text[max(start, stop - 24) : stop]
    if _ends_et_cetera(text, start, stop) or _NAMED_BY_LETTER.search(before):
        return False
    if _ABBREVIATION.search(before) or _LETTER.search(text, start, stop) is None:
        return True
    return stop - start < 8 and _ROMAN_LABEL.match(text[start:stop]) is not None


def _clauses(text: str, marker: int, shape: Shape, closed: list[Span]) -> Iterator[Span]:
    if shape is Shape.WHOLE:
        yield marker, len(text)
        return
    if shape is Shape.ROW:
        at = marker
        for cell in text[marker:].split(CELL_SEPARATOR):
            yield at, at + len(cell)
            at += len(cell) + len(CELL_SEPARATOR)
        return
    for start, end in _sentences(text, marker, closed):
        yield from _clauses_of_sentence(text, start, end, closed)


def _clauses_of_sentence(text: str, start: int, end: int, closed: list[Span]) -> Iterator[Span]:
    """Cut at `;`, and at the `:` that introduces them unless most of them have a `:` of their own."""
    begin = _LEADING.match(text, start, end)
    start = begin.end() if begin else start
    lead_in = LEAD_IN.match(text, start, end)
    if lead_in and _LETTER.search(text, lead_in.end(), end):
        start = lead_in.end()
    pieces = list(_cut(text, start, end, _SEMICOLON, closed))
    (head, *rest), later = list(_cut(text, *pieces[0], _COLON, closed)), pieces[1:]
    own = sum(1 for piece in later if len(list(_cut(text, *piece, _COLON, closed))) > 1)
    if rest and own * 2 < len(later):
        pieces[0:1] = [head, (rest[0][0], pieces[0][1])]
    yield from pieces


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    """[start, end) without outer spaces, leading dash and closing marks, if a letter or digit is left."""
    if _LETTER_OR_DIGIT.search(text, start, end) is None:
        return
    leading = _LEADING.match(text, start, end)
    start = leading.end() if leading else start
    start, limit = snap(text, start, end)
    end = limit
    while end > start and text[end - 1] in " \n,;:.":
        end -= 1
        if text[end - 2 : end] == "./":
            end -= 2
    if end < limit and _ends_et_cetera(text, start, end):
        end += 1
    yield start, end


def _ends_et_cetera(text: str, start: int, stop: int) -> bool:
    """Whether the full stop at `stop` is that of `v.v.` or `etc.`."""
    return _ET_CETERA.search(text, max(start, stop - 5), stop + 1) is not None
