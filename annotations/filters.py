"""The filter language: one text for the filter line, the command line and saved views; a value in between.

    agency:stnmt status:open,in-progress !tag:o-nhiem overdue due:before:2023-06-30 "mặt bằng" chậm

Values of one word: any of them. Different words: all of them. A leading `!` excludes. What stands alone,
or in quotes, is searched for in passage and note.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from annotations.errors import FilterError
from annotations.filter_terms import NONE, WORDS, IssueFilter, Term, canonical, settle
from annotations.filter_words import SPELLED, nearest_word, word_of
from annotations.models import Role
from reports.errors import N_

__all__ = [
    "NONE",
    "WORDS",
    "IssueFilter",
    "Span",
    "Term",
    "Token",
    "filter_from_options",
    "format_filter",
    "parse_filter",
    "quote",
    "tokens",
]

_CLOSING = {'"': '"', "“": "”", "«": "»"}
_PLAIN = re.compile(r'[^\s,:"“«!][^\s,"“«]*')


@dataclass(frozen=True, slots=True)
class Span:
    """Where something stands in the text of a filter: code points, half open."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Token:
    """A term as typed: `span` is all of it, `value_spans` its values, with the quotes."""

    term: Term
    span: Span
    value_spans: tuple[Span, ...] = ()


@dataclass(slots=True)
class _Reader:
    text: str
    at: int = 0
    tokens: list[Token] = field(default_factory=list)

    def skip_spaces(self) -> bool:
        while self.at < len(self.text) and self.text[self.at].isspace():
            self.at += 1
        return self.at < len(self.text)

    def quoted(self) -> str:
        """The text between quotes; one that is never closed goes on to the end."""
        closing = _CLOSING[self.text[self.at]]
        self.at += 1
        parts = []
        while True:
            end = self.text.find(closing, self.at)
            if end < 0:
                parts.append(self.text[self.at :])
                self.at = len(self.text)
                break
            parts.append(self.text[self.at : end])
            self.at = end + 1
            if closing != '"' or self.text[self.at : self.at + 1] != '"':
                break
            parts.append('"')
            self.at += 1
        return unicodedata.normalize("NFC", "".join(parts))

    def bare(self, stops: str) -> str:
        start = self.at
        while self.at < len(self.text):
            letter = self.text[self.at]
            if letter.isspace() or letter in stops:
                break
            self.at += 1
        return unicodedata.normalize("NFC", self.text[start : self.at])


def parse_filter(text: str) -> IssueFilter:
    """The filter that `text` asks for; FilterError with the place of the word that cannot be understood.

    Names of tags, agencies, reports and reviewers are looked up later, when SQL is made.
    """
    return IssueFilter(settle(token.term for token in tokens(text)))


def tokens(text: str) -> list[Token]:
    """The terms of `text` as typed, each with its place, quotes with nothing in them left out; FilterError as
    `parse_filter`."""
    reader = _Reader(text)
    while reader.skip_spaces():
        token = _read_token(reader)
        if token.term.word != "search" or token.term.values != ("",):
            reader.tokens.append(token)
    return reader.tokens


def _read_token(reader: _Reader) -> Token:
    start = reader.at
    excluded = reader.text[reader.at] == "!"
    while reader.text.startswith("!", reader.at):
        reader.at += 1
    if reader.at == len(reader.text) or reader.text[reader.at].isspace():
        raise FilterError(N_("Write what to exclude behind the “!”."), start, reader.at)
    if reader.text[reader.at] in _CLOSING:
        inner = reader.at
        phrase = _phrase(reader.quoted())
        return Token(Term("search", (phrase,), excluded), Span(start, reader.at), (Span(inner, reader.at),))
    word = SPELLED.match(reader.text, reader.at)
    if word:
        return _read_values(reader, start, excluded, word)
    inner = reader.at
    value = reader.bare('"“«')
    span, inside = Span(start, reader.at), (Span(inner, reader.at),)
    if word_of(value) == "overdue":
        return Token(Term("overdue", (), excluded), span)
    return Token(Term("search", (value,), excluded), span, inside)


