"""The labels that Word puts in front of list paragraphs: `1.`, `a)`, `Điều 3.`, `1.2.`, as it shows them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from reports.converters.numbers import counted
from reports.converters.package import attribute, child, local

LEVELS = 9
_NOT_BEGUN = -1

_KINDS = {
    "decimal": "1",
    "decimalZero": "01",
    "lowerLetter": "a",
    "upperLetter": "A",
    "lowerRoman": "i",
    "upperRoman": "I",
    "none": "",
}
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


class Numbering:
    """Counts the list paragraphs of a document in their order."""

    def __init__(self, root: Element | None) -> None:
        self._abstract: dict[str, dict[int, Level]] = {}
        self._links: dict[str, str] = {}
        self._styled: dict[tuple[str, str], int] = {}
        self._lists: dict[str, tuple[str, dict[int, Level], dict[int, int]]] = {}
        self._counts: dict[str, list[int]] = {}
        self._begun: set[tuple[str, int]] = set()
        for element in root if root is not None else ():
            name = local(element.tag)
            if name == "abstractNum":
                self._read_abstract(element)
            elif name == "num":
                self._read_list(element)

    def _read_abstract(self, element: Element) -> None:
        identity = attribute(element, "abstractNumId")
        levels: dict[int, Level] = {}
        for inner in element:
            name = local(inner.tag)
            if name == "lvl":
                number = _integer(attribute(inner, "ilvl"), 0)
                levels[number] = _level(inner)
                style = _value(inner, "pStyle")
                if style:
                    self._styled[identity, style] = number
            elif name == "styleLink":
                self._links[attribute(inner, "val")] = identity
            elif name == "numStyleLink":
                self._links[identity] = attribute(inner, "val")
        self._abstract[identity] = levels

    def _read_list(self, element: Element) -> None:
        levels: dict[int, Level] = {}
        starts: dict[int, int] = {}
        for inner in element:
            if local(inner.tag) == "lvlOverride":
                number = _integer(attribute(inner, "ilvl"), 0)
                own = child(inner, "lvl")
                if own is not None:
                    levels[number] = _level(own)
                start = _value(inner, "startOverride")
                if start:
                    starts[number] = _integer(start, 1)
        self._lists[attribute(element, "numId")] = (_value(element, "abstractNumId"), levels, starts)

    def level_of_style(self, list_id: str, style_id: str) -> int:
        """The level of this list that numbers paragraphs of this style; 0 if none says so."""
        abstract = self._resolved(self._lists.get(list_id, ("", {}, {}))[0])
        return self._styled.get((abstract, style_id), 0)

    def _resolved(self, abstract: str) -> str:
        """The abstract list that has the levels, where this one only names a list style."""
        linked = self._links.get(self._links.get(abstract, ""), "")
        return linked if not self._abstract.get(abstract) and linked else abstract

    def next_label(self, list_id: str, number: int) -> Label | None:
        """Count one paragraph at level `number` (from 0) of list `list_id`; None if it is in no list."""
        if list_id not in self._lists or not 0 <= number < LEVELS:
            return None
        named, own, starts = self._lists[list_id]
        abstract = self._resolved(named)
        levels = {**self._abstract.get(abstract, {}), **own}
        level = levels.get(number, Level())
        counts = self._counts.setdefault(abstract, [_NOT_BEGUN] * LEVELS)
        if number in starts and (list_id, number) not in self._begun:
            counts[number] = _NOT_BEGUN
        self._begun.add((list_id, number))
        start = starts.get(number, level.start)
        counts[number] = counts[number] + 1 if counts[number] != _NOT_BEGUN else start
        for deeper in range(number + 1, LEVELS):
            restart = levels.get(deeper, Level()).restart
            if restart < 0 or restart > number:
                counts[deeper] = _NOT_BEGUN
        if level.bullet:
            return Label("", True, number + 1)
        return Label(self._text(level, levels, counts), False, number + 1)

    def _text(self, level: Level, levels: dict[int, Level], counts: list[int]) -> str:
        def place(match: re.Match[str]) -> str:
            number = int(match.group(1)) - 1
            other = levels.get(number, Level())
            count = counts[number] if counts[number] != _NOT_BEGUN else other.start
            return counted(count, "1" if level.decimal else other.kind)

        return " ".join(_PLACE.sub(place, level.text).split())


def _level(element: Element) -> Level:
    kind = _value(element, "numFmt", "decimal")
    return Level(
        text=_value(element, "lvlText"),
        kind=_KINDS.get(kind, "1"),
        start=_integer(_value(element, "start"), 1),
        bullet=kind == "bullet",
        decimal=child(element, "isLgl") is not None,
        restart=_integer(_value(element, "lvlRestart"), -1),
    )


def _value(element: Element, name: str, default: str = "") -> str:
    found = child(element, name)
    return attribute(found, "val", default) if found is not None else default


def _integer(text: str, default: int) -> int:
    try:
        return int(text)
    except ValueError:
        return default
