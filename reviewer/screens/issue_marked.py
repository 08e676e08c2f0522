"""The issues that are marked, as acts on all of them need them: few of them read, the rest counted."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, overload

from annotations import many
from annotations.models import Link, Severity, Status
from reviewer.days import show_day
from reviewer.i18n import _, ngettext
from reviewer.layout.cells import shorten
from reviewer.words import number, severity_word, status_word

if TYPE_CHECKING:
    from annotations.issue_rows import IssueRow
    from annotations.store import BulkFields, Store

SAMPLES = 5
"""Issues named in the question before many are changed."""
_SAMPLE_CELLS = 48
_VALUES = 4
"""Values of a field that are told with their counts; the others are counted together."""


class MarkedIssues(Sequence["IssueRow"]):
    """Rows by their place, each read when asked for. `change`: the last change in the record that whoever
    marked them has seen."""

    def __init__(self, store: Store, ids: Sequence[int], change: int | None = None) -> None:
        self._store = store
        self.ids: array[int] = many.living(store.issues.connection, ids)
        self.change = store.last_change_id() if change is None else change

    def __len__(self) -> int:
        return len(self.ids)

    @overload
    def __getitem__(self, at: int) -> IssueRow: ...
    @overload
    def __getitem__(self, at: slice) -> list[IssueRow]: ...
    def __getitem__(self, at: int | slice) -> IssueRow | list[IssueRow]:
        if isinstance(at, slice):
            return self._store.issues.rows(self.ids[at])
        return self._store.issues.rows(self.ids[at : at + 1 or None])[0]

    def __iter__(self) -> Iterator[IssueRow]:
        return iter(self._store.issues.rows(self.ids))

    def among(self, ids: Sequence[int]) -> MarkedIssues:
        """Those of them with `ids`."""
        return self if len(ids) == len(self) else MarkedIssues(self._store, ids, self.change)

    def standings(self) -> list[many.Standing]:
        """How each stands and whom it concerns."""
        return many.standings(self._store.issues.connection, self.ids)

    def spread(self, name: many.Field) -> dict[str | None, int]:
        """How many have each value of a field."""
        return many.spread(self._store.issues.connection, self.ids, name)

    def only(self, name: many.Field) -> str | None:
        """The value that all have; None where they differ."""
        values = list(self.spread(name))
        return values[0] if len(values) == 1 else None

    def tags(self) -> dict[int, int]:
        """How many have each tag, by its id."""
        return many.tags_of(self._store.issues.connection, self.ids)

    def links(self) -> dict[Link, int]:
        """How many have each link."""
        return many.links_of(self._store.issues.connection, self.ids)

    def shared_tags(self) -> tuple[int, ...]:
        """Ids of the tags that all have."""
        return tuple(tag for tag, count in self.tags().items() if count == len(self))

    def shared_links(self) -> tuple[Link, ...]:
        """The links that all have."""
        return tuple(link for link, count in self.links().items() if count == len(self))


def preview(marked: MarkedIssues, fields: BulkFields) -> list[str]:
    """What those that will be changed have now, and the first of them, a line each."""
    return [*_now(marked, fields), "", *_samples(marked)]


def _now(marked: MarkedIssues, fields: BulkFields) -> list[str]:
    lines = []
    if "status" in fields:
        said = {status_word(Status(str(value))): count for value, count in marked.spread("status").items()}
        lines.append(_("now: {values}").format(values=_counted(said)))
    if "severity" in fields:
        found = marked.spread("severity").items()
        said = {severity_word(Severity(value) if value else None): count for value, count in found}
        lines.append(_("now: {values}").format(values=_counted(said)))
    if "due" in fields:
        found = marked.spread("due").items()
        said = {show_day(value) or _("no due date"): count for value, count in found}
        lines.append(_("now: {values}").format(values=_counted(said)))
    if "owner_id" in fields:
        found = marked.spread("owner").items()
        lines.append(_("now: {values}").format(values=_counted({v or _("nobody"): n for v, n in found})))
    if "note" in fields and (noted := len(marked) - marked.spread("note").get("", 0)):
        said_of = ngettext(
            "{count} has a note, which is replaced.", "{count} have a note, which is replaced.", noted
        )
        lines.append(said_of.format(count=number(noted)))
    return lines + _already(marked, fields)


def _already(marked: MarkedIssues, fields: BulkFields) -> list[str]:
    """How many have what is put on or lack what is taken off."""
    counts = []
    if "add_tags" in fields or "remove_tags" in fields:
        have = marked.tags()
        counts += [have.get(tag, 0) for tag in fields.get("add_tags", ())]
    if "add_links" in fields or "remove_agencies" in fields:
        linked = marked.links()
        counts += [linked.get(link, 0) for link in fields.get("add_links", ())]
    there = min(counts, default=0)
    if not there:
        return []
    said = ngettext("{count} has it already.", "{count} have it already.", there)
    return [said.format(count=number(there))]


def _counted(values: dict[str, int]) -> str:
    """`open 7 · resolved 2`, the most frequent first."""
    said = [f"{value} {number(count)}" for value, count in list(values.items())[:_VALUES]]
    if rest := sum(list(values.values())[_VALUES:]):
        said.append(_("others {count}").format(count=number(rest)))
    return " · ".join(said)


def _samples(marked: MarkedIssues) -> list[str]:
    """The first of the issues that will be changed, a line each."""
    rows = marked[:SAMPLES]
    lines = [f"#{row.id}  {shorten(' '.join(row.passage.split()), _SAMPLE_CELLS)}" for row in rows]
    if (more := len(marked) - len(rows)) > 0:
        lines.append(ngettext("… and {count} more", "… and {count} more", more).format(count=number(more)))
    return lines
