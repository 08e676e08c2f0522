"""Presence: which other sessions are in a report now, and where."""

from __future__ import annotations

from annotations.models import Presence
from annotations.processes import started, this_process
from annotations.store.record import Record, now


class Presences(Record):
    """The part of the store that says who else is there; no part of the history.

    A session that died is told by its process, so nothing has to be kept alive and nobody haunts a report.
    Every session of a record runs on one computer.
    """

    _here: tuple[int, int, int] | None = None

    def here(self, report_id: int, start: int, end: int | None = None) -> None:
        """Let others see that this session is in a report, on code points [start, end) of its text, one if
        `end` is None; cheap if it was."""
        place = (report_id, start, start + 1 if end is None else end)
        if self._here == place:
            return
        with self._writing(own=True):
            self._sweep()
            self._connection.execute(
                'INSERT INTO sessions (pid, started, reviewer_id, report_id, "offset", "end", at)'
                " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET report_id = excluded.report_id,"
                ' "offset" = excluded."offset", "end" = excluded."end",'
                " at = CASE WHEN report_id = excluded.report_id THEN at ELSE excluded.at END",
                (*this_process(), self._reviewer_id(), *place, now()),
            )
        self._here = place

    def away(self) -> None:
        """This session is in no report any more."""
        if self._here is None:
            return
        with self._writing(own=True):
            self._connection.execute("DELETE FROM sessions WHERE pid = ? AND started = ?", this_process())
        self._here = None

    def others_in(self, report_id: int) -> list[Presence]:
        """The other sessions that are in a report, longest there first; a reviewer's own second one too."""
        found = self._rows(
            'SELECT s.pid, s.started, w.name, s.report_id, s."offset", s."end", s.at FROM sessions s'
            " JOIN reviewers w ON w.id = s.reviewer_id WHERE s.report_id = ? ORDER BY s.at, s.pid",
            (report_id,),
        )
        mine = this_process()
        return [Presence(*row[2:]) for row in found if row[:2] != mine and started(row[0]) == row[1]]

    def _sweep(self) -> None:
        """Forget sessions that died."""
        for pid, since in self._rows("SELECT pid, started FROM sessions"):
            if started(pid) != since:
                self._connection.execute("DELETE FROM sessions WHERE pid = ? AND started = ?", (pid, since))
