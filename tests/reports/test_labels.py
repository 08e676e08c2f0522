"""Typed labels are told from numbers, dates and names."""

from __future__ import annotations

import pytest

from reports.labels import LabelKind, marker_length, read_label


@pytest.mark.parametrize(
    ("text", "kind", "label"),
    [
        ("I. TÌNH HÌNH CHUNG", LabelKind.ROMAN, "I. "),
        ("XIV. Kiến nghị", LabelKind.ROMAN, "XIV. "),
        ("II/ Trách nhiệm", LabelKind.ROMAN, "II/ "),
        ("III- Tồn tại", LabelKind.ROMAN, "III- "),
        ("A. PHẦN CHUNG", LabelKind.UPPER, "A. "),
        ("1. Tình hình", LabelKind.NUMBER, "1. "),
        ("12) Tình hình", LabelKind.NUMBER, "12) "),
        ("1- Tổ chức", LabelKind.NUMBER, "1- "),
        ("5.Tình hình", LabelKind.NUMBER, "5."),
        ("1.1. Huyện Ứng Hòa", LabelKind.DECIMAL, "1.1. "),
        ("2.3.1. Đất đai", LabelKind.DECIMAL, "2.3.1. "),
        ("1.2 Đất đai", LabelKind.DECIMAL, "1.2 "),
        ("a) Ban hành", LabelKind.LETTER, "a) "),
        ("đ) báo cáo", LabelKind.LETTER, "đ) "),
        ("(1) thu hồi", LabelKind.PARENTHESIS, "(1) "),
        ("(iv) thu hồi", LabelKind.PARENTHESIS, "(iv) "),
        ("Điều 3. Thuế suất", LabelKind.ARTICLE, "Điều 3. "),
        ("ĐIỀU 12: Hiệu lực", LabelKind.ARTICLE, "ĐIỀU 12: "),
        ("Chương II. QUY ĐỊNH", LabelKind.CHAPTER, "Chương II. "),
        ("CHƯƠNG II QUY ĐỊNH", LabelKind.CHAPTER, "CHƯƠNG II "),
        ("PHẦN THỨ NHẤT. KHÁI QUÁT", LabelKind.PART, "PHẦN THỨ NHẤT. "),
        ("Mục 2. Trình tự", LabelKind.SECTION, "Mục 2. "),
    ],
)
def test_labels(text: str, kind: LabelKind, label: str) -> None:
    found = read_label(text)
    assert found is not None
    assert (found.kind, text[: found.length]) == (kind, label)
    assert marker_length(text) == len(label)


@pytest.mark.parametrize(
    "text",
    [
        "12.345 hộ dân",
        "5,5% so với cùng kỳ",
        "1.1 triệu đồng",
        "2023. Trong năm",
        "24/QĐ-UBND ngày 5/4",
        "05/4/2023",
        "Vì vậy, đề nghị",
        "Điều 3 Luật Đất đai quy định",
        "Công tác",
        "186 nghìn tỷ",
        "đạt 5.5. Trong",
        "",
        "I",
        "- gạch",
    ],
)
def test_what_is_no_label(text: str) -> None:
    assert marker_length(text) == 0


@pytest.mark.parametrize("text", ["Chương II", "Phần thứ nhất", "1.", "a)"])
def test_a_label_with_nothing_behind_is_the_text_itself(text: str) -> None:
    assert marker_length(text) == 0
