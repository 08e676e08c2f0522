"""Thousands of edits to the sample reports: no passage ever goes to wrong words, and few need a person."""

from __future__ import annotations

import os
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from reports.anchor import Fate, Outcome, reanchor
from reports.document import BlockKind, Document
from reports.load import load
from reports.passage import Passage
from reports.samples import SAMPLES, sample_path
from reports.units import UnitKind, units_in_block
from tests.conftest import Row
from tests.reports.anchor_edits import (
    EDITS,
    EXPECTED,
    HARMLESS,
    MEANING,
    Case,
    Expected,
    Revision,
    revision,
    schedule,
)
from tests.reports.anchor_rivals import best_match, first_match

CASES = int(os.environ.get("ANCHOR_CASES", "5200"))
SEED = int(os.environ.get("ANCHOR_SEED", "2023"))
Range = tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Result:
    case: Case
    outcome: Outcome
    new: Document
    first: Range
    best: Range


def _units(document: Document) -> list[tuple[int, int, int]]:
    """Every passage that somebody may have chosen with a key or two: part, clause, sentence."""
    found = []
    for number, block in enumerate(document.blocks):
        if block.kind not in (BlockKind.PARAGRAPH, BlockKind.ITEM):
            continue
        for kind in (UnitKind.PART, UnitKind.CLAUSE, UnitKind.SENTENCE):
            units = units_in_block(document, number, kind)
            found += [
                (number, unit.start - block.start, unit.end - block.start)
                for unit in units
                if 8 <= unit.end - unit.start <= 400
            ]
    return found


def _revisions(rng: random.Random) -> Iterator[Revision]:
    documents = [load(sample_path(sample)).document for sample in SAMPLES]
    units = [_units(document) for document in documents]
    hands = schedule(rng)
    while True:
        at = rng.randrange(len(documents))
        try:
            yield revision(rng, documents[at], next(hands), units[at])
        except ValueError:
            continue


@pytest.fixture(scope="module")
def results() -> list[Result]:
    found: list[Result] = []
    for made in _revisions(random.Random(SEED)):
        outcomes = reanchor(made.old, made.new, [case.passage for case in made.cases])
        assert len(outcomes) == len(made.cases)
        found += [
            Result(
                case,
                outcome,
                made.new,
                first_match(made.new, case.passage),
                best_match(made.new, case.passage),
            )
            for case, outcome in zip(made.cases, outcomes, strict=True)
        ]
        if len(found) >= CASES:
            return found
    raise AssertionError


def _bare(document: Document, place: Range) -> Range:
    """A range without signs and spaces at its ends, which a passage may have or not."""
    if place is None:
        return None
    start, end = place
    while start < end and not document.text[start].isalnum():
        start += 1
    while end > start and not document.text[end - 1].isalnum():
        end -= 1
    return start, end


def _range(passage: Passage | None) -> Range:
    return None if passage is None else (passage.start, passage.end)


def _right(result: Result, place: Range) -> bool:
    return _bare(result.new, place) == _bare(result.new, result.case.truth)


def _wrongly_placed(result: Result, place: Range) -> bool:
    """Whether somebody would find the annotation on words that it was not made on."""
    return place is not None and (result.case.expected is not Expected.CARRIED or not _right(result, place))


def _said(results: list[Result]) -> str:
    return "\n".join(
        f"{result.case.edit}: {result.case.passage.exact!r} -> {result.outcome.fate}"
        f" {result.outcome.passage and result.outcome.passage.exact!r} {result.outcome.reasons}"
        for result in results[:20]
    )


def test_nothing_is_carried_to_wrong_words(results: list[Result]) -> None:
    wrong = [
        result
        for result in results
        if result.outcome.passage
        and (result.case.truth is None or not _right(result, _range(result.outcome.passage)))
    ]
    assert not wrong, _said(wrong)


def test_no_change_of_meaning_or_wording_is_carried(results: list[Result]) -> None:
    carried = [r for r in results if r.case.expected is not Expected.CARRIED and r.outcome.passage]
    assert not carried, _said(carried)


def test_nothing_is_lost(results: list[Result]) -> None:
    """What is still there in some form waits with the place where it is among the candidates."""
    lost = [
        result
        for result in results
        if result.case.truth is not None
        and not result.outcome.passage
        and not any(_touches(result, _range(each.passage)) for each in result.outcome.candidates)
    ]
    assert not lost, _said(lost)


def _touches(result: Result, place: Range) -> bool:
    truth = result.case.truth
    assert truth is not None
    assert place is not None
    return place[0] < truth[1] and truth[0] < place[1]


def test_harmless_edits_seldom_need_a_person(results: list[Result]) -> None:
    harmless = [result for result in results if result.case.edit in HARMLESS]
    asked = [result for result in harmless if not result.outcome.passage]
    assert len(harmless) - len(asked) >= 0.95 * len(harmless), _said(asked)


def test_what_is_carried_says_what_it_quotes(results: list[Result]) -> None:
    for result in results:
        passages = [result.outcome.passage] if result.outcome.passage else []
        passages += [candidate.passage for candidate in result.outcome.candidates]
        for passage in passages:
            assert result.new.text[passage.start : passage.end] == passage.exact
        assert (result.outcome.fate in (Fate.CARRIED, Fate.MARKED)) == (result.outcome.passage is not None)
        if result.outcome.fate is Fate.CARRIED:
            assert result.outcome.passage is not None
            assert result.outcome.passage.exact == result.case.passage.exact


def test_every_kind_of_edit_was_tried(results: list[Result]) -> None:
    assert len(results) >= CASES
    tried = Counter(result.case.edit for result in results)
    assert set(tried) == set(EDITS)
    assert min(tried.values()) >= CASES / len(EDITS) / 4


def test_the_table(results: list[Result], row: Row) -> None:
    """Printed beside the rivals; nobody else keeps all passages off wrong words."""
    rows = defaultdict[str, Counter[str]](Counter)
    for result in results:
        counts = rows[result.case.edit]
        counts["cases"] += 1
        counts[str(result.outcome.fate)] += 1
        counts["asked, right one first"] += bool(
            result.case.truth
            and result.outcome.candidates
            and _touches(result, _range(result.outcome.candidates[0].passage))
        )
        for name, place in (
            ("wrong", _range(result.outcome.passage)),
            ("first match", result.first),
            ("best match", result.best),
        ):
            counts[name] += _wrongly_placed(result, place)
    columns = ("cases", "carried", "marked", "waiting", "gone", "asked, right one first", "wrong",
               "first match", "best match")  # fmt: skip
    total = Counter[str]()
    lines = [f"{'edit':24}" + "".join(f"{name.split(',')[0][:11]:>12}" for name in columns)]
    for edit in EDITS:
        total.update(rows[edit])
        lines.append(f"{edit:24}" + "".join(f"{rows[edit][name]:12}" for name in columns))
    lines.append(f"{'all':24}" + "".join(f"{total[name]:12}" for name in columns))
    for order, line in enumerate(lines):
        row("Re-anchoring by kind of edit; the last three columns count passages on wrong words", line, order)
    assert total["wrong"] == 0
    assert total["first match"] > 0
    assert total["best match"] > 0


def test_expectations_cover_all_edits() -> None:
    assert set(EXPECTED) == set(EDITS)
    assert set(HARMLESS).isdisjoint(MEANING)
