"""What the styles of a Word document say: headings, bold, fonts, sizes, lists; and hidden text."""

from __future__ import annotations

from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from reports.converters.package import attribute, child, local
from reports.converters.pieces import PLAIN
from reports.document import Style

_TOGGLES = {"b": Style.STRONG, "i": Style.EMPHASIS, "strike": Style.STRIKE, "dstrike": Style.STRIKE}
_OFF = frozenset({"0", "false", "off"})
_HEADING_NAMES = ("heading ", "tiêu đề ")
DEEPEST_CHAIN = 32
"""Styles based on each other; Word itself follows no more than 11."""


@dataclass(frozen=True, slots=True)
class Look:
    """How text is set. `size` in points, 0 unknown. `raised`: 1 superscript, -1 subscript."""

    style: Style = PLAIN
    font: str = ""
    size: float = 0.0
    raised: int = 0
    hidden: bool = False
    capitals: bool = False

    def changed_by(self, properties: Element | None) -> Look:
        """This look with what an `rPr` element sets."""
        if properties is None or not len(properties):
            return self
        changes: dict[str, object] = {}
        style = self.style
        for element in properties:
            name = local(element.tag)
            if name in _TOGGLES:
                style = style & ~_TOGGLES[name] if _is_off(element) else style | _TOGGLES[name]
            elif name == "rFonts":
                font = attribute(element, "ascii") or attribute(element, "hAnsi") or attribute(element, "cs")
                changes["font"] = font or self.font
            elif name == "sz":
                changes["size"] = _number(attribute(element, "val")) / 2
            elif name == "vertAlign":
                raised = attribute(element, "val")
                changes["raised"] = 1 if raised == "superscript" else -1 if raised == "subscript" else 0
            elif name in ("vanish", "webHidden"):
                changes["hidden"] = not _is_off(element)
            elif name == "caps":
                changes["capitals"] = not _is_off(element)
        return replace(self, style=style, **changes)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """A paragraph style with all that it inherits. `level`: outline level from 1, 0 for text. `list_id`,
    `list_level`: the list it numbers in, empty and -1 if none."""

    name: str = ""
    look: Look = Look()
    level: int = 0
    centred: bool = False
    list_id: str = ""
    list_level: int = -1

    @property
    def is_title(self) -> bool:
        return self.name in ("title", "tiêu đề", "tên")

    @property
    def is_contents(self) -> bool:
        """Whether it sets lines of a table of contents, which repeat the headings."""
        return self.name.startswith("toc ") and self.name[4:].isdigit()

    def changed_by(self, properties: Element | None) -> ParagraphStyle:
        """This style with what a `pPr` element sets."""
        if properties is None or not len(properties):
            return self
        changes: dict[str, object] = {}
        for element in properties:
            name = local(element.tag)
            if name == "outlineLvl":
                level = int(_number(attribute(element, "val"), 9))
                changes["level"] = level + 1 if 0 <= level < 9 else 0
            elif name == "jc":
                changes["centred"] = attribute(element, "val") == "center"
            elif name == "numPr":
                listed = child(element, "numId")
                nested = child(element, "ilvl")
                if listed is not None:
                    changes["list_id"] = attribute(listed, "val")
                if nested is not None:
                    changes["list_level"] = int(_number(attribute(nested, "val")))
        return replace(self, **changes)  # type: ignore[arg-type]


class Styles:
    """The styles of a document, looked up by id."""

    def __init__(self, root: Element | None) -> None:
        self._elements: dict[str, Element] = {}
        self._paragraphs: dict[str, ParagraphStyle] = {}
        self._default = ""
        self.base = Look().changed_by(child(root, "docDefaults", "rPrDefault", "rPr"))
        for element in root if root is not None else ():
            if local(element.tag) == "style":
                identity = attribute(element, "styleId")
                self._elements[identity] = element
                if attribute(element, "type") == "paragraph" and attribute(element, "default") in (
                    "1",
                    "true",
                ):
                    self._default = identity

    def paragraph(self, identity: str) -> ParagraphStyle:
        """The paragraph style with this id, the default one if there is none."""
        identity = identity if identity in self._elements else self._default
        if identity not in self._paragraphs:
            self._paragraphs[identity] = self._resolved(identity)
        return self._paragraphs[identity]

    def _resolved(self, identity: str) -> ParagraphStyle:
        style = ParagraphStyle(look=self.base)
        for element in self._chain(identity):
            style = style.changed_by(child(element, "pPr"))
            style = replace(style, look=style.look.changed_by(child(element, "rPr")), name=_name(element))
        return replace(style, level=style.level or _level_named(style.name))

    def character(self, identity: str, look: Look) -> Look:
        """`look` with what the character style of this id sets."""
        for element in self._chain(identity):
            look = look.changed_by(child(element, "rPr"))
        return look

    def _chain(self, identity: str) -> list[Element]:
        """The style and those it is based on, the outermost base first."""
        chain: list[Element] = []
        while identity in self._elements and len(chain) < DEEPEST_CHAIN:
            element = self._elements[identity]
            chain.append(element)
            based = child(element, "basedOn")
            identity = attribute(based, "val") if based is not None else ""
        return chain[::-1]


def _name(element: Element) -> str:
    named = child(element, "name")
    return attribute(named, "val").lower() if named is not None else ""


def _level_named(name: str) -> int:
    for begin in _HEADING_NAMES:
        number = name.removeprefix(begin)
        if number != name and number.isdigit() and 1 <= int(number) <= 9:
            return int(number)
    return 0


def _is_off(element: Element) -> bool:
    return attribute(element, "val") in _OFF


def _number(text: str, default: float = 0.0) -> float:
    try:
        return float(text)
    except ValueError:
        return default
