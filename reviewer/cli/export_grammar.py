"""The grammar of `reviewer export`, and of the columns that it and the list can be asked for."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from reviewer.i18n import _

if TYPE_CHECKING:
    from reviewer.cli.parser import Parser


def add_columns_option(parser: Parser) -> None:
    """Add `--columns` to a command that shows the issue list."""
    parser.add_argument(
        "--columns", metavar="A,B", help=_("these columns, in this order; `view`: those of --view")
    )


def add_export_options(export: Parser) -> None:
    """Add to `export` what it takes besides a filter."""
    add_columns_option(export)
    export.add_argument("--format", default=None, metavar="F", help=_("csv, tsv, json, jsonl, md, …"))
    export.add_argument("-o", "--output", metavar="FILE", help=_("the file; standard output without it"))
    export.add_argument(
        "--headers", choices=("en", "vi"), help=_("people's labels as headers, and for statuses and the like")
    )
    export.add_argument("--raw", action="store_true", help=_("leave values that a spreadsheet would run"))
    export.add_argument(
        "--bom",
        action=argparse.BooleanOptionalAction,
        help=_("begin with a byte order mark, for Excel; a csv or tsv file with --headers does anyway"),
    )
    export.add_argument(
        "--sheets", action="store_true", help=_("xlsx: one sheet for each lead agency as well")
    )
    export.add_argument("--template", metavar="FILE", help=_("docx: a file to fill in instead of ours"))
    export.add_argument(
        "--about", action="store_true", help=_("beside the file, FILE.about.json: filter, count, anchor")
    )
    export.add_argument("--force", action="store_true", help=_("replace an existing file"))
