"""The annotations of the report being read, and what its reviewer does to them in the record."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from annotations.edits import Field
from annotations.errors import Invalid
from annotations.models import Annotation, Change, Link, Placement, Report, Tag
from reports.document import Document
from reports.errors import N_
from reports.passage import make_passage
from reports.vietnamese import fold
from reviewer.widgets.marks import Mark, Marks
from reviewer.widgets.panel_lines import Directory

if TYPE_CHECKING:
    from annotations.filters import IssueFilter, Term
    from annotations.store import Store

DIGITS = range(1, 10)
MANY = 50
"""Annotations in one change from which on all of the report's are read again."""


class Touched(NamedTuple):
    """Code-point ranges of a report whose annotations changed; None for anywhere."""

    places: list[tuple[int, int]] | None


class ReadingActs:
    """The record as the reading screen needs it. Every act is committed when its method returns and comes
    back as a Change; `apply` then brings what is held here up to date. No Textual in it."""

    def __init__(self, store: Store, report: Report) -> None:
        self.store = store
        self.report = report
        self.document: Document = store.document(report.revision_id)
        self.annotations: list[Annotation] = []
        self.directory = Directory()
        self.digit_tags: dict[int, Tag] = {}
        self.marks = Marks()
        self.filter: IssueFilter | None = None
        self._kept: frozenset[int] = frozenset()
        self.load_codebook()
        self.load_annotations()

    @cached_property
    def folded(self) -> str:
        """The text as `find` looks at it."""
        return fold(self.document.text)

    def load_codebook(self) -> None:
        """Read tags and agencies again."""
        tags, agencies = self.store.tags(), self.store.agencies()
        self.digit_tags = _digit_tags([tag for tag in tags if not tag.retired], self.store)
        self.directory = Directory(
            {tag.id: tag for tag in tags},
            {agency.id: agency for agency in agencies},
            {tag.id: digit for digit, tag in self.digit_tags.items()},
            self.store.comments,
        )

    def load_annotations(self) -> None:
        """Read every annotation of the report again."""
        self.annotations = [
            each
            for each in self.store.annotations(self.report.id)
            if each.revision_id == self.report.revision_id
        ]
        self._refresh()

    def set_filter(self, wanted: IssueFilter | None) -> None:
        """Let `shown` be only what `wanted` finds in this report; all of it if None. Raises FilterError or
        NotFound, and then changes nothing."""
        self._kept = self._found(wanted)
        self.filter = wanted

    def _found(self, wanted: IssueFilter | None) -> frozenset[int]:
        if wanted is None:
            return frozenset()
        here = (
            wanted
            if any(term.word == "report" for term in wanted.terms)
            else wanted.adding(self._only_here())
        )
        return frozenset(self.store.issues.ids(here))

    def _only_here(self) -> Term:
        from annotations.filters import Term

        return Term("report", (self.report.slug,))

    @property
    def shown(self) -> Sequence[Annotation]:
        """The annotations that the panel shows, in text order."""
        if self.filter is None:
            return self.annotations
        return [each for each in self.annotations if each.id in self._kept]

    def apply(self, change: Change) -> Touched | None:
        """Bring what is held here up to date with `change`; what it touched here, None if nothing."""
        kinds = {item.kind for item in change.items}
        if "report" in kinds and not self.is_deleted(change):
            self.report = self.store.report(self.report.id)
        if kinds & {"tag", "agency"}:
            self.load_codebook()
            self.load_annotations()
            return Touched(None)
        here = change.report_id in (None, self.report.id)
        ids = [item.item_id for item in change.items if item.kind == "annotation"]
        ids = [key for key in ids if here or key in self.marks]
        if len(ids) > MANY:
            self.load_annotations()
            return Touched(None)
        places = [place for key in ids for place in self._replace(self.store.annotation(key))]
        if places:
            self._refresh()
        said = here and "comment" in kinds
        return Touched(places) if places or said or "report" in kinds else None

    def is_revised(self, change: Change) -> bool:
        """Whether since `change` the report has another text than the one that is held here."""
        return (
            any(item.kind == "report" and item.item_id == self.report.id for item in change.items)
            and self.store.report(self.report.id).revision_id != self.report.revision_id
        )

    def waiting(self) -> int:
        """How many annotations of the report wait to be placed in its text."""
        return self.store.unplaced(self.report.id)

    def left_out(self) -> int:
        """How many annotations of the report have no place in its text any more."""
        return self.store.unplaced(self.report.id, Placement.ORPHAN)

    def is_deleted(self, change: Change) -> bool:
        """Whether `change` took this report out of the library."""
        return any(
            item.kind == "report"
            and item.item_id == self.report.id
            and (item.after is None or item.after.get("deleted_at"))
            for item in change.items
        )

    def _replace(self, new: Annotation) -> list[tuple[int, int]]:
        """Put `new` in the place of what it was; the ranges where it was and is."""
        places = []
        old = self.find(new.id)
        if old is not None:
            del self.annotations[self.position(old)]
            places.append((old.start, old.end))
        if not new.deleted and new.report_id == self.report.id and new.revision_id == self.report.revision_id:
            self.annotations.insert(self.position(new), new)
            places.append((new.start, new.end))
        return places

    def position(self, annotation: Annotation) -> int:
        """Where in text order `annotation` is or would be."""
        return _position(self.annotations, annotation.start, annotation.id)

    def _refresh(self) -> None:
        colours, sign = self.directory.colours, self.directory.sign
        self.marks = Marks(
            Mark(each.id, each.start, each.end, colours(each), sign(each)) for each in self.annotations
        )
        self._kept = self._found(self.filter)

    def find(self, annotation_id: int | None) -> Annotation | None:
        """The annotation of this report with that id."""
        mark = self.marks.get(annotation_id)
        if mark is None:
            return None
        return self.annotations[_position(self.annotations, mark.start, mark.key)]

    def on_passage(self, start: int, end: int) -> Annotation | None:
        """The first annotation on exactly the passage that code points [start, end) make."""
        passage = make_passage(self.document, start, end)
        marks = self.marks.exactly(passage.start, passage.end)
        return self.find(marks[0].key) if marks else None

    def under(self, start: int, end: int) -> list[int]:
        """Ids of the annotations that share words with [start, end): the one on exactly it first, then those
        that hold all of it, smaller ones first, then the others in text order."""

        def rank(mark: Mark) -> tuple[bool, bool, int]:
            holds = mark.start <= start and end <= mark.end
            return (mark.start, mark.end) != (start, end), not holds, mark.end - mark.start if holds else 0

        return [mark.key for mark in sorted(self.marks.touching(start, end), key=rank)]

    def neighbour(self, start: int, current: int | None, forward: bool) -> Annotation | None:
        """The shown annotation behind or before the one with id `current`, or code point `start` if None."""
        shown = self.shown
        at = _position(shown, start, 0 if current is None else current)
        if forward and current is not None and at < len(shown) and shown[at].id == current:
            at += 1
        if not forward:
            at -= 1
        return shown[at] if 0 <= at < len(shown) else None

    def place_in_shown(self, start: int) -> int:
        """Number of the shown annotation that begins at code point `start` or next after it."""
        return _position(self.shown, start, 0)

    def annotate(
        self, start: int, end: int, *, tags: Sequence[int] = (), links: Sequence[Link] = (), note: str = ""
    ) -> Change:
        """A new annotation on code points [start, end)."""
        passage = make_passage(self.document, start, end)
        return self.store.annotate(
            self.report.id, self.report.revision_id, passage, tags=tags, links=links, note=note
        )

    def toggled(self, there: Annotation, tag_id: int) -> Mapping[Field, object]:
        """What to make of an annotation for a tag to be put on it, or taken off again if it is on already.
        One that says nothing any more is deleted."""
        if tag_id not in there.tags:
            return {Field.TAGS: (*there.tags, tag_id)}
        left = tuple(tag for tag in there.tags if tag != tag_id)
        says = left or there.links or there.note or there.due or there.severity or there.owner
        if says or self.store.comments(there.id):
            return {Field.TAGS: left}
        return {Field.DELETED: True}

    def digit_tag(self, digit: int) -> Tag:
        """The tag that `digit` puts on; Invalid if none has it."""
        if digit not in self.digit_tags:
            raise Invalid(N_("No tag has the digit {digit}. Press t to choose any tag."), digit=digit)
        return self.digit_tags[digit]


def _position(annotations: Sequence[Annotation], start: int, key: int) -> int:
    return bisect_left(annotations, (start, key), key=lambda each: (each.start, each.id))


def _digit_tags(tags: Sequence[Tag], store: Store) -> dict[int, Tag]:
    """Tags by digit: those of the codebook with one, the free digits for the most used others."""
    chosen = {tag.digit: tag for tag in tags if tag.digit is not None}
    free = [digit for digit in DIGITS if digit not in chosen]
    if free:
        counts = store.tag_counts()
        others: Iterable[Tag] = (tag for tag in tags if tag.digit is None and counts.get(tag.id))
        ranked = sorted(others, key=lambda tag: (-counts[tag.id], tag.position))
        chosen.update(zip(free, ranked, strict=False))
    return dict(sorted(chosen.items()))
