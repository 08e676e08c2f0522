"""Slips of the hand and leftovers of typing methods are seen through."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.typos import allowed, distance, letters, untyped

WORDS = st.text("abcd", max_size=7)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("giari", "giai"),
        ("phongs", "phong"),
        ("mawtj", "mat"),
        ("dduwowngf", "duong"),
        ("ddaats", "dat"),
        ("gia3i", "giai"),
        ("fo", "pho"),
        ("so", "so"),
        ("tran", "tran"),
        ("xa", "xa"),
        ("", ""),
    ],
)
def test_what_typing_methods_leave_behind(typed: str, meant: str) -> None:
    assert untyped(typed) == meant


@pytest.mark.parametrize(
    ("typed", "word", "slips"),
    [
        ("phong", "phong", 0),
        ("phogn", "phong", 1),
        ("phng", "phong", 1),
        ("phoong", "phong", 1),
        ("phang", "phong", 1),
        ("phagn", "phong", 2),
        ("xyzab", "phong", 3),
        ("", "ab", 2),
    ],
)
def test_distance(typed: str, word: str, slips: int) -> None:
    assert distance(typed, word, 2) == slips


def test_the_beginning_of_a_word_is_enough_while_typing() -> None:
    assert distance("ngyu", "nguyen", 1) == 2
    assert distance("ngyu", "nguyen", 1, beginning=True) == 1
    assert distance("nguye", "nguyen", 1, beginning=True) == 0


def naive(a: str, b: str) -> int:
    table = [[i + j if not i * j else 0 for j in range(len(b) + 1)] for i in range(len(a) + 1)]
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            best = min(table[i - 1][j], table[i][j - 1], table[i - 1][j - 1] - (a[i - 1] == b[j - 1])) + 1
            if i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:
                best = min(best, table[i - 2][j - 2] + 1)
            table[i][j] = best
    return table[len(a)][len(b)]


@settings(max_examples=300, deadline=None)
@given(WORDS, WORDS, st.integers(0, 3))
def test_distance_is_that_of_the_whole_table_up_to_the_limit(a: str, b: str, limit: int) -> None:
    assert distance(a, b, limit) == min(naive(a, b), limit + 1)
    best = min(naive(a, b[:end]) for end in range(len(b) + 1))
    assert distance(a, b, limit, beginning=True) == min(best, limit + 1)


@settings(max_examples=200, deadline=None)
@given(WORDS, WORDS)
def test_sets_of_letters_never_rule_out_a_word_that_is_near(a: str, b: str) -> None:
    assert (letters(a) & ~letters(b)).bit_count() <= max(naive(a, b), 0)


def test_short_words_must_be_right() -> None:
    assert [allowed(word) for word in ("so", "dat", "nguyen", "nguyenxx")] == [0, 1, 1, 2]
