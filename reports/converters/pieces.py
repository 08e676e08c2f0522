"""What a converter finds in a file, before it is written as Markdown."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace

from reports.document import Style

PLAIN = Style(0)
"""Set in no way of its own."""


@dataclass(slots=True)
class Span:
    """A run of text set in one way; "\\n" in it is a line break that the author made.

    `font` as the file names it. `size`: points, 0 if unknown. `raised`: 1 superscript, -1 subscript.
    `note`: the label of the footnote that is referred to here, and then there is no text.
    """

    text: str
    style: Style = PLAIN
    font: str = ""
    size: float = 0.0
    raised: int = 0
    note: str = ""


@dataclass(slots=True)
class Paragraph:
    """A paragraph, heading or list item.

    `level`: that of a heading which the file declares, 1 outermost, else 0. `label`: the number or letter
    that the file generates in front, as it shows (`a)`). `bullet`: an unnumbered item. `depth`: nesting of
    an item, from 1.
    """

    spans: list[Span]
    level: int = 0
    title: bool = False
    label: str = ""
    bullet: bool = False
    depth: int = 0
    centred: bool = False

    @property
    def text(self) -> str:
        """Its text without the label."""
        return "".join(span.text for span in self.spans)

    @property
    def whole(self) -> str:
        """Its text on one line, behind the label."""
        return " ".join(f"{self.label} {self.text}".split())

    @property
    def bold(self) -> bool:
        """Whether every letter of it is bold."""
        lettered = [span for span in self.spans if span.text.strip()]
        return bool(lettered) and all(span.style & Style.STRONG for span in lettered)

    @property
    def size(self) -> float:
        """Points in which most of its letters are set, 0 if unknown."""
        sizes: Counter[float] = Counter()
        for span in self.spans:
            sizes[span.size] += len(span.text.strip())
        return sizes.most_common(1)[0][0] if sizes else 0.0

    def with_spans(self, spans: list[Span]) -> Paragraph:
        """The same kind of paragraph around other text."""
        return replace(self, spans=spans)


Cell = list[Paragraph]


@dataclass(slots=True)
class Grid:
    """A table; every row has a cell for each column, an empty one where a merged cell covers it."""

    rows: list[list[Cell]]
    header: bool = False

    def paragraphs(self) -> list[Paragraph]:
        """The paragraphs of all its cells, row by row."""
        return [paragraph for row in self.rows for cell in row for paragraph in cell]


@dataclass(slots=True)
class Note:
    """A footnote or endnote; `label` is the number or sign that the text refers to."""

    label: str
    paragraphs: list[Paragraph]


@dataclass(slots=True)
class Draft:
    """A file as read; `encoding`: how its characters were stored, where the format leaves that open; `hint`:
    an old encoding that something in it speaks for, without saying where."""

    body: list[Paragraph | Grid] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    encoding: str = ""
    hint: str = ""

    def paragraphs(self) -> list[Paragraph]:
        """Every paragraph, those in tables and notes as well."""
        found: list[Paragraph] = []
        for piece in self.body:
            if isinstance(piece, Paragraph):
                found.append(piece)
            else:
                found += piece.paragraphs()
        return found + [paragraph for note in self.notes for paragraph in note.paragraphs]
