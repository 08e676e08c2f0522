"""A filter as SQL conditions on annotations `a` and their reports `r`."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date

from annotations.dates import days, period_parts
from annotations.directory import Directory
from annotations.errors import Ambiguous, FilterError, NotFound
from annotations.filter_terms import CURRENT, ITSELF, WRITTEN, exact_name
from annotations.filters import NONE, IssueFilter, Term, Token, parse_filter, tokens
from annotations.models import Placement, Role
from reports.errors import N_
from reports.vietnamese import search_key

UNFINISHED = ("open", "in-progress")
"""The statuses of an issue that somebody still has to do something about."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One condition. `candidates`: a query, with the same values, of the ids of just those annotations that
    meet `sql`, some perhaps twice or deleted; None where no index gives them. `excluded`: the contrary is
    asked for."""

    sql: str
    params: tuple[str, ...] = ()
    candidates: str | None = None
    excluded: bool = False

    def condition(self, sql: str = "") -> str:
        """What must be true, with `sql` (which must mean the same) in place of its own."""
        return f"NOT ifnull(({sql or self.sql}), 0)" if self.excluded else f"({sql or self.sql})"


def local_day() -> str:
    """The ISO day it is here now."""
    return date.today().isoformat()


def clauses(issue_filter: IssueFilter, directory: Directory, today: str) -> list[Clause]:
    """The conditions of `issue_filter`, all of which must hold. `today`: ISO day.

    NotFound, Ambiguous, FilterError where a name or value means nothing.
    """
    terms = issue_filter.terms
    found = [_clause(term, directory, today) for term in terms if term.word not in ("search", "as", "agency")]
    readings = issue_filter.readings
    found += [
        replace(_agency(term, directory, today, readings), excluded=term.excluded)
        for term in terms
        if term.word == "agency"
    ]
    wanted = [term for term in terms if term.word == "search" and not term.excluded]
    if wanted:
        parts = [_match(term, prefix=term is wanted[-1]) for term in wanted]
        found.append(_searched(" AND ".join(parts)))
    unwanted = (term for term in terms if term.word == "search" and term.excluded)
    found.extend(replace(_searched(_match(term, prefix=False)), excluded=True) for term in unwanted)
    return found


def to_sql(
    issue_filter: IssueFilter, directory: Directory, today: str | None = None
) -> tuple[str, tuple[str, ...]]:
    """The whole of `issue_filter` as one SQL condition and its values; `1` where it has no terms."""
    parts = clauses(issue_filter, directory, today or local_day())
    sql = " AND ".join(part.condition() for part in parts) or "1"
    return sql, tuple(value for part in parts for value in part.params)


def check_filter(text: str, directory: Directory) -> IssueFilter:
    """The filter that `text` asks for, every name in it looked up; FilterError with the place of the first
    that is not known."""
    issue_filter = parse_filter(text)
    for token in tokens(text):
        for number, value in enumerate(token.term.values):
            single = Term(token.term.word, (value,), token.term.excluded, token.term.role)
            try:
                clauses(IssueFilter((single,)), directory, "2000-01-01")
            except (NotFound, Ambiguous, FilterError) as error:
                raise _placed(error, token, number) from None
    return issue_filter


def _placed(error: NotFound | Ambiguous | FilterError, token: Token, number: int) -> FilterError:
    span = token.value_spans[number] if number < len(token.value_spans) else token.span
    return FilterError(error.template, span.start, span.end, **error.values)


def _clause(term: Term, directory: Directory, today: str) -> Clause:
    return replace(_MAKERS[term.word](term, directory, today), excluded=term.excluded)


def _tag(term: Term, directory: Directory, today: str) -> Clause:
    ids: set[int] = set()
    for value in term.values:
        if name := exact_name(value):
            ids.add(directory.tag(name).id)
        elif value != NONE:
            ids.update(directory.tag_ids(value))
    return _joined(term, "annotation_tags", f"tag_id IN ({_listed(ids)})", ids)


def _agency(term: Term, directory: Directory, today: str, readings: Collection[str]) -> Clause:
    ids: set[int] = set()
    for value in term.values:
        if name := exact_name(value):
            # Exactly that one: as it was linked, or all that it answers for today.
            asked = (ITSELF, CURRENT if CURRENT in readings else WRITTEN)
            ids.update(directory.agency_ids(name, asked, today))
        elif value != NONE:
            ids.update(directory.agency_ids(value, readings, today))
    role = f" AND role = '{term.role.value}'" if term.role else ""
    return _joined(term, "annotation_agencies", f"agency_id IN ({_listed(ids)})", ids, role)


def _joined(term: Term, table: str, condition: str, ids: set[int], role: str = "") -> Clause:
    """Annotations linked in `table` as `condition` and `role` (SQL) say, and those without any in that role
    where `none` is asked for."""
    parts = []
    if ids or NONE not in term.values:
        linked = f"x.annotation_id = a.id AND x.{condition}{role}"
        parts.append(f"EXISTS (SELECT 1 FROM {table} x WHERE {linked})")
    if NONE in term.values:
        parts.append(f"NOT EXISTS (SELECT 1 FROM {table} x WHERE x.annotation_id = a.id{role})")
        return Clause(" OR ".join(parts))
    return Clause(parts[0], (), f"SELECT annotation_id AS id FROM {table} WHERE {condition}{role}")


def _role(term: Term, directory: Directory, today: str) -> Clause:
    roles = ", ".join(f"'{Role(value).value}'" for value in term.values)
    table = "annotation_agencies x WHERE x.annotation_id = a.id"
    return Clause(f"EXISTS (SELECT 1 FROM {table} AND x.role IN ({roles}))")


def _status(term: Term, directory: Directory, today: str) -> Clause:
    return Clause(f"a.status IN ({_marks(term.values)})", term.values)


def _severity(term: Term, directory: Directory, today: str) -> Clause:
    return _nullable("a.severity", term.values)


def _nullable(column: str, values: Iterable[str]) -> Clause:
    asked = tuple(value for value in values if value != NONE)
    parts = [f"ifnull({column} IN ({_marks(asked)}), 0)"] if asked else []
    if NONE in values:
        parts.append(f"{column} IS NULL")
    return Clause(" OR ".join(parts), asked)


def _period(term: Term, directory: Directory, today: str) -> Clause:
    parts = dict.fromkeys(p for value in term.values for p in periods_meant(value))
    return _nullable("r.period", tuple(parts))


def periods_meant(value: str) -> tuple[str, ...]:
    """The periods of reports that `value` of the word `period` means; `none` as it is."""
    name = exact_name(value)
    if name or value == NONE:
        return (name or value,)
    return period_parts(value)


def _report(term: Term, directory: Directory, today: str) -> Clause:
    ids = _listed({i for value in term.values for i in directory.report_ids(value)})
    return Clause(
        f"a.report_id IN ({ids})",
        (),
        f"SELECT id FROM annotations WHERE report_id IN ({ids}) AND deleted_at IS NULL",
    )


def _periods(term: Term, directory: Directory, today: str) -> Clause:
    least = min(int(value) for value in term.values)
    if least <= 1:
        return Clause("1")
    found = "SELECT value {name}FROM json_each(?)"
    ids = json.dumps(directory.standing_for(least))
    return Clause(f"a.id IN ({found.format(name='')})", (ids,), found.format(name="AS id "))


def _reviewer(term: Term, directory: Directory, today: str) -> Clause:
    ids = {i for value in term.values for i in directory.reviewer_ids(value)}
    return Clause(f"a.reviewer_id IN ({_listed(ids)})")


def _owner(term: Term, directory: Directory, today: str) -> Clause:
    ids = {i for value in term.values if value != NONE for i in directory.reviewer_ids(value)}
    owned = f"SELECT id FROM annotations WHERE owner_id IN ({_listed(ids)})"
    parts = [f"ifnull(a.owner_id IN ({_listed(ids)}), 0)"] if ids else []
    if NONE in term.values:
        parts.append("a.owner_id IS NULL")
        return Clause(" OR ".join(parts))
    return Clause(parts[0], (), owned)


def _overdue(term: Term, directory: Directory, today: str) -> Clause:
    return Clause(
        f"a.due IS NOT NULL AND a.due < ? AND a.status IN ({_marks(UNFINISHED)})", (today, *UNFINISHED)
    )


_NOT_SETTLED = f"a.status IN ({', '.join(repr(status) for status in UNFINISHED)})"
_SETTLED_LATE = "ifnull(a.resolved_on > a.due, 0)"
_CELLS = {
    "on-time": f"a.status = 'resolved' AND NOT {_SETTLED_LATE}",
    "late": f"a.status = 'resolved' AND {_SETTLED_LATE}",
    "in-time": f"{_NOT_SETTLED} AND NOT ifnull(a.due < ?, 0)",
    "overdue": f"{_NOT_SETTLED} AND ifnull(a.due < ?, 0)",
}


def deadline_cell(value: str, today: str) -> tuple[str, tuple[str, ...]]:
    """The condition for one of `DEADLINES` on the ISO day `today`, and its values."""
    sql = _CELLS[value]
    return sql, (today,) * sql.count("?")


def _deadline(term: Term, directory: Directory, today: str) -> Clause:
    cells = [deadline_cell(value, today) for value in term.values]
    sql = " OR ".join(f"({condition})" for condition, _ in cells)
    return Clause(sql, tuple(value for _, values in cells for value in values))


def _placement(term: Term, directory: Directory, today: str) -> Clause:
    """Those that are simply in place are what the index of the others leaves out."""
    unplaced = "SELECT id FROM annotations WHERE placement IN ({marks}) AND placement != 'exact'"
    if Placement.EXACT not in term.values:
        ids = unplaced.format(marks=_marks(term.values))
        return Clause(f"a.id IN ({ids})", term.values, ids)
    others = tuple(str(each) for each in Placement if each not in term.values)
    return Clause(f"a.id NOT IN ({unplaced.format(marks=_marks(others))})", others)


def _due(term: Term, directory: Directory, today: str) -> Clause:
    parts: list[str] = []
    params: list[str] = []
    for value in term.values:
        side, colon, day = value.partition(":")
        first, last = ("", "") if value == NONE else days(day if colon else value, today)
        if value == NONE:
            parts.append("a.due IS NULL")
        elif side == "before":
            parts.append("a.due IS NOT NULL AND a.due < ?")
            params.append(first)
        elif side == "after":
            parts.append("a.due IS NOT NULL AND a.due > ?")
            params.append(last)
        else:
            parts.append("a.due IS NOT NULL AND a.due BETWEEN ? AND ?")
            params += [first, last]
    return Clause(" OR ".join(f"({part})" for part in parts), tuple(params))


def _since(term: Term, directory: Directory, today: str) -> Clause:
    first = min(days(value, today)[0] for value in term.values)
    return Clause("r.date IS NOT NULL AND r.date >= ?", (first,))


def _until(term: Term, directory: Directory, today: str) -> Clause:
    last = max(days(value, today)[1] for value in term.values)
    return Clause("r.date IS NOT NULL AND r.date <= ?", (last,))


def _searched(match: str) -> Clause:
    ids = "SELECT rowid FROM annotation_search WHERE annotation_search MATCH ?"
    return Clause(f"a.id IN ({ids})", (match,), ids.replace("rowid", "rowid AS id", 1))


def _match(term: Term, *, prefix: bool) -> str:
    """`term` in the query language of FTS5: any of its values, all words of a value, phrases in order."""
    choices = []
    for value in term.values:
        words = search_key(value).split()
        if not words:
            raise FilterError(N_("“{value}” has no letter or digit to search for."), value=value)
        if value.startswith('"'):
            choices.append('"' + " ".join(words) + '"')
        else:
            quoted = [f'"{word}"' for word in words]
            choices.append("(" + " AND ".join(quoted) + ("*" if prefix else "") + ")")
    return "(" + " OR ".join(choices) + ")"


def _listed(ids: Iterable[int]) -> str:
    return ", ".join(str(int(i)) for i in sorted(ids))


def _marks(values: Iterable[str]) -> str:
    return ", ".join("?" for _ in values)


_MAKERS: dict[str, Callable[[Term, Directory, str], Clause]] = {
    "tag": _tag,
    "status": _status,
    "severity": _severity,
    "report": _report,
    "period": _period,
    "reviewer": _reviewer,
    "owner": _owner,
    "due": _due,
    "overdue": _overdue,
    "deadline": _deadline,
    "placement": _placement,
    "periods": _periods,
    "since": _since,
    "until": _until,
    "role": _role,
}
