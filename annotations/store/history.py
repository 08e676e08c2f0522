"""History: who did what, when, and how each item was before and after."""

from __future__ import annotations

import json

from annotations.models import Change, ChangeItem
from annotations.store.record import Record

_CHANGES = (
    "SELECT c.id, c.at, w.name, c.act, c.undoes, c.report_id"
    " FROM changes c JOIN reviewers w ON w.id = c.reviewer_id"
)


class History(Record):
    """The part of the store that reads changes."""

    def last_change_id(self) -> int:
        """Id of the latest change; 0 if there is none."""
        return int(self._rows("SELECT coalesce(max(id), 0) FROM changes")[0][0])

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
        limit: int = 100,
    ) -> list[Change]:
        """The latest changes, newest first: of one annotation, in one report, by one reviewer, or all.

        With `annotation_id`, a change of many items shows that annotation's alone.
        """
        wheres, values = ["1"], list[object]()
        if annotation_id is not None:
            wheres.append(
                "c.id IN (SELECT change_id FROM change_items WHERE kind = 'annotation' AND item_id = ?)"
            )
            values.append(annotation_id)
        if report_id is not None:
            wheres.append("c.report_id = ?")
            values.append(report_id)
        if reviewer is not None:
            wheres.append("w.name = ?")
            values.append(reviewer)
        where = f"{' AND '.join(wheres)} ORDER BY c.id DESC LIMIT ?"
        return self._changes(where, (*values, limit), annotation_id)

    def _changes(
        self, where: str, values: tuple[object, ...], annotation_id: int | None = None
    ) -> list[Change]:
        found = self._rows(f"{_CHANGES} WHERE {where}", values)
        items: dict[int, list[ChangeItem]] = {row[0]: [] for row in found}
        for change_id, kind, item_id, before, after in self._rows(
            "SELECT change_id, kind, item_id, before, after FROM change_items"
            " WHERE change_id IN (SELECT value FROM json_each(?))"
            " AND (? IS NULL OR (kind = 'annotation' AND item_id = ?)) ORDER BY change_id, position",
            (json.dumps(list(items)), annotation_id, annotation_id),
        ):
            items[change_id].append(ChangeItem(kind, item_id, _state(before), _state(after)))
        changes = [(*row, tuple(items[row[0]])) for row in found]
        return [Change(*change) for change in changes]


def _state(text: str | None) -> dict[str, object] | None:
    return None if text is None else json.loads(text)
