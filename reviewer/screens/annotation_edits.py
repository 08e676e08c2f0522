"""The dialogs on an annotation that is there already, for any screen that lists annotations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from annotations import roles
from annotations.edits import Clash, Edit, Field, Outcome, settle
from annotations.models import Act, Annotation, Link, Severity, Status
from annotations.past_acts import Asked
from annotations.transitions import is_concerned
from reviewer.field_words import field_words
from reviewer.i18n import _
from reviewer.screens.base import ResultT
from reviewer.screens.earlier_acts import EarlierActs

if TYPE_CHECKING:
    from annotations.models import Change, Comment, View
    from reviewer.screens.conflict import Decision
    from reviewer.screens.owner_picker import OwnerPicker


class AnnotationEdits(EarlierActs[ResultT]):
    """Acts on `subject()`, one change each. What somebody else was faster with is never overwritten unseen:
    see `edit`."""

    def subject(self) -> Annotation | None:
        """The annotation that acts are for, as it is now."""
        raise NotImplementedError

    def over_time_of(self) -> Annotation | None:
        return self.subject()

    def acted_on(self, act: Act) -> Annotation | Comment | View | None:
        return self.subject()

    def decided(self) -> None:
        """A dialog is closed, and what it was about may look otherwise."""

    def edit(self, seen: Annotation, wanted: Mapping[Field, Any], *, adding: bool = False) -> Change | None:
        """Set the fields `wanted` (as in `annotations.edits`) of an annotation as it was `seen`.

        What others changed of it besides stays, and a line says so; where they set the same, both are shown
        and one chooses. The change, None where nothing was written (yet).
        """
        return self.write_edit(Edit(seen, wanted, adding))

    def write_edit(self, edit: Edit) -> Change | None:
        """Write an edit, and meet whoever was faster as `edit` says."""
        outcomes: list[Outcome] = []

        def write() -> Change:
            outcomes.append(settle(self.store, edit))
            return outcomes[0].change

        if self.act(write) is None:
            return None
        outcome = outcomes[0]
        if outcome.clash is not None:
            self._ask_whose(outcome.clash)
            return None
        self._tell_outcome(edit, outcome)
        return outcome.change

    def _tell_outcome(self, edit: Edit, outcome: Outcome) -> None:
        """Say what others did meanwhile, and how a deletion is taken back."""
        if not outcome.change.id and Field.NOTE in edit.wanted:
            self.store.drop_draft(edit.seen.id)
        if outcome.over and not outcome.change.id:
            self.app.notify(_("{name} has done the same already.").format(name=outcome.over))
        elif outcome.over and outcome.others:
            said = _("{name} changed this meanwhile: {what}. That stays, and yours is done too.")
            self.app.notify(said.format(name=outcome.over, what=field_words(outcome.others)))
        if outcome.change.id and Field.DELETED in edit.wanted:
            self.app.notify(_("Annotation #{id} deleted. u brings it back.").format(id=edit.seen.id))

    def _ask_whose(self, clash: Clash) -> None:
        from reviewer.screens.conflict import ConflictScreen, Decision

        note, number = clash.edit.wanted.get(Field.NOTE), clash.now.id

        def chosen(decision: Decision | None) -> None:
            if decision is Decision.THEIRS and note is not None:
                self.store.drop_draft(number)
            elif decision is Decision.BOTH:
                self.write_edit(clash.both())
            elif decision is Decision.MINE and clash.is_deletion:
                if self.act(lambda: self.store.restore(number)) is not None:
                    self.write_edit(clash.edit.upon(self.store.annotation(number)))
            elif decision is Decision.MINE:
                self.write_edit(clash.mine())
            self.decided()

        if note is not None:
            self.store.save_draft(number, note)
        self.app.push_screen(ConflictScreen(clash), chosen)

    def action_history(self) -> None:
        there = self.subject()
        if there is not None:
            self.home.open_history(Asked(annotation_id=there.id))

    def action_tag(self) -> None:
        from reviewer.screens.pickers import TagPicker

        there = self.subject()
        if there is None:
            return
        choices, report = self.home.choices, self.store.report(there.report_id)

        def chosen(result: tuple[int, ...] | None) -> None:
            if result is not None and result != there.tags:
                self.edit(there, {Field.TAGS: result})

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
                self.edit(there, {Field.LINKS: result})

        context = choices.agency_context(there.exact, there.tags, report)
        picker = AgencyPicker(choices.agencies(), context, there.links, create=self.home.create_agency)
        self.app.push_screen(picker, chosen)

    def action_note(self) -> None:
        there = self.subject()
        if there is not None:
            self.write_note(there)

    def write_note(self, there: Annotation) -> None:
        """Let its note be written, going on with a draft if there is one."""
        from reviewer.screens.dialogs import NoteEditor

        def saved(text: str | None) -> None:
            if text == there.note:
                self.store.drop_draft(there.id)
            elif text is not None:
                self.edit(there, {Field.NOTE: text})
            self.decided()

        editor = NoteEditor(
            there.note,
            draft=self.store.draft(there.id),
            keep=lambda text: self.store.save_draft(there.id, text),
            quote=there.exact,
        )
        self.app.push_screen(editor, saved)

    def action_status(self) -> None:
        from reviewer.screens.standing import StatusDialog

        there = self.subject()
        if there is None:
            return

        def chosen(result: tuple[Status, Severity | None] | None) -> None:
            if result is None:
                return
            wanted = {Field.STATUS: result[0], Field.SEVERITY: result[1]}
            changed = {field: value for field, value in wanted.items() if value != getattr(there, field)}
            if changed:
                self.edit(there, changed)

        concerned = is_concerned(self.store.role, self.store.reviewer, there.reviewer, there.owner)
        self.app.push_screen(StatusDialog(there.status, there.severity, concerned=concerned), chosen)

    def action_due(self) -> None:
        from reviewer.screens.dialogs import DueDialog

        there = self.subject()
        if there is None:
            return

        def chosen(result: str | None) -> None:
            if result is not None and (result or None) != there.due:
                self.edit(there, {Field.DUE: result or None})

        self.app.push_screen(DueDialog(there.due), chosen)

    def action_owner(self) -> None:
        there = self.subject()
        if there is None:
            return

        def chosen(result: tuple[str | None] | None) -> None:
            if result is not None and result[0] != there.owner:
                self.edit(there, {Field.OWNER: result[0]})

        self.app.push_screen(self.owner_picker(there.owner), chosen)

    def owner_picker(self, owner: str | None) -> OwnerPicker:
        """Offers everybody who may see to an issue. `owner`: who does now."""
        from reviewer.screens.owner_picker import OwnerPicker

        people = [
            person
            for person in self.store.people()
            if not person.retired and roles.allows(person.role, Act.STATUS)
        ]
        return OwnerPicker(people, self.store.reviewer, owner, self.store.owned())

    def action_comments(self) -> None:
        """Show what has been said about it."""
        from reviewer.screens.comments import CommentsScreen

        there = self.subject()
        if there is not None:
            self.app.push_screen(CommentsScreen(there), lambda _result: self.decided())

    def action_delete(self) -> None:
        there = self.subject()
        if there is not None:
            self.edit(there, {Field.DELETED: True})
