"""What commands print: JSON for programs, a fitted table for a terminal, tab-separated lines for a pipe."""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Iterable, Sequence
from typing import Any, TextIO

from reports.clean import one_line, visible

_ACTING = re.compile(
    r"\x1b(?!\[(?!8m)[0-9;]*m)|[\x00-\x08\x0b-\x1a\x1c-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)


class InertText:
    """A text stream to a terminal on which nothing that is written acts but colours: control characters and
    those that turn the direction are shown instead."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write `text`, what would act on the terminal made visible."""
        return self._stream.write(_ACTING.sub(lambda found: visible(found[0]), text))

    def writelines(self, lines: Iterable[str]) -> None:
        """Write each of `lines`."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def print_json(value: Any, out: TextIO | None = None) -> None:
    """`value` as indented JSON, text as it is."""
    out = out or sys.stdout
    json.dump(value, out, ensure_ascii=False, indent=2)
    out.write("\n")


def print_table(
    headers: Sequence[str],
    rows: Iterable[Sequence[object]],
    out: TextIO | None = None,
    *,
    none: str = "",
) -> None:
    """`rows` under `headers`: fitted to the terminal's width, or whole and tab-separated where none watches.

    Cells are shown on one line, control characters made visible. `none`: what a terminal is told, on standard
    error, where there are no rows.
    """
    out = out or sys.stdout
    cells = [[one_line("" if cell is None else str(cell)) for cell in row] for row in rows]
    if not out.isatty():
        for row in (list(headers), *cells):
            out.write("\t".join(row) + "\n")
        return
    if none and not cells:
        print(visible(none), file=sys.stderr)
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
    print(f"reviewer: {visible(message)}", file=sys.stderr)
