"""The dialogs on an annotation that is there already, for any screen that lists annotations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotations.models import Annotation, Link, Severity, Status
from reviewer.i18n import _
from reviewer.screens.base import ResultT, ReviewerScreen

if TYPE_CHECKING:
    from annotations.models import Act, Change, Comment, View


class AnnotationEdits(ReviewerScreen[ResultT]):
    """Acts on `subject()`, one change each."""

    def subject(self) -> Annotation | None:
        """The annotation that acts are for, as it is now."""
        raise NotImplementedError

    def acted_on(self, act: Act) -> Annotation | Comment | View | None:
        return self.subject()

    def action_tag(self) -> None:
        from reviewer.screens.pickers import TagPicker

        there = self.subject()
        if there is None:
            return
        choices, report = self.home.choices, self.store.report(there.report_id)

        def chosen(result: tuple[int, ...] | None) -> None:
            if result is not None and result != there.tags:
                self.act(lambda: self.store.set_tags(there.id, there.version, result))

        context = choices.tag_context(there.exact, report)
        self.app.push_screen(
            TagPicker(choices.tags(), context, there.tags, create=self.home.create_tag), chosen
        )

    def action_agency(self) -> None:
        from reviewer.screens.pickers import AgencyPicker

        there = self.subject()
        if there is None:
            return
        choices, report = self.home.choices, self.store.report(there.report_id)

        def chosen(result: tuple[Link, ...] | None) -> None:
            if result is not None and result != there.links:
                self.act(lambda: self.store.set_links(there.id, there.version, result))

        context = choices.agency_context(there.exact, there.tags, report)
        picker = AgencyPicker(choices.agencies(), context, there.links, create=self.home.create_agency)
        self.app.push_screen(picker, chosen)

    def action_note(self) -> None:
        from reviewer.screens.dialogs import NoteEditor

        there = self.subject()
        if there is None:
            return

        def saved(text: str | None) -> None:
            if text is None:
                return
            if text == there.note:
                self.store.drop_draft(there.id)
            else:
                self.act(lambda: self.store.set_note(there.id, there.version, text))

        editor = NoteEditor(
            there.note,
            draft=self.store.draft(there.id),
            keep=lambda text: self.store.save_draft(there.id, text),
            quote=there.exact,
        )
        self.app.push_screen(editor, saved)

    def action_status(self) -> None:
        from reviewer.screens.dialogs import StatusDialog

        there = self.subject()
        if there is None:
            return

        def chosen(result: tuple[Status, Severity | None] | None) -> None:
            if result is not None and result != (there.status, there.severity):
                self.act(lambda: self._stand(there, *result))

        self.app.push_screen(StatusDialog(there.status, there.severity), chosen)

    def _stand(self, there: Annotation, status: Status, severity: Severity | None) -> Change:
        if severity == there.severity:
            return self.store.set_status(there.id, there.version, status)
        return self.store.set_severity(there.id, there.version, severity)

    def action_due(self) -> None:
        from reviewer.screens.dialogs import DueDialog

        there = self.subject()
        if there is None:
            return

        def chosen(result: str | None) -> None:
            if result is not None and (result or None) != there.due:
                self.act(lambda: self.store.set_due(there.id, there.version, result or None))

        self.app.push_screen(DueDialog(there.due), chosen)

    def action_delete(self) -> None:
        there = self.subject()
        if there is not None and self.act(lambda: self.store.delete(there.id, there.version)):
            self.app.notify(_("Annotation #{id} deleted. u brings it back.").format(id=there.id))
