"""What is done to issues from the list: to the one under the cursor, or to all that are marked at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Unpack

from textual.message import Message

from annotations.models import Change, Link, Severity, Status
from reports.errors import N_, ReviewError
from reviewer.days import show_day
from reviewer.i18n import _, language, ngettext
from reviewer.screens.annotation_edits import AnnotationEdits
from reviewer.screens.issue_marked import MarkedIssues, preview
from reviewer.words import number, turned_sentence

if TYPE_CHECKING:
    from annotations.store import BulkFields, Store

PASSAGES = 20
"""Passages that the order of a picker goes by."""
AT_ONCE = 500
"""Annotations that an undo or redo turns round without a thread, at most."""


class Busy(ReviewError):
    """An act while another one is under way in a thread."""


class IssueActs(AnnotationEdits[None]):
    """The acts of reading, for `marked_rows()` where there are any. Those are changed together, after a
    question that says how many and what, and undone together. What takes long is done in a thread; until it
    is done nothing else is written, and an undo waits for its turn."""

    class Edited(Message):
        """A change to many issues is in the record, or was refused. `said`: what it came to, if that is to be
        said otherwise than for a first change."""

        def __init__(self, change: Change | None, error: ReviewError | None = None, said: str = "") -> None:
            super().__init__()
            self.change = change
            self.error = error
            self.said = said

    busy_with = 0
    """How many issues are being changed in a thread now."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting: list[Callable[[], None]] = []

    def marked_rows(self) -> MarkedIssues:
        """The issues that are marked, as they are now."""
        raise NotImplementedError

    def busy_changed(self) -> None:
        """Something began or ended that is done in a thread."""

    def action_tag(self) -> None:
        rows = self.marked_rows()
        if not rows:
            super().action_tag()
            return
        from reviewer.screens.pickers import TagPicker

        choices, shared = self.home.choices, rows.shared_tags()

        def chosen(result: tuple[int, ...] | None) -> None:
            if result is not None:
                added = [tag for tag in result if tag not in shared]
                gone = [tag for tag in shared if tag not in result]
                what = _added_and_gone(self._tag_names(added), self._tag_names(gone))
                self._propose(rows, what, add_tags=added, remove_tags=gone)

        context = choices.tag_context(_passages(rows), None)
        self.app.push_screen(TagPicker(choices.tags(), context, shared, create=self.home.create_tag), chosen)

    def action_agency(self) -> None:
        rows = self.marked_rows()
        if not rows:
            super().action_agency()
            return
        from reviewer.screens.pickers import AgencyPicker

        choices, shared = self.home.choices, rows.shared_links()

        def chosen(result: tuple[Link, ...] | None) -> None:
            if result is not None:
                added = [link for link in result if link not in shared]
                kept = {link.agency_id for link in result}
                gone = [link.agency_id for link in shared if link.agency_id not in kept]
                names = [self._agency_names(ids) for ids in ([link.agency_id for link in added], gone)]
                self._propose(rows, _added_and_gone(*names), add_links=added, remove_agencies=gone)

        context = choices.agency_context(_passages(rows), (), None)
        picker = AgencyPicker(choices.agencies(), context, shared, create=self.home.create_agency)
        self.app.push_screen(picker, chosen)

    def action_note(self) -> None:
        rows = self.marked_rows()
        if not rows:
            super().action_note()
            return
        from reviewer.screens.dialogs import NoteEditor

        def saved(text: str | None) -> None:
            if text:
                self._propose(rows, _("note: “{text}”").format(text=text), note=text)

        self.app.push_screen(NoteEditor(rows.only("note") or ""), saved)

    def action_status(self) -> None:
        rows = self.marked_rows()
        if not rows:
            super().action_status()
            return
        from reviewer.screens.bulk_dialogs import BulkStatus, standing_proposal

        standings = rows.standings()

        def chosen(picked: tuple[Status | Severity | None, ...] | None) -> None:
            if picked:
                kept, what, fields = standing_proposal(self.store, standings, picked)
                self._propose(rows.among([one.id for one in kept]), what, **fields)

        self.app.push_screen(BulkStatus(standings, self.store.role, self.store.reviewer), chosen)

    def action_owner(self) -> None:
        rows = self.marked_rows()
        if not rows:
            super().action_owner()
            return

        def chosen(result: tuple[str | None] | None) -> None:
            if result is not None:
                (name,) = result
                said = _("owner {name}").format(name=name) if name else _("nobody sees to it")
                self._propose(rows, said, owner_id=self.store.person(name).id if name else None)

        self.app.push_screen(self.owner_picker(rows.only("owner")), chosen)

    def action_due(self) -> None:
        rows = self.marked_rows()
        if not rows:
            super().action_due()
            return
        from reviewer.screens.dialogs import DueDialog

        def chosen(result: str | None) -> None:
            if result is not None:
                said = _("due {day}").format(day=show_day(result)) if result else _("no due date")
                self._propose(rows, said, due=result or None)

        self.app.push_screen(DueDialog(rows.only("due")), chosen)

    def action_delete(self) -> None:
        rows = self.marked_rows()
        if rows:
            self._propose(rows, _("deleted"), deleted=True)
        else:
            super().action_delete()

    def _propose(self, rows: MarkedIssues, what: str, **fields: Unpack[BulkFields]) -> None:
        """Say what is about to be done to how many, and do it after a yes; nothing where `what` is empty."""
        from reviewer.screens.dialogs import Confirm

        if not what:
            return
        said = ngettext("{count} issue: {what}.", "{count} issues: {what}.", len(rows))
        first = said.format(count=number(len(rows)), what=what)
        lines = [first, *preview(rows, fields), "", _("u undoes it in one step.")]

        def answered(yes: bool | None) -> None:
            if yes:
                self._edit(rows, fields)

        self.app.push_screen(
            Confirm(_("Change all that are marked?"), "\n".join(lines), _("change")), answered
        )

    def _edit(self, rows: MarkedIssues, fields: BulkFields) -> None:
        """One act on many issues; refused where somebody changed one of them since they were looked at."""
        from annotations import many
        from annotations.errors import Conflict

        def edit(store: Store) -> Change:
            connection = store.issues.connection
            changed = many.changed_since(connection, rows.change, rows.ids)
            if changed is not None:
                raise Conflict(changed)
            return store.edit_many(many.versions(connection, rows.ids), **fields)

        self._in_thread(len(rows), edit)

    def _in_thread(self, count: int, do: Callable[[Store], Change]) -> None:
        """Do an act on `count` issues in a thread, with a connection of its own. What it changed is not read
        once more when the program looks for what others did."""
        path, reviewer, home = self.store.path, self.store.reviewer, self.home
        self.busy_with = count
        self.busy_changed()
        home.following = False

        def act() -> None:
            from annotations.store import Store

            try:
                with Store.open(path, reviewer, create=False) as store:
                    change = do(store)
                    said = turned_sentence(store, change) if change.undoes else ""
            except ReviewError as error:
                self.post_message(self.Edited(None, error))
            else:
                self.post_message(self.Edited(change, said=said))
            finally:
                home.following = True

        self.run_worker(act, thread=True, group="edit")

    def act(self, do: Callable[[], Change]) -> Change | None:
        if self.busy_with:
            template = N_(
                "{count} issues are being changed. Wait a moment, then repeat; nothing was changed."
            )
            self.refuse(Busy(template, count=number(self.busy_with)))
            return None
        return super().act(do)

    def action_undo(self) -> None:
        self._turn(super().action_undo, redo=False)

    def action_redo(self) -> None:
        self._turn(super().action_redo, redo=True)

    def _turn(self, at_once: Callable[[], None], *, redo: bool) -> None:
        if self.busy_with:
            self._waiting.append(lambda: self._turn(at_once, redo=redo))
            return
        count = self.store.turned_items(redo=redo)
        if count <= AT_ONCE:
            at_once()
        else:
            self._in_thread(count, lambda store: store.redo() if redo else store.undo())

    def on_issue_acts_edited(self, message: Edited) -> None:
        self.busy_with = 0
        self.busy_changed()
        if message.error is not None:
            self.refuse(message.error)
        if message.change is not None:
            self.home.publish(message.change)
            self.app.notify(message.said or _edited(len(message.change.items)))
            self.reload()
        waiting, self._waiting = self._waiting, []
        for do in waiting:
            do()

    def _tag_names(self, ids: Sequence[int]) -> list[str]:
        return [tag.label(language()) for tag in self.store.tags() if tag.id in ids]

    def _agency_names(self, ids: Sequence[int]) -> list[str]:
        return [agency.label(language()) for agency in self.store.agencies() if agency.id in ids]


def _edited(count: int) -> str:
    said = ngettext("{count} issue changed. u undoes it.", "{count} issues changed. u undoes it.", count)
    return said.format(count=number(count))


def _added_and_gone(added: Sequence[str], gone: Sequence[str]) -> str:
    """`+ one, two  − three`; empty where nothing changes."""
    said = [f"{sign} {', '.join(names)}" for sign, names in (("+", added), ("−", gone)) if names]
    return "  ".join(said)


def _passages(rows: MarkedIssues) -> str:
    return "\n".join(row.passage for row in rows[:PASSAGES])
