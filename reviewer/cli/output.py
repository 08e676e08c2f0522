"""What commands print: JSON for programs, a fitted table for a terminal, tab-separated lines for a pipe."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterable, Sequence
from typing import Any, TextIO

from reports.clean import one_line


def print_json(value: Any, out: TextIO | None = None) -> None:
    """`value` as indented JSON, text as it is."""
    out = out or sys.stdout
    json.dump(value, out, ensure_ascii=False, indent=2)
    out.write("\n")


def print_table(headers: Sequence[str], rows: Iterable[Sequence[object]], out: TextIO | None = None) -> None:
    """`rows` under `headers`: fitted to the terminal's width, or whole and tab-separated where none watches.

    Cells are shown on one line, control characters made visible.
    """
    out = out or sys.stdout
    cells = [[one_line("" if cell is None else str(cell)) for cell in row] for row in rows]
    if not out.isatty():
        for row in (list(headers), *cells):
            out.write("\t".join(row) + "\n")
        return
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for header in headers:
        table.add_column(Text(header), overflow="ellipsis", no_wrap=False, max_width=60)
    for row in cells:
        table.add_row(*(Text(cell) for cell in row))
    Console(file=out, width=shutil.get_terminal_size().columns, highlight=False).print(table)


def complain(message: str) -> None:
    """One sentence on standard error."""
    print(f"reviewer: {message}", file=sys.stderr)
