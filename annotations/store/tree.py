"""Parents and children among tags and among agencies."""

from __future__ import annotations

from annotations.errors import Invalid
from annotations.store.kinds import KINDS, State
from annotations.store.transaction import Transaction
from reports.errors import N_


def children(act: Transaction, kind: str, parent_id: int) -> dict[int, State]:
    """The states of the items right under one."""
    found = act.connection.execute(
        f"SELECT id FROM {KINDS[kind].table} WHERE parent_id = ?", (parent_id,)
    ).fetchall()
    return act.take_many(kind, (row[0] for row in found))


def refuse_cycle(act: Transaction, kind: str, item_id: int | None, parent_id: int | None) -> None:
    """Raise Invalid if an item would come to stand under itself, NotFound if its parent does not exist."""
    seen = set()
    while parent_id is not None and parent_id not in seen:
        if parent_id == item_id:
            raise Invalid(N_("It cannot stand under itself. Choose another parent."))
        seen.add(parent_id)
        parent_id = act.take(kind, parent_id)["parent_id"]
