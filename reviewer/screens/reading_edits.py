"""What a reviewer does to the annotations while reading: tags, agencies, note, status, due date."""

from __future__ import annotations

from collections.abc import Callable

from annotations.errors import Conflict
from annotations.models import Act, Annotation, Change, Comment, Link, Severity, Status, View
from reports.errors import ReviewError
from reviewer.i18n import _
from reviewer.screens.reading_base import ReadingBase
from reviewer.widgets.text_cursor import TextCursor


class ReadingEdits(ReadingBase):
    """Digits and `t` are for the current range, an annotation on exactly that or a new one; the others for
    the chosen annotation, `a` and `n` making one where there is none."""

    def acted_on(self, act: Act) -> Annotation | Comment | View | None:
        return self.chosen() if self.is_open else None

    def show_rights(self) -> None:
        super().show_rights()
        self.set_class(not self.may(Act.TAG), "reads-only")

    def action_digit(self, digit: int) -> None:
        cursor = self._settled()

        def put() -> Change:
            return self.acts.toggle_tag(cursor.start, cursor.end, self.acts.digit_tag(digit).id)

        self.act(put)

    def action_tag(self) -> None:
        from reviewer.screens.pickers import TagPicker

        cursor = self._settled()
        there = self.acts.on_passage(cursor.start, cursor.end)
        choices = self.home.choices
        context = choices.tag_context(self.acts.document.text[cursor.start : cursor.end], self.acts.report)
        tags = there.tags if there else ()

        def chosen(result: tuple[int, ...] | None) -> None:
            if result is None or result == tags:
                return
            if there is not None:
                self.act(lambda: self.store.set_tags(there.id, there.version, result))
            elif result:
                self.act(lambda: self.acts.annotate(cursor.start, cursor.end, tags=result))

        picker = TagPicker(choices.tags(), context, tags, create=self.home.create_tag)
        self.app.push_screen(picker, chosen)

    def action_agency(self) -> None:
        from reviewer.screens.pickers import AgencyPicker

        there, cursor = self._subject()
        links, tags = (there.links, there.tags) if there else ((), ())
        words = there.exact if there else self.acts.document.text[cursor.start : cursor.end]
        choices = self.home.choices
        context = choices.agency_context(words, tags, self.acts.report)

        def chosen(result: tuple[Link, ...] | None) -> None:
            if result is None or result == links:
                return
            if there is not None:
                self.act(lambda: self.store.set_links(there.id, there.version, result))
            elif result:
                self.act(lambda: self.acts.annotate(cursor.start, cursor.end, links=result))

        picker = AgencyPicker(choices.agencies(), context, links, create=self.home.create_agency)
        self.app.push_screen(picker, chosen)

    def action_first_agency(self) -> None:
        """Link the agency that would stand first in the picker, where there is a reason for it."""
        there, cursor = self._subject()
        links, tags = (there.links, there.tags) if there else ((), ())
        words = there.exact if there else self.acts.document.text[cursor.start : cursor.end]
        link = self.home.choices.first_link(words, tags, links, self.acts.report)
        if link is None:
            self.action_agency()
        elif there is not None:
            self.act(lambda: self.store.set_links(there.id, there.version, (*links, link)))
        else:
            self.act(lambda: self.acts.annotate(cursor.start, cursor.end, links=(link,)))

    def action_note(self) -> None:
        from reviewer.screens.dialogs import NoteEditor

        there, cursor = self._subject()
        if there is None:
            made = self.act(lambda: self.acts.annotate(cursor.start, cursor.end))
            there = self.acts.find(made.items[0].item_id) if made else None
            if there is None:
                return
        annotation = there

        def keep(text: str) -> None:
            self.store.save_draft(annotation.id, text)

        def saved(text: str | None) -> None:
            if text is None:
                self.show_panel()
                self.follow()
            elif text == annotation.note:
                self.store.drop_draft(annotation.id)
            else:
                self._save_note(annotation, text)

        editor = NoteEditor(
            annotation.note, draft=self.store.draft(annotation.id), keep=keep, quote=annotation.exact
        )
        self.app.push_screen(editor, saved)

    def _save_note(self, seen: Annotation, text: str) -> None:
        """Save a note; where somebody changed it since it was `seen`, ask what is to become of both.

        What they changed besides the note is no reason to ask.
        """
        try:
            change = self.store.set_note(seen.id, seen.version, text)
        except Conflict:
            now = self.store.annotation(seen.id)
            if now.deleted or now.version == seen.version:
                self.act(lambda: self.store.set_note(now.id, now.version, text))
            elif now.note in (seen.note, text):
                self._save_note(now, text)
            else:
                self._ask_about(now, text)
        except ReviewError as error:
            self.refuse(error)
        else:
            self.home.publish(change)

    def _ask_about(self, now: Annotation, text: str) -> None:
        from reviewer.screens.conflict import ConflictScreen

        def chosen(result: str | None) -> None:
            if result == now.note:
                self.store.drop_draft(now.id)
            elif result is not None:
                self._save_note(now, result)
            self.show_panel()
            self.follow()

        self.store.save_draft(now.id, text)
        latest = next(iter(self.store.history(annotation_id=now.id, limit=1)), None)
        self.app.push_screen(ConflictScreen(text, now, latest.reviewer if latest else now.reviewer), chosen)

    def action_status(self) -> None:
        from reviewer.screens.dialogs import StatusDialog

        def ask(annotation: Annotation) -> None:
            def chosen(result: tuple[Status, Severity | None] | None) -> None:
                if result is not None and result != (annotation.status, annotation.severity):
                    self.act(lambda: self.acts.set_standing(annotation, *result))

            self.app.push_screen(StatusDialog(annotation.status, annotation.severity), chosen)

        self._with_chosen(ask)

    def action_due(self) -> None:
        from reviewer.screens.dialogs import DueDialog

        def ask(annotation: Annotation) -> None:
            def chosen(result: str | None) -> None:
                if result is not None and (result or None) != annotation.due:
                    self.act(lambda: self.store.set_due(annotation.id, annotation.version, result or None))

            self.app.push_screen(DueDialog(annotation.due), chosen)

        self._with_chosen(ask)

    def action_delete(self) -> None:
        def delete(annotation: Annotation) -> None:
            if self.act(lambda: self.store.delete(annotation.id, annotation.version)):
                self.app.notify(_("Annotation #{id} deleted. u brings it back.").format(id=annotation.id))

        self._with_chosen(delete)

    def action_undo(self) -> None:
        self._turn_back(self.store.undo)

    def action_redo(self) -> None:
        self._turn_back(self.store.redo)

    def _turn_back(self, act: Callable[[], Change]) -> None:
        """Undo or redo, and go where it happened."""
        change = self.act(act)
        if change is None:
            return
        self.home.say_act(change)
        found = next((self.acts.find(i.item_id) for i in change.items if i.kind == "annotation"), None)
        if found is not None:
            self.go_to(found)

    def _settled(self) -> TextCursor:
        """The current range, a free selection ended: it stays current, and the next motion leaves it."""
        cursor = self.cursor
        if cursor.selecting:
            cursor = cursor.at(cursor.start, cursor.end)
            self.move(cursor)
        return cursor

    def _subject(self) -> tuple[Annotation | None, TextCursor]:
        """The chosen annotation, unless a free selection asks for a new one; and the current range."""
        selecting = self.cursor.selecting
        cursor = self._settled()
        if selecting:
            return self.acts.on_passage(cursor.start, cursor.end), cursor
        return self.chosen(), cursor

    def _with_chosen(self, do: Callable[[Annotation], None]) -> None:
        annotation = self.chosen()
        if annotation is None:
            self.app.notify(_("There is no annotation here. Put a tag on the passage first: 1 to 9, or t."))
        else:
            do(annotation)
