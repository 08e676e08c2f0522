"""Old workbooks tell in records apart from the values which of them are percentages."""

from __future__ import annotations

import struct

import pytest

from reports.converters.sheet_formats_old import old_percentages

BEGIN, END = struct.pack("<HHI", 0x809, 4, 0x0600), struct.pack("<HH", 0x0A, 0)


def record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def number_format(number: int, code: str) -> bytes:
    return record(0x41E, struct.pack("<HHB", number, len(code), 0) + code.encode())


def style(number: int) -> bytes:
    return record(0xE0, struct.pack("<HH", 0, number) + bytes(16))


def workbook(*sheets: bytes) -> bytes:
    """A stream with styles 0 (general), 1 (0%), 2 (0.00%), 3 (#,##0) and these sheets."""
    head = BEGIN + number_format(164, "0.0%") + number_format(165, '0 "%"')
    head += b"".join(map(style, (0, 9, 164, 165)))
    length = len(head) + len(END) + len(sheets) * (4 + 8 + 1)
    named = b""
    for sheet in sheets:
        named += record(0x85, struct.pack("<IBBBB", length, 0, 0, 1, 0) + b"a")
        length += len(sheet)
    return head + named + END + b"".join(sheets)


def test_cells_with_a_format_for_percentages_are_found() -> None:
    cells = record(0x203, struct.pack("<HHHd", 1, 2, 1, 0.5)) + record(
        0x27E, struct.pack("<HHHI", 1, 3, 0, 0)
    )
    chart = BEGIN + record(0x203, struct.pack("<HHHd", 9, 9, 1, 0.5)) + END
    several = struct.pack("<HH", 4, 1) + struct.pack("<HIHI", 2, 0, 3, 0) + struct.pack("<H", 2)
    formula = record(0x06, struct.pack("<HHH", 6, 0, 2) + bytes(16))
    first = BEGIN + cells + chart + record(0xBD, several) + formula + END
    second = BEGIN + record(0x203, struct.pack("<HHHd", 0, 0, 3, 7.0)) + END
    found = old_percentages(workbook(first, second))
    assert found == [{(1, 2): 0, (4, 1): 1, (6, 0): 1}, {}]


@pytest.mark.parametrize("cut", range(0, 200, 7))
def test_a_damaged_stream_is_no_reason_to_fail(cut: int) -> None:
    whole = workbook(BEGIN + record(0x203, struct.pack("<HHHd", 1, 2, 1, 0.5)) + END)
    for data in (whole[:cut], whole[:cut] + b"\xff" * 40, whole[cut:]):
        assert isinstance(old_percentages(data), list)
