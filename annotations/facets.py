"""Rows and counts that follow the filter at once: every annotation is one bit of a number per value.

With a million annotations such a number has 125 KB, and a count is one `&` and one `bit_count`: some 20 µs.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import reduce
from itertools import compress, islice
from operator import or_

from annotations.connection import rows
from annotations.dates import days
from annotations.facet_members import Days, Members, bits_of, flags_of
from annotations.filter_sql import UNFINISHED, Clause, clauses, periods_meant
from annotations.filter_terms import exact_name
from annotations.filters import NONE, IssueFilter, Term
from annotations.issues import Issues
from annotations.models import Language, Placement
from annotations.sources import BY_REPORT, LIVE

FACETS = ("agency", "tag", "status", "severity", "period", "owner", "reviewer", "placement")
"""The words of the filter whose values are counted; of `placement` those that ask for somebody to look."""

FIXED_ORDER = frozenset({"status", "severity", "period", "placement"})
"""Facets whose values run in an order of their own, the others by how many annotations have them."""

Key = str | int | None
"""What a value is called inside: the id of a tag, agency or reviewer, a word, a period; None for none."""

_REMEMBERED = 32


@dataclass(frozen=True, slots=True)
class FacetCount:
    """How many annotations a value has. `value`: as a filter names it, `none` for those without; `label`: as
    people call it, empty for none."""

    value: str
    label: str
    count: int


@dataclass(slots=True, repr=False)
class FacetIndex:
    """The annotations of one moment by what a filter asks of them, in memory; `build` makes it, in a worker.

    `change`: id of the last change it knows. `size`: more than the highest id. `order`: ids in list order.
    """

    change: int
    size: int
    order: array[int]
    live: int
    members: dict[str, dict[Key, Members]]
    names: dict[str, dict[Key, tuple[str, str]]]
    due: Days
    date: Days
    _known: dict[tuple[str, ...], int] = field(default_factory=dict)

    @classmethod
    def build(cls, issues: Issues, language: Language = "vi") -> FacetIndex:
        """The whole record as `issues` has it at one moment, labels in `language`.

        Takes some 2 µs and 60 bytes an annotation.
        """
        from annotations.facet_builder import build

        return build(issues, language)

    def is_current(self, issues: Issues) -> bool:
        """Whether nothing has been changed since it was built."""
        return last_change(issues) == self.change

    def count(self, issues: Issues, issue_filter: IssueFilter) -> int:
        """How many annotations `issue_filter` finds; raises as `Issues.ids`, like all methods here."""
        return self._mask(issues, issue_filter.terms).bit_count()

    def ids(self, issues: Issues, issue_filter: IssueFilter) -> array[int]:
        """Ids of what `issue_filter` finds, in list order."""
        flags = flags_of(self._mask(issues, issue_filter.terms), self.size)
        return array("q", compress(self.order, map(flags.__getitem__, self.order)))

    def first(self, issues: Issues, issue_filter: IssueFilter, limit: int) -> array[int]:
        """The first `limit` of `ids`, without looking for the others."""
        flags = flags_of(self._mask(issues, issue_filter.terms), self.size)
        return array("q", islice(compress(self.order, map(flags.__getitem__, self.order)), limit))

    def counts(
        self, issues: Issues, issue_filter: IssueFilter, *, others: bool = False
    ) -> dict[str, list[FacetCount]]:
        """For each of `FACETS`, its values among what `issue_filter` finds; those of nobody are left out.

        `others`: leave the conditions on a word out of the counts of its own values, so that they say what
        choosing another one would give. A tag or agency counts with all below it.
        """
        found: dict[str, list[FacetCount]] = {}
        masks: dict[tuple[Term, ...], tuple[int, bytes]] = {}
        for word in FACETS:
            terms = issue_filter.terms
            if others:
                terms = tuple(term for term in terms if term.word != word or term.excluded)
            if terms not in masks:
                mask = self._mask(issues, terms)
                masks[terms] = mask, flags_of(mask, self.size)
            found[word] = self._counted(word, *masks[terms])
        return found

    def _counted(self, word: str, mask: int, flags: bytes) -> list[FacetCount]:
        names = self.names[word]
        counted = []
        for key, members in self.members[word].items():
            count = members.among(mask, flags)
            if count:
                counted.append(FacetCount(*names.get(key, (str(key), str(key))), count))
        if word not in FIXED_ORDER:
            counted.sort(key=lambda facet: (-facet.count, facet.label))
        return counted

    def _mask(self, issues: Issues, terms: tuple[Term, ...]) -> int:
        """The annotations that meet all of `terms`."""
        mask = self.live
        asked = [term for term in terms if term.word == "as"]
        for term in terms:
            if term.word in self.members and term.role is None and _is_counted(issues, term, bool(asked)):
                bits = self._of_values(issues, term)
            elif term.word in _DAYS:
                bits = self._of_days(term, issues.today())
            else:
                asked += [term] if term.word != "as" else []
                continue
            mask &= ~bits if term.excluded else bits
        for clause in clauses(IssueFilter(tuple(asked)), issues.directory, issues.today()):
            bits = self._looked_up(issues, clause)
            mask &= ~bits if clause.excluded else bits
        return mask

    def _of_values(self, issues: Issues, term: Term) -> int:
        """The annotations that have any of the values of `term`, its exclusion apart."""
        members, keys = self.members[term.word], _KEYS[term.word]
        wanted = {key for value in term.values for key in ((None,) if value == NONE else keys(issues, value))}
        return reduce(or_, (members[key].as_bits(self.size) for key in wanted if key in members), 0)

    def _of_days(self, term: Term, today: str) -> int:
        """The annotations whose due date, or whose report's date, is as `term` says, its exclusion apart."""
        name = (term.word, today, *term.values)
        if name not in self._known:
            self._remember(name, _DAYS[term.word](self, term, today))
        return self._known[name]

    def _looked_up(self, issues: Issues, clause: Clause) -> int:
        """The annotations that meet a condition as the database has it, its exclusion apart."""
        name = (clause.sql, *clause.params)
        if name not in self._known:
            sql = clause.candidates or f"SELECT a.id FROM {BY_REPORT} WHERE {LIVE} AND ({clause.sql})"
            found = rows(issues.connection, sql, clause.params)
            self._remember(name, bits_of((row[0] for row in found), self.size))
        return self._known[name]

    def _remember(self, name: tuple[str, ...], bits: int) -> None:
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        self._known[name] = bits


