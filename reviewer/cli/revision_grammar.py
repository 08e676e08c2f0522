"""The grammar of the commands about corrected texts of a report."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from reviewer.i18n import _

if TYPE_CHECKING:
    from reviewer.cli.parser import Parser


def add_revision_commands(commands: argparse._SubParsersAction[Parser]) -> None:
    """Add `revisions` and `place` to the commands."""
    text = _("a report's texts, and the annotations that wait to be placed in the latest")
    revisions = commands.add_parser("revisions", help=text, description=text)
    revisions.add_argument("report", metavar="REPORT")
    revisions.add_argument("--json", action="store_true", help=_("print JSON"))
    revisions.add_argument(
        "--diff",
        nargs="?",
        const="",
        metavar="N..M",
        help=_("what differs between two texts, the latest two if none are named"),
    )
    text = _("say where an annotation belongs in the latest text of its report")
    place = commands.add_parser("place", help=text, description=text)
    place.add_argument("id", type=int, metavar="ID")
    place.add_argument("--json", action="store_true", help=_("print JSON"))
    how = place.add_mutually_exclusive_group(required=True)
    how.add_argument("--accept", type=int, metavar="N", help=_("at candidate N, from 1 on"))
    how.add_argument("--quote", metavar="TEXT", help=_("on these words"))
    how.add_argument("--orphan", action="store_true", help=_("nowhere: keep it with its old text"))
    how.add_argument("--confirm", action="store_true", help=_("where it was carried to and marked"))
    place.add_argument("--nth", type=int, metavar="N", help=_("which one, where they stand several times"))
