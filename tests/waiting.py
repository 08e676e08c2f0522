"""Waiting for what a test wants to see, and letting time pass only where its passing is what is tested."""

from __future__ import annotations

import select
import time
from collections.abc import Callable, Sequence
from typing import TypeVar

PATIENCE = 60.0
"""Seconds to wait for something before a test fails: much, for machines with other work."""
LOOK = 0.02
"""Seconds between two looks."""

Found = TypeVar("Found")


def until(look: Callable[[], Found], seconds: float = PATIENCE, *, what: object = "") -> Found:
    """What `look` gives as soon as that is true; AssertionError, naming `what` or what it gave last, where
    it is not within `seconds`."""
    end = time.monotonic() + seconds
    while not (found := look()):
        assert time.monotonic() < end, what or f"still {found!r} after {seconds} s"
        let_pass(LOOK)
    return found


def let_pass(seconds: float, watched: Sequence[int] = ()) -> bool:
    """Let `seconds` pass; at once True if one of the `watched` file descriptors has something to read."""
    return bool(select.select(watched, [], [], seconds)[0])
