from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.passage import snap
from reports.plain import parse
from reports.units import UnitKind
from reviewer.widgets.text_cursor import (
    TextCursor,
    advance,
    around,
    between,
    cursor_at,
    resize,
    select,
    step,
    step_letter,
)

TEXT = (
    "I. Kết quả\n"
    "Thu ngân sách đạt 1.250 tỷ đồng; giải ngân chậm, chưa đạt kế hoạch; hồ sơ trễ hạn còn nhiều.\n"
    "Tình hình ổn định. Ô nhiễm môi trường còn xảy ra."
)
DOCUMENT = parse(TEXT)
CLAUSE, WORD, PART, SENTENCE, PARAGRAPH = (
    UnitKind.CLAUSE,
    UnitKind.WORD,
    UnitKind.PART,
    UnitKind.SENTENCE,
    UnitKind.PARAGRAPH,
)


def said(cursor: TextCursor) -> str:
    return DOCUMENT.text[cursor.start : cursor.end]


def at(words: str, grain: UnitKind = CLAUSE) -> TextCursor:
    return cursor_at(DOCUMENT, DOCUMENT.text.index(words), grain)


def test_clause_by_clause_and_back() -> None:
    cursor = at("Thu ngân sách")
    seen = []
    for _ in range(3):
        seen.append(said(cursor))
        cursor = step(DOCUMENT, cursor, CLAUSE, True)
    assert seen == [
        "Thu ngân sách đạt 1.250 tỷ đồng",
        "giải ngân chậm, chưa đạt kế hoạch",
        "hồ sơ trễ hạn còn nhiều",
    ]
    assert said(step(DOCUMENT, cursor, CLAUSE, False)) == "hồ sơ trễ hạn còn nhiều"


def test_from_a_sentence_on_to_its_first_clause() -> None:
    sentence = step(DOCUMENT, at("Kết quả"), SENTENCE, True)
    assert said(sentence).startswith("Thu ngân sách")
    assert said(step(DOCUMENT, sentence, CLAUSE, True)) == "Thu ngân sách đạt 1.250 tỷ đồng"


def test_the_last_unit_is_the_last() -> None:
    last = at("Ô nhiễm")
    assert step(DOCUMENT, last, CLAUSE, True) == last


def test_smaller_and_larger_always_show_something_new() -> None:
    cursor = at("giải ngân")
    part = resize(DOCUMENT, cursor, larger=False)
    assert (said(part), part.grain) == ("giải ngân chậm", PART)
    word = resize(DOCUMENT, part, larger=False)
    assert (said(word), word.grain) == ("giải", WORD)
    assert said(resize(DOCUMENT, word, larger=True)) == "giải ngân chậm"
    sentence = resize(DOCUMENT, cursor, larger=True)
    assert said(sentence).endswith("còn nhiều")
    short = at("Tình hình")
    assert said(resize(DOCUMENT, short, larger=True)).endswith("còn xảy ra")


def test_small_units_are_gone_through_within_their_clause_and_clauses_beyond() -> None:
    part = resize(DOCUMENT, at("giải ngân"), larger=False)
    second = advance(DOCUMENT, part, True)
    assert (said(second), second.grain) == ("chưa đạt kế hoạch", PART)
    beyond = advance(DOCUMENT, second, True)
    assert (said(beyond), beyond.grain) == ("hồ sơ trễ hạn còn nhiều", CLAUSE)
    before = advance(DOCUMENT, part, False)
    assert (said(before), before.grain) == ("Thu ngân sách đạt 1.250 tỷ đồng", CLAUSE)


def test_smaller_after_larger_is_what_was_selected_before() -> None:
    start = DOCUMENT.text.index("kế hoạch")
    words = TextCursor(start, start + 8)
    clause = resize(DOCUMENT, words, larger=True)
    assert said(clause) == "giải ngân chậm, chưa đạt kế hoạch"
    sentence = resize(DOCUMENT, clause, larger=True)
    back = resize(DOCUMENT, resize(DOCUMENT, sentence, larger=False), larger=False)
    assert back == words
    assert said(advance(DOCUMENT, back, True)) == "hồ sơ trễ hạn còn nhiều"


@pytest.mark.parametrize("found", ["kế hoạch", "giải ngân chậm, chưa đạt kế hoạch", "nhiều.\nTình"])
def test_the_clause_around_words_holds_them_and_smaller_is_the_words(found: str) -> None:
    start = DOCUMENT.text.index(found)
    cursor = around(DOCUMENT, start, start + len(found), PART)
    assert found in said(cursor)
    assert cursor.grain == CLAUSE
    if said(cursor) != found:
        assert said(resize(DOCUMENT, cursor, larger=False)) == found


@pytest.mark.parametrize(
    ("moves", "expected"),
    [
        ("j", "giải ngân chậm, chưa đạt kế hoạch; hồ sơ trễ hạn còn nhiều"),
        ("w", "giải ngân chậm, chưa đạt kế hoạch; hồ"),
        ("b", "giải ngân chậm, chưa đạt kế"),
        ("l", "giải ngân chậm, chưa đạt kế hoạch;"),
        ("h", "giải ngân chậm, chưa đạt kế hoạc"),
        ("ob", "đồng; giải ngân chậm, chưa đạt kế hoạch"),
        ("ow", "ngân chậm, chưa đạt kế hoạch"),
        ("jk", "giải ngân chậm, chưa đạt kế hoạch"),
        ("k", "Thu ngân sách đạt 1.250 tỷ đồng; giải ngân chậm, chưa đạt kế hoạch"),
        ("kj", "giải ngân chậm, chưa đạt kế hoạch"),
    ],
)
def test_selecting_moves_one_end(moves: str, expected: str) -> None:
    cursor = select(DOCUMENT, at("giải ngân"))
    for move in moves:
        if move == "o":
            cursor = cursor.swapped()
        elif move in "hl":
            cursor = step_letter(DOCUMENT, cursor, move == "l")
        else:
            cursor = step(DOCUMENT, cursor, CLAUSE if move in "jk" else WORD, move in "jw")
    assert said(cursor) == expected
    assert cursor.selecting


def test_letters_cross_lines_without_a_dead_key() -> None:
    end = DOCUMENT.text.index("quả") + 3
    cursor = TextCursor(end - 3, end, selecting=True)
    assert said(step_letter(DOCUMENT, cursor, True)) == "quả\nT"


@settings(deadline=None, max_examples=60)
@given(st.integers(0, len(TEXT)), st.text("jkwbhloJK+-", max_size=12))
def test_a_selection_is_never_empty_and_never_splits_a_letter(offset: int, keys: str) -> None:
    cursor = select(DOCUMENT, cursor_at(DOCUMENT, offset))
    for key in keys:
        if key == "o":
            cursor = cursor.swapped()
        elif key in "hl":
            cursor = step_letter(DOCUMENT, cursor, key == "l")
        elif key in "+-":
            cursor = resize(DOCUMENT, cursor, key == "+")
        else:
            kind = SENTENCE if key in "JK" else CLAUSE if key in "jk" else WORD
            cursor = step(DOCUMENT, cursor, kind, key in "jJw")
        assert cursor.start < cursor.end
        assert snap(DOCUMENT.text, cursor.start, cursor.end) == (cursor.start, cursor.end)


def test_a_drag_takes_both_letters_it_touches_in_either_direction() -> None:
    start = DOCUMENT.text.index("giải")
    assert said(between(DOCUMENT, start, start + 3, CLAUSE)) == "giải"
    assert said(between(DOCUMENT, start + 3, start, CLAUSE)) == "giải"
