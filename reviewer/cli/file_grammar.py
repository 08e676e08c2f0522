"""The grammar of the commands about the files that reports are read from."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from reviewer.i18n import _

if TYPE_CHECKING:
    from reviewer.cli.parser import Parser


def add_file_commands(commands: argparse._SubParsersAction[Parser]) -> None:
    """Add `source` and `describe` to the commands."""
    text = _("the file that a report was read from, byte for byte")
    source = commands.add_parser("source", help=text, description=text)
    source.add_argument("report", metavar="REPORT")
    source.add_argument("--revision", type=int, metavar="N", help=_("of an older text"))
    source.add_argument("-o", "--output", metavar="FILE", help=_("a new file; standard output without it"))
    text = _("what is said of a report: title, date, period, issuer")
    describe = commands.add_parser("describe", help=text, description=text)
    describe.add_argument("report", metavar="REPORT")
    describe.add_argument("--json", action="store_true", help=_("print JSON"))
    add_details(describe)


def add_details(parser: Parser) -> None:
    """Add the options that say what a report is called, of when it is, and whose."""
    parser.add_argument("--title")
    parser.add_argument("--date", metavar="YYYY-MM-DD")
    parser.add_argument("--period", metavar="2023-Q1", help=_("2023, 2023-H1, 2023-Q1 or 2023-06"))
    parser.add_argument("--issuer", help=_("the body that issued it"))


def add_watching(imports: Parser) -> None:
    """Add the options with which a folder is watched."""
    imports.add_argument("--watch", metavar="DIR", help=_("import what is put into this folder, as it comes"))
    imports.add_argument("--once", action="store_true", help=_("with --watch: what is there now, then end"))
    imports.add_argument(
        "--every", type=float, default=2.0, metavar="SECONDS", help=_("with --watch: between two looks")
    )
    imports.add_argument(
        "--leave", action="store_true", help=_("with --watch: leave what came in where it is")
    )
