"""History: who did what, when, and how each item was before and after."""

from __future__ import annotations

import json
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from annotations.models import Change, ChangeItem
from annotations.past_acts import SHOWN, Asked, PastAct, day_begins, local_day
from annotations.store.record import Record

_CHANGES = (
    "SELECT c.id, c.at, w.name, c.act, c.undoes, c.report_id"
    " FROM changes c JOIN reviewers w ON w.id = c.reviewer_id"
)
_OF_ANNOTATION = (
    "c.id IN (SELECT change_id FROM change_items WHERE kind = 'annotation' AND item_id = ?"
    " UNION ALL SELECT i.change_id FROM comments m JOIN change_items i"
    " ON i.kind = 'comment' AND i.item_id = m.id WHERE m.annotation_id = ?)"
)
_IN_REPORT = (
    "c.id IN (SELECT id FROM changes WHERE report_id = ?"
    " UNION ALL SELECT o.id FROM changes o WHERE o.report_id IS NULL AND EXISTS (SELECT 1 FROM change_items i"
    " JOIN annotations a ON a.id = i.item_id"
    " WHERE i.change_id = o.id AND i.kind = 'annotation' AND a.report_id = ?))"
)
_DELETION = (
    "(SELECT max(i.change_id) FROM change_items i WHERE i.kind = 'annotation' AND i.item_id = a.id"
    " AND json_extract(i.before, '$.deleted_at') IS NULL"
    " AND json_extract(i.after, '$.deleted_at') IS NOT NULL)"
)


