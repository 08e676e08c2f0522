"""The annotations of a report as its view shows them: where they are, their colours, their sign."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from reviewer.layout.runs import Span, SpanIndex


@dataclass(frozen=True, slots=True)
class Mark:
    """Annotation `key` on code points [start, end). `colours`: names of its tags' colours. `sign`: the digit
    or letter that stands for it in the gutter, one cell."""

    key: int
    start: int
    end: int
    colours: tuple[str, ...]
    sign: str


class Marks:
    """The marks of one report, found by offset and by key without a look at all of them."""

    def __init__(self, marks: Iterable[Mark] = ()) -> None:
        self._by_key: Mapping[int, Mark] = {mark.key: mark for mark in marks}
        self.index = SpanIndex(Span(mark.start, mark.end, mark.key) for mark in self._by_key.values())

    def __len__(self) -> int:
        return len(self._by_key)

    def __iter__(self) -> Iterator[Mark]:
        return iter(self._by_key.values())

    def __contains__(self, key: int) -> bool:
        return key in self._by_key

    def __getitem__(self, key: int) -> Mark:
        return self._by_key[key]

    def get(self, key: int | None) -> Mark | None:
        return None if key is None else self._by_key.get(key)

    def touching(self, start: int, end: int) -> list[Mark]:
        """Marks that share a code point with [start, end), in text order."""
        return [self._by_key[span.key] for span in self.index.touching(start, end)]

    def exactly(self, start: int, end: int) -> list[Mark]:
        """Marks on exactly [start, end)."""
        return [mark for mark in self.touching(start, end) if (mark.start, mark.end) == (start, end)]
