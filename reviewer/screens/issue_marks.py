"""Which issues are marked: one byte per id, so that marking a million of them is done at once."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from itertools import compress


class Marks:
    """A set of ids (small positive numbers)."""

    def __init__(self) -> None:
        self._flags = bytearray()
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def __contains__(self, number: int) -> bool:
        return number < len(self._flags) and bool(self._flags[number])

    def ids(self) -> array[int]:
        """All of them, the lowest first."""
        return array("q", compress(range(len(self._flags)), self._flags))

    def add(self, ids: array[int]) -> None:
        """Put `ids` in."""
        if ids:
            missing = max(ids) + 1 - len(self._flags)
            self._flags.extend(bytes(max(0, missing)))
        self._set(ids, 1)

    def remove(self, ids: array[int]) -> None:
        """Take `ids` out."""
        self._set((number for number in ids if number < len(self._flags)), 0)

    def has_all(self, ids: array[int]) -> bool:
        """Whether all of `ids` are in."""
        if ids and max(ids) >= len(self._flags):
            return False
        return all(map(self._flags.__getitem__, ids))

    def clear(self) -> None:
        """Take everything out."""
        self._flags, self._count = bytearray(), 0

    def _set(self, ids: Iterable[int], value: int) -> None:
        flags = self._flags
        for number in ids:
            flags[number] = value
        self._count = flags.count(1)
