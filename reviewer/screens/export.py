"""Writing the issue list to a file: which issues, which format, which name, how far it is."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message
from textual.widgets import Input, Static
from textual.worker import Worker, get_current_worker

from annotations.errors import ExportError
from annotations.filters import IssueFilter, parse_filter
from annotations.models import Language
from reports.errors import ReviewError
from reviewer.commands import bindings
from reviewer.i18n import N_, _, explain, language, ngettext
from reviewer.screens.dialog import Dialog
from reviewer.screens.dialogs import Confirm
from reviewer.widgets.fields import TextField
from reviewer.widgets.item_list import ItemList
from reviewer.widgets.literal import literal
from reviewer.widgets.parts import Part, fit
from reviewer.widgets.rows import Rows

if TYPE_CHECKING:
    from annotations.issues import IssueRow

TELL_EVERY = 0.15
"""Seconds between two lines of progress."""

_USES: Final = {
    "xlsx": N_("Excel workbook: filter, widths, dates as dates"),
    "docx": N_("Word document: the annex of a letter"),
    "csv": N_("table for any spreadsheet"),
    "html": N_("one page that any browser opens"),
    "md": N_("Markdown table"),
    "tsv": N_("table with tabs"),
    "json": N_("exact, for other programs"),
    "jsonl": N_("exact, one issue a line"),
    "w3c": N_("web annotations (JSON-LD)"),
}
_HEADERS: Final[dict[Language | None, str]] = {
    "vi": N_("Vietnamese"),
    "en": N_("English"),
    None: N_("the names of the columns"),
}
_FORMAT = "export-format"
_LABELS = "export-headers"


class _Stopped(ExportError):
    """The reviewer gave up; nothing is left under the file's name."""


