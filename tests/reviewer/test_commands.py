"""The registry: every command says what it is, no two clash, and every key of the program is in it."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest
from textual.dom import DOMNode

import reviewer.screens
import reviewer.widgets
from reviewer.commands import (
    PLACES,
    Command,
    bindings,
    command,
    command_ids,
    commands,
    commands_at,
    hints,
    key_name,
    keys_of,
)
from tests.reviewer.app_kit import TEXT, make_store, running

FOCUSED = {("marks", "list"), ("choice", "list"), ("export", "choice"), ("list", "form"), ("tick", "list")}
"""Places of which the first has the cursor, or is the second made richer, when both are at hand."""
LISTS_ENTER = ("enter", "list.choose")
"""A list's Enter leads to what the screen binds Enter to."""


def test_every_command_has_an_id_a_title_and_a_help_of_its_own() -> None:
    ids = [one.id for one in commands()]
    assert len(ids) == len(set(ids)) == len(command_ids())
    assert [one.id for one in commands() if not (one.title and one.help and one.group)] == []
    assert [one.id for one in commands() if not one.help.endswith((".", "?"))] == []


@pytest.mark.parametrize("screen", PLACES)
def test_no_two_commands_of_a_screen_share_a_key(screen: str) -> None:
    taken: dict[str, Command] = {}
    clashes = []
    for one in commands_at(screen):
        for key in keys_of(one):
            other = taken.setdefault(key, one)
            free = (other.place, one.place) in FOCUSED or (key, one.id) == LISTS_ENTER
            if other is not one and not free:
                clashes.append((key, other.id, one.id))
    assert clashes == []


def our_nodes() -> list[type[DOMNode]]:
    found = []
    for package in (reviewer.screens, reviewer.widgets):
        for info in pkgutil.iter_modules(package.__path__):
            module = importlib.import_module(f"{package.__name__}.{info.name}")
            found += [
                each
                for _name, each in inspect.getmembers(module, inspect.isclass)
                if issubclass(each, DOMNode) and each.__module__ == module.__name__
            ]
    return found


def test_every_key_of_our_screens_and_widgets_comes_from_the_registry() -> None:
    foreign = [
        f"{node.__name__}: {binding}"
        for node in our_nodes()
        for binding in node.__dict__.get("BINDINGS", ())
        if getattr(binding, "id", None) not in command_ids()
    ]
    assert foreign == []


def test_every_command_of_a_place_has_an_action_there() -> None:
    lacking = []
    for node in our_nodes():
        for binding in node.__dict__.get("BINDINGS", ()):
            action = str(getattr(binding, "action", "")).partition("(")[0]
            if "." not in action and not hasattr(node, f"action_{action}"):
                lacking.append(f"{node.__name__}.action_{action}")
    assert lacking == []


def test_commands_can_be_listed_without_the_screen() -> None:
    code = "import sys, reviewer.commands as c; c.commands(); print('textual' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@pytest.mark.parametrize(
    ("key", "shown"),
    [
        ("j", "j"), ("J", "J"), ("question_mark", "?"), ("ctrl+p", "ctrl+p"), ("escape", "Esc"),
        ("shift+left", "shift+←"), ("dollar_sign", "$"), ("full_stop", "."), ("equals_sign", "="),
        ("left_curly_bracket", "{"), ("f1", "F1"), ("f", "f"), ("plus", "+"), ("minus", "-"),
    ],
)  # fmt: skip
def test_keys_are_shown_as_they_are_printed(key: str, shown: str) -> None:
    assert key_name(key) == shown


def test_hints_show_the_keys_as_rebound() -> None:
    keymap = {"library.import": "f3,i"}
    assert [hint.key for hint in hints("library", keymap) if hint.action == "import_reports"] == ["F3"]
    assert keys_of(command("library.import"), keymap) == ("f3", "i")


def test_bindings_carry_the_ids_that_settings_name() -> None:
    assert {binding.id for binding in bindings("list")} == {  # type: ignore[union-attr]
        one.id for one in commands() if one.place == "list" and one.keys
    }


async def test_a_key_is_rebound_by_the_settings(tmp_path: Path) -> None:
    store = make_store(tmp_path, TEXT)
    async with running(store, keys={"library.issues": "f4"}) as (app, pilot):
        await pilot.press("L")
        assert app.screen.PLACE == "library"
        await pilot.press("f4")
        assert app.screen.PLACE == "issues"
