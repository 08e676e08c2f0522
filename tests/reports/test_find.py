"""Matches have exact offsets, whatever the accents."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.find import Match, find
from reports.vietnamese import fold, spelling

TEXT = "Đất đai ở Hoà Vang.\nDat dai hoa vang, ĐẤT ĐAI\ngiải phóng\nmặt  bằng; giải phóng mặt bằng"


def found(query: str, text: str = TEXT) -> list[tuple[str, bool]]:
    return [(text[m.start : m.end], m.exact) for m in find(text, query)]


@pytest.mark.parametrize(
    ("query", "matches"),
    [
        ("dat dai", [("Đất đai", False), ("Dat dai", True), ("ĐẤT ĐAI", False)]),
        ("đất đai", [("Đất đai", True), ("ĐẤT ĐAI", True)]),
        ("hòa vang", [("Hoà Vang", True)]),
        ("hoa vang", [("Hoà Vang", False), ("hoa vang", True)]),
        ("giai phong mat bang", [("giải phóng\nmặt  bằng", False), ("giải phóng mặt bằng", False)]),
        ("giải  phóng\tmặt bằng", [("giải phóng\nmặt  bằng", True), ("giải phóng mặt bằng", True)]),
        ("Gia\u0309i", [("giải", True), ("giải", True)]),
        ("giả", [("giả", True), ("giả", True)]),
        ("đat", []),
        ("không có", []),
        ("  ", []),
        ("", []),
        (".", [(".", True)]),
    ],
)
def test_find(query: str, matches: list[tuple[str, bool]]) -> None:
    assert found(query) == matches


def test_limit_and_reused_folding() -> None:
    assert find(TEXT, "dat", limit=2) == find(TEXT, "dat", fold(TEXT))[:2]
    assert [m.start for m in find(TEXT, "vang", fold(TEXT))] == [14, 32]
    assert find("aaaa", "aa") == [Match(0, 2, True), Match(2, 4, True)]


words = st.lists(
    st.sampled_from(["đất", "dat", "Đạt", "hoà", "hòa", "tỷ.", "a*b", "(x", "漢"]), min_size=1, max_size=9
)


@given(words, st.data())
def test_what_is_cut_out_is_found_where_it_was(pieces: list[str], data: st.DataObject) -> None:
    text = " ".join(pieces)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    query = text[start:end].strip()
    if not query:
        return
    matches = find(text, query)
    assert any(match.start < end and match.end > start for match in matches)
    assert [m.start for m in matches] == sorted({m.start for m in matches})
    for match in matches:
        assert fold(text[match.start : match.end]) == fold(query)
        assert match.exact == (spelling(text[match.start : match.end]) == spelling(query))
    blind = find(text, fold(query))
    assert {m.start for m in matches} <= {m.start for m in blind} | {m.start for m in matches if m.exact}
    assert len(blind) == len(re.findall(re.escape(fold(query)), fold(text)))
