"""Which cells of a workbook (.xlsx, .ods) are shown as percentages: its values alone do not say so."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from reports.converters.package import Package, attribute, child, local

LARGEST_SHEET = 20 * 1024 * 1024
"""Bytes of a sheet's XML up to which its formats are looked at; that takes a second."""

BUILT_IN = {"9": 0, "10": 2}
"""Decimals of the formats for percentages that every workbook has."""

_CELL = re.compile(rb"<c\s([^>]{1,200})>")
_PLACE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_STYLE = re.compile(rb'\bs="(\d{1,6})"')
_CONTENT = "content.xml"
_DECIMALS = re.compile(r"[.,](\d+)\s*%")
_PERCENT = re.compile(r"0(?:\.(0+))?\s*%")
_SAID = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')

Place = tuple[int, int]
"""Row and column of a cell, from 0."""


class Percentages:
    """The cells of a workbook that are shown as percentages."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._open = _open_document(package)
        self._decimals = _decimals_by_style(package)
        self._parts = _parts_by_sheet(package) if self._decimals else {}

    def of_sheet(self, name: str) -> dict[Place, int]:
        """The cells of that sheet that are, each with how many decimals."""
        if name in self._open:
            return self._open[name]
        part = self._parts.get(name, "")
        if part not in self._package.names:
            return {}
        data = self._package.bytes(part)
        found: dict[Place, int] = {}
        for match in _CELL.finditer(data if len(data) <= LARGEST_SHEET else b""):
            style, place = _STYLE.search(match[1]), _PLACE.search(match[1])
            if style and place and (decimals := self._decimals.get(int(style[1]))) is not None:
                found[int(place[2]) - 1, _column(place[1])] = decimals
        return found


def decimals_of(code: str) -> int | None:
    """How many decimals a number format gives percentages; None if it is for something else."""
    match = _PERCENT.search(_SAID.sub("", code).partition(";")[0])
    return len(match[1] or "") if match else None


def percentage(value: float, decimals: int) -> str:
    """A share of one as people write it."""
    return f"{100 * value:.{min(decimals, 10)}f}%"


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _decimals_by_style(package: Package) -> dict[int, int]:
    """Decimals of the styles, by number, that show percentages."""
    root = package.xml_if_there("xl/styles.xml")
    decimals = dict(BUILT_IN)
    for element in child(root, "numFmts") or ():
        found = decimals_of(attribute(element, "formatCode"))
        if found is not None:
            decimals[attribute(element, "numFmtId")] = found
    styles = [attribute(style, "numFmtId") for style in child(root, "cellXfs") or ()]
    return {number: decimals[style] for number, style in enumerate(styles) if style in decimals}


def _parts_by_sheet(package: Package) -> dict[str, str]:
    """The part of the package that each sheet is in, by its name."""
    relations = package.xml_if_there("xl/_rels/workbook.xml.rels")
    targets = {
        attribute(each, "Id"): posixpath.normpath(posixpath.join("/xl", attribute(each, "Target"))).lstrip(
            "/"
        )
        for each in (relations if relations is not None else ())
    }
    found: dict[str, str] = {}
    for sheet in child(package.xml_if_there("xl/workbook.xml"), "sheets") or ():
        # The sheet's own number is called `sheetId`; that of the relation is `id` of another namespace.
        keys = [value for key, value in sheet.items() if local(key) == "id"]
        found[attribute(sheet, "name")] = targets.get(keys[0], "") if keys else ""
    return found


def _open_document(package: Package) -> dict[str, dict[Place, int]]:
    """The same of each sheet of an .ods workbook, which stores beside a value how it is shown."""
    data = package.bytes(_CONTENT) if _CONTENT in package.names else b""
    if b"percentage" not in data or len(data) > LARGEST_SHEET:
        return {}
    found: dict[str, dict[Place, int]] = {}
    for table in package.xml(_CONTENT).iter():
        if local(table.tag) == "table":
            found[attribute(table, "name")] = dict(_shown_in(table))
    return found


def _shown_in(table: Element) -> Iterator[tuple[Place, int]]:
    """The percentages of a table, a cell that stands for several at its first place."""
    following = 0
    for element in table.iter():
        name = local(element.tag)
        if name == "table-row":
            row, following = following, following + _repeated(element, "number-rows-repeated")
            column = 0
            for cell in element:
                if attribute(cell, "value-type") == "percentage":
                    decimals = _DECIMALS.search("".join(cell.itertext()))
                    yield (row, column), len(decimals[1]) if decimals else 0
                column += _repeated(cell, "number-columns-repeated")


def _repeated(element: Element, name: str) -> int:
    text = attribute(element, name, "1")
    return int(text) if text.isdigit() and len(text) < 8 else 1
