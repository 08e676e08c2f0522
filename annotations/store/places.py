"""What a session would miss: a reviewer's place in each report, half-typed notes, what screens remember."""

from __future__ import annotations

from annotations.errors import Invalid
from annotations.models import Place
from annotations.store.record import Record, now
from reports.errors import N_


class Places(Record):
    """The part of the store that is each reviewer's own and no part of the history."""

    def place(self, report_id: int) -> Place | None:
        """Where this reviewer was in a report; None if never there."""
        found = self._rows(
            'SELECT report_id, revision_id, "offset", unit, read, share, at FROM places'
            " WHERE reviewer_id = ? AND report_id = ?",
            (self._reviewer_id(), report_id),
        )
        return Place(*found[0]) if found else None

    def save_place(
        self, report_id: int, revision_id: int, offset: int, unit: str, read: bytes, share: float
    ) -> None:
        """Keep where this reviewer is, as in `Place`; Invalid unless the report has that revision."""
        with self._writing(own=True):
            if not self._rows(
                "SELECT 1 FROM revisions WHERE id = ? AND report_id = ?", (revision_id, report_id)
            ):
                raise Invalid(N_("Report {id} has no such text. Open it again."), id=report_id)
            self._connection.execute(
                "INSERT OR REPLACE INTO places"
                ' (reviewer_id, report_id, revision_id, "offset", unit, read, share, at)'
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (self._reviewer_id(), report_id, revision_id, offset, unit, bytes(read), float(share), now()),
            )

    def draft(self, annotation_id: int) -> str | None:
        """The note that this reviewer was typing for an annotation; None if none."""
        found = self._rows(
            "SELECT text FROM drafts WHERE reviewer_id = ? AND annotation_id = ?",
            (self._reviewer_id(), annotation_id),
        )
        return found[0][0] if found else None

    def drafts(self) -> dict[int, str]:
        """Every note that this reviewer was typing, by annotation id, latest first."""
        return dict(
            self._rows(
                "SELECT annotation_id, text FROM drafts WHERE reviewer_id = ?"
                " ORDER BY at DESC, annotation_id",
                (self._reviewer_id(),),
            )
        )

    def save_draft(self, annotation_id: int, text: str) -> None:
        """Keep a note that is being typed; Invalid if there is no such annotation."""
        with self._writing(own=True):
            if not self._rows("SELECT 1 FROM annotations WHERE id = ?", (annotation_id,)):
                raise Invalid(N_("There is no annotation {id}."), id=annotation_id)
            self._connection.execute(
                "INSERT OR REPLACE INTO drafts (reviewer_id, annotation_id, text, at) VALUES (?, ?, ?, ?)",
                (self._reviewer_id(), annotation_id, _storable(text), now()),
            )

    def drop_draft(self, annotation_id: int) -> None:
        """Forget a note that was being typed."""
        if self.draft(annotation_id) is None:
            return
        with self._writing(own=True):
            self._connection.execute(
                "DELETE FROM drafts WHERE reviewer_id = ? AND annotation_id = ?",
                (self._reviewer_id(), annotation_id),
            )

    def recall(self, name: str) -> str | None:
        """What this reviewer's screens remember under `name`."""
        found = self._rows(
            "SELECT value FROM memories WHERE reviewer_id = ? AND name = ?", (self._reviewer_id(), name)
        )
        return found[0][0] if found else None

    def remember(self, name: str, value: str | None) -> None:
        """Remember `value` under `name` for this reviewer; None forgets it. What is so is not written."""
        if self.recall(name) == value:
            return
        with self._writing(own=True):
            self._connection.execute(
                "DELETE FROM memories WHERE reviewer_id = ? AND name = ?", (self._reviewer_id(), name)
            )
            if value is not None:
                self._connection.execute(
                    "INSERT INTO memories (reviewer_id, name, value) VALUES (?, ?, ?)",
                    (self._reviewer_id(), name, _storable(value)),
                )


def _storable(text: str) -> str:
    """`text` as typed, but for broken characters, which no database takes."""
    return text.encode("utf-8", "replace").decode("utf-8")
