"""How text is set in an old Word file: property lists, styles and fonts, as [MS-DOC] lays them out."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from reports.converters.edge_tables import RowShape
from reports.converters.pieces import PLAIN
from reports.document import Style

DEEPEST_CHAIN = 32
_SIZES = (1, 1, 2, 4, 2, 2, 0, 3)
_TABLE, _TABS = 0xD608, 0xC615
_TOGGLES = {0x0835: Style.STRONG, 0x0836: Style.EMPHASIS, 0x0837: Style.STRIKE}
_HIDDEN = (0x083C, 0x0800)
_CAPITALS, _FONT, _OTHER_FONT, _HALF_POINTS, _RAISED, _SYMBOL = 0x083B, 0x4A4F, 0x4A51, 0x4A43, 0x2A48, 0x6A09
_LIST_LEVEL, _LIST, _IN_TABLE, _ROW_END, _OUTLINE = 0x260A, 0x460B, 0x2416, 0x2417, 0x2640
_CENTRED = (0x2403, 0x2461)
_TABLE_HEADER, _VERTICAL = 0x3404, 0xD62B
_NO_LIST = 0xF801
HUGE = (0x6645, 0x6646)
"""Entries whose operand is where the rest of the list stands in the data stream."""
_TITLE = 62


@dataclass(frozen=True, slots=True)
class Look:
    """How characters are set; `symbol` stands for the character where it is not 0."""

    style: Style = PLAIN
    font: int = -1
    size: float = 10.0
    raised: int = 0
    hidden: bool = False
    capitals: bool = False
    symbol: int = 0


@dataclass(frozen=True, slots=True)
class Format:
    """How a paragraph is set. `level` of the heading it is, else 0; `list` from 1, 0 none; `shape`: that of
    the row which it ends."""

    level: int = 0
    title: bool = False
    list: int = 0
    list_level: int = 0
    in_table: bool = False
    row_end: bool = False
    centred: bool = False
    shape: RowShape | None = None


@dataclass(slots=True)
class _Definition:
    """A style as the file defines it: what it is based on, and what it changes."""

    number: int
    based: int
    name: str
    paragraph: bytes = b""
    characters: bytes = b""
    resolved: tuple[Format, Look] | None = field(default=None)


def properties(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The entries of a property list: number and operand."""
    at = 0
    while at + 2 <= len(data):
        (number,) = struct.unpack_from("<H", data, at)
        at += 2
        size = _SIZES[number >> 13]
        if number == _TABLE:
            size = struct.unpack_from("<H", data, at)[0] + 1 if at + 2 <= len(data) else 0
        elif number == _TABS and data[at : at + 1] == b"\xff":
            return
        elif not size:
            size = data[at] + 1 if at < len(data) else 0
        yield number, data[at : at + size]
        at += size


def changed_look(look: Look, data: bytes, base: Look) -> Look:
    """`look` with what a property list sets; `base` is that of the style, which toggles refer to."""
    for number, operand in properties(data):
        if not operand:
            continue
        first = operand[0]
        if number in _TOGGLES:
            kind = _TOGGLES[number]
            on = first & 1 if first < 0x80 else bool(base.style & kind) ^ (first & 1)
            look = replace(look, style=look.style | kind if on else look.style & ~kind)
        elif number in _HIDDEN:
            look = replace(look, hidden=first in (1, 0x81))
        elif number == _CAPITALS:
            look = replace(look, capitals=first in (1, 0x81))
        elif number == _FONT or (number == _OTHER_FONT and look.font < 0):
            look = replace(look, font=_word(operand))
        elif number == _HALF_POINTS:
            look = replace(look, size=_word(operand) / 2)
        elif number == _RAISED:
            look = replace(look, raised={1: 1, 2: -1}.get(first, 0))
        elif number == _SYMBOL and len(operand) == 4:
            look = replace(look, symbol=_word(operand[2:]))
    return look


