"""The line a filter is typed into: what can come next is offered below it, what is wrong is said in place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.highlighter import Highlighter
from rich.style import Style
from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Input, Static

from annotations.errors import FilterError
from annotations.filter_completion import Completion
from annotations.filter_words import word_of
from annotations.filters import IssueFilter, format_filter
from reviewer.commands import bindings
from reviewer.i18n import _, explain
from reviewer.layout.cells import width as cells_of
from reviewer.widgets.fields import TextField
from reviewer.widgets.literal import literal
from reviewer.widgets.parts import Part, fit
from reviewer.widgets.rows import Rows

OFFERED = 10
"""Completions in sight at once."""
_WIDEST = 72

Check = Callable[[str], IssueFilter]
"""The filter that a text asks for, every name in it known; raises FilterError with the place of the fault."""
Offer = Callable[[str, int], Sequence[Completion]]
"""What the word at a code point of a text can become."""


class FilterLine(Vertical):
    """A field with its label, and below it the completions or what is wrong."""

    DEFAULT_CSS = """
    FilterLine {
        height: auto;
        & Horizontal { height: 1; background: $field; }
        & .label { width: auto; padding: 0 1; color: $quiet; }
        & FilterField { width: 1fr; height: 1; border: none; padding: 0; background: $field; }
        & #wrong { display: none; color: $error; padding: 0 1; }
        &.wrong #wrong { display: block; }
    }
    """

    class Changed(Message):
        """The text asks for another filter."""

        def __init__(self, wanted: IssueFilter) -> None:
            super().__init__()
            self.wanted = wanted

    class Left(Message):
        """Typing is over. `kept`: with Enter, else what was typed is to be forgotten."""

        def __init__(self, kept: bool) -> None:
            super().__init__()
            self.kept = kept

    def __init__(self, check: Check, offer: Offer, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._check = check
        self._offer = offer
        self._wanted = IssueFilter()
        self._good = ""
        self._settled = (self._wanted, self._good)

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield Static(literal(_("Filter")), classes="label")
            yield FilterField(self)
        yield Static(id="wrong")
        yield CompletionList()

    @property
    def field(self) -> FilterField:
        return self.query_one(FilterField)

    @property
    def completions(self) -> CompletionList:
        return self.query_one(CompletionList)

    @property
    def text(self) -> str:
        return self.field.value

    @property
    def wanted(self) -> IssueFilter:
        """What the text asks for; what it asked for before its last word where it cannot be understood."""
        return self._wanted

    @property
    def is_wrong(self) -> bool:
        """Whether the text cannot be understood."""
        return self.has_class("wrong")

    @property
    def good(self) -> str:
        """The text of what is asked for: as it was typed, where all of that is understood."""
        return self._good

    def retranslate(self) -> None:
        """Label and hint in the language chosen last."""
        self.query_one(".label", Static).update(literal(_("Filter")))
        self.field.placeholder = _placeholder()

    def show(self, text: str) -> None:
        """Show `text` as the filter in force, and what is wrong with it, if anything: then it asks for
        everything. Says nothing of it."""
        with self.prevent(Input.Changed):
            self.field.value = text
        self.field.cursor_position = len(text)
        self._settled = (IssueFilter(), "")
        self._wanted, error = self._read(text)
        self._good = "" if error else text.strip()
        self._settled = (self._wanted, self._good)
        self._complain(error, _("The list is not narrowed."))

    def edit(self) -> None:
        """Go on typing at the end."""
        self.field.focus()
        self.field.cursor_position = len(self.text)

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.look()

    def look(self, *, insist: bool = False) -> None:
        """Read what is typed: complete it, say what is wrong, tell what it asks for.

        A word that is still being typed counts for nothing yet, neither as a condition nor as a fault,
        unless `insist`.
        """
        field, at = self.field, self.field.cursor_position
        offered = self._offer(self.text, at) if field.has_focus and not insist else ()
        self.completions.show(offered, self._column(offered[0].start) if offered else 0)
        wanted, error = self._read(self.text)
        good = self._settled[1] if error else self.text.strip()
        if offered and _unfinished(self.text, at, offered, error):
            wanted, error = self._read(_without(self.text, offered[0].start, max(at, offered[0].end)))
            good, error = self._settled[1] if error else format_filter(wanted), None
        elif error is None and (insist or not self.text[:at].strip() or self.text[at - 1].isspace()):
            self._settled = (wanted, good)
        self._complain(error, _("The list stays as it was."))
        self._good = good
        if wanted != self._wanted:
            self._wanted = wanted
            self.post_message(self.Changed(wanted))

    def _read(self, text: str) -> tuple[IssueFilter, FilterError | None]:
        """What `text` asks for; where a word of it cannot be understood, what was asked for before that word
        was begun, and why."""
        try:
            return self._check(text), None
        except FilterError as error:
            return self._settled[0], error

    def _complain(self, error: FilterError | None, instead: str) -> None:
        """Say what is wrong, if anything, below the word, and what is shown `instead`."""
        self.field.mark_wrong(None if error is None else (error.start, error.end))
        self.set_class(error is not None, "wrong")
        if error is not None:
            said = f"▲ {explain(error)} {instead}"
            room = max(0, self.app.size.width - cells_of(said) - 2)
            indent = min(max(0, self._column(error.start) - 1), room)
            self.query_one("#wrong", Static).update(literal(" " * indent + said))

    def _column(self, offset: int) -> int:
        """The cell in which the code point at `offset` of the text stands."""
        field = self.field
        shown = cells_of(field.value[:offset]) - int(field.scroll_offset.x)
        return max(0, field.content_region.x - self.region.x + shown)

    def take(self, item: int | None = None) -> bool:
        """Put the completion under the popup's cursor (or number `item`) in; whether there was one."""
        completion = self.completions.chosen(item)
        if completion is None:
            return False
        goes_on = completion.text.endswith(":")
        at_end = completion.end >= len(self.text)
        text = completion.text + (" " if at_end and not goes_on else "")
        field = self.field
        field.replace(text, completion.start, completion.end)
        field.cursor_position = completion.start + len(text)
        return True

    def finish(self) -> None:
        """Enter: take what was chosen among the completions, else keep the text and go back to the list. What
        is wrong with it stays in sight."""
        if self.completions.touched and self.take():
            return
        self.look(insist=True)
        self.completions.show((), 0)
        self.post_message(self.Left(kept=True))

    def leave(self) -> None:
        """Esc: first the completions go, then what was typed."""
        if self.completions.touched:
            self.completions.show((), 0)
            return
        self.completions.show((), 0)
        self.post_message(self.Left(kept=False))

    def on_completion_list_taken(self, message: CompletionList.Taken) -> None:
        message.stop()
        self.take(message.item)
        self.field.focus()


