"""The filter line's words in the reader's language, and what may be typed next; no Textual in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from annotations.filter_completion import Completion, Indexes, complete, written
from annotations.filter_words import name_of, word_of
from annotations.filters import WORDS
from reviewer.i18n import N_, _, language

if TYPE_CHECKING:
    from annotations.directory import Directory

_WORDS: Final = {
    "agency": N_("who answers, with all agencies below it; none"),
    "tag": N_("issue type, with all below it; none"),
    "status": N_("open, in-progress, resolved, rejected"),
    "severity": N_("high, medium, low, none"),
    "report": N_("a report by its short name or title"),
    "period": N_("reporting period: 2023, 2023-Q1, 2023-06"),
    "reviewer": N_("who marked it; me"),
    "owner": N_("who sees to it; me, none"),
    "due": N_("due date: before:2023-06-30, after:today, none"),
    "overdue": N_("past its due date and not settled"),
    "deadline": N_("on-time, late (completed after it), in-time, overdue"),
    "periods": N_("how many periods in a row it stands at least"),
    "placement": N_("since its report was revised: waiting, marked, orphan, exact"),
    "since": N_("report dated on or after"),
    "until": N_("report dated on or before"),
    "as": N_("how agencies are meant: written, current, itself"),
    "role": N_("lead or coordinating"),
    "search": N_("words of the passage or note; the same as just typing them"),
}


def offer(
    text: str, cursor: int, directory: Directory, indexes: Indexes | None = None
) -> Sequence[Completion]:
    """What the word at code point `cursor` of a filter can become; every word of the language where nothing
    is typed yet."""
    if not text.strip():
        found = [
            Completion(0, len(text), written(name_of(word, language())), "")
            for word in WORDS
            if word != "search"
        ]
    else:
        found = complete(text, cursor, directory, language(), indexes)
    return [_explained(one) for one in found]


def _explained(one: Completion) -> Completion:
    name = one.text.removesuffix(":")
    word = word_of(name)
    if not one.label and word in _WORDS and one.text == written(name):
        return replace(one, label=_(_WORDS[word]))
    return one
