"""What a filter is: conditions as values, apart from how they are typed and how they are looked up."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from annotations.dates import canonical_days, canonical_period, due_days
from annotations.errors import FilterError
from annotations.labels import VALUE_LABELS
from annotations.models import Placement, Role, Severity, Status
from reports.errors import N_
from reports.errors import Term as Named
from reports.vietnamese import search_key

WORDS = (
    "agency",
    "tag",
    "status",
    "severity",
    "report",
    "period",
    "reviewer",
    "owner",
    "due",
    "overdue",
    "deadline",
    "placement",
    "periods",
    "since",
    "until",
    "role",
    "as",
    "search",
)
"""Every word of the language, in the order in which help lists them."""

NONE = "none"
"""The value that asks for annotations without one: `agency:none`, `due:none`."""

EXACTLY = "="
"""What stands before a tag, agency or period that is meant without what lies below it, and before an agency
without its predecessors: `tag:=dau-tu-cong`, `period:=2023`."""

DUE_SIDES = ("before", "after")

_SIDES = {"before": "before", "truoc": "before", "after": "after", "sau": "after"}

MOST_PERIODS = 99
"""The largest value of `periods`, which asks for issues that stand over that many in a row or more."""

DEADLINES = ("on-time", "late", "in-time", "overdue")
"""The values of `deadline`: completed by the due date or after it; not completed, the due date to come or
past. An issue without a due date is never late; a rejected one has none of them."""

WRITTEN, CURRENT, ITSELF = "written", "current", "itself"
READINGS = (WRITTEN, CURRENT, ITSELF)
"""The values of `as`, which say how `agency` is meant: what was linked to that agency, not to predecessors;
what it answers for today, with rows that name who does; without the agencies below it."""

_MERGED = frozenset(
    {
        "agency",
        "tag",
        "status",
        "severity",
        "report",
        "period",
        "reviewer",
        "owner",
        "overdue",
        "deadline",
        "placement",
        "role",
        "as",
    }
)
_WITH_NONE = frozenset({"agency", "tag", "severity", "period", "owner", "due"})


@dataclass(frozen=True, slots=True)
class Term:
    """One condition: annotations whose `word` is any of `values`; with `excluded`, all the others.

    `role`: for `agency` only, the role the link must have. A value of `search` is a bare word or a phrase in
    double quotes.
    """

    word: str
    values: tuple[str, ...] = ()
    excluded: bool = False
    role: Role | None = None


@dataclass(frozen=True, slots=True)
class IssueFilter:
    """Conditions that all hold: the one way to ask for annotations. No terms: every annotation."""

    terms: tuple[Term, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.terms)

    def adding(self, *terms: Term) -> IssueFilter:
        """This filter with `terms` as well; values of a word that is there already widen that word."""
        return IssueFilter(settle((*self.terms, *terms)))

    def without(self, word: str, value: str | None = None) -> IssueFilter:
        """This filter without that value of `word`, or without the word at all."""
        kept = []
        for term in self.terms:
            if term.word != word:
                kept.append(term)
            elif value is not None:
                left = tuple(v for v in term.values if v != value)
                if left or not term.values:
                    kept.append(replace(term, values=left))
        return IssueFilter(tuple(kept))

    @property
    def readings(self) -> frozenset[str]:
        """Which of `READINGS` it asks for."""
        return frozenset(value for term in self.terms if term.word == "as" for value in term.values)

    def has(self, word: str, value: str) -> bool:
        """Whether `word:value` is one of the conditions, not excluded."""
        return any(t.word == word and value in t.values and not t.excluded for t in self.terms)


def canonical(word: str, value: str) -> str:
    """`value` as the filter keeps it for `word`; FilterError (without a place) where it cannot be one."""
    if value.lower() == NONE and word in _WITH_NONE:
        return NONE
    check = _CANONICAL.get(word)
    return check(value) if check else value


def _one_of(word: str, allowed: Iterable[str]) -> Callable[[str], str]:
    choices = tuple(str(name) for name in allowed)
    by_key = {search_key(name): name for name in choices}
    for labels in VALUE_LABELS.values():
        by_key |= {search_key(labels[name]): name for name in choices if name in labels}

    def check(value: str) -> str:
        plain = search_key(value)
        if plain in by_key:
            return by_key[plain]
        near = difflib.get_close_matches(plain, choices, 1, 0.6)
        if near:
            template = N_("“{value}” is no {word}. Did you mean “{nearest}”?")
            raise FilterError(template, value=value, word=Named(word), nearest=near[0])
        template = N_("“{value}” is no {word}. Choose one of {choices}.")
        raise FilterError(template, value=value, word=Named(word), choices=", ".join(choices))

    return check


def _due(value: str) -> str:
    side, colon, day = value.partition(":")
    if colon and (known := _SIDES.get(search_key(side))):
        return f"{known}:{due_days(day)}"
    if colon:
        near = difflib.get_close_matches(side.lower(), DUE_SIDES, 1, 0.0)
        template = N_("“due:{side}:” is not known. Write due:{nearest}:{day}.")
        raise FilterError(
            template, side=side, nearest=near[0] if near else DUE_SIDES[0], day=day or "2023-06-30"
        )
    return due_days(value)


def exact_name(value: str) -> str:
    """The name that `value` means exactly; empty where what lies below is meant too."""
    return value.removeprefix(EXACTLY) if value.startswith(EXACTLY) else ""


def _period(value: str) -> str:
    name = exact_name(value)
    return EXACTLY + canonical_period(name) if name else canonical_period(value)


def _periods(value: str) -> str:
    number = value.lstrip("≥>=+")
    if number.isascii() and number.isdigit() and 1 <= int(number) <= MOST_PERIODS:
        return str(int(number))
    template = N_("“{value}” is no number of periods. Write periods:3 for three in a row or more.")
    raise FilterError(template, value=value)


_CANONICAL: dict[str, Callable[[str], str]] = {
    "status": _one_of(N_("status"), Status),
    "severity": _one_of(N_("severity"), Severity),
    "role": _one_of(N_("role"), Role),
    "deadline": _one_of(N_("deadline"), DEADLINES),
    "placement": _one_of(N_("placement"), Placement),
    "periods": _periods,
    "as": _one_of("as", READINGS),
    "period": _period,
    "due": _due,
    "since": canonical_days,
    "until": canonical_days,
    "overdue": _one_of(N_("overdue"), ("yes",)),
}


def settle(terms: Iterable[Term]) -> tuple[Term, ...]:
    """Repeated words joined into one term each, and `role` given to the agencies it is about."""
    found: list[Term] = []
    for term in _with_roles(list(terms)):
        if term.word == "overdue":
            term = replace(term, values=())
        same = (term.word, term.excluded, term.role)
        at = next((i for i, t in enumerate(found) if (t.word, t.excluded, t.role) == same), -1)
        if at >= 0 and term.word in _MERGED:
            found[at] = replace(found[at], values=tuple(dict.fromkeys(found[at].values + term.values)))
        elif term not in found:
            found.append(term)
    _check_readings(found)
    return tuple(found)


def _check_readings(terms: Iterable[Term]) -> None:
    for term in terms:
        if term.word == "as" and term.excluded:
            raise FilterError(N_("“as:” says how agencies are meant and cannot be excluded. Leave it out."))
        if term.word == "as" and WRITTEN in term.values and CURRENT in term.values:
            template = N_("Agencies are meant either as:written or as:current. Leave one out.")
            raise FilterError(template)


def _with_roles(terms: list[Term]) -> Iterator[Term]:
    wanted = set(Role)
    has_agency = any(t.word == "agency" for t in terms)
    for term in terms:
        if term.word == "role" and has_agency:
            roles = {Role(v) for v in term.values}
            wanted &= set(Role) - roles if term.excluded else roles
    if not wanted:
        raise FilterError(N_("No link has a role that is both lead and coordinating. Leave one out."))
    role = next(iter(wanted)) if len(wanted) == 1 else None
    for term in terms:
        if term.word == "role" and has_agency:
            continue
        if term.word == "agency" and term.role is None and NONE not in term.values:
            term = replace(term, role=role)
        yield term
