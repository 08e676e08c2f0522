"""What the record refuses, each with what happened and what to do."""

from __future__ import annotations

from collections.abc import Sequence

from reports.errors import N_, ReviewError


class StoreError(ReviewError):
    """The record did not do what was asked; nothing was written."""


class DatabaseRefused(StoreError):
    """The file is no database of ours, or is newer, read-only, locked, full or on a network file system."""


class NotFound(StoreError):
    """Nothing goes by that name; `nearest` are names that do, best first."""

    def __init__(self, template: str, nearest: Sequence[str] = (), **values: object) -> None:
        super().__init__(template, **values)
        self.nearest = tuple(nearest)


class Ambiguous(StoreError):
    """Several things go by that name; `candidates` are they."""

    def __init__(self, template: str, candidates: Sequence[str] = (), **values: object) -> None:
        super().__init__(template, **values)
        self.candidates = tuple(candidates)


class Invalid(StoreError):
    """A value that cannot be recorded: a wrong date, an unknown id, a passage that is not in the text."""


class Forbidden(StoreError):
    """The reviewer's role does not allow it."""


class NotAdmitted(DatabaseRefused):
    """The record has people, and this account is not one of them, or no longer."""


class SchemaMoved(DatabaseRefused):
    """Another session has updated the file's format; reading goes on, writing needs a new start."""


_CHANGED = {
    "annotation": N_("Annotation {id} has been changed meanwhile. Look at it again, then repeat."),
    "report": N_("Report {id} has been changed meanwhile. Look at it again, then repeat."),
    "tag": N_("Tag {id} has been changed meanwhile. Look at it again, then repeat."),
    "agency": N_("Agency {id} has been changed meanwhile. Look at it again, then repeat."),
    "person": N_("Person {id} has been changed meanwhile. Look at it again, then repeat."),
    "comment": N_("Comment {id} has been changed meanwhile. Look at it again, then repeat."),
    "view": N_("View {id} has been changed meanwhile. Look at it again, then repeat."),
}


class Conflict(StoreError):
    """The item was changed since it was read; `kind` (`annotation`, `report`, `view`, …) and `item_id` name
    it."""

    def __init__(self, item_id: int, kind: str = "annotation") -> None:
        super().__init__(_CHANGED[kind], id=item_id)
        self.kind = kind
        self.item_id = item_id


class NothingToUndo(StoreError):
    """There is no act of this reviewer left to undo or redo."""


class UndoRefused(StoreError):
    """The item has been changed since. `change_id`: the act that was to be undone or redone; passing it to
    `undo(older_than=…)` leaves that act alone and undoes the one before it."""

    def __init__(self, template: str, change_id: int, **values: object) -> None:
        super().__init__(template, **values)
        self.change_id = change_id


class FilterError(StoreError):
    """A word of a filter that cannot be understood. `start`, `end`: code points in the filter's text."""

    def __init__(self, template: str, start: int = 0, end: int = 0, **values: object) -> None:
        super().__init__(template, **values)
        self.start = start
        self.end = end


class ExportError(StoreError):
    """An export that cannot be written; what stood under its name before is whole."""


class Problem(ReviewError):
    """Something that `check` found wrong; it is returned, not raised. `subject`: what it is about, such as
    `annotation 12` or `file`."""

    def __init__(self, subject: str, template: str, **values: object) -> None:
        super().__init__(template, **values)
        self.subject = subject
