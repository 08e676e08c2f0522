"""Saved views as what the issue list is asked for; no Textual in it."""

from __future__ import annotations

from dataclasses import replace

from annotations.filters import IssueFilter, Term

_CLOSED = ("status", "severity")
"""Words each issue has one value of: that two conditions hold is one condition on what both allow."""


def both(first: IssueFilter, second: IssueFilter) -> IssueFilter:
    """What both filters find. A word that stands in both stays two conditions, unlike in one typed text."""
    terms: list[Term] = list(first.terms)
    for term in second.terms:
        at = next((n for n, other in enumerate(terms) if _meets(other, term)), None)
        if at is None:
            terms.append(term)
        elif term != terms[at]:
            shared = tuple(value for value in terms[at].values if value in term.values)
            if shared:
                terms[at] = replace(terms[at], values=shared)
            else:
                terms.append(term)
    return IssueFilter(tuple(terms))


def _meets(first: Term, second: Term) -> bool:
    if first == second:
        return True
    return first.word == second.word and first.word in _CLOSED and not (first.excluded or second.excluded)
