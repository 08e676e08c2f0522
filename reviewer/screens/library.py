"""The reports there are: find one, open it, bring others in."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from annotations.models import Act, LibraryRow
from annotations.past_acts import Asked
from reports.errors import ReviewError
from reviewer.commands import bindings, key_name, keys_of
from reviewer.commands import command as command_named
from reviewer.i18n import _, ngettext
from reviewer.place import refuse_guest_files
from reviewer.screens.base import ReviewerScreen
from reviewer.screens.library_rows import COLUMNS, SORTS, draw_row, find_rows, sort_rows
from reviewer.widgets.bars import PartsLine, TitleBar
from reviewer.widgets.columns import fit_columns, heading_parts
from reviewer.widgets.item_list import ItemList
from reviewer.widgets.literal import literal
from reviewer.widgets.parts import Part
from reviewer.widgets.rows import Rows

if TYPE_CHECKING:
    from textual.widgets import Input

_SORT = "library-sort"


class LibraryScreen(ReviewerScreen[None]):
    """The first screen. Rows follow what others do."""

    PLACE = "library"
    AUTO_FOCUS = "#reports"
    BINDINGS: ClassVar[list[BindingType]] = bindings("library")

    def __init__(self) -> None:
        super().__init__()
        self._all: list[LibraryRow] = []
        self._shown: list[LibraryRow] = []
        self._sort = "date"
        self._query = ""

    def compose(self) -> ComposeResult:
        yield TitleBar(id="title")
        yield PartsLine(id="headings")
        yield Rows(self._draw, id="reports")
        yield Static(id="empty")
        yield self.hint_bar()

    @property
    def rows(self) -> Rows:
        return self.query_one("#reports", Rows)

    def on_mount(self) -> None:
        remembered = self.store.recall(_SORT)
        if remembered in SORTS:
            self._sort = remembered
        self._load()
        self.follow_changes()

    def reload(self) -> None:
        self._load()

    def on_resize(self) -> None:
        self._show_headings()

    def action_look(self) -> None:
        self.home.open_looking()

    def retranslate(self) -> None:
        for line in self.query("#search Static").results(Static):
            line.update(literal(_("Find")))
        self._show()

    def _load(self) -> None:
        self._all = self.store.library()
        self._show()

    def _show(self, keep: int | None = None) -> None:
        """Show what is found and sorted as asked, the cursor on the report it was on."""
        current = keep if keep is not None else self._current_id()
        self._shown = sort_rows(find_rows(self._all, self._query), self._sort)
        rows = self.rows
        rows.item_count = len(self._shown)
        for number, row in enumerate(self._shown):
            if row.report.id == current:
                rows.cursor = number
                break
        self._show_empty()
        self._show_headings()
        self._show_title()

    def _show_title(self) -> None:
        count = len(self._shown)
        if count == len(self._all):
            said = ngettext("{count} report", "{count} reports", count).format(count=count)
        else:
            said = _("{count} of {all} reports").format(count=count, all=len(self._all))
        self.query_one(TitleBar).show(
            [(_("Reports"), "strong")], [(f"{said} · {self.store.reviewer}", "quiet")]
        )

    def _show_headings(self) -> None:
        fitted = fit_columns(COLUMNS, max(0, self.app.size.width - 2))
        self.query_one("#headings", PartsLine).show(heading_parts(fitted, self._sort))

    def _show_empty(self) -> None:
        self.set_class(not self._shown, "empty")
        if self._shown:
            return
        if self._all:
            text = _("No report holds these words. Esc shows all of them again.")
        elif not self.may(Act.IMPORT):
            text = _("No reports yet.")
        else:
            text = _(
                "No reports yet.\n\n"
                "Press {key} to bring in files or a whole folder: Word, Markdown, plain text and others.\n"
                "To practise on made-up reports first, leave with {quit} and run: reviewer demo"
            ).format(key=self._key("library.import"), quit=self._key("library.quit"))
        self.query_one("#empty", Static).update(literal(text))

    def _key(self, command_id: str) -> str:
        keys = keys_of(command_named(command_id), self.home.settings.keys)
        return key_name(keys[0]) if keys else "ctrl+p"

    def _draw(self, item: int, width: int) -> list[Part]:
        fitted = fit_columns(COLUMNS, width)
        return draw_row(self._shown[item], fitted, lambda: self._key("library.queue"))

    def _current(self) -> LibraryRow | None:
        cursor = self.rows.cursor
        return self._shown[cursor] if cursor < len(self._shown) else None

    def _current_id(self) -> int | None:
        row = self._current()
        return row.report.id if row else None

    def on_item_list_chosen(self, _message: ItemList.Chosen) -> None:
        self.action_open()

    def on_input_changed(self, event: Input.Changed) -> None:
        self._query = event.value
        self._show()

    def on_input_submitted(self, _event: Input.Submitted) -> None:
        self.rows.focus()

    def action_open(self) -> None:
        row = self._current()
        if row:
            self.home.open_report(row.report.id)

    async def action_find(self) -> None:
        from reviewer.widgets.search_line import SearchLine

        if not self.query("#search"):
            await self.mount(SearchLine(_("Find"), id="search"), after="#title")
        self.query_one("#search", SearchLine).field.focus()

    async def action_back(self) -> None:
        """From the search back to all reports."""
        await self._close_search()
        self.rows.focus()

    async def _close_search(self) -> None:
        await self.query("#search").remove()
        if self._query:
            self._query = ""
            self._show()

    def action_sort(self) -> None:
        names = list(SORTS)
        self._sort = names[(names.index(self._sort) + 1) % len(names)]
        self.store.remember(_SORT, self._sort)
        self._show()

    def action_issues(self) -> None:
        self.home.open_issues()

    def action_queue(self) -> None:
        """What waits to be placed in the report under the cursor."""
        if row := self._current():
            self.home.open_queue(row.report)

    def action_import_reports(self) -> None:
        from reviewer.screens.importing import ImportScreen

        try:
            refuse_guest_files()
        except ReviewError as error:
            self.refuse(error)
            return
        self.app.push_screen(ImportScreen(), self._imported)

    def _imported(self, report_id: int | None) -> None:
        self._load()
        if report_id is not None:
            self._show(keep=report_id)

    def action_edit(self) -> None:
        from reviewer.screens.details import DetailsScreen

        if row := self._current():
            self.app.push_screen(DetailsScreen(row.report))

    def action_export(self) -> None:
        if row := self._current():
            self.home.open_export(row.report)

    def action_history(self) -> None:
        if row := self._current():
            self.home.open_history(Asked(report_id=row.report.id))

    def action_delete(self) -> None:
        from reviewer.screens.dialogs import Confirm

        row = self._current()
        if row is None:
            return
        if row.annotations:
            question = ngettext(
                "“{title}” and its {count} passage leave the library. Undo (u) brings them back.",
                "“{title}” and its {count} passages leave the library. Undo (u) brings them back.",
                row.annotations,
            )
        else:
            question = _("“{title}” leaves the library. Undo (u) brings it back.")
        question = question.format(title=row.report.title, count=row.annotations)

        def answered(yes: bool | None) -> None:
            if yes:
                self.act(lambda: self.store.delete_report(row.report.id, row.report.version))
                self._load()

        self.app.push_screen(Confirm(_("Delete the report?"), question, _("delete")), answered)
