"""A line at the foot of the screen that asks for one thing: words to find, a filter."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input, Static
from textual.widgets.input import Selection

from reviewer.widgets.fields import TextField
from reviewer.widgets.literal import literal


class AskLine(Horizontal):
    """Hidden until `ask`; what it asked for is its `topic`, which comes back with what was typed."""

    DEFAULT_CSS = """
    AskLine {
        display: none; height: 1; background: $surface;
        &.asking { display: block; }
        & Static { width: auto; padding: 0 1; color: $accent; }
        & TextField { width: 1fr; height: 1; border: none; padding: 0; background: $surface; }
        & #answer { color: $quiet; }
        & #answer.warning { color: $warning; }
    }
    """

    class Typed(Message):
        """The text changed."""

        def __init__(self, topic: str, text: str) -> None:
            super().__init__()
            self.topic = topic
            self.text = text

    class Entered(Typed):
        """Enter was pressed."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.topic = ""

    def compose(self) -> ComposeResult:
        yield Static(id="question")
        yield TextField(id="asked")
        yield Static(id="answer")

    @property
    def asking(self) -> bool:
        return self.has_class("asking")

    def ask(self, topic: str, question: str, text: str = "", *, select: bool = False) -> None:
        """Show the line with `question` in front and `text` to go on from; `select`: typing overwrites it."""
        self.topic = topic
        field = self.query_one(TextField)
        self.query_one("#question", Static).update(literal(question))
        self.answer("")
        with self.prevent(Input.Changed):
            field.value = text
        self.add_class("asking")
        field.focus()
        field.selection = Selection(0 if select else len(text), len(text))

    def answer(self, text: str, *, warning: bool = False) -> None:
        """Say at the right what came of it; `warning`: that nothing did."""
        answer = self.query_one("#answer", Static)
        answer.update(literal(text))
        answer.set_class(warning, "warning")

    def close(self) -> None:
        """Hide the line."""
        self.remove_class("asking")

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if self.asking:
            self.post_message(self.Typed(self.topic, event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.Entered(self.topic, event.value))
