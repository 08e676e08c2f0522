"""Passages stay on what they quoted, or say that they cannot."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports import markdown
from reports.document import Document
from reports.graphemes import is_boundary
from reports.passage import CONTEXT, Passage, State, make_passage, resolve

SOURCE = """# Báo cáo quý I

## II. Tồn tại

Tiến độ chậm; nợ cao.

Đất đai: tiến độ chậm; vi phạm còn nhiều. 👩‍⚕️ và e\u0323\u0301 x.

| Dự án | Tiến độ |
|---|---|
| Cầu | tiến độ chậm |
"""


@pytest.fixture(scope="module")
def document() -> Document:
    return markdown.parse(SOURCE)


def of(document: Document, words: str) -> Passage:
    start = document.text.index(words)
    return make_passage(document, start, start + len(words))


def test_a_passage_says_where_it_stands(document: Document) -> None:
    passage = of(document, "vi phạm còn nhiều")
    assert passage.exact == "vi phạm còn nhiều"
    assert document.text[passage.start : passage.end] == passage.exact
    assert passage.prefix.endswith("tiến độ chậm; ")
    assert passage.suffix.startswith(". 👩")
    assert passage.section == "Báo cáo quý I › II. Tồn tại"
    assert passage.paragraph == 2


def test_a_selection_is_trimmed_and_widened(document: Document) -> None:
    start = document.text.index("👩")
    assert make_passage(document, start + 1, start + 2).exact == "👩\u200d⚕\ufe0f"
    at = document.text.index("nợ cao")
    assert make_passage(document, at - 1, at + 7 + 1).exact == "nợ cao."
    with pytest.raises(ValueError, match="visible character"):
        make_passage(document, at - 1, at)
    with pytest.raises(ValueError, match="visible character"):
        make_passage(document, at, at)
    with pytest.raises(ValueError, match="visible character"):
        make_passage(markdown.parse(""), 0, 5)


@given(st.integers(0, 170), st.integers(0, 60))
def test_any_selection_makes_a_passage_that_resolves(start: int, length: int) -> None:
    document = markdown.parse(SOURCE)
    text = document.text
    if not text[start : start + length].strip():
        return
    passage = make_passage(document, start, start + length)
    assert text[passage.start : passage.end] == passage.exact
    assert passage.exact.strip() == passage.exact != ""
    assert is_boundary(text, passage.start)
    assert is_boundary(text, passage.end)
    assert len(passage.prefix) <= CONTEXT
    assert len(passage.suffix) <= CONTEXT
    assert text[: passage.start].endswith(passage.prefix)
    assert text[passage.end :].startswith(passage.suffix)
    assert is_boundary(text, passage.start - len(passage.prefix))
    assert is_boundary(text, passage.end + len(passage.suffix))
    found = resolve(document, passage)
    assert (found.state, found.start, found.end) == (State.EXACT, passage.start, passage.end)


def test_a_passage_moves_with_its_words(document: Document) -> None:
    passage = of(document, "vi phạm còn nhiều")
    longer = markdown.parse(SOURCE.replace("## II", "Mở đầu dài hơn trước.\n\n## II"))
    found = resolve(longer, passage)
    assert found.state is State.MOVED
    assert longer.text[found.start : found.end] == passage.exact


def test_context_tells_equal_words_apart(document: Document) -> None:
    start = document.text.index("tiến độ chậm; vi phạm")
    passage = make_passage(document, start, start + len("tiến độ chậm"))
    longer = markdown.parse(SOURCE.replace("## II", "Mở đầu: tiến độ chậm hẳn.\n\n## II"))
    found = resolve(longer, passage)
    assert found.state is State.MOVED
    assert found.start == longer.text.index("tiến độ chậm; vi phạm")
    assert len(found.candidates) == 3
    assert found.candidates[0] == (found.start, found.end)


def test_words_without_context_stay_open(document: Document) -> None:
    passage = Passage(0, 4, "chậm", "", "", "", 1)
    found = resolve(document, passage)
    assert (found.state, found.start, found.end) == (State.AMBIGUOUS, None, None)
    assert [document.text[a:b] for a, b in found.candidates] == ["chậm"] * 3


def test_words_that_went_leave_what_is_like_them(document: Document) -> None:
    gone = resolve(document, Passage(0, 9, "khiếu nại", "", "", "", 1))
    assert (gone.state, gone.start, gone.candidates) == (State.GONE, None, ())
    reworded = resolve(document, Passage(0, 3, "NỢ   CAO", "", "", "", 1))
    assert reworded.state is State.GONE
    assert [document.text[a:b] for a, b in reworded.candidates] == ["nợ cao"]


def test_a_quote_that_stands_everywhere_is_found_by_its_context() -> None:
    source = "# x\n\n" + "nợ; " * 3_000 + "rất đặc biệt nợ, duy nhất " + "nợ; " * 3_000
    document = markdown.parse(source)
    start = document.text.index("nợ, duy")
    passage = make_passage(document, start, start + 2)
    found = resolve(markdown.parse("Mở đầu.\n\n" * 9_000 + source), passage)
    assert found.state is State.MOVED
    assert found.start == start + 9_000 * len("Mở đầu.\n")
