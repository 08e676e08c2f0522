"""Finds where agencies are named in running text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from annotations.mention_table import (
    FILLERS,
    SHORT_KINDS,
    WORD,
    Case,
    Ending,
    NameTable,
    Node,
    fits,
    word_key,
)
from annotations.models import Agency
from annotations.short_forms import defined_forms, find_forms
from annotations.succession import valid

_JOINERS = frozenset({"&", "-", "–", "—", ","})
_PLURAL = word_key("các")
_PROVINCE = word_key("tỉnh")
_PARTY = word_key("ủy")
_NAME_WORDS = 4
_HEAD_WORDS = 4


@dataclass(frozen=True, slots=True)
class Mention:
    """An agency is named. `start`, `end`: code points of the text, half open. `agency_ids`: who may be meant,
    several where a name is shared. `place`: a place is named that stands for its People's Committee."""

    start: int
    end: int
    agency_ids: tuple[int, ...]
    place: bool = False


@dataclass(frozen=True, slots=True)
class _Found:
    """A name from word `first` up to, not including, word `after`."""

    first: int
    after: int
    endings: tuple[Ending, ...]


class MentionFinder:
    """The names of one state of the directory, looked for together: every alias, places with their kind,
    lists that name the kind once (`các sở: Tài chính, Xây dựng`), and short forms that the text defines.

    The longest name wins; abbreviations must be written as they are, names begin with a capital.
    """

    def __init__(self, agencies: Iterable[Agency]) -> None:
        self._agencies = {agency.id: agency for agency in agencies if not agency.retired}
        self._table = NameTable(self._agencies.values())
        self._starts: dict[str, bool] = {}

    def find(self, text: str, on: date | None = None) -> list[Mention]:
        """Every naming of an agency in `text`, in text order, none overlapping.

        With `on`, of the agencies that share a name those that were valid on that day.
        """
        scan = _Scan(text, self._table, self._starts)
        day = on.isoformat() if on else None
        mentions = [self._mention(scan, found, day) for found in scan.names()]
        forms = defined_forms(text, [(m.start, m.end, m.agency_ids) for m in mentions])
        if not forms:
            return mentions
        defined = {form.form for form in forms}
        kept = [m for m in mentions if text[m.start : m.end] not in defined or m.end < forms[0].start]
        taken = [(mention.start, mention.end) for mention in kept]
        kept += [Mention(*span) for span in find_forms(text, forms, taken)]
        return sorted(kept, key=lambda mention: mention.start)

    def _mention(self, scan: _Scan, found: _Found, day: str | None) -> Mention:
        ids = tuple(dict.fromkeys(ending.agency_id for ending in found.endings))
        if day and len(ids) > 1:
            ids = tuple(number for number in ids if valid(self._agencies[number], day)) or ids
        last = found.after - 1
        if any(self._agencies[number].level == "province" for number in ids):
            last = scan.with_province(last)
        if found.endings[0].open or scan.is_province(last):
            last = scan.with_proper_name(last)
        start, end = scan.spans[found.first][0], scan.spans[last][1]
        return Mention(start, end, ids, found.endings[0].place)


