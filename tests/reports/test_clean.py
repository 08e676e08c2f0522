"""Nothing that comes in can act on a terminal, hide, or compare unequal to what looks the same."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import split_graphemes

from reports.clean import MAX_MARKS, one_line, visible
from reports.graphemes import next_boundary


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Tie\u0302\u0301n \u0111o\u0323\u0302", "Tiến độ"),
        ("\u00d0\u1ea5t \u00f0ai", "Đất đai"),
        ("a\r\nb\rc\x0bd\x0ce\u2028f\u2029g\x85h", "a\nb\nc\nd\ne\nf\ng\nh"),
        ("a\tb\u00a0c\u202fd\u3000e", "a b c d e"),
        ("đầu\u00ad tư\u200b công\ufeff", "đầu tư công"),
        ("A\x1b[2JB\x07\x00\x7f", "A␛[2JB␇␀␡"),
        ("A\x9d0;X\x9cB", "A\ufffd0;X\ufffdB"),
        ("a\u202egpj.exe", "a<U+202E>gpj.exe"),
        ("a\u200e\u061cb", "a<U+200E><U+061C>b"),
        ("ok\U000e0041\U000e007f", "ok<U+E0041><U+E007F>"),
        ("x\u3164y", "x<U+3164>y"),
        ("A\ud800B\uffff\U0010ffff", "A\ufffdB\ufffd\ufffd"),
        ("👩\u200d⚕\ufe0f a\u200db", "👩\u200d⚕\ufe0f ab"),
        ("\uf0b7 mục", "• mục"),
        ("漢字 한글 ελ кир ỹ", "漢字 한글 ελ кир ỹ"),
        ("e\ufe0f\U000e0100x", "e\ufe0fx"),
    ],
)
def test_text_is_made_visible(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_marks_are_capped() -> None:
    assert visible("Z" + "\u0301" * 10_000 + "a\u0301") == "Ź" + "\u0301" * MAX_MARKS + "á"


def test_one_line_squeezes() -> None:
    assert one_line("  Báo \r\n\t cáo\u00a0 quý  ") == "Báo cáo quý"


@given(st.text(st.characters()))
def test_visible_is_safe_normal_and_settled(text: str) -> None:
    shown = visible(text)
    assert visible(shown) == shown
    assert unicodedata.is_normalized("NFC", shown)
    allowed = {"\n"}
    assert not [c for c in shown if unicodedata.category(c) in ("Cc", "Cs") and c not in allowed]
    assert not [c for c in shown if unicodedata.category(c) == "Cf" and c != "\u200d"]
    assert shown.encode("utf-8").decode("utf-8") == shown


@given(st.text(st.sampled_from("aeđĐ \u0301\u0323\u0302\u200d👩\U0001f3fd\ufe0f\u202e\t\r\nẾ"), max_size=40))
def test_composed_and_decomposed_spellings_are_one(text: str) -> None:
    assert visible(unicodedata.normalize("NFD", text)) == visible(unicodedata.normalize("NFC", text))


def test_hostile_texts_keep_no_control_character(payloads: list[dict[str, Any]]) -> None:
    for payload in payloads:
        shown = visible(payload["text"])
        assert not [c for c in shown if unicodedata.category(c) == "Cc" and c != "\n"], payload["id"]
        sent = shown.encode("utf-8").hex()
        assert not [bad for bad in payload.get("must_not_reach_tty", ()) if bad in sent], payload["id"]


def test_graphemes_of_clean_text_are_short() -> None:
    text = visible("Z" + "\u0301" * 500 + "👩" + "\u0300" * 500)
    assert next_boundary(text, 0) <= MAX_MARKS + 1
    assert max(end - start for start, end, _ in split_graphemes(text)[0]) <= MAX_MARKS + 1
