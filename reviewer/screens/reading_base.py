"""What the parts of the reading screen share: report and panel side by side, one following the other."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from annotations.models import Act, Annotation, Change, Report
from reviewer.i18n import _
from reviewer.screens.base import ReviewerScreen
from reviewer.screens.company import Company
from reviewer.screens.reading_acts import ReadingActs
from reviewer.screens.reading_place import ReadingPlace
from reviewer.widgets.annotation_panel import AnnotationPanel
from reviewer.widgets.ask_line import AskLine
from reviewer.widgets.bars import TitleBar
from reviewer.widgets.digit_bar import DigitBar
from reviewer.widgets.report_view import ReportView
from reviewer.widgets.text_cursor import TextCursor, cursor_at

if TYPE_CHECKING:
    from annotations.store import Store


class ReadingBase(ReviewerScreen[None]):
    """A report, the annotations on it, and the one that is chosen.

    The chosen one is that under the cursor; where there are several, the one on exactly the current range,
    or the one asked for last.
    """

    PLACE = "reading"
    acts: ReadingActs
    place: ReadingPlace
    company: Company

    def __init__(self) -> None:
        super().__init__()
        self.is_open = False
        self.heading = TitleBar(id="title")
        self.asking = AskLine(id="ask")
        self.view = ReportView(id="report")
        self.panel = AnnotationPanel(id="panel")
        self.digits = DigitBar(id="digits")
        self._preferred: int | None = None
        self._revised = False
        self._shown: int | None = None
        self._followed: TextCursor | None = None

    def take(self, store: Store, report: Report) -> None:
        """Read what the screen needs of `report`. Raises what the store does, and then keeps what it has."""
        acts = ReadingActs(store, report)
        place = ReadingPlace(store, report, acts.document)
        self.acts, self.place, self.company = acts, place, Company(store, report.id)
        self._preferred, self._revised, self._shown, self._followed = None, False, None, None
        self.forget_finds()

    @property
    def cursor(self) -> TextCursor:
        return self.view.cursor

    def chosen(self) -> Annotation | None:
        """The annotation that acts are for."""
        return self.acts.find(self.view.chosen)

    def show_title(self) -> None:
        """Bring the first line up to date."""
        raise NotImplementedError

    def keep_place_soon(self) -> None:
        """Keep the place in the record within a second."""
        raise NotImplementedError

    def move(self, cursor: TextCursor) -> None:
        """Make `cursor` the current range; report, panel and title change in one frame."""
        self.view.move(cursor)
        self.keep_up()

    def keep_up(self) -> None:
        """Let panel and title follow the report's cursor, unless they have."""
        if self.cursor != self._followed:
            self.follow()
            self.show_title()
            self.keep_place_soon()

    def follow(self) -> None:
        """Choose the annotation under the cursor, and let the panel follow."""
        cursor = self._followed = self.cursor
        under = self.acts.under(cursor.start, cursor.end)
        chosen = self._preferred if self._preferred in under else under[0] if under else None
        self._preferred = chosen
        self.view.choose(chosen)
        self.mind_whose(self.chosen())
        self._open_in_panel(chosen)

    def _open_in_panel(self, chosen: int | None) -> None:
        item = None if chosen is None else self.panel.place_of(chosen)
        self.panel.open(item, near=self.acts.place_in_shown(self.cursor.start))

    def go_to(self, annotation: Annotation) -> None:
        """Make `annotation` the chosen one and its passage the current range."""
        self._preferred = annotation.id
        self.view.move(self.cursor.at(annotation.start, annotation.end))
        self.follow()
        self.show_title()
        self.keep_place_soon()

    def cycle(self) -> None:
        """Choose the next of the annotations that share words with the current range."""
        under = sorted(self.acts.under(self.cursor.start, self.cursor.end))
        if len(under) < 2:
            self.app.notify(_("Only where annotations overlap is there another one to choose."))
            return
        at = under.index(self._preferred) if self._preferred in under else -1
        self._preferred = under[(at + 1) % len(under)]
        self.follow()

    def show_annotations(self, places: list[tuple[int, int]] | None = None) -> None:
        """Show what the acts hold now; `places`: the only code points at which that differs."""
        self.view.show_marks(self.acts.marks, places)
        self.show_panel()
        self.follow()
        self.show_title()

    def show_panel(self) -> None:
        """Show the annotations that the filter lets through."""
        acts, panel = self.acts, self.panel
        if acts.filter is not None:
            panel.empty_text = _("No passage of this report fits the filter. Press Esc to show all of them.")
        elif not self.may(Act.ANNOTATE):
            panel.empty_text = _("No passages yet.")
        else:
            panel.empty_text = _(
                "No passages yet.\n \nj and k go from clause to clause, 1 to 9 put a tag on it, t any tag, "
                "a the agency that answers for it."
            )
        drafts = frozenset(key for key in self.store.drafts() if key in acts.marks)
        panel.show(acts.shown, acts.directory, drafts)

    def changed(self, change: Change) -> None:
        """Somebody changed something: show what of it is in this report."""
        if not self.is_open or change.id == self._shown:
            return
        if self.acts.is_deleted(change):
            said = _("{reviewer} deleted this report. Undo, in the library, brings it back.")
            self.app.notify(said.format(reviewer=change.reviewer), severity="warning")
            self.dismiss(None)
            return
        if self.acts.is_revised(change):
            self._revised = True
            self.take_new_text()
        if self._revised:
            return
        touched = self.acts.apply(change)
        if touched is None:
            return
        self.digits.show(self.acts.digit_tags)
        self.show_annotations(touched.places)

    def take_new_text(self) -> None:
        """Show the report's new text, unless something that was begun on the old one is still open above."""
        if not (self._revised and self.is_active):
            return
        self._revised = False
        self.acts = ReadingActs(self.store, self.store.report(self.acts.report.id))
        self.place = ReadingPlace(self.store, self.acts.report, self.acts.document)
        cursor = cursor_at(self.acts.document, self.place.offset, self.place.grain)
        self.view.open(self.acts.document, cursor, self.acts.marks)
        self.digits.show(self.acts.digit_tags)
        self.forget_finds()
        self.show_annotations()
        said = _("The report has another text now. What was marked is where its words are, or waits.")
        self.app.notify(said)

    def forget_finds(self) -> None:
        """Drop what was found in a text that is no longer shown."""
        raise NotImplementedError

    def on_screen_resume(self) -> None:
        self.take_new_text()

    def act(self, do: Callable[[], Change]) -> Change | None:
        change = super().act(do)
        if change is None:
            self.acts.load_annotations()
            self.show_annotations()
        else:
            # What the act made is needed at once; the signal tells this screen of it a few messages later.
            self.changed(change)
            self._shown = change.id
        return change
