"""A difference says all of both texts and nothing else."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports import markdown
from reports.anchor import align
from reports.diff import Edit, paragraph_difference, paragraph_pieces, word_difference
from reports.diff_document import both_texts
from reports.document import CELL_SEPARATOR, Document

OLD = """# Báo cáo

Mở đầu như cũ.

Tiến độ giải phóng mặt bằng còn chậm; nợ đọng cao.

Đoạn này sẽ bị bỏ hẳn khỏi báo cáo.

Đoạn này rồi sẽ được chuyển lên phía trên của báo cáo.

Kết thúc.
"""
NEW = """# Báo cáo

Đoạn này rồi sẽ được chuyển lên phía trên của báo cáo.

Mở đầu như cũ.

Tiến độ giải phóng mặt bằng đã bớt chậm; nợ đọng cao.

Một đoạn mới toanh của bản sửa.

Kết thúc.
"""


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("nợ còn cao", "nợ còn cao", [("same", "nợ còn cao")]),
        ("nợ cao", "nợ còn cao", [("same", "nợ "), ("added", "còn "), ("same", "cao")]),
        ("chưa đạt", "đã đạt", [("removed", "chưa "), ("added", "đã "), ("same", "đạt")]),
        ("Hoà giải", "hòa giải", [("same", "hòa giải")]),
        ("trường hợp nào", "trường hợp", [("same", "trường hợp"), ("removed", " nào")]),
        ("", "mới", [("added", "mới")]),
        ("cũ", "", [("removed", "cũ")]),
    ],
)
def test_words(old: str, new: str, said: list[tuple[str, str]]) -> None:
    assert [(str(piece.edit), piece.text) for piece in word_difference(old, new)] == said


_SOME = ["nợ", "đọng", "chậm,", "không", "đạt;", "12", "Sở", "hoà", "(", ")", "."]
_TEXT = st.lists(st.sampled_from(_SOME), max_size=30).map(" ".join)


@given(_TEXT, _TEXT)
def test_the_words_of_both_texts_are_all_there(old: str, new: str) -> None:
    pieces = word_difference(old, new)
    assert "".join(piece.text for piece in pieces if piece.edit is not Edit.REMOVED) == new.lstrip()
    removed = "".join(piece.text for piece in pieces if piece.edit is Edit.REMOVED)
    assert len(removed.split()) <= len(old.split())


def test_paragraphs() -> None:
    old, new = markdown.parse(OLD), markdown.parse(NEW)
    found = paragraph_difference(align(old, new))
    said = [
        (str(each.edit), each.moved, new.text.split("\n")[each.new] if each.new is not None else None)
        for each in found
    ]
    assert said == [
        ("same", False, "Báo cáo"),
        ("removed", False, None),
        ("same", False, "Đoạn này rồi sẽ được chuyển lên phía trên của báo cáo."),
        ("same", True, "Mở đầu như cũ."),
        ("changed", True, "Tiến độ giải phóng mặt bằng đã bớt chậm; nợ đọng cao."),
        ("added", False, "Một đoạn mới toanh của bản sửa."),
        ("same", False, "Kết thúc."),
    ]


def test_words_of_a_paragraph() -> None:
    alignment = align(markdown.parse(OLD), markdown.parse(NEW))
    changed = next(each for each in paragraph_difference(alignment) if each.edit is Edit.CHANGED)
    assert [(str(piece.edit), piece.text) for piece in paragraph_pieces(alignment, changed)] == [
        ("same", "Tiến độ giải phóng mặt bằng "),
        ("removed", "còn "),
        ("added", "đã bớt "),
        ("same", "chậm; nợ đọng cao."),
    ]


_LINES = st.lists(_TEXT.filter(str.strip), min_size=1, max_size=8).map("\n\n".join)


@given(_LINES, _LINES)
def test_every_paragraph_of_both_texts_is_there_once(before: str, after: str) -> None:
    old, new = markdown.parse(before), markdown.parse(after)
    alignment = align(old, new)
    found = paragraph_difference(alignment)
    assert [each.new for each in found if each.new is not None] == list(range(len(new.blocks)))
    for each in found:
        pieces = paragraph_pieces(alignment, each)
        if each.new is not None:
            block = new.blocks[each.new]
            kept = "".join(piece.text for piece in pieces if piece.edit is not Edit.REMOVED)
            assert kept.split() == new.text[block.start : block.end].split()
        else:
            assert {piece.edit for piece in pieces} == {Edit.REMOVED}


def test_both_texts_as_one_document() -> None:
    old, new = markdown.parse(OLD), markdown.parse(NEW)
    both = both_texts(align(old, new))
    said = {both.document.text[each.start : each.end]: str(each.edit) for each in both.stretches}
    assert said["còn"] == "removed"
    assert said["đã bớt"] == "added"
    assert said["Đoạn này sẽ bị bỏ hẳn khỏi báo cáo."] == "removed"
    assert said["Một đoạn mới toanh của bản sửa."] == "added"
    assert both.counts[Edit.ADDED] == both.counts[Edit.REMOVED] == 1
    start = new.text.index("nợ đọng cao")
    place = both.from_new(start, start + 11)
    assert place is not None
    assert both.document.text[place[0] : place[1]] == "nợ đọng cao"
    assert not both.touched(*place)
    start = old.text.index("bỏ hẳn")
    gone = both.from_old(start, start + 6)
    assert gone is not None
    assert both.document.text[gone[0] : gone[1]] == "bỏ hẳn"
    assert both.touched(*gone)
    start = old.text.index("bằng còn chậm")
    turned = both.from_old(start, start + 13)
    assert turned is not None
    assert both.document.text[turned[0] : turned[1]] == "bằng còn đã bớt chậm"
    assert both.touched(*turned)


def test_tables_stay_tables_with_what_was_taken_out() -> None:
    head = "| Nơi | Kế hoạch | Đạt |\n|---|---|---|\n"
    old = markdown.parse(
        f"Số liệu:\n\n{head}| Kim Lũng | 120 | 70% |\n| Đông Lam | 90 | 40% |\n| | 210 | 55% |\n"
    )
    new = markdown.parse(f"Số liệu:\n\n{head}| Kim Lũng | 125 | 70% |\n| | 210 | 55% |\n\nHết bảng.\n")
    both = both_texts(align(old, new))
    (table,) = both.document.tables
    assert (table.first, table.last, table.header) == (1, 5, True)
    rows = [both.document.text[block.start : block.end] for block in both.document.blocks][1:5]
    assert [row.split(CELL_SEPARATOR) for row in rows] == [
        ["Nơi", "Kế hoạch", "Đạt"],
        ["Kim Lũng", "120 125", "70%"],
        ["Đông Lam", "90", "40%"],
        ["", "210", "55%"],
    ]
    assert table.widths == (8, 8, 3)
    Document.unpack(both.document.text, both.document.pack())


@given(_LINES, _LINES)
def test_every_word_of_the_new_text_is_found_in_both(before: str, after: str) -> None:
    old, new = markdown.parse(before), markdown.parse(after)
    both = both_texts(align(old, new))
    Document.unpack(both.document.text, both.document.pack())
    for block in new.blocks:
        for word in re.finditer(r"\S+", new.text[block.start : block.end]):
            place = both.from_new(block.start + word.start(), block.start + word.end())
            if place is not None:
                assert both.document.text[place[0] : place[1]].split()[0][0] == word.group()[0]
