"""Which block stands in which row of the page: guessed at once, exact later, cheap to ask."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from itertools import accumulate
from typing import NamedTuple

from reviewer.layout.page import Page

EXACT_AT_ONCE = 300_000
"""Code points up to which a document is laid out in full when it is opened: some 20 ms."""


class Anchor(NamedTuple):
    """A row of the page that stays the same row when the layout changes: row `row` of block `block`."""

    block: int
    row: int


class RowIndex:
    """The rows of all blocks of `page`. Until `exact`, only those of settled blocks are what `Page.rows`
    says; whoever shows or asks for a block settles it first."""

    def __init__(self, page: Page, *, exact: bool = False) -> None:
        self.page = page
        self._size = len(page.document.blocks)
        self.exact = exact
        self._settled = bytearray(self._size)
        self._set(page.count(0, self._size) if exact else page.estimates())

    def _set(self, counts: array[int]) -> None:
        self._counts = counts
        self._tops = array("L", accumulate(counts, initial=0))

    @property
    def total(self) -> int:
        """Rows of the whole page."""
        return self._tops[-1]

    def top(self, block: int) -> int:
        """The first row of block number `block`."""
        return self._tops[block]

    def locate(self, row: int) -> Anchor:
        """The block that row number `row` belongs to."""
        block = max(0, min(bisect_right(self._tops, row) - 1, self._size - 1))
        return Anchor(block, row - self._tops[block])

    def row_of(self, anchor: Anchor) -> int:
        """The row number of `anchor`, or of its block's last row where it has become shorter."""
        return self._tops[anchor.block] + min(anchor.row, max(0, self._counts[anchor.block] - 1))

    def settle(self, first: int, last: int) -> bool:
        """Make blocks [first, last) exact; whether any row number changed."""
        first, last = max(0, first), min(last, self._size)
        if self.exact or first >= last or all(self._settled[first:last]):
            return False
        counts = self.page.count(first, last)
        self._settled[first:last] = b"\1" * (last - first)
        if counts == self._counts[first:last]:
            return False
        self._counts[first:last] = counts
        self._set(self._counts)
        return True

    def complete(self, counts: array[int]) -> None:
        """Take the exact rows of every block, as a worker counted them."""
        self._set(counts)
        self.exact = True
