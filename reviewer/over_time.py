"""The same issue over time in the reader's words: how long it stands, and why another may be the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.days import show_day, show_period
from reviewer.i18n import _, ngettext

if TYPE_CHECKING:
    from annotations.continuity import Run
    from annotations.earlier import Candidate


def when(period: str | None, day: str | None) -> str:
    """When a report is about, else its date; a dash where neither is known."""
    return show_period(period) or show_day(day) or "–"


def run_words(run: Run | None) -> str:
    """How long an issue stands: `3 periods in a row, since Q1 2023`; empty for a single one."""
    if run is None or run.periods < 2:
        return ""
    said = ngettext("{count} period in a row", "{count} periods in a row", run.periods)
    words = said.format(count=run.periods)
    if run.since:
        words = _("{periods}, since {first}").format(periods=words, first=show_period(run.since))
    return words


def reasons(candidate: Candidate) -> str:
    """Why it may be the same issue: `same type, same agency, 72 % of the words`."""
    found = []
    if candidate.same_tag:
        found.append(_("same type"))
    elif candidate.near_tag:
        found.append(_("a type beside it"))
    if candidate.same_agency:
        found.append(_("same agency"))
    elif candidate.same_line:
        found.append(_("agency that became it"))
    if candidate.words:
        found.append(_("{percent} % of the words").format(percent=candidate.words))
    return ", ".join(found) or _("not much alike")
