"""What becomes of the annotations of a report with another text: worked out before anything is written."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from annotations.models import Placement
from reports.anchor import Candidate, Fate, Outcome, align, reanchor
from reports.changes_of_meaning import Reason
from reports.diff import word_difference
from reports.document import Document
from reports.passage import Passage

if TYPE_CHECKING:
    from reports.anchor_alignment import Alignment

_PLACEMENTS = {
    Fate.CARRIED: Placement.EXACT,
    Fate.MARKED: Placement.MARKED,
    Fate.WAITING: Placement.WAITING,
    Fate.GONE: Placement.ORPHAN,
}


class RevisionPlan:
    """`document` as the text of report `report_id` in place of `revision_id`. `outcomes`: what becomes of
    each annotation, by its id. `text_of`: the text of a revision, by its id."""

    def __init__(
        self, report_id: int, revision_id: int, document: Document, text_of: Callable[[int], Document]
    ) -> None:
        self.report_id = report_id
        self.revision_id = revision_id
        self.document = document
        self.outcomes: dict[int, Outcome] = {}
        self._text_of = text_of
        self._versions: dict[int, int] = {}
        self._alignments: dict[int, Alignment] = {}

    def place(self, annotations: Iterable[tuple[Any, ...]]) -> None:
        """Work out what becomes of annotations (id, version, text and passage of each) that are not as they
        were when that was done before, and forget the rest."""
        by_text: dict[int, list[tuple[int, Passage]]] = {}
        seen: dict[int, int] = {}
        for annotation_id, version, revision_id, *passage in annotations:
            seen[annotation_id] = version
            if self._versions.get(annotation_id) != version:
                by_text.setdefault(revision_id, []).append((annotation_id, Passage(*passage)))
        for revision_id, found in by_text.items():
            old = self._text_of(revision_id)
            if revision_id not in self._alignments:
                self._alignments[revision_id] = align(old, self.document)
            passages = [passage for _, passage in found]
            outcomes = reanchor(old, self.document, passages, self._alignments[revision_id])
            self.outcomes.update(zip((key for key, _ in found), outcomes, strict=True))
        self.outcomes = {key: outcome for key, outcome in self.outcomes.items() if key in seen}
        self._versions = seen

    def placement(self, annotation_id: int) -> Placement:
        """Where an annotation will be."""
        return _PLACEMENTS[self.outcomes[annotation_id].fate]

    def anchorings(self, revision_id: int) -> Iterator[tuple[int, int, str, str]]:
        """Rows that say why annotations are not simply carried, and where in the new text they may be."""
        for annotation_id, outcome in self.outcomes.items():
            if outcome.fate is not Fate.CARRIED:
                reasons = json.dumps([str(reason) for reason in outcome.reasons])
                yield annotation_id, revision_id, reasons, _candidates_json(outcome.candidates)


def _candidates_json(candidates: Iterable[Candidate]) -> str:
    return json.dumps(
        [
            {**asdict(each.passage), "score": each.score, "reasons": [str(reason) for reason in each.reasons]}
            for each in candidates
        ],
        ensure_ascii=False,
    )


def candidates_from(exact: str, stored: str) -> tuple[Candidate, ...]:
    """Candidates as they were stored, with how their words differ from `exact`."""
    return tuple(
        Candidate(
            Passage(**found),
            score,
            tuple(Reason(reason) for reason in reasons),
            word_difference(exact, found["exact"]),
        )
        for found, score, reasons in (
            (each, each.pop("score"), each.pop("reasons")) for each in json.loads(stored)
        )
    )
