"""json and jsonl: an annotation as an object, exact."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

from annotations.export.options import Options
from annotations.issue_rows import COLUMNS, IssueRow
from annotations.models import Language, Role


def annotation_object(
    row: IssueRow, language: Language = "vi", columns: Sequence[str] = COLUMNS
) -> dict[str, Any]:
    """`row` as JSON shows an annotation everywhere: the columns with lists as lists, and with all of them
    `uid`, `prefix`, `suffix`, `links`, `tag_slugs` and `version` as well."""
    made: dict[str, Any] = {column: getattr(row, column) for column in columns}
    if "tags" in made:
        made["tags"] = row.tag_labels(language)
    for role in Role:
        if f"{role}_agencies" in made:
            made[f"{role}_agencies"] = row.agencies(role, language)
    if tuple(columns) == COLUMNS:
        made |= {
            "uid": row.uid,
            "prefix": row.prefix,
            "suffix": row.suffix,
            "links": [
                {"agency": link.agency, "name": link.label(language), "role": link.role} for link in row.links
            ],
            "tag_slugs": row.tag_slugs,
            "version": row.version,
        }
    return made


def write_json(rows: Iterable[IssueRow], out: BinaryIO, options: Options) -> None:
    """An array of annotations, one a line."""
    before = "[\n"
    for row in rows:
        out.write((before + _line(row, options)).encode("utf-8", "replace"))
        before = ",\n"
    out.write(b"[]\n" if before == "[\n" else b"\n]\n")


def write_jsonl(rows: Iterable[IssueRow], out: BinaryIO, options: Options) -> None:
    """One annotation a line."""
    for row in rows:
        out.write((_line(row, options) + "\n").encode("utf-8", "replace"))


def _line(row: IssueRow, options: Options) -> str:
    return json.dumps(annotation_object(row, options.language, options.columns), ensure_ascii=False)
