"""The pickers of tags and of agencies: what fits the passage first, found by any part of any name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from textual.app import ComposeResult

from annotations.models import Agency, Link, Role, Tag
from annotations.names import Entry
from annotations.ranking import PickerContext, PickerIndex, Ranked, Reason
from reports.vietnamese import search_key
from reviewer.commands import Hint
from reviewer.days import show_day
from reviewer.i18n import N_, _, language
from reviewer.screens.chooser import Chooser, SearchField
from reviewer.screens.dialogs import Confirm
from reviewer.widgets.detail import Detail
from reviewer.widgets.parts import Part, both_ends, parts_width, wrapped
from reviewer.words import role_word

T = TypeVar("T", bound=Entry)
ChosenT = TypeVar("ChosenT")

SHOWN = 200
"""Rows a picker lists at most; typing finds the others."""
DIGITS = 9
GAP = 2

_HEADINGS = {
    Reason.NAMED: N_("Named in the passage"),
    Reason.USUAL: N_("Usual for its tag"),
    Reason.REPORT: N_("Used in this report"),
    Reason.RECENT: N_("Used last"),
    Reason.OTHER: N_("All"),
}


class Picker(Chooser[ChosenT | None], Generic[T, ChosenT]):
    """Chooses entries of the codebook or directory.

    What the annotation has already is marked. Enter takes the marks if any was changed, else what was marked
    and the row under the cursor; a digit in the empty field takes that row at once. Space in the empty field,
    Insert or ctrl+t marks and goes on. A name that nobody has yet can be created: `create` makes the entry,
    after asking, and returns it, or None if it was refused.
    """

    PLACE = "picker"
    SHEET = True
    TALL = True
    DEFAULT_CSS = """
    Picker {
        & #about { height: 5; margin: 1 0 0 0; color: $quiet; background: $surface; }
        &.low #about { height: 2; margin: 0; }
        &.low #found { margin: 0; }
    }
    """

    def __init__(
        self,
        index: PickerIndex[T],
        context: PickerContext,
        marked: Sequence[int],
        create: Callable[[str], T | None] | None,
    ) -> None:
        super().__init__()
        self._index = index
        self._ranking = context
        self._create = create
        self._by_id = {entry.id: entry for entry in index.entries}
        self._marked = [entry_id for entry_id in marked if entry_id in self._by_id]
        self._lost = [entry_id for entry_id in marked if entry_id not in self._by_id]
        self._touched = False
        self._query = ""
        self._rows: list[Ranked[T]] = []

    def compose_body(self) -> ComposeResult:
        yield from self.compose_chooser(_("Any part of a name"))
        yield Detail(self._draw_about, id="about")

    def hints(self) -> list[Hint]:
        hints = [Hint("Enter", _("take"), "accept"), Hint("Space", _("mark"), "mark")]
        return [*hints, *self.more_hints(), Hint("Esc", _("close"), "cancel")]

    def more_hints(self) -> list[Hint]:
        """Hints between mark and close."""
        return []

    def search(self, query: str) -> None:
        self._query = query.strip()
        self._rows = self._index.rank(self._query, self._ranking, SHOWN)
        headings: dict[int, str] = {}
        if not self._query:
            self._rows.sort(key=lambda row: row.entry.id not in self._marked)
            headings = self._headings()
        rows = len(self._rows) + self._offers_new()
        self.found.show_items(rows, headings)
        self.found.cursor = self._first_unmarked()
        self.moved(self.found.cursor)

    def _headings(self) -> dict[int, str]:
        found: dict[int, str] = {}
        before: object = None
        for at, row in enumerate(self._rows):
            kind: object = "marked" if row.entry.id in self._marked else row.reason
            if kind != before:
                found[at] = _("On this passage") if kind == "marked" else _(_HEADINGS[row.reason])
                before = kind
        return found

    def _first_unmarked(self) -> int:
        for at, row in enumerate(self._rows):
            if row.entry.id not in self._marked:
                return at
        return 0

    def _offers_new(self) -> bool:
        if self._create is None or len(self._query) < 2:
            return False
        key = search_key(self._query)
        return not any(search_key(row.matched) == key for row in self._rows[:DIGITS])

    def _row(self, item: int) -> Ranked[T] | None:
        return self._rows[item] if item < len(self._rows) else None

    def draw(self, item: int, width: int) -> list[Part]:
        row = self._row(item)
        if row is None:
            return [("+ ", "accent"), (_("New: “{name}”").format(name=self._query), "")]
        marked = row.entry.id in self._marked
        number = self._number(item)
        left: list[Part] = [
            ("✓ " if marked else "  ", "accent"),
            (f"{number} " if number else "", "accent"),
            (self.name_of(row.entry), "strong" if marked else ""),
        ]
        right = self.beside(row, item)
        if right and right[0][1] == "quiet" and parts_width(left) + GAP + parts_width(right) > width:
            right = []
        return both_ends(left, right, width, GAP)

    def _number(self, item: int) -> int:
        """The digit that takes row `item` while nothing is typed, 0 if none does."""
        if self._query:
            return 0
        number = item - self._first_unmarked() + 1
        return number if 1 <= number <= DIGITS else 0

    def name_of(self, entry: T) -> str:
        """What an entry is called in the list."""
        raise NotImplementedError

    def beside(self, row: Ranked[T], item: int) -> list[Part]:
        """What stands at the right of a row."""
        return []

    def about(self, entry: T) -> str:
        """What is said of the entry under the cursor, below the list."""
        raise NotImplementedError

    def moved(self, item: int) -> None:
        self.query_one(Detail).update()

    def _draw_about(self, width: int, height: int) -> list[list[Part]]:
        row = self._row(self.found.cursor)
        text = self.about(row.entry) if row else ""
        return [[(line, "")] for line in wrapped(text, width, height)]

    def on_search_field_shortcut(self, message: SearchField.Shortcut) -> None:
        if message.character == " ":
            self.action_mark()
            return
        item = self._first_unmarked() + int(message.character) - 1
        if row := self._row(item):
            self._mark(row.entry.id)
            self._finish()

    def action_mark(self) -> None:
        row = self._row(self.found.cursor)
        if row is None:
            self.action_accept()
            return
        self._touched = True
        if row.entry.id in self._marked:
            self._unmark(row.entry.id)
        else:
            self._mark(row.entry.id)
        if self._query:
            self.field.value = ""
        else:
            self.found.refresh_all()
            self.found.action_cursor(1)

    def _mark(self, entry_id: int) -> None:
        if entry_id not in self._marked:
            self._marked.append(entry_id)

    def _unmark(self, entry_id: int) -> None:
        self._marked.remove(entry_id)

    def action_accept(self) -> None:
        row = self._row(self.found.cursor)
        if row is None:
            if self._offers_new():
                self._ask_for_new()
            return
        if not self._touched or self._query:
            self._mark(row.entry.id)
        self._finish()

    def _finish(self) -> None:
        self.dismiss(self.chosen([*self._lost, *self._marked]))

    def chosen(self, ids: Sequence[int]) -> ChosenT:
        """The result that the marks `ids` make."""
        raise NotImplementedError

    def _ask_for_new(self) -> None:
        name = self._query

        def answered(yes: bool | None) -> None:
            if not yes or self._create is None:
                return
            entry = self._create(name)
            if entry is not None:
                self._by_id[entry.id] = entry
                self._mark(entry.id)
                self._finish()

        self.app.push_screen(Confirm(_("New?"), self.question(name), _("create")), answered)

    def question(self, name: str) -> str:
        """What is asked before an entry of that name is created."""
        raise NotImplementedError


class TagPicker(Picker[Tag, tuple[int, ...]]):
    """Chooses tags; dismissed with the ids of all that the annotation is to have."""

    def __init__(
        self,
        index: PickerIndex[Tag],
        context: PickerContext,
        chosen: Sequence[int] = (),
        *,
        create: Callable[[str], Tag | None] | None = None,
    ) -> None:
        super().__init__(index, context, chosen, create)

    def title_text(self) -> str:
        return _("Tags")

    def name_of(self, entry: Tag) -> str:
        return entry.label(language())

    def beside(self, row: Ranked[Tag], item: int) -> list[Part]:
        return [(row.entry.key, "quiet")]

    def about(self, entry: Tag) -> str:
        parent = self._by_id.get(entry.parent_id or 0)
        above = f"{parent.label(language())} › " if parent else ""
        return f"{above}{entry.label(language())}\n{entry.definition(language())}"

    def chosen(self, ids: Sequence[int]) -> tuple[int, ...]:
        return tuple(ids)

    def question(self, name: str) -> str:
        return _("No tag is called “{name}”. Add it to the codebook?").format(name=name)


class AgencyPicker(Picker[Agency, tuple[Link, ...]]):
    """Chooses agencies and how each answers; dismissed with all the links the annotation is to have.

    The first one leads, unless there is a lead already; Tab changes it.
    """

    def __init__(
        self,
        index: PickerIndex[Agency],
        context: PickerContext,
        links: Sequence[Link] = (),
        *,
        create: Callable[[str], Agency | None] | None = None,
    ) -> None:
        self._roles = {link.agency_id: link.role for link in links}
        super().__init__(index, context, [link.agency_id for link in links], create)

    def title_text(self) -> str:
        return _("Agencies")

    def more_hints(self) -> list[Hint]:
        return [Hint("Tab", _("lead / coordinating"), "role")]

    def name_of(self, entry: Agency) -> str:
        return entry.label(language())

    def _role(self, agency_id: int) -> Role:
        """The role that an agency has, or would get if it were taken now."""
        if agency_id in self._roles:
            return self._roles[agency_id]
        led = any(self._roles.get(marked) is Role.LEAD for marked in (*self._marked, *self._lost))
        return Role.COORDINATING if led else Role.LEAD

    def beside(self, row: Ranked[Agency], item: int) -> list[Part]:
        role = role_word(self._role(row.entry.id))
        if item == self.found.cursor:
            return [("Tab ", "accent"), (role, "")]
        if row.entry.id in self._marked:
            return [(role, "accent")]
        return [(row.entry.short, "quiet")] if row.entry.short != row.entry.name else []

    def about(self, entry: Agency) -> str:
        parent = self._by_id.get(entry.parent_id or 0)
        lines = [entry.label(language())]
        if parent:
            lines.append(parent.label(language()))
        if entry.valid_to:
            lines.append(_("until {day}").format(day=show_day(entry.valid_to)))
        elif entry.valid_from:
            lines.append(_("since {day}").format(day=show_day(entry.valid_from)))
        return " · ".join(lines) + (f"\n{entry.note}" if entry.note else "")

    def _mark(self, entry_id: int) -> None:
        self._roles.setdefault(entry_id, self._role(entry_id))
        super()._mark(entry_id)

    def _unmark(self, entry_id: int) -> None:
        self._roles.pop(entry_id, None)
        super()._unmark(entry_id)

    def action_role(self) -> None:
        row = self._row(self.found.cursor)
        if row is None:
            return
        role = self._role(row.entry.id)
        self._roles[row.entry.id] = Role.LEAD if role is Role.COORDINATING else Role.COORDINATING
        self.found.refresh_all()

    def chosen(self, ids: Sequence[int]) -> tuple[Link, ...]:
        return tuple(Link(agency_id, self._role(agency_id)) for agency_id in ids)

    def question(self, name: str) -> str:
        return _("No agency is called “{name}”. Add it to the directory?").format(name=name)
