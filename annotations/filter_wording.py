"""A filter as people say it, for exports: full names and plain words instead of the filter language."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from annotations.errors import Ambiguous, NotFound
from annotations.filter_terms import NONE, IssueFilter, Term, exact_name
from annotations.labels import VALUE_LABELS
from annotations.models import Agency, Language, Tag
from annotations.names import find_agency, find_tag

_WORDS: Final[Mapping[Language, Mapping[str, str]]] = {
    "vi": {
        "agency": "cơ quan", "tag": "loại vấn đề", "status": "trạng thái", "severity": "mức độ",
        "report": "báo cáo", "period": "kỳ", "reviewer": "người rà soát", "owner": "người theo dõi",
        "due": "thời hạn", "overdue": "quá hạn", "deadline": "tiến độ", "placement": "vị trí trong bản mới",
        "periods": "số kỳ liên tiếp, ít nhất", "since": "từ ngày", "until": "đến ngày", "role": "vai trò",
        "as": "cách hiểu cơ quan", "search": "có chữ",
    },
    "en": {
        "agency": "agency", "tag": "issue type", "status": "status", "severity": "severity",
        "report": "report", "period": "period", "reviewer": "reviewer", "owner": "owner", "due": "due",
        "overdue": "overdue", "deadline": "progress", "placement": "place in the latest text",
        "periods": "periods in a row, at least", "since": "since", "until": "until", "role": "role",
        "as": "agencies as", "search": "with the words",
    },
}  # fmt: skip
_SMALL: Final[Mapping[Language, Mapping[str, str]]] = {
    "vi": {
        NONE: "không có", "not": "trừ", "or": "hoặc", "only": "riêng", "before": "trước", "after": "sau",
        "today": "hôm nay", "written": "như đã ghi", "current": "đang đảm nhiệm",
        "itself": "không kể đơn vị dưới",
    },
    "en": {
        NONE: "none", "not": "except", "or": "or", "only": "only", "before": "before", "after": "after",
        "written": "written", "current": "current", "itself": "without those below",
    },
}  # fmt: skip
_DAYS: Final = ("since", "until", "due")
_LABELLED: Final = ("status", "severity", "deadline", "placement", "role")


def filter_words(
    issue_filter: IssueFilter, language: Language, tags: Sequence[Tag], agencies: Sequence[Agency]
) -> str:
    """What `issue_filter` narrows the list to: “Cơ quan: Sở Tài nguyên và Môi trường · trạng thái: chưa xử
    lý”; empty for everything. Names that mean nothing any more stay as they are written."""
    said = " · ".join(_Said(language, tags, agencies).term(term) for term in issue_filter.terms)
    return said[:1].upper() + said[1:]


class _Said:
    def __init__(self, language: Language, tags: Sequence[Tag], agencies: Sequence[Agency]) -> None:
        self._language, self._small = language, _SMALL[language]
        self._names: dict[str, Callable[[str], str]] = {
            "agency": lambda name: find_agency(agencies, name).label(language),
            "tag": lambda name: find_tag(tags, name).label(language),
        }

    def term(self, term: Term) -> str:
        words = _WORDS[self._language][term.word]
        if term.role:
            words += f" {VALUE_LABELS[self._language][term.role]}"
        if term.excluded:
            words = f"{self._small['not']} {words}"
        if not term.values:
            return words
        values = f" {self._small['or']} ".join(self._value(term.word, value) for value in term.values)
        return f"{words}: {values}"

    def _value(self, word: str, value: str) -> str:
        if value == NONE:
            return self._small[NONE]
        if name := exact_name(value):
            return f"{self._small['only']} {self._value(word, name)}"
        if word in self._names:
            try:
                return self._names[word](value)
            except (NotFound, Ambiguous):
                return value
        if word in _LABELLED:
            return VALUE_LABELS[self._language].get(value, value).lower()
        if word == "search":
            return f"“{value.strip(chr(34))}”"
        if word in _DAYS:
            side, colon, day = value.rpartition(":")
            return f"{self._small[side]} {self._span(day)}" if colon else self._span(day)
        return self._span(value) if word == "period" else self._small.get(value, value)

    def _span(self, text: str) -> str:
        """A day as 30/06/2023 in Vietnamese, a period as Q1/2023; `today` and the like as they are said."""
        parts = text.split("-")
        is_day = len(parts) == 3
        if text[:1] in "+-" or (is_day and self._language == "en"):
            return text
        return "/".join(reversed(parts)) if len(parts) > 1 else self._small.get(text, text)
