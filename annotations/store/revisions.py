"""Revisions: a corrected text of a report, and where its annotations are in it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from annotations.errors import Conflict, Invalid, NotFound
from annotations.models import Act, AddedRevision, Annotation, Change, Placement, Revision, Waiting
from annotations.store.annotations import Annotations, annotation_from, editable, leave, place_of
from annotations.store.kinds import State
from annotations.store.reports import refuse_unclean
from annotations.store.rules import line
from annotations.store.transaction import Transaction
from reports.document import Document
from reports.errors import N_

if TYPE_CHECKING:
    from annotations.store.files import Original
    from annotations.store.revision_plan import RevisionPlan
    from reports.passage import Passage

_REVISIONS = """
    SELECT v.id, v.report_id, v.number, v.sha256, v.length, v.blocks, v.imported_at, w.name, v.source,
        v.withdrawn_at IS NOT NULL,
        v.id = (SELECT id FROM revisions
                WHERE report_id = v.report_id AND withdrawn_at IS NULL ORDER BY number DESC LIMIT 1),
        (SELECT count(*) FROM annotations WHERE revision_id = v.id AND deleted_at IS NULL),
        v.format, v.encoding, v.file_sha256, f.size, typeof(f.data) = 'blob'
    FROM revisions v JOIN reviewers w ON w.id = v.reviewer_id
    LEFT JOIN source_files f ON f.sha256 = v.file_sha256
"""
_UNPLACED = """
    SELECT a.id, v.id, n.reasons, n.candidates FROM annotations a
    JOIN reports r ON r.id = a.report_id
    JOIN revisions v ON v.report_id = r.id AND v.number = (
        SELECT max(number) FROM revisions WHERE report_id = r.id AND withdrawn_at IS NULL)
    LEFT JOIN anchorings n ON n.annotation_id = a.id AND n.revision_id = v.id
    WHERE a.placement IN (SELECT value FROM json_each(?)) AND a.placement != 'exact'
        AND a.deleted_at IS NULL AND r.deleted_at IS NULL AND (? IS NULL OR r.id = ?)
    ORDER BY coalesce(r.date, ''), r.slug, a.start, a.id