class ExportScreen(Dialog[None]):
    """Exports what `filter_text` (in the filter language) finds."""

    PLACE = "export"
    BINDINGS: ClassVar[list[BindingType]] = bindings("export", "form")
    DEFAULT_CSS = """
    ExportScreen {
        & > #box { width: 84; }
        & #formats { height: 9; margin: 1 0; }
        & #what, & #headers { padding: 0 1; height: auto; }
        & #headers { color: $quiet; margin: 0 0 1 0; }
        & #state { margin: 1 0 0 0; }
    }
    """

    class Progress(Message):
        """Some rows are written."""

        def __init__(self, done: int, total: int) -> None:
            super().__init__()
            self.done = done
            self.total = total

    class Finished(Message):
        """The file is there, with `count` rows; or not, and why."""

        def __init__(self, path: Path, count: int, error: ReviewError | None) -> None:
            super().__init__()
            self.path = path
            self.count = count
            self.error = error

    def __init__(self, filter_text: str = "") -> None:
        super().__init__()
        self._text = filter_text
        self._wanted = IssueFilter()
        self._formats = list(_USES)
        self._headers: Language | None = None
        self._offered = ""
        self._worker: Worker[None] | None = None

    def title_text(self) -> str:
        return _("Export the issue list")

    def compose_body(self) -> ComposeResult:
        yield Static(id="what")
        yield Rows(self._draw, id="formats")
        yield Static(id="headers")
        yield Static(literal(_("File")), classes="label")
        yield TextField(id="file")
        yield Static(classes="said", id="state")

    def on_mount(self) -> None:
        remembered = self.store.recall(_LABELS) or language()
        self._headers = "vi" if remembered == "vi" else "en" if remembered == "en" else None
        rows = self.query_one("#formats", Rows)
        rows.item_count = len(self._formats)
        format_name = self.store.recall(_FORMAT)
        rows.cursor = self._formats.index(format_name) if format_name in self._formats else 0
        rows.focus()
        self._show_headers()
        try:
            self._wanted = parse_filter(self._text)
            count = self.store.issues.count(self._wanted)
        except ReviewError as error:
            self._say(explain(error), wrong=True)
            return
        said = ngettext("{count} issue", "{count} issues", count).format(count=f"{count:,}")
        about = self._text or _("all there are")
        self.query_one("#what", Static).update(literal(f"{said} · {about}"))
        self._offer_name()

    @property
    def _format(self) -> str:
        return self._formats[self.query_one("#formats", Rows).cursor]

    def _draw(self, item: int, width: int) -> list[Part]:
        name = self._formats[item]
        return [(fit(name, 8), "strong"), (_(_USES[name]), "quiet")]

    def _show_headers(self) -> None:
        self.query_one("#headers", Static).update(
            literal(_("h  Headings: {language}").format(language=_(_HEADERS[self._headers])))
        )

    def _say(self, text: str, *, wrong: bool = False) -> None:
        state = self.query_one("#state", Static)
        state.set_class(wrong, "wrong")
        state.update(literal(text))

    def _offer_name(self) -> None:
        """Offer a name for the file, unless another one was typed."""
        from reviewer.exporting import file_name

        field = self.query_one(TextField)
        if field.value != self._offered:
            return
        name = file_name(self.store, self._wanted, date.today().isoformat(), self._format)
        self._offered = name
        field.value = name
        field.cursor_position = len(name)

    def on_item_list_moved(self, _message: ItemList.Moved) -> None:
        self._offer_name()

    def on_item_list_chosen(self, _message: ItemList.Chosen) -> None:
        self.action_write()

    def on_input_submitted(self, _event: Input.Submitted) -> None:
        self.action_write()

    def action_next(self) -> None:
        self.focus_next()

    def action_previous(self) -> None:
        self.focus_previous()

    def action_headers(self) -> None:
        """The next language of the headings."""
        known = list(_HEADERS)
        self._headers = known[(known.index(self._headers) + 1) % len(known)]
        self._show_headers()

    def action_write(self) -> None:
        if self._worker is not None and self._worker.is_running:
            return
        typed = self.query_one(TextField).value.strip()
        if not typed:
            self._say(_("Give the file a name first."), wrong=True)
            return
        path = Path(typed).expanduser().absolute()
        if path.is_dir():
            path = path / self._offered
        if not path.exists():
            self._start(path, overwrite=False)
            return

        def answered(yes: bool | None) -> None:
            if yes:
                self._start(path, overwrite=True)

        question = _("{path} is there already. Its content will be gone.").format(path=path)
        self.app.push_screen(Confirm(_("Replace the file?"), question, _("replace")), answered)

    def _start(self, path: Path, *, overwrite: bool) -> None:
        format_name, headers, wanted = self._format, self._headers, self._wanted
        self.store.remember(_FORMAT, format_name)
        self.store.remember(_LABELS, headers or "names")
        database, reviewer = self.store.path, self.store.reviewer
        self._say(_("Writing …"))

        def work() -> None:
            from annotations.store import Store
            from reviewer.exporting import export_list

            count, refused = 0, None
            try:
                with Store.open(database, reviewer, create=False, readonly=True) as store:
                    count = export_list(
                        store, wanted, path, format_name, overwrite=overwrite, watch=self._watch,
                        headers=headers, language=headers or language(),
                    )  # fmt: skip
            except ReviewError as error:
                refused = error
            self.post_message(self.Finished(path, count, refused))

        self._worker = self.run_worker(work, thread=True, exclusive=True, group="export")

    def _watch(self, rows: Iterator[IssueRow], total: int) -> Iterator[IssueRow]:
        worker, told = get_current_worker(), time.monotonic()
        for number, row in enumerate(rows):
            if worker.is_cancelled:
                raise _Stopped(N_("Stopped; nothing was written."))
            if time.monotonic() - told > TELL_EVERY:
                told = time.monotonic()
                self.post_message(self.Progress(number, total))
            yield row

    def on_export_screen_progress(self, message: Progress) -> None:
        self._say(_("{done} of {total} issues").format(done=f"{message.done:,}", total=f"{message.total:,}"))

    def on_export_screen_finished(self, message: Finished) -> None:
        if message.error is not None:
            self._say(explain(message.error), wrong=True)
            return
        said = ngettext("{count} issue is in {path}", "{count} issues are in {path}", message.count)
        self.app.notify(said.format(count=f"{message.count:,}", path=message.path), timeout=10)
        self.dismiss(None)

    def retranslate(self) -> None:
        self._show_headers()

    def action_cancel(self) -> None:
        if self._worker is not None and self._worker.is_running:
            self._worker.cancel()
            return
        self.dismiss(None)
