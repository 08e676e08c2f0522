"""Entries that stand below one another, as the rows of a list that can be folded. No widgets."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar


class Nested(Protocol):
    """An entry that may stand below another."""

    @property
    def id(self) -> int: ...
    @property
    def parent_id(self) -> int | None: ...


T = TypeVar("T", bound=Nested)


@dataclass(frozen=True, slots=True)
class Node(Generic[T]):
    """An entry in its place. `depth`: entries above it. `children`: entries right below it, shown or not."""

    entry: T
    depth: int
    children: int


def outline(entries: Sequence[T], folded: Collection[int]) -> list[Node[T]]:
    """`entries` from the top down, each before those below it, in the order given among equals; what is below
    one of `folded` (ids) is left out. An entry whose parent is not among them stands at the top."""
    known = {entry.id for entry in entries}
    below: dict[int | None, list[T]] = {}
    for entry in entries:
        parent = entry.parent_id if entry.parent_id in known else None
        below.setdefault(parent, []).append(entry)

    def nodes(parent: int | None, depth: int) -> Iterator[Node[T]]:
        for entry in below.get(parent, ()):
            yield Node(entry, depth, len(below.get(entry.id, ())))
            if entry.id not in folded:
                yield from nodes(entry.id, depth + 1)

    return list(nodes(None, 0))


def crowded(entries: Sequence[Nested], most: int) -> set[int]:
    """Ids of the entries with more than `most` right below them."""
    counts: dict[int, int] = {}
    for entry in entries:
        if entry.parent_id is not None:
            counts[entry.parent_id] = counts.get(entry.parent_id, 0) + 1
    return {parent for parent, count in counts.items() if count > most}
