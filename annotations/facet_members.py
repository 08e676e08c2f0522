"""Sets of annotations in memory: as bits of a number, as ids, by day."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_ZERO_ONE = bytes.maketrans(b"01", b"\0\1")


@dataclass(frozen=True, slots=True)
class Members:
    """The annotations that have a value: as bits, or as a list of ids where that takes less room."""

    bits: int = 0
    ids: array[int] | None = None

    def as_bits(self, size: int) -> int:
        """Them as bits; `size`: more than the highest id."""
        return self.bits if self.ids is None else bits_of(self.ids, size)

    def among(self, mask: int, flags: bytes) -> int:
        """How many of them are in `mask`; `flags` holds the same as a 0 or 1 per id."""
        if self.ids is None:
            return (self.bits & mask).bit_count()
        return sum(map(flags.__getitem__, self.ids))


class Days:
    """Annotations by an ISO day that each has; those without are not in it."""

    def __init__(self, by_day: Mapping[str, array[int]]) -> None:
        self._days = sorted(by_day)
        self._starts = [0]
        self.ids = array("I")
        for day in self._days:
            self.ids.extend(by_day[day])
            self._starts.append(len(self.ids))

    def before(self, day: str) -> array[int]:
        """Ids of those whose day is earlier than `day`."""
        return self.ids[: self._starts[bisect_left(self._days, day)]]

    def after(self, day: str) -> array[int]:
        """Ids of those whose day is later than `day`."""
        return self.ids[self._starts[bisect_right(self._days, day)] :]

    def between(self, first: str, last: str) -> array[int]:
        """Ids of those whose day is `first`, `last` or one in between."""
        start = self._starts[bisect_left(self._days, first)]
        return self.ids[start : self._starts[bisect_right(self._days, last)]]


def bits_of(ids: Iterable[int], size: int) -> int:
    """A number whose bits are 1 at those of `ids` that are below `size`."""
    digits = bytearray(b"0") * size
    for number in ids:
        if number < size:
            digits[-1 - number] = 49
    return int(digits, 2)


def flags_of(bits: int, size: int) -> bytes:
    """The lowest `size` bits as one byte 0 or 1 each, the lowest first."""
    return f"{bits:0{size}b}"[::-1].encode().translate(_ZERO_ONE)
