"""The agency directory as a CSV file, both ways."""

from __future__ import annotations

import re

from annotations.seeds import AgencySeed, SuccessorSeed
from annotations.sheet import Row, Sheet, parse_day, read_sheet

COLUMNS = (
    "slug",
    "name",
    "name_en",
    "short",
    "kind",
    "level",
    "parent",
    "valid_from",
    "valid_to",
    "aliases",
    "successors",
    "note",
    "retired",
)
"""The columns of the file, in this order when it is written."""

_SUCCESSOR = re.compile(r"(?P<name>[^:]*?)(?:\s+(?P<day>[\d/.-]{6,10}))?(?:\s*:\s*(?P<note>.*))?", re.DOTALL)


def read_directory(data: bytes | str) -> Sheet:
    """The rows of a directory file, unchecked."""
    return read_sheet(data, COLUMNS, ("slug", "name"))


def seed_of(row: Row) -> AgencySeed:
    """One row as a value; names of parent and successors as written."""
    return AgencySeed(
        slug=row.text("slug"),
        name=row.text("name"),
        name_en=row.text("name_en"),
        short=row.text("short"),
        kind=row.text("kind"),
        level=row.text("level"),
        parent=row.text("parent") or None,
        valid_from=row.day("valid_from"),
        valid_to=row.day("valid_to"),
        aliases=row.items("aliases"),
        successors=tuple(parse_successor(item) for item in row.items("successors")),
        note=row.text("note"),
        retired=row.flag("retired"),
    )


def parse_successor(item: str) -> SuccessorSeed:
    """`so-nnmt 2025-03-01: môi trường` as name, ISO day and note; day and note may be absent."""
    found = _SUCCESSOR.fullmatch(item)
    if not found:
        return item, None, ""
    day = found["day"]
    if day and parse_day(day) is None:
        return f"{found['name']} {day}", None, found["note"] or ""
    return found["name"].strip(), parse_day(day) if day else None, (found["note"] or "").strip()


def format_successor(name: str, day: str | None, note: str) -> str:
    """What `parse_successor` reads back."""
    return name + (f" {day}" if day else "") + (f": {note}" if note else "")
