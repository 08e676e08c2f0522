"""Folding, keys, initials and the order of the alphabet."""

from __future__ import annotations

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.clean import visible
from reports.vietnamese import fold, initials, search_key, sort_key, spelling, unaccented


@given(st.text(st.characters()))
def test_folding_clean_text_keeps_offsets(text: str) -> None:
    clean = visible(text)
    folded = fold(clean)
    assert len(folded) == len(clean)
    assert fold(folded) == folded
    assert unicodedata.normalize("NFC", fold(visible(clean.upper()))) is not None


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Giải phóng MẶT BẰNG", "giai phong mat bang"),
        ("Đất đai ƯỜNG", "dat dai uong"),
        ("İSTANBUL ß ﬁ", "istanbul ß ﬁ"),
        ("한글 漢字", "한글 漢字"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sở TN&MT", "so tn mt"),
        ("Uỷ ban", "Ủy ban"),
        ("Hoà Bình", "hòa bình"),
        ("UBND T.P. Tân-Lam", "ubnd t p tan lam"),
        ("  Sở   Y tế. ", "SỞ Y TẾ"),
        ("Sở\nY tế", "sở y tế"),
    ],
)
def test_search_keys_agree(one: str, other: str) -> None:
    assert search_key(one) == search_key(other)


def test_search_key_of_decomposed_text() -> None:
    assert search_key(unicodedata.normalize("NFD", "Đất đai Ữ")) == "dat dai u"
    assert search_key("x\u0307\u0301") == "x"


@pytest.mark.parametrize(
    ("text", "letters"),
    [("giải phóng mặt bằng", "gpmb"), ("Đầu tư công", "dtc"), ("Sở TN&MT", "stm"), ("", "")],
)
def test_initials(text: str, letters: str) -> None:
    assert initials(text) == letters


def test_tone_place_is_no_difference_but_tone_is() -> None:
    assert spelling("hoà uỷ thuỷ") == spelling("hòa ủy thủy")
    assert len({spelling(word) for word in ("hoa", "hòa", "hỏa", "hóa", "hoạ")}) == 5
    assert spelling("quý") != spelling("quỳ")
    assert spelling("ma") != spelling("mă")


def test_unaccented() -> None:
    assert unaccented("Dat dai 5,5%")
    assert not unaccented("đất")
    assert not unaccented("dất")


def test_names_sort_as_the_alphabet_does() -> None:
    wanted = """An|Ân|Ba|Bà|Bả|Bã|Bá|Bạ|Ca|Da|Đa|Đà|Đá|Em|Êm|Hoa|Hòa|Hoa Lư|Hồ|Lan|Lăng|Lâm
|Nga|Ngà|Ngân|O|Ô|Ơ|Tân|Tha|Thà|Ưng""".replace("\n", "")
    names = wanted.split("|")
    shuffled = names[:]
    random.Random(7).shuffle(shuffled)
    assert sorted(shuffled, key=sort_key) == names


def test_letters_come_before_tones_and_tones_before_case() -> None:
    assert sorted(["má b", "ma c", "mà a"], key=sort_key) == ["mà a", "má b", "ma c"]
    assert sorted(["Hà", "hà"], key=sort_key) == ["hà", "Hà"]
