"""Text fields that keep what was typed in the order it was typed, and give it back in NFC.

Vietnamese input methods send Backspace and the composed letter in one burst. Textual runs key bindings in
the app's task and inserts letters in the field's own, so the letter would overtake the Backspace; here the
fields run their own bindings themselves, in turn with the letters.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from textual import events
from textual.suggester import Suggester
from textual.validation import Validator
from textual.widgets import Input, TextArea
from textual.widgets.text_area import EditResult


async def _run_own_binding(field: Input | TextArea, event: events.Key) -> None:
    """Run what the field itself binds to a key that types nothing, before the next key is looked at."""
    bound = field._bindings.key_to_bindings.get(event.key, [])
    if bound and not event.is_printable and await field.app.run_action(bound[0].action, field):
        event.stop()
        event.prevent_default()


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _compose_at(before: str, typed: str) -> tuple[int, str]:
    """How many code points at the end of `before` to take back, and what to put there with `typed`.

    A combining mark that is typed or pasted after its letter joins it.
    """
    whole = _composed(before + typed)
    same = len(before)
    while same and whole[:same] != before[:same]:
        same -= 1
    return len(before) - same, whole[same:]


class TextField(Input):
    """A line of text. `value` is NFC; the cursor does not blink, so that an idle screen writes nothing."""

    def __init__(
        self,
        value: str | None = None,
        placeholder: str = "",
        *,
        restrict: str | None = None,
        max_length: int = 0,
        suggester: Suggester | None = None,
        validators: Validator | Iterable[Validator] | None = None,
        select_on_focus: bool = False,
        compact: bool = False,
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
        disabled: bool = False,
    ) -> None:
        super().__init__(
            None if value is None else _composed(value),
            placeholder,
            restrict=restrict,
            max_length=max_length,
            suggester=suggester,
            validators=validators,
            select_on_focus=select_on_focus,
            compact=compact,
            id=id,
            classes=classes,
            disabled=disabled,
        )
        self.cursor_blink = False

    def replace(self, text: str, start: int, end: int) -> None:
        """Replace the code points from `start` to `end` by `text`, marks joining the letter before them."""
        start, end = sorted((max(0, start), min(len(self.value), end)))
        back, text = _compose_at(self.value[:start], text)
        super().replace(text, start - back, end)

    async def _on_key(self, event: events.Key) -> None:
        await _run_own_binding(self, event)


class NoteField(TextArea):
    """Several lines of text, wrapped. `text` reads as NFC; the cursor does not blink."""

    def __init__(
        self,
        text: str = "",
        *,
        placeholder: str = "",
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
        disabled: bool = False,
    ) -> None:
        super().__init__(
            _composed(text),
            placeholder=placeholder,
            soft_wrap=True,
            tab_behavior="focus",
            show_line_numbers=False,
            highlight_cursor_line=False,
            id=id,
            classes=classes,
            disabled=disabled,
        )
        self.cursor_blink = False

    @property
    def text(self) -> str:
        """The text, in NFC."""
        return _composed(super().text)

    @text.setter
    def text(self, value: str) -> None:
        self.load_text(_composed(value))

    def _replace_via_keyboard(
        self, insert: str, start: tuple[int, int], end: tuple[int, int]
    ) -> EditResult | None:
        start, end = sorted((start, end))
        row, column = start
        back, insert = _compose_at(self.document.get_line(row)[:column], insert)
        return super()._replace_via_keyboard(insert, (row, column - back), end)

    async def _on_key(self, event: events.Key) -> None:
        await _run_own_binding(self, event)
