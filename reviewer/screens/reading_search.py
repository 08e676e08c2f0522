"""Finding words in the report, and filtering the panel."""

from __future__ import annotations

from datetime import date
from functools import partial

from textual.message import Message

from annotations.mentions import Mention, MentionFinder
from reports.errors import ReviewError
from reports.find import Match, find
from reviewer.choices import report_day
from reviewer.i18n import _, explain, ngettext
from reviewer.layout.runs import Span, SpanIndex
from reviewer.screens.reading_base import ReadingBase
from reviewer.widgets.ask_line import AskLine
from reviewer.widgets.text_cursor import TextCursor, around
from reviewer.words import number

MOST_MATCHES = 10_000
FIND, FILTER = "find", "filter"


class ReadingSearch(ReadingBase):
    """Matches are looked for in a thread while one types, and shown where they are from the cursor on."""

    class Found(Message):
        """The matches of `query`."""

        def __init__(self, query: str, matches: list[Match]) -> None:
            super().__init__()
            self.query = query
            self.matches = matches

    def __init__(self) -> None:
        super().__init__()
        self.query_text = ""
        self._matches = SpanIndex()
        self._at: int | None = None
        self._answered = ""
        self._origin: TextCursor | None = None
        self._naming = False

    class Named(Message):
        """Where agencies are named in the report."""

        def __init__(self, mentions: list[Mention]) -> None:
            super().__init__()
            self.mentions = mentions

    @property
    def found_words(self) -> str:
        """How many matches there are, and at which one one is; empty if nothing was looked for."""
        if not self.query_text:
            return ""
        count = len(self._matches.spans)
        if not count:
            return _("not found")
        number = "–" if self._at is None else self._at + 1
        more = "+" if count >= MOST_MATCHES else ""
        return _("{number} of {count}").format(number=number, count=f"{count}{more}")

    def action_find(self) -> None:
        self._origin = self.cursor
        self.asking.ask(FIND, _("Find"), self.query_text, select=True)
        self._answer()

    def action_filter(self) -> None:
        from annotations.filters import format_filter

        current = self.acts.filter
        self.asking.ask(FILTER, _("Filter"), format_filter(current) if current else "")

    def on_ask_line_typed(self, message: AskLine.Typed) -> None:
        if message.topic == FIND:
            self._look_for(message.text)

    def on_ask_line_entered(self, message: AskLine.Entered) -> None:
        if message.topic == FILTER:
            self._filter(message.text)
            return
        match = self._current()
        if self.query_text and not self._matches.spans and self._answered == self.query_text:
            self._answer()
            return
        self.close_asking()
        if match is not None:
            self._go_to_match(match)

    def close_asking(self) -> None:
        self.asking.close()
        self.view.focus()

    def _filter(self, text: str) -> None:
        from annotations.filters import parse_filter

        try:
            self.acts.set_filter(parse_filter(text) if text.strip() else None)
        except ReviewError as error:
            self.asking.answer(explain(error))
            return
        self.close_asking()
        self.show_panel()
        self.follow()
        self.show_title()

    def drop_filter(self) -> None:
        """Show every annotation in the panel again."""
        self.acts.set_filter(None)
        self.show_panel()
        self.follow()
        self.show_title()

    def _look_for(self, query: str) -> None:
        self.query_text = query.strip()
        if not self.query_text:
            self.drop_matches()
            return
        self.run_worker(
            partial(self._find, self.query_text), thread=True, exclusive=True, group=FIND, exit_on_error=False
        )

    def _find(self, query: str) -> None:
        matches = find(self.acts.document.text, query, self.acts.folded, MOST_MATCHES)
        self.post_message(self.Found(query, matches))

    def on_reading_search_found(self, message: Found) -> None:
        if message.query != self.query_text:
            return
        self._answered = message.query
        self._matches = SpanIndex(Span(match.start, match.end, n) for n, match in enumerate(message.matches))
        origin = self._origin.start if self._origin else self.cursor.start
        first = self._matches.after(origin) or (self._matches.spans[0] if self._matches.spans else None)
        self._at = self._matches.spans.index(first) if first else None
        self._show_matches()
        if first is not None:
            self.view.reveal(TextCursor(first.start, first.end))
        self._answer()
        self.show_title()

    def _answer(self) -> None:
        """Say in the line what came of the search."""
        self.asking.answer(self.found_words, warning=bool(self.query_text and not self._matches.spans))

    def action_mentions(self) -> None:
        """Underline the agencies that the report names, or no longer."""
        self._naming = not self._naming
        if not self._naming:
            self.view.show_mentions(SpanIndex())
            return
        finder, day = self.home.choices.mention_finder(), report_day(self.acts.report)
        self.run_worker(
            partial(self._find_mentions, finder, day),
            thread=True,
            exclusive=True,
            group="named",
            exit_on_error=False,
        )

    def _find_mentions(self, finder: MentionFinder, day: date | None) -> None:
        self.post_message(self.Named(finder.find(self.acts.document.text, day)))

    def on_reading_search_named(self, message: Named) -> None:
        if not self._naming:
            return
        mentions = message.mentions
        self.view.show_mentions(SpanIndex(Span(one.start, one.end, n) for n, one in enumerate(mentions)))
        count = len(mentions)
        said = ngettext("An agency is named {count} time.", "Agencies are named {count} times.", count)
        self.notify(said.format(count=number(count)))

    def drop_matches(self) -> None:
        """Forget what was looked for; back to where the search began if it is still being typed."""
        self.query_text, self._matches, self._at = "", SpanIndex(), None
        self.view.show_matches(self._matches, None)
        if self._origin is not None and self.asking.asking:
            self.view.reveal(self._origin)
        self._origin = None
        self.asking.answer("")
        self.show_title()

    def forget_finds(self) -> None:
        self.query_text, self._matches, self._at = "", SpanIndex(), None
        self._origin, self._naming = None, False

    def action_next_match(self) -> None:
        self._step_match(1)

    def action_previous_match(self) -> None:
        self._step_match(-1)

    def _step_match(self, step: int) -> None:
        spans = self._matches.spans
        if not spans:
            self.app.notify(_("Nothing is looked for yet. Press / and type a few words."))
            return
        self._at = (self._at + step) % len(spans) if self._at is not None else 0
        self._go_to_match(spans[self._at])

    def _current(self) -> Span | None:
        return self._matches.spans[self._at] if self._at is not None else None

    def _go_to_match(self, match: Span) -> None:
        self._origin = None
        self._show_matches()
        self.move(around(self.acts.document, match.start, match.end, self.cursor.grain))
        self.show_title()

    def _show_matches(self) -> None:
        match = self._current()
        self.view.show_matches(self._matches, (match.start, match.end) if match else None)
