"""The lists of an old Word file, which number paragraphs, as [MS-DOC] lays them out."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from reports.converters.doc_file import LIST_OVERRIDES, LISTS, WordFile
from reports.converters.list_counts import Label, Level, ListCounts, NumberedList

_KINDS = {0: "1", 1: "I", 2: "i", 3: "A", 4: "a", 22: "01", 255: ""}
_BULLET = 23
_LIST_SIZE, _LEVEL_SIZE, _OVERRIDE_SIZE = 28, 28, 16
MOST_LISTS = 5_000


@dataclass(slots=True)
class _Bytes:
    """Bytes that are read from front to back; reading past the end is a ValueError."""

    data: bytes
    at: int = 0

    def take(self, size: int) -> bytes:
        piece = self.data[self.at : self.at + size]
        if size < 0 or len(piece) < size:
            raise ValueError("a list is cut short")
        self.at += size
        return piece


class Lists:
    """Counts the list paragraphs of a document in their order."""

    def __init__(self, file: WordFile) -> None:
        self._counts = ListCounts()
        self._lists: list[NumberedList] = []
        head, rest = file.part_and_rest(LISTS)
        overrides = file.part(LIST_OVERRIDES)
        if len(head) >= 2 and len(overrides) >= 4:
            self._lists = _overridden(overrides, _levels_of_lists(head, _Bytes(rest)))

    def next_label(self, number: int, level: int) -> Label | None:
        """Count one paragraph at `level` (from 0) of list `number` (from 1); None if there is none."""
        if not 0 < number <= len(self._lists):
            return None
        return self._counts.next_label(str(number), self._lists[number - 1], level)


def _levels_of_lists(head: bytes, levels: _Bytes) -> dict[int, dict[int, Level]]:
    """The levels of each list by its id."""
    found: dict[int, dict[int, Level]] = {}
    (count,) = struct.unpack_from("<h", head)
    reader = _Bytes(head, 2)
    for _ in range(min(count, MOST_LISTS)):
        entry = reader.take(_LIST_SIZE)
        (identity,) = struct.unpack_from("<i", entry)
        simple = entry[26] & 1
        found[identity] = {number: _level(levels) for number in range(1 if simple else 9)}
    return found


def _level(reader: _Bytes) -> Level:
    entry = reader.take(_LEVEL_SIZE)
    start, kind, flags = struct.unpack_from("<iBB", entry)
    characters, paragraph = entry[24], entry[25]
    reader.take(paragraph + characters)
    (length,) = struct.unpack("<H", reader.take(2))
    text = reader.take(length * 2).decode("utf-16-le", "replace")
    places = set(entry[6:15]) - {0}
    shown = "".join(
        f"%{ord(character) + 1}" if number in places and ord(character) < 9 else character
        for number, character in enumerate(text, 1)
    )
    return Level(
        text=shown,
        kind=_KINDS.get(kind, "1"),
        start=start if 0 <= start < 32_768 else 1,
        bullet=kind == _BULLET,
        decimal=bool(flags & 4),
        restart=entry[26] if flags & 8 else -1,
    )


def _overridden(data: bytes, lists: dict[int, dict[int, Level]]) -> list[NumberedList]:
    """The lists as paragraphs name them: by override, from 1."""
    reader = _Bytes(data)
    (count,) = struct.unpack("<I", reader.take(4))
    entries = [reader.take(_OVERRIDE_SIZE) for _ in range(min(count, MOST_LISTS))]
    found: list[NumberedList] = []
    for entry in entries:
        (identity,) = struct.unpack_from("<i", entry)
        levels = dict(lists.get(identity, {}))
        starts: dict[int, int] = {}
        changes = entry[12]
        if changes:
            reader.take(4)
        for _ in range(changes):
            start, flags = struct.unpack("<iI", reader.take(8))
            if flags & 16 and not flags & 32:
                starts[flags & 15] = start
            if flags & 32:
                levels[flags & 15] = _level(reader)
        found.append(NumberedList(str(identity), levels, starts))
    return found
