from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer.layout.cells import column_of, crop, graphemes, is_even, offset_of, shorten, width
from reviewer.layout.wrap import wrap

LETTERS = [*"ab ăộ  -漢字한", "e\u0301", "o\u0323\u0302", "👩\u200d💻", "\u0301"]
TEXTS = st.lists(st.sampled_from(LETTERS), max_size=60).map("".join)
ROOMS = st.integers(2, 12)


def rows(text: str, first: int, rest: int | None = None) -> list[str]:
    starts = wrap(text, first, rest)
    return [text[a:b] for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]


@pytest.mark.parametrize(
    ("text", "first", "rest", "expected"),
    [
        ("", 5, None, [""]),
        ("một hai ba", 20, None, ["một hai ba"]),
        ("một hai ba", 7, None, ["một hai ", "ba"]),
        ("một hai ba", 4, None, ["một ", "hai ", "ba"]),
        ("nghiêngngả", 4, None, ["nghi", "êngn", "gả"]),
        ("a) một hai", 6, 3, ["a) một ", "hai"]),
        ("một   hai", 4, None, ["một   ", "hai"]),
        ("漢字漢字", 5, None, ["漢字", "漢字"]),
        ("tỉnh 漢字", 7, None, ["tỉnh 漢", "字"]),
    ],
)
def test_words_stay_whole_where_they_fit(
    text: str, first: int, rest: int | None, expected: list[str]
) -> None:
    assert rows(text, first, rest) == expected


@settings(deadline=None, max_examples=150)
@given(TEXTS, ROOMS, ROOMS)
def test_rows_joined_give_the_text_and_none_is_too_wide(text: str, first: int, rest: int) -> None:
    made = rows(text, first, rest)
    assert "".join(made) == text
    for number, part in enumerate(made):
        assert width(part.rstrip(" ")) <= (rest if number else first) or not part.strip(" ")


@settings(deadline=None, max_examples=100)
@given(TEXTS, ROOMS)
def test_a_row_never_begins_inside_a_letter(text: str, room: int) -> None:
    begins = {start for start, _end, _cells in graphemes(text)} | {0}
    assert set(wrap(text, room)) <= begins


@settings(deadline=None, max_examples=100)
@given(st.text(st.sampled_from("abăộ  "), max_size=60), ROOMS, ROOMS)
def test_composed_and_decomposed_letters_wrap_alike(text: str, first: int, rest: int) -> None:
    apart = [
        unicodedata.normalize("NFC", row) for row in rows(unicodedata.normalize("NFD", text), first, rest)
    ]
    assert apart == rows(text, first, rest)


@settings(deadline=None, max_examples=100)
@given(TEXTS)
def test_offset_to_column_and_back(text: str) -> None:
    for start, _end, cells in graphemes(text):
        if cells:
            assert offset_of(text, column_of(text, start)) == start


def test_vietnamese_is_even_and_ideographs_are_not() -> None:
    assert is_even("Ủy ban nhân dân tỉnh – “quý I”…")
    assert not is_even("漢字")
    assert not is_even("ộ".replace("ộ", "o\u0323\u0302"))


def test_what_is_too_long_is_cropped_between_letters() -> None:
    assert crop("漢字", 3) == "漢"
    assert shorten("Giải phóng mặt bằng", 11) == "Giải phóng…"
    assert shorten("Giải", 4) == "Giải"
    assert shorten("Giải", 0) == ""
