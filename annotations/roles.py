"""Who may do what: one table, which the store obeys, the screens ask and the documentation shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from annotations.errors import Forbidden
from annotations.models import Act, ChangeItem, ReviewerRole
from reports.errors import N_

_ORDER = {role: place for place, role in enumerate(ReviewerRole)}


@dataclass(frozen=True, slots=True)
class Rule:
    """The least role that an act needs: on what the reviewer made themselves, and on what others made."""

    own: ReviewerRole
    others: ReviewerRole


_REVIEWERS = Rule(ReviewerRole.REVIEWER, ReviewerRole.REVIEWER)
_AUTHORS = Rule(ReviewerRole.REVIEWER, ReviewerRole.LEAD)
_OWN = Rule(ReviewerRole.VIEWER, ReviewerRole.LEAD)
_LEADS = Rule(ReviewerRole.LEAD, ReviewerRole.LEAD)

RULES: Mapping[Act, Rule] = {
    Act.IMPORT: _REVIEWERS,
    Act.EDIT_REPORT: _REVIEWERS,
    Act.DELETE_REPORT: _LEADS,
    Act.RESTORE_REPORT: _LEADS,
    Act.ANNOTATE: _REVIEWERS,
    Act.TAG: _REVIEWERS,
    Act.UNTAG: _REVIEWERS,
    Act.LINK: _REVIEWERS,
    Act.UNLINK: _REVIEWERS,
    Act.NOTE: _REVIEWERS,
    Act.SEVERITY: _REVIEWERS,
    Act.STATUS: _REVIEWERS,
    Act.DUE: _REVIEWERS,
    Act.PASSAGE: _AUTHORS,
    Act.REVISE: _REVIEWERS,
    Act.ACCEPT: _REVIEWERS,
    Act.REANCHOR: _REVIEWERS,
    Act.ORPHAN: _REVIEWERS,
    Act.CONFIRM: _REVIEWERS,
    Act.DELETE: _AUTHORS,
    Act.RESTORE: _AUTHORS,
    Act.EDIT_MANY: _REVIEWERS,
    Act.OWNER: _REVIEWERS,
    Act.CONTINUE: _REVIEWERS,
    Act.COMMENT: _REVIEWERS,
    Act.EDIT_COMMENT: _AUTHORS,
    Act.DELETE_COMMENT: _AUTHORS,
    Act.SAVE_VIEW: _OWN,
    Act.SHARE_VIEW: _AUTHORS,
    Act.DELETE_VIEW: _OWN,
    Act.CREATE_TAG: _LEADS,
    Act.EDIT_TAG: _LEADS,
    Act.MERGE_TAGS: _LEADS,
    Act.RETIRE_TAG: _LEADS,
    Act.REVIVE_TAG: _LEADS,
    Act.IMPORT_TAGS: _LEADS,
    Act.CREATE_AGENCY: _LEADS,
    Act.EDIT_AGENCY: _LEADS,
    Act.MERGE_AGENCIES: _LEADS,
    Act.RETIRE_AGENCY: _LEADS,
    Act.REVIVE_AGENCY: _LEADS,
    Act.IMPORT_AGENCIES: _LEADS,
    Act.ADD_PERSON: _LEADS,
    Act.SET_ROLE: _LEADS,
    Act.RETIRE_PERSON: _LEADS,
    Act.REVIVE_PERSON: _LEADS,
    # What an undo or redo turns round is what it needs the right for.
    Act.UNDO: _REVIEWERS,
    Act.REDO: _REVIEWERS,
}

_SOMEBODYS = {
    "annotation": N_("Annotation {id} is somebody else's; they or a lead may do this. Nothing was changed."),
    "comment": N_("Comment {id} is somebody else's; they or a lead may do this. Nothing was changed."),
    "view": N_("View {id} is somebody else's; they or a lead may do this. Nothing was changed."),
}

NEVER_UNDONE = frozenset({Act.ADD_PERSON, Act.SET_ROLE, Act.RETIRE_PERSON, Act.REVIVE_PERSON})
"""Acts that `undo` passes over: nobody is let in or out by a key pressed once too often."""


def allows(role: ReviewerRole, act: Act, *, own: bool = True) -> bool:
    """Whether somebody with `role` may do `act`, to what they made themselves or (not `own`) to others'."""
    rule = RULES[act]
    return _ORDER[role] >= _ORDER[rule.own if own else rule.others]


def minds_whose(act: Act) -> bool:
    """Whether it makes a difference to somebody's right to `act` who made what it is done to."""
    return RULES[act].own is not RULES[act].others


def refusal(role: ReviewerRole, act: Act) -> Forbidden | None:
    """Why somebody with `role` may do `act` to nothing at all; None where they may."""
    if allows(role, act):
        return None
    if role is ReviewerRole.VIEWER:
        return Forbidden(N_("A viewer reads and exports only; nothing was changed. Ask a lead for more."))
    return Forbidden(N_("This is for leads only; nothing was changed. Ask a lead to do it."))


def refusal_of_others(kind: str, item_id: int) -> Forbidden:
    """Why somebody may not do to an item of `kind` what its maker may."""
    return Forbidden(_SOMEBODYS[kind], id=item_id)


def refuse(role: ReviewerRole, act: Act) -> None:
    """Raise Forbidden where somebody with `role` may do `act` to nothing at all."""
    if why := refusal(role, act):
        raise why


def refuse_items(role: ReviewerRole, act: Act, items: Iterable[ChangeItem], reviewer_id: int) -> None:
    """Raise Forbidden where `act` did to one of `items` what somebody with `role` may not do to it."""
    for item in items:
        if item.kind not in _SOMEBODYS or item.before is None or item.after is None:
            continue
        done = _done(act, item.before["deleted_at"], item.after["deleted_at"])
        if not allows(role, done, own=item.before["reviewer_id"] == reviewer_id):
            raise refusal_of_others(item.kind, item.item_id)


def refuse_restored(role: ReviewerRole) -> None:
    """Raise Forbidden where somebody with `role` brings a deleted report back by importing it again."""
    if not allows(role, Act.RESTORE_REPORT):
        raise Forbidden(N_("This report was deleted by a lead. Ask a lead to restore it."))


def _done(act: Act, before: str | None, after: str | None) -> Act:
    """What `act` did to an item that was deleted at `before` and `after`, if ever: an act on many counts as a
    deletion for what it deleted."""
    if act is Act.EDIT_MANY and before != after:
        return Act.DELETE if after else Act.RESTORE
    return act


def table() -> str:
    """The rules as a Markdown table, an act a row."""
    lines = ["| act | viewer | reviewer | lead |", "|---|---|---|---|"]
    for act in RULES:
        lines.append(f"| `{act}` | {' | '.join(_cell(role, act) for role in ReviewerRole)} |")
    return "\n".join(lines)


def _cell(role: ReviewerRole, act: Act) -> str:
    if allows(role, act, own=False):
        return "yes"
    return "own" if allows(role, act) else "no"
