"""The grammar of the commands about the life of an issue."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from annotations.models import Severity, Status
from reviewer.i18n import _

if TYPE_CHECKING:
    from reviewer.cli.parser import Parser

NONE = "none"
"""The word that empties a field."""


def add_life_commands(commands: argparse._SubParsersAction[Parser]) -> None:
    """Add `set`, `comment` and `comments` to the commands."""
    change = _command(commands, "set", _("status, severity, due date, owner, note of issues; one act"))
    change.add_argument("ids", nargs="+", type=int, metavar="ID", help=_("numbers as `issues` prints them"))
    change.add_argument("--status", choices=tuple(map(str, Status)))
    change.add_argument("--severity", choices=(*map(str, Severity), NONE))
    change.add_argument("--due", metavar="DAY", help=_("30/6, 30/06/2023, 2023-06-30, +14, none"))
    change.add_argument("--owner", metavar="NAME", help=_("who sees to it; me, none, or a name"))
    change.add_argument("--note", metavar="TEXT", help=_("instead of the one there is"))
    comment = _command(commands, "comment", _("say something about an issue"))
    comment.add_argument("id", type=int, metavar="ID")
    comment.add_argument("text", nargs="+", metavar="TEXT")
    comments = _command(commands, "comments", _("what was said about an issue"))
    comments.add_argument("id", type=int, metavar="ID")


def _command(commands: argparse._SubParsersAction[Parser], name: str, text: str) -> Parser:
    parser = commands.add_parser(name, help=text, description=text)
    parser.add_argument("--json", action="store_true", help=_("print JSON"))
    return parser
