"""The grammar of the command about the history."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from reviewer.i18n import _

if TYPE_CHECKING:
    from reviewer.cli.parser import Parser


def add_history_command(commands: argparse._SubParsersAction[Parser]) -> None:
    """Add `history` to the commands."""
    text = _("who did what, when; newest first")
    history = commands.add_parser("history", help=text, description=text)
    history.add_argument("--json", action="store_true", help=_("print JSON"))
    history.add_argument("--annotation", type=int, metavar="ID", help=_("only of this annotation"))
    history.add_argument("--report", metavar="REPORT", help=_("only in this report"))
    history.add_argument("--reviewer", metavar="NAME", help=_("only by this reviewer"))
    history.add_argument("--since", metavar="DATE", help=_("done on or after DATE"))
    history.add_argument("--until", metavar="DATE", help=_("done on or before DATE"))
    history.add_argument(
        "--deleted",
        action="store_true",
        help=_("only annotations that are deleted now; `restore` has them back"),
    )
    history.add_argument("--limit", type=int, default=50, metavar="N", help=_("at most so many rows"))
