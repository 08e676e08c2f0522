"""Plain text: paragraphs that are lines, wrapped lines joined, typed labels and capitals as headings."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports import plain
from reports.document import BlockKind, Document
from reports.load import load


def shape(document: Document) -> list[tuple[str, int, str]]:
    return [
        (
            block.kind.label,
            block.level,
            ("• " if block.bullet else "") + document.text[block.start : block.end],
        )
        for block in document.blocks
    ]


def test_the_real_report_reads_as_paragraphs(seed_report: Path) -> None:
    document = load(seed_report).document
    kinds = [block.kind for block in document.blocks]
    assert kinds == [BlockKind.HEADING] + [BlockKind.PARAGRAPH] * 5
    assert document.title == "Giao ban các cơ quan khối Đảng, các Đảng bộ trực thuộc Tỉnh ủy"
    assert [block.source_line for block in document.blocks] == [1, 2, 4, 6, 8, 10]


def test_headings_labels_and_bullets() -> None:
    source = """Kết quả quý I

PHẦN THỨ NHẤT
TÌNH HÌNH CHUNG
I. KẾT QUẢ ĐẠT ĐƯỢC
1. Về kinh tế
Thu ngân sách đạt 5,5%.
1.1. Công nghiệp
- Sản xuất tăng;
+ Điện giảm;
• Dệt tăng.
2. Về xã hội:
a) Giảm nghèo chậm;
b) Thiếu thuốc.
II. Tồn tại, hạn chế.
Điều 3. Hiệu lực
Có hiệu lực từ ngày ký.
-----
1. Một
2. Hai
3. Ba"""
    assert shape(plain.parse(source)) == [
        ("heading", 1, "Kết quả quý I"),
        ("heading", 2, "PHẦN THỨ NHẤT"),
        ("heading", 2, "TÌNH HÌNH CHUNG"),
        ("heading", 2, "I. KẾT QUẢ ĐẠT ĐƯỢC"),
        ("heading", 3, "1. Về kinh tế"),
        ("paragraph", 0, "Thu ngân sách đạt 5,5%."),
        ("heading", 4, "1.1. Công nghiệp"),
        ("list-item", 1, "• Sản xuất tăng;"),
        ("list-item", 2, "• Điện giảm;"),
        ("list-item", 1, "• Dệt tăng."),
        ("heading", 3, "2. Về xã hội:"),
        ("paragraph", 0, "a) Giảm nghèo chậm;"),
        ("paragraph", 0, "b) Thiếu thuốc."),
        ("heading", 2, "II. Tồn tại, hạn chế."),
        ("heading", 3, "Điều 3. Hiệu lực"),
        ("paragraph", 0, "Có hiệu lực từ ngày ký."),
        ("paragraph", 0, "1. Một"),
        ("paragraph", 0, "2. Hai"),
        ("paragraph", 0, "3. Ba"),
    ]


PARAGRAPHS = [
    "Trong quý I năm 2023, các cơ quan khối Đảng tỉnh đã tích cực, chủ động triển khai thực hiện tốt nhiệm "
    "vụ chính trị đề ra; công tác tổ chức xây dựng Đảng được quan tâm chú trọng, tăng 5,5% so với cùng kỳ.",
    "Tuy nhiên, tiến độ giải phóng mặt bằng còn chậm.",
    "1. Sở Xây dựng chậm xử lý các công trình xây dựng trái phép trên đất nông nghiệp tại nhiều xã.",
    "a) Nhà thầu thi công chậm, vi phạm hợp đồng, chưa bị xử lý dứt điểm theo quy định của pháp luật.",
    "Kết luận hội nghị, đồng chí Bí thư Tỉnh ủy đề nghị tiếp tục triển khai quyết liệt các nhiệm vụ.",
]


@pytest.mark.parametrize("width", [60, 72, 78, 100])
@pytest.mark.parametrize("gap", ["\n\n", "\n"])
def test_wrapped_lines_are_joined(width: int, gap: str) -> None:
    source = "Báo cáo nhanh\n\n" + gap.join(textwrap.fill(text, width) for text in PARAGRAPHS)
    document = plain.parse(source)
    assert document.text.split("\n")[1:] == PARAGRAPHS


def test_unwrapped_lines_are_not_joined() -> None:
    document = plain.parse("Báo cáo nhanh\n" + "\n".join(PARAGRAPHS))
    assert document.text.split("\n")[1:] == PARAGRAPHS
    short = plain.parse("Danh sách\nxã Một\nxã Hai\nxã Ba có nợ")
    assert short.text.split("\n") == ["Danh sách", "xã Một", "xã Hai", "xã Ba có nợ"]


def test_a_wrapped_title_is_one_heading() -> None:
    title = "Báo cáo về tình hình sản xuất kinh doanh ngành công nghiệp tháng 02 và 2 tháng đầu năm 2007"
    lines = textwrap.wrap(title, 50)
    document = plain.parse("\n".join(lines) + "\n\nMột câu.")
    assert document.title == title
    assert len(document.blocks) == 2


def test_a_letterhead_keeps_its_place_above_the_title() -> None:
    source = """ỦY BAN NHÂN DÂN TỈNH LAM GIANG
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

BÁO CÁO
Tình hình quý I năm 2023

Thu thấp."""
    document = plain.parse(source)
    assert document.title == "BÁO CÁO Tình hình quý I năm 2023"
    assert document.text.split("\n")[0] == "ỦY BAN NHÂN DÂN TỈNH LAM GIANG"
    assert ("heading", 1, "BÁO CÁO Tình hình quý I năm 2023") in shape(document)


def test_a_first_line_that_is_prose_is_no_title() -> None:
    document = plain.parse("Đây là một câu.\nHai.")
    assert [block.kind for block in document.blocks] == [BlockKind.PARAGRAPH] * 2
    assert document.title == "Đây là một câu."


def test_a_very_long_line_becomes_blocks() -> None:
    document = plain.parse("x" * 50_000)
    assert [block.end - block.start for block in document.blocks] == [20_000, 20_000, 10_000]


def test_hostile_texts_are_shown_whole(payloads: list[dict[str, Any]]) -> None:
    for payload in payloads:
        document = plain.parse(payload["text"])
        assert document.text or not payload["text"].strip()
    assert "[/]" in plain.parse("Tên\n\n[/]\n\n[red]x[/red]").text


@given(st.lists(st.text(st.sampled_from("aẾế 1.,;-+I)\u0301x"), max_size=90), max_size=12))
def test_no_letter_is_lost(lines: list[str]) -> None:
    source = "\n".join(lines)
    document = plain.parse(source)
    assert sorted(filter(str.isalnum, document.text)) == sorted(
        filter(str.isalnum, plain.visible(source).replace("\u0301", ""))
    )
    at = 0
    for block in document.blocks:
        assert block.start == at
        at = block.end + 1
