"""How the issue list is narrowed, grouped and sorted by keys and clicks."""

from __future__ import annotations

from annotations.filters import Term, format_filter
from annotations.issue_order import Arrangement
from annotations.models import Act, Annotation, Comment, Role, View
from reviewer.screens.issue_acts import IssueActs
from reviewer.screens.issue_groups import GROUP_WORDS, SORT_WORDS
from reviewer.screens.issue_listing import Asked
from reviewer.screens.issue_table import IssueTable
from reviewer.widgets.filter_line import FilterLine


class IssueNarrowing(IssueActs):
    """`asked`: what is listed now. `first_filter`: what the list was opened for, None for what was last."""

    asked: Asked
    first_filter: str | None

    @property
    def rows(self) -> IssueTable:
        """The list."""
        return self.query_one("#issues", IssueTable)

    @property
    def line(self) -> FilterLine:
        """The line that the filter is typed into."""
        return self.query_one(FilterLine)

    def acted_on(self, act: Act) -> Annotation | Comment | View | None:
        """Nothing where rows are marked: whose those are is told by the record."""
        return None if self.rows.mark_count else super().acted_on(act)

    def ask(self, asked: Asked, *, follow: bool = False) -> None:
        """Show what is asked for."""
        raise NotImplementedError

    def narrow_to(self, text: str) -> None:
        """List what `text`, in the filter language, finds; what cannot be understood is said in its place."""
        self.line.show(text)
        if self.line.wanted != self.asked.wanted:
            self.ask(Asked(self.line.wanted, self.asked.arrangement))
        self._remember()

    def _remember(self) -> None:
        """Keep what is shown for the next time."""
        raise NotImplementedError

    def _arrange(self, arrangement: Arrangement) -> None:
        self.ask(Asked(self.asked.wanted, arrangement))
        self._remember()

    def action_group(self) -> None:
        """Group by the next thing."""
        now, names = self.asked.arrangement, list(GROUP_WORDS)
        group = names[(names.index(now.group) + 1) % len(names)]
        self._arrange(Arrangement(group, now.sort, now.descending))

    def action_sort(self) -> None:
        """Sort by the next thing."""
        now, names = self.asked.arrangement, list(SORT_WORDS)
        self._arrange(Arrangement(now.group, names[(names.index(now.sort) + 1) % len(names)]))

    def action_reverse(self) -> None:
        """The last one first."""
        now = self.asked.arrangement
        if now.sort:
            self._arrange(Arrangement(now.group, now.sort, not now.descending))

    def sort_by(self, sort: str) -> None:
        """Sort by something; the other way round if the list is sorted by that already."""
        if sort == self.asked.arrangement.sort:
            self.action_reverse()
        else:
            self._arrange(Arrangement(self.asked.arrangement.group, sort))

    def action_clear(self) -> None:
        """Show everything."""
        self.narrow_to("")

    def _only(self, word: str, value: str) -> None:
        """Narrow the list to one value; back to all of them if it is narrowed to that already."""
        wanted = self.asked.wanted
        narrowed = wanted.without(word)
        if not wanted.has(word, value):
            narrowed = narrowed.adding(Term(word, (value,)))
        self.narrow_to(format_filter(narrowed))

    def toggle(self, word: str, value: str) -> None:
        """Narrow the list to a value as well, or not to it any more."""
        wanted = self.asked.wanted
        if wanted.has(word, value):
            self.narrow_to(format_filter(wanted.without(word, value)))
        else:
            self.narrow_to(format_filter(wanted.adding(Term(word, (value,)))))

    def action_only_agency(self) -> None:
        row = self.rows.current
        if row:
            leads = [link.agency for link in row.links if link.role is Role.LEAD]
            self._only("agency", leads[0] if leads else "none")

    def action_only_tag(self) -> None:
        row = self.rows.current
        if row:
            self._only("tag", row.tag_slugs[0] if row.tag_slugs else "none")

    def action_only_report(self) -> None:
        row = self.rows.current
        if row:
            self._only("report", row.report)
