"""The panel beside the report: its annotations in text order, one of them open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from annotations.models import Annotation
from reviewer.colours import ink_style
from reviewer.layout.wrap import wrap
from reviewer.widgets.ground import ground_of
from reviewer.widgets.item_list import ItemList
from reviewer.widgets.panel_lines import CLOSED_LINES, INDENT, Directory, Line, closed_lines, open_lines
from reviewer.widgets.parts import CLASSES, Part, crop_parts, parts_strip

_CLOSED = CLOSED_LINES + 1
"""Rows of a closed item: its lines and a blank one."""


QUOTED = 12
"""Rows from which on the open item quotes its passage: in fewer its status and agencies matter more, and come
first."""


class AnnotationPanel(ItemList):
    """One item an annotation. The open one shows everything, the others what and whose; 5,000 cost no more
    than those in sight, since a closed one has the same height always."""

    COMPONENT_CLASSES: ClassVar[set[str]] = CLASSES
    DEFAULT_CSS = """
    AnnotationPanel { background: $background; }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self.items: Sequence[Annotation] = ()
        self._places: dict[int, int] = {}
        self._directory = Directory()
        self._drafts: frozenset[int] = frozenset()
        self._open: int | None = None
        self._open_lines: list[Line] = []
        self.empty_text = ""
        self._aside: tuple[int, Sequence[Part]] = (0, ())

    def show(
        self,
        items: Sequence[Annotation],
        directory: Directory,
        drafts: frozenset[int] = frozenset(),
    ) -> None:
        """Show `items`, sorted by their place in the text; what was open stays open while it is there.

        `drafts`: ids of annotations with a note not saved.
        """
        opened, top = self.opened, self.top_row
        self.items, self._directory, self._drafts = items, directory, drafts
        self._places = {item.id: number for number, item in enumerate(items)}
        self._open = None if opened is None else self._places.get(opened.id)
        self._lay_out_open()
        kept = self._open if self._open is not None else min(self.cursor, max(0, len(items) - 1))
        self.set_reactive(ItemList.cursor, kept)
        self._item_count = len(items)
        self.change_row_count(self.total_rows())
        self.scroll_to_row(top)

    def show_aside(self, annotation_id: int, parts: Sequence[Part]) -> None:
        """Say this in the blank row below the annotation while it is open."""
        before, self._aside = self._aside, (annotation_id, parts)
        if not parts and not (before[1] and before[0] == annotation_id):
            return
        opened = self.opened
        if opened is not None and opened.id == annotation_id and self._open is not None:
            first, count = self.rows_of(self._open)
            self.refresh_rows(first + count, 1)

    @property
    def opened(self) -> Annotation | None:
        """The annotation that is open."""
        return self.items[self._open] if self._open is not None and self._open < len(self.items) else None

    def place_of(self, annotation_id: int) -> int | None:
        """The item that shows this annotation, None if none does."""
        return self._places.get(annotation_id)

    def open(self, item: int | None, near: int | None = None) -> None:
        """Open item number `item`, or none and bring number `near` into sight. Says nothing about it."""
        target = near if item is None else item
        if item != self._open:
            first = min(number for number in (item, self._open) if number is not None)
            self._open = item
            self._lay_out_open()
            self._set_rows(first)
        if target is not None and self._item_count:
            target = self.validate_cursor(target)
            if target != self.cursor:
                old = self.cursor
                self.set_reactive(ItemList.cursor, target)
                self.refresh_rows(*self.rows_of(old))
                self.refresh_rows(*self.rows_of(target))
            self._bring_into_sight(*self.rows_of(target))

    def _bring_into_sight(self, first: int, count: int) -> None:
        """Scroll only where needed, and then far: a panel that creeps is drawn whole at every step."""
        if first < self.top_row or first + count > self.top_row + self.page_rows:
            self.scroll_to_row(max(0, first - 2) if self.page_rows >= QUOTED else first)

    def watch_cursor(self, old: int, new: int) -> None:
        self._open = new if new < len(self.items) else None
        self._lay_out_open()
        self._set_rows(min(old, new))
        super().watch_cursor(old, new)

    def _set_rows(self, first_item: int) -> None:
        """Rows from item number `first_item` on have moved."""
        self.change_row_count(self.total_rows(), self.rows_of(first_item)[0])

    def _lay_out_open(self) -> None:
        item = self.opened
        if item is None:
            self._open_lines = []
            return
        if self._steady():
            self._open_lines = self._closed_lines(self._places[item.id])
            return
        self._open_lines = open_lines(
            item,
            self._directory,
            self._cells(),
            date.today(),
            draft=item.id in self._drafts,
            low=self.size.height < QUOTED,
        )

    def _steady(self) -> bool:
        """Whether nothing moves when another item opens: on a thin line, until the panel is gone to."""
        return ground_of(self.app).thin and not self.has_focus

    def watch_has_focus(self, has_focus: bool) -> None:
        super().watch_has_focus(has_focus)
        self._open_anew()

    def _open_anew(self) -> None:
        if self._open is not None and ground_of(self.app).thin:
            self._lay_out_open()
            self._set_rows(self._open)
            self._bring_into_sight(*self.rows_of(self._open))

    def _cells(self) -> int:
        return max(8, self.size.width - 2)

    def total_rows(self) -> int:
        if not self.items:
            return len(self._empty_lines())
        extra = len(self._open_lines) - CLOSED_LINES if self._open is not None else 0
        return len(self.items) * _CLOSED + extra

    def rows_of(self, item: int) -> tuple[int, int]:
        if self._open is None or item < self._open:
            return item * _CLOSED, CLOSED_LINES
        extra = len(self._open_lines) - CLOSED_LINES
        if item == self._open:
            return item * _CLOSED, len(self._open_lines)
        return item * _CLOSED + extra, CLOSED_LINES

    def item_at(self, row: int) -> int | None:
        if self._open is not None and row >= self._open * _CLOSED:
            extra = len(self._open_lines) - CLOSED_LINES
            row = max(self._open * _CLOSED, row - extra)
        item = row // _CLOSED
        return item if 0 <= item < len(self.items) else None

    def render_row(self, row: int, width: int) -> Strip:
        item = self.item_at(row)
        if item is None:
            text = "".join(self._empty_lines()[row : row + 1])
            return parts_strip([(f" {text}", "quiet")], self.base_style, self.accent_of)
        first, _count = self.rows_of(item)
        lines_of = self._open_lines if item == self._open else self._closed_lines(item)
        if row - first >= len(lines_of):
            return self._below(item, width)
        current = item == self._open or (self.has_focus and item == self.cursor)
        bar = Segment("▌" if current else " ", self.base_style + self.accent_of("part--accent"))
        return Strip([bar, *parts_strip(lines_of[row - first], self.base_style, self._accent)])

    def _below(self, item: int, width: int) -> Strip:
        """The row between an item and the next: what is said beside the open one, or nothing."""
        annotation_id, parts = self._aside
        if item != self._open or not parts or self.items[item].id != annotation_id:
            return Strip.blank(width, self.base_style)
        line = crop_parts([(INDENT, ""), *parts], max(0, width - 1))
        return Strip(
            [
                Segment("▌", self.base_style + self.accent_of("part--accent")),
                *parts_strip(line, self.base_style, self._accent),
            ]
        )

    def _closed_lines(self, item: int) -> list[Line]:
        return closed_lines(self.items[item], self._directory, self._cells())

    def _accent(self, name: str) -> Style:
        if name.startswith("part--ink:"):
            return ink_style(name.removeprefix("part--ink:"), ground_of(self.app))
        return self.accent_of(name)

    def _empty_lines(self) -> list[str]:
        lines: list[str] = []
        for paragraph in self.empty_text.split("\n") if self.empty_text else ():
            starts = wrap(paragraph, self._cells())
            lines += [paragraph[a:b] for a, b in zip(starts, [*starts[1:], len(paragraph)], strict=True)]
        return lines

    def on_resize(self) -> None:
        self._lay_out_open()
        self.change_row_count(self.total_rows())
        if self.items:
            self.show_rows(*self.rows_of(self.cursor))
