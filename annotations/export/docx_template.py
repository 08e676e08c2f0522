"""A Word file as a template: where its fields are, and what of it is repeated."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path

from annotations.errors import ExportError
from annotations.export.cells import xml_text
from reports.errors import N_

ROW_MARK = "{{passage}}"
GROUP_MARK = "{{agency}}"
GRID_MARK = "{{on_time}}"
GRID_TITLE = "{{grid}}"

_FIELD = re.compile(r"\{\{\s*([a-z_]+)\s*\}\}")
_PARAGRAPH = re.compile(r"<w:p[ >].*?</w:p>", re.DOTALL)
_TEXT = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>")


class Repeated:
    """A piece of XML with fields, to be filled again and again."""

    def __init__(self, xml: str) -> None:
        self._parts = _FIELD.split(xml)

    def filled(self, values: Mapping[str, str]) -> str:
        """The piece with `values` in it; a field of another name stays, so that whoever wrote it sees it."""
        made = self._parts.copy()
        for at in range(1, len(made), 2):
            name = made[at]
            made[at] = word_text(values[name]) if name in values else f"{{{{{name}}}}}"
        return "".join(made)


@dataclass(frozen=True, slots=True)
class Template:
    """A document in pieces: `head`, then for each agency `opening`, its rows, `closing`; then `tail`.

    Not `grouped`: one group with all rows, whose opening and closing are empty.
    """

    head: str
    opening: Repeated
    row: Repeated
    closing: Repeated
    tail: str
    grouped: bool


def read_template(xml: str, path: Path) -> Template:
    """The pieces of the document part `xml`; ExportError where it has no row for the issues."""
    xml = joined_fields(xml)
    at = xml.find(ROW_MARK)
    row = _around(xml, at, "w:tr")
    if at < 0 or row is None:
        template = N_(
            "{path} has no table row with {mark} in it, so the issues have no place. Put one there."
        )
        raise ExportError(template, path=path, mark=ROW_MARK)
    start, end = row
    agency = xml.find(GROUP_MARK, 0, start)
    first, last = start, end
    if agency >= 0:
        table = _last(xml, "w:tbl", start)
        whole = _around(xml, agency, "w:tr") if agency > table else None
        if whole is not None:
            first = whole[0]
        else:
            first = _last(xml, "w:p", agency)
            last = xml.index("</w:tbl>", end) + len("</w:tbl>")
    return Template(
        xml[:first],
        Repeated(xml[first:start]),
        Repeated(xml[start:end]),
        Repeated(xml[end:last]),
        xml[last:],
        agency >= 0,
    )


def with_grid(xml: str, lines: list[Mapping[str, str]] | None) -> str:
    """`xml` with its row for the grid of deadlines once for each of `lines`; without `lines`, no grid."""
    xml = joined_fields(xml)
    row = _around(xml, xml.find(GRID_MARK), "w:tr")
    if row is None:
        return xml
    start, end = row
    if lines is not None:
        repeated = Repeated(xml[start:end])
        return xml[:start] + "".join(repeated.filled(line) for line in lines) + xml[end:]
    title = xml.find(GRID_TITLE, 0, start)
    first = _last(xml, "w:p", title) if title >= 0 else _last(xml, "w:tbl", start)
    return xml[:first] + xml[xml.index("</w:tbl>", end) + len("</w:tbl>") :]


def fill(xml: str, values: Mapping[str, str]) -> str:
    """`xml` with each of its fields that `values` has filled in."""
    return Repeated(joined_fields(xml)).filled(values)


def joined_fields(xml: str) -> str:
    """`xml` with every field in one run: Word tears them apart as one types."""
    return _PARAGRAPH.sub(_joined_paragraph, xml) if "{" in xml else xml


def _joined_paragraph(paragraph: re.Match[str]) -> str:
    xml = paragraph[0]
    texts = list(_TEXT.finditer(xml))
    whole = "".join(match[1] for match in texts)
    fields = [match.span() for match in _FIELD.finditer(whole)]
    if not fields:
        return xml
    owner = [number for number, match in enumerate(texts) for _ in match[1]]
    for start, end in fields:
        owner[start:end] = [owner[start]] * (end - start)
    pieces = [""] * len(texts)
    for letter, number in zip(whole, owner, strict=True):
        pieces[number] += letter
    for match, piece in zip(reversed(texts), reversed(pieces), strict=True):
        xml = f'{xml[: match.start()]}<w:t xml:space="preserve">{piece}</w:t>{xml[match.end() :]}'
    return xml


def word_text(value: str) -> str:
    """`value` as it stands inside a run of text, its line feeds as line breaks."""
    lines = escape(xml_text(value), quote=False).splitlines()
    return '</w:t><w:br/><w:t xml:space="preserve">'.join(lines)


def _last(xml: str, name: str, before: int) -> int:
    return max(xml.rfind(f"<{name} ", 0, before), xml.rfind(f"<{name}>", 0, before))


def _around(xml: str, at: int, name: str) -> tuple[int, int] | None:
    """The element `name` that holds the offset `at`, from its start to its end."""
    start = _last(xml, name, at) if at >= 0 else -1
    end = xml.find(f"</{name}>", at)
    if start < 0 or end < 0 or xml.find(f"</{name}>", start, at) >= 0:
        return None
    return start, end + len(name) + 3
