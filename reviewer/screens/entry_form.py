"""A form for one entry of the directory or the codebook: a line a field."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.events import DescendantFocus
from textual.widgets import Input, Static

from annotations.models import Change
from reports.errors import ReviewError
from reviewer.commands import bindings
from reviewer.i18n import _, explain
from reviewer.screens.dialog import Dialog
from reviewer.widgets.choice import Choice
from reviewer.widgets.fields import TextField
from reviewer.widgets.literal import literal

Save = Callable[[Mapping[str, str]], Change]
"""Does the act that the changed fields ask for; raises a ReviewError where they cannot be understood."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the form. `label`, `hint`: untranslated; the hint is shown while the field has the focus.
    `choices`: its values and what each is called, where it cannot be typed."""

    name: str
    label: str
    hint: str = ""
    choices: Sequence[tuple[str, str]] = ()


class EntryForm(Dialog[Change | None]):
    """Asks for `fields`, which hold `values` now; dismissed with the change that `save` made of those that
    were changed, None if it was given up."""

    PLACE = "entry"
    BINDINGS: ClassVar[list[BindingType]] = bindings("entry", "form")
    DEFAULT_CSS = """
    EntryForm {
        & > #box { width: 96; }
        & .line { height: 1; }
        & .line > .label { width: 18; height: 1; margin: 0; }
        & #said { height: 2; margin: 1 0 0 0; color: $quiet; }
        & #said.wrong { color: $error; }
        & #hints { margin: 0; }
    }
    """

    def __init__(self, title: str, fields: Sequence[Field], values: Mapping[str, str], save: Save) -> None:
        super().__init__()
        self._title = title
        self._fields = fields
        self._values = {field.name: " ".join(values[field.name].split()) for field in fields}
        self._save = save

    def title_text(self) -> str:
        return self._title

    def compose_body(self) -> ComposeResult:
        for field in self._fields:
            value = self._values[field.name]
            with Horizontal(classes="line"):
                yield Static(literal(_(field.label)), classes="label")
                if field.choices:
                    yield Choice(field.choices, value, id=f"field-{field.name}")
                else:
                    yield TextField(value, id=f"field-{field.name}")
        yield Static(id="said", classes="said")

    def on_mount(self) -> None:
        self._widget(self._fields[0].name).focus()

    def _widget(self, name: str) -> TextField | Choice:
        found = self.query_one(f"#field-{name}")
        assert isinstance(found, TextField | Choice)
        return found

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        name = (event.widget.id or "").removeprefix("field-")
        hints = {field.name: field.hint for field in self._fields}
        self._say(_(hints[name]) if hints.get(name) else "")

    def _say(self, text: str, *, wrong: bool = False) -> None:
        said = self.query_one("#said", Static)
        said.set_class(wrong, "wrong")
        said.update(literal(text))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        if event.input.id == f"field-{self._fields[-1].name}":
            self.action_save()
        else:
            self.focus_next()

    def action_next(self) -> None:
        self.focus_next()

    def action_previous(self) -> None:
        self.focus_previous()

    def action_save(self) -> None:
        typed = {field.name: self._widget(field.name).value.strip() for field in self._fields}
        changed = {name: value for name, value in typed.items() if value != self._values[name]}
        if not changed:
            self.dismiss(None)
            return
        try:
            change = self._save(changed)
        except ReviewError as error:
            self._say(explain(error), wrong=True)
            return
        self.home.publish(change)
        self.dismiss(change)
