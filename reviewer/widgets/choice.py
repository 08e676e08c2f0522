"""One line that holds one of a few values: the arrows or a click go on to the next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from reviewer.commands import bindings
from reviewer.widgets.parts import CLASSES, Part, crop_parts, parts_strip


class Choice(Widget, can_focus=True):
    """`options`: values and what each is called. `value`: the one that is chosen."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = bindings("choice")
    COMPONENT_CLASSES: ClassVar[set[str]] = CLASSES
    DEFAULT_CSS = """
    Choice { height: 1; width: 1fr; margin: 0 1; background: $field; }
    """

    class Changed(Message):
        """Another value was chosen."""

        def __init__(self, choice: Choice, value: str) -> None:
            super().__init__()
            self.choice = choice
            self.value = value

        @property
        def control(self) -> Choice:
            return self.choice

    def __init__(
        self,
        options: Sequence[tuple[str, str]],
        value: str,
        *,
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.auto_links = False
        self._options = list(options)
        names = [name for name, _label in self._options]
        self._at = names.index(value) if value in names else 0

    @property
    def value(self) -> str:
        return self._options[self._at][0]

    def action_step(self, step: int) -> None:
        self._at = (self._at + step) % len(self._options)
        self.refresh()
        self.post_message(self.Changed(self, self.value))

    def on_click(self, event: events.Click) -> None:
        event.stop()
        self.focus()
        self.action_step(1)

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()

    def render_line(self, y: int) -> Strip:
        width, base = self.size.width, self.rich_style
        if y:
            return Strip.blank(width, base)
        parts: list[Part] = [("▌" if self.has_focus else " ", "accent"), ("‹ ", "accent")]
        parts += [(self._options[self._at][1], ""), (" ›", "accent")]
        return parts_strip(crop_parts(parts, width), base, self._accent).adjust_cell_length(width, base)

    def _accent(self, name: str) -> Style:
        return self.get_component_rich_style(name, partial=True)
