"""A field of the kind that is named (`line` or `note`); what it holds is shown below it."""

from __future__ import annotations

import sys

from reviewer.terminal.environment import prepare

prepare()

from textual.app import App, ComposeResult  # noqa: E402
from textual.widgets import Static  # noqa: E402

from reviewer.terminal.driver import ReviewerDriver  # noqa: E402
from reviewer.terminal.safe_app import SafeApp  # noqa: E402
from reviewer.widgets.fields import NoteField, TextField  # noqa: E402
from reviewer.widgets.literal import literal  # noqa: E402


class Fields(SafeApp, App[None]):
    CSS = "NoteField { height: 5; }"

    def __init__(self, kind: str) -> None:
        super().__init__(driver_class=ReviewerDriver)
        self.kind = kind

    def compose(self) -> ComposeResult:
        yield TextField() if self.kind == "line" else NoteField()
        yield Static(id="value")

    def on_input_changed(self, event: TextField.Changed) -> None:
        self.query_one("#value", Static).update(literal(f"<{event.value}>"))

    def on_text_area_changed(self, event: NoteField.Changed) -> None:
        self.query_one("#value", Static).update(literal(f"<{event.text_area.text}>"))


if __name__ == "__main__":
    Fields(sys.argv[1]).run()
