"""The queue: annotations that a corrected text left in doubt, and where each of them may belong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container

from annotations.edits import place
from annotations.models import Annotation, Change, Placement, Report, Waiting
from reports.passage import Passage
from reviewer.commands import Hint, bindings
from reviewer.i18n import _, ngettext
from reviewer.screens.base import ReviewerScreen
from reviewer.screens.queue_lines import detail_lines, item_parts
from reviewer.widgets.bars import TitleBar
from reviewer.widgets.item_list import ItemList
from reviewer.widgets.lines_view import Lines, LinesView
from reviewer.widgets.panel_lines import Directory
from reviewer.widgets.parts import Part
from reviewer.widgets.sectioned_rows import Section, SectionedRows
from reviewer.words import placement_word

WIDE = 100
"""Cells from which on list and detail stand beside each other."""

_ON_PASSAGES = ("accept", "step(1)", "by_hand", "orphan")
_ORDER = (Placement.WAITING, Placement.MARKED, Placement.ORPHAN)


class QueueScreen(ReviewerScreen[None]):
    """What waits in `report`, or in all of them; at the annotation of id `first` if it is there.

    Every act is undone by one key, also those of the import that filled the queue.
    """

    PLACE = "queue"
    CSS_PATH = Path("queue.tcss")
    AUTO_FOCUS = "#items"
    BINDINGS: ClassVar[list[BindingType]] = bindings("queue")

    def __init__(self, report: Report | None = None, first: int | None = None) -> None:
        super().__init__()
        self._report = report
        self._first = first
        self._queue: list[Waiting] = []
        self._directory = Directory()
        self._chosen = 0
        self.heading = TitleBar(id="title")
        self.items = SectionedRows(self._draw, lambda _item: False, id="items")
        self.detail = LinesView(self._draw_detail, id="detail")

    def compose(self) -> ComposeResult:
        yield self.heading
        with Container(id="panes"):
            yield self.items
            yield self.detail
        yield self.hint_bar()

    def on_mount(self) -> None:
        self._fit()
        self.reload()
        self.follow_changes()

    def on_resize(self) -> None:
        self._fit()

    def _fit(self) -> None:
        self.set_class(self.app.size.width < WIDE, "narrow")

    def retranslate(self) -> None:
        self.reload()

    def reload(self) -> None:
        """Read the queue again; the cursor stays on its annotation, or goes to the one that followed it."""
        before = self._current()
        wanted = self._first if self._first is not None else before.annotation.id if before else None
        self._first = None
        cursor = self.items.cursor
        found = self.store.queue(self._report.id if self._report else None, _ORDER)
        self._queue = sorted(found, key=lambda each: _ORDER.index(each.annotation.placement))
        self._directory = Directory(
            {tag.id: tag for tag in self.store.tags()}, {each.id: each for each in self.store.agencies()}
        )
        ids = [each.annotation.id for each in self._queue]
        at = ids.index(wanted) if wanted in ids else min(cursor, max(0, len(ids) - 1))
        same = before is not None and at < len(ids) and ids[at] == before.annotation.id
        self._chosen = self._chosen if same else 0
        self.items.show_items(len(ids), self._sections(), at, self.items.rows_above)
        self._show()

    def _sections(self) -> list[Section]:
        placements = [each.annotation.placement for each in self._queue]
        return [
            Section(placements.index(each), placement_word(each), str(placements.count(each)))
            for each in _ORDER
            if each in placements
        ]

    def _current(self) -> Waiting | None:
        at = self.items.cursor
        return self._queue[at] if at < len(self._queue) else None

    def _show(self) -> None:
        """Bring title and detail up to date."""
        waiting = sum(each.annotation.placement is Placement.WAITING for each in self._queue)
        said = ngettext("{count} waits", "{count} wait", waiting).format(count=waiting)
        name = self._report.title if self._report else _("All reports")
        left: list[Part] = [(_("Passages to place"), "strong"), (f" · {name}", "quiet")]
        self.heading.show(left, [(said, "accent" if waiting else "quiet")])
        if self.has_class("empty") is bool(self._queue):
            self.set_class(not self._queue, "empty")
            self.show_rights()
        self.detail.update()

    def hints(self) -> list[Hint]:
        """Without passages nothing can be done to them."""
        found = super().hints()
        return (
            [hint for hint in found if hint.action not in _ON_PASSAGES] if self.has_class("empty") else found
        )

    def _draw(self, item: int, width: int) -> list[Part]:
        return item_parts(self._queue[item], self._directory, width)

    def _draw_detail(self, cells: int) -> Lines:
        current = self._current()
        if current is None:
            return [[], [("  ", ""), (_("Nothing waits: every passage is where its words are."), "quiet")]]
        return detail_lines(current, self._chosen, self._directory, self.store.document, cells)

    def on_item_list_moved(self, _message: ItemList.Moved) -> None:
        self._chosen = 0
        self.detail.scroll_to_row(0)
        self._show()

    async def on_item_list_chosen(self, _message: ItemList.Chosen) -> None:
        await self.run_action("accept")

    def action_accept(self) -> None:
        """Take the chosen place; a marked passage is confirmed where it is."""
        current = self._current()
        if current is None:
            return
        annotation = current.annotation
        if annotation.placement is Placement.MARKED:
            self._place(annotation, lambda version: self.store.confirm([(annotation.id, version)]))
        elif current.candidates:
            chosen = self._chosen
            self._place(annotation, lambda version: self.store.accept(annotation.id, version, chosen))
        else:
            self.app.notify(_("No place is like it. r selects its words by hand, o leaves it out."))

    def action_candidate(self, number: int) -> None:
        """Choose place `number`, from 1 on; Enter takes it."""
        current = self._current()
        if current is not None and number <= len(current.candidates):
            self._chosen = number - 1
            self._show()

    def action_step(self, step: int) -> None:
        """Choose the next or previous place."""
        current = self._current()
        if current is not None and current.candidates:
            self._chosen = (self._chosen + step) % len(current.candidates)
            self._show()

    def action_orphan(self) -> None:
        """Say that the passage has no place in the latest text."""
        current = self._current()
        if current is not None:
            seen = current.annotation
            self._place(seen, lambda version: self.store.leave_orphan(seen.id, version))

    def action_confirm_all(self) -> None:
        """Say of all marked passages that they are where they belong."""
        marked = [each.annotation for each in self._queue if each.annotation.placement is Placement.MARKED]
        if not marked:
            self.app.notify(_("No passage is marked to be looked at."))
            return
        self.act(lambda: self.store.confirm([(each.id, each.version) for each in marked]))
        self.reload()

    def action_by_hand(self) -> None:
        """Open the report, at the chosen place, to select the words."""
        from reviewer.screens.placing import PlacingScreen

        current = self._current()
        if current is None:
            return
        annotation = current.annotation
        report = self.store.report(annotation.report_id)
        start, end = self._nearest(current)

        def placed(passage: Passage) -> None:
            self._place(annotation, lambda version: self.store.reanchor(annotation.id, version, passage))

        self.app.push_screen(PlacingScreen(self.store, report, annotation, start, end, placed))

    def _nearest(self, waiting: Waiting) -> tuple[int, int]:
        """Code points of the latest text at which to begin to look."""
        if waiting.candidates:
            passage = waiting.candidates[self._chosen].passage
            return passage.start, passage.end
        annotation = waiting.annotation
        length = len(self.store.document(waiting.revision_id).text)
        start = min(annotation.start, length - 1)
        return start, min(annotation.end, length)

    def action_differences(self) -> None:
        """What the latest text changed."""
        current = self._current()
        report = self._report or (self.store.report(current.annotation.report_id) if current else None)
        if report is not None:
            self.home.open_differences(report)

    def _place(self, seen: Annotation, write: Callable[[int], Change]) -> None:
        """Do one act about where an annotation is; what others changed of it besides is not in the way."""
        self._do(lambda: place(self.store, seen, write))

    def _do(self, act: Callable[[], Change]) -> None:
        """Do one act and go on to the next passage."""
        following = self._queue[self.items.cursor + 1 : self.items.cursor + 2]
        if self.act(act) is not None and following:
            self._first = following[0].annotation.id
        self.reload()

    def action_undo(self) -> None:
        self._turn_back(self.store.undo)

    def action_redo(self) -> None:
        self._turn_back(self.store.redo)

    def _turn_back(self, act: Callable[[], Change]) -> None:
        """Undo or redo, and go where it happened."""
        change = self.act(act)
        if change is not None:
            self.home.say_act(change)
            ids = [item.item_id for item in change.items if item.kind == "annotation"]
            self._first = ids[0] if len(ids) == 1 else None
        self.reload()

    def action_back(self) -> None:
        self.dismiss(None)
