"""What others did, told to every screen soon after; a change of many annotations holds up none of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from reports.errors import ReviewError

if TYPE_CHECKING:
    from textual.app import App
    from textual.signal import Signal

    from annotations.models import Change
    from annotations.store import Store

    _Base = App[Any]
else:
    _Base = object

AT_ONCE = 300
"""Items of changes that are read without a thread, at most."""


class Following(_Base):
    """A mixin, put before `App`. `following`: whether others' changes are looked for; not while a large one
    of one's own is written or one of theirs is read in a thread."""

    store: Store
    changes: Signal[Change]
    show_rights: Callable[[Change], None]
    refuse: Callable[[ReviewError], None]
    following = True
    _version = 0
    _seen = 0

    def begin_following(self) -> None:
        """What was done up to now is known."""
        self._version = self.store.data_version()
        self._seen = self.store.last_change_id()

    def publish(self, change: Change) -> None:
        """Tell every screen of an act of this session."""
        self._seen = max(self._seen, change.id)
        self.changes.publish(change)

    def follow(self) -> None:
        """Look for what others did; a look takes microseconds and writes nothing."""
        version = self.store.data_version()
        if version == self._version or not self.following:
            return
        self._version = version
        if self.store.items_since(self._seen) <= AT_ONCE:
            self._take_up(self.store.changes_since(self._seen))
        else:
            self._read_apart()

    def _take_up(self, changes: Sequence[Change]) -> None:
        for change in changes:
            if change.id > self._seen:
                self._seen = change.id
                self.changes.publish(change)
                self.show_rights(change)

    def _read_apart(self) -> None:
        """Read what is new in a thread, on a connection of its own."""
        path, reviewer, seen = self.store.path, self.store.reviewer, self._seen
        self.following = False

        def read() -> None:
            from annotations.store import Store

            try:
                with Store.open(path, reviewer, create=False, readonly=True) as store:
                    changes = store.changes_since(seen)
            except ReviewError as error:
                self.call_later(self.refuse, error)
            else:
                self.call_later(self._take_up, changes)
            finally:
                self.following = True

        self.run_worker(read, thread=True, group="follow")
