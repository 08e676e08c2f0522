"""What the styles of an OpenDocument text say: headings, bold, fonts, sizes, lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from reports.converters.numbers import counted
from reports.converters.package import attribute, child, local
from reports.converters.pieces import PLAIN
from reports.document import Style

DEEPEST_CHAIN = 32
_POINTS = re.compile(r"([\d.]+)\s*(pt|cm|mm|in|px)?")
_PER_UNIT = {"pt": 1.0, "cm": 28.35, "mm": 2.835, "in": 72.0, "px": 0.75}


@dataclass(frozen=True, slots=True)
class Look:
    """How text is set; `size` in points, 0 unknown; `level` of the heading that a style declares, else 0."""

    style: Style = PLAIN
    font: str = ""
    size: float = 0.0
    raised: int = 0
    hidden: bool = False
    capitals: bool = False
    centred: bool = False
    level: int = 0
    title: bool = False
    list_style: str = ""


class Styles:
    """The styles of both files of a document, looked up by family and name."""

    def __init__(self, roots: list[Element]) -> None:
        self._elements: dict[tuple[str, str], Element] = {}
        self._looks: dict[tuple[str, str], Look] = {}
        self._fonts: dict[str, str] = {}
        self.lists: dict[str, dict[int, ListLevel]] = {}
        self.outline: dict[int, ListLevel] = {}
        for root in roots:
            for group in root:
                if local(group.tag) == "font-face-decls":
                    self._fonts |= {attribute(f, "name"): attribute(f, "font-family") for f in group}
                elif local(group.tag) in ("styles", "automatic-styles"):
                    self._read(group)

    def _read(self, group: Element) -> None:
        for element in group:
            name = local(element.tag)
            if name == "style":
                self._elements[attribute(element, "family"), attribute(element, "name")] = element
            elif name == "default-style":
                self._elements[attribute(element, "family"), ""] = element
            elif name == "list-style":
                self.lists[attribute(element, "name")] = dict(_levels(element))
            elif name == "outline-style":
                self.outline = dict(_levels(element))

    def look(self, family: str, name: str, base: Look | None = None) -> Look:
        """How the style `name` of `family` sets text, starting from `base` (the family's default if None)."""
        if base is None:
            key = (family, name)
            if key not in self._looks:
                self._looks[key] = self._resolved(family, name, self._resolved(family, "", Look()))
            return self._looks[key]
        return self._resolved(family, name, base)

    def _resolved(self, family: str, name: str, look: Look) -> Look:
        chain: list[Element] = []
        while (family, name) in self._elements and len(chain) < DEEPEST_CHAIN:
            element = self._elements[family, name]
            chain.append(element)
            name = attribute(element, "parent-style-name")
            if not name:
                break
        for element in reversed(chain):
            look = self._changed(look, element)
        return look

    def _changed(self, look: Look, element: Element) -> Look:
        level = attribute(element, "default-outline-level")
        named = (attribute(element, "display-name") or attribute(element, "name")).lower()
        changes: dict[str, object] = {"title": named == "title"}
        if level.isdigit():
            changes["level"] = int(level)
        if attribute(element, "list-style-name"):
            changes["list_style"] = attribute(element, "list-style-name")
        paragraph = child(element, "paragraph-properties")
        if paragraph is not None and attribute(paragraph, "text-align"):
            changes["centred"] = attribute(paragraph, "text-align") == "center"
        text = child(element, "text-properties")
        if text is not None:
            changes |= self._text_changes(look, text)
        return replace(look, **changes)  # type: ignore[arg-type]

    def _text_changes(self, look: Look, text: Element) -> dict[str, object]:
        changes: dict[str, object] = {}
        style = look.style
        for key, value in text.items():
            name = local(key)
            if name == "font-weight":
                bold = value == "bold" or (value.isdigit() and int(value) >= 600)
                style = style | Style.STRONG if bold else style & ~Style.STRONG
            elif name == "font-style":
                style = style | Style.EMPHASIS if value in ("italic", "oblique") else style & ~Style.EMPHASIS
            elif name == "text-line-through-style":
                style = style & ~Style.STRIKE if value == "none" else style | Style.STRIKE
            elif name == "font-name":
                changes["font"] = self._fonts.get(value, value)
            elif name == "font-family":
                changes["font"] = value
            elif name == "font-size":
                changes["size"] = _points(value, look.size)
            elif name == "text-position":
                changes["raised"] = _raised(value)
            elif name == "display":
                changes["hidden"] = value == "none"
            elif name == "text-transform":
                changes["capitals"] = value == "uppercase"
        return changes | {"style": style}


@dataclass(frozen=True, slots=True)
class ListLevel:
    """One level of a list; `shown`: how many outer counts stand in its label."""

    kind: str = ""
    prefix: str = ""
    suffix: str = ""
    start: int = 1
    shown: int = 1
    bullet: bool = False


def _levels(element: Element) -> Iterator[tuple[int, ListLevel]]:
    for level in element:
        number = attribute(level, "level")
        if not number.isdigit():
            continue
        kind = local(level.tag)
        shown = attribute(level, "display-levels", "1")
        start = attribute(level, "start-value", "1")
        yield (
            int(number),
            ListLevel(
                kind=attribute(level, "num-format"),
                prefix=attribute(level, "num-prefix"),
                suffix=attribute(level, "num-suffix"),
                start=int(start) if start.isdigit() else 1,
                shown=int(shown) if shown.isdigit() else 1,
                bullet=kind in ("list-level-style-bullet", "list-level-style-image"),
            ),
        )


def list_label(levels: dict[int, ListLevel], depth: int, counts: dict[int, int]) -> str:
    """The label of an item at `depth` (from 1) where `counts` of each depth stand as they do."""
    level = levels.get(depth, ListLevel())
    if level.bullet or not level.kind:
        return ""
    numbers = [
        counted(counts.get(outer, 1), levels[outer].kind)
        for outer in range(depth - level.shown + 1, depth + 1)
        if outer in levels and levels[outer].kind
    ]
    return f"{level.prefix}{'.'.join(numbers)}{level.suffix}".strip()


def _points(value: str, inherited: float) -> float:
    if value.endswith("%"):
        share = value[:-1]
        return inherited * float(share) / 100 if share.replace(".", "", 1).isdigit() else inherited
    match = _POINTS.match(value)
    return float(match.group(1)) * _PER_UNIT.get(match.group(2) or "pt", 1.0) if match else inherited


def _raised(value: str) -> int:
    first = value.split()[0] if value.split() else "0"
    if first in ("super", "sub"):
        return 1 if first == "super" else -1
    number = first.rstrip("%")
    if number.lstrip("-").replace(".", "", 1).isdigit():
        return (float(number) > 0) - (float(number) < 0)
    return 0
