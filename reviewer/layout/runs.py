"""Spans over a text: those that touch a range, without asking all of them, and the runs they cut it into."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple


class Span(NamedTuple):
    """Code points [start, end) that belong to item `key`."""

    start: int
    end: int
    key: int


class Run(NamedTuple):
    """Code points [start, end) over which the same items hold: `keys`, those that began first in front."""

    start: int
    end: int
    keys: tuple[int, ...]


class SpanIndex:
    """Spans sorted by start; what touches a range is found in O(log n + found), however long some span is."""

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        self.spans: tuple[Span, ...] = tuple(sorted(spans))
        size = 1
        while size < len(self.spans):
            size *= 2
        self._leaves = size
        self._furthest = [0] * size + [span.end for span in self.spans] + [0] * (size - len(self.spans))
        for node in range(size - 1, 0, -1):
            self._furthest[node] = max(self._furthest[2 * node], self._furthest[2 * node + 1])

    def touching(self, start: int, end: int) -> list[Span]:
        """Spans that share a code point with [start, end), in order of their start."""
        found: list[Span] = []
        stack = [1] if self.spans and start < end else []
        while stack:
            node = stack.pop()
            if self._furthest[node] <= start:
                continue
            if node >= self._leaves:
                span = self.spans[node - self._leaves]
                if span.start >= end:
                    break
                found.append(span)
            else:
                stack += (2 * node + 1, 2 * node)
        return found

    def after(self, offset: int) -> Span | None:
        """The first span that starts at `offset` or later."""
        low, high = 0, len(self.spans)
        while low < high:
            middle = (low + high) // 2
            if self.spans[middle].start < offset:
                low = middle + 1
            else:
                high = middle
        return self.spans[low] if low < len(self.spans) else None


def sweep(spans: Sequence[Span], start: int, end: int, cuts: Iterable[int] = ()) -> list[Run]:
    """The runs into which `spans` cut [start, end), none of them empty; stretches without a span left out.

    `spans` are sorted by start, as `SpanIndex.touching` gives them. `cuts`: code points at which a run ends
    even if the same spans go on.
    """
    at = {start, end, *cuts}
    for span in spans:
        at.update((span.start, span.end))
    points = sorted(point for point in at if start <= point <= end)
    runs: list[Run] = []
    active: list[Span] = []
    coming = 0
    for first, last in pairwise(points):
        while coming < len(spans) and spans[coming].start <= first:
            active.append(spans[coming])
            coming += 1
        active = [span for span in active if span.end > first]
        if active:
            runs.append(Run(first, last, tuple(span.key for span in active)))
    return runs
