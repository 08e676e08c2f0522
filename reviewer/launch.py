"""From a bare command line to the screen, importing as little as possible before the first paint."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from reports.errors import N_, ReviewError
from reviewer import i18n
from reviewer.i18n import _
from reviewer.place import account_name, database_path

if TYPE_CHECKING:
    from annotations.store import Store


class NoTerminal(ReviewError):
    """The screen was asked for where there is no terminal to show it in."""


@dataclass(frozen=True, slots=True)
class _Words:
    demo: bool = False
    db: str | None = None
    lang: str | None = None
    mouse: bool | None = None
    compact: bool | None = None


def run(words: Sequence[str]) -> int:
    """Show the screen that `words` (`demo`, `--db`, `--lang`, `--no-mouse`, `--compact`, nothing else) ask
    for; the exit code."""
    # Nothing made before the first paint is garbage, and looking for it takes a fifth of that time.
    gc.disable()
    try:
        return _run(_read(words))
    except ReviewError as error:
        print(f"reviewer: {i18n.explain(error)}", file=sys.stderr)
        return 2


def _run(wanted: _Words) -> int:
    from reviewer import speaking
    from reviewer.commands import command_ids
    from reviewer.compact import is_wanted
    from reviewer.settings import load_settings
    from reviewer.terminal.environment import prepare

    i18n.set_language(wanted.lang or i18n.preferred_language())
    settings = load_settings(command_ids=command_ids)
    if wanted.mouse is not None:
        settings = replace(settings, mouse=wanted.mouse)
    if wanted.lang is None and settings.language in i18n.LANGUAGES:
        i18n.set_language(settings.language)
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise NoTerminal(
            N_("The screen needs a terminal. Over SSH ask for one: `ssh -t`; or use a command: {command}."),
            command="reviewer --help",
        )
    store = _open(wanted)
    settings = replace(settings, language=speaking.wanted(wanted.lang, settings, store))
    compact = is_wanted(wanted.compact, settings, store)
    prepare(settings, compact=compact)
    from reviewer.app import ReviewerApp

    app = ReviewerApp(store, settings, compact=compact)
    app.run(mouse=settings.mouse)
    store.close()
    if wanted.demo and not app.return_code:
        print(_after_practice(store.path))
    return app.return_code or 0


def _after_practice(path: Path) -> str:
    """What somebody who practised may want to know."""
    return _(
        "That was practice: it is kept until the next demo, which starts afresh ({path}).\n"
        "To read reports of your own: `{program} import FILE`, then `{program}`."
    ).format(path=path, program=_program())


def _program() -> str:
    """How this program was called, as far as it can be called so again."""
    called = Path(sys.argv[0])
    return sys.argv[0] if called.name == "reviewer" and called.parent != Path() else "reviewer"


def _open(wanted: _Words) -> Store:
    from annotations.store import Store

    if wanted.demo:
        from reviewer.demo import open_demo

        return open_demo(account_name())
    return Store.open(database_path(wanted.db), account_name())


def _read(words: Sequence[str]) -> _Words:
    wanted = _Words()
    rest = iter(words)
    for word in rest:
        name, equals, value = word.partition("=")
        if name in ("--db", "--lang"):
            value = value if equals else next(rest, "")
            if not value:
                raise NoTerminal(N_("{option} needs a value behind it."), option=name)
            if name == "--lang" and value not in i18n.LANGUAGES:
                raise NoTerminal(N_("The languages are en and vi; “{value}” is not known."), value=value)
            wanted = replace(wanted, db=value) if name == "--db" else replace(wanted, lang=value)
        elif word == "--no-mouse":
            wanted = replace(wanted, mouse=False)
        elif word == "--compact":
            wanted = replace(wanted, compact=True)
        else:
            wanted = replace(wanted, demo=True)
    return wanted
