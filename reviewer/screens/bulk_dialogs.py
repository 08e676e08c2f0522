"""Dialogs for many issues at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from annotations.models import ReviewerRole, Severity, Status
from annotations.transitions import allows, is_concerned
from reviewer.i18n import _, ngettext
from reviewer.screens.standing import CHOICES, StandingDialog
from reviewer.words import number, severity_word, status_word

if TYPE_CHECKING:
    from annotations.many import Standing
    from annotations.store import BulkFields, Store

NAMED = 5
"""Issues that stay as they are named before a change, at most."""


def those_that_may(rows: Sequence[Standing], after: Status, role: ReviewerRole, name: str) -> list[Standing]:
    """Those of `rows` whose status may become `after` by `name`, who has `role`."""
    return [
        row
        for row in rows
        if allows(Status(row.status), after, concerned=is_concerned(role, name, row.reviewer, row.owner))
    ]


class BulkStatus(StandingDialog[tuple[Status | Severity | None, ...] | None]):
    """Asks for a status, a severity, or one of each for `rows`; dismissed with what was picked, the status
    first, None for no severity. Says how many may get each status."""

    def __init__(self, rows: Sequence[Standing], role: ReviewerRole, name: str) -> None:
        super().__init__()
        self._count = len(rows)
        alike = Counter(row._replace(id=0) for row in rows)
        kinds = list(alike)
        self._allowed = {
            status: sum(alike[row] for row in those_that_may(kinds, status, role, name)) for status in Status
        }

    def title_text(self) -> str:
        return _("Status or severity of the marked")

    def why_not(self, item: int) -> str:
        value = CHOICES[item][1]
        if isinstance(value, Status) and not self._allowed[value]:
            return _("None of them may become so: open them again first.")
        return ""

    def beside(self, item: int) -> str:
        value = CHOICES[item][1]
        if not isinstance(value, Status) or self._allowed[value] == self._count:
            return ""
        return _("{count} of {all}").format(count=number(self._allowed[value]), all=number(self._count))

    def finish(self) -> None:
        self.dismiss(tuple(self.picked))


def standing_proposal(
    store: Store, rows: Sequence[Standing], picked: Sequence[Status | Severity | None]
) -> tuple[list[Standing], str, BulkFields]:
    """What is to be done to which of `rows`: those, in words, and as fields. Issues that may not get the
    status stay out of it, and the words say so."""
    fields: BulkFields = {}
    words, kept = [], list(rows)
    for value in picked:
        if isinstance(value, Status):
            fields["status"] = value
            words.append(status_word(value))
            kept = those_that_may(rows, value, store.role, store.reviewer)
        else:
            fields["severity"] = value
            words.append(severity_word(value))
    said = ", ".join(words)
    staying = {row.id for row in kept}
    left = [row.id for row in rows if row.id not in staying]
    if left:
        named = ", ".join(f"#{each}" for each in left[:NAMED]) + (" …" if len(left) > NAMED else "")
        stay = ngettext("{count} stays as it is: {ids}", "{count} stay as they are: {ids}", len(left))
        said = f"{said}; {stay.format(count=number(len(left)), ids=named)}"
    return kept, said, fields
