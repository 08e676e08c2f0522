"""The filter behind a number: the one of all that was counted, with the conditions of that number added.

The filter language joins the values of one word by “or”. A condition on a word that the filter has one on
already therefore takes the place of that; it can do so where it asks for part of the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property

from annotations.directory import with_descendants
from annotations.filter_sql import periods_meant
from annotations.filter_terms import (
    CURRENT,
    EXACTLY,
    ITSELF,
    MOST_PERIODS,
    NONE,
    WRITTEN,
    IssueFilter,
    Term,
    exact_name,
    settle,
)
from annotations.issues import Issues
from annotations.models import Role

_WORD_OF = {"lead": "agency"}
_ROLE_OF = {"lead": Role.LEAD}

Keys = frozenset[object]


class Narrower:
    """Writes the conditions of numbers that were counted among what `issue_filter` finds.

    It knows the codebook, the agencies and the periods of the moment it was made.
    """

    def __init__(self, issues: Issues, issue_filter: IssueFilter) -> None:
        self._issues = issues
        self._filter = issue_filter
        self._readings = issue_filter.readings
        self._today = issues.today()
        self._tags = issues.directory.tags
        self._written: dict[tuple[str, str], str] = {}

    def term(self, by: str, keys: Sequence[str | None]) -> Term:
        """The condition of having one of `keys`, values of `by` (a name of `counts.BY`) as counted: a tag or
        agency without what lies below it. None: without any."""
        word = _WORD_OF.get(by, by)
        values = tuple(NONE if key is None else self._value(word, key) for key in keys)
        return Term(word, values, role=_ROLE_OF.get(by))

    def narrowed(self, terms: Iterable[Term]) -> IssueFilter | None:
        """What the filter finds and `terms` hold of; None where no filter says so: nothing fits both, or
        something that fits cannot be told apart."""
        wanted = list(terms)
        kept = list(self._filter.terms)
        if any(term.word == "agency" for term in wanted):
            kept = [_as_agency(term) for term in kept]
        for term in wanted:
            same = (term.word, term.role)
            at = next((i for i, t in enumerate(kept) if (t.word, t.role) == same and not t.excluded), -1)
            if at < 0 or term.excluded:
                kept.append(term)
                continue
            allowed = self._meant(kept[at])
            if allowed <= self._meant(term):
                continue
            values = tuple(v for v in term.values if self._meant(replace(term, values=(v,))) <= allowed)
            if term.values and not values:
                return None
            kept[at] = replace(term, values=values)
        return IssueFilter(settle(kept))

    def _value(self, word: str, key: str) -> str:
        """`key` as a filter names it: exactly, where the name alone means more."""
        known = (word, key)
        if known not in self._written:
            plain, exact = Term(word, (key,)), Term(word, (EXACTLY + key,))
            widens = word in ("tag", "agency", "period") and self._found(plain) != self._found(exact)
            self._written[known] = EXACTLY + key if widens else key
        return self._written[known]

    def _found(self, term: Term) -> Keys:
        """What `term` means among what there is."""
        keys = self._meant(term)
        return keys & self._periods if term.word == "period" else keys

    @cached_property
    def _periods(self) -> Keys:
        return frozenset(self._issues.directory.periods())

    @cached_property
    def _tag_ids(self) -> dict[str, int]:
        return {tag.slug: tag.id for tag in self._tags}

    def _meant(self, term: Term) -> Keys:
        """What annotations can have of `term.word` for it to hold: ids, periods or words; None for none."""
        return frozenset().union(*(self._of_value(term.word, value) for value in term.values))

    def _of_value(self, word: str, value: str) -> Iterable[object]:
        if value == NONE:
            return (None,)
        if word == "tag":
            return self._of_tag(value)
        if word == "agency":
            return self._of_agency(value)
        directory = self._issues.directory
        if word == "period":
            return periods_meant(value)
        if word == "periods":
            return range(int(value), MOST_PERIODS + 1)
        if word in ("reviewer", "owner"):
            return directory.reviewer_ids(value)
        return directory.report_ids(value) if word == "report" else (value,)

    def _of_tag(self, value: str) -> Iterable[int]:
        name = exact_name(value)
        found = self._tag_ids.get(name or value)
        if found is None:
            found = self._issues.directory.tag(name or value).id
        return (found,) if name else with_descendants(self._tags, found)

    def _of_agency(self, value: str) -> Iterable[int]:
        directory, name = self._issues.directory, exact_name(value)
        if name:
            readings = {ITSELF, CURRENT if CURRENT in self._readings else WRITTEN}
            return directory.agency_ids(name, readings, self._today)
        return directory.agency_ids(value, self._readings, self._today)


def _as_agency(term: Term) -> Term:
    """A condition on roles as one on agencies that means the same, which stays apart from others on them."""
    if term.word != "role":
        return term
    role = Role(term.values[0]) if len(term.values) == 1 else None
    return Term("agency", (NONE,), excluded=not term.excluded, role=role)
