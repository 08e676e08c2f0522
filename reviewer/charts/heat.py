"""How often the values of two things meet, as a map: in each cell a number and how strong it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from annotations.filters import Term
from reviewer.charts.blocks import SHADES, level
from reviewer.charts.chart import Cell, Chart, Line, Name, Span, Value, left, right, widest
from reviewer.i18n import _, ngettext
from reviewer.layout.cells import width as width_of
from reviewer.words import number

Key = str | int | None
Count = Callable[[Sequence[Key] | None, Sequence[Key] | None], int]
"""How many issues have any of some rows and any of some columns; None: whatever they have."""

GAP = 2
NARROWEST, WIDEST = 5, 12
"""Cells of a column, at least and at most."""
_WIDEST_LABEL = 40


@dataclass(frozen=True, slots=True)
class Group:
    """A row or a column: one value, or several that are shown as one. `keys`: as they are counted, None for
    all of them."""

    keys: tuple[Key, ...] | None
    name: Name
    terms: tuple[Term, ...]
    style: str = ""

    @property
    def single(self) -> bool:
        """Whether it is one value; only such are compared with one another."""
        return self.keys is not None and len(self.keys) == 1


def one(key: Key, value: Value) -> Group:
    """The group of one value."""
    return Group((key,), value.name, (value.term,), value.style)


def together(groups: Sequence[Group]) -> Group:
    """Several groups of one thing as one, which counts what any of them has."""
    keys = tuple(key for group in groups for key in group.keys or ())
    terms = [term for group in groups for term in group.terms]
    values = tuple(value for term in terms for value in term.values)
    label = ngettext("{count} other", "{count} others", len(groups)).format(count=number(len(groups)))
    return Group(keys, Name(label, label, f"+{len(groups)}"), (replace(terms[0], values=values),), "quiet")


@dataclass(frozen=True, slots=True)
class _Plan:
    """Cells of the label, of each column and of the total."""

    label: int
    column: int
    total: int


def heat_chart(
    title: str,
    rows: Sequence[Group],
    columns: Sequence[Group],
    count: Count,
    width: int,
    *,
    most_rows: int | None = None,
    latest: bool = False,
) -> Chart:
    """A map of `rows` by `columns` in `width` cells; columns beyond the room, and rows beyond `most_rows`,
    are folded into one: the last ones, of columns the first if the `latest` matter. The first line counts all
    rows, the last column all columns."""
    if most_rows is not None and len(rows) > most_rows:
        rows = [*rows[: most_rows - 1], together(rows[most_rows - 1 :])]
    every = Group(None, Name(_("All"), _("All"), ""), (), "strong")
    plan, kept = _fit(title, rows, columns, count, width)
    if len(columns) > kept:
        at = len(columns) - kept + 1 if latest else kept - 1
        first, last = columns[:at], columns[at:]
        columns = [together(first), *last] if latest else [*first, together(last)]
    body = [[count(row.keys, column.keys) for column in columns] for row in rows]
    largest = _largest(rows, columns, body)
    lines: list[Line] = []
    cells: list[Cell] = []
    sums = [count(None, column.keys) for column in columns]
    for number_, (row, figures) in enumerate(zip([every, *rows], [sums, *body], strict=True)):
        strengths = [
            level(figure, largest) if row.single and column.single else 0
            for column, figure in zip(columns, figures, strict=True)
        ]
        total = count(row.keys, None)
        lines.append(_line(row, figures, strengths, total, plan))
        cells += _cells(number_, row, columns, figures, total, plan)
    return Chart(_head(title, columns, plan), tuple(lines), tuple(cells))


def _largest(rows: Sequence[Group], columns: Sequence[Group], body: Sequence[Sequence[int]]) -> int:
    """The largest count of one value with one other."""
    return max(
        (
            figure
            for row, figures in zip(rows, body, strict=True)
            for column, figure in zip(columns, figures, strict=True)
            if row.single and column.single
        ),
        default=0,
    )


def _fit(
    title: str, rows: Sequence[Group], columns: Sequence[Group], count: Count, width: int
) -> tuple[_Plan, int]:
    """The widths of the parts, and how many columns there is room for."""
    most = max((count(None, column.keys) for column in columns), default=0)
    total = widest([_("All"), number(count(None, None))]) + GAP
    natural = min(_WIDEST_LABEL, widest([title, *(row.name.full for row in rows)]))
    # Columns that are shown as one may count more than each, up to everything.
    for highest in (most, count(None, None)):
        narrowest = max(NARROWEST, len(number(highest)) + 2)
        label = max(8, min(natural, max(16, width * 3 // 10), width - total - 2 * narrowest))
        room = width - label - total - GAP
        kept = max(1, min(len(columns), room // narrowest))
        if kept == len(columns):
            break
    wanted = max(narrowest, widest([column.name.short for column in columns]) + 2)
    column = max(narrowest, min(wanted, WIDEST, room // kept))
    left_over = room - column * kept
    return _Plan(label + max(0, min(left_over, natural - label)), column, total), kept


def _head(title: str, columns: Sequence[Group], plan: _Plan) -> tuple[Line, ...]:
    """Names above the columns; on two lines by turns where they are wider than a column."""
    last = (right(_("All"), plan.total), "quiet")
    start = (left(title, plan.label + GAP), "quiet")
    edge = plan.label + GAP
    if widest([column.name.short for column in columns]) < plan.column:
        return ((start, (_names(columns, plan, edge, 0, 1)[edge:], "quiet"), last),)
    upper = _names(columns, plan, 0, 0, 2)
    lower = _names(columns, plan, edge, 1, 2)[edge:]
    return (
        ((left(upper, edge + plan.column * len(columns)), "quiet"),),
        (start, (left(lower, plan.column * len(columns)), "quiet"), last),
    )


def _names(columns: Sequence[Group], plan: _Plan, taken: int, first: int, step: int) -> str:
    """Every `step`th name from number `first` on, each ending one cell before its column does; the first
    `taken` cells stay blank."""
    text = " " * taken
    for at in range(first, len(columns), step):
        room = plan.label + GAP + (at + 1) * plan.column - width_of(text) - 1
        text += right(columns[at].name.short, room) + " "
    return text


def _line(row: Group, figures: Sequence[int], strengths: Sequence[int], total: int, plan: _Plan) -> Line:
    spans: list[Span] = [(row.name.fitted(plan.label) + " " * GAP, row.style)]
    for figure, strength in zip(figures, strengths, strict=True):
        if not figure:
            spans.append((right("· ", plan.column), "quiet"))
            continue
        shade = SHADES[strength] if strength else " "
        style = f"heat{strength}" if strength else row.style
        spans.append((right(number(figure), plan.column - 1) + shade, style))
    spans.append((right(number(total), plan.total), "strong"))
    return tuple(spans)


def _cells(
    number_: int, row: Group, columns: Sequence[Group], figures: Sequence[int], total: int, plan: _Plan
) -> list[Cell]:
    found = []
    start = plan.label + GAP
    for column, figure in zip(columns, figures, strict=True):
        said = f"{row.name.full} × {column.name.full}" if row.terms else column.name.full
        found.append(Cell(number_, start, start + plan.column, figure, (*row.terms, *column.terms), said))
        start += plan.column
    found.append(Cell(number_, start, start + plan.total, total, row.terms, row.name.full))
    return found
