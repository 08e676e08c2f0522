"""The store: one method is one act, one transaction and one change."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from annotations import chain
from annotations.database import backup, check, connect
from annotations.errors import Problem
from annotations.models import Anchor
from annotations.store.agencies import Agencies
from annotations.store.bulk import Bulk, BulkFields
from annotations.store.comments import Comments
from annotations.store.continuing import Continuing
from annotations.store.people import People
from annotations.store.places import Places
from annotations.store.presence import Presences
from annotations.store.revisions import Revisions
from annotations.store.tags import Tags
from annotations.store.undo import Undo
from annotations.store.use import Use
from annotations.store.views import Views

if TYPE_CHECKING:
    from annotations.issues import Issues

__all__ = ["BulkFields", "Store"]


class Store(
    Revisions, Continuing, Tags, Agencies, Use, Undo, Places, Presences, People, Views, Bulk, Comments
):
    """The record as one reviewer writes it. Its parts are its bases, a subject each.

    Every act is committed, on the disk, when its method returns. Any method can raise DatabaseRefused where
    the file cannot be read or written; then nothing was saved. For use in one thread.
    """

    _issues: Issues | None = None

    @classmethod
    def open(cls, path: Path | str, reviewer: str, *, create: bool = True, readonly: bool = False) -> Store:
        """The record at `path`, for the reviewer of that name; made there if missing, unless not `create`.

        Raises DatabaseRefused, with what to do; NotAdmitted where the record does not know the reviewer;
        Invalid if the name is empty.
        """
        connection = connect(path, readonly=readonly, create=create)
        try:
            return cls(connection, reviewer)
        except BaseException:
            connection.close()
            raise

    @property
    def issues(self) -> Issues:
        """The issue list of this record, on the same connection."""
        if self._issues is None:
            from annotations.issues import Issues

            self._issues = Issues(self._connection, self.tags, self.agencies, reviewer=self.reviewer)
        return self._issues

    def check(self) -> list[Problem]:
        """What is not as it must be in the file; see `annotations.check`."""
        return check(self.path)

    def verify(self, *anchors: Anchor) -> list[Problem]:
        """What is wrong with the history, also against anchors kept elsewhere; see `annotations.chain`."""
        return list(chain.verify(self._connection, anchors))

    def backup(self, target: Path | str) -> Path:
        """Copy the record to a new file while others go on writing; see `annotations.backup`."""
        return backup(self.path, target)

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
