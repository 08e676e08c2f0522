"""Takes the letters of a PDF page through pypdfium2 and sets them into words and lines by where they stand.

The order in which a PDF draws its letters is not that of reading where fonts mix inside a word, so only their
boxes count: one baseline makes a line, and a line is read from left to right.
"""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from reports.converters.pieces import PLAIN
from reports.document import Style
from reports.encodings_legacy import font_encoding
from reports.encodings_syllables import is_syllable

SAME_LINE, RAISED_LINE = 0.25, 0.45
"""Parts of a letter's size by which baselines of one line may differ, for letters of one size and for smaller
ones: footnote signs are raised by a third."""

WORD_GAP = 0.17
"""Parts of a letter's size that separate words, beyond what stands between the letters of the line anyway."""

SPACED_PAGE = 30
"""A page draws its spaces if at least one of so many letters is one."""

RAISED_SIZE, RAISED_BY = 0.82, 0.12
THICKEST_RULE = 3.0
"""Points; a thicker path is a picture or a ground, not a line of a table."""

MOST_RULES = 5_000

_GLYPHS = str.maketrans({"\u2212": "\u00ad", "\x02": "\u00ad", "\u03bc": "\u00b5", "\u2219": "\u00b7"})
"""What pdfium calls glyphs of TCVN3 fonts, to the windows-1252 characters of their bytes."""

_LIGATURES = {"\x02": "-", "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl"}
MOST_ACTS = 16
"""Drawing acts in one word beyond which each of its letters is one, and nothing is to be learnt from them."""

_ITALIC = 64
_AROUND = ".,;:!?()[]\"'“”‘’…-–"


@dataclass(slots=True)
class Word:
    """Letters without a space among them. `x0`, `x1`: points from the left. `glued`: no space in front.
    `fresh`: a new drawing act begins with it; `abrupt`: without a space drawn, where the page draws them."""

    text: str
    x0: float
    x1: float
    size: float
    style: Style = PLAIN
    font: str = ""
    raised: int = 0
    glued: bool = False
    fresh: bool = False
    abrupt: bool = False


@dataclass(slots=True)
class Line:
    """Words on one baseline `y`, points from the bottom of page `page` (from 0)."""

    words: list[Word]
    y: float
    size: float
    page: int

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def x1(self) -> float:
        return self.words[-1].x1

    @property
    def text(self) -> str:
        """Its words with the spaces between them."""
        return "".join(word.text if word.glued else f" {word.text}" for word in self.words).strip()


class Rule(NamedTuple):
    """A straight line on the page, or a side of a box, from its lower left to its upper right end."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(slots=True)
class Page:
    """`covered`: share of the page that its largest picture covers."""

    number: int
    width: float
    height: float
    lines: list[Line] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    covered: float = 0.0


class _Look(NamedTuple):
    """How one drawing act sets its letters; `upright`: they are read along the line."""

    size: float
    style: Style
    font: str
    legacy: bool
    upright: bool


class _Glyph(NamedTuple):
    """A letter. It is drawn from `x`; `x0` to `x1` is the room that it takes in the line, which is not its
    shape: the horn of ư reaches into the space behind it."""

    text: str
    x: float
    x0: float
    x1: float
    y: float
    look: _Look
    act: int


class _Frame:
    """Turns points of a page's own space into those of the page as it is shown."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self.turns = page.get_rotation() // 90 % 4
        left, bottom, right, top = page.get_bbox()
        self.left, self._bottom = left, bottom
        self._width, self._height = right - left, top - bottom

    def __call__(self, x: float, y: float) -> tuple[float, float]:
        x, y = x - self.left, y - self._bottom
        match self.turns:
            case 1:
                return y, self._width - x
            case 2:
                return self._width - x, self._height - y
            case 3:
                return self._height - y, x
        return x, y


def read_page(document: pypdfium2.PdfDocument, number: int) -> Page:
    """The words, rules and pictures of page `number` (from 0)."""
    page = document[number]
    width, height = page.get_size()
    frame = _Frame(page)
    found = Page(number, width, height)
    text = page.get_textpage()
    try:
        found.lines = _lines(_glyphs(text, frame), number)
    finally:
        text.close()
    _read_objects(page, frame, found)
    page.close()
    return found


