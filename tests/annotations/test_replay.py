"""The history replayed gives the tables, whatever was done; a row of any kind changed by hand is found."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

from annotations.models import Act
from annotations.sqlite import sqlite3
from annotations.store import Store
from annotations.store.kinds import KINDS
from reports.errors import ReviewError
from tests.annotations.test_roles import ACTS, world  # noqa: F401

STEPS = 150
SPOILT = {
    "annotation": "note = 'lén sửa'",
    "report": "title = 'lén sửa'",
    "tag": "label_vi = 'lén sửa'",
    "agency": "name = 'lén sửa'",
    "person": "created_at = '2020-01-01T00:00:00Z'",
    "comment": "text = 'lén sửa'",
    "view": "name = 'lén sửa'",
}
"""What somebody with another program does to a row of each kind."""


def replayed(store: Store) -> dict[tuple[str, int], Any]:
    """Every item as the latest change on it left it."""
    return {
        (kind, item_id): json.loads(after)
        for kind, item_id, after in store._rows(
            "SELECT kind, item_id, after FROM change_items ORDER BY change_id, position"
        )
    }


def stored(store: Store, keys: set[tuple[str, int]]) -> dict[tuple[str, int], Any]:
    """Those items as the tables have them."""
    return {
        (name, item_id): state
        for name, kind in KINDS.items()
        for item_id, state in kind.read(
            store._connection, [number for kind_name, number in keys if kind_name == name]
        ).items()
    }


def one_of_each(store: Store) -> None:
    """A change on an item of every kind."""
    store.comment(1, "Đã hỏi.")
    store.save_view("Của tôi", "status:open")
    store.edit_agency(1, 1, short="CQ")
    store.edit_tag(1, 1, label_en="Other")


@pytest.mark.parametrize("seed", range(3))
def test_whatever_was_done_the_history_replays_to_the_tables(world: Store, seed: int) -> None:  # noqa: F811
    chance, done = random.Random(seed), set[str]()
    names = ["minh", "vân", world.reviewer]
    stores = [Store.open(world.path, name) for name in names]
    one_of_each(world)
    for _ in range(STEPS):
        store = chance.choice(stores)
        annotation = store.annotation(chance.randrange(1, 9))
        turn = chance.random()
        try:
            if turn < 0.15:
                change = store.undo()
            elif turn < 0.2:
                change = store.redo()
            else:
                change = chance.choice(list(ACTS.values()))[1](store, annotation)
        except (ReviewError, StopIteration):
            continue
        done.add(getattr(change, "act", ""))
    found = replayed(world)
    assert stored(world, set(found)) == found
    assert world.check() == [] and world.verify() == []
    assert len(done) > 15 and Act.UNDO in done
    for store in stores:
        store.close()


@pytest.mark.parametrize("kind", KINDS)
def test_a_row_that_was_changed_by_hand_is_found(world: Store, kind: str) -> None:  # noqa: F811
    one_of_each(world)
    assert set(SPOILT) == set(KINDS) == {name for name, _number in replayed(world)}
    item_id = next(number for name, number in replayed(world) if name == kind)
    by_hand = sqlite3.connect(world.path)
    by_hand.execute(f"UPDATE {KINDS[kind].table} SET {SPOILT[kind]} WHERE id = ?", (item_id,))
    by_hand.commit()
    by_hand.close()
    assert f"{kind} {item_id}" in {problem.subject for problem in world.check()}


@pytest.mark.parametrize("kind", KINDS)
def test_an_item_whose_change_was_taken_out_is_found(world: Store, kind: str) -> None:  # noqa: F811
    one_of_each(world)
    change = world._rows("SELECT max(change_id) FROM change_items WHERE kind = ?", (kind,))[0][0]
    by_hand = sqlite3.connect(world.path)
    by_hand.execute("DELETE FROM change_items WHERE change_id = ? AND kind = ?", (change, kind))
    by_hand.commit()
    by_hand.close()
    assert f"change {change}" in {problem.subject for problem in world.verify()}
    assert world.check() != []
