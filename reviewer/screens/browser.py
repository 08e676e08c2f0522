"""A list of entries that an office keeps: the base of the directory of agencies and of the codebook."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.widgets import Static

from annotations.models import Agency, Change, Tag
from annotations.ranking import PickerContext, PickerIndex
from annotations.standing import Standing
from reviewer.i18n import _, language, ngettext
from reviewer.outline import Node, crowded, outline
from reviewer.screens.base import ReviewerScreen
from reviewer.screens.entry_form import EntryForm, Field
from reviewer.widgets.bars import PartsLine, TitleBar
from reviewer.widgets.columns import Column, fit_columns, heading_parts, row_parts
from reviewer.widgets.detail import Detail
from reviewer.widgets.item_list import ItemList
from reviewer.widgets.literal import literal
from reviewer.widgets.parts import Part
from reviewer.widgets.rows import Rows
from reviewer.words import number

if TYPE_CHECKING:
    from textual.widgets import Input

T = TypeVar("T", bound=Agency | Tag)
CROWD = 40
"""What has more entries than that right below it is folded at first."""
NOTHING = Standing(0, 0)


class BrowserScreen(ReviewerScreen[None], Generic[T]):
    """Entries below one another or by name, found as one types; edited, merged, retired, each act undoable.

    A subclass says what its entries are. Rows follow what others do.
    """

    AUTO_FOCUS = "#entries"
    DEFAULT_CSS = """
    BrowserScreen {
        & #headings { color: $quiet; }
        & #detail { height: 9; border-top: solid $rule; }
        & #empty { display: none; height: 1fr; padding: 2 4; color: $quiet; }
        &.low #detail { height: 6; }
        &.empty #entries { display: none; }
        &.empty #headings { display: none; }
        &.empty #detail { display: none; }
        &.empty #empty { display: block; }
    }
    """
    COLUMNS: ClassVar[Sequence[Column]]
    FIELDS: ClassVar[Sequence[Field]]

    def __init__(self) -> None:
        super().__init__()
        self._listed: list[Node[T]] = []
        self._standing: Mapping[int, Standing] = {}
        self._folded: set[int] | None = None
        self._query = ""
        self._flat = False
        self._retired = False

    @abstractmethod
    def entries(self) -> Sequence[T]:
        """All entries, retired ones too, in the order in which they are listed."""

    @abstractmethod
    def by_name(self, entries: Sequence[T]) -> Sequence[T]:
        """`entries` in alphabetical order."""

    @abstractmethod
    def index(self, entries: Sequence[T]) -> PickerIndex[T]:
        """What finds any of `entries`."""

    @abstractmethod
    def standing(self) -> Mapping[int, Standing]:
        """Open issues by the id of an entry."""

    @abstractmethod
    def heading(self, count: int) -> str:
        """What the title says: how many there are."""

    @abstractmethod
    def cells(self, entry: T) -> Mapping[str, Part]:
        """What its columns hold, besides the name and the counts."""

    @abstractmethod
    def about(self, entry: T, width: int, height: int) -> Sequence[Sequence[Part]]:
        """All that is said of an entry."""

    @abstractmethod
    def values(self, entry: T | None) -> Mapping[str, str]:
        """The texts of the form."""

    @abstractmethod
    def edited(self, entry: T, changed: Mapping[str, str]) -> Change:
        """Do the act that the form asks for."""

    @abstractmethod
    def created(self, typed: Mapping[str, str]) -> Change:
        """Make the entry that the form describes."""

    @abstractmethod
    def turned(self, entry: T) -> Change:
        """Retire an entry, or take a retired one back."""

    @abstractmethod
    def place_of(self, entry: T | None) -> str:
        """The text of the form's field for the parent of a new entry beside `entry`."""

    def compose(self) -> ComposeResult:
        yield TitleBar(id="title")
        yield PartsLine(id="headings")
        yield Rows(self._draw, id="entries")
        yield Static(id="empty")
        yield Detail(self._draw_detail, id="detail")
        yield self.hint_bar()

    @property
    def rows(self) -> Rows:
        return self.query_one("#entries", Rows)

    def on_mount(self) -> None:
        self._load()
        self.follow_changes()
        self.call_after_refresh(self._count)

    def on_resize(self) -> None:
        self.set_class(self.app.size.height < 30, "low")
        self._show_headings()

    def reload(self) -> None:
        self._load()
        self._count()

    def retranslate(self) -> None:
        for line in self.query("#search Static").results(Static):
            line.update(literal(_("Find")))
        self._load()

    def _count(self) -> None:
        self._standing = self.standing()
        self.rows.refresh_all()
        self.query_one(Detail).update()

    def _load(self, keep: int | None = None) -> None:
        """Show what is found and unfolded, the cursor on the entry it was on, or on `keep`."""
        current = keep if keep is not None else self.current_id()
        entries = [entry for entry in self.entries() if self._retired or not entry.retired]
        if self._folded is None:
            self._folded = crowded(entries, CROWD)
        self._listed = self._found(entries)
        rows = self.rows
        rows.item_count = len(self._listed)
        for at, node in enumerate(self._listed):
            if node.entry.id == current:
                rows.cursor = at
                break
        self._show_title(len(entries))
        self._show_headings()
        self.set_class(not self._listed, "empty")
        none = _("No entry goes by these words. Esc shows all of them again.")
        self.query_one("#empty", Static).update(literal(none if self._query else _("Nothing here yet.")))
        self.query_one(Detail).update()

    def _found(self, entries: Sequence[T]) -> list[Node[T]]:
        if self._query:
            by_id = {entry.id: entry for entry in entries}
            live = [replace(entry, retired=False) for entry in entries]
            ranked = self.index(live).rank(self._query, PickerContext())
            return [Node(by_id[row.entry.id], 0, 0) for row in ranked]
        if self._flat:
            return [Node(entry, 0, 0) for entry in self.by_name(entries)]
        return outline(entries, self._folded or ())

    def _show_title(self, count: int) -> None:
        said = self.heading(count)
        if self._query:
            said = _("{count} of {all}").format(count=number(len(self._listed)), all=said)
        self.query_one(TitleBar).show(
            [(self.title_text(), "strong")], [(f"{said} · {self.store.reviewer}", "quiet")]
        )

    @abstractmethod
    def title_text(self) -> str:
        """What the screen is called."""

    def _fitted(self, width: int) -> list[tuple[Column, int]]:
        return fit_columns(self.COLUMNS, max(0, width))

    def _show_headings(self) -> None:
        fitted = self._fitted(self.app.size.width - 2)
        self.query_one("#headings", PartsLine).show(heading_parts(fitted))

    def _draw(self, item: int, width: int) -> list[Part]:
        node = self._listed[item]
        entry = node.entry
        sign = "" if self._flat or self._query else "  "
        if node.children:
            sign = "▸ " if entry.id in (self._folded or ()) else "▾ "
        standing = self._standing.get(entry.id, NOTHING)
        settled = entry.retired
        name = "  " * node.depth + sign + entry.label(language()) + (" · " + _("retired") if settled else "")
        values: dict[str, Part] = {
            **self.cells(entry),
            "own": (number(standing.own) if standing.own else "·", "" if standing.own else "quiet"),
            "below": (number(standing.below) if standing.below else "·", "" if standing.below else "quiet"),
        }
        values["name"] = (name, "quiet" if settled else values.get("name", ("", ""))[1])
        return row_parts(self._fitted(width), values)

    def _draw_detail(self, width: int, height: int) -> Sequence[Sequence[Part]]:
        entry = self.current()
        return self.about(entry, width, height)[:height] if entry else ()

    def standing_words(self, entry: T) -> str:
        """How many issues are open, in a sentence."""
        standing = self._standing.get(entry.id, NOTHING)
        said = ngettext("{count} open issue", "{count} open issues", standing.own)
        words = said.format(count=number(standing.own))
        if standing.below != standing.own:
            words += " · " + _("{count} with those below").format(count=number(standing.below))
        return words

    def current(self) -> T | None:
        """The entry under the cursor."""
        cursor = self.rows.cursor
        return self._listed[cursor].entry if cursor < len(self._listed) else None

    def current_id(self) -> int | None:
        entry = self.current()
        return entry.id if entry else None

    def on_item_list_moved(self, _message: ItemList.Moved) -> None:
        self.query_one(Detail).update()

    def on_click(self, event: events.Click) -> None:
        """A click on the sign before an entry folds or unfolds it."""
        rows = self.rows
        if event.widget is not rows or event.chain != 1 or not self._listed:
            return
        node = self._listed[rows.cursor]
        first = 1 + 2 * node.depth
        row = rows.top_row + event.get_content_offset_capture(rows).y
        if rows.item_at(row) == rows.cursor and node.children and first <= event.x < first + 2:
            folded = self._folded or set()
            self._folded = folded ^ {node.entry.id}
            self._load()

    async def on_item_list_chosen(self, _message: ItemList.Chosen) -> None:
        await self.run_action("edit")

    def on_input_changed(self, event: Input.Changed) -> None:
        self._query = event.value.strip()
        self._load()
        if self._query:
            self.rows.cursor = 0

    def on_input_submitted(self, _event: Input.Submitted) -> None:
        self.rows.focus()

    async def action_find(self) -> None:
        from reviewer.widgets.search_line import SearchLine

        if not self.query("#search"):
            await self.mount(SearchLine(_("Find"), id="search"), after="#title")
        self.query_one("#search", SearchLine).field.focus()

    async def action_back(self) -> None:
        """From the search back to all entries; then to the screen before."""
        if not self.query("#search"):
            self.dismiss(None)
            return
        await self.query("#search").remove()
        if self._query:
            self._query = ""
            self._reveal(self.current())
            self._load()
        self.rows.focus()

    def _reveal(self, entry: T | None) -> None:
        """Unfold what is above `entry`."""
        by_id = {other.id: other for other in self.entries()}
        seen: set[int] = set()
        while entry and entry.parent_id and entry.parent_id not in seen:
            seen.add(entry.parent_id)
            entry = by_id.get(entry.parent_id)
        self._folded = (self._folded or set()) - seen

    def action_unfold(self) -> None:
        if (number := self.current_id()) is not None and self._folded and number in self._folded:
            self._folded.discard(number)
            self._load()

    def action_fold(self) -> None:
        cursor = self.rows.cursor
        if cursor >= len(self._listed) or self._flat or self._query:
            return
        node = self._listed[cursor]
        if node.children and self._folded is not None and node.entry.id not in self._folded:
            self._folded.add(node.entry.id)
            self._load()
            return
        for at in range(cursor, -1, -1):
            if self._listed[at].depth < node.depth:
                self.rows.cursor = at
                return

    def action_flat(self) -> None:
        self._flat = not self._flat
        self._reveal(self.current())
        self._load()

    def action_retired(self) -> None:
        self._retired = not self._retired
        self._load()

    def action_edit(self) -> None:
        entry = self.current()
        if entry:
            self._ask(entry.label(language()), self.FIELDS, entry)

    def _ask(self, title: str, fields: Sequence[Field], entry: T) -> None:
        def save(changed: Mapping[str, str]) -> Change:
            return self.edited(entry, changed)

        self.app.push_screen(EntryForm(title, fields, self.values(entry), save), self._after)

    def rename(self, field: Field, entry: T, do: Callable[[str], Change]) -> None:
        """Ask for another name and do it; the old one still finds the entry."""

        def save(changed: Mapping[str, str]) -> Change:
            return do(changed[field.name])

        title = _("Rename “{name}”").format(name=entry.label(language()))
        self.app.push_screen(EntryForm(title, (field,), self.values(entry), save), self._after)

    def action_new(self) -> None:
        beside = self.place_of(self.current())
        values = {**self.values(None), "parent": beside}

        def save(typed: Mapping[str, str]) -> Change:
            return self.created({"parent": beside, **typed})

        self.app.push_screen(EntryForm(_("New entry"), self.FIELDS, values, save), self._after)

    def _after(self, change: Change | None) -> None:
        if change is not None:
            self._load(next((item.item_id for item in change.items if item.before is None), None))

    def action_retire(self) -> None:
        entry = self.current()
        if entry and (change := self.act(lambda: self.turned(entry))):
            self.home.say_act(change)
            self._load()

    def action_issues(self) -> None:
        entry = self.current()
        if entry:
            self.home.show_issues(self.issue_filter(entry))

    @abstractmethod
    def issue_filter(self, entry: T) -> str:
        """The filter that finds the issues of an entry."""

    @abstractmethod
    def merge(self, entry: T, target: T) -> Change:
        """Do the merge."""

    @abstractmethod
    def follow_words(self, entry: T, target: T) -> str:
        """What merging comes to, before it is done."""

    def action_merge(self) -> None:
        from reviewer.screens.entry_picker import ask_for_merge

        if entry := self.current():
            ask_for_merge(self, entry)

    def merge_into(self, entry: T, target: T) -> None:
        """Merge `entry` into `target` and go there."""
        if change := self.act(lambda: self.merge(entry, target)):
            self.home.say_act(change)
            self._load(target.id)
