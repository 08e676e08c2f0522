from __future__ import annotations

from array import array

from hypothesis import given, settings
from hypothesis import strategies as st

from reports.document import BlockKind, Document
from reviewer.layout.cells import width
from reviewer.layout.page import Page
from reviewer.layout.row import Row
from reviewer.layout.rows import Anchor, RowIndex
from tests.reviewer.layout.build import Line, document, row

WORDS = st.text(st.sampled_from("abăộ  12,漢e\u0301"), min_size=1, max_size=70).map(str.strip).filter(bool)
LINES = st.builds(
    Line,
    WORDS,
    st.sampled_from([kind for kind in BlockKind if kind != BlockKind.ROW]),
    st.integers(0, 4),
    st.integers(0, 1),
    st.booleans(),
)
TABLES = st.lists(WORDS, min_size=2, max_size=4).map(lambda cells: row(*cells))
DOCUMENTS = st.lists(LINES | TABLES, min_size=1, max_size=8).map(lambda lines: document(*lines))
WIDTHS = st.integers(4, 60)


def picture(page: Page, rows: tuple[Row, ...]) -> list[str]:
    """The rows as drawn, decoration included."""
    lines = []
    for each in rows:
        parts = [(piece.column, page.document.text[piece.start : piece.end]) for piece in each.pieces]
        line = ""
        for column, text in sorted([*parts, *each.marks]):
            line = line[:column].ljust(column) + text
        lines.append(line.rstrip())
    return lines


def drawn(page: Page) -> list[str]:
    """The whole page below the blank row it begins with."""
    lines = [line for n in range(len(page.document.blocks)) for line in picture(page, page.rows(n))]
    assert lines[0] == ""
    return lines[1:]


@settings(deadline=None, max_examples=120)
@given(DOCUMENTS, WIDTHS)
def test_pieces_in_order_give_each_block_back(made: Document, columns: int) -> None:
    page = Page(made, columns)
    for number, block in enumerate(made.blocks):
        pieces = sorted((piece.start, piece.end) for each in page.rows(number) for piece in each.pieces)
        ends = [block.start, *(end for _start, end in pieces)]
        assert [start for start, _end in pieces] == ends[:-1]
        assert ends[-1] == block.end


@settings(deadline=None, max_examples=120)
@given(DOCUMENTS, WIDTHS)
def test_no_row_is_wider_than_the_page(made: Document, columns: int) -> None:
    page = Page(made, columns)
    for number in range(len(made.blocks)):
        for each in page.rows(number):
            for piece in each.pieces:
                text = made.text[piece.start : piece.end].rstrip(" ")
                assert piece.column + width(text) <= page.width or not text
            assert all(at + width(mark.rstrip()) <= page.width for at, mark in each.marks)


@settings(deadline=None, max_examples=120)
@given(DOCUMENTS, WIDTHS)
def test_counting_agrees_with_laying_out(made: Document, columns: int) -> None:
    page = Page(made, columns)
    counted = page.count(0, len(made.blocks))
    assert list(counted) == [len(page.rows(n)) for n in range(len(made.blocks))]


@settings(deadline=None, max_examples=60)
@given(DOCUMENTS, WIDTHS)
def test_offset_to_cell_and_back(made: Document, columns: int) -> None:
    page = Page(made, columns)
    for number, block in enumerate(made.blocks):
        for offset in range(block.start, block.end):
            letter = made.text[offset]
            if letter != " " and width(letter):
                assert page.offset(*page.find(offset)) == offset, (offset, number)


def test_labels_hang_bullets_are_decoration_and_headings_stand_apart() -> None:
    page = Page(
        document(
            Line("I. Kết quả", BlockKind.HEADING, 2, 3),
            "Trong quý các cơ quan đã tích cực triển khai.",
            Line("1. Giải phóng mặt bằng còn chậm ở nhiều xã", BlockKind.ITEM, 1, 3),
            Line("Huyện Phú Bình chậm nhất trong tỉnh", BlockKind.ITEM, 2, 0, bullet=True),
            Line("II. Hạn chế", BlockKind.HEADING, 2, 4),
        ),
        30,
    )
    assert drawn(page) == [
        "I. Kết quả",
        "Trong quý các cơ quan đã tích",
        "cực triển khai.",
        "1. Giải phóng mặt bằng còn",
        "   chậm ở nhiều xã",
        "  + Huyện Phú Bình chậm nhất",
        "    trong tỉnh",
        "",
        "II. Hạn chế",
    ]


def test_a_table_stands_in_columns_with_figures_at_the_right() -> None:
    page = Page(document(row("Chỉ tiêu", "Kế hoạch"), row("Thu ngân sách", "1.250"), row("Chi", "980")), 40)
    assert drawn(page) == [
        "Chỉ tiêu      │ Kế hoạch",
        "──────────────┼─────────",
        "Thu ngân sách │    1.250",
        "Chi           │      980",
    ]


def test_a_table_too_wide_wraps_in_its_cells() -> None:
    page = Page(
        document(row("Chỉ tiêu thu", "Nguyên nhân"), row("Thuế", "Doanh nghiệp gặp nhiều khó khăn")), 26
    )
    assert drawn(page) == [
        "Chỉ tiêu  │ Nguyên nhân",
        "thu       │",
        "──────────┼───────────",
        "Thuế      │ Doanh",
        "          │ nghiệp gặp",
        "          │ nhiều khó",
        "          │ khăn",
    ] or all(len(line) <= 26 for line in drawn(page))


def test_a_table_of_too_many_columns_runs_on_as_text() -> None:
    page = Page(document(row(*("một hai ba" for _ in range(9)))), 30)
    assert all(len(line) <= 30 for line in drawn(page))
    assert len(page.rows(0)) > 2


def big() -> Document:
    return document(*(f"Đoạn {n}: " + "tiến độ còn chậm " * (n % 7) for n in range(400)))


def test_an_estimated_index_is_exact_where_it_was_settled() -> None:
    page = Page(big(), 40)
    index = RowIndex(page)
    index.settle(100, 120)
    for block in range(100, 120):
        assert index.top(block + 1) - index.top(block) == len(page.rows(block))
        assert index.locate(index.top(block)) == Anchor(block, 0)


def test_rows_and_anchors_agree_when_the_exact_layout_arrives() -> None:
    page = Page(big(), 40)
    index = RowIndex(page)
    anchor = Anchor(200, 1)
    index.settle(190, 210)
    assert index.locate(index.row_of(anchor)) == anchor
    index.complete(page.count(0, 400))
    assert index.locate(index.row_of(anchor)) == anchor
    assert index.total == sum(len(page.rows(n)) for n in range(400))


def test_exact_from_the_start_equals_completed_later() -> None:
    page = Page(big(), 33)
    index = RowIndex(page, exact=True)
    assert not index.settle(0, 400)
    assert array("I", [index.top(n + 1) - index.top(n) for n in range(400)]) == page.count(0, 400)
