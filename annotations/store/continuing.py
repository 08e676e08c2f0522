"""The same issue over time: which annotation of an earlier report an annotation continues."""

from __future__ import annotations

import json
from typing import Any

from annotations.errors import Invalid
from annotations.models import Act, Annotation, Change
from annotations.periods import Reported, oldest_first, reported_later
from annotations.store.annotations import Annotations, editable, leave
from annotations.store.transaction import Transaction
from reports.errors import N_

_LINE = """
WITH RECURSIVE line (id) AS (
    VALUES (?)
    UNION SELECT a.earlier_id FROM line JOIN annotations a ON a.id = line.id WHERE a.earlier_id IS NOT NULL
    UNION SELECT a.id FROM line JOIN annotations a ON a.earlier_id = line.id
)
SELECT a.id, r.id, r.date, r.period FROM line
JOIN annotations a ON a.id = line.id
JOIN reports r ON r.id = a.report_id
WHERE a.deleted_at IS NULL AND r.deleted_at IS NULL
"""
_BEFORE = """
WITH RECURSIVE before (id) AS (
    VALUES (?)
    UNION SELECT a.earlier_id FROM before JOIN annotations a ON a.id = before.id
    WHERE a.earlier_id IS NOT NULL
)
SELECT 1 FROM before WHERE id = ?
"""


class Continuing(Annotations):
    """The part of the store that says which annotations are one issue. The edit raises Conflict, NotFound,
    Invalid."""

    def continue_from(self, annotation_id: int, version: int, earlier_id: int | None) -> Change:
        """Say that it is the issue that `earlier_id` raised, in a report that is not later; None for a new
        one."""
        with self._act(Act.CONTINUE) as act:
            state = editable(act, annotation_id, version)
            if earlier_id is not None and earlier_id != state["earlier_id"]:
                self._refuse_earlier(act, annotation_id, state["report_id"], earlier_id)
            leave(act, annotation_id, state, earlier_id=earlier_id)
        return act.change

    def line_of(self, annotation_id: int) -> tuple[Annotation, ...]:
        """Every annotation of the same issue that is not deleted, oldest first: those it continues, those
        that continue it, and those that continue one of them; NotFound if there never was this one."""
        self.annotation(annotation_id)
        reported = {
            number: Reported(report_id, day, period)
            for number, report_id, day, period in self._rows(_LINE, (annotation_id,))
        }
        found = self._read(
            "a.id IN (SELECT value FROM json_each(?)) ORDER BY a.start, a.id", json.dumps(list(reported))
        )
        places = {annotation.id: at for at, annotation in enumerate(found)}
        earlier = {annotation.id: annotation.earlier_id for annotation in found}
        ordered = oldest_first({number: reported[number] for number in places}, earlier)
        return tuple(found[places[number]] for number in ordered)

    def _refuse_earlier(self, act: Transaction, annotation_id: int, report_id: int, earlier_id: int) -> None:
        """Raise where the one cannot be what the other continues."""
        if earlier_id == annotation_id:
            raise Invalid(
                N_("Annotation {id} cannot continue itself. Name one of an earlier report."), id=annotation_id
            )
        earlier = act.take("annotation", earlier_id)
        if earlier["deleted_at"]:
            raise Invalid(N_("Annotation {id} is deleted. Restore it first."), id=earlier_id)
        if earlier["report_id"] == report_id:
            raise Invalid(
                N_("Annotations {id} and {earlier} are in the same report. Name one of an earlier report."),
                id=annotation_id,
                earlier=earlier_id,
            )
        reports = act.take_many("report", (report_id, earlier["report_id"]))
        there = reports[earlier["report_id"]]
        if there["deleted_at"]:
            raise Invalid(N_("Report {id} is deleted. Restore it first."), id=earlier["report_id"])
        if reported_later(_reported(earlier["report_id"], there), _reported(report_id, reports[report_id])):
            raise Invalid(
                N_(
                    "Annotation {earlier} is in a later report, “{title}”."
                    " Say of that one that it continues {id}."
                ),
                earlier=earlier_id,
                title=there["title"],
                id=annotation_id,
            )
        if self._rows(_BEFORE, (earlier_id, annotation_id)):
            raise Invalid(
                N_("Annotation {earlier} continues {id} already. Take that off first."),
                earlier=earlier_id,
                id=annotation_id,
            )


def _reported(report_id: int, state: dict[str, Any]) -> Reported:
    return Reported(report_id, state["date"], state["period"])
