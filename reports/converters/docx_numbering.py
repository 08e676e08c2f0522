"""The lists of a Word document and the labels that they put in front of paragraphs."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from reports.converters.list_counts import Label, Level, ListCounts, NumberedList
from reports.converters.package import attribute, child, local

_KINDS = {
    "decimal": "1",
    "decimalZero": "01",
    "lowerLetter": "a",
    "upperLetter": "A",
    "lowerRoman": "i",
    "upperRoman": "I",
    "none": "",
}


class Numbering:
    """Counts the list paragraphs of a document in their order."""

    def __init__(self, root: Element | None) -> None:
        self._abstract: dict[str, dict[int, Level]] = {}
        self._links: dict[str, str] = {}
        self._styled: dict[tuple[str, str], int] = {}
        self._lists: dict[str, NumberedList] = {}
        self._counts = ListCounts()
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
        abstract = self._resolved(_value(element, "abstractNumId"))
        numbered = NumberedList(abstract, {**self._abstract.get(abstract, {}), **levels}, starts)
        self._lists[attribute(element, "numId")] = numbered

    def _resolved(self, abstract: str) -> str:
        """The abstract list that has the levels, where this one only names a list style."""
        linked = self._links.get(self._links.get(abstract, ""), "")
        return linked if not self._abstract.get(abstract) and linked else abstract

    def level_of_style(self, list_id: str, style_id: str) -> int:
        """The level of this list that numbers paragraphs of this style; 0 if none says so."""
        numbered = self._lists.get(list_id)
        return self._styled.get((numbered.shared, style_id), 0) if numbered else 0

    def next_label(self, list_id: str, number: int) -> Label | None:
        """Count one paragraph at level `number` (from 0) of list `list_id`; None if there is no such list."""
        numbered = self._lists.get(list_id)
        return self._counts.next_label(list_id, numbered, number) if numbered else None


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
