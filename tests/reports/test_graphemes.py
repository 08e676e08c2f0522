"""Boundaries never fall inside what a person sees as one character."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import split_graphemes

from reports.clean import visible
from reports.graphemes import is_boundary, next_boundary, previous_boundary, snap

ALPHABET = "aế1 .\n\u0301\u0323đĐ漢👩👨\u200d\ufe0f\U0001f3fd⚕❤🇻🇳한ᄒ\u1161\u11abท\u0e33नम\u0938\u094dﾊ\uff9e"
mixed = st.text(st.sampled_from(ALPHABET), max_size=30).map(visible)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("x\u0301y", ["x\u0301", "y"]),
        ("👩\u200d⚕\ufe0fa", ["👩\u200d⚕\ufe0f", "a"]),
        ("👩🏽b", ["👩🏽", "b"]),
        ("🇻🇳🇱🇦🇰", ["🇻🇳", "🇱🇦", "🇰"]),
        ("\u1112\u1161\u11ab가", ["\u1112\u1161\u11ab", "가"]),
        ("1\ufe0f\u20e3.", ["1\ufe0f\u20e3", "."]),
        ("ữ\n\u0301", ["ữ", "\n", "\u0301"]),
        ("नि", ["नि"]),
    ],
)
def test_pieces(text: str, pieces: list[str]) -> None:
    found = []
    at = 0
    while at < len(text):
        end = next_boundary(text, at)
        found.append(text[at:end])
        at = end
    assert found == pieces


@given(mixed.map(lambda text: text.replace("\n", "")))
def test_no_boundary_falls_inside_a_cluster_of_the_terminal_library(text: str) -> None:
    theirs = {start for start, _, _ in split_graphemes(text)[0]} | {0, len(text)}
    assert {at for at in range(len(text) + 1) if is_boundary(text, at)} <= theirs


@given(mixed, st.integers(-2, 35), st.integers(-2, 35))
def test_steps_and_snaps_end_on_boundaries(text: str, start: int, end: int) -> None:
    first, last = snap(text, start, end)
    assert 0 <= first <= last <= len(text)
    assert is_boundary(text, first)
    assert is_boundary(text, last)
    assert first <= min(max(start, 0), len(text))
    assert snap(text, first, last) == (first, last)
    if 0 <= start < len(text):
        after = next_boundary(text, start)
        assert start < after <= len(text)
        assert previous_boundary(text, after) <= start


def test_ends_of_the_text() -> None:
    assert next_boundary("ab", 2) == 2
    assert previous_boundary("ab", 0) == 0
    assert next_boundary("", 0) == 0
    assert snap("", 0, 5) == (0, 0)
