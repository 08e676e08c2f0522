"""Every number on a chart is what the filter of its cell finds, and no line is wider than its room."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from annotations.counts import GridRow
from annotations.errors import FilterError
from annotations.filters import IssueFilter, format_filter, parse_filter
from annotations.narrowing import Narrower
from annotations.store import Store
from reviewer.charts.chart import Cell, Chart
from reviewer.i18n import set_language
from reviewer.layout.cells import offset_of, width
from reviewer.looking import BARS, BARS_BY, GRID, HEAT, HEAT_BY, TREND, Look, look_at
from reviewer.words import number
from tests.reviewer.charts.kit import ANNOTATIONS, TODAY, Made, holding, make_record

LOOKS = [
    *(Look(BARS, (by,)) for by in BARS_BY),
    *(Look(HEAT, by) for by in HEAT_BY),
    Look(TREND, ()),
    Look(GRID, ()),
]
FILTERS = (
    "", "status:open", "status:open,rejected", "!status:open", "tag:dau-tu-cong", "tag:gpmb-cham,none",
    "!tag:gpmb-cham", "agency:ubnd-tinh", "agency:so-nnmt", "agency:=ubnd-tinh", "agency:so-xd:lead",
    "agency:so-xd:lead agency:so-tnmt:coordinating", "agency:none", "agency:none:lead", "!agency:so-xd",
    "role:lead", "!role:lead", "role:lead,coordinating", "as:current", "agency:so-nnmt as:current",
    "agency:ubnd-tinh as:itself", "agency:so-nnmt as:written", "period:2023", "period:2023-H1,none",
    "period:=2023-H1", "reviewer:mai", "owner:none", "owner:lan,mai", "severity:high,none", "overdue",
    "!overdue", "deadline:late,in-time", "due:none", "due:before:2023-06-30", "periods:2",
    "periods:3", "!periods:2", "placement:exact", "chậm", "!chậm ô",
)  # fmt: skip


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with make_record(tmp_path_factory.mktemp("charts") / "reviewer.db") as made:
        yield made


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    yield
    set_language("en")


@settings(max_examples=300, deadline=None)
@given(
    ANNOTATIONS,
    st.lists(st.sampled_from(FILTERS), max_size=2),
    st.sampled_from(LOOKS),
    st.integers(40, 160),
    st.sampled_from(("en", "vi")),
    st.sampled_from((None, 3)),
)
def test_a_number_is_the_count_of_the_filter_behind_it(
    store: Store, made: list[Made], texts: list[str], look: Look, room: int, language: str, most: int | None
) -> None:
    set_language(language)
    try:
        wanted = parse_filter(" ".join(texts))
    except FilterError:
        reject()
    with holding(store, made):
        looked = look_at(store, wanted, look)
        chart = looked.chart(room, most)
        assert looked.total == store.issues.count(wanted)
        for line in (*chart.head, *chart.lines):
            assert sum(width(text) for text, _style in line) <= room, line
        narrower = Narrower(store.issues, wanted)
        for cell in chart.cells:
            _check(store, narrower, wanted, cell)
            assert _shown(chart, cell) == cell.count, cell
    rows = [cell.row for cell in chart.cells]
    assert rows == sorted(rows)


def _check(store: Store, narrower: Narrower, wanted: IssueFilter, cell: Cell) -> None:
    """The filter behind `cell`, as text too, finds as many as it counts."""
    found = narrower.narrowed(cell.terms)
    if found is None:
        assert cell.count == 0
        return
    written = parse_filter(format_filter(found))
    assert store.issues.count(written) == cell.count, (format_filter(wanted), format_filter(found))


def _shown(chart: Chart, cell: Cell) -> int:
    """The number that stands in `cell`."""
    line = "".join(text for text, _style in chart.lines[cell.row])
    text = line[offset_of(line, cell.start) : offset_of(line, cell.end)]
    if cell.start == 0:
        return cell.count if f"  {number(cell.count)}  " in text else -1
    figure = text.strip(" ░▒▓█")
    return 0 if figure == "·" else int(figure)


@settings(max_examples=60, deadline=None)
@given(ANNOTATIONS)
def test_the_four_cells_of_each_agency_sum_to_its_total(store: Store, made: list[Made]) -> None:
    with holding(store, made):
        rows = store.issues.grid(IssueFilter())
        every = store.issues.grid_total(IssueFilter())
    expected: Counter[tuple[str | None, int]] = Counter()
    living = [one for one in made if not one.deleted and one.status != "rejected"]
    for one in living:
        for agency in [agency for agency, role in one.links if role == "lead"] or (None,):
            expected[agency, _cell_of(one)] += 1
    found = {(row.agency, at): row.cells[at] for row in rows for at in range(4) if row.cells[at]}
    assert found == expected
    for row in rows:
        assert sum(row.cells[:4]) == row.total == row.cells[4] > 0
    assert every.cells[:4] == tuple(sum(_cell_of(one) == at for one in living) for at in range(4))
    assert every.total == len(living)


def _cell_of(one: Made) -> int:
    """Which of the four cells an annotation is in."""
    if one.status == "resolved":
        return int(bool(one.due and one.resolved_on and one.resolved_on > one.due))
    return 2 + int(bool(one.due and one.due < TODAY))


def test_the_grid_by_those_who_answer_today(store: Store) -> None:
    made = [_led("so-gtvt", "so-xd"), _led("so-gtvt"), _led("so-xd")]
    store.issues.today = lambda: "2025-07-01"
    try:
        with holding(store, made):
            assert store.issues.grid(parse_filter("as:current")) == [
                GridRow("so-xd", "Sở Xây dựng", 0, 0, 3, 0)
            ]
            assert [row.total for row in store.issues.grid(IssueFilter())] == [2, 2]
    finally:
        store.issues.today = lambda: TODAY


def _led(*agencies: str) -> Made:
    links = tuple((agency, "lead") for agency in agencies)
    return Made(1, (), links, "open", None, None, None, "mai", None, "ô nhiễm", False)
