"""Every command of the program, once: bindings, hints, palette, help and docs all read it here.

A command's id is `place.name`: the place is a screen or a widget, the name its action there. Settings rebind
by id. Nothing here imports Textual until bindings are asked for.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Final, Literal

from annotations.models import Act
from reviewer.i18n import N_, _

if TYPE_CHECKING:
    from textual.binding import BindingType


class _Unsaid(Enum):
    UNSAID = "unsaid"


UNSAID: Final = _Unsaid.UNSAID
"""The act of a command that nobody has thought about."""
May = Callable[[Act], bool]
"""Whether the reviewer may do an act, where they are."""


@dataclass(frozen=True, slots=True)
class Command:
    """Something a reviewer can ask for.

    `keys`: comma separated, as Textual writes them; empty if only the palette has it. `title`, `help`,
    `hint`, `group`: untranslated. `hint`: its word in the line at the foot of the screen, empty to leave it
    out. `action`: what Textual runs, by default the id's last part. `priority`: works while typing too.
    `act`: what it does to the record, None for nothing; it is offered to those alone who may. A command of
    the group EDIT says its act, the other groups only look unless they say one.
    """

    id: str
    keys: str
    title: str
    help: str
    group: str = ""
    hint: str = ""
    action: str = ""
    priority: bool = False
    palette: bool = True
    act: Act | Literal[_Unsaid.UNSAID] | None = UNSAID

    @property
    def needs(self) -> Act | None:
        """What one must be allowed to do for it to be offered; None if everybody has it."""
        return self.act if isinstance(self.act, Act) else None

    @property
    def place(self) -> str:
        return self.id.partition(".")[0]

    @property
    def run(self) -> str:
        """The action as Textual writes it."""
        return self.action or self.id.partition(".")[2]


MOVE, MARK, FIND, GO, EDIT, SHOW = (
    N_("Moving"),
    N_("Marking"),
    N_("Finding"),
    N_("Going elsewhere"),
    N_("Editing"),
    N_("Showing"),
)
PLACES: Mapping[str, tuple[str, ...]] = {
    "library": ("library", "list", "app"),
    "reading": ("reading", "app"),
    "issues": ("issues", "marks", "list", "app"),
    "looking": ("looking", "chart", "app"),
    "queue": ("queue", "list", "app"),
    "earlier": ("earlier", "list", "app"),
    "placing": ("placing", "reading", "app"),
    "differences": ("differences", "app"),
    "history": ("history", "list", "app"),
    "correction": ("correction", "app"),
    "picker": ("picker", "app"),
    "note": ("note", "app"),
    "conflict": ("conflict", "app"),
    "status": ("status", "app"),
    "due": ("due", "app"),
    "export": ("export", "choice", "list", "form", "app"),
    "import": ("import", "form", "app"),
    "details": ("details", "form", "app"),
    "directory": ("directory", "list", "app"),
    "codebook": ("codebook", "list", "app"),
    "entry": ("entry", "choice", "form", "app"),
    "views": ("views", "list", "app"),
    "columns": ("tick", "columns", "list", "app"),
    "naming": ("naming", "app"),
    "comments": ("comments", "list", "app"),
    "confirm": ("confirm", "app"),
    "help": ("help", "app"),
    "palette": ("picker", "app"),
    "person": ("picker", "app"),
}
"""What is at hand on each screen; where two places bind one key, the first has it."""


def commands() -> tuple[Command, ...]:
    """All commands, in the order in which hints, palette and help show them."""
    from reviewer.command_tables import COMMANDS

    return COMMANDS


def command(command_id: str) -> Command:
    """The command of that id. Raises KeyError."""
    for one in commands():
        if one.id == command_id:
            return one
    raise KeyError(command_id)


def command_ids() -> frozenset[str]:
    """What the `[keys]` of the settings may name."""
    return frozenset(one.id for one in commands())


def commands_at(screen: str, may: May | None = None) -> list[Command]:
    """The commands at hand on `screen`, its own first; with `may` only those that it allows."""
    places = PLACES.get(screen, (screen, "app"))
    there = sorted(
        (one for one in commands() if one.place in places), key=lambda one: places.index(one.place)
    )
    return there if may is None else allowed(there, may)


def allowed(those: Iterable[Command], may: May) -> list[Command]:
    """Those of `those` whose act `may` allows; each act is asked about once."""
    answers: dict[Act, bool] = {}
    found = []
    for one in those:
        act = one.needs
        if act is not None and act not in answers:
            answers[act] = may(act)
        if act is None or answers[act]:
            found.append(one)
    return found


def command_of_action(screen: str, action: str) -> Command | None:
    """The command at hand on `screen` that runs `action`; None if none does."""
    return _by_action(screen).get(action.removeprefix("app."))


@cache
def _by_action(screen: str) -> Mapping[str, Command]:
    found: dict[str, Command] = {}
    for one in commands_at(screen):
        found.setdefault(one.run.removeprefix("app."), one)
    return found


def keys_of(one: Command, keymap: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """The keys that run `one`, as `keymap` (the settings' `keys`) has rebound them."""
    written = (keymap or {}).get(one.id, one.keys)
    return tuple(key.strip() for key in written.split(",") if key.strip())


def keys_at(
    those: Iterable[Command], keymap: Mapping[str, str] | None = None
) -> list[tuple[Command, tuple[str, ...]]]:
    """Each of `those` with the keys that run it where they are all at hand: a key runs the first that has
    it, as what has the cursor comes before what is round it."""
    taken: set[str] = set()
    found = []
    for one in those:
        keys = tuple(key for key in keys_of(one, keymap) if key not in taken)
        taken.update(keys)
        found.append((one, keys))
    return found


def bindings(*places: str) -> list[BindingType]:
    """The Textual bindings of the commands of `places`, each with its command's id."""
    from textual.binding import Binding

    made: list[BindingType] = [
        Binding(one.keys, one.run, one.title, show=False, id=one.id, priority=one.priority)
        for one in commands()
        if one.place in places and one.keys
    ]
    return made


_SHOWN = {
    "down": "↓", "up": "↑", "left": "←", "right": "→", "escape": "Esc", "enter": "Enter", "tab": "Tab",
    "space": "Space", "pagedown": "PgDn", "pageup": "PgUp", "home": "Home", "end": "End", "insert": "Ins",
    "delete": "Del", "backspace": "Backspace", "plus": "+", "minus": "-", "slash": "/", "backslash": "\\",
}  # fmt: skip


def key_name(key: str) -> str:
    """`key` (as Textual writes it: `question_mark`, `ctrl+p`) as people read it: `?`, `ctrl+p`, `Esc`."""
    *modifiers, last = key.split("+") if len(key) > 1 else (key,)
    return "+".join([*modifiers, _SHOWN.get(last) or _character(last)])


def _character(name: str) -> str:
    if len(name) > 1 and name[0] == "f" and name[1:].isdigit():
        return name.upper()
    try:
        return unicodedata.lookup(name.replace("_", " ")) if len(name) > 1 else name
    except KeyError:
        return name


def key_names(keys: Iterable[str], limit: int = 3) -> str:
    """At most `limit` of `keys` as people read them, joined by spaces."""
    return " ".join(key_name(key) for key in list(keys)[:limit])


@dataclass(frozen=True, slots=True)
class Hint:
    """A key and its word, as the foot of the screen shows them; `action` is what a click on it runs."""

    key: str
    word: str
    action: str


def hints(screen: str, keymap: Mapping[str, str] | None = None, may: May | None = None) -> list[Hint]:
    """What the foot of `screen` shows of what `may` allows, in order of importance."""
    found = []
    for one in commands_at(screen, may):
        keys = keys_of(one, keymap)
        if one.hint and keys:
            run = one.run if one.place != "app" else f"app.{one.run}"
            found.append(Hint(key_name(keys[0]), _(one.hint), run))
    return found
