"""The line of digits: which tag each of the keys 1 to 9 puts on."""

from __future__ import annotations

from collections.abc import Mapping

from rich.segment import Segment
from textual import events
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from annotations.models import Tag
from reviewer.colours import ink_style
from reviewer.commands import Hint
from reviewer.i18n import language
from reviewer.layout.cells import width as cells_of
from reviewer.widgets.bars import HintBar
from reviewer.widgets.ground import ground_of

KEY = 6
"""Cells of most tags' keys."""
WIDE_GAP = 2
_LEAD = 2


def short_labels(tags: Mapping[int, Tag], cells: int) -> dict[int, str]:
    """A word or two for the tag of each digit, none longer than `cells`: as much of its label as fits in
    whole words where that says which tag it is, else its key."""
    labels = {digit: _first_words(tag.label(language()), cells) for digit, tag in tags.items()}
    said = list(labels.values())
    return {
        digit: label if label and said.count(label) == 1 else tags[digit].key[:cells]
        for digit, label in labels.items()
    }


def _first_words(label: str, cells: int) -> str:
    """The words of `label` that fit, an ellipsis behind them if some do not, in small letters unless it
    begins with capitals; empty if that is less than two of several."""
    kept = ""
    words = label.split()
    for number, word in enumerate(words):
        longer = f"{kept} {word}".strip()
        if cells_of(longer) + (number + 1 < len(words)) > cells:
            kept = kept.rstrip(",;:") + "…" if " " in kept else ""
            break
        kept = longer
    return kept if kept[:2].isupper() else kept[:1].lower() + kept[1:]


class DigitBar(Widget):
    """One line; a click on a tag puts it on, as its digit does. `help`: a hint at the right, for where there
    is no line of hints below."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    DigitBar { height: 1; width: 1fr; color: $quiet; background: $background; }
    """

    help: reactive[Hint | None] = reactive(None)

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.auto_links = False
        self._tags: Mapping[int, Tag] = {}

    def show(self, tags: Mapping[int, Tag]) -> None:
        """Show these tags by digit."""
        if dict(tags) != self._tags:
            self._tags = dict(tags)
            self.refresh()

    def _tail(self) -> str:
        return f"{self.help.key} {self.help.word} " if self.help else ""

    def _fitted(self) -> tuple[dict[int, str], int]:
        """The longest labels with which the line is not full, and the blanks behind each; the last tags are
        left out where it is short."""
        room = self.size.width - 1 - cells_of(self._tail())
        gap = WIDE_GAP if _line_width(short_labels(self._tags, KEY), WIDE_GAP) <= room else 1
        best: dict[int, str] = {}
        for cells in range(4, 24):
            labels = short_labels(self._tags, cells)
            while labels and cells == 4 and _line_width(labels, gap) > room:
                labels.popitem()
            if _line_width(labels, gap) > room:
                break
            best = labels
        return best, gap

    def render_line(self, y: int) -> Strip:
        width, base = self.size.width, self.rich_style
        if y:
            return Strip.blank(width, base)
        ground = ground_of(self.app)
        segments = [Segment(" ", base)]
        labels, gap = self._fitted()
        for digit, label in labels.items():
            ink = base + ink_style(self._tags[digit].colour, ground)
            segments += [Segment(f"{digit} ", ink), Segment(label + " " * gap, base)]
        strip = Strip(segments)
        if self.help and strip.cell_length + cells_of(self._tail()) <= width:
            blank = " " * (width - strip.cell_length - cells_of(self._tail()))
            strip = Strip([*segments, Segment(blank + self._tail(), base)])
        return strip.adjust_cell_length(width, base)

    def on_click(self, event: events.Click) -> None:
        column = 1
        labels, gap = self._fitted()
        for digit, label in labels.items():
            column += _LEAD + cells_of(label) + gap
            if event.x < column:
                self.post_message(HintBar.Pressed(f"digit({digit})"))
                return
        if self.help and event.x >= self.size.width - cells_of(self._tail()):
            self.post_message(HintBar.Pressed(self.help.action))


def _line_width(labels: Mapping[int, str], gap: int) -> int:
    return sum(_LEAD + cells_of(label) + gap for label in labels.values())
