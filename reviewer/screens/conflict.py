"""Two people changed the same thing: both sides in sight, and nobody's words vanish."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from annotations.edits import Clash, Field, value_of
from reviewer.commands import Hint, bindings, command, key_name, keys_of
from reviewer.days import show_moment
from reviewer.field_words import field_word, field_words, value_words
from reviewer.i18n import _
from reviewer.screens.dialog import Dialog
from reviewer.widgets.literal import literal

ROUND = 11
"""Rows that the screen needs round the two sides."""


class Decision(StrEnum):
    """What is to become of two changes: theirs stays, mine takes its place, both are kept."""

    THEIRS = "theirs"
    MINE = "mine"
    BOTH = "both"


class ConflictScreen(Dialog[Decision | None]):
    """Shows what two people made of the same annotation; dismissed with what is to become of it, None to
    decide later."""

    PLACE = "conflict"
    BINDINGS: ClassVar[list[BindingType]] = bindings("conflict")
    DEFAULT_CSS = """
    ConflictScreen {
        & #about { color: $quiet; padding: 0 1; height: auto; max-height: 2; margin: 0 0 1 0; }
        & #sides { height: auto; }
        & .who { padding: 0 1; height: auto; text-style: bold; }
        & .value { padding: 0 1 0 3; height: auto; }
        & .mine { margin: 1 0 0 0; }
        & .field { color: $quiet; padding: 0 1 0 3; height: auto; }
        & .said { color: $quiet; margin: 1 0 0 0; }
    }
    """

    def __init__(self, clash: Clash) -> None:
        super().__init__()
        self._clash = clash

    def title_text(self) -> str:
        clash = self._clash
        if clash.is_deletion:
            return _("{name} deleted this meanwhile").format(name=clash.who)
        what = field_words(clash.fields)
        return _("{name} changed this meanwhile: {what}").format(name=clash.who, what=what)

    def compose_body(self) -> ComposeResult:
        clash = self._clash
        yield Static(literal(f"#{clash.now.id} · “{clash.now.exact}”"), id="about")
        with VerticalScroll(id="sides"):
            when = show_moment(clash.at, date.today())
            yield Static(literal(f"{clash.who} · {when}"), classes="who")
            yield from self._theirs()
            yield Static(literal(_("You")), classes="who mine")
            yield from self._mine()
        if Field.NOTE in clash.edit.wanted:
            yield Static(literal(_("Until you choose, yours is kept as a draft.")), classes="said")

    def _place(self, width: int) -> None:
        super()._place(width)
        sides = self.query_one("#sides", VerticalScroll)
        sides.styles.max_height = max(2, self.app.size.height - ROUND)

    def _theirs(self) -> Iterator[Widget]:
        clash = self._clash
        for field in clash.fields:
            yield from self._value(field, value_of(clash.now, field))

    def _mine(self) -> Iterator[Widget]:
        for field, value in self._clash.edit.wanted.items():
            if field in self._clash.fields or self._clash.is_deletion or field is Field.DELETED:
                yield from self._value(field, value)

    def _value(self, field: Field, value: object) -> Iterator[Widget]:
        if field is not Field.DELETED:
            yield Static(literal(field_word(field)), classes="field")
        yield Static(literal(value_words(self.store, field, value)), classes="value")

    def hints(self) -> list[Hint]:
        keys = self.home.settings.keys
        words = {"both": _("keep both"), "mine": self._mine_word(), "theirs": _("keep theirs")}
        if not self._clash.can_join:
            del words["both"]
        words["cancel"] = _("later")
        return [
            Hint(key_name(keys_of(command(f"conflict.{name}"), keys)[0]), word, name)
            for name, word in words.items()
            if keys_of(command(f"conflict.{name}"), keys)
        ]

    def _mine_word(self) -> str:
        if self._clash.is_deletion:
            return _("bring it back with yours")
        if Field.DELETED in self._clash.edit.wanted:
            return _("delete it all the same")
        return _("take yours")

    def action_mine(self) -> None:
        self.dismiss(Decision.MINE)

    def action_theirs(self) -> None:
        self.dismiss(Decision.THEIRS)

    def action_both(self) -> None:
        if self._clash.can_join:
            self.dismiss(Decision.BOTH)
