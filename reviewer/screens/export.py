"""The issue list as a file: which format, which headers, where to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message
from textual.widgets import Input, Static
from textual.worker import Worker, get_current_worker

from annotations.errors import ExportError
from annotations.export import FORMATS
from annotations.filters import IssueFilter, format_filter, parse_filter
from annotations.issues import COLUMNS, IssueRow
from reports.errors import ReviewError
from reviewer.commands import Hint, bindings
from reviewer.exporting import export_list, file_name, format_by_name
from reviewer.i18n import N_, _, explain, language, ngettext
from reviewer.paths import complete_path
from reviewer.screens.dialog import Dialog
from reviewer.widgets.bars import HintBar
from reviewer.widgets.choice import Choice
from reviewer.widgets.fields import TextField
from reviewer.widgets.item_list import ItemList
from reviewer.widgets.literal import literal
from reviewer.widgets.parts import Part, fit
from reviewer.widgets.rows import Rows

TELL_EVERY = 5_000
"""Rows between two words on how far it is."""

_USES = {
    "xlsx": N_("Excel: cover, filters, dates as dates"),
    "docx": N_("Word: the annex of a letter, by lead agency"),
    "csv": N_("a table for any spreadsheet"),
    "html": N_("a page for the browser: the list, and the reports with their passages"),
    "md": N_("a table to read and to mail"),
    "tsv": N_("a table with tabs"),
    "json": N_("for programs: one list"),
    "jsonl": N_("for programs: one issue a line"),
    "w3c": N_("Web Annotation, for other annotation programs"),
}
_ORDER = sorted(FORMATS, key=lambda name: list(_USES).index(name) if name in _USES else len(_USES))
_NAMES = "names"
_PEOPLE, _SHOWN, _ALL = "people", "shown", "all"
_FOR_PEOPLE = (
    "id", "report_title", "period", "passage", "tags", "lead_agencies", "coordinating_agencies", "severity",
    "status", "due", "note", "owner", "placement",
)  # fmt: skip
"""The columns that are read on paper; the others are for programs."""
_FORMAT, _HEADERS, _FOLDER = "export-format", "export-headers", "export-folder"
_COLUMNS = "export-columns"
_WITH_COLUMNS = ("xlsx", "csv", "md", "tsv", "json", "jsonl")
"""Formats whose columns can be chosen; the others show an issue in a way of their own."""
_CHOSEN, _OTHER = "●", "○"


class ExportStopped(ExportError):
    """The export was given up; nothing was written."""


class ExportScreen(Dialog[Path | None]):
    """Writes what `filter_text` finds; dismissed with the file's path, None if none was written.

    `columns`: those of the list on the screen, which can be chosen instead of all there are.
    A table with people's headers begins with a byte order mark, since Excel reads its letters wrongly
    without; one with column names, meant for programs, does not.
    """

    PLACE = "export"
    BINDINGS: ClassVar[list[BindingType]] = bindings("export", "form")
    DEFAULT_CSS = """
    ExportScreen {
        & > #box { width: 88; }
        & #about { padding: 0 1; height: auto; max-height: 2; }
        & #formats { height: 9; min-height: 3; margin: 1 0; }
        & .line { height: 1; }
        & .caption { width: 11; padding: 0 1; color: $quiet; }
        & #state { padding: 0 1; height: auto; min-height: 1; margin: 1 0 0 0; color: $quiet; }
        & #state.wrong { color: $error; }
        & .for-xlsx, & .for-tables { display: none; }
        &.xlsx .for-xlsx, &.tables .for-tables { display: block; }
        &.short #formats { margin: 0; }
        &.short #state { margin: 0; }
        &.short #hints { margin: 0; }
    }
    """

    class Progress(Message):
        """So many rows are written."""

        def __init__(self, done: int, total: int) -> None:
            super().__init__()
            self.done = done
            self.total = total

    class Finished(Message):
        """The file is there, or `error` says why not."""

        def __init__(self, path: Path, count: int, error: ReviewError | None) -> None:
            super().__init__()
            self.path = path
            self.count = count
            self.error = error

    def __init__(self, filter_text: str = "", columns: Sequence[str] = ()) -> None:
        super().__init__()
        self._columns = [column for column in columns if column in COLUMNS]
        self._named_format = self._last = ""
        self._wanted: IssueFilter = parse_filter(filter_text)
        self._named = ""
        self._count = 0
        self._worker: Worker[None] | None = None

    def title_text(self) -> str:
        return _("Export the issue list")

    def compose_body(self) -> ComposeResult:
        from textual.containers import Horizontal

        headers = [("vi", "Tiếng Việt"), ("en", "English"), (_NAMES, _("column names, for programs"))]
        columns = [
            (_PEOPLE, _("those to read")),
            (_SHOWN, _("those shown in the list")),
            (_ALL, _("all of them")),
        ]
        sheets = [("no", _("one sheet")), ("yes", _("and one for each lead agency"))]
        yield Static(id="about")
        yield Rows(self._draw, id="formats")
        with Horizontal(classes="line"):
            yield Static(literal(_("Headers")), classes="caption")
            yield Choice(headers, self.store.recall(_HEADERS) or language(), id="headers")
        with Horizontal(classes="line for-tables"):
            yield Static(literal(_("Columns")), classes="caption")
            yield Choice(columns, self.store.recall(_COLUMNS) or _PEOPLE, id="columns")
        with Horizontal(classes="line for-xlsx"):
            yield Static(literal(_("Sheets")), classes="caption")
            yield Choice(sheets, "no", id="sheets")
        with Horizontal(classes="line"):
            yield Static(literal(_("File")), classes="caption")
            yield TextField(id="file")
        yield Static(id="state")

    def hints(self) -> list[Hint]:
        return [
            Hint("Enter", _("write {format}").format(format=self._named_format), "write"),
            Hint("Tab", _("next field"), "next"),
            *super().hints()[1:],
        ]

    def on_mount(self) -> None:
        self.set_class(self.app.size.height < 22, "short")
        formats = self.query_one("#formats", Rows)
        formats.item_count = len(FORMATS)
        self._last = self.store.recall(_FORMAT) or ""
        formats.cursor = _ORDER.index(self._last) if self._last in FORMATS else 0
        formats.focus()
        self._show_format()
        self._show_about()
        self._name_file(Path(self.store.recall(_FOLDER) or Path.cwd()))

    def on_resize(self) -> None:
        self.set_class(self.app.size.height < 22, "short")

    def _show_about(self) -> None:
        about = self.query_one("#about", Static)
        try:
            self._count = self.store.issues.count(self._wanted)
        except ReviewError as error:
            about.add_class("wrong")
            about.update(literal(explain(error)))
            return
        said = ngettext("{count} issue", "{count} issues", self._count).format(count=f"{self._count:,}")
        narrowed = format_filter(self._wanted) or _("all reports")
        about.update(literal(f"{said} · {narrowed}"))

    @property
    def format(self) -> str:
        """Name of the format under the cursor."""
        return _ORDER[self.query_one("#formats", Rows).cursor]

    @property
    def file(self) -> Path:
        """The file named."""
        return Path(self.query_one("#file", TextField).value.strip()).expanduser()

    def _draw(self, item: int, width: int) -> list[Part]:
        name = _ORDER[item]
        chosen = name == self.format
        mark = (f"{_CHOSEN} ", "accent") if chosen else (f"{_OTHER} ", "quiet")
        said: list[Part] = [mark, (fit(name, 6), "strong" if chosen else "")]
        said.append((f"  {_(_USES.get(name, ''))}", "quiet"))
        if name == self._last:
            again = _("as last time")
            said.append((f" · {again}", "quiet"))
        return said

    def _show_format(self) -> None:
        """Offer what the format under the cursor takes, and name it by the key that writes it."""
        self.set_class(self.format == "xlsx", "xlsx")
        self.set_class(bool(self._columns) and self.format in _WITH_COLUMNS, "tables")
        self.query_one("#formats", Rows).refresh_all()
        self._named_format = self.format
        self.query_one(HintBar).hints = self.hints()

    def _name_file(self, folder: Path) -> None:
        name = file_name(self.store, self._wanted, date.today().isoformat(), self.format)
        self._put(str(folder / name))
        self._named = name

    def _put(self, text: str) -> None:
        field = self.query_one("#file", TextField)
        with self.prevent(Input.Changed):
            field.value = text
            field.cursor_position = len(text)
        self._warn()

    def on_item_list_moved(self, _message: ItemList.Moved) -> None:
        """Another format: the file's ending follows, what was typed before it stays."""
        self._show_format()
        text = self.query_one("#file", TextField).value
        for made in FORMATS.values():
            if text.endswith(made.extension):
                self._put(text.removesuffix(made.extension) + FORMATS[self.format].extension)
                return

    def on_item_list_chosen(self, _message: ItemList.Chosen) -> None:
        self.action_write()

    def on_input_changed(self, event: Input.Changed) -> None:
        made = format_by_name(event.value, "")
        if made and made != self.format:
            with self.prevent(ItemList.Moved):
                self.query_one("#formats", Rows).cursor = _ORDER.index(made)
            self._show_format()
        self._warn()

    def on_input_submitted(self, _event: Input.Submitted) -> None:
        self.action_write()

    def _say(self, text: str, *, wrong: bool = False) -> None:
        state = self.query_one("#state", Static)
        state.set_class(wrong, "wrong")
        state.update(literal(text))

    def _warn(self) -> None:
        """Say beforehand what would stand in the way."""
        path = self.file
        if path.is_dir():
            self._say(_("This is a folder: name a file in it."))
        elif path.exists():
            self._say(_("This file is there already; you will be asked before it is replaced."))
        elif not path.parent.exists():
            self._say(_("Its folder does not exist."))
        else:
            self._say("")

    def action_headers(self) -> None:
        """The next language of the headers."""
        self.query_one("#headers", Choice).action_step(1)

    def action_next(self) -> None:
        self.focus_next()

    def action_previous(self) -> None:
        self.focus_previous()

    def action_complete(self) -> None:
        """Fill in the path as far as it can only go on one way; on to the next field where it cannot."""
        field = self.query_one("#file", TextField)
        if not field.has_focus:
            self.focus_next()
            return
        text, names = complete_path(field.value)
        if text == field.value:
            self.focus_next()
            return
        self._put(text)
        if len(names) > 1:
            self._say("  ".join(names[:8]))

    def action_write(self) -> None:
        if self.writing:
            return
        path = self.file
        if path.is_dir():
            path = path / self._named
        if not path.exists():
            self._write(path, overwrite=False)
            return
        from reviewer.screens.dialogs import Confirm

        def answered(yes: bool | None) -> None:
            if yes:
                self._write(path, overwrite=True)

        question = _("{path} is there already. Replace it?").format(path=path)
        self.app.push_screen(Confirm(_("Replace the file?"), question, _("replace")), answered)

    @property
    def writing(self) -> bool:
        """Whether a file is being written."""
        return self._worker is not None and self._worker.is_running

    def _options(self) -> dict[str, Any]:
        headers = self.query_one("#headers", Choice).value
        people = headers != _NAMES
        return {
            "headers": headers if people else None,
            "language": headers if people else language(),
            "bom": people,
            "sheets": self.query_one("#sheets", Choice).value == "yes",
            "columns": self._columns_for(people=people),
        }

    def _columns_for(self, *, people: bool) -> Sequence[str]:
        """Programs get every column, unless those of the list are asked for."""
        chosen = self.query_one("#columns", Choice).value if self.has_class("tables") else _PEOPLE
        if chosen == _SHOWN:
            return self._columns
        return _FOR_PEOPLE if people and chosen == _PEOPLE else COLUMNS

    def _write(self, path: Path, *, overwrite: bool) -> None:
        """Write in a thread, on a connection of its own."""
        made, options, wanted = self.format, self._options(), self._wanted
        database, reviewer, today = self.store.path, self.store.reviewer, self.store.issues.today
        self._say(_("Writing …"))

        def work() -> None:
            from annotations.store import Store

            worker = get_current_worker()

            def watch(rows: Iterator[IssueRow], total: int) -> Iterator[IssueRow]:
                for done, row in enumerate(rows):
                    if done % TELL_EVERY == TELL_EVERY - 1:
                        self.post_message(self.Progress(done + 1, total))
                    if worker.is_cancelled:
                        raise ExportStopped(N_("The export was stopped; nothing was written."))
                    yield row

            count, failed = 0, None
            try:
                with Store.open(database, reviewer, create=False, readonly=True) as store:
                    store.issues.today = today
                    count = export_list(
                        store, wanted, path, made, overwrite=overwrite, watch=watch, **options
                    )
            except ReviewError as error:
                failed = error
            self.post_message(self.Finished(path, count, failed))

        self._worker = self.run_worker(work, thread=True, exclusive=True, group="export")

    def on_export_screen_progress(self, message: Progress) -> None:
        done, total = f"{message.done:,}", f"{message.total:,}"
        self._say(_("{done} of {total} written … Esc stops").format(done=done, total=total))

    def on_export_screen_finished(self, message: Finished) -> None:
        if message.error is not None:
            self._say(explain(message.error), wrong=True)
            return
        self.store.remember(_FORMAT, self.format)
        self.store.remember(_HEADERS, self.query_one("#headers", Choice).value)
        if self.has_class("tables"):
            self.store.remember(_COLUMNS, self.query_one("#columns", Choice).value)
        self.store.remember(_FOLDER, str(message.path.resolve().parent))
        said = ngettext("{count} issue written to {path}", "{count} issues written to {path}", message.count)
        self.app.notify(said.format(count=f"{message.count:,}", path=message.path), timeout=15)
        self.dismiss(message.path)

    def action_cancel(self) -> None:
        """Stop the writing, if it is going on; else close."""
        if self.writing and self._worker is not None:
            self._worker.cancel()
        else:
            self.dismiss(None)
