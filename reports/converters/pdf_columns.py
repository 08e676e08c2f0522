"""Two columns of running text on a page, as newsletters have them: the right one read behind the left one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from reports.converters.pdf_fragments import CELL_GAP, fragments
from reports.converters.pdf_words import Line, Page, Word

FEWEST_LINES = 12
"""Lines that each column has at the least; a letterhead has fewer."""

SHORTEST_LINE = 25
"""Code points of a line of running text, the median of a column."""

FULL, LEAST_FULL = 3.0, 0.6
"""Parts of a letter's size by which a line may end before the edge of its column and still be full, and the
share of full lines: running text has more, the cells of a table have fewer."""

UNLIKE = 0.25
"""Share by which one column may be narrower than the other."""

WAY_IN = 0.35
"""Share of the page's width behind which the right column begins."""

MOST_RULES = 8
"""Lines drawn on a page, above which what stands side by side is a table."""


def unroll_columns(page: Page) -> None:
    """Put the right one of two columns below the left one and as far to the left, so that lines follow each
    other as they are read; a page without columns stays as it is."""
    if len(page.lines) < FEWEST_LINES or len(page.rules) > MOST_RULES:
        return
    edge = _right_column(page)
    if edge is None:
        return
    found: list[Line] = []
    down = 0.0
    for region, crossed in _regions(page.lines, edge):
        left, right = _sides(region, edge)
        if crossed or not _is_columns(left, right):
            found += [replace(line, y=line.y - down) for line in region]
            continue
        pitch = median(above.y - below.y for above, below in pairwise(left))
        aside = _edges(right)[0] - _edges(left)[0]
        drop = right[0].y - (left[-1].y - pitch)
        found += [replace(line, y=line.y - down) for line in left]
        found += [_moved(line, aside, down + drop) for line in right]
        down += max(0.0, region[-1].y - (right[-1].y - drop))
    page.lines = found


def _right_column(page: Page) -> float | None:
    """Where the right column begins, points from the left: where most pieces of lines do, some way in."""
    pieces = (piece.x0 for line in page.lines for piece in fragments(line))
    starts = Counter(round(x) for x in pieces if x >= WAY_IN * page.width)
    found = starts.most_common(1)
    return found[0][0] - 1.5 if found and found[0][1] >= FEWEST_LINES // 2 else None


def _regions(lines: Sequence[Line], edge: float) -> Iterator[tuple[list[Line], bool]]:
    """Runs of lines that leave room at `edge`, and of those that go across it (then True)."""
    region: list[Line] = []
    state = False
    for line in lines:
        crosses = _crosses(line, edge)
        if region and crosses is not state:
            yield region, state
            region = []
        region.append(line)
        state = crosses
    if region:
        yield region, state


def _crosses(line: Line, edge: float) -> bool:
    left, right = _parted(line.words, edge)
    return bool(left and right) and right[0].x0 - left[-1].x1 < CELL_GAP * line.size


def _parted(words: Sequence[Word], edge: float) -> tuple[list[Word], list[Word]]:
    return [word for word in words if word.x0 < edge], [word for word in words if word.x0 >= edge]


def _sides(region: Sequence[Line], edge: float) -> tuple[list[Line], list[Line]]:
    """The lines of each column."""
    sides: tuple[list[Line], list[Line]] = ([], [])
    for line in region:
        for side, words in zip(sides, _parted(line.words, edge), strict=True):
            if words:
                side.append(replace(line, words=words))
    return sides


def _is_columns(left: Sequence[Line], right: Sequence[Line]) -> bool:
    """Whether both sides are running text of much the same width."""
    if min(len(left), len(right)) < FEWEST_LINES:
        return False
    widths = sorted(end - start for start, end in map(_edges, (left, right)))
    return widths[0] >= (1 - UNLIKE) * widths[1] and _is_running(left) and _is_running(right)


def _is_running(lines: Sequence[Line]) -> bool:
    edge = _edges(lines)[1]
    full = sum(line.x1 >= edge - FULL * line.size for line in lines)
    return full >= LEAST_FULL * len(lines) and median(len(line.text) for line in lines) >= SHORTEST_LINE


def _edges(lines: Sequence[Line]) -> tuple[float, float]:
    """The left and right edge of a column; a few lines may stick out."""
    starts, ends = sorted(line.x0 for line in lines), sorted(line.x1 for line in lines)
    return starts[len(starts) // 10], ends[len(ends) * 9 // 10]


def _moved(line: Line, aside: float, down: float) -> Line:
    words = [replace(word, x0=word.x0 - aside, x1=word.x1 - aside) for word in line.words]
    return replace(line, words=words, y=line.y - down)