"""


class Revisions(Annotations):
    """The part of the store that holds the texts of a report beside each other, and the annotations that wait
    for somebody to say where they belong. Edits raise Conflict, NotFound, Invalid."""

    def revisions(self, report_id: int) -> list[Revision]:
        """Every text of a report, oldest first, withdrawn ones too."""
        found = self._rows(f"{_REVISIONS} WHERE v.report_id = ? ORDER BY v.number", (report_id,))
        rows = [(*row[:9], bool(row[9]), bool(row[10]), *row[11:16], bool(row[16])) for row in found]
        return [Revision(*row) for row in rows]

    def revision(self, report_id: int, number: int) -> Revision:
        """The text of a report with that number; NotFound names those that there are."""
        every = self.revisions(report_id)
        for revision in every:
            if revision.number == number:
                return revision
        raise NotFound(
            N_("There is no revision {number} of this report; there are {numbers}."),
            [str(revision.number) for revision in every],
            number=number,
            numbers=", ".join(str(revision.number) for revision in every),
        )

    def annotations_at(self, revision_id: int) -> list[Annotation]:
        """The annotations of a text as they were when it was last its report's, by start, then id; those that
        are in it still as they are now, deleted ones left out. From the history alone."""
        found: dict[int, State] = {}
        for annotation_id, after in self._rows(
            "SELECT i.item_id, i.after FROM change_items i WHERE i.kind = 'annotation' AND i.item_id IN ("
            "   SELECT a.id FROM annotations a JOIN revisions v ON v.report_id = a.report_id WHERE v.id = ?)"
            " AND json_extract(i.after, '$.revision_id') = ? ORDER BY i.change_id, i.position",
            (revision_id, revision_id),
        ):
            found[annotation_id] = json.loads(after)
        names = dict(self._rows("SELECT id, name FROM reviewers"))
        live = ((key, state) for key, state in found.items() if state["deleted_at"] is None)
        past = [annotation_from(key, state, names) for key, state in live]
        return sorted(past, key=lambda each: (each.start, each.id))

    def plan_revision(self, report_id: int, document: Document) -> RevisionPlan:
        """What would become of every annotation of a report with `document` as its text. Writes nothing.

        10 MB with 5,000 annotations take about 10 s; `add_revision` with the plan then holds up others for a
        second. Raises Invalid for a text that is empty or not clean.
        """
        from annotations.store.revision_plan import RevisionPlan

        refuse_unclean(document)
        plan = RevisionPlan(report_id, self._report_by_id(report_id).revision_id, document, self.document)
        plan.place(self._passages(report_id))
        return plan

    def add_revision(
        self,
        report_id: int,
        document: Document,
        *,
        source: str = "",
        plan: RevisionPlan | None = None,
        original: Original | None = None,
    ) -> AddedRevision:
        """Make `document` the text of a report, and move its annotations to it where there is no doubt.

        All of it is one change, undone as one. The others wait, those of which nothing is left are orphans;
        both keep their passage of the text that they were made on. What is the report's text already changes
        nothing. `original`: the file that it was read from. Raises Invalid for the text of another report,
        Conflict where the report was revised since the plan was made.
        """
        plan = plan or self.plan_revision(report_id, document)
        counts: Counter[Placement] = Counter()
        with self._act(Act.REVISE) as act:
            state = self._revisable(act, report_id, plan)
            created = state["revisions"][-1] != document.sha256
            if created:
                self._refuse_other_report(report_id, document)
                revision_id = self._insert_text(act, report_id, document, line(source), original, act.at)
                act.put("report", report_id, {**state, "revisions": [*state["revisions"], document.sha256]})
                counts = self._move(act, plan, revision_id)
            else:
                self._keep_file(plan.revision_id, original)
        return AddedRevision(self._report_by_id(report_id), act.change, created, dict(counts))

    def queue(
        self, report_id: int | None = None, placements: Iterable[Placement] = (Placement.WAITING,)
    ) -> list[Waiting]:
        """The annotations of a report, or of all, that are `placements`, in the order of the issue list."""
        wanted = json.dumps([str(placement) for placement in placements])
        found = self._rows(_UNPLACED, (wanted, report_id, report_id))
        annotations = self._annotations_of([row[0] for row in found])
        return [_waiting(annotations[row[0]], *row[1:]) for row in found]

    def unplaced(self, report_id: int, placement: Placement = Placement.WAITING) -> int:
        """How many annotations of a report wait to be placed in its current text, or are otherwise not where
        they were: `placement`."""
        return int(
            self._rows(
                "SELECT count(*) FROM annotations INDEXED BY annotations_unplaced"
                " WHERE placement = ? AND placement != 'exact' AND report_id = ?"
                " AND deleted_at IS NULL",
                (placement, report_id),
            )[0][0]
        )

    def accept(self, annotation_id: int, version: int, candidate: int = 0) -> Change:
        """Move a waiting annotation to one of its candidates, by its place among them from 0 on."""
        with self._act(Act.ACCEPT) as act:
            state = editable(act, annotation_id, version)
            revision_id = self._report_by_id(state["report_id"]).revision_id
            places = self._candidates(annotation_id, revision_id)
            if not 0 <= candidate < len(places):
                raise Invalid(
                    N_("Annotation {id} has no candidate {number}; it has {count}."),
                    id=annotation_id,
                    number=candidate + 1,
                    count=len(places),
                )
            self._settle(act, annotation_id, state, revision_id, places[candidate].passage)
        return act.change

    def reanchor(self, annotation_id: int, version: int, passage: Passage) -> Change:
        """Move an annotation to `passage` of its report's current text; Invalid as in `annotate`."""
        with self._act(Act.REANCHOR) as act:
            state = editable(act, annotation_id, version)
            self._settle(
                act, annotation_id, state, self._report_by_id(state["report_id"]).revision_id, passage
            )
        return act.change

    def leave_orphan(self, annotation_id: int, version: int) -> Change:
        """Say that a waiting annotation has no place in the current text; it keeps its old one and stays in
        the issue list."""
        with self._act(Act.ORPHAN) as act:
            state = editable(act, annotation_id, version)
            if state["placement"] not in (Placement.WAITING, Placement.ORPHAN):
                raise Invalid(N_("Annotation {id} is in the current text already."), id=annotation_id)
            leave(act, annotation_id, state, placement=Placement.ORPHAN.value)
        return act.change

    def confirm(self, ids_versions: Iterable[tuple[int, int]]) -> Change:
        """Say that marked annotations (pairs of id and version seen) are where they belong; one act."""
        versions = dict(ids_versions)
        with self._act(Act.CONFIRM) as act:
            act.take_many("annotation", versions)
            for annotation_id, version in versions.items():
                state = editable(act, annotation_id, version)
                if state["placement"] == Placement.MARKED:
                    leave(act, annotation_id, state, placement=Placement.EXACT.value)
        return act.change

    def _passages(self, report_id: int) -> list[tuple[Any, ...]]:
        """Id, version, text and passage of each annotation of a report, deleted ones too."""
        return self._rows(
            'SELECT id, version, revision_id, start, "end", exact, prefix, suffix, section, paragraph'
            " FROM annotations WHERE report_id = ? ORDER BY id",
            (report_id,),
        )

    def _revisable(self, act: Transaction, report_id: int, plan: RevisionPlan) -> State:
        state = act.take("report", report_id)
        if state["deleted_at"]:
            raise Invalid(N_("Report {id} is deleted. Restore it first."), id=report_id)
        if self._report_by_id(report_id).revision_id != plan.revision_id:
            raise Conflict(report_id, "report")
        return state

    def _refuse_other_report(self, report_id: int, document: Document) -> None:
        known = self._report_with_text(document.sha256)
        if known is not None and known[0] != report_id:
            raise Invalid(
                N_("That text is in the library already, as “{slug}”. Nothing was changed."),
                slug=self._report_by_id(known[0]).slug,
            )

    def _move(self, act: Transaction, plan: RevisionPlan, revision_id: int) -> Counter[Placement]:
        """Leave every annotation where the plan, brought up to date, says; how many are placed how."""
        plan.place(self._passages(plan.report_id))
        counts: Counter[Placement] = Counter()
        states = act.take_many("annotation", plan.outcomes)
        for annotation_id, state in states.items():
            outcome = plan.outcomes[annotation_id]
            placement = plan.placement(annotation_id)
            if outcome.passage is not None:
                moved = {**place_of(outcome.passage), "revision_id": revision_id}
            else:
                moved = {}
            leave(act, annotation_id, state, **moved, placement=placement.value)
            counts[placement] += state["deleted_at"] is None
        self._connection.executemany(
            "INSERT INTO anchorings (annotation_id, revision_id, reasons, candidates) VALUES (?, ?, ?, ?)",
            plan.anchorings(revision_id),
        )
        return counts

    def _candidates(self, annotation_id: int, revision_id: int) -> tuple[Any, ...]:
        from annotations.store.revision_plan import candidates_from

        exact = self._rows("SELECT exact FROM annotations WHERE id = ?", (annotation_id,))[0][0]
        found = self._rows(
            "SELECT candidates FROM anchorings WHERE annotation_id = ? AND revision_id = ?",
            (annotation_id, revision_id),
        )
        return candidates_from(exact, found[0][0]) if found else ()

    def _settle(
        self, act: Transaction, annotation_id: int, state: State, revision_id: int, passage: Passage
    ) -> None:
        self._refuse_misplaced(act, state["report_id"], revision_id, passage)
        moved: Mapping[str, object] = {**place_of(passage), "revision_id": revision_id}
        leave(act, annotation_id, state, **moved, placement=Placement.EXACT.value)

    def _annotations_of(self, ids: Iterable[int]) -> dict[int, Annotation]:
        listed = json.dumps(list(ids))
        found = self._read("a.id IN (SELECT value FROM json_each(?)) ORDER BY a.start, a.id", listed)
        return {annotation.id: annotation for annotation in found}


def _waiting(
    annotation: Annotation, revision_id: int, reasons: str | None, candidates: str | None
) -> Waiting:
    from annotations.store.revision_plan import candidates_from

    return Waiting(
        annotation,
        revision_id,
        tuple(json.loads(reasons or "[]")),
        candidates_from(annotation.exact, candidates or "[]"),
    )
