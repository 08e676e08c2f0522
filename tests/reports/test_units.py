"""What a key selects: the rules for clauses and parts, and that units claim no more than they hold."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports import markdown, plain
from reports.document import BlockKind, Document
from reports.graphemes import is_boundary
from reports.lead_in import LEAD_IN
from reports.load import load
from reports.units import Unit, UnitKind, all_units, next_unit, previous_unit, unit_at, units_in_block

SENTENCE = (
    "Bên cạnh những kết quả đạt được, tiến độ giải phóng mặt bằng, thi công một số công trình, "
    "dự án còn chậm; "
    "một số công trình, dự án có vi phạm từ nhiều năm chưa được giải quyết dứt điểm; "
    "tỷ lệ giải ngân vốn đầu tư "
    "công đạt thấp; tình trạng vi phạm về quản lý đất đai, xây dựng trái phép, ô nhiễm môi trường "
    "còn xảy ra ở "
    "một số địa phương; tỷ lệ sử dụng dịch vụ công trực tuyến còn chưa cao."
)


def texts(document: Document, kind: UnitKind) -> list[str]:
    return [document.text[unit.start : unit.end] for unit in all_units(document, kind)]


def of(source: str, kind: UnitKind) -> list[str]:
    return texts(markdown.parse(source), kind)


def test_the_real_sentence_has_five_clauses(seed_report: Path) -> None:
    document = load(seed_report).document
    start = document.text.index("Bên cạnh những kết quả đạt được")
    sentence = unit_at(document, start, UnitKind.SENTENCE)
    assert document.text[sentence.start :].startswith("Bên cạnh")
    clauses = [u for u in all_units(document, UnitKind.CLAUSE) if sentence.start <= u.start < sentence.end]
    assert [document.text[u.start : u.end] for u in clauses] == [
        "tiến độ giải phóng mặt bằng, thi công một số công trình, dự án còn chậm",
        "một số công trình, dự án có vi phạm từ nhiều năm chưa được giải quyết dứt điểm",
        "tỷ lệ giải ngân vốn đầu tư công đạt thấp",
        "tình trạng vi phạm về quản lý đất đai, xây dựng trái phép, ô nhiễm môi trường "
        "còn xảy ra ở một số địa phương",
        "tỷ lệ sử dụng dịch vụ công trực tuyến còn chưa cao",
    ]


def test_parts_of_the_sentence() -> None:
    assert of(SENTENCE, UnitKind.PART) == [
        "tiến độ giải phóng mặt bằng",
        "thi công một số công trình",
        "dự án còn chậm",
        "một số công trình",
        "dự án có vi phạm từ nhiều năm chưa được giải quyết dứt điểm",
        "tỷ lệ giải ngân vốn đầu tư công đạt thấp",
        "tình trạng vi phạm về quản lý đất đai",
        "xây dựng trái phép",
        "ô nhiễm môi trường còn xảy ra ở một số địa phương",
        "tỷ lệ sử dụng dịch vụ công trực tuyến còn chưa cao",
    ]


@pytest.mark.parametrize(
    ("source", "sentences"),
    [
        ("UBND TP. Tân Lam và Th.S. Nguyễn Văn A đã họp. Kết quả tốt.", 2),
        ("Mua vật tư, sắt thép, v.v. của nhà thầu. Sau đó dừng.", 2),
        ("Đường, cầu, v.v. Các dự án khác chậm.", 2),
        ("Thu 12.345 triệu đồng, tăng 5.5% so với năm 2022. Chi giảm.", 2),
        ("Theo mục 1.1. Quy định này thì đúng.", 1),
        ("Tỉnh đã họp./.", 1),
        ("Vì sao chậm? Do vướng mặt bằng! Cần tháo gỡ…", 3),
        ("Ông C. Mác viết (xem tr. 5. Bản dịch) như vậy.", 1),
        ("Ông nói: “Phải làm ngay. Không được chờ.” Hội nghị nhất trí.", 2),
        ("Xảy ra năm 2023. Trong đó có 3 vụ. 12 người bị xử lý.", 3),
        ("Họp tại H. Phú Bình, Q. 1, P. Tân Thịnh.", 1),
        ("The U.S. Bank lent. Dr. Smith agreed.", 2),
        ("Kết quả quý I. Thu ngân sách nhóm B. Chi thấp.", 3),
        ("Giao ban lần X. III. Kiến nghị.", 2),
        ("Ngày 5.4.2023 họp. Đã xong", 2),
    ],
)
def test_abbreviations_and_numbers_end_no_sentence(source: str, sentences: int) -> None:
    assert len(of(source, UnitKind.SENTENCE)) == sentences


@pytest.mark.parametrize(
    ("source", "clauses"),
    [
        ("Tuy nhiên, tiến độ chậm.", ["tiến độ chậm"]),
        ("Tuy nhiên,", ["Tuy nhiên"]),
        ("Trong quý I, tiến độ chậm.", ["Trong quý I, tiến độ chậm"]),
        (
            "Bên cạnh những kết quả, thành tích đã đạt được, công tác quản lý còn yếu; nợ cao.",
            ["công tác quản lý còn yếu", "nợ cao"],
        ),
        ("Cùng với các sở, ngành, huyện đã họp.", ["Cùng với các sở, ngành, huyện đã họp"]),
        (
            "Còn các tồn tại sau: đất đai; môi trường; xây dựng.",
            ["Còn các tồn tại sau", "đất đai", "môi trường", "xây dựng"],
        ),
        ("Khách quan: giá tăng; chủ quan: chỉ đạo yếu.", ["Khách quan: giá tăng", "chủ quan: chỉ đạo yếu"]),
        ("Tồn tại: chậm tiến độ.", ["Tồn tại: chậm tiến độ"]),
        ("Họp lúc 8:30; tỷ lệ 1:500.", ["Họp lúc 8:30", "tỷ lệ 1:500"]),
        (
            "Ba dự án (A chậm; B dừng; C xong) và nợ; thu thấp.",
            ["Ba dự án (A chậm; B dừng; C xong) và nợ", "thu thấp"],
        ),
        ("Ông nêu “đất; nước” rồi; nghỉ.", ["Ông nêu “đất; nước” rồi", "nghỉ"]),
        ('Ông nêu "đất; nước" rồi; nghỉ.', ['Ông nêu "đất; nước" rồi', "nghỉ"]),
        ("Ngoặc lẻ (chưa đóng; vẫn tách.", ["Ngoặc lẻ (chưa đóng", "vẫn tách"]),
        ("However, land clearance is slow; spending is low.", ["land clearance is slow", "spending is low"]),
        ("một; hai;; ba;", ["một", "hai", "ba"]),
        ("a) thu hồi đất; b", ["thu hồi đất", "b"]),
        ("---", []),
        ("." * 19_000 + "a", ["a"]),
        ("(" * 9_000 + "]" * 9_000 + " a; b", ["(" * 9_000 + "]" * 9_000 + " a", "b"]),
    ],
)
def test_clauses(source: str, clauses: list[str]) -> None:
    assert of(source, UnitKind.CLAUSE) == clauses


@pytest.mark.parametrize(
    ("source", "parts"),
    [
        ("tăng 5,5% so với cùng kỳ, giảm 1.234,5 triệu", ["tăng 5,5% so với cùng kỳ", "giảm 1.234,5 triệu"]),
        ("đất đai,xây dựng , môi trường", ["đất đai", "xây dựng", "môi trường"]),
        ("Sở (đất, nước) và “rừng, biển”, đảo", ["Sở (đất, nước) và “rừng, biển”", "đảo"]),
    ],
)
def test_parts(source: str, parts: list[str]) -> None:
    assert of(source, UnitKind.PART) == parts


def test_labels_belong_to_no_unit() -> None:
    document = markdown.parse("3. Đất đai chậm; nợ.\n\nII. TỒN TẠI\n\nb) Thu thấp.\n\nĐiều 3. Hiệu lực.\n")
    for kind in (UnitKind.PARAGRAPH, UnitKind.SENTENCE, UnitKind.CLAUSE):
        assert not {"3", "II", "b", "Điều"} & {text.split()[0].rstrip(".)") for text in texts(document, kind)}


def test_table_cells_are_clauses_and_the_row_is_a_sentence() -> None:
    document = markdown.parse("| Dự án | Nợ; chậm | |\n|---|---|---|\n| Cầu, đường | 5,5% | x. y |\n")
    assert texts(document, UnitKind.CLAUSE) == ["Dự án", "Nợ; chậm", "Cầu, đường", "5,5%", "x. y"]
    assert texts(document, UnitKind.PART) == ["Dự án", "Nợ; chậm", "Cầu", "đường", "5,5%", "x. y"]
    assert len(texts(document, UnitKind.SENTENCE)) == 2


def test_words() -> None:
    assert of("Sở TN&MT thu 12.345,6 tỷ (5,5%), it's 110/128 – “xã”. नमस्ते", UnitKind.WORD) == (
        ["Sở", "TN", "MT", "thu", "12.345,6", "tỷ", "5,5", "it's", "110", "128", "xã", "नमस्ते"]
    )


def test_stepping_visits_every_unit_both_ways() -> None:
    document = markdown.parse(
        f"# Tên\n\n{SENTENCE} Hết.\n\n---\n\n***\n\n- một; hai\n\n| a | b |\n|-|-|\n| c | d |\n"
    )
    for kind in UnitKind:
        units = list(all_units(document, kind))
        forward = [units[0]]
        while (found := next_unit(document, forward[-1].start, kind)) is not None:
            forward.append(found)
        assert forward == units
        backward = [units[-1]]
        while (found := previous_unit(document, backward[-1].start, kind)) is not None:
            backward.append(found)
        assert backward[::-1] == units
        for unit in units:
            assert unit_at(document, unit.start, kind) == unit
            assert unit_at(document, unit.end - 1, kind) == unit


def test_unit_at_between_units() -> None:
    document = markdown.parse("Tuy nhiên, thu thấp; nợ cao.\n\n!!!\n\nHết")
    clauses = list(all_units(document, UnitKind.CLAUSE))
    assert unit_at(document, 0, UnitKind.CLAUSE) == clauses[0]
    assert unit_at(document, document.text.index("."), UnitKind.CLAUSE) == clauses[1]
    assert unit_at(document, document.text.index("!"), UnitKind.CLAUSE) == clauses[2]
    assert unit_at(document, len(document.text), UnitKind.CLAUSE) == clauses[2]
    only_marks = markdown.parse("Hết\n\n!!!")
    assert unit_at(only_marks, len(only_marks.text), UnitKind.WORD) == Unit(UnitKind.WORD, 0, 3)
    with pytest.raises(ValueError, match="no clause"):
        unit_at(markdown.parse("!!!"), 0, UnitKind.CLAUSE)
    with pytest.raises(ValueError, match="no word"):
        unit_at(markdown.parse(""), 0, UnitKind.WORD)
    assert next_unit(markdown.parse(""), 0, UnitKind.WORD) is None
    assert previous_unit(markdown.parse(""), 0, UnitKind.WORD) is None


FRAGMENTS = """
đất đai|Tiến độ|TP|v.v|5,5%|12.345|1.1.|I.|a)|Tuy nhiên|Bên cạnh những kết quả đạt được|(|)|“|”|"|«|»
[|]|,|;|:|.|./.|…|!|?|-|–|│| |x\u0301|👩\u200d⚕\ufe0f|नि|漢|1\ufe0f\u20e3|'|’|/|\u0301|_|½
"""
PIECES = st.sampled_from(FRAGMENTS.strip().replace("\n", "|").split("|"))
report_text = st.lists(st.tuples(PIECES, st.sampled_from(["", " ", " ", ", ", "; ", ". "])), max_size=25).map(
    lambda pairs: "".join(piece + gap for piece, gap in pairs)
)


def faults_of_units(document: Document) -> list[object]:
    """Units out of order, outside their block or the next larger unit, between graphemes, or with blanks or
    separators at their ends; and letters that are in no unit."""
    text = document.text
    faults: list[object] = []
    for number, block in enumerate(document.blocks):
        units = {kind: units_in_block(document, number, kind) for kind in UnitKind}
        for found in units.values():
            edges = [edge for unit in found for edge in (unit.start, unit.end)]
            faults += [edges] if edges != sorted(edges) else []
            faults += [u for u in found if not block.start + block.marker <= u.start < u.end <= block.end]
            faults += [edge for edge in edges if not is_boundary(text, edge)]
            faults += [u for u in found if text[u.start].isspace() or text[u.end - 1] in " ;,"]
        order = list(UnitKind)
        for inner, outer in pairwise(order[1:]):
            around = units[outer]
            faults += [
                u for u in units[inner] if not any(o.start <= u.start and u.end <= o.end for o in around)
            ]
        letters = [at for at in range(block.start + block.marker, block.end) if text[at].isalnum()]
        for kind, found in units.items():
            bare = [at for at in letters if not any(u.start <= at < u.end for u in found)]
            if kind in (UnitKind.CLAUSE, UnitKind.PART) and block.kind not in (BlockKind.ROW, BlockKind.CODE):
                leads = [m.span() for m in LEAD_IN.finditer(text[block.start : block.end])]
                bare = [at for at in bare if not any(a <= at - block.start < b for a, b in leads)]
            faults += [(kind, bare)] if bare else []
    return faults


@given(report_text)
def test_units_nest_and_cover_prose(source: str) -> None:
    assert faults_of_units(plain.parse("Tên\n\n" + source)) == []


@given(report_text, report_text)
def test_units_nest_and_cover_markdown(one: str, other: str) -> None:
    source = f"{one}\n\n- {other}\n\n| {one} | {other} |\n|---|---|\n| {other} | {one} |\n\n> {one}\n"
    assert faults_of_units(markdown.parse(source)) == []


def test_units_of_the_real_report(seed_report: Path) -> None:
    assert faults_of_units(load(seed_report).document) == []
