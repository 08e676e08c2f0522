from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer.layout.runs import Run, Span, SpanIndex, sweep

SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 20)), max_size=12).map(
    lambda pairs: [Span(start, start + length, key) for key, (start, length) in enumerate(pairs)]
)


@settings(deadline=None, max_examples=200)
@given(SPANS, st.integers(0, 50), st.integers(0, 30))
def test_touching_finds_what_a_look_at_every_span_finds(spans: list[Span], start: int, length: int) -> None:
    end = start + length
    expected = sorted(span for span in spans if span.start < end and span.end > start and length)
    assert SpanIndex(spans).touching(start, end) == expected


@settings(deadline=None, max_examples=200)
@given(SPANS, st.integers(0, 30), st.integers(1, 30))
def test_runs_say_for_every_code_point_what_holds_there(spans: list[Span], start: int, length: int) -> None:
    end = start + length
    runs = sweep(SpanIndex(spans).touching(start, end), start, end)
    said = {offset: set(run.keys) for run in runs for offset in range(run.start, run.end)}
    for offset in range(start, end):
        assert said.get(offset, set()) == {s.key for s in spans if s.start <= offset < s.end}


def test_overlap_is_a_run_of_its_own() -> None:
    spans = [Span(0, 10, 1), Span(5, 15, 2)]
    assert sweep(spans, 0, 20) == [Run(0, 5, (1,)), Run(5, 10, (1, 2)), Run(10, 15, (2,))]


def test_the_first_span_after_an_offset() -> None:
    index = SpanIndex([Span(5, 9, 1), Span(20, 30, 2)])
    assert index.after(0) == Span(5, 9, 1)
    assert index.after(6) == Span(20, 30, 2)
    assert index.after(21) is None
