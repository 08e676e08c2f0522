"""A filter as people say it."""

from __future__ import annotations

import pytest

from annotations.filter_wording import filter_words
from annotations.filters import parse_filter
from annotations.models import Language
from annotations.store import Store


@pytest.mark.parametrize(
    ("text", "language", "said"),
    [
        ("", "vi", ""),
        (
            "agency:so-tnmt status:open",
            "vi",
            "Cơ quan: Sở Tài nguyên và Môi trường · trạng thái: chưa xử lý",
        ),
        ("overdue !status:open,resolved", "vi", "Quá hạn · trừ trạng thái: chưa xử lý hoặc đã xử lý"),
        ("due:before:2023-06-30", "vi", "Thời hạn: trước 30/06/2023"),
        ("due:none period:2023-Q1 since:2023", "vi", "Thời hạn: không có · kỳ: Q1/2023 · từ ngày: 2023"),
        ("agency:khong-con giai", "vi", "Cơ quan: khong-con · có chữ: “giai”"),
        ("agency:so-tnmt:lead severity:high", "en", "Agency lead: so-tnmt · severity: high"),
        ('as:written "mặt bằng"', "en", "Agencies as: written · with the words: “mặt bằng”"),
    ],
)
def test_what_a_filter_says(store: Store, text: str, language: Language, said: str) -> None:
    wanted = parse_filter(text)
    found = filter_words(wanted, language, store.tags(), store.agencies())
    english = next(agency.label("en") for agency in store.agencies() if agency.slug == "so-tnmt")
    assert found == (said.replace("so-tnmt", english) if language == "en" else said)
