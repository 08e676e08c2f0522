"""What the issue list shows, as a value: a filter, an order, columns; how a view and a memory keep it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from annotations.errors import FilterError
from annotations.filters import IssueFilter, Term, parse_filter
from annotations.issue_order import GROUPS, SORTS, Arrangement

if TYPE_CHECKING:
    from annotations.models import View
    from annotations.store.views import ViewFields

_CLOSED = ("status", "severity")
"""Words each issue has one value of: that two conditions hold is one condition on what both allow."""
_DESCENDING = "-"

Columns = tuple[tuple[str, int], ...]
"""Names of the issue list's columns with their widths in cells, 0 for what fits; empty for the usual ones."""


@dataclass(frozen=True, slots=True)
class Shown:
    """`filter`: in the filter language."""

    filter: str = ""
    arrangement: Arrangement = field(default_factory=Arrangement)
    columns: Columns = ()

    def same(self, other: Shown) -> bool:
        """Whether `other` shows the same, whatever spaces and quotes its filter has."""
        if (self.arrangement, self.columns) != (other.arrangement, other.columns):
            return False
        if self.filter.strip() == other.filter.strip():
            return True
        try:
            return parse_filter(self.filter) == parse_filter(other.filter)
        except FilterError:
            return False


def shown_by(view: View) -> Shown:
    """What `view` shows; names that mean nothing any more are left out."""
    return Shown(view.filter, _arrangement(view.groups, view.sorts), view.columns)


def _arrangement(groups: Iterable[str], sorts: Iterable[str]) -> Arrangement:
    group = next((name for name in groups if name in GROUPS), "")
    sort = next((name for name in sorts if name.removeprefix(_DESCENDING) in SORTS), "")
    return Arrangement(group, sort.removeprefix(_DESCENDING), sort.startswith(_DESCENDING))


def fields_of(shown: Shown) -> ViewFields:
    """How rows are shown, as the record keeps it."""
    order = shown.arrangement
    sign = _DESCENDING if order.descending else ""
    return {
        "columns": shown.columns,
        "groups": [order.group] if order.group else [],
        "sorts": [f"{sign}{order.sort}"] if order.sort else [],
    }


@dataclass(frozen=True, slots=True)
class Memory:
    """Where a reviewer was in the issue list. `tab`: id of a view, 0 for the whole list. `tabs`: what those
    show that were changed and not saved. `row`: the annotation under the cursor."""

    tab: int = 0
    tabs: Mapping[int, Shown] = field(default_factory=dict)
    row: int | None = None


def write_memory(memory: Memory) -> str:
    """`memory` as it is remembered."""
    tabs = {str(tab): {"filter": shown.filter, **fields_of(shown)} for tab, shown in memory.tabs.items()}
    return json.dumps({"tab": memory.tab, "tabs": tabs, "row": memory.row}, ensure_ascii=False)


def read_memory(text: str | None) -> Memory:
    """What was remembered; nothing where it cannot be read."""
    with suppress(ValueError, TypeError, KeyError, AttributeError):
        kept = json.loads(text or "{}")
        tabs = {int(tab): _read_shown(shown) for tab, shown in kept.get("tabs", {}).items()}
        row = kept.get("row")
        return Memory(int(kept.get("tab", 0)), tabs, None if row is None else int(row))
    return Memory()


def _read_shown(kept: Mapping[str, Any]) -> Shown:
    columns = tuple((str(name), int(width)) for name, width in kept["columns"])
    return Shown(str(kept["filter"]), _arrangement(kept["groups"], kept["sorts"]), columns)


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
