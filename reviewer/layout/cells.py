"""Code points and terminal cells: how wide a text is and which of its offsets lies in which column."""

from __future__ import annotations

import re

from rich.cells import cell_len, split_graphemes

_UNEVEN = re.compile(r"[^ -~\xa0-\xac\xae-\u02ff\u0370-\u0482\u1e00-\u1eff\u2010-\u2027\u2500-\u25fc]").search


def is_even(text: str) -> bool:
    """Whether every code point of `text` is a letter of its own, one cell wide: true of clean Vietnamese."""
    return _UNEVEN(text) is None


def width(text: str) -> int:
    """Cells that `text` takes on the terminal."""
    return len(text) if is_even(text) else cell_len(text)


def graphemes(text: str) -> list[tuple[int, int, int]]:
    """(start, end, cells) of each cluster of `text` that the terminal draws as one."""
    if is_even(text):
        return [(i, i + 1, 1) for i in range(len(text))]
    return list(split_graphemes(text)[0])


def column_of(text: str, offset: int) -> int:
    """The cell in which code point `offset` of `text` begins; the width of `text` for its end."""
    if is_even(text):
        return min(offset, len(text))
    column = 0
    for start, end, cells in split_graphemes(text)[0]:
        if offset < end:
            return column if offset >= start else 0
        column += cells
    return column


def offset_of(text: str, column: int) -> int:
    """The code point of `text` drawn in cell `column`; its length for a cell behind its end."""
    if is_even(text):
        return max(0, min(column, len(text)))
    at = 0
    for start, _end, cells in split_graphemes(text)[0]:
        at += cells
        if column < at:
            return start
    return len(text)


def crop(text: str, cells: int) -> str:
    """The longest start of `text` that fits into `cells` cells."""
    return text[: offset_of(text, cells)] if width(text) > cells else text


def shorten(text: str, cells: int) -> str:
    """`text`, or as much of it as fits into `cells` cells with an ellipsis in place of the rest."""
    if width(text) <= cells:
        return text
    return crop(text, cells - 1).rstrip() + "…" if cells > 0 else ""
