"""The keys 1 to 9: at most one tag that is offered has each."""

from __future__ import annotations

from annotations.store.kinds import State
from annotations.store.transaction import Transaction


def claim_digit(act: Transaction, wanted: State) -> None:
    """Take the digit that `wanted` is to have from the tag that has it."""
    for holder_id, holder in _holders(act, wanted).items():
        act.put("tag", holder_id, {**holder, "digit": None})


def yield_digit(act: Transaction, tag_id: int) -> None:
    """Leave a tag of this act without its digit where another tag has that."""
    state = act.take("tag", tag_id)
    if _holders(act, state):
        act.put("tag", tag_id, {**state, "digit": None})


def _holders(act: Transaction, state: State) -> dict[int, State]:
    """The other tags that, as this act leaves them, are offered under the digit of `state`."""
    digit = state["digit"]
    if digit is None or state["retired_at"]:
        return {}
    found = act.connection.execute(
        "SELECT id FROM tags WHERE digit = ? AND retired_at IS NULL AND slug <> ?", (digit, state["slug"])
    ).fetchall()
    taken = act.take_many("tag", (row[0] for row in found))
    return {
        tag_id: other
        for tag_id, other in taken.items()
        if other["digit"] == digit and not other["retired_at"]
    }
