"""The grammar of the commands about the same issue over several reports."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from reviewer.i18n import _

if TYPE_CHECKING:
    from reviewer.cli.parser import Parser


def add_over_time_commands(commands: argparse._SubParsersAction[Parser]) -> None:
    """Add `continue`, `earlier` and `line` to the commands, and `--trend` to `stats`."""
    text = _("say that an issue is the one that an earlier report raised, or (none) a new one")
    joining = commands.add_parser("continue", help=text, description=text)
    joining.add_argument("id", type=int, metavar="ID")
    joining.add_argument("earlier", metavar=_("EARLIER|none"), help=_("number of the earlier annotation"))
    joining.add_argument("--json", action="store_true", help=_("print JSON"))
    text = _("which issues of earlier reports may be the same, the likeliest first, and why")
    earlier = commands.add_parser("earlier", help=text, description=text)
    earlier.add_argument("id", type=int, metavar="ID")
    earlier.add_argument("--limit", type=int, default=8, metavar="N", help=_("at most so many"))
    earlier.add_argument("--json", action="store_true", help=_("print JSON"))
    text = _("an issue through all reports, the oldest first")
    line = commands.add_parser("line", help=text, description=text)
    line.add_argument("id", type=int, metavar="ID")
    line.add_argument("--json", action="store_true", help=_("print JSON"))
    commands.choices["stats"].add_argument(
        "--trend", action="store_true", help=_("by period: new, continuing and settled issues")
    )
