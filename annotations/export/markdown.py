"""md: the issue list as a Markdown table, under a line that says where it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from annotations.counts import GridRow
from annotations.export.about import about_lines, anchor_lines, grid_labels, list_title
from annotations.export.cells import batches, cell_maker
from annotations.export.options import Options
from annotations.issue_rows import IssueRow
from annotations.labels import column_label
from annotations.models import Language

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|~&#])")
_LINK = re.compile(r"(?i)\b(https?|ftp|mailto|xmpp)(?=:)|\bwww(?=\.)")


def write_md(rows: Iterable[IssueRow], out: BinaryIO, options: Options) -> None:
    """A heading, the filter, and a table that any GitHub-flavoured reader shows as it was meant."""
    head = [f"# {escaped(list_title(options))}", ""]
    said = [*about_lines(options, dated=options.context.grid is not None), *anchor_lines(options)]
    head += [f"- {escaped(label)}: {escaped(value)}" for label, value in said]
    labels = [escaped(column_label(column, options.headers)) for column in options.columns]
    head += ["", _line(labels), _line(["---"] * len(labels))]
    out.write(("\n".join(head) + "\n").encode("utf-8", "replace"))
    cells = cell_maker(options.columns, options.language, escaped, people=options.headers)
    for batch in batches(rows):
        out.write("".join(f"{_line(made)}\n" for made in cells(batch)).encode("utf-8", "replace"))
    if options.context.grid is not None:
        out.write("\n".join(_grid(options.context.grid, options.language)).encode("utf-8", "replace"))


def _grid(grid: Iterable[GridRow], language: Language) -> Iterator[str]:
    labels = grid_labels(language)
    yield f"\n## {escaped(labels.title)}\n"
    yield _line(escaped(head) for head in labels.heads)
    yield _line(["---", *["---:"] * (len(labels.heads) - 1)])
    for row in grid:
        yield _line([escaped(row.name or labels.nobody), *map(str, row.cells)])
    yield ""


def escaped(text: str) -> str:
    """`text` so that Markdown shows it as it is, on one line, with no link made of it."""
    plain = _LINK.sub(lambda match: match[0] + "\\", _SPECIAL.sub(r"\\\1", text))
    return "<br>".join(plain.splitlines()) if plain else ""


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"
