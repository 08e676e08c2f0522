"""Where a reviewer is in a report and which of its blocks they have had in sight."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from annotations.models import Report
from reports.units import UnitKind

if TYPE_CHECKING:
    from annotations.store import Store


class ReadingPlace:
    """`offset`: code point of the current range. `grain`: the unit that was stepped by."""

    def __init__(self, store: Store, report: Report, block_count: int) -> None:
        self._store = store
        self._report = report
        self._blocks = block_count
        self._read = bytearray((block_count + 7) // 8)
        self._saved: tuple[object, ...] = ()
        self.offset = 0
        self.grain = UnitKind.CLAUSE
        place = store.place(report.id)
        if place is not None and place.revision_id == report.revision_id:
            self.offset = place.offset
            self.grain = UnitKind(place.unit) if place.unit in set(UnitKind) else UnitKind.CLAUSE
            self._read[: len(place.read)] = place.read[: len(self._read)]

    @property
    def share(self) -> float:
        """Share of the blocks that have been read, 0 to 1."""
        return int.from_bytes(self._read, "little").bit_count() / self._blocks if self._blocks else 0.0

    def see(self, blocks: Iterable[int]) -> None:
        """These block numbers have been in sight long enough to be read."""
        for number in blocks:
            self._read[number >> 3] |= 1 << (number & 7)

    def save(self, offset: int, grain: UnitKind) -> None:
        """Keep the place in the record; nothing is written if it is as it was kept last."""
        state = (offset, grain, bytes(self._read))
        if state != self._saved:
            self._store.save_place(
                self._report.id, self._report.revision_id, offset, grain, bytes(self._read), self.share
            )
            self._saved = state
