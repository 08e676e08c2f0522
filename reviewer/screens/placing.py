"""Reading to say by hand which words an annotation belongs to in the latest text."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from annotations.models import Annotation, Report
from reports.passage import Passage, make_passage
from reviewer.commands import Hint, bindings, key_name, keys_of
from reviewer.commands import command as command_named
from reviewer.i18n import _
from reviewer.screens.reading import ReadingScreen
from reviewer.widgets.text_cursor import TextCursor

if TYPE_CHECKING:
    from annotations.store import Store


class PlacingScreen(ReadingScreen):
    """The report with everything that reading has; Enter calls `placed` with the current range and closes.

    `start`, `end`: code points that are the current range at first. Where the reviewer reads stays as it was.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("placing")

    def __init__(
        self,
        store: Store,
        report: Report,
        annotation: Annotation,
        start: int,
        end: int,
        placed: Callable[[Passage], None],
    ) -> None:
        super().__init__(store, report)
        self._annotation = annotation
        self._range = (start, end)
        self._placed = placed

    def first_cursor(self) -> TextCursor:
        return super().first_cursor().at(*self._range)

    def action_place(self) -> None:
        """The annotation belongs to the current range."""
        passage = make_passage(self.acts.document, self.cursor.start, self.cursor.end)
        self.dismiss(None)
        self._placed(passage)

    def keep_place_soon(self) -> None:
        """Nothing is kept: this is no reading."""

    def _save_place(self) -> None:
        """Nothing is kept: this is no reading."""

    def hints(self) -> list[Hint]:
        keys = keys_of(command_named("placing.place"), self.home.settings.keys)
        return [Hint(key_name(keys[0]), _("it belongs here"), "place"), *super().hints()]

    def show_title(self) -> None:
        said = _("placing #{id}: select its words, Enter").format(id=self._annotation.id)
        self.heading.show([(said, "accent"), (f" · {self._annotation.exact}", "quiet")], [])
