"""The words of the filter language in Vietnamese: other names, read and offered while typing."""

from __future__ import annotations

import difflib
import re
import unicodedata
from typing import Final

from annotations.filter_terms import WORDS
from annotations.models import Language
from reports.vietnamese import search_key

IN_VIETNAMESE: Final = {
    "agency": "cơ-quan",
    "tag": "nhãn",
    "status": "trạng-thái",
    "severity": "mức-độ",
    "report": "báo-cáo",
    "period": "kỳ",
    "reviewer": "người-rà-soát",
    "owner": "người-theo-dõi",
    "due": "hạn",
    "overdue": "quá-hạn",
    "since": "từ",
    "until": "đến",
    "role": "vai-trò",
}
"""What a word is called in Vietnamese; a filter that is written out has the English ones."""

SPELLED: Final = re.compile(r"([^\W\d_](?:[\w-]|[\u0300-\u036f])*):")
"""A word and the colon that makes it one of the filter language."""


def _key(text: str) -> str:
    return search_key(unicodedata.normalize("NFC", text)).replace(" ", "")


_BY_KEY: Final = {_key(name): word for word, name in IN_VIETNAMESE.items()}


def word_of(typed: str) -> str | None:
    """The word of the language that `typed` means: itself, or its Vietnamese name with or without accents and
    hyphens; None where it is none."""
    if typed.lower() in WORDS:
        return typed.lower()
    return _BY_KEY.get(_key(typed))


def name_of(word: str, language: Language) -> str:
    """What `word` is called where the reader's language is `language`."""
    return IN_VIETNAMESE.get(word, word) if language == "vi" else word


def starting(typed: str, language: Language) -> list[str]:
    """The words that `typed` may be the beginning of, as they are called in `language`; the English ones are
    known in both."""
    key, plain = _key(typed), typed.lower()
    if not key:
        return []
    named = [(word, name_of(word, language)) for word in WORDS]
    return [
        word if word.startswith(plain) else name
        for word, name in named
        if word.startswith(plain) or _key(name).startswith(key)
    ]


def nearest_word(typed: str) -> str | None:
    """The word, or the Vietnamese name of one, that is nearest to what is none."""
    names = {**{word: word for word in WORDS}, **{_key(name): name for name in IN_VIETNAMESE.values()}}
    near = difflib.get_close_matches(typed, WORDS, 1, 0.5) or difflib.get_close_matches(
        _key(typed), names, 1, 0.6
    )
    return names[near[0]] if near else None
