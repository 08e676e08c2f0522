"""The same issue over time: its line through the reports, and what of earlier ones may be the same."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from annotations.models import Act, Annotation, Role, Status
from reports.errors import ReviewError
from reviewer.commands import Hint, bindings
from reviewer.i18n import _, language, ngettext
from reviewer.layout.cells import width as cells_of
from reviewer.over_time import reasons, run_words, when
from reviewer.screens.dialog import Dialog
from reviewer.screens.earlier_acts import link_to
from reviewer.widgets.bars import TitleBar
from reviewer.widgets.detail import Detail
from reviewer.widgets.item_list import ItemList
from reviewer.widgets.parts import Part, both_ends, crop_parts, fit, wrapped
from reviewer.widgets.rows import GroupedRows
from reviewer.words import status_word

if TYPE_CHECKING:
    from annotations.earlier import Candidate
    from annotations.issue_rows import IssueRow

OFFERED = 8
"""Candidates that are listed at most; each has a digit."""
_QUOTE, _ABOUT = 2, 5
"""Lines of a passage, and of all that is said of the row under the cursor."""
_LOW = 20
"""Rows of the terminal below which less is said of it."""
_WIDTH, _FRAME = 104, 4
"""Cells of the dialog, and those of its border and margins."""
_AROUND = 9
"""Rows of the dialog besides its list, its passage and what is said of a row."""


class EarlierScreen(Dialog[None]):
    """The line of an annotation, oldest first, and below it what it may continue. Enter links a candidate and
    closes; on one of the line it opens the report there, and Esc comes back."""

    PLACE = "earlier"
    CSS_PATH = Path("earlier.tcss")
    AUTO_FOCUS = "#found"
    BINDINGS: ClassVar[list[BindingType]] = bindings("earlier")

    def __init__(self, annotation: Annotation) -> None:
        super().__init__()
        self._annotation = annotation
        self._line: list[IssueRow] = []
        self._offered: list[tuple[Candidate, IssueRow]] = []
        self._said = ""
        self._widths: tuple[int, ...] = (0, 0)

    def title_text(self) -> str:
        return _("The issue over time")

    def compose_body(self) -> ComposeResult:
        yield Detail(self._draw_own, id="own")
        yield GroupedRows(self._draw, id="found")
        yield Detail(self._draw_detail, id="about")

    def acted_on(self, act: Act) -> Annotation:
        return self._annotation

    def on_mount(self) -> None:
        self.reload()
        self.follow_changes()

    def on_resize(self) -> None:
        self._fit(self.query_one(GroupedRows))

    def retranslate(self) -> None:
        self._show()

    def reload(self) -> None:
        """Read line and candidates again; closes where the annotation is gone."""
        try:
            self._annotation = self.store.annotation(self._annotation.id)
            self._read()
        except ReviewError as error:
            self.refuse(error)
            self.dismiss(None)
            return
        self._show()

    def _read(self) -> None:
        issues = self.store.issues
        own = self._annotation.id
        line = [annotation.id for annotation in self.store.line_of(own)]
        self._line = issues.rows(line) if len(line) > 1 else []
        candidates = [each for each in issues.earlier(own, OFFERED + 1) if each.id not in line][:OFFERED]
        rows = {row.id: row for row in issues.rows([each.id for each in candidates])}
        self._offered = [(each, rows[each.id]) for each in candidates if each.id in rows]
        shown = [*self._line, *(row for _candidate, row in self._offered)]
        self._widths = tuple(
            max((cells_of(say(row)) for row in shown), default=0) for say in (_when, _status)
        )
        self._said = run_words(issues.runs([own]).get(own))

    def _show(self) -> None:
        title: list[Part] = [(self.title_text(), "strong"), (f" · #{self._annotation.id}", "quiet")]
        self.query_one(TitleBar).show(title, [(self._said, "warning")] if self._said else [])
        headings = {}
        if self._line:
            headings[0] = _("The line of this issue")
        if self._offered:
            count = len(self._offered)
            headings[len(self._line)] = ngettext(
                "May be the same: {count}", "May be the same: {count}", count
            ).format(count=count)
        found = self.query_one(GroupedRows)
        found.show_items(len(self._line) + len(self._offered), headings)
        found.cursor = self._begin_at()
        self._fit(found)
        self._follow()

    def _fit(self, found: GroupedRows) -> None:
        """Give the list the rows that it needs, or those that there are beside what is said around it."""
        width, height = self.app.size
        own, about = self.query_one("#own", Detail), self.query_one("#about", Detail)
        quoted = len(self._draw_own(min(_WIDTH, width) - _FRAME, 2))
        told = _ABOUT if height >= _LOW else 2
        own.styles.height, about.styles.height = quoted, told
        found.styles.height = max(2, min(found.total_rows(), height - _AROUND - quoted - told))
        own.update()

    def _begin_at(self) -> int:
        """The first candidate where nothing is continued yet, else the annotation itself."""
        if self._annotation.earlier_id is None and self._offered:
            return len(self._line)
        own = [at for at, row in enumerate(self._line) if row.id == self._annotation.id]
        return own[0] if own else 0

    def _follow(self) -> None:
        self.query_one("#about", Detail).update()
        self.show_rights()

    def hints(self) -> list[Hint]:
        """Only what does something to the row under the cursor."""
        at = self.query_one(GroupedRows).cursor if self.is_mounted else 0
        offered = at >= len(self._line)
        away = set() if offered and self._offered else {"accept"}
        if not (self._line or self._offered):
            away.add("open")
        if self._annotation.earlier_id is None:
            away.add("unlink")
        if not self.may(Act.CONTINUE):
            away |= {"accept"}
        return [hint for hint in super().hints() if hint.action not in away]

    def _row(self, item: int) -> IssueRow | None:
        if item < len(self._line):
            return self._line[item]
        at = item - len(self._line)
        return self._offered[at][1] if at < len(self._offered) else None

    def _draw(self, item: int, width: int) -> list[Part]:
        row = self._row(item)
        if row is None:
            return []
        offered = item - len(self._line)
        own = row.id == self._annotation.id
        if offered >= 0:
            mark: Part = (f"{offered + 1} ", "accent")
            shared = self._offered[offered][0].words
            beside: Part = (f"{shared} %" if shared else "", "quiet")
        else:
            mark = ("● " if own else "│ ", "accent" if own else "quiet")
            beside = (_("this one"), "accent") if own else (_lead(row), "quiet")
        settled = row.status in (Status.RESOLVED, Status.REJECTED)
        left: list[Part] = [
            mark,
            (fit(_when(row), self._widths[0]) + "  ", "strong" if own else ""),
            (fit(_status(row), self._widths[1]) + "  ", "quiet" if settled else ""),
            (" ".join(row.passage.split()), "quiet" if settled else ""),
        ]
        return both_ends(left, [beside], width)

    def _draw_own(self, width: int, height: int) -> list[list[Part]]:
        """The passage that it is about."""
        text = f"“{' '.join(self._annotation.exact.split())}”"
        return [[(line, "")] for line in wrapped(text, width, height)]

    def _draw_detail(self, width: int, height: int) -> list[list[Part]]:
        item = self.query_one(GroupedRows).cursor
        row = self._row(item)
        if row is None:
            said = _("Nothing in earlier reports is like it. It counts as new.")
            return [[(line, "quiet")] for line in wrapped(said, width, height)]
        where: Part = (f" · {_issuer(row)}#{row.id}", "quiet")
        lines: list[list[Part]] = [crop_parts([(row.report_title, "strong"), where], width)]
        if height >= _ABOUT:
            quote = wrapped(f"“{' '.join(row.passage.split())}”", width, _QUOTE)
            lines += [[(text, "")] for text in quote]
            about = " · ".join(part for part in (_tags(row), _leads(row)) if part)
            lines.append(crop_parts([(about, "quiet")], width))
        if item >= len(self._line):
            why = reasons(self._offered[item - len(self._line)][0])
            lines.append(crop_parts([(why, "accent")], width))
        return lines[:height]

    def on_item_list_moved(self, _message: ItemList.Moved) -> None:
        self._follow()

    async def on_item_list_chosen(self, _message: ItemList.Chosen) -> None:
        self.action_accept()

    def action_accept(self) -> None:
        """Link the candidate under the cursor; of the line, open the report there."""
        item = self.query_one(GroupedRows).cursor
        if item < len(self._line):
            self.action_open()
        elif self._offered:
            self._link(self._offered[item - len(self._line)][0])

    def action_candidate(self, number: int) -> None:
        """Link candidate `number`, from 1 on."""
        if number <= len(self._offered):
            self._link(self._offered[number - 1][0])

    def _link(self, candidate: Candidate) -> None:
        if link_to(self, self._annotation, candidate):
            self.dismiss(None)
        else:
            self.reload()

    def action_unlink(self) -> None:
        """Take off what the annotation continues."""
        seen = self._annotation
        if seen.earlier_id is None:
            self.app.notify(_("This issue continues no other."))
        else:
            self.act(lambda: self.store.continue_from(seen.id, seen.version, None))
            self.reload()

    def action_open(self) -> None:
        """Open the report at the issue under the cursor."""
        row = self._row(self.query_one(GroupedRows).cursor)
        if row is None:
            return
        if row.id == self._annotation.id:
            self.dismiss(None)
        else:
            self.home.open_report(row.report_id, row.id)

    def action_undo(self) -> None:
        super().action_undo()
        self.reload()

    def action_redo(self) -> None:
        super().action_redo()
        self.reload()


def _when(row: IssueRow) -> str:
    return when(row.period, row.report_date)


def _status(row: IssueRow) -> str:
    return status_word(Status(row.status))


def _lead(row: IssueRow) -> str:
    """The short name of the first agency in the lead."""
    names = [link.shown(language(), brief=True) for link in row.links if link.role is Role.LEAD]
    return names[0] if names else ""


def _leads(row: IssueRow) -> str:
    return "; ".join(row.shown_agencies(Role.LEAD, language()))


def _tags(row: IssueRow) -> str:
    return "; ".join(row.tag_labels(language()))


def _issuer(row: IssueRow) -> str:
    return f"{row.issuer} · " if row.issuer else ""
