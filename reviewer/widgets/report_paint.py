"""One row of a report as a strip: gutter, decoration, text with its styles, tags, cursor and matches."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from rich.segment import Segment
from rich.style import Style as Look
from textual.strip import Strip

from reports.document import CELL_SEPARATOR, BlockKind, Document, Style
from reviewer.colours import Ground, current_style, ink_style, match_style, passage_style, tag_style
from reviewer.layout.cells import crop, width
from reviewer.layout.row import Piece, Row
from reviewer.layout.runs import SpanIndex, sweep
from reviewer.widgets.marks import Marks
from reviewer.widgets.text_cursor import TextCursor

GUTTER = 4
"""Cells left of the text: the bar of the current unit, a sign, `+` if there are several, a blank."""

BAR = "▌"
SHORT = 16
"""Code points up to which a thin line shows the whole range of the cursor."""
ADDED, REMOVED = 1, 2
"""Keys of the spans of edits."""

_EDITS = {ADDED: ("report--added", Look(underline=True)), REMOVED: ("report--removed", Look(strike=True))}
_PLAIN = Style(0)
_SPACE = re.compile("[ \n]")
_NAMED = Look(underline=True)


@dataclass(frozen=True)
class Scene:
    """What a row shows besides its text. `chosen`: key of the annotation opened in the panel. `match`: the
    found range that one is at. `mentions`: where agencies are named, to be underlined. `edits`: what was
    `ADDED` or `REMOVED`, where two texts are shown as one."""

    cursor: TextCursor
    marks: Marks = field(default_factory=Marks)
    chosen: int | None = None
    matches: SpanIndex = field(default_factory=SpanIndex)
    match: tuple[int, int] | None = None
    mentions: SpanIndex = field(default_factory=SpanIndex)
    edits: SpanIndex = field(default_factory=SpanIndex)


class Painter:
    """Draws rows of `document`. `look_of` gives the style of a component class, `""` that of the page."""

    def __init__(self, document: Document, ground: Ground, look_of: Callable[[str], Look]) -> None:
        self.document = document
        self.ground = ground
        self.look_of = look_of
        self._base = look_of("")
        self._lit: tuple[TextCursor, tuple[tuple[int, int], ...]] | None = None

    def paint(self, row: Row, block: int, scene: Scene, cells: int) -> Strip:
        """`row` of block number `block`, exactly `cells` cells wide."""
        segments = self._gutter(row, scene)
        column = 0
        items: list[tuple[int, Piece | str]] = [(piece.column, piece) for piece in row.pieces]
        items += row.marks
        items.sort(key=lambda item: item[0])
        room = cells - GUTTER
        for number, (at, item) in enumerate(items):
            limit = items[number + 1][0] if number + 1 < len(items) else room
            if at > column:
                segments.append(Segment(" " * (at - column), self._base))
                column = at
            for text, look in self._item(item, block, scene):
                shown = crop(text, limit - column)
                if shown:
                    segments.append(Segment(shown, look))
                    column += width(shown)
        return Strip(segments).adjust_cell_length(cells, self._base)

    def _gutter(self, row: Row, scene: Scene) -> list[Segment]:
        cursor = scene.cursor
        here = any(piece.start < cursor.end and piece.end > cursor.start for piece in row.pieces)
        begun = [mark for piece in row.pieces for mark in scene.marks.beginning(piece.start, piece.end)]
        bar = Segment(BAR, self.look_of("report--bar")) if here else Segment(" ", self._base)
        if not begun:
            return [bar, Segment(" " * (GUTTER - 1), self._base)]
        first = next((mark for mark in begun if mark.key == scene.chosen), begun[0])
        ink = self._base + ink_style(first.colours[0] if first.colours else "", self.ground)
        more = "+" if len(begun) > 1 else " "
        return [bar, Segment(f"{first.sign}{more}", ink), Segment(" " * (GUTTER - 3), self._base)]

    def _item(self, item: Piece | str, block: int, scene: Scene) -> Iterable[tuple[str, Look]]:
        if isinstance(item, str):
            return [(item, self.look_of("report--rule"))]
        kind = self.document.blocks.kinds[block]
        text = self.document.text[item.start : item.end]
        if kind == BlockKind.ROW and text == CELL_SEPARATOR:
            return [(text, self.look_of("report--rule") + self._over(item, scene))]
        return self._runs(item, self._block_look(block), scene)

    def _block_look(self, block: int) -> Look:
        kinds = self.document.blocks.kinds
        kind = kinds[block]
        if kind == BlockKind.HEADING:
            return self.look_of("report--heading")
        if kind == BlockKind.FOOTNOTE:
            return self.look_of("report--quiet")
        if kind == BlockKind.ROW:
            table = self.document.table_at(block)
            if table is not None and table.header and table.first == block:
                return self.look_of("report--heading")
        return self._base

    def _over(self, piece: Piece, scene: Scene) -> Look:
        """What the cursor lays on the whole of `piece`."""
        inside = any(start <= piece.start and piece.end <= end for start, end in self._lit_of(scene.cursor))
        return current_style(self.ground) if inside else Look.null()

    def _runs(self, piece: Piece, look: Look, scene: Scene) -> Iterable[tuple[str, Look]]:
        """The stretches of `piece` over which nothing changes."""
        start, end, text = piece.start, piece.end, self.document.text
        styles = self.document.styles_between(start, end)
        marks = scene.marks.index.touching(start, end)
        matches = scene.matches.touching(start, end)
        mentions = () if self.ground.thin else scene.mentions.touching(start, end)
        edits = scene.edits.touching(start, end)
        lit = self._lit_of(scene.cursor)
        cuts = {start, end}
        edges = [(run.start, run.end) for run in styles] + [
            span[:2] for span in (*marks, *matches, *mentions, *edits)
        ]
        edges += lit
        cuts.update(at for edge in edges for at in edge if start < at < end)
        points = sorted(cuts)
        held = {run.start: run.keys for run in sweep(marks, start, end, points)}
        for first, last in pairwise(points):
            style = next((run.style for run in styles if run.start <= first < run.end), _PLAIN)
            current = any(begin <= first < stop for begin, stop in lit)
            shown = look + _text_look(style) if style else look
            if any(span.start <= first < span.end for span in mentions):
                shown += _NAMED
            shown += self._tags(held.get(first, ()), current, scene)
            edit = next((span.key for span in edits if span.start <= first < span.end), None)
            if edit is not None:
                ink = self.look_of(_EDITS[edit][0]).color
                shown += Look(color=ink) + _EDITS[edit][1]
            match = next((span for span in matches if span.start <= first < span.end), None)
            if match is not None:
                shown += match_style(self.ground, current=scene.match == (match.start, match.end))
            yield text[first:last], shown

    def _lit_of(self, cursor: TextCursor) -> tuple[tuple[int, int], ...]:
        """Where the cursor shows: all of its range, on a thin line its first and last word."""
        if self._lit is None or self._lit[0] != cursor:
            whole = ((cursor.start, cursor.end),)
            thin = self.ground.thin
            self._lit = cursor, ends(self.document.text, cursor.start, cursor.end) if thin else whole
        return self._lit[1]

    def _tags(self, places: tuple[int, ...], current: bool, scene: Scene) -> Look:
        """What the annotations of `places` and the cursor lay on words that they share."""
        if not places or (current and scene.edits.spans):
            return current_style(self.ground) if current else Look.null()
        if scene.edits.spans:
            return passage_style(self.ground)
        sets = [scene.marks.at(place) for place in places]
        chosen = scene.marks.get(scene.chosen)
        if chosen is not None and any(chosen in marks for marks in sets):
            colours = chosen.colours[:1]
        else:
            colours = tuple({mark.colours[0]: None for marks in sets for mark in marks if mark.colours})
        return tag_style(colours, self.ground, current, len(sets) > 1 or len(sets[0]) > 1)


def ends(text: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """The first and the last word of `text` from code point `start` to `end`, the whole of a short range."""
    first = _SPACE.search(text, start, end)
    if end - start <= SHORT or first is None:
        return ((start, end),)
    last = max(text.rfind(space, start, end - 1) for space in " \n") + 1
    return (start, first.start()), (max(last, first.end()), end)


@lru_cache(maxsize=32)
def _text_look(style: Style) -> Look:
    return Look(
        bold=True if Style.STRONG in style else None,
        italic=True if Style.EMPHASIS in style else None,
        strike=True if Style.STRIKE in style else None,
    )
