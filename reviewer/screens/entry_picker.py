"""Chooses one entry of the directory or the codebook: into which another is merged."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Generic, TypeVar

from textual.app import ComposeResult
from textual.widgets import Static

from annotations.models import Agency, Tag
from annotations.ranking import PickerContext, PickerIndex, Ranked
from reviewer.commands import Hint
from reviewer.i18n import _, language
from reviewer.screens.chooser import Chooser, SearchField
from reviewer.widgets.literal import literal
from reviewer.widgets.parts import Part, both_ends

if TYPE_CHECKING:
    from reviewer.screens.browser import BrowserScreen

T = TypeVar("T", bound=Agency | Tag)
SHOWN = 200


class EntryPicker(Chooser[T | None], Generic[T]):
    """Dismissed with the entry chosen from `index`, which is not the one of id `without`; `about` says what
    choosing the entry under the cursor comes to."""

    PLACE = "picker"
    DEFAULT_CSS = """
    EntryPicker {
        & > #box { width: 84; height: 80%; max-height: 30; }
        & #about { height: 2; padding: 0 1; margin: 1 0 0 0; }
    }
    """

    def __init__(self, title: str, index: PickerIndex[T], without: int, about: Callable[[T], str]) -> None:
        super().__init__()
        self._title = title
        self._index = index
        self._without = without
        self._about = about
        self._rows: list[Ranked[T]] = []

    def title_text(self) -> str:
        return self._title

    def compose_body(self) -> ComposeResult:
        yield from self.compose_chooser(_("Any part of a name"))
        yield Static(id="about")

    def hints(self) -> list[Hint]:
        return [Hint("Enter", _("take"), "accept"), Hint("Esc", _("close"), "cancel")]

    def on_search_field_shortcut(self, message: SearchField.Shortcut) -> None:
        self.field.insert_text_at_cursor(message.character)

    def search(self, query: str) -> None:
        ranked = self._index.rank(query.strip(), PickerContext(), SHOWN)
        self._rows = [row for row in ranked if row.entry.id != self._without]
        self.found.show_items(len(self._rows), {})
        self.moved(0)

    def draw(self, item: int, width: int) -> list[Part]:
        entry = self._rows[item].entry
        beside = entry.short if isinstance(entry, Agency) else entry.key
        return both_ends([(entry.label(language()), "")], [(beside, "quiet")] if beside else [], width)

    def moved(self, item: int) -> None:
        said = self._about(self._rows[item].entry) if item < len(self._rows) else ""
        self.query_one("#about", Static).update(literal(said))

    def action_accept(self) -> None:
        if self._rows:
            self.dismiss(self._rows[self.found.cursor].entry)


def ask_for_merge(screen: BrowserScreen[T], entry: T) -> None:
    """Ask into which entry `entry` of `screen` is to be merged, say what will follow, and do it."""
    from reviewer.screens.dialogs import Confirm

    def chosen(target: T | None) -> None:
        if target is None:
            return

        def answered(yes: bool | None) -> None:
            if yes:
                screen.merge_into(entry, target)

        question = screen.follow_words(entry, target)
        screen.app.push_screen(Confirm(_("Merge?"), question, _("merge")), answered)

    live = [other for other in screen.entries() if not other.retired]
    title = _("Merge “{name}” into").format(name=entry.label(language()))
    picker = EntryPicker(
        title, screen.index(live), entry.id, lambda target: screen.follow_words(entry, target)
    )
    screen.app.push_screen(picker, chosen)
