"""Counts list paragraphs as Word does and gives the labels it shows: `1.`, `a)`, `Điều 3.`, `1.2.`"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from reports.converters.numbers import counted

LEVELS = 9
_NOT_BEGUN = -1
_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list. `text`: `%1.%2`, the places of counts; `kind` as `numbers.counted` has it;
    `restart`: the level (from 1) that sets it back, 0 never, -1 any above it."""

    text: str = "%1."
    kind: str = "1"
    start: int = 1
    bullet: bool = False
    decimal: bool = False
    restart: int = -1


@dataclass(frozen=True, slots=True)
class Label:
    """What stands in front of one paragraph; `depth` from 1."""

    text: str
    bullet: bool
    depth: int


@dataclass(frozen=True, slots=True)
class NumberedList:
    """A list of a document. Lists with the same `shared` count on together; `starts` sets a level anew when
    this list first uses it."""

    shared: str
    levels: dict[int, Level]
    starts: dict[int, int] = field(default_factory=dict)


class ListCounts:
    """The counts of all lists of a document while its paragraphs are read in their order."""

    def __init__(self) -> None:
        self._counts: dict[str, list[int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def next_label(self, identity: str, numbered: NumberedList, number: int) -> Label | None:
        """Count one paragraph at level `number` (from 0) of the list called `identity`."""
        if not 0 <= number < LEVELS:
            return None
        level = numbered.levels.get(number, Level())
        counts = self._counts.setdefault(numbered.shared, [_NOT_BEGUN] * LEVELS)
        if number in numbered.starts and (identity, number) not in self._begun:
            counts[number] = _NOT_BEGUN
        self._begun.add((identity, number))
        start = numbered.starts.get(number, level.start)
        counts[number] = counts[number] + 1 if counts[number] != _NOT_BEGUN else start
        for deeper in range(number + 1, LEVELS):
            restart = numbered.levels.get(deeper, Level()).restart
            if restart < 0 or restart > number:
                counts[deeper] = _NOT_BEGUN
        if level.bullet:
            return Label("", True, number + 1)
        return Label(_text(level, numbered.levels, counts), False, number + 1)


def _text(level: Level, levels: dict[int, Level], counts: list[int]) -> str:
    def place(match: re.Match[str]) -> str:
        number = int(match.group(1)) - 1
        other = levels.get(number, Level())
        count = counts[number] if counts[number] != _NOT_BEGUN else other.start
        return counted(count, "1" if level.decimal else other.kind)

    return " ".join(_PLACE.sub(place, level.text).split())
