"""Which changes of status are allowed, and to whom: one table, which the store obeys, the screens show and
the documentation prints."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum

from annotations.errors import Forbidden, Invalid
from annotations.models import ReviewerRole, Status
from reports.errors import N_


class Mover(Enum):
    """Who may change a status: everybody who may edit, or only those whom the issue concerns, which are its
    author, its owner and leads."""

    ANYBODY = "any reviewer"
    CONCERNED = "its author, its owner, a lead"


TRANSITIONS: Mapping[tuple[Status, Status], Mover] = {
    (Status.OPEN, Status.IN_PROGRESS): Mover.ANYBODY,
    (Status.OPEN, Status.RESOLVED): Mover.ANYBODY,
    (Status.OPEN, Status.REJECTED): Mover.ANYBODY,
    (Status.IN_PROGRESS, Status.OPEN): Mover.ANYBODY,
    (Status.IN_PROGRESS, Status.RESOLVED): Mover.ANYBODY,
    (Status.IN_PROGRESS, Status.REJECTED): Mover.ANYBODY,
    (Status.RESOLVED, Status.OPEN): Mover.CONCERNED,
    (Status.RESOLVED, Status.IN_PROGRESS): Mover.CONCERNED,
    (Status.REJECTED, Status.OPEN): Mover.CONCERNED,
}
"""What may follow what; whatever is not here is refused. An undo is no new step and is not asked."""

NAMED = 12
"""Annotations that a refusal names, at most."""

_OPEN_FIRST = {
    Status.RESOLVED: N_("{ids}: resolved already. Open it again first; nothing was changed."),
    Status.REJECTED: N_("{ids}: rejected already. Open it again first; nothing was changed."),
}
_NOT_THEIRS = N_("{ids}: only its author, its owner or a lead opens it again. Nothing was changed.")
_SEVERAL = N_("{ids}: these may not get that status from the one they have. Nothing was changed.")


def is_concerned(role: ReviewerRole, reviewer: object, author: object, owner: object) -> bool:
    """Whether an issue concerns `reviewer`, who has `role`; people by name or by id, all alike."""
    return role is ReviewerRole.LEAD or reviewer in (author, owner)


def allows(before: Status, after: Status, *, concerned: bool) -> bool:
    """Whether a status may change from `before` to `after`; it may always stay as it is."""
    mover = TRANSITIONS.get((before, after))
    return before == after or mover is Mover.ANYBODY or (mover is Mover.CONCERNED and concerned)


def refuse(steps: Iterable[tuple[int, Status, bool]], after: Status) -> None:
    """Raise where one of `steps` (id of an annotation, its status, whether it concerns who asks) may not lead
    to `after`, naming all that may not: Invalid for what nobody may, Forbidden for what others may."""
    refused: dict[str, list[int]] = {}
    for number, before, concerned in steps:
        if not allows(before, after, concerned=concerned):
            reserved = (before, after) in TRANSITIONS
            refused.setdefault(_NOT_THEIRS if reserved else _OPEN_FIRST[before], []).append(number)
    if not refused:
        return
    template = next(iter(refused)) if len(refused) == 1 else _SEVERAL
    kind = Forbidden if template == _NOT_THEIRS else Invalid
    raise kind(template, ids=_named(number for numbers in refused.values() for number in numbers))


def _named(ids: Iterable[int]) -> str:
    """`#4, #7`, the last ones as how many they are where there are too many to name."""
    numbers = sorted(ids)
    shown = ", ".join(f"#{number}" for number in numbers[:NAMED])
    return f"{shown} … +{len(numbers) - NAMED}" if len(numbers) > NAMED else shown


def table() -> str:
    """The rules as a Markdown table, a status a row, what it may become a column."""
    lines = [f"| from \\ to | {' | '.join(f'`{after}`' for after in Status)} |", "|---|---|---|---|---|"]
    for before in Status:
        lines.append(f"| `{before}` | {' | '.join(_cell(before, after) for after in Status)} |")
    return "\n".join(lines)


def _cell(before: Status, after: Status) -> str:
    if before == after:
        return "–"
    mover = TRANSITIONS.get((before, after))
    return mover.value if mover else "no"