_TextObject = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
_text_object = _TextObject(ctypes.cast(pdfium.FPDFText_GetTextObject, ctypes.c_void_p).value or 0)
"""The address of the drawing act of a letter, as a number: it is asked for once a letter."""


def _glyphs(text: pypdfium2.PdfTextPage, frame: _Frame) -> list[_Glyph]:
    """The letters and spaces that the page draws upright."""
    raw = text.raw
    handle = ctypes.cast(raw, ctypes.c_void_p)
    x, y, box = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
    found: list[_Glyph] = []
    looks: dict[int | None, _Look] = {}
    act = 0
    last: int | None = -1
    look = _Look(0.0, PLAIN, "", False, False)
    for index in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(raw, index)
        if code < 33 and (code in (10, 13) or pdfium.FPDFText_IsGenerated(raw, index) == 1):
            continue
        address = _text_object(handle, index)
        if address != last:
            last, act = address, act + 1
            if address not in looks:
                looks[address] = _look(raw, index, frame.turns)
            look = looks[address]
        if not look.upright:
            continue
        pdfium.FPDFText_GetLooseCharBox(raw, index, box)
        pdfium.FPDFText_GetCharOrigin(raw, index, x, y)
        origin, baseline = frame(x.value, y.value)
        x0, x1 = box.left - frame.left, box.right - frame.left
        if frame.turns:
            (x0, _), (x1, _) = frame(box.left, box.bottom), frame(box.right, box.top)
            x0, x1 = min(x0, x1), max(x0, x1)
        shown = chr(code) if code < 0x110000 else "\ufffd"
        if look.legacy or not " " <= shown <= "~":
            shown = shown.translate(_GLYPHS) if look.legacy else _LIGATURES.get(shown, shown)
            if unicodedata.combining(shown[0]):
                origin = (x0 + x1) / 2
        found.append(_Glyph(shown, origin, x0, x1, baseline, look, act))
    return found


def _look(raw: Any, index: int, turns: int) -> _Look:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(raw, index, matrix)
    size = pdfium.FPDFText_GetFontSize(raw, index) * math.hypot(matrix.c, matrix.d)
    angle = math.degrees(math.atan2(matrix.b, matrix.a)) - 90 * turns
    name = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(raw, index, name, 128, flags)
    font = name.value.decode("utf-8", "replace")
    lower = font.lower()
    style = PLAIN
    if "bold" in lower or "black" in lower or pdfium.FPDFText_GetFontWeight(raw, index) >= 600:
        style |= Style.STRONG
    if "italic" in lower or "oblique" in lower or flags.value & _ITALIC:
        style |= Style.EMPHASIS
    upright = abs((angle + 180) % 360 - 180) < 10
    return _Look(round(size, 1), style, font, font_encoding(font) == "tcvn3", upright)


def _lines(glyphs: list[_Glyph], page: int) -> list[Line]:
    spaces = sum(1 for glyph in glyphs if glyph.text == " ")
    drawn = spaces * SPACED_PAGE > len(glyphs)
    lines: list[Line] = []
    current: list[_Glyph] = []
    base = size = 0.0
    for glyph in sorted(glyphs, key=lambda glyph: -glyph.y):
        smaller, larger = sorted((size, glyph.look.size))
        allowed = RAISED_LINE if smaller < larger * RAISED_SIZE else SAME_LINE
        if current and base - glyph.y > allowed * larger:
            lines += _line(current, page, drawn)
            current = []
        if not current or (glyph.look.size > size * 1.05 and glyph.text.strip()):
            base, size = glyph.y, glyph.look.size
        current.append(glyph)
    return lines + _line(current, page, drawn)


