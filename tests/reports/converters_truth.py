"""What a flat OpenDocument text says, read anew for tests: no code of the converters takes part."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from reports.document import CELL_SEPARATOR, BlockKind, Document

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_WORD = re.compile(r"\w+", re.UNICODE)


@dataclass
class Truth:
    """`paragraphs` in order, with list labels; `headings` with their outline level; `rows` of tables, a
    layout table's line by line; `bullets`: items without a number; `notes` by sign."""

    paragraphs: list[str] = field(default_factory=list)
    headings: list[tuple[int, str]] = field(default_factory=list)
    rows: list[tuple[str, ...]] = field(default_factory=list)
    bullets: int = 0
    notes: dict[str, str] = field(default_factory=dict)

    @property
    def tokens(self) -> Counter[str]:
        cells = [cell for row in self.rows for cell in row]
        return tokens_of("\n".join([*self.paragraphs, *cells, *self.notes.values()]))


def tokens_of(text: str) -> Counter[str]:
    """The words of `text`, footnote signs left out."""
    return Counter(_WORD.findall(re.sub(r"\[\d+\]", "", unicodedata.normalize("NFC", text))))


def f1(found: Counter[str], wanted: Counter[str]) -> float:
    """Harmonic mean of precision and recall over tokens."""
    return 2 * (found & wanted).total() / (found.total() + wanted.total())


def truth_of(path: Path) -> Truth:
    """The truth that the .fodt at `path` holds."""
    root = ElementTree.parse(path).getroot()
    body = root.find(f"{_OFFICE}body/{_OFFICE}text")
    assert body is not None
    truth = Truth()
    _flow(body, truth)
    return truth


def _flow(parent: ElementTree.Element, truth: Truth) -> None:
    for element in parent:
        if element.tag == f"{_TEXT}h":
            text = _inline(element, truth)
            truth.headings.append((int(element.get(f"{_TEXT}outline-level", "1")), text))
            truth.paragraphs.append(text)
        elif element.tag == f"{_TEXT}p":
            truth.paragraphs.append(_inline(element, truth))
        elif element.tag == f"{_TEXT}list":
            _list(element, 1, truth)
        elif element.tag == f"{_TABLE}table":
            _table(element, truth)


def _list(element: ElementTree.Element, depth: int, truth: Truth) -> None:
    numbered = element.get(f"{_TEXT}style-name") == "L1"
    for number, item in enumerate(element.findall(f"{_TEXT}list-item"), 1):
        for inner in item:
            if inner.tag == f"{_TEXT}list":
                _list(inner, depth + 1, truth)
                continue
            label = f"{number}." if depth == 1 else f"{chr(96 + number)})"
            truth.bullets += not numbered
            text = _inline(inner, truth)
            truth.paragraphs.append(f"{label} {text}" if numbered else text)


def _table(element: ElementTree.Element, truth: Truth) -> None:
    rows = [
        [[_inline(p, truth) for p in cell.findall(f"{_TEXT}p")] for cell in row]
        for row in element.findall(f"{_TABLE}table-row")
    ]
    if len(rows) == 1:
        height = max(map(len, rows[0]))
        truth.rows += [tuple(cell[n] if n < len(cell) else "" for cell in rows[0]) for n in range(height)]
    else:
        truth.rows += [tuple(" ".join(cell) for cell in row) for row in rows]


def _inline(element: ElementTree.Element, truth: Truth) -> str:
    parts = [element.text or ""]
    for inner in element:
        if inner.tag == f"{_TEXT}note":
            sign = "".join(inner.find(f"{_TEXT}note-citation").itertext())
            truth.notes[sign] = " ".join("".join(inner.find(f"{_TEXT}note-body").itertext()).split())
            parts.append(f"[{sign}]")
        else:
            parts.append(_inline(inner, truth))
        parts.append(inner.tail or "")
    return unicodedata.normalize("NFC", " ".join("".join(parts).split()))


def blocks(document: Document, *kinds: BlockKind) -> list[str]:
    """The texts of the blocks of these kinds."""
    return [document.text[b.start : b.end] for b in document.blocks if b.kind in kinds]


def rows_of(document: Document) -> list[tuple[str, ...]]:
    """The cells of every table row."""
    return [tuple(row.split(CELL_SEPARATOR)) for row in blocks(document, BlockKind.ROW)]
