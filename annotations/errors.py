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


class Conflict(StoreError):
    """The item was changed since it was read; `item_id` names it."""

    def __init__(self, item_id: int) -> None:
        super().__init__(
            N_("Annotation {id} was changed by somebody else meanwhile. Look at it again, then repeat."),
            id=item_id,
        )
        self.item_id = item_id


class NothingToUndo(StoreError):
    """There is no act of this reviewer left to undo or redo."""


class UndoRefused(StoreError):
    """Somebody else has changed the item since."""


class FilterError(StoreError):
    """A word of a filter that cannot be understood. `start`, `end`: code points in the filter's text."""

    def __init__(self, template: str, start: int = 0, end: int = 0, **values: object) -> None:
        super().__init__(template, **values)
        self.start = start
        self.end = end
