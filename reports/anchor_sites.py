"""Whether the place that the words of a passage came to is beyond doubt."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass

from reports.anchor_alignment import Alignment
from reports.anchor_places import CONTEXT, MOST_KEPT, Core, Places, agreement, between
from reports.anchor_words import Lexicon, Words, tokens_of
from reports.changes_of_meaning import NEGATIONS, Reason, colours_neighbour, reasons_for, turns_meaning
from reports.passage import Passage

LEAST_SUPPORT, LEAST_SUPPORT_MOVED = 5, 10
"""Words, of the passage and beside it, that must agree where it stays in order, and where it moved."""

TIMES_A_RIVAL = 3
"""How many times more context must agree than at any other place that may be meant."""

_REACH = 40
"""Words looked at on each side for the next ones that were kept, and for the ends of the clause."""

_BESIDE = 3


@dataclass(frozen=True, slots=True)
class Site:
    """A passage among the words of its text. `first`, `last`: its words; `core_first`, `core_last`: those
    without signs at its ends; all -1 if the text does not say so there. `core`: their numbers."""

    passage: Passage
    first: int
    last: int
    core_first: int
    core_last: int
    core: Core


@dataclass(frozen=True, slots=True)
class Verdict:
    """`image`: the first new word of the core, -1 if unknown. `settled`: it is beyond doubt. `reasons`: what
    to mark it with, or why it is not settled."""

    image: int
    settled: bool
    reasons: tuple[Reason, ...] = ()


def site_of(words: Words, passage: Passage) -> Site:
    """`passage` among `words`; of no place if they do not say so there."""
    document, lexicon = words.document, words.lexicon
    if document.text[passage.start : passage.end] != passage.exact:
        core = tuple(map(lexicon.number, tokens_of(passage.exact)))
        return Site(passage, -1, -1, -1, -1, core)
    first, last = words.covering(passage.start, passage.end)
    core_first, core_last = first, last
    while core_first < core_last and words.is_break(core_first):
        core_first += 1
    while core_last > core_first and words.is_break(core_last - 1):
        core_last -= 1
    if core_first == core_last:
        core_first, core_last = first, last
    return Site(passage, first, last, core_first, core_last, tuple(words.ids[core_first:core_last]))


class SiteJudge:
    """Judges sites by an alignment of two texts and by all places of their words in both."""

    def __init__(self, alignment: Alignment, old_places: Places, new_places: Places) -> None:
        self.alignment = alignment
        self.old_places, self.new_places = old_places, new_places
        self._paired: dict[Core, bool] = {}

    @property
    def lexicon(self) -> Lexicon:
        return self.alignment.old.lexicon

    def verdict(self, site: Site) -> Verdict:
        """Where a passage came to, and whether that is beyond doubt."""
        first, last = site.core_first, site.core_last
        if first < 0:
            return Verdict(-1, False)
        image = self.alignment.image(first, last)
        moved = bool(self.alignment.moved[first])
        why = (Reason.MOVED,) if moved else ()
        if image >= 0 and all(self.alignment.firm[first:last]) and not self._is_cut_anew(site, image):
            return Verdict(image, True, why)
        if image < 0:
            image, moved, why = self._between_neighbours(site), False, ()
        if image < 0:
            return Verdict(-1, False)
        if self._is_cut_anew(site, image):
            return Verdict(image, False, why)
        before, behind = self.context(first, last, image)
        rivals = self._has_rivals(site, image, before + behind)
        support = len(site.core) + before + behind
        if rivals or support < (LEAST_SUPPORT_MOVED if moved else LEAST_SUPPORT):
            return Verdict(image, False, (*why, *((Reason.SEVERAL,) if rivals else ())))
        turned = self._turned_beside(first, last, image)
        if turned:
            return Verdict(image, False, (*why, turned))
        return Verdict(image, True, (*why, *self._changed_beside(first, last, image)))

    def context(self, first: int, last: int, image: int) -> tuple[int, int]:
        """Words beside old words [first, last) that agree with those beside the new ones from `image` on."""
        return agreement(self.alignment.old, first, last, self.alignment.new, image, image + last - first)

    def neighbours(self, first: int, last: int) -> tuple[int, int] | None:
        """The new words between the images of the nearest old words on both sides that were kept in order,
        None if there are no such words within reach or far more has come between them."""
        to_new, moved = self.alignment.to_new, self.alignment.moved
        left, right = first - 1, last
        while left >= 0 and first - left <= _REACH and (to_new[left] < 0 or moved[left]):
            left -= 1
        while right < len(to_new) and right - last < _REACH and (to_new[right] < 0 or moved[right]):
            right += 1
        if first - left > _REACH or right - last >= _REACH:
            return None
        low = to_new[left] + 1 if left >= 0 else 0
        high = to_new[right] if right < len(to_new) else len(self.alignment.new)
        width = high - low
        return (low, high) if 0 < width <= 3 * (right - left) + 2 * _REACH else None

    def code_points(self, site: Site, image: int) -> tuple[int, int]:
        """The code points that a passage with its core at new words from `image` on covers: signs at its ends
        with it where they are still there, a word cut where it was cut if it is spelled as it was."""
        old, new = self.alignment.old, self.alignment.new
        first, last = image, image + len(site.core)
        lead, tail = site.core_first - site.first, site.last - site.core_last
        if lead and lead <= first and new.ids[first - lead : first] == old.ids[site.first : site.core_first]:
            first -= lead
        else:
            lead = -lead
        if tail and new.ids[last : last + tail] == old.ids[site.core_last : site.last]:
            last += tail
        start, end = new.starts[first], new.ends[last - 1]
        if lead >= 0 and old.token(site.first) == new.token(first):
            start += max(0, site.passage.start - old.starts[site.first])
        if last - image - len(site.core) == tail and old.token(site.last - 1) == new.token(last - 1):
            end -= max(0, old.ends[site.last - 1] - site.passage.end)
        return start, end

    def spelling(self, site: Site, image: int) -> set[Reason]:
        """How the words of a passage are spelled otherwise where it came to."""
        old, new, length = self.alignment.old, self.alignment.new, len(site.core)
        found = set(reasons_for(old.text(site.core_first, site.core_last), new.text(image, image + length)))
        start, end = self.code_points(site, image)
        first, last = site.passage.exact[0], site.passage.exact[-1]
        if site.first < site.core_first and new.document.text[start] != first:
            found.add(Reason.PUNCTUATION)
        if site.last > site.core_last and new.document.text[end - 1] != last:
            found.add(Reason.PUNCTUATION)
        return found

    def _is_cut_anew(self, site: Site, image: int) -> bool:
        """Whether a passage ends inside a word that is spelled otherwise where it came to."""
        old, new = self.alignment.old, self.alignment.new
        cut = (
            site.passage.start > old.starts[site.core_first],
            site.passage.end < old.ends[site.core_last - 1],
        )
        return (cut[0] and old.token(site.core_first) != new.token(image)) or (
            cut[1] and old.token(site.core_last - 1) != new.token(image + len(site.core) - 1)
        )

    def _between_neighbours(self, site: Site) -> int:
        """The only place of the words between those that stand beside them and were kept; -1 if none."""
        window = self.neighbours(site.core_first, site.core_last)
        if window is None:
            return -1
        length = len(site.core)
        found = between(self.new_places.of(site.core), window[0], window[1] - length + 1)
        if len(found) != 1:
            return -1
        own, there = range(site.core_first, site.core_last), range(found[0], found[0] + length)
        sources = self.alignment.to_old[there.start : there.stop]
        images = self.alignment.to_new[own.start : own.stop]
        none_else = all(source < 0 or source in own for source in sources)
        return found[0] if none_else and all(image < 0 or image in there for image in images) else -1

    def _has_rivals(self, site: Site, image: int, agreed: int) -> bool:
        """Whether other words may be meant by the new ones, or other new words by these."""
        if max(len(places.of(site.core)) for places in (self.old_places, self.new_places)) >= MOST_KEPT:
            return True
        paired = self._are_paired(site.core)
        return any(
            (agreed <= rival < 2 * CONTEXT) if paired else rival * TIMES_A_RIVAL > agreed
            for rival in self._rivals(site, image)
        )

    def _rivals(self, site: Site, image: int) -> Iterator[int]:
        """For each other place of the words that is not beyond doubt: how many words of context agree."""
        alignment, core = self.alignment, site.core
        for at in self.old_places.near(core, site.core_first):
            if at != site.core_first and not alignment.firm[at]:
                yield sum(self.context(at, at + len(core), image))
        for at in self.new_places.near(core, image):
            if at != image and not alignment.firm_new[at]:
                yield sum(self.context(site.core_first, site.core_last, at))

    def _are_paired(self, core: Core) -> bool:
        """Whether each place of the words in one text has its image in the other."""
        known = self._paired.get(core)
        if known is None:
            ours, theirs = self.old_places.of(core), self.new_places.of(core)
            known = len(ours) == len(theirs) and (
                {self.alignment.image(at, at + len(core)) for at in ours} == set(theirs)
            )
            self._paired[core] = known
        return known

    def _turned_beside(self, first: int, last: int, image: int) -> Reason | None:
        """What was put in or taken out beside the passage that may turn what it says: a negation or its like
        in the clause, a number or a name's kind right beside it."""
        keys, old, new = self.lexicon.keys, self.alignment.old, self.alignment.new
        end = image + last - first
        for key in (
            *self._changed(old, self.alignment.to_new, first, last, image),
            *self._changed(new, self.alignment.to_old, image, end, first),
        ):
            if turns_meaning(key):
                return Reason.NEGATION if key in NEGATIONS or key.endswith("n't") else Reason.OPPOSITE
        touching = (
            *_touching(old, self.alignment.to_new, first, last, image),
            *_touching(new, self.alignment.to_old, image, end, first),
        )
        begins_otherwise = old.token(first)[0].isupper() != new.token(image)[0].isupper()
        if (touching and begins_otherwise) or any(colours_neighbour(keys[number]) for number in touching):
            return Reason.BESIDE
        return None

    def _changed_beside(self, first: int, last: int, image: int) -> tuple[Reason, ...]:
        """A mark where a number or a name in the clause is another now."""
        old, new = self.alignment.old, self.alignment.new
        changed = [
            *((old, at) for at in _unkept(old, self.alignment.to_new, first, last, image)),
            *((new, at) for at in _unkept(new, self.alignment.to_old, image, image + last - first, first)),
        ]
        if any(words.token(at)[0].isdigit() or words.token(at)[0].isupper() for words, at in changed):
            return (Reason.BESIDE,)
        return ()

    def _changed(self, words: Words, images: array[int], first: int, last: int, there: int) -> list[str]:
        keys = self.lexicon.keys
        return [keys[words.ids[at]] for at in _unkept(words, images, first, last, there)]


