"""Which cells of an old workbook (.xls, BIFF 5 and 8) are shown as percentages."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from reports.converters.sheet_formats import BUILT_IN, Place, decimals_of

_BEGIN, _END = 0x809, 0x0A
_FORMAT, _STYLE, _SHEET = 0x41E, 0xE0, 0x85
_NUMBER, _PACKED, _FORMULA, _SEVERAL = 0x203, 0x27E, 0x06, 0xBD
_WIDE_VERSION = 0x0600


def old_percentages(stream: bytes) -> list[dict[Place, int]]:
    """The cells of each sheet, in their order, that are shown as percentages, with how many decimals; empty
    where the stream is not as it should be."""
    try:
        decimals, offsets = _globals(stream)
        return [dict(_shown_in(stream, offset, decimals)) for offset in offsets] if decimals else []
    except (struct.error, IndexError):
        return []


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """The records from byte `at` to the end of what begins there, those of charts in it left out."""
    depth = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        depth += (kind == _BEGIN) - (kind == _END)
        if depth <= 1:
            yield kind, stream[at + 4 : at + 4 + size]
        if depth <= 0:
            return
        at += 4 + size


def _globals(stream: bytes) -> tuple[dict[int, int], list[int]]:
    """Decimals of the styles that show percentages, by number, and where each sheet begins."""
    formats = {int(number): decimals for number, decimals in BUILT_IN.items()}
    styles: list[int] = []
    offsets: list[int] = []
    wide = False
    for kind, body in _records(stream, 0):
        if kind == _BEGIN:
            wide = struct.unpack_from("<H", body)[0] >= _WIDE_VERSION
        elif kind == _FORMAT:
            decimals = decimals_of(_code(body, wide))
            if decimals is not None:
                formats[struct.unpack_from("<H", body)[0]] = decimals
        elif kind == _STYLE:
            styles.append(struct.unpack_from("<H", body, 2)[0])
        elif kind == _SHEET:
            offsets.append(struct.unpack_from("<I", body)[0])
    return {number: formats[style] for number, style in enumerate(styles) if style in formats}, offsets


def _code(body: bytes, wide: bool) -> str:
    """The text of a number format."""
    if not wide:
        return body[3 : 3 + body[2]].decode("cp1252", "replace")
    length, flags = struct.unpack_from("<HB", body, 2)
    if flags & 1:
        return body[5 : 5 + 2 * length].decode("utf-16-le", "replace")
    return body[5 : 5 + length].decode("cp1252", "replace")


def _shown_in(stream: bytes, offset: int, decimals: dict[int, int]) -> Iterator[tuple[Place, int]]:
    for kind, body in _records(stream, offset):
        if kind in (_NUMBER, _PACKED, _FORMULA):
            row, column, style = struct.unpack_from("<HHH", body)
            if style in decimals:
                yield (row, column), decimals[style]
        elif kind == _SEVERAL:
            row, first = struct.unpack_from("<HH", body)
            for number in range((len(body) - 6) // 6):
                style = struct.unpack_from("<H", body, 4 + 6 * number)[0]
                if style in decimals:
                    yield (row, first + number), decimals[style]
