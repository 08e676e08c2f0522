"""The first tag, the first agency in the lead, or the owner of each of very many annotations, in one walk."""

from __future__ import annotations

import json
import sys
from array import array
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import islice, repeat

from annotations.connection import rows
from annotations.sqlite import sqlite3

_PAIRS = (
    "SELECT group_concat(char(annotation_id - :before, key), '') FROM ("
    "SELECT annotation_id, {key} AS key FROM {table}"
    " WHERE annotation_id > :before AND annotation_id <= :before + :block{only}"
    " ORDER BY annotation_id, position)"
)
_WALKS = {
    "agency": _PAIRS.format(key="agency_id", table="annotation_agencies", only=" AND role = 'lead'"),
    "tag": _PAIRS.format(key="tag_id", table="annotation_tags", only=""),
}
"""Place in the block and key of each link as two characters: less time than arrays in JSON take."""

_HIGHEST_KEY = {
    "agency": "SELECT max(agency_id) FROM annotation_agencies",
    "tag": "SELECT max(tag_id) FROM annotation_tags",
}
_OWNED = "SELECT owner_id, json_group_array(id) FROM annotations WHERE owner_id IS NOT NULL GROUP BY owner_id"

_BLOCK = 1 << 15
HIGHEST = 0xD7FF
"""The highest key that is one unit of UTF-16."""

_UTF_16 = "utf-16-le" if sys.byteorder == "little" else "utf-16-be"

Key = str | int | None


def highest_key(connection: sqlite3.Connection, name: str) -> int:
    """The highest key that any link of `name` (`agency` or `tag`) has; 0 without links."""
    return int(rows(connection, _HIGHEST_KEY[name])[0][0] or 0)


def by_first_link(
    connection: sqlite3.Connection, name: str, ids: Sequence[int], last: int, highest: int
) -> dict[Key, array[int]]:
    """`ids` by the key of their first `name` (`agency` or `tag`), None for those without.

    In each they stay in their order; the keys run as they first occur. `last`: no id is higher. `highest`: no
    key is, `HIGHEST` at most. Reads the links of the whole record, some 0.1 µs an annotation, in several
    statements: call it in a transaction.
    """
    found = [array("q") for _ in range(highest + 1)]
    appends = [members.append for members in found]
    of_id = [appends[0]]
    for text in _texts(connection, name, last):
        block = [appends[0]] * (_BLOCK + 1)
        units = array("H", text.encode(_UTF_16))
        # Backwards, so that the first link of an annotation is the one that remains.
        deque(map(block.__setitem__, units[-2::-2], map(appends.__getitem__, units[::-2])), maxlen=0)
        of_id += islice(block, 1, None)
    for number in ids:
        of_id[number](number)
    return _as_they_occur({key or None: members for key, members in enumerate(found) if members}, ids)


def by_owner(connection: sqlite3.Connection, ids: Sequence[int], last: int) -> dict[Key, array[int]]:
    """`ids` by the id of their owner, as `by_first_link` has them."""
    nobody: array[int] = array("q")
    found: dict[Key, array[int]] = {None: nobody}
    of_id = [nobody.append] * (last + 1)
    for owner, listed in rows(connection, _OWNED):
        found[owner] = array("q")
        deque(map(of_id.__setitem__, json.loads(listed), repeat(found[owner].append)), maxlen=0)
    for number in ids:
        of_id[number](number)
    return _as_they_occur({key: members for key, members in found.items() if members}, ids)


def _as_they_occur(found: dict[Key, array[int]], ids: Sequence[int]) -> dict[Key, array[int]]:
    firsts = {members[0]: key for key, members in found.items()}
    order = islice(filter(firsts.__contains__, ids), len(firsts))
    return {key: found[key] for key in map(firsts.__getitem__, order)}


def _texts(connection: sqlite3.Connection, name: str, last: int) -> Iterator[str]:
    for before in range(0, last, _BLOCK):
        yield rows(connection, _WALKS[name], {"before": before, "block": _BLOCK})[0][0] or ""
