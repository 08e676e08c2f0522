"""A field to type into over a list that follows it: the pickers and the command palette are made of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message
from textual.widgets import Input

from reviewer.commands import bindings
from reviewer.screens.dialog import Dialog, ResultT
from reviewer.widgets.fields import TextField
from reviewer.widgets.item_list import ItemList
from reviewer.widgets.parts import Part
from reviewer.widgets.rows import GroupedRows


class SearchField(TextField):
    """A field whose digits and space mean something else while nothing is typed."""

    class Shortcut(Message):
        """A digit (1 to 9) or a space was typed into the empty field."""

        def __init__(self, character: str) -> None:
            super().__init__()
            self.character = character

    def on_key(self, event: events.Key) -> None:
        if not self.value and event.character and event.character in "123456789 ":
            event.stop()
            event.prevent_default()
            self.post_message(self.Shortcut(event.character))


class Chooser(Dialog[ResultT]):
    """The part that pickers and palette share; a subclass fills the list in `search`."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("picker")
    DEFAULT_CSS = """
    Chooser {
        & #query { margin: 0 1; border: none; height: 1; }
        & #found { height: 1fr; margin: 1 0 0 0; }
    }
    """

    def compose_chooser(self, placeholder: str) -> ComposeResult:
        """The field and the list."""
        yield SearchField(placeholder=placeholder, id="query")
        yield GroupedRows(self.draw, id="found")

    @property
    def field(self) -> SearchField:
        return self.query_one("#query", SearchField)

    @property
    def found(self) -> GroupedRows:
        return self.query_one("#found", GroupedRows)

    def on_mount(self) -> None:
        self.found.can_focus = False
        self.field.focus()
        self.search("")

    def draw(self, item: int, width: int) -> list[Part]:
        """Item number `item` of the list in `width` cells."""
        raise NotImplementedError

    def search(self, query: str) -> None:
        """Fill the list with what `query` finds."""
        raise NotImplementedError

    def moved(self, item: int) -> None:
        """The cursor is on another item."""

    def on_input_changed(self, event: Input.Changed) -> None:
        if event.input is self.field:
            self.search(event.value)

    def on_item_list_moved(self, message: ItemList.Moved) -> None:
        self.moved(message.item)

    def on_item_list_chosen(self, message: ItemList.Chosen) -> None:
        self.action_accept()

    def action_accept(self) -> None:
        raise NotImplementedError

    def _step(self, move: Callable[[], None]) -> None:
        """Move the cursor and follow it at once, so that all of it is drawn in one frame."""
        move()
        self.moved(self.found.cursor)

    def action_down(self) -> None:
        self._step(lambda: self.found.action_cursor(1))

    def action_up(self) -> None:
        self._step(lambda: self.found.action_cursor(-1))

    def action_page_down(self) -> None:
        self._step(lambda: self.found.action_page(1))

    def action_page_up(self) -> None:
        self._step(lambda: self.found.action_page(-1))

    def action_mark(self) -> None:
        """Mark the item under the cursor, where several can be chosen."""

    def action_role(self) -> None:
        """Change the role of the item under the cursor, where it has one."""
