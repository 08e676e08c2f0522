"""Headings of the groups in the issue list, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from annotations.issue_order import Group, Key
from annotations.models import Placement, Severity, Status
from reviewer.days import show_day, show_period
from reviewer.i18n import N_, _, language
from reviewer.widgets.sectioned_rows import Section
from reviewer.words import number, placement_word, severity_word, status_word

if TYPE_CHECKING:
    from annotations.store import Store

GROUP_WORDS: Final[Mapping[str, str]] = {
    "": N_("no groups"),
    "agency": N_("lead agency"),
    "tag": N_("tag"),
    "report": N_("report"),
    "period": N_("period"),
    "status": N_("status"),
    "severity": N_("severity"),
    "due": N_("due date"),
    "owner": N_("owner"),
    "reviewer": N_("reviewer"),
}
"""What the list is grouped by, untranslated, in the order in which a key goes through them."""
SORT_WORDS: Final[Mapping[str, str]] = {
    "": N_("report"),
    "due": N_("due date"),
    "status": N_("status"),
    "severity": N_("severity"),
    "agency": N_("lead agency"),
    "tag": N_("tag"),
    "period": N_("period"),
    "owner": N_("owner"),
    "reviewer": N_("reviewer"),
    "report": N_("title of the report"),
    "created": N_("day it was marked"),
    "updated": N_("last change"),
    "id": N_("number"),
}
"""What the list is sorted by, likewise."""
_NONE: Final[Mapping[str, str]] = {
    "agency": N_("no agency yet"),
    "tag": N_("no tag yet"),
    "period": N_("no period"),
    "due": N_("no due date"),
    "owner": N_("nobody sees to it"),
}


def sections_of(store: Store, by: str, groups: Sequence[Group]) -> list[Section]:
    """The headings of `groups`, which are by `by`."""
    name = namer(store, by)
    return [Section(group.first, name(group.key), number(group.count)) for group in groups]


def namer(store: Store, by: str) -> Callable[[Key], str]:
    """What the values of `by` are called: slugs of agencies, tags and reports get their names."""
    none = _(_NONE.get(by, N_("none")))
    if by == "severity":
        return lambda key: severity_word(None if key is None else Severity(str(key)))
    shown = _names(store, by)
    return lambda key: none if key is None else shown(str(key))


def _names(store: Store, by: str) -> Callable[[str], str]:
    if by == "status":
        return lambda key: status_word(Status(key))
    if by == "placement":
        return lambda key: placement_word(Placement(key))
    if by == "period":
        return show_period
    if by == "due":
        return show_day
    names: dict[str, str] = {}
    if by in ("agency", "lead"):
        names = {agency.slug: agency.label(language()) for agency in store.agencies()}
    elif by == "tag":
        names = {tag.slug: tag.label(language()) for tag in store.tags()}
    elif by == "report":
        names = {report.slug: report.title for report in store.issues.directory.reports()}
    return lambda key: names.get(key, key)
