"""Whether the record is sound: the file, the texts, every quote, and the history."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from annotations import chain
from annotations.connection import Connection, in_words, rows
from annotations.database import connect
from annotations.errors import Problem
from annotations.store.kinds import KINDS, State
from annotations.store.kinds.annotation import words
from reports.document import Document
from reports.errors import N_

_BATCH = 500
_BORN_WITH_HISTORY = ("annotation", "report", "comment", "view")


def check(path: Path | str) -> list[Problem]:
    """Everything in the database at `path` that is not as it must be; nothing if it is sound.

    Reads one moment's state and writes nothing. Raises DatabaseRefused where the file cannot be read at all.
    """
    connection = connect(path, readonly=True)
    try:
        with in_words(connection.path):
            connection.execute("BEGIN")
            broken = list(_file(connection))
            return broken or [
                *_foreign_keys(connection),
                *_texts(connection),
                *_kept_files(connection),
                *_items(connection),
                *chain.verify(connection),
            ]
    finally:
        connection.close()


def _file(connection: Connection) -> Iterator[Problem]:
    for (said,) in rows(connection, "PRAGMA integrity_check"):
        if said != "ok":
            yield Problem("file", N_("SQLite finds the file damaged: {said}"), said=said)


def _foreign_keys(connection: Connection) -> Iterator[Problem]:
    for table, row, parent, _ in rows(connection, "PRAGMA foreign_key_check"):
        yield Problem(
            f"{table} {row}",
            N_("Row {row} of {table} names a row of {parent} that is not there."),
            table=table,
            row=row,
            parent=parent,
        )


def _texts(connection: Connection) -> Iterator[Problem]:
    for revision_id, sha256, length in rows(connection, "SELECT id, sha256, length FROM revisions"):
        subject = f"revision {revision_id}"
        found = rows(
            connection, "SELECT text, structure FROM revision_texts WHERE revision_id = ?", (revision_id,)
        )
        if not found:
            yield Problem(subject, N_("Text {id} is missing."), id=revision_id)
            continue
        text, structure = found[0]
        if hashlib.sha256(text.encode()).hexdigest() != sha256 or len(text) != length:
            yield Problem(subject, N_("Text {id} is not the one that was imported."), id=revision_id)
        try:
            Document.unpack(text, structure)
        except Exception:
            yield Problem(subject, N_("The structure of text {id} cannot be read."), id=revision_id)
        yield from _quotes(connection, revision_id, text)


def _kept_files(connection: Connection) -> Iterator[Problem]:
    for sha256, size in rows(connection, "SELECT sha256, size FROM source_files ORDER BY sha256"):
        data = rows(connection, "SELECT data FROM source_files WHERE sha256 = ?", (sha256,))[0][0]
        if data is not None and (len(data) != size or hashlib.sha256(data).hexdigest() != sha256):
            yield Problem(
                f"file {sha256[:12]}",
                N_("The file {id} is not the one that its text was read from."),
                id=sha256[:12],
            )


def _quotes(connection: Connection, revision_id: int, text: str) -> Iterator[Problem]:
    for annotation_id, start, end, exact in rows(
        connection,
        'SELECT id, start, "end", exact FROM annotations WHERE revision_id = ? ORDER BY id',
        (revision_id,),
    ):
        if text[start:end] != exact:
            yield Problem(
                f"annotation {annotation_id}",
                N_("Annotation {id} quotes what its text does not say at {start}."),
                id=annotation_id,
                start=start,
            )


def _items(connection: Connection) -> Iterator[Problem]:
    """Each item against its history, and each annotation against the search."""
    for name, kind in KINDS.items():
        last = (
            rows(
                connection,
                f"SELECT max(id) FROM (SELECT id FROM {kind.table} UNION ALL"
                " SELECT max(item_id) FROM change_items WHERE kind = ?)",
                (name,),
            )[0][0]
            or 0
        )
        for first in range(1, last + 1, _BATCH):
            batch = range(first, first + _BATCH)
            states = kind.read(connection, batch)
            yield from _histories(connection, name, batch, states)
            if name == "annotation":
                yield from _search(connection, batch, states)


def _histories(
    connection: Connection, kind: str, batch: range, states: dict[int, State]
) -> Iterator[Problem]:
    latest: dict[int, Any] = {}
    first = rows(connection, "SELECT min(id) FROM reviewers")[0][0]
    for item_id, change_id, before, after in rows(
        connection,
        "SELECT item_id, change_id, before, after FROM change_items"
        " WHERE kind = ? AND item_id BETWEEN ? AND ? ORDER BY item_id, change_id",
        (kind, batch[0], batch[-1]),
    ):
        was = None if before is None else json.loads(before)
        if item_id in latest and _differ(latest[item_id], was):
            yield _problem(kind, item_id, N_("The history of {item} has a gap before {change}."), change_id)
        latest[item_id] = json.loads(after)
    for item_id, state in states.items():
        if item_id not in latest:
            if kind in _BORN_WITH_HISTORY or (kind == "person" and item_id != first):
                yield _problem(kind, item_id, N_("The history does not know {item}."))
        elif _differ(latest[item_id], state):
            yield _problem(kind, item_id, N_("{item} is not as the history says it was left."))
    for item_id in latest.keys() - states.keys():
        yield _problem(kind, item_id, N_("{item} is in the history but not in the record."))


def _differ(one: State | None, other: State | None) -> bool:
    """Whether two states say different things; a later format may say more than an older one."""
    if one is None or other is None:
        return one is not other
    return any(one[name] != other[name] for name in one.keys() & other.keys())


def _search(connection: Connection, batch: range, states: dict[int, State]) -> Iterator[Problem]:
    found = dict(
        rows(
            connection,
            "SELECT rowid, words FROM annotation_search WHERE rowid BETWEEN ? AND ?",
            (batch[0], batch[-1]),
        )
    )
    for item_id, state in states.items():
        if found.get(item_id) != words(state):
            yield _problem("annotation", item_id, N_("A search does not find {item} by its words."))


def _problem(kind: str, item_id: int, template: str, change_id: int = 0) -> Problem:
    subject = f"{kind} {item_id}"
    return Problem(subject, template, item=subject, change=change_id)
