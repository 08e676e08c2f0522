"""The values of the record: what the store gives and takes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Literal

from annotations.acts import Act as Act

if TYPE_CHECKING:
    from reports.anchor_candidates import Candidate


class Status(StrEnum):
    """Where an issue stands; `resolved` is the only one that counts as completed."""

    OPEN = "open"
    IN_PROGRESS = "in-progress"
    RESOLVED = "resolved"
    REJECTED = "rejected"


class Severity(StrEnum):
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Role(StrEnum):
    """How an agency answers for an issue: chủ trì or phối hợp."""

    LEAD = "lead"
    COORDINATING = "coordinating"


class ReviewerRole(StrEnum):
    """What somebody may do in the record; each may do all that the one before may."""

    VIEWER = "viewer"
    REVIEWER = "reviewer"
    LEAD = "lead"


class Placement(StrEnum):
    """Where an annotation is since its report was revised: carried, carried but worth a look, waiting for
    somebody to say where it belongs, or left in the text that it was made on."""

    EXACT = "exact"
    MARKED = "marked"
    WAITING = "waiting"
    ORPHAN = "orphan"


Language = Literal["en", "vi"]


@dataclass(frozen=True, slots=True)
class Report:
    """A report and its current revision. `length`: code points. `date`: ISO day. `period`: 2023-Q1, 2023-06,
    2023 or 2023-H1."""

    id: int
    slug: str
    title: str
    issuer: str
    date: str | None
    period: str | None
    source: str
    created_at: str
    version: int
    revision_id: int
    revision: str
    length: int


@dataclass(frozen=True, slots=True)
class LibraryRow:
    """A report as the library lists it. `read`: share of its blocks that this reviewer has read, 0 to 1.
    `waiting`: how many of its annotations wait to be placed in its latest text."""

    report: Report
    annotations: int
    open: int
    read: float
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class Tag:
    """An issue type of the codebook. `digit`: 1 to 9, the key that puts it on, or None."""

    id: int
    slug: str
    key: str
    label_vi: str
    label_en: str
    definition_vi: str
    definition_en: str
    colour: str
    parent_id: int | None
    digit: int | None
    phrases: tuple[str, ...]
    position: int
    version: int
    retired: bool

    def label(self, language: str) -> str:
        return (self.label_en or self.label_vi) if language == "en" else (self.label_vi or self.label_en)

    def definition(self, language: str) -> str:
        first, second = self.definition_vi, self.definition_en
        return (second or first) if language == "en" else (first or second)


@dataclass(frozen=True, slots=True)
class Successor:
    """`agency_id` answers from `date` (ISO day) on; `note` says for which part when there are several."""

    agency_id: int
    date: str | None
    note: str


@dataclass(frozen=True, slots=True)
class Agency:
    """An entry of the agency directory. `valid_from`, `valid_to`: ISO days; `valid_to` is the first day on
    which it no longer answered."""

    id: int
    slug: str
    name: str
    name_en: str
    short: str
    kind: str
    level: str
    parent_id: int | None
    valid_from: str | None
    valid_to: str | None
    aliases: tuple[str, ...]
    successors: tuple[Successor, ...]
    note: str
    version: int
    retired: bool

    def label(self, language: str) -> str:
        return (self.name_en or self.name) if language == "en" else self.name

    def brief(self) -> str:
        return self.short or self.name


@dataclass(frozen=True, slots=True)
class Link:
    """An annotation's link to an agency."""

    agency_id: int
    role: Role


