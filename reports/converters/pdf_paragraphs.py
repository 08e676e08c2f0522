"""Joins the lines of a PDF to paragraphs: where a line is full, the next one goes on with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from reports.converters.pdf_fragments import Fragment, is_label
from reports.converters.pdf_words import Line, Page
from reports.document import Style
from reports.labels import LabelKind, read_label

SAME_SIZE = 0.6
"""Points by which letters of one paragraph may differ in size from line to line."""

INDENT = 0.8
"""Parts of a letter's size by which a first line is set in at the least."""

LOOSE = 0.3
"""Parts of a letter's size by which lines of one paragraph may stand further apart than usual."""

_CLOSERS = (".", ";", ":", "!", "?", "…")
_CITED = (LabelKind.PART, LabelKind.CHAPTER, LabelKind.SECTION, LabelKind.ARTICLE)


class Measure:
    """The measure of the text: its left and right edge and the usual distance of lines, in points."""

    def __init__(self, pages: Sequence[Page]) -> None:
        lines = [line for page in pages for line in page.lines]
        starts = Counter(round(line.x0) for line in lines)
        self.left = min((x for x, count in starts.items() if count * 8 >= len(lines)), default=0.0)
        ends = sorted(line.x1 for line in lines)
        self.right = ends[min(len(ends) - 1, len(ends) * 9 // 10)] if ends else 0.0
        self.pitches: dict[float, float] = {}
        gaps: dict[float, Counter[float]] = {}
        for page in pages:
            for above, below in zip(page.lines, page.lines[1:], strict=False):
                full = above.x1 > self.right - 3 * above.size
                if full and above.size == below.size and 0 < above.y - below.y < 3 * above.size:
                    gaps.setdefault(above.size, Counter())[round(above.y - below.y, 0)] += 1
        for size, counts in gaps.items():
            self.pitches[size] = counts.most_common(1)[0][0]

    def is_centred(self, line: Line) -> bool:
        """Whether `line` stands in the middle, away from both edges."""
        left, right = line.x0 - self.left, self.right - line.x1
        return left > 2 * line.size and right > 2 * line.size and abs(left - right) < 2.5 * line.size

    def goes_on(self, lines: Sequence[Line], below: Line) -> bool:
        """Whether `below` is the next line of the paragraph that has `lines` so far."""
        if not lines:
            return False
        first, above = lines[0], lines[-1]
        if abs(above.size - below.size) > SAME_SIZE or _begins_item(below, above):
            return False
        if _is_bold(above) and not _is_bold(below):
            return False
        if above.page == below.page and not self._is_near(above, below):
            return False
        whole = Fragment(below.words, below.y, below.size)
        room = self.right - above.x1 - 0.25 * above.size
        if self.is_centred(below) or self.is_centred(above):
            room = (self.right - self.left) - (above.x1 - above.x0) - 0.25 * above.size
        elif not self._is_aligned(above, below, first):
            return False
        if room < whole.first_width - 1:
            return True
        ended = above.text.endswith(_CLOSERS)
        return below.text[:1].islower() and not ended and room < 6 * above.size

    def _is_near(self, above: Line, below: Line) -> bool:
        usual = self.pitches.get(above.size, 1.35 * above.size)
        return 0 < above.y - below.y <= usual + LOOSE * above.size

    def _is_aligned(self, above: Line, below: Line, first: Line) -> bool:
        """Whether `below` begins where a following line may: not set in, but below the text of an item."""
        indent = below.x0 - above.x0
        if indent <= INDENT * below.size:
            return True
        return above is first and abs(below.x0 - _text_edge(above)) < INDENT * below.size


def _is_bold(line: Line) -> bool:
    return all(word.style & Style.STRONG for word in line.words)


def _begins_item(line: Line, above: Line) -> bool:
    """Whether `line` begins with a label; "Mục II" or "Điều 3" in the middle of a sentence is a citation."""
    text = line.text
    label = read_label(text)
    if label is not None and label.kind in _CITED and not above.text.endswith(_CLOSERS):
        return above.text.isupper()
    return label is not None or is_label(text.split(maxsplit=1)[0])


def _text_edge(line: Line) -> float:
    """Where the text behind the label of `line` begins, its own left edge if it has none."""
    label = read_label(line.text)
    length = label.length if label is not None else 0
    if not length and is_label(line.words[0].text):
        length = len(line.words[0].text) + 1
    at = 0
    for word in line.words:
        at += 0 if word.glued or at == 0 else 1
        if at >= length:
            return word.x0
        at += len(word.text)
    return line.x0
