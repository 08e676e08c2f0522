"""Figures: many runs into a median and a word or two for the table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: what was measured, the bound it must keep, and a cell for each program.

    `kept`: whether the bound holds; None where there is none. `table`: the heading of the table that it
    stands in; the first one without.
    """

    what: str
    bound: str
    cells: dict[str, str] = field(default_factory=dict)
    kept: bool | None = None
    table: str = ""


def percentile(values: Iterable[float], share: float) -> float:
    """The value that `share` (0 to 1) of all values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def ms(seconds: Sequence[float]) -> str:
    """Median and 95th percentile of times in seconds, in milliseconds."""
    return f"{_short(median(seconds) * 1000)} / {_short(percentile(seconds, 0.95) * 1000)} ms"


def one_ms(seconds: Sequence[float]) -> str:
    """The median of times in seconds, in milliseconds."""
    return f"{_short(median(seconds) * 1000)} ms"


def size(values: Sequence[float]) -> str:
    """The median of sizes in bytes."""
    return f"{median(values):,.0f} B"


def megabytes(value: float) -> str:
    """Bytes as megabytes."""
    return f"{value / 1e6:.0f} MB"


def _short(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}"
