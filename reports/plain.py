"""Plain text to a Document: paragraphs that are lines, or hard-wrapped lines that are joined again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from reports.builder import DocumentBuilder
from reports.clean import visible
from reports.document import BlockKind, Document
from reports.labels import HEADING_LEVELS, Label, LabelKind, read_label
from reports.titles import title_lines
from reports.wrapping import BULLET, CLOSED, NARROWEST, Wrapping, starts_item, wrapping_of

LONGEST_HEADING = 120
"""Code points; a longer line is a paragraph even in capitals."""

_RULE = re.compile(r"[-–—=_*~.·•#\s]{3,}")


@dataclass(slots=True)
class _Paragraph:
    """Lines joined to one; `line`: 1-based line of the source; `bullet`: its mark, or empty."""

    text: str
    line: int
    label: Label | None
    bullet: str


def parse(source: str) -> Document:
    """The document that plain text holds: the first line its title, labelled lines and capitals headings."""
    lines = visible(source).split("\n")
    wrapping = wrapping_of(lines)
    title_at = _whole_title(lines, title_lines(lines), wrapping)
    title = " ".join(" ".join(lines[number] for number in title_at).split())
    builder = DocumentBuilder()
    paragraphs = _paragraphs(lines, wrapping, skipped=title_at)
    placed = not title
    for number, paragraph in enumerate(paragraphs):
        if not placed and paragraph.line > title_at.start:
            builder.add(BlockKind.HEADING, title, line=title_at.start + 1, level=1)
            placed = True
        _add(builder, paragraph, paragraphs[number + 1] if number + 1 < len(paragraphs) else None)
    if not placed:
        builder.add(BlockKind.HEADING, title, line=title_at.start + 1, level=1)
    return builder.finish()


def _whole_title(lines: Sequence[str], found: range, wrapping: Wrapping) -> range:
    """`found` with the lines onto which a wrapped title runs on."""
    end = found.stop
    while found and end < min(len(lines), found.start + 4):
        above, after = lines[end - 1].rstrip(), lines[end].strip()
        lower = after[:1].islower() and len(above) >= NARROWEST and not starts_item(after)
        if not after or not (lower or wrapping.runs_on(above, after)):
            break
        end += 1
    return range(found.start, end)


def _add(builder: DocumentBuilder, paragraph: _Paragraph, following: _Paragraph | None) -> None:
    if paragraph.bullet:
        level = 2 if paragraph.bullet in "+◦○o" else 1
        builder.add(BlockKind.ITEM, paragraph.text, line=paragraph.line, level=level, bullet=True, marker=0)
        return
    level = _heading_level(paragraph, following)
    if level:
        builder.add(BlockKind.HEADING, paragraph.text, line=paragraph.line, level=level)
    else:
        builder.add(BlockKind.PARAGRAPH, paragraph.text, line=paragraph.line)


def _heading_level(paragraph: _Paragraph, following: _Paragraph | None) -> int:
    """1 to 6 if the paragraph is a heading, else 0."""
    text, label = paragraph.text, paragraph.label
    rest = text[label.length :] if label else text
    if len(text) > LONGEST_HEADING or not any(map(str.isalpha, text)):
        return 0
    capitals = text.isupper() or (len(rest) > 1 and rest.isupper())
    if label is None:
        return 2 if capitals and len(text) >= 6 and not text.endswith((";", ",")) else 0
    level = HEADING_LEVELS.get(label.kind, 0)
    if not level:
        return 0
    if label.kind in (LabelKind.PART, LabelKind.CHAPTER, LabelKind.SECTION):
        return level
    if capitals:
        return level + label.depth
    outer = label.kind in (LabelKind.ROMAN, LabelKind.UPPER)
    if CLOSED.search(text) and text[-1] not in (')"”:.' if outer else ')"”:'):
        return 0
    if not outer and label.kind != LabelKind.ARTICLE and _is_sibling(label, following):
        return 0
    return level + label.depth


def _is_sibling(label: Label, following: _Paragraph | None) -> bool:
    """Whether what follows has the same kind of label, or nothing follows: then both are items of a list."""
    if following is None:
        return True
    other = following.label
    return other is not None and (other.kind, other.depth) == (label.kind, label.depth)


def _paragraphs(lines: Sequence[str], wrapping: Wrapping, skipped: range) -> list[_Paragraph]:
    found: list[_Paragraph] = []
    joining: list[str] = []
    start = 0

    def close() -> None:
        if joining:
            found.append(_paragraph(joining, start + 1))
            joining.clear()

    for number, line in enumerate(lines):
        text = line.strip()
        if not text or number in skipped or _RULE.fullmatch(text):
            close()
            continue
        if joining and not wrapping.runs_on(lines[number - 1], text):
            close()
        if not joining:
            start = number
        joining.append(text)
    close()
    return found


def _paragraph(lines: Sequence[str], line: int) -> _Paragraph:
    text = " ".join(" ".join(lines).split())
    match = BULLET.match(text)
    if match is not None:
        return _Paragraph(text[match.end() :], line, None, match["mark"])
    return _Paragraph(text, line, read_label(text), "")
