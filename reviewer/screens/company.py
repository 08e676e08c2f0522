"""Who else is in the report that is being read, as the first line says it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotations.models import Presence
from reviewer.i18n import _
from reviewer.widgets.parts import Part

if TYPE_CHECKING:
    from annotations.store import Store

LOOK = 1.0
"""Seconds between two looks around; a look writes nothing, and nothing is drawn unless somebody moved."""


class Company:
    """The other sessions in one report, and this one as they see it."""

    def __init__(self, store: Store, report_id: int) -> None:
        self._store = store
        self._report_id = report_id
        self._others: list[Presence] = []
        self._said: tuple[object, ...] = ()

    def tell(self, start: int, end: int) -> None:
        """Let the others see where this session is: code points [start, end) of the text."""
        self._store.here(self._report_id, start, end)

    def leave(self) -> None:
        """Be seen here no more."""
        self._store.away()

    def look(self, start: int, end: int) -> bool:
        """Look around; whether there is something else to say than before, of the range [start, end) too."""
        self._others = self._store.others_in(self._report_id)
        said = (self.names(), self.beside(start, end))
        changed, self._said = said != self._said, said
        return changed

    def names(self) -> tuple[str, ...]:
        """Who else is here, each once."""
        return tuple(dict.fromkeys(other.reviewer for other in self._others))

    def beside(self, start: int, end: int) -> str | None:
        """Who else has something current that shares words with [start, end), if anybody."""
        return next(
            (other.reviewer for other in self._others if other.start < end and start < other.end), None
        )

    def parts(self, start: int, end: int) -> list[Part]:
        """What the first line says of them; nothing where one is alone."""
        if (name := self.beside(start, end)) is not None:
            return [(" · ", "quiet"), (_("{name} is on this passage").format(name=name), "accent")]
        names = self.names()
        return [(" · " + _("{names} here").format(names=", ".join(names)), "quiet")] if names else []
