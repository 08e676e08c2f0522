"""A passage is carried to its own words or to none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports import markdown
from reports.anchor import Fate, Outcome, Reason, reanchor
from reports.anchor_words import key_of
from reports.changes_of_meaning import CHANGES_OF_MEANING, reasons_for
from reports.document import Document
from reports.passage import make_passage

SOURCE = """# Báo cáo quý I

## II. Tồn tại

Bên cạnh kết quả đạt được, tiến độ giải phóng mặt bằng đường vành đai còn chậm; tỷ lệ giải ngân đạt 10,3%.

UBND huyện Kim Lũng chưa hoàn thành 12 hồ sơ; công tác phối hợp thiếu chặt chẽ, nợ đọng còn cao.

a) Sở Xây dựng hoàn thành kế hoạch trước ngày 30/6/2023, hoà giải 5 vụ.

b) Sở Tài chính hoàn thành kế hoạch trước ngày 15/5/2023.

| Dự án | Tiến độ | Ghi chú |
|---|---|---|
| Cầu Đông Lam | chưa đạt | chờ vốn |
| Đường tỉnh 12 | chưa đạt | chờ mặt bằng |
"""


def carried(source: str, words: str, change: tuple[str, str], nth: int = 0) -> tuple[Document, Outcome]:
    """What becomes of `words` when the first of `change` is replaced by the second."""
    assert change[0] in source
    old, new = markdown.parse(source), markdown.parse(source.replace(*change))
    start = -1
    for _ in range(nth + 1):
        start = old.text.index(words, start + 1)
    return new, reanchor(old, new, [make_passage(old, start, start + len(words))])[0]


@pytest.mark.parametrize(
    ("words", "change", "reasons", "found"),
    [
        ("nợ đọng còn cao", ("## II", "Mở đầu.\n\n## II"), (), "nợ đọng còn cao"),
        ("hoà giải 5 vụ", ("hoà giải", "hòa giải"), (Reason.TONE_PLACE,), "hòa giải 5 vụ"),
        ("tỷ lệ giải ngân", ("tỷ lệ", "tỉ lệ"), (Reason.TONE_PLACE,), "tỉ lệ giải ngân"),
        ("nợ đọng còn cao", ("nợ đọng còn", "Nợ Đọng còn"), (Reason.CASE,), "Nợ Đọng còn cao"),
        ("chặt chẽ, nợ đọng", ("chẽ, nợ", "chẽ; nợ"), (Reason.PUNCTUATION,), "chặt chẽ; nợ đọng"),
        ("nợ đọng còn cao.", ("cao.\n", "cao;\n"), (Reason.PUNCTUATION,), "nợ đọng còn cao;"),
        ("hồ sơ; công tác", ("12 hồ", "12  hồ"), (), "hồ sơ; công tác"),
        ("nợ đọng còn cao", ("## II. Tồn tại", "## II. Hạn chế"), (Reason.HEADING,), "nợ đọng còn cao"),
        ("Sở Tài chính hoàn thành", ("b) Sở", "c) Sở"), (), "Sở Tài chính hoàn thành"),
        ("ải phóng mặt b", ("## II", "x\n\n## II"), (), "ải phóng mặt b"),
    ],
)  # fmt: skip
def test_words_that_say_the_same_are_carried(
    words: str, change: tuple[str, str], reasons: tuple[Reason, ...], found: str
) -> None:
    new, outcome = carried(SOURCE, words, change)
    assert outcome.passage is not None
    assert outcome.passage.exact == found
    assert new.text[outcome.passage.start : outcome.passage.end] == found
    assert outcome.reasons == reasons
    assert outcome.fate is (Fate.MARKED if reasons else Fate.CARRIED)


@pytest.mark.parametrize(
    ("words", "change", "reason", "best"),
    [
        ("chưa hoàn thành 12 hồ sơ", ("chưa", "đã"), Reason.NEGATION, "đã hoàn thành 12 hồ sơ"),
        ("hoàn thành 12 hồ sơ", ("chưa", "đã"), Reason.NEGATION, "hoàn thành 12 hồ sơ"),
        ("hoàn thành kế hoạch", ("dựng hoàn", "dựng chưa hoàn"), Reason.NEGATION, "hoàn thành kế hoạch"),
        ("tiến độ giải phóng mặt bằng", ("còn chậm", "không còn chậm"), Reason.NEGATION, None),
        ("giải phóng mặt bằng", ("còn chậm", "khá nhanh"), Reason.OPPOSITE, "giải phóng mặt bằng"),
        ("hoàn thành 12 hồ sơ", ("12", "13"), Reason.NUMBER, "hoàn thành 13 hồ sơ"),
        ("giải ngân đạt 10,3%", ("10,3", "10,8"), Reason.PERCENTAGE, "giải ngân đạt 10,8%"),
        ("giải ngân đạt 10", ("10,3", "10,8"), Reason.NUMBER, None),
        ("giải ngân đạt", ("10,3", "10,8"), Reason.BESIDE, "giải ngân đạt"),
        ("trước ngày 15/5/2023", ("15/5", "16/5"), Reason.DATE, "trước ngày 16/5/2023"),
        ("Báo cáo quý I", ("quý I", "quý II"), Reason.PERIOD, "Báo cáo quý II"),
        ("huyện Kim Lũng chưa", ("Kim Lũng", "Đông Lam"), Reason.PLACE, "huyện Đông Lam chưa"),
        ("b) Sở Tài chính", ("Sở Tài chính", "Sở Nội vụ"), Reason.AGENCY, "b) Sở Nội vụ"),
        ("nợ đọng còn cao", ("nợ đọng còn", "nợ đong còn"), Reason.ACCENTS, "nợ đong còn cao"),
        ("nợ đọng còn cao", ("nợ đọng", "nợ thuế"), Reason.WORDING, "nợ thuế còn cao"),
    ],
)  # fmt: skip
def test_words_that_say_something_else_wait(
    words: str, change: tuple[str, str], reason: Reason, best: str | None
) -> None:
    new, outcome = carried(SOURCE, words, change)
    assert outcome.fate is Fate.WAITING
    assert outcome.passage is None
    assert reason in outcome.reasons
    place = outcome.candidates[0].passage
    assert new.text[place.start : place.end] == place.exact
    assert best in (None, place.exact)
    assert 0 < outcome.candidates[0].score <= 1
    said = "".join(piece.text for piece in outcome.candidates[0].difference if piece.edit != "removed")
    assert said.split() == place.exact.split()


def test_words_that_are_gone_are_said_to_be_gone() -> None:
    _, outcome = carried(SOURCE, "nợ đọng còn cao", ("thiếu chặt chẽ, nợ đọng còn cao", "được tăng cường"))
    assert outcome.fate in (Fate.WAITING, Fate.GONE)
    assert outcome.passage is None
    paragraph = SOURCE[SOURCE.index("UBND huyện") : SOURCE.index("a) Sở")]
    _, outcome = carried(SOURCE, "công tác phối hợp thiếu chặt chẽ", (paragraph, ""))
    assert (outcome.fate, outcome.candidates) == (Fate.GONE, ())


def test_equal_words_stay_each_at_its_own_place() -> None:
    for nth, row in enumerate(("Cầu Đông Lam", "Đường tỉnh 12")):
        new, outcome = carried(SOURCE, "chưa đạt", ("| Cầu", "| Kè sông | đã đạt | – |\n| Cầu"), nth)
        assert outcome.passage is not None
        assert new.text[: outcome.passage.start].endswith(f"{row} │ ")


def test_equal_words_are_not_taken_for_those_that_went() -> None:
    row = "| Cầu Đông Lam | chưa đạt | chờ vốn |\n"
    _, outcome = carried(SOURCE, "chưa đạt", (row, ""))
    assert outcome.fate is Fate.WAITING
    assert Reason.ELSEWHERE in outcome.reasons
    _, outcome = carried(SOURCE, "chưa đạt", (row, ""), nth=1)
    assert outcome.passage is not None


def test_which_of_two_equal_paragraphs_went_is_not_guessed() -> None:
    source = "Mở đầu báo cáo.\n\nTiến độ rất chậm.\n\nTiến độ rất chậm.\n\nKết thúc báo cáo.\n"
    _, outcome = carried(source, "Tiến độ rất chậm", ("Tiến độ rất chậm.\n\nKết", "Kết"))
    assert outcome.fate is Fate.WAITING


def test_a_paragraph_that_moved_takes_its_passages_with_it() -> None:
    moved = "UBND huyện Kim Lũng chưa hoàn thành 12 hồ sơ; công tác phối hợp thiếu chặt chẽ, nợ đọng còn cao."
    source = SOURCE.replace(f"{moved}\n\n", "").replace("# Báo", f"{moved}\n\n# Báo")
    old, new = markdown.parse(SOURCE), markdown.parse(source)
    start = old.text.index("nợ đọng")
    outcome = reanchor(old, new, [make_passage(old, start, start + 7)])[0]
    assert outcome.fate is Fate.MARKED
    assert Reason.MOVED in outcome.reasons
    assert outcome.passage is not None
    assert outcome.passage.exact == "nợ đọng"
    assert outcome.passage.section == ""


def test_a_passage_that_lies_about_its_place_is_never_carried() -> None:
    old, new = markdown.parse(SOURCE), markdown.parse(SOURCE + "\nThêm.\n")
    passage = make_passage(old, 10, 30)
    start = old.text.index("nợ đọng")
    other = make_passage(old, start, start + 7)
    wrong = type(passage)(passage.start, passage.end, *(getattr(other, n) for n in other.__slots__[2:]))
    outcome = reanchor(old, new, [wrong])[0]
    assert outcome.passage is None
    assert outcome.candidates[0].passage.exact == other.exact


def test_nothing_to_carry_and_texts_without_words() -> None:
    document = markdown.parse(SOURCE)
    assert reanchor(document, document, []) == []
    empty = markdown.parse("")
    outcome = reanchor(document, empty, [make_passage(document, 0, 7)])[0]
    assert outcome.fate is Fate.GONE


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("hoà", "hòa", True), ("Uỷ", "ủy", True), ("tỷ", "tỉ", True), ("“", '"', True), ("–", "-", True),
        (";", ",", True), ("hoa", "hòa", False), ("12,5", "12.5", False), ("quý", "quỷ", False),
        ("hoa1", "hoà", False), ("m2", "m²", False), (":", ",", False), ("People’s", "people's", True),
    ],
)  # fmt: skip
def test_spellings_that_say_the_same(one: str, other: str, same: bool) -> None:
    assert (key_of(one) == key_of(other)) is same


def test_only_spelling_or_something_said() -> None:
    assert reasons_for("một", "một") == ()
    assert set(reasons_for("Hoà giải - 5 vụ", "hòa  giải – 5 vụ")) == {
        Reason.SPACE, Reason.CASE, Reason.TONE_PLACE, Reason.QUOTES,
    }  # fmt: skip
    assert not CHANGES_OF_MEANING.intersection(reasons_for("nợ; xấu", "nợ, xấu"))
    assert CHANGES_OF_MEANING.intersection(reasons_for("tăng 3 vụ", "giảm 3 vụ"))


_SOME = ["nợ", "đọng", "chậm,", "không", "đạt;", "12", "Sở", "hoà", "hòa", ".", "(x)", "“y”"]
_WORDS = st.lists(st.sampled_from(_SOME), max_size=40)
_LINES = st.lists(_WORDS.map(" ".join), min_size=1, max_size=8).map("\n\n".join)


@given(_LINES, _LINES, st.integers(0, 60), st.integers(1, 40))
def test_whatever_is_carried_says_the_same(before: str, after: str, start: int, length: int) -> None:
    old, new = markdown.parse(before), markdown.parse(after)
    try:
        passage = make_passage(old, start, start + length)
    except ValueError:
        return
    (outcome,) = reanchor(old, new, [passage])
    assert (outcome.passage is None) == (outcome.fate in (Fate.WAITING, Fate.GONE))
    places = [candidate.passage for candidate in outcome.candidates]
    if outcome.passage is not None:
        places.append(outcome.passage)
        assert not CHANGES_OF_MEANING.intersection(reasons_for(passage.exact, outcome.passage.exact))
        assert Reason.WORDING not in outcome.reasons
    for place in places:
        assert new.text[place.start : place.end] == place.exact


@given(_LINES, st.integers(0, 60), st.integers(1, 40))
def test_an_unchanged_text_keeps_every_passage_where_it_is(text: str, start: int, length: int) -> None:
    document = markdown.parse(text)
    try:
        passage = make_passage(document, start, start + length)
    except ValueError:
        return
    outcome = reanchor(document, markdown.parse(text), [passage])[0]
    assert (outcome.fate, outcome.passage) == (Fate.CARRIED, passage)