def _read_values(reader: _Reader, start: int, excluded: bool, match: re.Match[str]) -> Token:
    typed = unicodedata.normalize("NFC", match[1]).lower()
    word = word_of(typed)
    if word is None:
        raise _unknown_word(typed, match.start(1), match.end(1))
    reader.at = match.end()
    values: list[str] = []
    spans: list[Span] = []
    roles: list[Role | None] = []
    while True:
        first = reader.at
        value, role = _read_value(reader, word)
        if not value:
            raise FilterError(N_("Write a value behind “{word}:”."), match.start(1), reader.at, word=word)
        try:
            values.append(canonical(word, value))
        except FilterError as error:
            raise FilterError(error.template, first, reader.at, **error.values) from None
        spans.append(Span(first, reader.at))
        roles.append(role)
        if reader.text[reader.at : reader.at + 1] != ",":
            break
        reader.at += 1
    if len(set(roles)) > 1:
        raise FilterError(N_("Give all agencies of one word the same role."), start, reader.at)
    return Token(Term(word, tuple(values), excluded, roles[0]), Span(start, reader.at), tuple(spans))


def _read_value(reader: _Reader, word: str) -> tuple[str, Role | None]:
    if reader.text[reader.at : reader.at + 1] in _CLOSING and reader.at < len(reader.text):
        value = reader.quoted()
        if word == "search":
            return _phrase(value), None
        suffix = reader.bare(",") if reader.text[reader.at : reader.at + 1] == ":" else ""
    else:
        value = reader.bare(',"“«' if word != "search" else ",")
        suffix = ""
    if word == "agency":
        name, colon, role = (value + suffix).rpartition(":")
        if colon and role.lower() in set(Role):
            return name, Role(role.lower())
    return value + suffix, None


def _phrase(text: str) -> str:
    words = text.replace('"', " ").split()
    return f'"{" ".join(words)}"' if words else ""


def _unknown_word(word: str, start: int, end: int) -> FilterError:
    if nearest := nearest_word(word):
        template = N_("“{word}:” is not a word of the filter. Did you mean “{nearest}:”?")
        return FilterError(template, start, end, word=word, nearest=nearest)
    template = N_("“{word}:” is not a word of the filter. The words are {words}; to search for it, quote it.")
    return FilterError(template, start, end, word=word, words=", ".join(WORDS))


def format_filter(issue_filter: IssueFilter) -> str:
    """The text that `parse_filter` turns into `issue_filter`."""
    return " ".join(_format_term(term) for term in issue_filter.terms)


def _format_term(term: Term) -> str:
    mark = "!" if term.excluded else ""
    if term.word == "overdue":
        return mark + "overdue"
    if term.word == "search":
        if len(term.values) == 1 and _stands_alone(term.values[0]):
            return mark + term.values[0]
        return f"{mark}search:{','.join(term.values)}"
    tail = f":{term.role}" if term.role else ""
    return f"{mark}{term.word}:{','.join(quote(value) + tail for value in term.values)}"


def _stands_alone(value: str) -> bool:
    if value.startswith('"'):
        return True
    plain = not value.startswith("!") and not any(q in value for q in _CLOSING)
    return plain and word_of(value) != "overdue" and not SPELLED.match(value)


def quote(value: str) -> str:
    """`value` as it is written behind a word: in double quotes where it needs them."""
    if _PLAIN.fullmatch(value) and value.rpartition(":")[2].lower() not in set(Role):
        return value
    return '"' + value.replace('"', '""') + '"'


def filter_from_options(
    *,
    words: Iterable[str] = (),
    overdue: bool = False,
    role: str | None = None,
    search: Iterable[str] = (),
    readings: Iterable[str] = (),
    **options: Iterable[str] | str | None,
) -> IssueFilter:
    """The filter that command-line options ask for; FilterError.

    `words`, `search`: texts in the filter language. `readings`: values of `as`. `options`: values by word
    (`agency=["so tnmt"]`), each taken whole, a leading `!` excluding it.
    """
    terms = [token.term for text in words for token in tokens(text)]
    for word, given in options.items():
        for text in (given,) if isinstance(given, str) else given or ():
            terms.append(_option_term(word, text))
    if role:
        terms.append(_option_term("role", role))
    if overdue:
        terms.append(Term("overdue"))
    terms.extend(_option_term("as", text) for text in readings)
    for text in search:
        terms.extend(token.term for token in tokens(text) if token.term.word == "search")
    return IssueFilter(settle(terms))


def _option_term(word: str, text: str) -> Term:
    if word not in WORDS:
        raise _unknown_word(word, 0, 0)
    excluded = text.startswith("!")
    value = unicodedata.normalize("NFC", text.removeprefix("!").strip())
    if not value:
        raise FilterError(N_("Write a value behind “{word}:”."), word=word)
    listed = value.split(",") if word in ("status", "severity", "role", "period") else [value]
    role = None
    if word == "agency":
        name, colon, last = value.rpartition(":")
        if colon and last.lower() in set(Role):
            listed, role = [name], Role(last.lower())
    return Term(word, tuple(canonical(word, v.strip()) for v in listed), excluded, role)