def _is_counted(issues: Issues, term: Term, has_reading: bool) -> bool:
    """Whether the members of its values are what `term` finds: for tags and agencies, of them and of all
    below."""
    if term.word in ("tag", "agency") and any(map(exact_name, term.values)):
        return False
    if term.word == "placement":
        return Placement.EXACT not in term.values
    if term.word != "agency":
        return True
    directory = issues.directory
    named = (value for value in term.values if value != NONE)
    return not has_reading and all(directory.is_plain(directory.agency(value).id) for value in named)


def last_change(issues: Issues) -> int:
    """Id of the last change in the record; 0 before the first."""
    return int(rows(issues.connection, "SELECT max(id) FROM changes")[0][0] or 0)


def _due(index: FacetIndex, term: Term, today: str) -> int:
    ids: array[int] = array("I")
    none = 0
    for value in term.values:
        side, colon, day = value.partition(":")
        if value == NONE:
            none = index.live & ~bits_of(index.due.ids, index.size)
        elif side == "before":
            ids += index.due.before(days(day, today)[0])
        elif side == "after":
            ids += index.due.after(days(day, today)[1])
        else:
            ids += index.due.between(*days(day if colon else value, today))
    return none | bits_of(ids, index.size)


def _overdue(index: FacetIndex, term: Term, today: str) -> int:
    statuses = index.members["status"]
    unfinished = [statuses[status].as_bits(index.size) for status in UNFINISHED if status in statuses]
    return bits_of(index.due.before(today), index.size) & reduce(or_, unfinished, 0)


def _since(index: FacetIndex, term: Term, today: str) -> int:
    first = min(days(value, today)[0] for value in term.values)
    return bits_of(index.date.between(first, "9999-12-31"), index.size)


def _until(index: FacetIndex, term: Term, today: str) -> int:
    last = max(days(value, today)[1] for value in term.values)
    return bits_of(index.date.between("", last), index.size)


_DAYS: dict[str, Callable[[FacetIndex, Term, str], int]] = {
    "due": _due,
    "overdue": _overdue,
    "since": _since,
    "until": _until,
}
_KEYS: dict[str, Callable[[Issues, str], Iterable[Key]]] = {
    "agency": lambda issues, name: (issues.directory.agency(name).id,),
    "tag": lambda issues, name: (issues.directory.tag(name).id,),
    "status": lambda issues, value: (value,),
    "severity": lambda issues, value: (value,),
    "period": lambda issues, value: periods_meant(value),
    "reviewer": lambda issues, name: issues.directory.reviewer_ids(name),
    "owner": lambda issues, name: issues.directory.reviewer_ids(name),
    "role": lambda issues, value: (value,),
    "placement": lambda issues, value: (value,),
}
