"""From unit to unit of the report, and selecting: what the keys of movement do."""

from __future__ import annotations

from reports.units import UnitKind
from reviewer.screens.reading_base import ReadingBase
from reviewer.widgets.text_cursor import TextCursor, advance, go, resize, select, step, step_letter


class ReadingMoves(ReadingBase):
    """Steps move the current range; while selecting they move the end of the selection."""

    def _step(self, kind: UnitKind, forward: bool) -> None:
        self.move(step(self.acts.document, self.cursor, kind, forward))

    def action_next(self) -> None:
        self.move(advance(self.acts.document, self.cursor, True))

    def action_previous(self) -> None:
        self.move(advance(self.acts.document, self.cursor, False))

    def action_next_sentence(self) -> None:
        self._step(UnitKind.SENTENCE, True)

    def action_previous_sentence(self) -> None:
        self._step(UnitKind.SENTENCE, False)

    def action_next_paragraph(self) -> None:
        self._step(UnitKind.PARAGRAPH, True)

    def action_previous_paragraph(self) -> None:
        self._step(UnitKind.PARAGRAPH, False)

    def action_next_word(self) -> None:
        self._step(UnitKind.WORD, True)

    def action_previous_word(self) -> None:
        self._step(UnitKind.WORD, False)

    def action_right(self) -> None:
        self._sideways(True)

    def action_left(self) -> None:
        self._sideways(False)

    def _sideways(self, forward: bool) -> None:
        """By parts, or by letters while selecting."""
        if self.cursor.selecting:
            self.move(step_letter(self.acts.document, self.cursor, forward))
        else:
            self._step(UnitKind.PART, forward)

    def action_row_start(self) -> None:
        self._to_row_edge(end=False)

    def action_row_end(self) -> None:
        self._to_row_edge(end=True)

    def _to_row_edge(self, *, end: bool) -> None:
        offset = self.view.row_edge(end=end)
        if self.cursor.selecting:
            self.move(self.cursor.stretched(offset))
        else:
            self.move(go(self.acts.document, self.cursor, offset - end))

    def action_page_down(self) -> None:
        self.view.turn_page(1)
        self.keep_up()

    def action_page_up(self) -> None:
        self.view.turn_page(-1)
        self.keep_up()

    def action_top(self) -> None:
        self._to(0)

    def action_bottom(self) -> None:
        self._to(len(self.acts.document.text))

    def _to(self, offset: int) -> None:
        """To the unit at code point `offset`, or with the end of the selection there."""
        if self.cursor.selecting:
            self.move(self.cursor.stretched(offset))
        else:
            self.move(go(self.acts.document, self.cursor, offset))

    def action_larger(self) -> None:
        self.move(resize(self.acts.document, self.cursor, larger=True))

    def action_smaller(self) -> None:
        self.move(resize(self.acts.document, self.cursor, larger=False))

    def action_select(self) -> None:
        self.move(select(self.acts.document, self.cursor))

    def action_swap(self) -> None:
        if self.cursor.selecting:
            self.move(self.cursor.swapped())

    def _extending(self) -> TextCursor:
        return self.cursor if self.cursor.selecting else select(self.acts.document, self.cursor)

    def action_extend_left(self) -> None:
        self.move(step_letter(self.acts.document, self._extending(), False))

    def action_extend_right(self) -> None:
        self.move(step_letter(self.acts.document, self._extending(), True))

    def action_extend_up(self) -> None:
        self.move(step(self.acts.document, self._extending(), self.cursor.grain, False))

    def action_extend_down(self) -> None:
        self.move(step(self.acts.document, self._extending(), self.cursor.grain, True))
