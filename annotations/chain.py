"""The chain of hashes over the history: each change seals all that were before it.

An edited or removed row shows in the file alone; a history rewritten to its end, or cut off together with
SQLite's own count, shows against an anchor that was kept elsewhere. It proves nothing against somebody who
holds both the file and every anchor.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from annotations.connection import rows
from annotations.errors import Invalid, Problem
from annotations.models import Anchor
from annotations.sqlite import sqlite3
from reports.errors import N_

_ANCHOR = re.compile(r"(\d+):([0-9a-f]{64}|)")
_BATCH = 1000
_ROWS = """
    SELECT c.id, c.hash, c.at, w.name, c.act, c.undoes, c.report_id, i.kind, i.item_id, i.before, i.after
    FROM changes c JOIN reviewers w ON w.id = c.reviewer_id
    LEFT JOIN change_items i ON i.change_id = c.id
    WHERE c.id > ? AND c.id <= ? ORDER BY c.id, i.position
"""


def sealed(before: str, change: Sequence[object], items: Iterable[Sequence[object]]) -> str:
    """The hash of a change: SHA-256 over that of the change `before` it and its own columns.

    `change`: id, time, reviewer's name, act, undoes, report id. `items`: kind, item id, before and after of
    each, as stored.
    """
    said = json.dumps([before, *change, [list(item) for item in items]], ensure_ascii=False)
    import hashlib

    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


def end(connection: sqlite3.Connection) -> Anchor:
    """The anchor of the history as it is now; change 0 and no hash where there is none."""
    found = rows(connection, "SELECT id, hash FROM changes ORDER BY id DESC LIMIT 1")
    return Anchor(*found[0]) if found else Anchor(0, "")


def parse_anchor(text: str) -> Anchor:
    """The anchor that was printed as `text`, perhaps over several lines; Invalid if it is none."""
    found = _ANCHOR.fullmatch("".join(text.split()).lower())
    if not found:
        raise Invalid(
            N_("“{text}” is no anchor. Copy it whole: a number, a colon, 64 digits and letters."), text=text
        )
    return Anchor(int(found[1]), found[2])


def seal_all(connection: sqlite3.Connection) -> None:
    """Give every change its hash, inside the transaction that is open."""
    before = ""
    for change, items in _changes(connection):
        before = sealed(before, (change[0], *change[2:]), items)
        connection.execute("UPDATE changes SET hash = ? WHERE id = ?", (before, change[0]))


def verify(connection: sqlite3.Connection, anchors: Iterable[Anchor] = ()) -> Iterator[Problem]:
    """What is wrong with the history: changes that are not as recorded, missing ones, a tail cut off, and
    each of `anchors` that it does not lead to."""
    before, last = "", 0
    for change, items in _changes(connection):
        for missing in range(last + 1, change[0]):
            yield Problem(f"change {missing}", N_("Change {id} is missing."), id=missing)
        if sealed(before, (change[0], *change[2:]), items) != change[1] and change[0] == last + 1:
            yield Problem(f"change {change[0]}", N_("Change {id} is not as it was recorded."), id=change[0])
        last, before = change[0], change[1]
    counted = rows(connection, "SELECT seq FROM sqlite_sequence WHERE name = 'changes'")
    if counted and counted[0][0] > last:
        yield Problem(
            "history",
            N_("The latest changes are missing: {counted} were recorded, the last one there is {last}."),
            counted=counted[0][0],
            last=last,
        )
    for anchor in anchors:
        yield from _against(connection, anchor, last)


def _against(connection: sqlite3.Connection, anchor: Anchor, last: int) -> Iterator[Problem]:
    if anchor.change_id > last:
        yield Problem(
            "history",
            N_("The history ends at change {last}, but the anchor is of change {id}: its end is missing."),
            last=last,
            id=anchor.change_id,
        )
        return
    found = rows(connection, "SELECT hash FROM changes WHERE id = ?", (anchor.change_id,))
    if (found[0][0] if found else "") != anchor.hash:
        yield Problem(
            "history",
            N_("The history up to change {id} is not the one that the anchor was taken of."),
            id=anchor.change_id,
        )


def _changes(
    connection: sqlite3.Connection,
) -> Iterator[tuple[tuple[int, str, str, str, str, int | None, int | None], list[tuple[object, ...]]]]:
    """Every change, oldest first, with its items; fetched in batches."""
    first = 0
    last = rows(connection, "SELECT coalesce(max(id), 0) FROM changes")[0][0]
    while first < last:
        found = rows(connection, _ROWS, (first, first + _BATCH))
        for change, group in groupby(found, key=lambda row: row[:7]):
            yield change, [row[7:] for row in group if row[7] is not None]
        first += _BATCH
