"""Dialogs: a box in the middle, or a sheet where the panel is, so that the passage stays in sight."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widget import Widget

from reviewer.commands import Hint
from reviewer.screens.base import ReviewerScreen
from reviewer.widgets.bars import TitleBar

ResultT = TypeVar("ResultT")
WIDE = 100
"""Cells from which on a report has its panel beside it (design, section 6), and a sheet too."""
SHEET = 36
"""Cells a sheet needs at least."""


class Dialog(ReviewerScreen[ResultT], ModalScreen[ResultT]):
    """A modal screen with a title line, a body and a line of hints. Dismissed with None when given up.

    `SHEET`: it stands in the place of the panel, or at the foot of the screen where there is no panel beside
    the text. `TALL`: a sheet that takes the whole height.
    """

    SHEET: ClassVar[bool] = False
    TALL: ClassVar[bool] = False

    DEFAULT_CSS = """
    Dialog {
        background: transparent;
        align: center middle;
        & > #box {
            width: 72; max-width: 100%; height: auto; max-height: 100%;
            background: $surface; color: $foreground;
            border: round $rule;
        }
        &:ansi > #box { background: ansi_default; }
        & #title { color: $foreground; background: $surface; text-style: bold; }
        & #hints { background: $surface; margin: 1 0 0 0; }
        & LineView { background: $surface; }
        & .label { color: $quiet; padding: 0 1; height: auto; }
        & .said { padding: 0 1; height: auto; }
        & .wrong { color: $error; }
        & TextField, & NoteField { background: $field; border: none; padding: 0 1; height: 1; width: 1fr; }
        & TextField { margin: 0 1; }
        &.sheet { align: right top; }
        &.sheet > #box { border: none; border-left: vkey $rule; margin: 1 0 0 0; }
        &.sheet.left { align: left top; }
        &.sheet.left > #box { border: none; border-right: vkey $rule; }
        &.sheet.tall > #box { height: 1fr; }
        &.sheet.low { align: left bottom; }
        &.sheet.low > #box { width: 100%; border: none; border-top: hkey $rule; margin: 1 0 0 0; }
        &.sheet.low.tall > #box { height: 65%; min-height: 12; }
        &.sheet.low #hints { margin: 0; }
    }
    """

    def compose(self) -> ComposeResult:
        title = TitleBar(id="title")
        title.show([(self.title_text(), "strong")])
        with Vertical(id="box"):
            yield title
            yield from self.compose_body()
            yield self.hint_bar()

    def title_text(self) -> str:
        """What the dialog is about, in the reader's language."""
        raise NotImplementedError

    def compose_body(self) -> ComposeResult:
        """What is between title and hints."""
        raise NotImplementedError

    def hints(self) -> list[Hint]:
        return [hint for hint in super().hints() if not hint.action.startswith("app.")]

    def on_mount(self) -> None:
        self.set_class(self.SHEET, "sheet")
        self.set_class(self.TALL, "tall")
        self._place(self.app.size.width)

    def on_resize(self) -> None:
        self._place(self.app.size.width)

    def _place(self, width: int) -> None:
        if not self.SHEET:
            return
        settings = self.home.settings
        low = width < WIDE
        self.set_class(low, "low")
        self.set_class(not low and settings.panel_side == "left", "left")
        box = self.query_one("#box", Widget)
        box.styles.width = "100%" if low else max(SHEET, settings.panel_width)

    def action_cancel(self) -> None:
        self.dismiss(None)

    def on_click(self, event: object) -> None:
        """A click beside the box gives up, as Esc does."""
        box = self.query_one("#box", Widget)
        if not box.region.contains(*getattr(event, "screen_offset", (0, 0))):
            self.run_give_up()

    def run_give_up(self) -> None:
        """What Esc and a click beside the box do."""
        self.action_cancel()


class Sheet(Dialog[ResultT]):
    """A dialog in the place of the panel."""

    SHEET: ClassVar[bool] = True
