"""A line to type a search into: a label and a field. Its Input messages bubble up to the screen."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static

from reviewer.widgets.fields import TextField
from reviewer.widgets.literal import literal


class SearchLine(Horizontal):
    """`label`: what is typed here, in the reader's language."""

    DEFAULT_CSS = """
    SearchLine {
        height: 1; background: $field;
        & Static { color: $quiet; width: auto; padding: 0 1; }
        & TextField { width: 1fr; padding: 0; border: none; height: 1; background: $field; }
    }
    """

    def __init__(self, label: str, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._label = label

    def compose(self) -> ComposeResult:
        yield Static(literal(self._label))
        yield TextField()

    @property
    def field(self) -> TextField:
        return self.query_one(TextField)
