"""The acts of a history of any length, read a page at a time as they come into sight."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from typing import TYPE_CHECKING

from annotations.past_acts import Asked, PastAct

if TYPE_CHECKING:
    from annotations.store import Store

PAGE = 64
"""Acts read at once; about two screens."""
KEPT = 1024
"""Acts kept in memory, at most."""


class HistoryPages:
    """What is asked of the history, newest first, by its place in that list. What was done never changes, so
    an act that was read is kept whatever comes above it."""

    def __init__(self, store: Store, asked: Asked) -> None:
        self._store = store
        self.asked = asked
        self._ids: array[int] = array("q")
        self._annotations: array[int] = array("q")
        self._acts: OrderedDict[tuple[int, int], PastAct] = OrderedDict()

    def __len__(self) -> int:
        return len(self._ids)

    @property
    def ids(self) -> array[int]:
        """The changes in list order."""
        return self._ids

    def load(self) -> None:
        """List all that is asked for."""
        self._ids, self._annotations = self._store.history_ids(self.asked)

    def load_new(self) -> int:
        """List what came since as well; how many entries that is. The deleted are looked for again, since
        what was restored is no longer among them."""
        before = len(self._ids)
        if self.asked.deleted or not self._ids:
            self.load()
            return max(0, len(self._ids) - before)
        ids, annotations = self._store.history_ids(self.asked, self._ids[0])
        self._ids, self._annotations = ids + self._ids, annotations + self._annotations
        return len(ids)

    def key(self, number: int) -> tuple[int, int] | None:
        """The change in place `number` and the annotation that it is listed for, 0 for none."""
        return (self._ids[number], self._annotations[number]) if 0 <= number < len(self._ids) else None

    def place_of(self, key: tuple[int, int] | None) -> int | None:
        """The place of an entry in the list."""
        if key is None:
            return None
        places = (place for place, change in enumerate(self._ids) if change == key[0])
        return next((place for place in places if self._annotations[place] == key[1]), None)

    def act(self, number: int) -> PastAct | None:
        """The act in place `number`."""
        key = self.key(number)
        if key is None:
            return None
        if key not in self._acts:
            self._read(number // PAGE * PAGE)
        self._acts.move_to_end(key)
        return self._acts[key]

    def _read(self, first: int) -> None:
        keys = [key for place in range(first, first + PAGE) if (key := self.key(place))]
        wanted = [key for key in keys if key not in self._acts]
        by_annotation: dict[int, list[int]] = {}
        for change, annotation in wanted:
            by_annotation.setdefault(annotation, []).append(change)
        for annotation, changes in by_annotation.items():
            found = self._store.past_acts(changes, annotation or self.asked.annotation_id)
            self._acts.update({(change, annotation): act for change, act in found.items()})
        while len(self._acts) > KEPT:
            self._acts.popitem(last=False)
