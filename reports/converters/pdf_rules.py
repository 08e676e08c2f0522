"""Tables that a PDF draws with lines: the cells between them, merged where no line stands."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from reports.converters.pdf_fragments import Fragment, fragments, paragraph_of
from reports.converters.pdf_words import Line, Page, Rule, Word
from reports.converters.pieces import Cell, Grid

SAME = 3.0
"""Points by which the ends of lines that meet may miss each other."""

MOST_LINES = 200


@dataclass(slots=True)
class Ruled:
    """A table between lines. `top`, `bottom`: points from the bottom of the page."""

    xs: list[float]
    ys: list[float]
    rules: list[Rule]

    @property
    def top(self) -> float:
        return self.ys[-1]

    @property
    def bottom(self) -> float:
        return self.ys[0]

    def holds(self, line: Line) -> bool:
        """Whether the baseline of `line` is inside and most of the line too."""
        middle = (line.x0 + line.x1) / 2
        inside = self.bottom - SAME < line.y < self.top
        return inside and self.xs[0] - SAME < middle < self.xs[-1] + SAME


def ruled_tables(page: Page) -> list[Ruled]:
    """The tables of `page` that lines draw, from the top down."""
    across = [rule for rule in page.rules if abs(rule.y1 - rule.y0) < 0.01]
    down = [rule for rule in page.rules if abs(rule.x1 - rule.x0) < 0.01]
    if len(across) < 2 or len(down) < 2:
        return []
    found: list[Ruled] = []
    for rules in _connected(across + down):
        xs = _positions([rule.x0 for rule in rules if rule.x0 == rule.x1])
        ys = _positions([rule.y0 for rule in rules if rule.y0 == rule.y1])
        if len(xs) >= 2 and len(ys) >= 2 and len(xs) + len(ys) > 4 and len(xs) < MOST_LINES > len(ys):
            found.append(Ruled(xs, ys, rules))
    return sorted(found, key=lambda table: -table.top)


def _connected(rules: Sequence[Rule]) -> list[list[Rule]]:
    """The rules in groups of those that touch."""
    groups: list[tuple[Rule, list[Rule]]] = []
    for rule in sorted(rules, key=lambda rule: (-rule.y1, rule.x0)):
        box, members = rule, [rule]
        apart: list[tuple[Rule, list[Rule]]] = []
        for other, others in groups:
            if _touch(box, other):
                box = Rule(
                    min(box.x0, other.x0), min(box.y0, other.y0), max(box.x1, other.x1), max(box.y1, other.y1)
                )
                members = members + others
            else:
                apart.append((other, others))
        groups = [*apart, (box, members)]
    return [members for _, members in groups]


def _touch(one: Rule, other: Rule) -> bool:
    across = one.x0 - SAME <= other.x1 and other.x0 - SAME <= one.x1
    return across and one.y0 - SAME <= other.y1 and other.y0 - SAME <= one.y1


def _positions(values: list[float]) -> list[float]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > SAME:
            found.append(value)
    return found


def ruled_grid(table: Ruled, lines: Sequence[Line]) -> Grid:
    """The text of `lines`, which are inside `table`, in its cells."""
    height, width = len(table.ys) - 1, len(table.xs) - 1
    owner = _owners(table, height, width)
    texts: dict[tuple[int, int], list[Fragment]] = {}
    for line in sorted(lines, key=lambda line: -line.y):
        for fragment in _cut(line, table.xs):
            row = min(max(bisect_right(table.ys, fragment.y + fragment.size * 0.3) - 1, 0), height - 1)
            column = min(max(bisect_right(table.xs, fragment.middle) - 1, 0), width - 1)
            texts.setdefault(owner[row, column], []).append(fragment)
    rows: list[list[Cell]] = []
    for row in reversed(range(height)):
        cells: list[Cell] = []
        for column in range(width):
            own = texts.get((row, column), []) if owner[row, column] == (row, column) else []
            cells.append([paragraph_of([fragment]) for fragment in own])
        rows.append(cells)
    return Grid(rows)


def _cut(line: Line, xs: list[float]) -> list[Fragment]:
    """The fragments of `line`, cut also between words that stand on two sides of a column's edge."""
    found: list[Fragment] = []
    for fragment in fragments(line):
        current: list[Word] = []
        for word in fragment.words:
            if current and not word.glued and _divides(xs, current[-1].x1, word.x0):
                found.append(Fragment(current, line.y, line.size))
                current = []
            current.append(word)
        found.append(Fragment(current, line.y, line.size))
    return found


def _divides(xs: list[float], end: float, start: float) -> bool:
    number = bisect_right(xs, end - 1)
    return number < len(xs) and xs[number] <= start + 1


def _owners(table: Ruled, height: int, width: int) -> dict[tuple[int, int], tuple[int, int]]:
    """For each cell of the grid the upper left cell of the merged one that it belongs to."""
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    for row in reversed(range(height)):
        for column in range(width):
            y = (table.ys[row] + table.ys[row + 1]) / 2
            x = (table.xs[column] + table.xs[column + 1]) / 2
            if column and not _has_down(table, table.xs[column], y):
                owner[row, column] = owner[row, column - 1]
            elif row + 1 < height and not _has_across(table, table.ys[row + 1], x):
                owner[row, column] = owner[row + 1, column]
            else:
                owner[row, column] = (row, column)
    return owner


def _has_down(table: Ruled, x: float, y: float) -> bool:
    return any(
        r.x0 == r.x1 and abs(r.x0 - x) <= SAME and r.y0 - SAME <= y <= r.y1 + SAME for r in table.rules
    )


def _has_across(table: Ruled, y: float, x: float) -> bool:
    return any(
        r.y0 == r.y1 and abs(r.y0 - y) <= SAME and r.x0 - SAME <= x <= r.x1 + SAME for r in table.rules
    )