class _Scan:
    """One text as words, read from left to right."""

    def __init__(self, text: str, table: NameTable, starts: dict[str, bool]) -> None:
        self.text = text
        self.table = table
        self.starts = starts
        self.words = WORD.findall(text)
        self.spans = [match.span() for match in WORD.finditer(text)]

    def names(self) -> Iterator[_Found]:
        """All names, the longest at each place, with the later names of a list."""
        at, count, starts = 0, len(self.words), self.starts
        while at < count:
            word = self.words[at]
            known = starts.get(word)
            if known is None:
                known = starts[word] = self._starts_a_name(word)
            found = self._name(at) if known else None
            if found is None:
                at += 1
                continue
            at = found.after
            yield found
            for item in self._rest_of_list(found):
                at = item.after
                yield item

    def _starts_a_name(self, word: str) -> bool:
        key = word_key(word)
        return key in self.table.root.children or key in self.table.first_of_head or key == _PLURAL

    def _name(self, at: int) -> _Found | None:
        """The longest name at a word; a head before a list of names counts with the first of them."""
        best = self._walk(self.table.root, at)
        if best is not None and self._is_number(best):
            best = None
        if best is None:
            return self._headed(at) or self._shared_end(at)
        headed = self._headed(at) if best.endings[0].open else None
        return headed if headed and headed.after > best.after else best

    def _walk(self, node: Node, at: int) -> _Found | None:
        """The longest name from a node of the table on that is written as it must be."""
        return self._follow(node, at, at, [], False)

    def _follow(self, node: Node, first: int, at: int, path: list[str], joined: bool) -> _Found | None:
        """`_walk` from word `at` on, behind the words of `path`; a `các` inside a name may be left out."""
        found: _Found | None = None
        while at < len(self.words):
            key = word_key(self.words[at])
            if key == _PLURAL and path and not joined and self._gap(at) == "":
                found = self._follow(node, first, at + 1, list(path), False) or found
            child = node.children.get(key)
            if child is None or (joined and not child.joined):
                return found
            node = child
            path.append(self.words[at])
            endings = tuple(ending for ending in node.endings if fits(path, ending))
            if endings and (found is None or found.after <= at):
                found = _Found(first, at + 1, endings)
            step = self._step(at)
            if step is None:
                return found
            at, joined = step
        return found

    def _step(self, place: int) -> tuple[int, bool] | None:
        """The next word of a name, and whether something joins it to this one; None where a name must end."""
        joined = False
        gap = self._gap(place)
        if gap:
            if gap in _JOINERS:
                joined = True
            elif not (gap == "." and self.words[place].lower() in SHORT_KINDS):
                return None
        if self._joins(place + 1):
            if self._gap(place + 1):
                return None
            return place + 2, True
        return place + 1, joined

    def _gap(self, place: int) -> str | None:
        """What stands between a word and the next, without spaces; a line break counts as `\\n`."""
        if place + 1 >= len(self.words):
            return "\n"
        between = self.text[self.spans[place][1] : self.spans[place + 1][0]]
        return "\n" if "\n" in between else between.strip()

    def _headed(self, at: int) -> _Found | None:
        """A head and the first name of its list: `các sở: Tài chính`, `UBND các huyện Phú Bình`."""
        if word_key(self.words[at]) == _PLURAL:
            at += 1
            if at >= len(self.words) or self._gap(at - 1):
                return None
        keys: list[str] = []
        place = at
        while len(keys) < _HEAD_WORDS and place < len(self.words):
            key = word_key(self.words[place])
            if key != _PLURAL:
                keys.append(key)
            tail = self.table.tails.get(tuple(keys))
            gap = self._gap(place)
            if tail is not None and gap in ("", ":", "."):
                found = self._walk(tail, place + 1)
                if found is not None:
                    return _Found(at, found.after, found.endings)
            if gap:
                return None
            place += 1
        return None

    def _rest_of_list(self, found: _Found) -> Iterator[_Found]:
        """Later names that share the head of `found`: `Sở Xây dựng, Tài chính và Y tế`."""
        head = found.endings[0].head
        tail = self.table.tails.get(head) if head else None
        while tail is not None:
            at = self._next_in_list(found.after - 1)
            item = self._walk(tail, at) if at else None
            if item is None or self._walks_further(item):
                return
            yield item
            found = _Found(item.first, item.after, found.endings)

    def _next_in_list(self, last: int) -> int:
        """The word behind the comma or `và` that follows a word, or 0."""
        gap = self._gap(last)
        if gap in ("", ",") and self._joins(last + 1):
            return 0 if self._gap(last + 1) else last + 2
        return last + 1 if gap == "," else 0

    def _joins(self, at: int) -> bool:
        return at < len(self.words) and self.words[at].lower() in FILLERS

    def _shared_end(self, at: int) -> _Found | None:
        """A Party body whose `Tỉnh ủy` stands behind a later one: `Ban Tổ chức, Ban Nội chính Tỉnh ủy`."""
        found = self._walk(self.table.party_bodies, at)
        following = self._next_in_list(found.after - 1) if found else 0
        if found is None or not following:
            return None
        whole = self._walk(self.table.root, following)
        if whole is None:
            return found if self._shared_end(following) else None
        return found if word_key(self.words[whole.after - 1]) == _PARTY else None

    def _walks_further(self, item: _Found) -> bool:
        whole = self._walk(self.table.root, item.first)
        return whole is not None and whole.after > item.after

    def _is_number(self, found: _Found) -> bool:
        """Whether an abbreviation stands inside the number of a document: `05-NQ/TU`, `68/BC-UBND`."""
        if found.endings[0].cases[0] is not Case.SAME:
            return False
        start, end = self.spans[found.first][0], self.spans[found.after - 1][1]
        before, after = self.text[start - 1 : start], self.text[end : end + 2]
        return before in ("/", "-") or (after[:1] in ("/", "-") and after[1:].isalnum())

    def is_province(self, last: int) -> bool:
        return word_key(self.words[last]) == _PROVINCE

    def with_province(self, last: int) -> int:
        """The last word of a name with `tỉnh` behind it, where that does not begin another name."""
        if self._gap(last) == "" and word_key(self.words[last + 1]) == _PROVINCE:
            party = self._gap(last + 1) == "" and word_key(self.words[last + 2]) == _PARTY
            return last if party else last + 1
        return last

    def with_proper_name(self, last: int) -> int:
        """The last word of a name with the proper name of a place behind it."""
        for _ in range(_NAME_WORDS):
            gap, short = self._gap(last), self.words[last].lower() in SHORT_KINDS
            if gap and not (gap == "." and short):
                return last
            following = self.words[last + 1]
            loud = len(following) > 1 and following.isupper()
            if not following[0].isupper() or (loud != self._shouts(last) and not short):
                return last
            if self._walk(self.table.root, last + 1) is not None:
                return last
            last += 1
        return last

    def _shouts(self, at: int) -> bool:
        return len(self.words[at]) > 1 and self.words[at].isupper()


def named_agencies(mentions: Sequence[Mention]) -> tuple[int, ...]:
    """Ids of the agencies named, each once: those named as such before those whose place is named."""
    ordered = sorted(mentions, key=lambda mention: mention.place)
    return tuple(dict.fromkeys(number for mention in ordered for number in mention.agency_ids))
