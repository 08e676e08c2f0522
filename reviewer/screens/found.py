"""What was found in a file that has just come in, for correction."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widgets import Static

from reviewer.i18n import _
from reviewer.screens.details import DetailsScreen
from reviewer.widgets.literal import literal


class FoundScreen(DetailsScreen):
    """The details of a new report as they were found in its text; it is in, whatever is done here."""

    def title_text(self) -> str:
        return _("Imported: is this right?")

    def compose_body(self) -> ComposeResult:
        said = _("Found in {source}. Correct what is wrong; Esc leaves it so.")
        yield Static(literal(said.format(source=self._report.source)), classes="label")
        yield from super().compose_body()
