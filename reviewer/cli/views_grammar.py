"""The grammar of `reviewer views` and of `--view`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from reviewer.i18n import _

if TYPE_CHECKING:
    from reviewer.cli.parser import Parser


def add_view_option(parser: Parser) -> None:
    """Add `--view` to a command that takes a filter."""
    parser.add_argument(
        "--view", metavar="NAME", help=_("only what a saved view shows; a filter beside it narrows further")
    )


def add_views_command(commands: argparse._SubParsersAction[Parser], parser_class: type[Parser]) -> None:
    """Add `views` to the commands."""
    text = _("saved views of the issue list: your own and those that others share")
    views = commands.add_parser("views", help=text, description=text)
    views.add_argument("--json", action="store_true", help=_("print JSON"))
    acts = views.add_subparsers(dest="act", metavar=_("ACT"), parser_class=parser_class)
    _act(acts, "list", _("all of them, with how many issues each shows"))
    save = _named(
        acts, "save", _("keep a filter under a name; over your own view of that name, if there is one")
    )
    save.add_argument("filter", nargs="*", metavar="FILTER", help=_("as in the filter line"))
    save.add_argument(
        "--columns", metavar="A,B:30", help=_("columns, with widths in cells where you want them")
    )
    save.add_argument("--group", metavar="A", help=_("what its rows are grouped by"))
    save.add_argument("--sort", metavar="A", help=_("what they are sorted by; -A for the last one first"))
    rename = _named(acts, "rename", _("give it another name"))
    rename.add_argument("new", metavar="NEW-NAME")
    share = _named(acts, "share", _("let everybody have it among theirs"))
    share.add_argument("--off", action="store_true", help=_("no longer"))
    _named(acts, "delete", _("keep it no longer; `undo` brings it back"))


def _act(acts: argparse._SubParsersAction[Parser], name: str, text: str) -> Parser:
    parser = acts.add_parser(name, help=text, description=text)
    parser.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help=_("print JSON"))
    return parser


def _named(acts: argparse._SubParsersAction[Parser], name: str, text: str) -> Parser:
    parser = _act(acts, name, text)
    parser.add_argument("name", metavar="NAME", help=_("case and accents do not matter"))
    return parser
