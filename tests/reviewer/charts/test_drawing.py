"""Bars, shades and tables of any labels and counts, in any room."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.filters import Term
from reports.clean import one_line
from reviewer.charts.bars import bars_chart, share
from reviewer.charts.blocks import LEVELS, bar, level, parts
from reviewer.charts.chart import Chart, Name, Value
from reviewer.charts.heat import Group, heat_chart
from reviewer.charts.table import Column, Row, table_chart
from reviewer.layout.cells import offset_of, width
from reviewer.words import number

COUNTS = st.one_of(st.integers(0, 12), st.integers(0, 2_000_000))
LABELS = st.text(min_size=1, max_size=60).map(lambda text: one_line(text) or "–")
TERM = Term("tag", ("x",))


def _name(label: str) -> Name:
    return Name(label, label[:20], label[:8])


def check(chart: Chart, room: int) -> None:
    """No line is wider than `room`, and every cell but those of whole lines shows just its count."""
    for line in (*chart.head, *chart.lines):
        assert sum(width(text) for text, _style in line) <= room
    for cell in chart.cells:
        text = "".join(text for text, _style in chart.lines[cell.row])
        shown = text[offset_of(text, cell.start) : offset_of(text, cell.end)]
        if cell.start:
            assert shown.strip(" ░▒█") in (number(cell.count), "·")
        else:
            assert f" {number(cell.count)} " in shown


@settings(deadline=None, max_examples=80)
@given(st.lists(st.tuples(LABELS, COUNTS), max_size=12), st.integers(50, 200))
def test_bars(items: Sequence[tuple[str, int]], room: int) -> None:
    counts = [(Value(_name(label), TERM), count) for label, count in items]
    chart = bars_chart("Loại vấn đề", counts, sum(count for _label, count in items), room)
    check(chart, room)
    lengths = [(count, len(line[-1][0])) for (_label, count), line in zip(items, chart.lines, strict=True)]
    assert all(bool(length) == bool(count) for count, length in lengths)
    ascending = [length for _count, length in sorted(lengths)]
    assert ascending == sorted(ascending)


@settings(deadline=None, max_examples=80)
@given(
    st.lists(LABELS, min_size=1, max_size=6),
    st.lists(LABELS, min_size=1, max_size=20),
    st.integers(60, 200),
    st.sampled_from((None, 2, 4)),
    st.booleans(),
    st.data(),
)
def test_a_heat_map(
    rows: Sequence[str],
    columns: Sequence[str],
    room: int,
    most: int | None,
    latest: bool,
    data: st.DataObject,
) -> None:
    counts = [[data.draw(COUNTS) for _ in columns] for _ in rows]

    def count(first: Sequence[object] | None, second: Sequence[object] | None) -> int:
        of_rows = range(len(rows)) if first is None else first
        of_columns = range(len(columns)) if second is None else second
        return sum(counts[int(str(row))][int(str(column))] for row in of_rows for column in of_columns)

    def groups(labels: Sequence[str]) -> list[Group]:
        return [Group((at,), _name(label), (Term("tag", (str(at),)),)) for at, label in enumerate(labels)]

    chart = heat_chart("Cơ quan", groups(rows), groups(columns), count, room, most_rows=most, latest=latest)
    check(chart, room)
    total = sum(map(sum, counts))
    for row in range(len(chart.lines)):
        *cells, last = (cell for cell in chart.cells if cell.row == row)
        assert sum(cell.count for cell in cells) == last.count
    assert chart.cells[-1].row == len(chart.lines) - 1
    assert next(cell.count for cell in chart.cells if not cell.terms) == total


@settings(deadline=None, max_examples=80)
@given(st.lists(st.tuples(LABELS, COUNTS, COUNTS, COUNTS), min_size=1, max_size=6), st.integers(50, 200))
def test_a_table_with_stacked_bars(items: Sequence[tuple[str, int, int, int]], room: int) -> None:
    columns = (
        Column("Hoàn thành", "đúng hạn", "a", "", "█", "settled", covers=2),
        Column("", "quá hạn", "b", "", "▒", "late"),
        Column("", "Tổng", "", "strong", spare=True),
    )
    rows = [
        Row(_name(label), (one, two, three), ((TERM,), (TERM,), ()), (one, two))
        for label, one, two, three in items
    ]
    chart = table_chart("Cơ quan", columns, rows, room)
    check(chart, room)
    assert len(chart.lines) >= len(rows)


@given(st.lists(COUNTS, min_size=1, max_size=5), st.integers(1, 60), st.integers(0, 1000))
def test_parts_of_a_bar(counts: list[int], cells: int, more: int) -> None:
    largest = sum(counts) + more
    found = parts(counts, largest, cells)
    filled = [length for length, count in zip(found, counts, strict=True) if count]
    assert all(length == 0 for length, count in zip(found, counts, strict=True) if not count)
    assert sum(found) <= cells
    if sum(counts):
        assert sum(found) == min(cells, max(round(sum(counts) * cells / largest), len(filled)))
        assert len(filled) > cells or all(filled)


@given(st.integers(1, 2_000_000), st.data())
def test_a_larger_count_is_drawn_no_weaker(largest: int, data: st.DataObject) -> None:
    one, two = sorted((data.draw(st.integers(0, largest)), data.draw(st.integers(0, largest))))
    assert level(one, largest) <= level(two, largest) <= LEVELS
    assert (level(0, largest) == 0 and level(largest, largest) == LEVELS) or largest < LEVELS
    assert (level(one, largest) > 0) == (one > 0)
    assert len(bar(one, largest, 20)) <= len(bar(two, largest, 20)) <= 20


def test_shares_say_when_they_are_next_to_nothing() -> None:
    assert [share(*pair) for pair in ((0, 9), (1, 400), (1, 3), (3, 3), (0, 0))] == [
        "0 %", "<1 %", "33 %", "100 %", "0 %",
    ]  # fmt: skip


def test_a_name_is_abbreviated_before_it_is_cut() -> None:
    name = Name("Sở Tài nguyên và Môi trường", "Sở TN&MT", "Sở TN&MT")
    assert [name.fitted(cells) for cells in (28, 12, 6)] == [
        "Sở Tài nguyên và Môi trường ", "Sở TN&MT    ", "Sở TN…",
    ]  # fmt: skip
