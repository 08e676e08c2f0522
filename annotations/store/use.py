"""How much tags and agencies are used, and which this reviewer used last."""

from __future__ import annotations

from annotations.store.record import Record

_HIDDEN = """
    SELECT id FROM annotations WHERE deleted_at IS NOT NULL
    UNION SELECT a.id FROM reports r CROSS JOIN annotations a ON a.report_id = r.id
    WHERE r.deleted_at IS NOT NULL AND a.deleted_at IS NULL
"""
_RECENT_CHANGES = 100


class Use(Record):
    """The part of the store that counts. Only annotations that are in the issue list count."""

    def tag_counts(self) -> dict[int, int]:
        """Number of annotations by tag id; tags without any are left out."""
        return self._counts("annotation_tags", "tag_id")

    def agency_use(self, report_id: int | None = None) -> dict[int, int]:
        """Number of annotations by agency id, in one report or in all; agencies without any are left out."""
        if report_id is None:
            return self._counts("annotation_agencies", "agency_id")
        return dict(
            self._rows(
                "SELECT x.agency_id, count(*) FROM annotations a"
                " JOIN annotation_agencies x ON x.annotation_id = a.id"
                " WHERE a.report_id = ? AND a.deleted_at IS NULL GROUP BY x.agency_id",
                (report_id,),
            )
        )

    def owned(self) -> dict[str, int]:
        """Number of unfinished annotations by the name of who sees to them, nobody without any."""
        return dict(
            self._rows(
                "SELECT w.name, o.found FROM (SELECT owner_id, count(*) AS found FROM annotations"
                " INDEXED BY annotations_by_owner"
                " WHERE owner_id IS NOT NULL AND status IN ('open', 'in-progress') AND deleted_at IS NULL"
                " GROUP BY owner_id) o JOIN reviewers w ON w.id = o.owner_id"
            )
        )

    def recent_tags(self, limit: int = 9) -> tuple[int, ...]:
        """Ids of the tags that this reviewer put on last, latest first."""
        return self._recent("$.tags", "value", limit)

    def recent_agencies(self, limit: int = 9) -> tuple[int, ...]:
        """Ids of the agencies that this reviewer linked last, latest first."""
        return self._recent("$.links", "json_extract(value, '$[0]')", limit)

    def _counts(self, table: str, column: str) -> dict[int, int]:
        """All rows less those of hidden annotations, which are few: both are read from indexes alone."""
        counts: dict[int, int] = dict(self._rows(f"SELECT {column}, count(*) FROM {table} GROUP BY {column}"))
        for item_id, hidden in self._rows(
            f"SELECT x.{column}, count(*) FROM ({_HIDDEN}) h CROSS JOIN {table} x ON x.annotation_id = h.id"
            f" GROUP BY x.{column}"
        ):
            counts[item_id] -= hidden
        return {item_id: count for item_id, count in counts.items() if count}

    def _recent(self, path: str, value: str, limit: int) -> tuple[int, ...]:
        """Ids that the reviewer's latest changes added at `path` of an annotation's state."""
        found = self._rows(
            "WITH recent AS (SELECT id FROM changes WHERE reviewer_id = ? AND undoes IS NULL"
            "   ORDER BY id DESC LIMIT ?),"
            " items AS (SELECT i.change_id, i.before, i.after FROM recent c"
            "   JOIN change_items i ON i.change_id = c.id AND i.position = 0 AND i.kind = 'annotation')"
            f" SELECT {value} AS id, max(i.change_id) AS at, key FROM items i, json_each(i.after, ?)"
            f" WHERE {value} NOT IN (SELECT {value} FROM json_each(coalesce(i.before, '{{}}'), ?))"
            f" GROUP BY {value} ORDER BY at DESC, key DESC LIMIT ?",
            (self._reviewer_id(), _RECENT_CHANGES, path, path, limit),
        )
        return tuple(row[0] for row in found)