def _clause(words: Words, first: int, last: int) -> tuple[int, int]:
    """The words of the clauses that words [first, last) are in, as far as `_REACH`; labels are left out."""
    low, high = first, last
    head = words.body(words.block_of(first))[0]
    foot = words.body(words.block_of(last - 1))[1]
    while low > head and first - low < _REACH and not words.ends_clause(low - 1):
        low -= 1
    while high < foot and high - last < _REACH and not words.ends_clause(high):
        high += 1
    return low, high


def _unkept(words: Words, images: array[int], first: int, last: int, there: int) -> list[int]:
    """The words beside [first, last), in its clauses, that the other text does not have beside it."""
    low, high = _clause(words, first, last)
    around = (*range(low, first), *range(last, high))
    return [at for at in around if not _is_kept(images, at, first, there)]


def _is_kept(images: array[int], at: int, first: int, there: int) -> bool:
    """Whether a word beside a passage from word `first` on has its image, with that of a word next to it, on
    the same side of the passage from word `there` of the other text on, and as near."""
    image = images[at]
    if image < 0 or (image < there) != (at < first) or abs(image - there - at + first) > _REACH:
        return False
    together = at > 0 and images[at - 1] == image - 1
    return together or (at + 1 < len(images) and images[at + 1] == image + 1)


def _touching(words: Words, images: array[int], first: int, last: int, there: int) -> list[int]:
    """The numbers of words right beside [first, last) that the other text does not have, at most `_BESIDE` on
    each side."""
    low, high = _clause(words, first, last)
    left, right = first, last
    while left > low and first - left < _BESIDE and not _is_kept(images, left - 1, first, there):
        left -= 1
    while right < high and right - last < _BESIDE and not _is_kept(images, right, first, there):
        right += 1
    return [*words.ids[left:first], *words.ids[last:right]]
