"""Lengths and strengths drawn with block characters, which are one cell wide in every terminal."""

from __future__ import annotations

from collections.abc import Sequence

_EIGHTHS = " ▏▎▍▌▋▊▉"
SHADES = "  ░▒█"
"""The character for each strength of a heat map, 0 first; the weakest needs none beside its number."""
LEVELS = len(SHADES) - 1


def bar(count: int, largest: int, cells: int) -> str:
    """A bar of at most `cells` cells, `cells` long for `largest`; something of it shows for every count but
    0."""
    if count <= 0 or largest <= 0 or cells <= 0:
        return ""
    eighths = max(1, round(count * cells * 8 / largest))
    whole, rest = divmod(eighths, 8)
    return "█" * whole + (_EIGHTHS[rest] if rest else "")


def parts(counts: Sequence[int], largest: int, cells: int) -> list[int]:
    """Cells of the parts of a stacked bar that is `cells` long where `counts` come to `largest`.

    Every part but an empty one has a cell of its own while there is room; together they are as long as the
    sum asks for, so that bars compare.
    """
    total = sum(counts)
    if total <= 0 or largest <= 0 or cells <= 0:
        return [0] * len(counts)
    filled = sum(1 for count in counts if count)
    length = min(cells, max(round(total * cells / largest), filled))
    found = [max(1, int(count * length / total)) if count else 0 for count in counts]
    while sum(found) > length:
        most = max(range(len(found)), key=lambda at: (found[at] - counts[at] * length / total, found[at]))
        largest_part = max(range(len(found)), key=found.__getitem__)
        found[most if found[most] > 1 else largest_part] -= 1
    while sum(found) < length:
        found[max(range(len(found)), key=lambda at: counts[at] * length / total - found[at])] += 1
    return found


def level(count: int, largest: int) -> int:
    """How strong `count` is beside `largest`: 0 for nothing, else 1 to `LEVELS`."""
    if count <= 0 or largest <= 0:
        return 0
    return min(LEVELS, 1 + (count - 1) * LEVELS // largest)
