"""The panel beside the issue list: how many issues each agency, tag, status … has among those listed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from annotations.filters import NONE, IssueFilter
from reviewer.i18n import N_, _
from reviewer.widgets.parts import Part, both_ends
from reviewer.widgets.sectioned_rows import Section, SectionedRows
from reviewer.words import number

if TYPE_CHECKING:
    from annotations.facets import FacetCount

SHOWN = 10
"""Values of one facet that are listed, besides those the filter asks for; the filter line finds the rest."""
TITLES: Final[Mapping[str, str]] = {
    "status": N_("Status"),
    "severity": N_("Severity"),
    "agency": N_("Agency"),
    "tag": N_("Tag"),
    "period": N_("Period"),
    "owner": N_("Owner"),
    "reviewer": N_("Reviewer"),
    "placement": N_("Place in the latest text"),
}
"""The facets in the order of the panel."""

Name = Callable[[str, str | None], str]
"""What a value of a word (None: without one) is called."""


class FacetPanel(SectionedRows):
    """Values with their counts under the name of each facet; those the filter asks for have a mark."""

    DEFAULT_CSS = """
    FacetPanel { width: 34; background: $background; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(self._draw, self._is_chosen, id=id)
        self._items: list[tuple[str, str, str, int]] = []
        self._wanted = IssueFilter()

    def show_counts(
        self, counts: Mapping[str, Sequence[FacetCount]], wanted: IssueFilter, name: Name
    ) -> None:
        """Show `counts` by word; the cursor stays on its value while that is there."""
        before = self.chosen
        self._wanted = wanted
        self._items = []
        sections = []
        for word, title in TITLES.items():
            values = _shortened(word, counts.get(word, ()), wanted)
            if values:
                sections.append(Section(len(self._items), _(title)))
            for value in values:
                label = name(word, None if value.value == NONE else value.value)
                self._items.append((word, value.value, label, value.count))
        places = {item[:2]: at for at, item in enumerate(self._items)}
        self.show_items(len(self._items), sections, places.get(before, 0) if before else 0, self.rows_above)

    @property
    def chosen(self) -> tuple[str, str] | None:
        """Word and value under the cursor."""
        return self._items[self.cursor][:2] if self.cursor < len(self._items) else None

    def on_sectioned_rows_mark_clicked(self, message: SectionedRows.MarkClicked) -> None:
        message.stop()
        self.cursor = message.item
        self.action_choose()

    def _is_chosen(self, item: int) -> bool:
        return self._wanted.has(*self._items[item][:2])

    def _draw(self, item: int, width: int) -> list[Part]:
        _word, value, label, count = self._items[item]
        style = "strong" if self._is_chosen(item) else "quiet" if value == NONE else ""
        return both_ends([(label, style)], [(number(count), "quiet")], width)


def _shortened(word: str, values: Sequence[FacetCount], wanted: IssueFilter) -> list[FacetCount]:
    """The first of `values`, and behind them those that the filter asks for."""
    return [*values[:SHOWN], *(one for one in values[SHOWN:] if wanted.has(word, one.value))]