def _line(glyphs: list[_Glyph], page: int, drawn: bool) -> list[Line]:
    """One line of these letters, or none if they are all spaces; `drawn`: the page draws its spaces."""
    sizes: Counter[float] = Counter(glyph.look.size for glyph in glyphs if glyph.text.strip())
    if not sizes:
        return []
    size = max(sizes, key=lambda size: (sizes[size], size))
    base = sorted(glyph.y for glyph in glyphs if glyph.look.size == size)
    y = base[len(base) // 2]
    ordered = sorted(glyphs, key=lambda glyph: glyph.x)
    gap = _letter_gap(ordered)
    words: list[Word] = []
    last: _Glyph | None = None
    spaced = True
    for glyph in ordered:
        if not glyph.text.strip():
            spaced = True
            continue
        if last is not None and _is_reprint(glyph, last):
            words[-1].style |= Style.STRONG
            continue
        fresh = last is None or last.act != glyph.act
        apart = last is not None and glyph.x0 - last.x1 > gap + WORD_GAP * glyph.look.size
        if last is not None and not (fresh or spaced or apart):
            words[-1].text += glyph.text
            words[-1].x1 = max(words[-1].x1, glyph.x1)
        else:
            glued = bool(words) and not spaced and not apart
            raised, look = _raised(glyph, y, size), glyph.look
            word = Word(glyph.text, glyph.x0, glyph.x1, look.size, look.style, look.font, raised, glued)
            word.fresh, word.abrupt = fresh, fresh and not spaced and drawn
            words.append(word)
        last, spaced = glyph, False
    _part_syllables(words)
    return [Line(words, y, size, page)]


def _letter_gap(ordered: Sequence[_Glyph]) -> float:
    """Points between the letters of a line, more than none where it is spaced out for emphasis."""
    gaps = sorted(b.x0 - a.x1 for a, b in pairwise(ordered) if a.text.strip() and b.text.strip())
    return max(0.0, gaps[len(gaps) // 2]) if gaps else 0.0


def _part_syllables(words: Sequence[Word]) -> None:
    """Part what several drawing acts have set together and is no syllable, but some: a wide letter of another
    font can swallow the space behind it."""
    start = 0
    while start < len(words):
        end = start + 1
        while end < len(words) and words[end].glued:
            end += 1
        if 1 < end - start <= MOST_ACTS and not font_encoding(words[start].font):
            parts = [word.text for word in words[start:end]]
            whole = "".join(parts).strip(_AROUND)
            if whole.isalpha() and not whole.isascii() and not is_syllable(whole):
                for cut in _cuts(parts):
                    words[start + cut].glued = False
        start = end


def _cuts(parts: Sequence[str]) -> list[int]:
    """Where to cut `parts` so that each piece is a syllable of several letters; nowhere if that cannot be."""
    for cut in range(1, len(parts)):
        left = "".join(parts[:cut]).strip(_AROUND)
        if len(left) < 2 or not is_syllable(left):
            continue
        if is_syllable("".join(parts[cut:]).strip(_AROUND)):
            return [cut]
        further = _cuts(parts[cut:])
        if further:
            return [cut, *(cut + later for later in further)]
    return []


def _is_reprint(glyph: _Glyph, last: _Glyph) -> bool:
    """Whether a letter is printed over itself to look bold."""
    width = max(glyph.x1 - glyph.x0, 0.5)
    return glyph.text == last.text and abs(glyph.x0 - last.x0) < 0.3 * width and glyph.act != last.act


def _raised(glyph: _Glyph, y: float, size: float) -> int:
    if glyph.look.size > size * RAISED_SIZE:
        return 0
    apart = glyph.y - y
    return 1 if apart > RAISED_BY * size else -1 if apart < -RAISED_BY * size else 0


def _read_objects(page: pypdfium2.PdfPage, frame: _Frame, found: Page) -> None:
    """Note the lines that the page draws and how much of it a picture covers."""
    for drawn in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        try:
            left, bottom, right, top = drawn.get_bounds()
        except pypdfium2.PdfiumError:
            continue
        (ax, ay), (bx, by) = frame(left, bottom), frame(right, top)
        x0, x1, y0, y1 = min(ax, bx), max(ax, bx), min(ay, by), max(ay, by)
        if drawn.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            share = (x1 - x0) * (y1 - y0) / max(1.0, found.width * found.height)
            found.covered = max(found.covered, share)
        elif len(found.rules) < MOST_RULES:
            found.rules += _rules(x0, y0, x1, y1)


def _rules(x0: float, y0: float, x1: float, y1: float) -> list[Rule]:
    """A thin path as one line, a box as its four sides."""
    if x1 - x0 <= THICKEST_RULE:
        return [Rule((x0 + x1) / 2, y0, (x0 + x1) / 2, y1)] if y1 - y0 > THICKEST_RULE else []
    if y1 - y0 <= THICKEST_RULE:
        return [Rule(x0, (y0 + y1) / 2, x1, (y0 + y1) / 2)]
    return [Rule(x0, y0, x1, y0), Rule(x0, y1, x1, y1), Rule(x0, y0, x0, y1), Rule(x1, y0, x1, y1)]