class History(Record):
    """The part of the store that reads changes."""

    def last_change_id(self) -> int:
        """Id of the latest change; 0 if there is none."""
        return int(self._rows("SELECT coalesce(max(id), 0) FROM changes")[0][0])

    def items_since(self, change_id: int) -> int:
        """How many items the changes after the one with `change_id` have together."""
        found = self._rows("SELECT count(*) FROM change_items WHERE change_id > ?", (change_id,))
        return int(found[0][0])

    def changes_since(self, change_id: int) -> list[Change]:
        """Every change after the one with `change_id`, oldest first, this reviewer's own too."""
        return self._changes("c.id > ? ORDER BY c.id", (change_id,))

    def change(self, change_id: int) -> Change | None:
        """One change, None if there is none with that id."""
        found = self._changes("c.id = ?", (change_id,))
        return found[0] if found else None

    def history(
        self,
        annotation_id: int | None = None,
        report_id: int | None = None,
        *,
        reviewer: str | None = None,
        since: str | None = None,
        until: str | None = None,
        limit: int = 100,
    ) -> list[Change]:
        """The latest changes, newest first, as in `Asked`; at most `limit` of them.

        With `annotation_id`, a change of many items shows that annotation's alone.
        """
        where, values = _conditions(Asked(annotation_id, report_id, reviewer, since, until))
        return self._changes(f"{where} ORDER BY c.id DESC LIMIT ?", (*values, limit), annotation_id)

    def history_ids(self, asked: Asked, after: int = 0) -> tuple[array[int], array[int]]:
        """Ids of the changes asked for that came after change `after`, newest first; and beside each the id
        of the annotation that it is listed for, 0 where it is listed for itself."""
        if asked.deleted:
            return self._deletions(asked, after)
        where, values = _conditions(asked)
        found = self._rows(
            "SELECT c.id FROM changes c JOIN reviewers w ON w.id = c.reviewer_id"
            f" WHERE {where} AND c.id > ? ORDER BY c.id DESC",
            (*values, after),
        )
        ids = array("q", (row[0] for row in found))
        return ids, array("q", bytes(ids.itemsize * len(ids)))

    def _deletions(self, asked: Asked, after: int) -> tuple[array[int], array[int]]:
        """The changes that deleted what is deleted now, and the annotations, one beside the other."""
        where, values = _conditions(replace(asked, annotation_id=None, report_id=None))
        found = self._rows(
            f"SELECT c.id, d.annotation_id FROM (SELECT a.id AS annotation_id, {_DELETION} AS change_id"
            " FROM annotations a WHERE a.deleted_at IS NOT NULL"
            " AND a.report_id = coalesce(?, a.report_id) AND a.id = coalesce(?, a.id)) d"
            " JOIN changes c ON c.id = d.change_id JOIN reviewers w ON w.id = c.reviewer_id"
            f" WHERE {where} AND c.id > ? ORDER BY c.id DESC, d.annotation_id",
            (asked.report_id, asked.annotation_id, *values, after),
        )
        return array("q", (row[0] for row in found)), array("q", (row[1] for row in found))

    def history_days(self, ids: Sequence[int]) -> list[tuple[str, int]]:
        """The days (ISO, where the program runs) of the changes `ids`, newest first, and how many of the ids
        each has. It looks for where each day begins, and at nothing between."""

        def at(change_id: int) -> str:
            return str(self._rows("SELECT at FROM changes WHERE id = ?", (change_id,))[0][0])

        days: list[tuple[str, int]] = []
        first = 0
        while first < len(ids):
            day = local_day(at(ids[first]))
            begins = day_begins(day)
            behind = bisect_left(ids, True, first + 1, key=lambda one: at(one) < begins)
            days.append((day, behind - first))
            first = behind
        return days

    def past_acts(self, ids: Iterable[int], annotation_id: int | None = None) -> dict[int, PastAct]:
        """The changes of those ids, each with its first items; with `annotation_id` only with that
        annotation's item and those of comments."""
        wanted = json.dumps(list(ids))
        which = ("c.id IN (SELECT value FROM json_each(?))", (wanted,))
        changes = self._changes(*which, annotation_id, SHOWN)
        sizes = dict(
            self._rows(
                "SELECT j.value, (SELECT max(position) + 1 FROM change_items WHERE change_id = j.value)"
                " FROM json_each(?) j",
                (wanted,),
            )
        )
        titles = dict(
            self._rows(
                "SELECT id, title FROM reports WHERE id IN (SELECT value FROM json_each(?))",
                (json.dumps([change.report_id for change in changes if change.report_id]),),
            )
        )
        turned = self._turned(changes, annotation_id)
        return {
            change.id: PastAct(
                change, sizes[change.id] or 0, titles.get(change.report_id, ""), turned.get(change.id)
            )
            for change in changes
        }

    def _turned(self, changes: Iterable[Change], annotation_id: int | None) -> dict[int, Change]:
        """What each undo and redo of `changes` turned round in the end."""
        roots = {change.id: change.undoes for change in changes if change.undoes}
        while True:
            found = self._rows(
                "SELECT id, undoes FROM changes WHERE undoes IS NOT NULL"
                " AND id IN (SELECT value FROM json_each(?))",
                (json.dumps(list(set(roots.values()))),),
            )
            if not found:
                break
            further = dict(found)
            roots = {key: further.get(root, root) for key, root in roots.items()}
        those = json.dumps(list(set(roots.values())))
        acts = self._changes("c.id IN (SELECT value FROM json_each(?))", (those,), annotation_id, SHOWN)
        by_id = {act.id: act for act in acts}
        return {key: by_id[root] for key, root in roots.items() if root in by_id}

    def _changes(
        self,
        where: str,
        values: tuple[Any, ...],
        annotation_id: int | None = None,
        most: int | None = None,
    ) -> list[Change]:
        """Changes with their items, at most the first `most` of each."""
        found = self._rows(f"{_CHANGES} WHERE {where}", values)
        items: dict[int, list[ChangeItem]] = {row[0]: [] for row in found}
        for change_id, kind, item_id, before, after in self._rows(
            "SELECT change_id, kind, item_id, before, after FROM change_items"
            " WHERE change_id IN (SELECT value FROM json_each(:ids))"
            " AND (:most IS NULL OR :annotation IS NOT NULL OR position < :most)"
            " AND (:annotation IS NULL OR kind = 'comment' OR kind = 'annotation' AND item_id = :annotation)"
            " ORDER BY change_id, position",
            {"ids": json.dumps(list(items)), "annotation": annotation_id, "most": most},
        ):
            items[change_id].append(ChangeItem(kind, item_id, _state(before), _state(after)))
        changes = [(*row, tuple(items[row[0]])) for row in found]
        return [Change(*change) for change in changes]


def _conditions(asked: Asked) -> tuple[str, tuple[Any, ...]]:
    """What is asked for as a condition on changes `c` by reviewers `w`, and its values."""
    wheres: list[str] = []
    values: list[object] = []
    for condition, *given in (
        (_OF_ANNOTATION, asked.annotation_id, asked.annotation_id),
        (_IN_REPORT, asked.report_id, asked.report_id),
        ("w.name = ?", asked.reviewer),
        ("c.at >= ?", asked.since and day_begins(asked.since)),
        ("c.at < ?", asked.until and day_begins(asked.until, after=1)),
    ):
        if given[0] is not None:
            wheres.append(condition)
            values += given
    return " AND ".join(wheres) or "1", tuple(values)


def _state(text: str | None) -> dict[str, Any] | None:
    return None if text is None else json.loads(text)