def _without(text: str, start: int, end: int) -> str:
    """`text` without the condition that holds code points [start, end)."""
    return text[: text.rfind(" ", 0, start) + 1] + text[end:]


def _unfinished(text: str, at: int, offered: Sequence[Completion], error: FilterError | None) -> bool:
    """Whether the word at code point `at` is not typed to its end: a name that nothing has yet, or the
    beginning of one of the language's own words."""
    if error is not None:
        return error.start <= at <= error.end
    first = offered[0].start
    own = any(one.text.endswith(":") or word_of(one.text) == "overdue" for one in offered)
    typed = text[first:at]
    return own and bool(typed) and ":" not in typed and text[first - 1 : first] in ("", " ", "!")


def _placeholder() -> str:
    return _("everything; for instance: agency:stnmt status:open overdue “mặt bằng”")


class FilterField(TextField):
    """The field. Words of the filter language stand out from their values, a wrong one is underlined."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("filter")
    COMPONENT_CLASSES: ClassVar[set[str]] = {"filter--word", "filter--wrong"}
    DEFAULT_CSS = """
    FilterField > .filter--word { color: $accent; }
    FilterField > .filter--wrong { color: $error; text-style: underline; }
    """

    def __init__(self, line: FilterLine) -> None:
        super().__init__(placeholder=_placeholder())
        self._line = line
        self.highlighter = _Highlighter(self)
        self.wrong: tuple[int, int] | None = None

    def mark_wrong(self, span: tuple[int, int] | None) -> None:
        """Underline code points [start, end); None for nothing."""
        if span != self.wrong:
            self.wrong = span
            self.refresh()

    def style_of(self, name: str) -> Style:
        return self.get_component_rich_style(name, partial=True)

    def on_focus(self) -> None:
        self.call_later(self._line.look)

    def on_blur(self) -> None:
        self._line.completions.show((), 0)

    def action_complete(self) -> None:
        self._line.take()

    def action_completion(self, step: int) -> None:
        self._line.completions.step(step)

    def action_finish(self) -> None:
        self._line.finish()

    def action_leave(self) -> None:
        self._line.leave()


class _Highlighter(Highlighter):
    def __init__(self, field: FilterField) -> None:
        self._field = field

    def highlight(self, text: Text) -> None:
        text.highlight_regex(r"(?:(?<=\s)|^)!?[^\W\d_][\w-]*:", self._field.style_of("filter--word"))
        if self._field.wrong is not None:
            start, end = self._field.wrong
            text.stylize(self._field.style_of("filter--wrong"), start, max(end, start + 1))


class CompletionList(Rows):
    """The completions, below the word that they complete; hidden where there are none."""

    DEFAULT_CSS = """
    CompletionList {
        display: none; overlay: screen; constrain: inside;
        width: 40; height: 1; background: $panel;
    }
    """

    class Taken(Message):
        """A completion was clicked."""

        def __init__(self, item: int) -> None:
            super().__init__()
            self.item = item

    def __init__(self) -> None:
        super().__init__(self._draw)
        self.can_focus = False
        self.touched = False
        self._offered: Sequence[Completion] = ()

    def show(self, offered: Sequence[Completion], column: int) -> None:
        """Offer these, from cell `column` on; hidden if there are none."""
        self.touched = False
        if list(offered) == list(self._offered) and bool(offered) == self.display:
            self.cursor = 0
            return
        self._offered = offered
        self.display = bool(offered)
        self.item_count = len(offered)
        if offered:
            widest = max(cells_of(one.text) + cells_of(one.label) + 5 for one in offered)
            self.styles.width = min(max(widest, 24), _WIDEST, max(24, self.app.size.width - column))
            self.styles.height = min(len(offered), OFFERED)
            self.styles.offset = (max(0, column - 1), 0)
            self.cursor = 0
            self.scroll_to_row(0)

    def chosen(self, item: int | None = None) -> Completion | None:
        """The completion under the cursor, or number `item`."""
        at = self.cursor if item is None else item
        return self._offered[at] if self.display and at < len(self._offered) else None

    def step(self, step: int) -> None:
        """Move the cursor; from then on Enter takes what it is on."""
        if self.display:
            self.touched = True
            self.action_cursor(step)

    def _draw(self, item: int, width: int) -> list[Part]:
        one = self._offered[item]
        named = max((cells_of(each.text) for each in self._offered), default=0)
        return [(fit(one.text, min(named, width)), "strong"), ("  ", ""), (one.label, "quiet")]

    def on_click(self, event: events.Click) -> None:
        event.stop()
        item = self.item_at(self.top_row + event.get_content_offset_capture(self).y)
        if item is not None:
            self.post_message(self.Taken(item))
