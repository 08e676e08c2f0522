"""Words of the record in the reader's language: statuses, severities, roles, acts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from annotations.models import Act, Change, Placement, Role, Severity, Status
from reviewer.i18n import N_, _, language, ngettext, pgettext

if TYPE_CHECKING:
    from annotations.store import Store

_STATUS: Final = {
    Status.IN_PROGRESS: N_("in progress"),
    Status.RESOLVED: N_("resolved"),
    Status.REJECTED: N_("rejected"),
}
_SEVERITY: Final = {
    Severity.HIGH: N_("high severity"),
    Severity.MEDIUM: N_("medium severity"),
    Severity.LOW: N_("low severity"),
    None: N_("no severity"),
}
_ROLE: Final = {Role.LEAD: N_("lead"), Role.COORDINATING: N_("coordinating")}

STATUS_KEYS: Final[tuple[tuple[str, Status], ...]] = (
    ("o", Status.OPEN),
    ("p", Status.IN_PROGRESS),
    ("r", Status.RESOLVED),
    ("x", Status.REJECTED),
)
SEVERITY_KEYS: Final[tuple[tuple[str, Severity | None], ...]] = (
    ("h", Severity.HIGH),
    ("m", Severity.MEDIUM),
    ("l", Severity.LOW),
    ("0", None),
)


_PLACEMENT: Final = {
    Placement.EXACT: N_("in place"),
    Placement.MARKED: N_("carried, worth a look"),
    Placement.WAITING: N_("waiting"),
    Placement.ORPHAN: N_("not in the latest text"),
}
_REASON: Final = {
    "space": N_("other spaces"),
    "case": N_("other capitals"),
    "tone-place": N_("other place of the tone mark"),
    "quotes": N_("other quotes or dashes"),
    "punctuation": N_("other punctuation"),
    "moved": N_("moved"),
    "heading": N_("under another heading"),
    "beside": N_("other words beside it"),
    "several": N_("several places"),
    "elsewhere": N_("elsewhere"),
    "negation": N_("a negation differs"),
    "opposite": N_("the opposite is said"),
    "number": N_("a number differs"),
    "percentage": N_("a percentage differs"),
    "date": N_("a date differs"),
    "period": N_("a period differs"),
    "place": N_("a place differs"),
    "agency": N_("an agency differs"),
    "name": N_("a name differs"),
    "accents": N_("accents differ"),
    "wording": N_("words differ"),
}


def placement_word(placement: Placement) -> str:
    """What `placement` is called."""
    return _(_PLACEMENT[placement])


def reasons_line(reasons: Iterable[str]) -> str:
    """Why a passage was not simply where it was (`reports.changes_of_meaning.Reason`), on one line."""
    return ", ".join(_(_REASON[reason]) if reason in _REASON else reason for reason in reasons)


def status_word(status: Status) -> str:
    """What `status` is called."""
    return pgettext("status", "open") if status is Status.OPEN else _(_STATUS[status])


def severity_word(severity: Severity | None) -> str:
    """What `severity` is called; None is called so too."""
    return _(_SEVERITY[severity])


def role_word(role: Role) -> str:
    """What `role` is called."""
    return _(_ROLE[role])


_DONE: Final = {
    Act.IMPORT: N_("report imported"),
    Act.EDIT_REPORT: N_("report details changed"),
    Act.DELETE_REPORT: N_("report deleted"),
    Act.RESTORE_REPORT: N_("report restored"),
    Act.ANNOTATE: N_("passage marked"),
    Act.TAG: N_("tags changed"),
    Act.UNTAG: N_("tag taken off"),
    Act.LINK: N_("agencies changed"),
    Act.UNLINK: N_("agency taken off"),
    Act.NOTE: N_("note changed"),
    Act.SEVERITY: N_("severity changed"),
    Act.STATUS: N_("status changed"),
    Act.DUE: N_("due date changed"),
    Act.PASSAGE: N_("passage moved"),
    Act.REVISE: N_("report revised"),
    Act.ACCEPT: N_("place in the new text accepted"),
    Act.REANCHOR: N_("passage placed by hand"),
    Act.ORPHAN: N_("left out of the new text"),
    Act.CONFIRM: N_("place in the new text confirmed"),
    Act.DELETE: N_("annotation deleted"),
    Act.RESTORE: N_("annotation restored"),
    Act.EDIT_MANY: N_("several changed at once"),
    Act.OWNER: N_("owner changed"),
    Act.CONTINUE: N_("issue continued, or no longer"),
    Act.COMMENT: N_("comment made"),
    Act.EDIT_COMMENT: N_("comment changed"),
    Act.DELETE_COMMENT: N_("comment deleted"),
    Act.SAVE_VIEW: N_("view saved"),
    Act.SHARE_VIEW: N_("view shared, or no longer"),
    Act.DELETE_VIEW: N_("view deleted"),
    Act.CREATE_TAG: N_("tag created"),
    Act.EDIT_TAG: N_("tag changed"),
    Act.MERGE_TAGS: N_("tags merged"),
    Act.RETIRE_TAG: N_("tag retired"),
    Act.REVIVE_TAG: N_("tag taken back into use"),
    Act.IMPORT_TAGS: N_("tags imported"),
    Act.CREATE_AGENCY: N_("agency created"),
    Act.EDIT_AGENCY: N_("agency changed"),
    Act.MERGE_AGENCIES: N_("agencies merged"),
    Act.RETIRE_AGENCY: N_("agency retired"),
    Act.REVIVE_AGENCY: N_("agency taken back into use"),
    Act.IMPORT_AGENCIES: N_("agencies imported"),
    Act.ADD_PERSON: N_("person let in"),
    Act.SET_ROLE: N_("role changed"),
    Act.RETIRE_PERSON: N_("person let in no more"),
    Act.REVIVE_PERSON: N_("person let in again"),
    Act.ADD_PERSON: N_("person added"),
    Act.SET_ROLE: N_("role changed"),
    Act.RETIRE_PERSON: N_("person retired"),
    Act.REVIVE_PERSON: N_("person taken back"),
}


def act_words(act: str) -> str:
    """What an act did, in a few words; `act` itself where it is none that is known."""
    try:
        return _(_DONE[Act(act)])
    except (KeyError, ValueError):
        return act


def act_sentence(change: Change, turned: Change | None = None) -> str:
    """What an undo or redo came to. `turned`: the act that it took back or did again, if known."""
    about = turned or change
    what = act_words(about.act) if about.act not in (Act.UNDO, Act.REDO) else ""
    where = _where(change)
    said = " ".join(part for part in (what, where) if part)
    if change.act == Act.UNDO:
        return _("Undone: {what}.").format(what=said) if said else _("Undone.")
    if change.act == Act.REDO:
        return _("Done again: {what}.").format(what=said) if said else _("Done again.")
    return f"{said[:1].upper()}{said[1:]}."


def turned_sentence(store: Store, change: Change) -> str:
    """What an undo or redo came to, as `store` knows what it took back or did again."""
    turned = store.change(change.undoes) if change.undoes else None
    while turned is not None and turned.undoes:
        turned = store.change(turned.undoes)
    return act_sentence(change, turned)


def _where(change: Change) -> str:
    """The annotations that a change is about: `(#12)`, `(14 passages)`; empty where it is about others."""
    ids = [item.item_id for item in change.items if item.kind == "annotation"]
    if len(ids) == 1:
        return f"(#{ids[0]})"
    if not ids:
        return ""
    return ngettext("({count} passage)", "({count} passages)", len(ids)).format(count=len(ids))


def number(count: int) -> str:
    """A count as people write it: 1,234 in English, 1.234 in Vietnamese."""
    written = f"{count:,}"
    return written.replace(",", ".") if language() == "vi" else written
