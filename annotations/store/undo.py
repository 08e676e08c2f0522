"""Undo and redo: each reviewer their own acts, from the stored changes alone, so after a restart too."""

from __future__ import annotations

import json

from annotations import roles
from annotations.errors import NothingToUndo, UndoRefused
from annotations.models import Act, Change, ChangeItem
from annotations.store.digits import yield_digit
from annotations.store.history import History
from annotations.store.kinds import KINDS, State, same
from annotations.store.transaction import Transaction
from reports.errors import N_

_PASSED_OVER = json.dumps(sorted(roles.NEVER_UNDONE))
_CHANGED = {
    "annotation": N_("{reviewer} has changed annotation {id} since ({at}). Nothing was changed."),
    "report": N_("{reviewer} has changed report {id} since ({at}). Nothing was changed."),
    "tag": N_("{reviewer} has changed tag {id} since ({at}). Nothing was changed."),
    "agency": N_("{reviewer} has changed agency {id} since ({at}). Nothing was changed."),
    "comment": N_("{reviewer} has changed comment {id} since ({at}). Nothing was changed."),
    "view": N_("{reviewer} has changed view {id} since ({at}). Nothing was changed."),
}
_USED = {
    "report": (
        N_("{reviewer} has marked a passage in report {id} since ({at}). Nothing was changed."),
        "SELECT min(id) FROM annotations WHERE report_id = ? AND deleted_at IS NULL",
    ),
    "tag": (
        N_("{reviewer} has put tag {id} on a passage since ({at}). Nothing was changed."),
        "SELECT min(a.id) FROM annotation_tags x JOIN annotations a ON a.id = x.annotation_id"
        " WHERE x.tag_id = ? AND a.deleted_at IS NULL",
    ),
    "agency": (
        N_("{reviewer} has linked agency {id} to a passage since ({at}). Nothing was changed."),
        "SELECT min(a.id) FROM annotation_agencies x JOIN annotations a ON a.id = x.annotation_id"
        " WHERE x.agency_id = ? AND a.deleted_at IS NULL",
    ),
}


