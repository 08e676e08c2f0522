"""The line of digits: which tag each of the keys 1 to 9 puts on."""

from __future__ import annotations

from collections.abc import Mapping

from rich.segment import Segment
from textual import events
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from annotations.models import Tag
from reports.vietnamese import initials
from reviewer.colours import ink_style
from reviewer.commands import Hint
from reviewer.i18n import language
from reviewer.layout.cells import width as cells_of
from reviewer.widgets.bars import HintBar
from reviewer.widgets.ground import ground_of

GAP = 2
"""Blank cells between two tags, at least."""
_LEAD = 2


def short_labels(tags: Mapping[int, Tag], cells: int) -> dict[int, str]:
    """The label of each digit's tag in at most `cells` cells, or, where that is too little to tell any two of
    them apart, the key of every one: never some of these and some of those."""
    labels = {digit: _cut(tag.label(language()), cells) for digit, tag in tags.items()}
    if len(set(labels.values())) == len(labels):
        return labels
    return keys_of_tags(tags)


def keys_of_tags(tags: Mapping[int, Tag]) -> dict[int, str]:
    """The key of each digit's tag: what one types to find it; its initials where it has none."""
    return {digit: tag.key or initials(tag.label("vi")) for digit, tag in tags.items()}


def _cut(label: str, cells: int) -> str:
    """`label` in at most `cells` cells, at the end of a word where one is near; in small letters unless it
    begins with capitals."""
    if not (label[:2].isalpha() and label[:2].isupper()):
        label = label[:1].lower() + label[1:]
    if cells_of(label) <= cells:
        return label
    kept = ""
    for letter in label:
        if cells_of(kept + letter) > cells - 1:
            break
        kept += letter
    word = kept.rfind(" ")
    if word >= len(kept) - 3 and word > 0:
        kept = kept[:word]
    return kept.rstrip(" ,;:") + "…"


class DigitBar(Widget):
    """One line of keys, or two of labels where it is two rows high; a click on a tag puts it on, as its digit
    does. `help`: a hint at the right, for where there is no line of hints below."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    DigitBar { height: 1; width: 1fr; color: $quiet; background: $background; }
    """

    help: reactive[Hint | None] = reactive(None)

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.auto_links = False
        self._tags: Mapping[int, Tag] = {}
        self._language = language()

    def show(self, tags: Mapping[int, Tag]) -> None:
        """Show these tags by digit."""
        said = (dict(tags), language())
        if said != (self._tags, self._language):
            self._tags, self._language = said
            self.refresh()

    def _tail(self) -> str:
        return f"{self.help.key} {self.help.word} " if self.help else ""

    def _places(self) -> list[tuple[int, int, int, str]]:
        """Row, column, digit and label of every tag that there is room for."""
        if self.size.height > 1:
            return self._in_columns(self.size.height)
        room = self.size.width - 1 - cells_of(self._tail())
        labels = keys_of_tags(self._tags)
        gap = GAP if _line_width(labels, GAP) <= room else 1
        while labels and _line_width(labels, gap) > room:
            labels.popitem()
        column, places = 1, []
        for digit, label in labels.items():
            places.append((0, column, digit, label))
            column += _LEAD + cells_of(label) + gap
        return places

    def _in_columns(self, rows: int) -> list[tuple[int, int, int, str]]:
        columns = max(1, -(-len(self._tags) // rows))
        each = (self.size.width - 1) // columns
        labels = short_labels(self._tags, each - _LEAD - GAP)
        return [
            (number // columns, 1 + number % columns * each, digit, label)
            for number, (digit, label) in enumerate(labels.items())
        ]

    def render_line(self, y: int) -> Strip:
        width, base = self.size.width, self.rich_style
        ground = ground_of(self.app)
        segments, filled = [], 0
        for row, column, digit, label in self._places():
            if row != y:
                continue
            ink = base + ink_style(self._tags[digit].colour, ground)
            segments += [
                Segment(" " * (column - filled), base),
                Segment(f"{digit} ", ink),
                Segment(label, base),
            ]
            filled = column + _LEAD + cells_of(label)
        tail = self._tail()
        if tail and y == 0 and filled + cells_of(tail) <= width:
            segments.append(Segment(" " * (width - filled - cells_of(tail)) + tail, base))
        return Strip(segments).adjust_cell_length(width, base)

    def on_click(self, event: events.Click) -> None:
        for row, column, digit, label in self._places():
            if row == event.y and column <= event.x < column + _LEAD + cells_of(label) + 1:
                self.post_message(HintBar.Pressed(f"digit({digit})"))
                return
        if self.help and event.x >= self.size.width - cells_of(self._tail()):
            self.post_message(HintBar.Pressed(self.help.action))


def _line_width(labels: Mapping[int, str], gap: int) -> int:
    return sum(_LEAD + cells_of(label) + gap for label in labels.values())
