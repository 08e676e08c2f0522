"""The codebook as a CSV file, both ways."""

from __future__ import annotations

from annotations.seeds import TagSeed
from annotations.sheet import Row, Sheet, read_sheet

COLUMNS = (
    "slug",
    "key",
    "label_vi",
    "label_en",
    "definition_vi",
    "definition_en",
    "colour",
    "parent",
    "digit",
    "phrases",
    "agencies",
    "retired",
)
"""The columns of the file, in this order when it is written."""


def read_codebook(data: bytes | str) -> Sheet:
    """The rows of a codebook file, unchecked."""
    return read_sheet(data, COLUMNS, ("slug", "label_vi", "label_en"))


def seed_of(row: Row) -> TagSeed:
    """One row as a value; names of parent and agencies as written."""
    return TagSeed(
        slug=row.text("slug"),
        key=row.text("key"),
        label_vi=row.text("label_vi"),
        label_en=row.text("label_en"),
        definition_vi=row.text("definition_vi"),
        definition_en=row.text("definition_en"),
        colour=row.text("colour"),
        parent=row.text("parent") or None,
        digit=int(row.text("digit")) if row.text("digit") else None,
        phrases=row.items("phrases"),
        agencies=row.items("agencies"),
        retired=row.flag("retired"),
    )
