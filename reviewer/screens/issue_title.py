"""The first line of the issue list: how it is arranged, what is marked, how many there are."""

from __future__ import annotations

from dataclasses import dataclass

from reviewer.i18n import _
from reviewer.screens.issue_groups import GROUP_WORDS, SORT_WORDS
from reviewer.screens.issue_listing import Listing, Tally
from reviewer.widgets.parts import Part
from reviewer.words import number


@dataclass(frozen=True, slots=True)
class Doing:
    """`marked`: how many issues are marked; `changing`: how many are being changed; `offer`: what a key would
    do now, in a few words."""

    marked: int
    changing: int
    offer: str


def title_parts(listing: Listing, tally: Tally | None, doing: Doing) -> tuple[list[Part], list[Part]]:
    """What stands at the left, and the counts at the right; `tally`: None until it is known."""
    arrangement = listing.asked.arrangement
    left: list[Part] = [(_("Issue list"), "strong")]
    if arrangement.group:
        left.append((" · " + _("by {what}").format(what=_(GROUP_WORDS[arrangement.group])), "quiet"))
    if arrangement.sort:
        left.append((" · " + _("sorted by {what}").format(what=_(SORT_WORDS[arrangement.sort])), "quiet"))
    if doing.marked:
        left.append((" · " + _("{count} marked").format(count=number(doing.marked)), "accent"))
    if doing.changing:
        left.append((" · " + _("changing {count} …").format(count=number(doing.changing)), "warning"))
    if doing.offer:
        left.append((f" · {doing.offer}", "accent"))
    return left, _counts(listing, tally)


def _counts(listing: Listing, tally: Tally | None) -> list[Part]:
    count = number(len(listing.ids)) if listing.whole else "…"
    if tally is not None and listing.asked.wanted:
        count = _("{count} of {all}").format(count=count, all=number(tally.every))
    right: list[Part] = [(count, "")]
    if tally is not None and tally.overdue:
        late = _("{count} overdue").format(count=number(tally.overdue))
        right += [(" · ", "quiet"), (f"! {late}", "error")]
    return right
