"""Text as terminal cells: one character of a string per cell, so that rows compare and slice fast.

A cell that holds more than one code point, or whose width terminals dispute, is interned: a private
character stands for it. The second half of a wide cell is `HALF`; a cell nothing is known of, `UNKNOWN`.
"""

from __future__ import annotations

import re
import unicodedata

UNKNOWN = "\0"
HALF = "\U0010ffff"
_FIRST = 0xF0000
_LAST = 0x10FFFD
# One cell wide in every terminal and every width table.
_PLAIN = (
    " -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0377\u037a-\u037f\u0384-\u0482\u048a-\u052f\u1e00-\u1eff"
    "\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2190-\u2193\u2400-\u2426\u2500-\u25fc\u2800-\u28ff\ufffd"
)
_UNUSUAL = re.compile(f"[^{_PLAIN}]")
_CONTROL = re.compile("[\0-\x1f\x7f-\x9f\ud800-\udfff]")
_INTERNED = re.compile("[\U000f0000-\U0010ffff]")

_clusters: list[tuple[str, int]] = []
_keys: dict[tuple[str, int], str] = {}


class NotCells(ValueError):
    """Text with control characters, or more different clusters than can be told apart."""


def cells_of(text: str) -> str:
    """`text` as cells, as wide as Rich measures it. Raises NotCells for control characters."""
    if not _UNUSUAL.search(text):
        return text
    if _CONTROL.search(text):
        raise NotCells(text)
    from rich.cells import split_graphemes

    cells: list[str] = []
    for start, end, width in split_graphemes(text)[0]:
        cluster = text[start:end]
        if len(cluster) == 1 and width == 1 and not _UNUSUAL.search(cluster):
            cells.append(cluster)
        elif width == 0:
            _join_to_last(cells, cluster)
        else:
            cells.append(_intern(cluster, width))
            cells.extend(HALF * (width - 1))
    return "".join(cells)


def text_of(cell: str) -> str:
    """The text of one cell."""
    if cell < "\U000f0000":
        return cell
    return "" if cell == HALF else _clusters[ord(cell) - _FIRST][0]


def is_unusual(cells: str) -> bool:
    """Whether any cell is interned: such rows are painted whole, for terminals differ about them."""
    return _INTERNED.search(cells) is not None


def width_disputed(cell: str) -> bool:
    """Whether terminals may advance by another width than ours, so that the next cell needs a position."""
    if cell < "\U000f0000" or cell == HALF:
        return False
    cluster, width = _clusters[ord(cell) - _FIRST]
    if not all(map(unicodedata.combining, cluster[1:])):
        return True
    agreed = "WF" if width == 2 else ("N", "Na", "H")
    return unicodedata.east_asian_width(cluster[0]) not in agreed


def _intern(cluster: str, width: int) -> str:
    key = _keys.get((cluster, width))
    if key is None:
        code = _FIRST + len(_clusters)
        if code > _LAST:
            raise NotCells(cluster)
        key = _keys[cluster, width] = chr(code)
        _clusters.append((cluster, width))
    return key


def _join_to_last(cells: list[str], marks: str) -> None:
    """Add marks that came without a letter to the last cell, where a terminal would put them."""
    at = len(cells) - 1
    while at >= 0 and cells[at] == HALF:
        at -= 1
    if at >= 0:
        cells[at] = _intern(text_of(cells[at]) + marks, len(cells) - at)
