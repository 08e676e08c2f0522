"""The history: who did what, when, with before and after; deleted annotations come back from here."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.timer import Timer
from textual.widgets import Static

from annotations.errors import NotFound
from annotations.models import Act, Annotation, ChangeItem, Comment, View
from annotations.past_acts import Asked, PastAct
from reviewer.commands import bindings
from reviewer.history_fields import Names, names_of, report_of
from reviewer.i18n import _, ngettext
from reviewer.screens.base import ReviewerScreen
from reviewer.screens.history_lines import act_lines, day_heading, row_parts
from reviewer.screens.history_pages import HistoryPages
from reviewer.widgets.bars import TitleBar
from reviewer.widgets.item_list import ItemList
from reviewer.widgets.lines_view import LinesView
from reviewer.widgets.literal import literal
from reviewer.widgets.parts import Part
from reviewer.widgets.sectioned_rows import Section, SectionedRows
from reviewer.words import number

if TYPE_CHECKING:
    from annotations.store import Store

SETTLE = 0.05
"""Seconds that the cursor stays on an act until all of it is shown below the list."""
LOW = 18
"""Rows of the terminal below which the lines about the act are left out."""


class HistoryScreen(ReviewerScreen[None]):
    """What `asked` asks of the history, newest first; what others do shows by itself."""

    PLACE = "history"
    AUTO_FOCUS = "#acts"
    CSS_PATH = Path("history.tcss")
    BINDINGS: ClassVar[list[BindingType]] = bindings("history")

    def __init__(self, store: Store, asked: Asked) -> None:
        super().__init__()
        self._first = asked
        self._pages = HistoryPages(store, asked)
        self._names: Names = names_of(store)
        self._settling: Timer | None = None
        self.heading = TitleBar(id="title")
        self.rows = SectionedRows(self._draw, lambda _item: False, id="acts")
        self.detail = LinesView(self._draw_detail, id="act")

    def compose(self) -> ComposeResult:
        yield self.heading
        yield self.rows
        yield Static(id="empty")
        yield self.detail
        yield self.hint_bar()

    def on_mount(self) -> None:
        self.set_class(self.app.size.height < LOW, "low")
        self.ask(self._pages.asked)
        self.follow_changes()

    def on_resize(self) -> None:
        self.set_class(self.app.size.height < LOW, "low")

    def retranslate(self) -> None:
        self._names = names_of(self.store)
        self._show(self.rows.cursor, self.rows.rows_above)
        self.rows.refresh_all()

    @property
    def asked(self) -> Asked:
        """What is shown."""
        return self._pages.asked

    def ask(self, asked: Asked) -> None:
        """Show what is asked for, the cursor on the act it was on if that is among it."""
        key, above = self._pages.key(self.rows.cursor), self.rows.rows_above
        self._pages = HistoryPages(self.store, asked)
        self._pages.load()
        place = self._pages.place_of(key) or 0
        self._show(place, above if place else 1)

    def reload(self) -> None:
        """Show what came since above what is there; cursor and scroll stay where they are."""
        self._names = names_of(self.store)
        rows, key = self.rows, self._pages.key(self.rows.cursor)
        at_top, above = rows.top_row == 0, rows.rows_above
        came = self._pages.load_new()
        place = self._pages.place_of(key)
        if place is None:
            place = min(rows.cursor, max(0, len(self._pages) - 1))
        self._show(place, above + came if at_top else above)

    def _show(self, cursor: int, above: int) -> None:
        today, first = datetime.now().astimezone().date(), 0
        sections = []
        for day, count in self.store.history_days(self._pages.ids):
            said = ngettext("{count} act", "{count} acts", count).format(count=number(count))
            sections.append(Section(first, day_heading(day, today), said))
            first += count
        self.rows.show_items(len(self._pages), sections, cursor, above)
        self.set_class(not len(self._pages), "empty")
        self._show_title()
        self._show_empty()
        self.detail.update()
        self.mind_whose(self.acted_on(Act.RESTORE))

    def _show_title(self) -> None:
        left: list[Part] = [(_("History"), "strong"), (f" · {self._of()}", "quiet")]
        if self.asked.deleted:
            left.append((" · " + _("deleted only"), "accent"))
        count = len(self._pages)
        if self.asked.deleted:
            said = ngettext("{count} annotation", "{count} annotations", count)
        else:
            said = ngettext("{count} act", "{count} acts", count)
        self.heading.show(left, [(said.format(count=number(count)), "quiet")])

    def _of(self) -> str:
        """Whose history it is, or of what."""
        asked, said = self.asked, []
        if asked.annotation_id is not None:
            said.append(f"#{asked.annotation_id} “{self._words_of(asked.annotation_id)}”")
        elif asked.report_id is not None:
            said.append(self._title_of(asked.report_id))
        if asked.reviewer is not None:
            said.append(asked.reviewer)
        return " · ".join(said) or _("everybody, all reports")

    def _words_of(self, annotation_id: int) -> str:
        try:
            return " ".join(self.store.annotation(annotation_id).exact.split())
        except NotFound:
            return "…"

    def _title_of(self, report_id: int) -> str:
        return self._names.reports.get(report_id, f"#{report_id}")

    def _show_empty(self) -> None:
        if len(self._pages):
            return
        text = _("Nothing is deleted here.") if self.asked.deleted else _("Nothing was done here yet.")
        self.query_one("#empty", Static).update(literal(text))

    def _draw(self, item: int, width: int) -> list[Part]:
        past = self._pages.act(item)
        if past is None:
            return []
        asked, items = self.asked, _items(past)
        of_report = asked.report_id is not None and bool(items) and items[0].kind == "report"
        return row_parts(past, self._names, width, of_one=of_report or asked.annotation_id is not None)

    def _draw_detail(self, width: int) -> list[list[Part]]:
        past = self._current()
        return act_lines(past, self._names, datetime.now().astimezone(), width) if past else []

    def _current(self) -> PastAct | None:
        return self._pages.act(self.rows.cursor)

    def on_item_list_moved(self, _message: ItemList.Moved) -> None:
        if self._settling is None:
            self._settling = self.set_timer(SETTLE, self._settle)

    def _settle(self) -> None:
        self._settling = None
        self.detail.scroll_to_row(0)
        self.detail.update()
        self.mind_whose(self.acted_on(Act.RESTORE))

    def on_item_list_chosen(self, _message: ItemList.Chosen) -> None:
        self.action_open()

    def action_open(self) -> None:
        """Read the report where it was done: at its annotation, if that is there still."""
        past = self._current()
        if past is None:
            return
        living = next((each for each in self._annotations(past) if not each.deleted), None)
        items = _items(past)
        report = living.report_id if living else report_of(items)
        if living is None and any(item.kind == "annotation" for item in items):
            self.app.notify(_("It is deleted. r brings it back."))
        elif report is not None:
            self.home.open_place(report, living.id if living else None)
        elif items and items[0].kind == "tag":
            self.home.action_tags()
        elif items and items[0].kind == "agency":
            self.home.action_agencies()

    def _annotations(self, past: PastAct) -> list[Annotation]:
        """The annotations that an act was done to or said something about, as they are now."""
        ids = [item.item_id for item in past.change.items if item.kind == "annotation"]
        ids += [(item.after or {})["annotation_id"] for item in past.change.items if item.kind == "comment"]
        return [self.store.annotation(each) for each in dict.fromkeys(ids)]

    def _deleted(self) -> list[Annotation]:
        """What the current act deleted and is deleted now, or was listed for being so."""
        key, past = self._pages.key(self.rows.cursor), self._current()
        if key is None or past is None:
            return []
        if key[1]:
            return [each for each in [self.store.annotation(key[1])] if each.deleted]
        cut = past.size > len(past.change.items)
        items = (self.store.change(past.change.id) or past.change).items if cut else past.change.items
        those = [item for item in items if item.kind == "annotation" and item.after]
        ids = [item.item_id for item in those if item.after and item.after["deleted_at"]]
        return [each for each in map(self.store.annotation, ids) if each.deleted]

    def _deleted_report(self) -> int | None:
        """The report that the current act deleted and that is deleted now."""
        past = self._current()
        if past is None or past.change.act != Act.DELETE_REPORT:
            return None
        living = {report.id for report in self.store.reports()}
        return next((item.item_id for item in past.change.items if item.item_id not in living), None)

    def acted_on(self, act: Act) -> Annotation | Comment | View | None:
        """Of several, one that is somebody else's."""
        deleted = self._deleted()
        others = [each for each in deleted if each.reviewer != self.store.reviewer]
        return next(iter(others or deleted), None)

    def action_restore(self) -> None:
        """Bring back what the act deleted, a report with all that is in it; several after a question."""
        ids, report = [each.id for each in self._deleted()], self._deleted_report()
        if report is not None:
            if self.act(lambda: self.store.restore_report(report)):
                self.app.notify(_("The report is back."))
        elif not ids:
            self.app.notify(_("Nothing that this act deleted is deleted now."))
        elif len(ids) == 1:
            self._restore(ids)
        else:
            self._ask_restore(ids)

    def _ask_restore(self, ids: list[int]) -> None:
        from reviewer.screens.dialogs import Confirm

        question = _("{count} annotations come back, with their tags and agencies. u deletes them again.")

        def answered(yes: bool | None) -> None:
            if yes:
                self._restore(ids)

        text = question.format(count=number(len(ids)))
        self.app.push_screen(Confirm(_("Restore all that this act deleted?"), text, _("restore")), answered)

    def _restore(self, ids: list[int]) -> None:
        if self.act(lambda: self.store.restore(*ids)):
            said = ngettext("Annotation #{id} is back.", "{count} annotations are back.", len(ids))
            self.app.notify(said.format(id=ids[0], count=number(len(ids))))

    def action_deleted(self) -> None:
        self.ask(replace(self.asked, deleted=not self.asked.deleted))

    def action_only_annotation(self) -> None:
        """The history of the current act's annotation; back to what it was narrowed from."""
        past = self._current()
        if self.asked.annotation_id is not None:
            self.ask(replace(self.asked, annotation_id=None))
        elif past and (those := self._annotations(past)):
            self.ask(replace(self.asked, annotation_id=those[0].id, deleted=False))

    def action_only_report(self) -> None:
        past = self._current()
        if self.asked.annotation_id is not None or self.asked.report_id is None:
            report = report_of(_items(past)) if past else None
            if report is not None:
                self.ask(replace(self.asked, annotation_id=None, report_id=report))
        else:
            self.ask(replace(self.asked, report_id=None))

    def action_whose(self) -> None:
        from reviewer.screens.person_picker import PersonPicker

        def chosen(found: tuple[str | None] | None) -> None:
            if found is not None:
                self.ask(replace(self.asked, reviewer=found[0]))

        self.app.push_screen(PersonPicker([person.name for person in self.store.people()]), chosen)

    def action_scroll(self, rows: int) -> None:
        view = self.detail
        view.scroll_to_row(max(0, min(view.top_row + rows, view.row_count - view.page_rows)))

    def action_back(self) -> None:
        """To what was asked for first; then back to where one came from."""
        if self.asked != self._first:
            self.ask(self._first)
        else:
            self.dismiss(None)


def _items(past: PastAct) -> tuple[ChangeItem, ...]:
    """What an act did, or what stood behind it where it came to nothing itself."""
    return past.change.items or (past.turned.items if past.turned else ())
