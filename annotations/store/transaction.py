"""One act while it is being written: what it found, what it leaves, and the change that records both."""

from __future__ import annotations

import json
from collections.abc import Iterable

from annotations import chain, roles
from annotations.errors import Conflict, NotFound, StoreError
from annotations.models import Act, Change, ChangeItem, ReviewerRole
from annotations.sqlite import sqlite3
from annotations.store.kinds import KINDS, State, same
from reports.errors import N_

_UNKNOWN = {
    "annotation": N_("There is no annotation {id}."),
    "report": N_("There is no report {id}."),
    "tag": N_("There is no tag {id}."),
    "agency": N_("There is no agency {id}."),
    "person": N_("There is no person {id}."),
    "comment": N_("There is no comment {id}."),
    "view": N_("There is no view {id}."),
}


class Transaction:
    """Items taken, changed and added in one act. `at`: UTC, its one time. `undoes`: the change that it turns
    round, `turned`: what act that was. `change`: what was recorded, once it is.

    Nothing is written before `write` but the rows that `add` makes.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        reviewer: str,
        reviewer_id: int,
        at: str,
        role: ReviewerRole = ReviewerRole.LEAD,
    ) -> None:
        self.connection = connection
        self.reviewer = reviewer
        self.reviewer_id = reviewer_id
        self.at = at
        self.role = role
        self.undoes: int | None = None
        self.turned: Act | None = None
        self.change = Change(0, at, reviewer, "", None, None, ())
        self._found: dict[tuple[str, int], State | None] = {}
        self._stored: dict[tuple[str, int], State] = {}
        self._wanted: dict[tuple[str, int], State] = {}

    def take_many(self, kind: str, ids: Iterable[int]) -> dict[int, State]:
        """The states of `ids` as this act leaves them so far; NotFound if one does not exist."""
        ids = list(dict.fromkeys(ids))
        missing = [item_id for item_id in ids if (kind, item_id) not in self._stored]
        if missing:
            found = KINDS[kind].read(self.connection, missing)
            for item_id in missing:
                if item_id not in found:
                    raise NotFound(_UNKNOWN[kind], id=item_id)
                self._found[kind, item_id] = self._stored[kind, item_id] = found[item_id]
        return {item_id: self._wanted.get((kind, item_id), self._stored[kind, item_id]) for item_id in ids}

    def take(self, kind: str, item_id: int, version: int | None = None) -> State:
        """The state of one item; Conflict if `version` is given and is not the one it has now."""
        state = self.take_many(kind, (item_id,))[item_id]
        if version is not None and state["version"] != version:
            raise Conflict(item_id, kind)
        return state

    def put(self, kind: str, item_id: int, state: State) -> None:
        """Leave an item that was taken or added as `state`."""
        self._wanted[kind, item_id] = state

    def add(self, kind: str, state: State) -> int:
        """Make a new item; its id."""
        item_id = KINDS[kind].insert(self.connection, state)
        self._found[kind, item_id] = None
        self._stored[kind, item_id] = state
        self._wanted[kind, item_id] = state
        return item_id

    def write(self, turning_back: bool = False) -> list[ChangeItem]:
        """Write every item that is to be left otherwise than it was found, and read it back.

        Raises StoreError if the record does not say afterwards what it should. `turning_back`: the times of
        the latest edits are restored with the rest.
        """
        items = [
            item for key, wanted in self._wanted.items() if (item := self._write(key, wanted, turning_back))
        ]
        self._read_back(items)
        return items

    def finish(self, act: Act) -> None:
        """Write the items and record the change; nothing if all is as it was found.

        Raises Forbidden where the reviewer's role does not allow it.
        """
        undoes = self.undoes
        items = self.write(undoes is not None)
        roles.refuse_items(self.role, self.turned or act, items, self.reviewer_id)
        if not items and undoes is None:
            self.change = Change(0, self.at, self.reviewer, act, None, None, ())
            return
        report_id = _report_of(items)
        change_id = self._record(act, report_id, items)
        self.change = Change(change_id, self.at, self.reviewer, act, undoes, report_id, tuple(items))

    def _record(self, act: Act, report_id: int | None, items: list[ChangeItem]) -> int:
        """Write the change and its items, sealed to the changes before it; its id."""
        before = chain.end(self.connection).hash
        cursor = self.connection.execute(
            "INSERT INTO changes (at, reviewer_id, act, undoes, report_id) VALUES (?, ?, ?, ?, ?)",
            (self.at, self.reviewer_id, act, self.undoes, report_id),
        )
        change_id = cursor.lastrowid
        assert change_id is not None
        said = [(item.kind, item.item_id, as_json(item.before), as_json(item.after)) for item in items]
        self.connection.executemany(
            "INSERT INTO change_items (change_id, position, kind, item_id, before, after)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            [(change_id, position, *item) for position, item in enumerate(said)],
        )
        change = (change_id, self.at, self.reviewer, act, self.undoes, report_id)
        self.connection.execute(
            "UPDATE changes SET hash = ? WHERE id = ?", (chain.sealed(before, change, said), change_id)
        )
        return change_id

    def _write(self, key: tuple[str, int], wanted: State, turning_back: bool) -> ChangeItem | None:
        kind, found, stored = KINDS[key[0]], self._found[key], self._stored[key]
        if found is not None:
            if same(found, wanted):
                return None
            wanted = {**wanted, "version": found["version"] + 1}
            if kind.touched and not turning_back:
                wanted[kind.touched] = self.at
        if stored != wanted:
            kind.write(self.connection, key[1], stored, wanted)
        return ChangeItem(*key, found, wanted)

    def _read_back(self, items: list[ChangeItem]) -> None:
        for name, kind in KINDS.items():
            wanted = {item.item_id: item.after for item in items if item.kind == name}
            if wanted and kind.read(self.connection, wanted) != wanted:
                raise StoreError(
                    N_("The record did not keep what was written; nothing was saved. Run `reviewer check`.")
                )


def _report_of(items: list[ChangeItem]) -> int | None:
    """The report that all of `items` are in, or None."""
    found: set[int | None] = set()
    for item in items:
        state = item.after or item.before or {}
        found.add(item.item_id if item.kind == "report" else state.get("report_id"))
    return found.pop() if len(found) == 1 else None


def as_json(state: State | None) -> str | None:
    """A state as the history keeps it."""
    return None if state is None else json.dumps(state, ensure_ascii=False, separators=(",", ":"))
