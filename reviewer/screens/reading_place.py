"""Where a reviewer is in a report and which of its blocks they have had in sight."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from annotations.models import Place, Report
from reports.document import Document
from reports.units import UnitKind

if TYPE_CHECKING:
    from annotations.store import Store


class ReadingPlace:
    """`offset`: code point of the current range. `grain`: the unit that was stepped by."""

    def __init__(self, store: Store, report: Report, document: Document) -> None:
        self._store = store
        self._report = report
        self._blocks = len(document.blocks)
        self._read = bytearray((self._blocks + 7) // 8)
        self._saved: tuple[object, ...] = ()
        self.offset = 0
        self.grain = UnitKind.CLAUSE
        place = store.place(report.id)
        if place is not None:
            self.grain = UnitKind(place.unit) if place.unit in set(UnitKind) else UnitKind.CLAUSE
            if place.revision_id == report.revision_id:
                self.offset = place.offset
                self._read[: len(place.read)] = place.read[: len(self._read)]
            else:
                self._carry(store.document(place.revision_id), place, document)

    def _carry(self, old: Document, place: Place, new: Document) -> None:
        """Take over the place in another text of the report: blocks that say the same were read there too,
        and one is where the nearest of them is."""
        there = {_line(new, number): number for number in range(len(new.blocks) - 1, -1, -1)}
        here = old.blocks.at(place.offset)
        for number in range(len(old.blocks)):
            image = there.get(_line(old, number))
            if image is None:
                continue
            if number >> 3 < len(place.read) and place.read[number >> 3] >> (number & 7) & 1:
                self.see([image])
            if number <= here:
                shift = place.offset - old.blocks.starts[number] if number == here else 0
                self.offset = new.blocks.starts[image] + shift

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


def _line(document: Document, number: int) -> str:
    return document.text[document.blocks.starts[number] : document.blocks.ends[number]]
