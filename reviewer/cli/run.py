"""From the command line's words to a command, and from what it raises to an exit code."""

from __future__ import annotations

import contextlib
import os
import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import TextIO, cast

from reports.errors import ReviewError
from reviewer import i18n
from reviewer.cli.output import InertText, complain
from reviewer.cli.parser import build_parser, parse

DONE, NOTHING, BAD_INPUT, INTERRUPTED = 0, 1, 2, 130
"""Exit codes: done; nothing found where something was asked for; bad input; interrupted."""

_COMMANDS = {
    "import": "reviewer.cli.imports:run",
    "reports": "reviewer.cli.texts:run_reports",
    "show": "reviewer.cli.texts:run_show",
    "revisions": "reviewer.cli.revisions:run",
    "place": "reviewer.cli.revisions:run_place",
    "source": "reviewer.cli.originals:run_source",
    "describe": "reviewer.cli.originals:run_describe",
    "annotate": "reviewer.cli.acts:run_annotate",
    "update": "reviewer.cli.acts:run_update",
    "delete": "reviewer.cli.acts:run_delete",
    "restore": "reviewer.cli.acts:run_restore",
    "set": "reviewer.cli.life:run_set",
    "comment": "reviewer.cli.life:run_comment",
    "comments": "reviewer.cli.life:run_comments",
    "undo": "reviewer.cli.acts:run_undo",
    "redo": "reviewer.cli.acts:run_redo",
    "issues": "reviewer.cli.lists:run_issues",
    "export": "reviewer.cli.exports:run_export",
    "stats": "reviewer.cli.lists:run_stats",
    "grid": "reviewer.cli.charts:run_grid",
    "continue": "reviewer.cli.over_time:run_continue",
    "earlier": "reviewer.cli.over_time:run_earlier",
    "line": "reviewer.cli.over_time:run_line",
    "views": "reviewer.cli.views:run",
    "tags": "reviewer.cli.codebook:run_tags",
    "agencies": "reviewer.cli.codebook:run_agencies",
    "check": "reviewer.cli.upkeep:run_check",
    "backup": "reviewer.cli.upkeep:run_backup",
    "history": "reviewer.cli.history:run",
    "people": "reviewer.cli.people:run",
    "keys": "reviewer.cli.keys:run",
    "verify": "reviewer.cli.verify:run",
    "restore-backup": "reviewer.cli.restore:run",
}


def run(words: Sequence[str]) -> int:
    """Do what `words` say; the exit code. Bad input is one sentence on standard error and code 2."""
    _speak(words)
    if sys.stdout.isatty():
        sys.stdout = cast(TextIO, InertText(sys.stdout))
    try:
        options = parse(words)
        if options.version:
            return _command("reviewer.cli.upkeep:run_version")(options)
        if options.command is None:
            build_parser().print_help()
            return BAD_INPUT
        return _command(_COMMANDS[options.command])(options)
    except ReviewError as error:
        complain(i18n.explain(error))
        return BAD_INPUT
    except KeyboardInterrupt:
        complain(i18n._("interrupted"))
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output has gone: nothing is wrong, and nobody is left to tell.
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE


def _command(place: str) -> Callable[[Namespace], int]:
    module, _separator, name = place.partition(":")
    command: Callable[[Namespace], int] = getattr(import_module(module), name)
    return command


def _speak(words: Sequence[str]) -> None:
    """Choose the language before the grammar is built, since its help is in it."""
    named = None
    for before, word in zip(("", *words), words, strict=False):
        if before == "--lang":
            named = word
        elif word.startswith("--lang="):
            named = word.partition("=")[2]
    if named not in i18n.LANGUAGES:
        named = _settled_language()
    i18n.set_language(named)


def _settled_language() -> str:
    from reviewer.settings import load_settings

    try:
        chosen = load_settings().language
    except ReviewError:
        chosen = "auto"
    return chosen if chosen in i18n.LANGUAGES else i18n.preferred_language()
