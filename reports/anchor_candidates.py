"""Where a passage that was not carried may be, with how like it each place is and what differs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from reports.anchor_places import CONTEXT, LikeFinder, agreement, likeness
from reports.anchor_sites import Site, SiteJudge, Verdict
from reports.changes_of_meaning import Reason, reasons_for
from reports.diff import Piece, word_difference
from reports.passage import Passage, make_passage

LEAST_LIKENESS, LEAST_ALONE = 0.5, 0.72
"""Share of a passage's letters that a place must have where some of the words beside it agree, and none."""

_IN_PLACE = 3
"""Words on both sides that agree where a place is shown whatever it says: it is what stands there now."""

LEAST_REST, _REST_OF = 3, 4
"""Words of a passage that must still stand together, and one of how many, to be shown as its rest."""

LONGEST_INSERTION = 60
"""Words that may have come into a passage for it still to be shown as one."""

MOST_CANDIDATES, MOST_WEIGHED = 5, 60
"""Places that are shown, and places of the very words that are weighed for that, the nearest ones."""

_QUOTE, _BESIDE, _POSITION = 50, 20, 2
"""Weights of quote, words before, words behind and position, as Hypothesis has them
(https://github.com/hypothesis/client/blob/main/src/annotator/anchoring/match-quote.ts)."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a passage may be at. `score`: 0 to 1, of quote, context and position. `reasons`: why it is
    not beyond doubt. `difference`: from the old words to those there, word by word."""

    passage: Passage
    score: float
    reasons: tuple[Reason, ...]
    difference: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """New words [first, last) that a passage may have become; `exact`: they are its very words; `taken`: but
    they are what other words of the old text have become; `rest`: they are what is left of it together."""

    first: int
    last: int
    exact: bool
    taken: bool = False
    rest: bool = False
    quote: float = 0.0
    before: int = 0
    behind: int = 0
    score: float = 0.0

    def meets(self, other: _Place) -> bool:
        return self.first < other.last and other.first < self.last

    @property
    def is_worth_showing(self) -> bool:
        if self.rest or min(self.before, self.behind) >= _IN_PLACE:
            return True
        return self.quote >= (LEAST_LIKENESS if self.before + self.behind > 1 else LEAST_ALONE)