@dataclass(frozen=True, slots=True)
class Annotation:
    """One item of the issue list. `start`, `end`: code points into its revision's text, half open.

    `tags`: tag ids in the order in which they were put on. `resolved_on`: ISO day on which its status
    became `resolved`. `owner`: name of who sees to it. `earlier_id`: the annotation of an earlier report that
    raised the same issue. Times are UTC, ISO 8601 with a Z.
    """

    id: int
    uid: str
    report_id: int
    revision_id: int
    start: int
    end: int
    exact: str
    prefix: str
    suffix: str
    section: str
    paragraph: int
    tags: tuple[int, ...]
    links: tuple[Link, ...]
    note: str
    severity: Severity | None
    status: Status
    due: str | None
    resolved_on: str | None
    reviewer: str
    created_at: str
    updated_at: str
    version: int
    deleted: bool
    placement: Placement = Placement.EXACT
    owner: str | None = None
    earlier_id: int | None = None


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody said about an annotation. Times are UTC."""

    id: int
    annotation_id: int
    reviewer: str
    text: str
    created_at: str
    updated_at: str
    version: int


@dataclass(frozen=True, slots=True)
class View:
    """A named filter and how its rows are shown. `filter`: in the filter language. `columns`: names of the
    issue list, empty for the usual ones, each with its width in cells or 0 for what fits. `groups`, `sorts`:
    names that `issue_order` knows. `shared`: everybody has it among their own."""

    id: int
    name: str
    reviewer: str
    shared: bool
    filter: str
    columns: tuple[tuple[str, int], ...]
    groups: tuple[str, ...]
    sorts: tuple[str, ...]
    position: int
    version: int


@dataclass(frozen=True, slots=True)
class Revision:
    """One text of a report. `number`: from 1 on, as people name it. `length`: code points. `blocks`: how many
    it has. `withdrawn`: bringing it in was undone. `current`: it is the one that is read. `annotations`: how
    many living ones have their passage in it. `format`, `encoding`: of the file it was read from, as in
    `reports.load.Loaded`; `file_sha256`, `file_size` (bytes): that file, None where it is not known;
    `file_kept`: its bytes can be had back."""

    id: int
    report_id: int
    number: int
    sha256: str
    length: int
    blocks: int
    imported_at: str
    reviewer: str
    source: str
    withdrawn: bool
    current: bool
    annotations: int
    format: str = ""
    encoding: str = ""
    file_sha256: str | None = None
    file_size: int | None = None
    file_kept: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may use the record, or once might. `retired`: may no longer. `created_at`: UTC."""

    id: int
    name: str
    role: ReviewerRole
    created_at: str
    version: int
    retired: bool


@dataclass(frozen=True, slots=True)
class ChangeItem:
    """One row that a change touched: its whole state before and after, None where it did not exist."""

    kind: str
    item_id: int
    before: dict[str, Any] | None
    after: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Change:
    """One reviewer's act as stored. `act`: what was done, one of `Act`. `undoes`: the change that an undo or
    redo turned round. `report_id`: where, if in one report.

    An act that left everything as it was is not stored: its change has the id 0 and no items.
    """

    id: int
    at: str
    reviewer: str
    act: str
    undoes: int | None
    report_id: int | None
    items: tuple[ChangeItem, ...]


@dataclass(frozen=True, slots=True)
class AddedReport:
    """What an import came to. `created`: it is new in the library, or back in it after having been deleted;
    otherwise the same text was there already and nothing was written."""

    report: Report
    created: bool


@dataclass(frozen=True, slots=True)
class AddedRevision:
    """What bringing in a corrected text came to. `created`: it is the report's text now; otherwise it was
    before, and nothing was written. `placements`: how many living annotations are placed how."""

    report: Report
    change: Change
    created: bool
    placements: dict[Placement, int]


@dataclass(frozen=True, slots=True)
class Waiting:
    """An annotation that is not simply where it was. `revision_id`: the current text of its report, which
    `candidates` are in, best first. `reasons`: why, as in `reports.changes_of_meaning.Reason`."""

    annotation: Annotation
    revision_id: int
    reasons: tuple[str, ...]
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reviewer was in a report. `offset`: code points into the revision's text. `unit`: name of the
    unit that was current. `read`: one bit a block, lowest first, set where it has been read. `share`: of the
    blocks that have been read, 0 to 1. `at`: UTC."""

    report_id: int
    revision_id: int
    offset: int
    unit: str
    read: bytes
    share: float
    at: str


@dataclass(frozen=True, slots=True)
class Presence:
    """Another session that is in a report now. `start`, `end`: what is current there, code points into its
    text, half open; `at`: UTC, since when it is there."""

    reviewer: str
    report_id: int
    start: int
    end: int
    at: str


@dataclass(frozen=True, slots=True)
class Anchor:
    """The end of the history at one moment: the latest change and the hash over all up to it.

    Kept outside the file, it proves later that nothing before it was changed or cut away.
    """

    change_id: int
    hash: str

    def __str__(self) -> str:
        return f"{self.change_id}:{self.hash}"
