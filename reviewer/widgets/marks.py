"""The annotations of a report as its view shows them: where they are, their colours, their sign."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from reviewer.layout.runs import Span, SpanIndex


class Mark(NamedTuple):
    """Annotation `key` on code points [start, end). `colours`: names of its tags' colours. `sign`: the digit
    or letter that stands for it in the gutter, one cell."""

    key: int
    start: int
    end: int
    colours: tuple[str, ...]
    sign: str


class Marks:
    """The marks of one report, found by offset and by key without a look at all of them.

    Marks on the same range are one place: what `index` finds are places, however many marks each has.
    """

    def __init__(self, marks: Iterable[Mark] = ()) -> None:
        self._by_key: Mapping[int, Mark] = {mark.key: mark for mark in marks}
        by_range: dict[tuple[int, int], list[Mark]] = {}
        for mark in self._by_key.values():
            by_range.setdefault((mark.start, mark.end), []).append(mark)
        self._places = list(by_range.values())
        self.index = SpanIndex(Span(*where, number) for number, where in enumerate(by_range))

    def __len__(self) -> int:
        return len(self._by_key)

    def __iter__(self) -> Iterator[Mark]:
        return iter(self._by_key.values())

    def __contains__(self, key: int) -> bool:
        return key in self._by_key

    def get(self, key: int | None) -> Mark | None:
        """The mark of that key, None if there is none."""
        return None if key is None else self._by_key.get(key)

    def at(self, place: int) -> list[Mark]:
        """The marks of a place that `index` found."""
        return self._places[place]

    def touching(self, start: int, end: int) -> list[Mark]:
        """Marks that share a code point with [start, end), in text order."""
        return [mark for span in self.index.touching(start, end) for mark in self._places[span.key]]

    def beginning(self, start: int, end: int) -> list[Mark]:
        """Marks whose first letter is in [start, end), in text order."""
        found = self.index.touching(start, end)
        return [mark for span in found if span.start >= start for mark in self._places[span.key]]

    def exactly(self, start: int, end: int) -> list[Mark]:
        """Marks on exactly [start, end)."""
        found = self.index.touching(start, end)
        return [m for span in found if (span.start, span.end) == (start, end) for m in self._places[span.key]]
