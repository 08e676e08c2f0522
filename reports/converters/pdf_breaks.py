"""Joins tables that the end of a page has cut in two."""

from __future__ import annotations

from reports.converters.pdf_rules import SAME, Ruled
from reports.converters.pdf_tables import SAME_EDGE, Spaced
from reports.converters.pieces import Cell, Grid


def continues(below: Spaced | Ruled, above: Spaced | Ruled) -> bool:
    """Whether the table `below`, first on its page, has the columns of `above`, last on the page before."""
    if isinstance(below, Ruled) and isinstance(above, Ruled):
        same = len(below.xs) == len(above.xs)
        return same and all(abs(x - y) <= SAME for x, y in zip(below.xs, above.xs, strict=True))
    if not (isinstance(below, Spaced) and isinstance(above, Spaced)) or len(below.columns) != len(
        above.columns
    ):
        return False
    return all(
        mine[0] <= theirs[1] + SAME_EDGE and theirs[0] <= mine[1] + SAME_EDGE
        for mine, theirs in zip(below.columns, above.columns, strict=True)
    )


def continue_grid(above: Grid, below: Grid) -> None:
    """Add the rows of `below` to `above`: not a header that is repeated, and a cut row to the one it was cut
    from."""
    rows = below.rows
    if rows and above.rows and _texts(rows[0]) == _texts(above.rows[0]):
        rows = rows[1:]
    if rows and above.rows and _is_cut(above.rows[-1], rows[0]):
        for mine, rest in zip(above.rows[-1], rows[0], strict=False):
            mine += rest
        rows = rows[1:]
    above.rows += rows


def _texts(row: list[Cell]) -> list[str]:
    return [" ".join(paragraph.whole for paragraph in cell) for cell in row]


def _is_cut(above: list[Cell], below: list[Cell]) -> bool:
    """Whether `below` is the end of the row `above`: fewer cells, that go on in small letters."""
    first, second = _texts(above), _texts(below)
    filled = [text for text in second if text]
    if not filled or len(filled) * 2 > sum(map(bool, first)):
        return False
    under = all(first[number] for number, text in enumerate(second) if text and number < len(first))
    return under and filled[0][0].islower()
