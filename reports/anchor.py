"""Passages found again in a corrected text: carried where there is no doubt, else left to a person.

A passage is carried only to its very words (spelling, case, quotes and spaces apart), only to the place that
its own words came to, and only if nothing beside it turns what it says. Whatever else there is waits with the
places it may be at; a passage of which nothing is left is said to be gone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from reports.anchor_alignment import Alignment
from reports.anchor_candidates import Candidate, CandidateFinder
from reports.anchor_places import Places
from reports.anchor_sites import Site, SiteJudge, Verdict, site_of
from reports.anchor_words import Lexicon, Words
from reports.changes_of_meaning import Reason, reasons_for
from reports.document import Document
from reports.passage import Passage, make_passage

__all__ = ["Candidate", "Fate", "Outcome", "Reason", "align", "reanchor"]


class Fate(StrEnum):
    """What became of a passage. `marked`: carried, and somebody may want to look at why."""

    CARRIED = "carried"
    MARKED = "marked"
    WAITING = "waiting"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Outcome:
    """`passage`: where it was carried, None if it was not. `reasons`: why it is marked or waits.
    `candidates`: where else it may be, best first; empty if it was carried or is gone."""

    fate: Fate
    passage: Passage | None
    reasons: tuple[Reason, ...] = ()
    candidates: tuple[Candidate, ...] = ()


def align(old: Document, new: Document) -> Alignment:
    """Which words of `new` are which of `old`; 10 MB against 10 MB take about 3 s."""
    lexicon = Lexicon()
    return Alignment(Words(old, lexicon), Words(new, lexicon))


def reanchor(
    old: Document, new: Document, passages: Sequence[Passage], alignment: Alignment | None = None
) -> list[Outcome]:
    """What becomes of each of `passages` of `old` in `new`, in their order.

    `alignment`: that of the two texts, if it is there already. A passage that does not say what `old` says at
    its place is never carried.
    """
    alignment = alignment or align(old, new)
    sites = [site_of(alignment.old, passage) for passage in passages]
    cores = [site.core for site in sites]
    counts = Counter(alignment.old.ids) + Counter(alignment.new.ids)
    judge = SiteJudge(alignment, Places(alignment.old, cores, counts), Places(alignment.new, cores, counts))
    verdicts = [judge.verdict(site) for site in sites]
    open_sites = [site for site, verdict in zip(sites, verdicts, strict=True) if not verdict.settled]
    finder = CandidateFinder(judge, open_sites) if open_sites else None
    outcomes = []
    for site, verdict in zip(sites, verdicts, strict=True):
        if verdict.settled:
            outcomes.append(_carried(judge, site, verdict))
        else:
            assert finder is not None
            candidates = finder.candidates(site, verdict)
            fate = Fate.WAITING if candidates else Fate.GONE
            outcomes.append(Outcome(fate, None, _open_reasons(verdict.reasons, candidates), candidates))
    return outcomes


def _carried(judge: SiteJudge, site: Site, verdict: Verdict) -> Outcome:
    passage = make_passage(judge.alignment.new.document, *judge.code_points(site, verdict.image))
    found = {*verdict.reasons, *judge.spelling(site, verdict.image)}
    if reasons_for(site.passage.section, passage.section):
        found.add(Reason.HEADING)
    why = tuple(reason for reason in Reason if reason in found)
    return Outcome(Fate.MARKED if why else Fate.CARRIED, passage, why)


def _open_reasons(reasons: tuple[Reason, ...], candidates: tuple[Candidate, ...]) -> tuple[Reason, ...]:
    best = candidates[0].reasons if candidates else ()
    return tuple(reason for reason in Reason if reason in {*reasons, *best})