class Undo(History):
    """The part of the store that turns acts round.

    An undo or redo restores the whole state that each item had, if the item still is as the act left it, and
    is itself a change. A new act ends what can be redone.
    """

    def undo(self, *, older_than: int | None = None) -> Change:
        """Turn round this reviewer's latest act that stands; `older_than`: leave that change and all later
        ones alone.

        Raises NothingToUndo, and UndoRefused where an item has been changed since, saying by whom and when.
        """
        with self._act(Act.UNDO) as act:
            turned = self._latest_act_id(act.reviewer_id, older_than)
            if turned is None:
                raise NothingToUndo(N_("There is nothing of yours to undo."))
            self._turn_back(act, turned)
        return act.change

    def redo(self) -> Change:
        """Do again what this reviewer's latest undo turned round; NothingToUndo, UndoRefused as in `undo`."""
        with self._act(Act.REDO) as act:
            turned = self._latest_undo_id(act.reviewer_id)
            if turned is None:
                raise NothingToUndo(N_("There is nothing of yours to redo."))
            self._turn_back(act, turned)
        return act.change

    def turned_items(self, *, redo: bool = False) -> int:
        """How many items the next `undo` (or `redo`) would turn round; 0 where there is nothing to."""
        mine = self._reviewer_id()
        turned = self._latest_undo_id(mine) if redo else self._latest_act_id(mine, None)
        counted = self._rows("SELECT count(*) FROM change_items WHERE change_id = ?", (turned,))
        return int(counted[0][0])

    def next_undone(self) -> Change | None:
        """The act that the next `undo` would turn round; None where there is nothing to."""
        turned = self._latest_act_id(self._reviewer_id(), None)
        return None if turned is None else self.change(turned)

    def _own_before(self, reviewer_id: int, change_id: int | None) -> tuple[int, str, int | None] | None:
        """The reviewer's latest change before `change_id` that can be turned round: its id, act, and which
        one it turned round itself."""
        found = self._rows(
            "SELECT id, act, undoes FROM changes WHERE reviewer_id = ? AND id < coalesce(?, id + 1)"
            " AND act NOT IN (SELECT value FROM json_each(?)) ORDER BY id DESC LIMIT 1",
            (reviewer_id, change_id, _PASSED_OVER),
        )
        return found[0] if found else None

    def _latest_act_id(self, reviewer_id: int, before: int | None) -> int | None:
        """An undo and all back to what it turned round cancel out; the rest of the acts stand."""
        while found := self._own_before(reviewer_id, before):
            change_id, name, before = found
            if name != Act.UNDO:
                return change_id
        return None

    def _latest_undo_id(self, reviewer_id: int) -> int | None:
        """A redo and all back to the undo that it turned round cancel out."""
        before: int | None = None
        while found := self._own_before(reviewer_id, before):
            change_id, name, before = found
            if name == Act.UNDO:
                return change_id
            if name != Act.REDO:
                return None
        return None

    def _turn_back(self, act: Transaction, change_id: int) -> None:
        change = self.change(change_id)
        assert change is not None
        act.undoes, act.turned = change_id, self._root(change)
        roles.refuse(act.role, act.turned)
        for kind in KINDS:
            items = [item for item in change.items if item.kind == kind]
            found = act.take_many(kind, (item.item_id for item in items))
            for item in items:
                self._refuse_changed(change_id, item, found[item.item_id])
                act.put(kind, item.item_id, _restored(act, item, found[item.item_id]))
        for item in change.items:
            if item.kind == "tag":
                yield_digit(act, item.item_id)

    def _root(self, change: Change) -> Act:
        """What was done in the first place, where undos and redos of it followed."""
        name, undoes = change.act, change.undoes
        while undoes is not None:
            name, undoes = self._rows("SELECT act, undoes FROM changes WHERE id = ?", (undoes,))[0]
        return Act(name)

    def _refuse_changed(self, change_id: int, item: ChangeItem, found: State) -> None:
        assert item.after is not None
        if not same(found, {**found, **item.after}):
            self._refuse(_CHANGED[item.kind], change_id, item.kind, item.item_id, item.item_id)
        if item.kind == "report" and item.before is not None:
            self._refuse_used_text(change_id, item, found)
        if item.before is None and item.kind in _USED:
            template, query = _USED[item.kind]
            user = self._rows(query, (item.item_id,))[0][0]
            if user is not None:
                self._refuse(template, change_id, "annotation", user, item.item_id)

    def _refuse_used_text(self, change_id: int, item: ChangeItem, found: State) -> None:
        """Raise where a text is to be withdrawn that has annotations besides those that came with it."""
        assert item.before is not None
        if "revisions" not in item.before or len(item.before["revisions"]) >= len(found["revisions"]):
            return
        others = self._rows(
            "SELECT min(a.id) FROM annotations a JOIN revisions v ON v.id = a.revision_id"
            " WHERE v.report_id = ? AND v.withdrawn_at IS NULL AND a.deleted_at IS NULL"
            " AND v.number = (SELECT max(number) FROM revisions WHERE report_id = v.report_id"
            "   AND withdrawn_at IS NULL)"
            " AND a.id NOT IN (SELECT item_id FROM change_items WHERE kind = 'annotation' AND change_id = ?)",
            (item.item_id, change_id),
        )[0][0]
        if others is not None:
            self._refuse(_USED["report"][0], change_id, "annotation", others, item.item_id)

    def _refuse(self, template: str, change_id: int, kind: str, by_item: int, item_id: int) -> None:
        """Raise UndoRefused, naming who changed item `by_item` last and when."""
        reviewer, at = self._rows(
            "SELECT w.name, c.at FROM changes c JOIN reviewers w ON w.id = c.reviewer_id"
            " WHERE c.id = (SELECT max(change_id) FROM change_items WHERE kind = ? AND item_id = ?)",
            (kind, by_item),
        )[0]
        raise UndoRefused(template, change_id, reviewer=reviewer, at=at, id=item_id)


def _restored(act: Transaction, item: ChangeItem, found: State) -> State:
    """The state to leave `item` in: the one before, or gone where it did not exist."""
    if item.before is None:
        return {**found, KINDS[item.kind].gone: act.at}
    return {**found, **item.before}