def changed_format(form: Format, data: bytes) -> Format:
    """`form` with what a property list sets."""
    for number, operand in properties(data):
        if not operand:
            continue
        first = operand[0]
        if number == _OUTLINE:
            form = replace(form, level=first + 1 if first < 9 else 0)
        elif number == _LIST:
            form = replace(form, list=0 if _word(operand) == _NO_LIST else _word(operand))
        elif number == _LIST_LEVEL:
            form = replace(form, list_level=first)
        elif number == _IN_TABLE:
            form = replace(form, in_table=bool(first))
        elif number == _ROW_END:
            form = replace(form, row_end=bool(first))
        elif number in _CENTRED:
            form = replace(form, centred=first == 1)
        elif number == _TABLE:
            form = replace(form, shape=_row_shape(operand))
        elif number == _TABLE_HEADER and form.shape is not None:
            form.shape.header = bool(first)
        elif number == _VERTICAL and form.shape is not None:
            form.shape.cover(operand[1:3])
    return form


def _row_shape(operand: bytes) -> RowShape:
    shape = RowShape()
    count = operand[2] if len(operand) > 2 else 0
    cells = 3 + (count + 1) * 2
    if count > 63 or cells > len(operand):
        return shape
    edges = struct.unpack_from(f"<{count + 1}h", operand, 3)
    for number in range(count):
        at = cells + number * 20
        flags = _word(operand[at:]) if at + 2 <= len(operand) else 0
        shape.pending = flags & 3 == 1 or flags >> 5 & 3 == 1
        shape.add(edges[number + 1])
    return shape


def _word(data: bytes) -> int:
    return int.from_bytes(data[:2], "little")


class Styles:
    """The paragraph styles of the file, each with all that it inherits."""

    def __init__(self, data: bytes) -> None:
        self._definitions: dict[int, _Definition] = {}
        if len(data) < 20:
            return
        size, count, base = struct.unpack_from("<HHH", data)
        self._default_font = struct.unpack_from("<H", data, 14)[0] if size >= 14 else -1
        at = 2 + size
        for number in range(count):
            if at + 2 > len(data):
                return
            (length,) = struct.unpack_from("<H", data, at)
            if length:
                self._read(number, data[at + 2 : at + 2 + length], base)
            at += 2 + length

    def _read(self, number: int, data: bytes, base: int) -> None:
        if len(data) < base + 4:
            return
        identity, kinds, counts = struct.unpack_from("<HHH", data)
        length = _word(data[base:])
        at = base + 2
        name = data[at : at + length * 2].decode("utf-16-le", "replace")
        at += length * 2 + 2
        definition = _Definition(identity & 0xFFF, kinds >> 4, name)
        changes: list[bytes] = []
        for _ in range(counts & 15):
            at += at & 1
            if at + 2 > len(data):
                break
            size = _word(data[at:])
            changes.append(data[at + 2 : at + 2 + size])
            at += 2 + size
        if kinds & 15 == 1 and changes:
            definition.paragraph = changes[0][2:]
            definition.characters = changes[1] if len(changes) > 1 else b""
        elif kinds & 15 == 2 and changes:
            definition.characters = changes[0]
        self._definitions[number] = definition

    def style(self, number: int) -> tuple[Format, Look]:
        """How the style `number` sets paragraphs and their characters."""
        return self._resolved(number, 0)

    def _resolved(self, number: int, depth: int) -> tuple[Format, Look]:
        definition = self._definitions.get(number)
        if definition is None or depth > DEEPEST_CHAIN:
            return Format(), Look(font=getattr(self, "_default_font", -1))
        if definition.resolved is None:
            form, look = self._resolved(definition.based, depth + 1)
            form = replace(changed_format(form, definition.paragraph), title=definition.number == _TITLE)
            if 1 <= definition.number <= 9 and not form.level:
                form = replace(form, level=definition.number)
            definition.resolved = form, changed_look(look, definition.characters, look)
        return definition.resolved


def font_names(data: bytes) -> list[str]:
    """The names of the fonts, by number."""
    names: list[str] = []
    at = 4
    while at < len(data):
        size = data[at]
        name = data[at + 40 : at + 1 + size].decode("utf-16-le", "replace")
        names.append(name.partition("\0")[0])
        at += 1 + size
    return names
