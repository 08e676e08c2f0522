"""The four ways to look at the issue list as a whole: counted from the record, drawn as charts; no screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from annotations.crossing import Crossing, crossing
from annotations.filters import IssueFilter
from annotations.looking import bars, deadlines, in_order, one_moment, together, trend
from annotations.narrowing import Narrower
from reviewer.charts.bars import bars_chart
from reviewer.charts.chart import Chart, Value
from reviewer.charts.deadlines import deadlines_chart
from reviewer.charts.heat import Group, heat_chart, one
from reviewer.charts.names import Key, by_word, namer
from reviewer.charts.trend import trend_chart

if TYPE_CHECKING:
    from annotations.counts import GridRow
    from annotations.store import Store

BARS, HEAT, TREND, GRID = "bars", "heat", "trend", "grid"
LOOKS: Final = (BARS, HEAT, TREND, GRID)

BARS_BY: Final = ("agency", "lead", "tag", "status", "severity", "period", "reviewer", "owner")
"""What bars count by."""
HEAT_BY: Final = (
    ("agency", "tag"),
    ("lead", "tag"),
    ("agency", "period"),
    ("tag", "period"),
    ("agency", "status"),
    ("tag", "status"),
    ("tag", "severity"),
)
"""What heat maps count by: rows, columns."""


@dataclass(frozen=True, slots=True)
class Look:
    """What to look at. `by`: one thing for bars, two for a heat map, nothing for the others."""

    kind: str = BARS
    by: tuple[str, ...] = ("agency",)


class Looked:
    """What was counted for a look at what a filter finds; `chart` draws it for a width in cells.

    `total`: issues in all. `moment`: the last change in the record and the day that deadlines were reckoned
    from, at the time.
    """

    look: Look
    wanted: IssueFilter
    total: int
    moment: tuple[int, str]

    def __init__(self, store: Store, wanted: IssueFilter, look: Look) -> None:
        self.look = look
        self.wanted = wanted
        self._narrower = Narrower(store.issues, wanted)
        self.total = store.issues.count(wanted)
        self.moment = moment_of(store)
        self._drawn: dict[tuple[int, int | None], Chart] = {}

    def chart(self, width: int, most_rows: int | None = None) -> Chart:
        """It in `width` cells; a heat map in at most `most_rows` rows, where given."""
        asked = (width, most_rows)
        if asked not in self._drawn:
            self._drawn = {asked: self._draw(width, most_rows)}
        return self._drawn[asked]

    def _draw(self, width: int, most_rows: int | None) -> Chart:
        raise NotImplementedError

    def _values(self, store: Store, by: str, keys: Sequence[Key]) -> dict[Key, Value]:
        """The values of `by` by their keys, those left out that no filter tells apart from others."""
        name = namer(store, by)
        found = {}
        for key in keys:
            term = self._narrower.term(by, (None if key is None else str(key),))
            if self._narrower.narrowed((term,)) is not None:
                found[key] = Value(name(key), term, none=key is None)
        return found


class _Bars(Looked):
    def __init__(self, store: Store, wanted: IssueFilter, look: Look) -> None:
        super().__init__(store, wanted, look)
        counts = bars(store.issues, wanted, look.by[0])
        values = self._values(store, look.by[0], [key for key, _count in counts])
        self._counts = [(values[key], count) for key, count in counts if key in values]

    def _draw(self, width: int, most_rows: int | None) -> Chart:
        return bars_chart(by_word(self.look.by[0]), self._counts, self.total, width)


class _Heat(Looked):
    def __init__(self, store: Store, wanted: IssueFilter, look: Look) -> None:
        super().__init__(store, wanted, look)
        first, second = look.by
        self._crossing: Crossing = crossing(store.issues, wanted, (first, second))
        self._rows = self._groups(store, first, self._crossing.row_keys())
        self._columns = self._groups(store, second, self._crossing.column_keys())

    def _groups(self, store: Store, by: str, keys: Sequence[Key]) -> list[Group]:
        values = self._values(store, by, in_order(by, keys))
        return [one(key, value) for key, value in values.items()]

    def _draw(self, width: int, most_rows: int | None) -> Chart:
        if not self._rows or not self._columns:
            return Chart()
        return heat_chart(
            by_word(self.look.by[0]),
            self._rows,
            self._columns,
            self._crossing.count,
            width,
            most_rows=most_rows,
            latest=self.look.by[1] == "period",
        )


class _Trend(Looked):
    def __init__(self, store: Store, wanted: IssueFilter, look: Look) -> None:
        super().__init__(store, wanted, look)
        rows = trend(store.issues, wanted)
        values = self._values(store, "period", [row.period for row in rows])
        self._rows = [(row, values[row.period]) for row in rows if row.period in values]

    def _draw(self, width: int, most_rows: int | None) -> Chart:
        if not self._rows:
            return Chart()
        return trend_chart(self._rows, together([row for row, _value in self._rows]), width)


class _Grid(Looked):
    def __init__(self, store: Store, wanted: IssueFilter, look: Look) -> None:
        super().__init__(store, wanted, look)
        self._all, *rows = deadlines(store.issues, wanted)
        values = self._values(store, "lead", [row.agency for row in rows])
        self._rows: list[tuple[GridRow, Value]] = [
            (row, values[row.agency]) for row in rows if row.agency in values
        ]

    def _draw(self, width: int, most_rows: int | None) -> Chart:
        if not self._rows:
            return Chart()
        return deadlines_chart(self._rows, self._all, width)


def moment_of(store: Store) -> tuple[int, str]:
    """What counts can be told apart from older ones by."""
    return store.last_change_id(), store.issues.today()


_KINDS: dict[str, type[Looked]] = {BARS: _Bars, HEAT: _Heat, TREND: _Trend, GRID: _Grid}


def look_at(store: Store, wanted: IssueFilter, look: Look) -> Looked:
    """Count what `wanted` finds for `look`, all at one moment; raises as `Issues.counts`."""
    with one_moment(store.issues):
        return _KINDS[look.kind](store, wanted, look)
