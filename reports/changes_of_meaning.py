"""What differs between two wordings of a passage: only how it is written, or what it says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import pairwise

from reports.anchor_words import key_of, tokens_of
from reports.diff import Edit, Piece, word_difference
from reports.vietnamese import fold


class Reason(StrEnum):
    """Why a passage was not simply where it was. The first five leave what is said; `moved`, `heading` and
    `beside` are about its place, `several` and `elsewhere` about the choice, the rest about its words."""

    SPACE = "space"
    CASE = "case"
    TONE_PLACE = "tone-place"
    QUOTES = "quotes"
    PUNCTUATION = "punctuation"
    MOVED = "moved"
    HEADING = "heading"
    BESIDE = "beside"
    SEVERAL = "several"
    ELSEWHERE = "elsewhere"
    NEGATION = "negation"
    OPPOSITE = "opposite"
    NUMBER = "number"
    PERCENTAGE = "percentage"
    DATE = "date"
    PERIOD = "period"
    PLACE = "place"
    AGENCY = "agency"
    NAME = "name"
    ACCENTS = "accents"
    WORDING = "wording"


CHANGES_OF_MEANING = frozenset(
    {
        Reason.NEGATION,
        Reason.OPPOSITE,
        Reason.NUMBER,
        Reason.PERCENTAGE,
        Reason.DATE,
        Reason.PERIOD,
        Reason.PLACE,
        Reason.AGENCY,
        Reason.NAME,
    }
)

_ROMAN = re.compile(r"[IVX]+\Z")
_DATE = re.compile(r"\d{1,2}/\d{1,2}(?:/\d{4})?\Z|(?:19|20)\d\d\Z")
_ABBREVIATION = re.compile(r"[^\W\d_]*[A-ZĐ][^\W\d_]*[A-ZĐ]")


def _keys(words: str) -> frozenset[str]:
    return frozenset(map(key_of, words.split()))


NEGATIONS = _keys("không chưa chẳng chả chớ đừng khỏi not no never none nor neither without cannot")
OPPOSITES = _keys(
    "tăng giảm cao thấp nhanh chậm vượt hụt đủ thiếu tốt kém sớm muộn trễ quá đúng mạnh yếu"
    " increased decreased rose fell higher lower above below late fast slow failed"
)
_COLOURING = _keys(
    "đã sẽ đang cần nên phải có được bị hơn dưới trên gần khoảng mới chỉ dự kiến"
    " will was were is are be been only nearly about"
)
_PLACES = _keys(
    "huyện xã phường quận tỉnh thôn bản làng ấp tổ trấn phố thị tp tx h sông hồ đảo"
    " district commune ward province city town village"
)
_AGENCIES = _keys(
    "sở ubnd hđnd ban bộ cục tra công kho bạc tòa viện ủy ubkt mttq trung tâm phòng đảng chi hội đoàn"
    " department committee board inspectorate office ministry"
)
_NUMBERS = _keys(
    "một hai ba bốn tư năm lăm sáu bảy tám chín mười mươi trăm nghìn ngàn triệu tỷ one two three four five"
    " six seven eight nine ten hundred thousand million billion first second third fourth"
)
_DAYS = _keys(
    "ngày tháng năm january february march april may june july august september october november december"
)
_PERIODS = _keys("quý quí quarter kỳ")
_PER_CENT = ["phần", "trăm"]


def turns_meaning(key: str) -> bool:
    """Whether the word with this key, put in or taken out somewhere in a clause, may turn its meaning."""
    return key in NEGATIONS or key in OPPOSITES or key.endswith("n't")


def colours_neighbour(key: str) -> bool:
    """Whether the word with this key, right beside a passage, may change what the passage says."""
    listed = key in _COLOURING or key in _PLACES or key in _NUMBERS
    return listed or turns_meaning(key) or key[0].isdigit() or key == "%"


def reasons_for(old: str, new: str) -> tuple[Reason, ...]:
    """What differs between two wordings, in the order of `Reason`; empty if they are the same."""
    if old == new:
        return ()
    pieces = word_difference(old, new)
    found = (
        set(_spelling(old, new)) if all(piece.edit is Edit.SAME for piece in pieces) else set(_said(pieces))
    )
    return tuple(reason for reason in Reason if reason in found)


def _spelling(old: str, new: str) -> Iterator[Reason]:
    """How two texts with the same words differ."""
    ours, theirs = tokens_of(old), tokens_of(new)
    for one, other in zip(ours, theirs, strict=True):
        if one == other:
            continue
        if not one[0].isalnum():
            yield Reason.PUNCTUATION if key_of(one) in (",", "…") else Reason.QUOTES
            continue
        if one.lower() != other.lower():
            yield Reason.TONE_PLACE
        if list(map(str.isupper, one)) != list(map(str.isupper, other)):
            yield Reason.CASE
    if _spaces(old) != _spaces(new):
        yield Reason.SPACE


def _spaces(text: str) -> list[str]:
    return re.findall(r"\s+|\S", re.sub(r"[^\s]+", "x", text))


def _said(pieces: Sequence[Piece]) -> Iterator[Reason]:
    """What kind of words were taken out or put in."""
    for edit in (Edit.REMOVED, Edit.ADDED):
        side = [piece for piece in pieces if piece.edit in (Edit.SAME, edit)]
        words: list[str] = []
        changed: list[bool] = []
        for piece in side:
            tokens = tokens_of(piece.text)
            words += tokens
            changed += [piece.edit is edit] * len(tokens)
        for at, is_changed in enumerate(changed):
            if is_changed:
                yield _kind(words, at)
    for one, other in pairwise(pieces):
        if (one.edit, other.edit) == (Edit.REMOVED, Edit.ADDED) and fold(one.text.strip()) == fold(
            other.text.strip()
        ):
            yield Reason.ACCENTS


def _kind(words: Sequence[str], at: int) -> Reason:
    """What kind of word `words[at]` is, by itself and by those around it."""
    word, key = words[at], key_of(words[at])
    before = key_of(words[at - 1]) if at else ""
    after = [each.lower() for each in words[at + 1 : at + 3]]
    is_number = word[0].isdigit()
    if key in NEGATIONS or key.endswith("n't"):
        return Reason.NEGATION
    if before in _PERIODS and (is_number or _ROMAN.match(word)):
        return Reason.PERIOD
    if key == "%" or (is_number and (after[:1] == ["%"] or after == _PER_CENT)):
        return Reason.PERCENTAGE
    if is_number:
        dated = _DATE.match(word) or before in _DAYS or not _DAYS.isdisjoint(map(key_of, after[:1]))
        return Reason.DATE if dated else Reason.NUMBER
    if key in OPPOSITES:
        return Reason.OPPOSITE
    if word[0].isupper() or key in _PLACES or key in _AGENCIES:
        return _named(words, at)
    return Reason.NUMBER if key in _NUMBERS else Reason.WORDING


def _named(words: Sequence[str], at: int) -> Reason:
    """Whether the name that `words[at]` belongs to is a place's, an agency's or another's."""
    if _ABBREVIATION.match(words[at]):
        return Reason.AGENCY
    for number in range(at, max(-1, at - 8), -1):
        key = key_of(words[number])
        if key in _AGENCIES:
            return Reason.AGENCY
        if key in _PLACES:
            return Reason.PLACE
        if number < at and not words[number][0].isupper() and words[number].isalpha():
            break
    return Reason.NAME if words[at][0].isupper() else Reason.WORDING