class CandidateFinder:
    """Looks for the `sites` that were not settled, all of them at once for speed."""

    def __init__(self, judge: SiteJudge, sites: Iterable[Site]) -> None:
        self._judge = judge
        self._old, self._new = judge.alignment.old, judge.alignment.new
        self._like = LikeFinder(self._new, judge.lexicon.folded(), (site.core for site in sites))

    def candidates(self, site: Site, verdict: Verdict) -> tuple[Candidate, ...]:
        """The places that `site` may be at, best first; empty if there are none."""
        places = [*self._exact(site, verdict), *self._alike(site), *self._rest(site)]
        judged = [self._weighed(site, place) for place in places]
        judged = [place for place in judged if place.is_worth_showing]
        judged.sort(key=lambda place: (place.taken, -place.score, place.first))
        chosen: list[_Place] = []
        exact = [place for place in judged if place.exact]
        for place in judged:
            better = chosen if place.exact else [*chosen, *exact]
            if not any(place.meets(other) for other in better):
                chosen.append(place)
        return tuple(self._candidate(site, verdict, place, chosen) for place in chosen[:MOST_CANDIDATES])

    def _exact(self, site: Site, verdict: Verdict) -> list[_Place]:
        """Where the very words stand: first those that nothing else in the old text has become."""
        near = verdict.image if verdict.image >= 0 else max(site.core_first, 0)
        length = len(site.core)
        found = [
            _Place(at, at + length, True) for at in self._judge.new_places.near(site.core, near, MOST_WEIGHED)
        ]
        free = [place for place in found if place.first == verdict.image or not self._is_taken(site, place)]
        return free or [replace(place, taken=True) for place in found]

    def _is_taken(self, site: Site, place: _Place) -> bool:
        """Whether a place is what other words of the old text have become, beyond doubt."""
        alignment = self._judge.alignment
        own = range(site.core_first, site.core_last)
        taken = sum(
            1
            for at in range(place.first, place.last)
            if alignment.firm_new[at] and alignment.to_old[at] not in own
        )
        return taken * 2 > place.last - place.first

    def _alike(self, site: Site) -> list[_Place]:
        """Where words like them stand: between those that stood beside them, and anywhere."""
        found: list[tuple[int, int]] = []
        if site.core_first >= 0:
            window = self._judge.neighbours(site.core_first, site.core_last)
            if window is not None:
                whole = window[1] - window[0] <= len(site.core) + 2
                narrowed = window if whole else self._like.narrowed(site.core, *window)
                found += [narrowed] if narrowed else []
        if len(site.core) > 2:
            found += self._like.windows(site.core, max(site.core_first, 0))
        places = [_Place(*self._without_signs(*each), False) for each in found]
        return [place for place in places if place.first < place.last and not self._is_taken(site, place)]

    def _rest(self, site: Site) -> list[_Place]:
        """What is left of the passage: all from its first to its last word if that is not too long, else the
        longest stretch of its words, if it is a fair part of them."""
        images = self._judge.alignment.to_new[site.core_first : site.core_last]
        kept = [image for image in images if image >= 0]
        fair = 1 < len(kept) * 2 >= len(images) and kept == sorted(kept)
        if fair and kept[-1] - kept[0] < len(images) + LONGEST_INSERTION:
            return [_Place(kept[0], kept[-1] + 1, False, rest=True)]
        best, start = (0, 0), 0
        for at in range(1, len(images) + 1):
            if at == len(images) or images[at] < 0 or images[at] != images[at - 1] + 1:
                if images[start] >= 0 and at - start > best[1] - best[0]:
                    best = (start, at)
                start = at
        length = best[1] - best[0]
        if length < LEAST_REST or length * _REST_OF < len(images):
            return []
        return [_Place(images[best[0]], images[best[0]] + length, False, rest=True)]

    def _without_signs(self, first: int, last: int) -> tuple[int, int]:
        while first < last and self._new.is_break(first):
            first += 1
        while last > first and self._new.is_break(last - 1):
            last -= 1
        return first, last

    def _weighed(self, site: Site, place: _Place) -> _Place:
        start, end = self._new.starts[place.first], self._new.ends[place.last - 1]
        text = self._new.document.text
        quote = 1.0 if place.exact else likeness(site.passage.exact, text[start:end])
        before = behind = 0
        if site.core_first >= 0:
            before, behind = agreement(
                self._old, site.core_first, site.core_last, self._new, place.first, place.last
            )
        position = 1 - abs(start - site.passage.start) / max(len(text), site.passage.start, 1)
        total = _QUOTE * quote + _BESIDE * (before + behind) / CONTEXT + _POSITION * position
        score = total / (_QUOTE + 2 * _BESIDE + _POSITION)
        return replace(place, quote=quote, before=before, behind=behind, score=score)

    def _candidate(self, site: Site, verdict: Verdict, place: _Place, chosen: Sequence[_Place]) -> Candidate:
        start, end = self._new.starts[place.first], self._new.ends[place.last - 1]
        if place.exact and site.core_first >= 0:
            start, end = self._judge.code_points(site, place.first)
        passage = make_passage(self._new.document, start, end)
        reasons = set(reasons_for(site.passage.exact, passage.exact))
        if place.exact:
            if sum(other.exact for other in chosen) > 1:
                reasons.add(Reason.SEVERAL)
            if place.first == verdict.image:
                reasons.update(verdict.reasons)
            else:
                reasons.add(Reason.ELSEWHERE)
        difference = word_difference(site.passage.exact, passage.exact)
        return Candidate(
            passage, round(place.score, 3), tuple(each for each in Reason if each in reasons), difference
        )
