"""One row of the page: which code points it shows, in which columns, and what is only decoration."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """Code points [start, end) of the canonical text, drawn from cell `column` of the page on."""

    start: int
    end: int
    column: int


@dataclass(frozen=True, slots=True)
class Row:
    """`pieces` from left to right; `marks` are (cell, text) of decoration: bullets, bars, rules."""

    pieces: tuple[Piece, ...] = ()
    marks: tuple[tuple[int, str], ...] = ()

    @property
    def start(self) -> int:
        """The first code point of the row; -1 in a row without text."""
        return self.pieces[0].start if self.pieces else -1


BLANK = Row()
