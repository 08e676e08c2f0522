"""Bringing reports in: files, folders, several at once, with their progress and what was refused."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.message import Message
from textual.widgets import Input, Static
from textual.worker import Worker, get_current_worker

from annotations.models import Placement
from reports.errors import ReviewError
from reviewer.commands import Hint, bindings
from reviewer.i18n import _, explain, ngettext
from reviewer.importing import Outcome, import_source, sources
from reviewer.paths import complete_path, read_paths
from reviewer.screens.dialog import Dialog
from reviewer.widgets.fields import TextField
from reviewer.widgets.literal import literal

TELL_EVERY = 0.15
"""Seconds between two lines of progress."""
LISTED = 10
YIELD_AFTER = 0.001
"""Seconds that the import computes before the screen has a turn."""
TOLD = 3
"""Refusals that are told after an import in the background."""


class ImportScreen(Dialog[int | None]):
    """Dismissed with the id of the report to show, or None; what runs then goes on and tells how it ended."""

    PLACE = "import"
    BINDINGS: ClassVar[list[BindingType]] = bindings("import")
    DEFAULT_CSS = """
    ImportScreen {
        & > #box { width: 84; }
        & #state { margin: 1 0 0 0; }
        & #names { display: none; height: auto; max-height: 12; margin: 1 0 0 0; padding: 0 1; }
        & #names { color: $quiet; }
        &.listing #names { display: block; }
        &.running TextField { color: $quiet; }
        &.asking > #box { display: none; }
    }
    """

    class Progress(Message):
        """Some of the files are in."""

        def __init__(self, done: int, total: int, name: str) -> None:
            super().__init__()
            self.done = done
            self.total = total
            self.name = name

    class Finished(Message):
        """What became of each file; `error` if none could be looked at."""

        def __init__(self, outcomes: list[Outcome], error: ReviewError | None = None) -> None:
            super().__init__()
            self.outcomes = outcomes
            self.error = error

    def __init__(self) -> None:
        super().__init__()
        self._worker: Worker[None] | None = None
        self._left = False
        self._outcomes: list[Outcome] = []

    def title_text(self) -> str:
        return _("Import reports")

    def compose_body(self) -> ComposeResult:
        yield Static(literal(_("Files or folders, several with spaces between")), classes="label")
        yield TextField(placeholder=_("for instance ~/reports or quarter-1.md"), id="paths")
        yield Static(
            literal(_("Word, Markdown, plain text and others; title, date and period are found in them.")),
            id="state",
        )
        yield Static(id="names")

    def on_mount(self) -> None:
        self.query_one("#state").add_class("label")
        self.query_one(TextField).focus()

    def _list(self, names: list[str]) -> None:
        """Show names, or what was refused and why; the first of them if there are many."""
        shown = names[:LISTED]
        if len(names) > LISTED:
            more = len(names) - LISTED
            shown.append(ngettext("and {count} more", "and {count} more", more).format(count=more))
        self.query_one("#names", Static).update(literal("\n".join(shown)))
        self.set_class(bool(names), "listing")

    def _say(self, text: str, *, wrong: bool = False) -> None:
        state = self.query_one("#state", Static)
        state.set_class(wrong, "wrong")
        state.update(literal(text))

    def on_input_changed(self, _event: Input.Changed) -> None:
        self._list([])

    def on_input_submitted(self, _event: Input.Submitted) -> None:
        self.action_start()

    def action_complete(self) -> None:
        field = self.query_one(TextField)
        text, names = complete_path(field.value)
        with self.prevent(Input.Changed):
            field.value = text
            field.cursor_position = len(text)
        self._list(names if len(names) > 1 else [])

    def action_start(self) -> None:
        if self._runs:
            return
        text = self.query_one(TextField).value
        if not text.strip():
            self._say(_("Name a file or a folder first."), wrong=True)
            return
        self._start(read_paths(text))

    def _start(self, paths: Sequence[str | Path], *, revises: str | None = None, apart: bool = False) -> None:
        """Bring in what is at `paths`; `revises`: slug of the report that it is the corrected text of;
        `apart`: it is a report of its own whatever it looks like."""
        self._list([])
        self.add_class("running")
        self._say(_("Looking …"))
        self.show_rights()
        app, path, reviewer = self.app, self.store.path, self.store.reviewer
        largest = self.home.settings.largest_kept

        def work() -> None:
            from annotations.store import Store

            worker, outcomes, told = get_current_worker(), [], 0.0
            wrong: ReviewError | None = None
            try:
                found = list(sources(paths))
                with keys_first(), Store.open(path, reviewer, create=False) as store:
                    original = store.report(revises) if revises else None
                    for number, source in enumerate(found):
                        if worker.is_cancelled:
                            break
                        if time.monotonic() - told > TELL_EVERY:
                            told = time.monotonic()
                            self.post_message(self.Progress(number, len(found), source.name))
                        outcome = import_source(
                            store, source, revises=original, apart=apart, largest_kept=largest
                        )
                        outcomes.append(outcome)
            except ReviewError as error:
                wrong = error
            app.call_from_thread(self._end, app, outcomes, wrong)

        self._worker = app.run_worker(work, thread=True, group="import")

    @property
    def _runs(self) -> bool:
        return self.has_class("running")

    def _end(self, app: App[object], outcomes: list[Outcome], error: ReviewError | None) -> None:
        """Tell how it went: here, or wherever the reviewer is by now."""
        if not self._left:
            self.post_message(self.Finished(outcomes, error))
            return
        refused = [outcome.refused for outcome in outcomes if outcome.refused]
        if error is not None:
            refused.insert(0, explain(error))
        said = "\n".join([summary(outcomes), *refused[:TOLD]] if outcomes else refused[:1])
        app.notify(said, severity="warning" if refused else "information", timeout=12)

    def on_import_screen_progress(self, message: Progress) -> None:
        name = message.name.rpartition("/")[2]
        self._say(_("{done} of {total} · {name}").format(done=message.done, total=message.total, name=name))

    def on_import_screen_finished(self, message: Finished) -> None:
        self.remove_class("running")
        self.show_rights()
        outcomes = self._outcomes = [*self._outcomes, *message.outcomes]
        doubtful = next((outcome for outcome in outcomes if outcome.corrects), None)
        if doubtful is not None and message.error is None:
            self._ask(doubtful)
            return
        self._outcomes = []
        said = summary(outcomes)
        refused = [outcome.refused for outcome in outcomes if outcome.refused]
        if message.error is not None:
            refused.insert(0, explain(message.error))
        if refused:
            self._say(said if outcomes else refused[0], wrong=True)
            self._list(refused if outcomes else [])
            return
        self.app.notify(said)
        self.dismiss(outcomes[-1].report_id if outcomes else None)
        if len(outcomes) == 1 and outcomes[0].guessed and outcomes[0].created:
            self._show_found(outcomes[0])

    def _show_found(self, outcome: Outcome) -> None:
        """Show what was found about the one report that came in."""
        from reviewer.screens.found import FoundScreen

        if outcome.report is not None:
            self.app.push_screen(FoundScreen(outcome.report))

    def _ask(self, doubtful: Outcome) -> None:
        """Ask whether a file is the corrected text that it looks like, then go on with the others."""
        from reviewer.screens.correction import CorrectionDialog

        slug = doubtful.corrects or ""

        def answered(is_one: bool | None) -> None:
            self.remove_class("asking")
            self._outcomes.remove(doubtful)
            if is_one is None:
                self._outcomes.append(replace(doubtful, corrects=None))
                self.post_message(self.Finished([]))
            else:
                self._start([doubtful.source], revises=slug if is_one else None, apart=not is_one)

        name = doubtful.source.rpartition("/")[2]
        self.add_class("asking")
        self.app.push_screen(CorrectionDialog(name, self.store.report(slug).title), answered)

    def hints(self) -> list[Hint]:
        every = {hint.action: hint for hint in super().hints()}
        if self._runs:
            leave, stop = every["cancel"], every["stop"]
            return [Hint(leave.key, _("go on in the background"), "cancel"), stop]
        return [Hint("Enter", _("import"), "start"), every["complete"], every["cancel"]]

    def action_stop(self) -> None:
        """End after the file that is being read; what is in stays."""
        if self._runs and self._worker is not None:
            self._worker.cancel()
            self._say(_("Stopping after this file …"))

    def action_cancel(self) -> None:
        if self._runs:
            self._left = True
            self.app.notify(_("The import goes on in the background."))
        self.dismiss(None)


@contextmanager
def keys_first() -> Iterator[None]:
    """Let the thread that computes make way often, so that keys are answered in half the time."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(YIELD_AFTER)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)


def summary(outcomes: list[Outcome]) -> str:
    """How many reports came in, were revised, were there already, were refused."""
    revised = [outcome for outcome in outcomes if outcome.revision is not None]
    new = sum(outcome.created for outcome in outcomes) - len(revised)
    refused = sum(outcome.refused is not None for outcome in outcomes)
    known = len(outcomes) - new - len(revised) - refused
    waiting = sum(outcome.placements.get(Placement.WAITING, 0) for outcome in revised)
    said = []
    if new or not outcomes:
        said.append(ngettext("{count} report imported", "{count} reports imported", new).format(count=new))
    for count, text in (
        (len(revised), ngettext("{count} report revised", "{count} reports revised", len(revised))),
        (waiting, ngettext("{count} passage to place", "{count} passages to place", waiting)),
        (known, ngettext("{count} was there already", "{count} were there already", known)),
        (refused, ngettext("{count} refused", "{count} refused", refused)),
    ):
        if count:
            said.append(text.format(count=count))
    return ", ".join(said) + "."
