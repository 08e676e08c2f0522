"""What is done to issues from the list: to the one under the cursor, or to all that are marked at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Unpack

from textual.message import Message

from annotations.models import Change, Link, Role, Severity, Status
from reports.errors import ReviewError
from reviewer.days import show_day
from reviewer.i18n import _, language, ngettext
from reviewer.layout.cells import shorten
from reviewer.screens.annotation_edits import AnnotationEdits
from reviewer.words import severity_word, status_word

if TYPE_CHECKING:
    from annotations.issue_rows import IssueRow
    from annotations.store import BulkFields

SAMPLES = 5
"""Issues named in the question before many are changed."""
PASSAGES = 20
"""Passages that the order of a picker goes by."""


class IssueActs(AnnotationEdits[None]):
    """The acts of reading, for `marked_rows()` where there are any. Those are changed together, after a
    question that says how many and what, and undone together."""

    class Edited(Message):
        """A change to many issues is in the record, or was refused."""

        def __init__(self, change: Change | None, error: ReviewError | None = None) -> None:
            super().__init__()
            self.change = change
            self.error = error

    def marked_rows(self) -> list[IssueRow]:
        """The issues that are marked, as they are now."""
        raise NotImplementedError

    def action_tag(self) -> None:
        rows = self.marked_rows()
        if not rows:
            super().action_tag()
            return
        from reviewer.screens.pickers import TagPicker

        choices = self.home.choices
        slugs = set.intersection(*(set(row.tag_slugs) for row in rows))
        shared = tuple(tag.id for tag in self.store.tags() if tag.slug in slugs)

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

        choices, shared = self.home.choices, self._shared_links(rows)

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

        self.app.push_screen(NoteEditor(_only(row.note for row in rows) or ""), saved)

    def action_status(self) -> None:
        rows = self.marked_rows()
        if not rows:
            super().action_status()
            return
        from reviewer.screens.bulk_dialogs import BulkStatus

        def chosen(result: tuple[Status | Severity | None] | None) -> None:
            if result is None:
                return
            value = result[0]
            if isinstance(value, Status):
                self._propose(rows, status_word(value), status=value)
            else:
                self._propose(rows, severity_word(value), severity=value)

        self.app.push_screen(BulkStatus(), chosen)

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

        self.app.push_screen(DueDialog(_only(row.due for row in rows)), chosen)

    def action_delete(self) -> None:
        rows = self.marked_rows()
        if rows:
            self._propose(rows, _("deleted"), deleted=True)
        else:
            super().action_delete()

    def _propose(self, rows: Sequence[IssueRow], what: str, **fields: Unpack[BulkFields]) -> None:
        """Say what is about to be done to how many, and do it after a yes; nothing where `what` is empty."""
        from reviewer.screens.dialogs import Confirm

        if not what:
            return
        count = f"{len(rows):,}"
        said = ngettext("{count} issue: {what}.", "{count} issues: {what}.", len(rows))
        lines = [said.format(count=count, what=what), "", *_samples(rows), "", _("u undoes it in one step.")]

        def answered(yes: bool | None) -> None:
            if yes:
                self._edit([(row.id, row.version) for row in rows], fields)

        self.app.push_screen(
            Confirm(_("Change all that are marked?"), "\n".join(lines), _("change")), answered
        )

    def _edit(self, versions: list[tuple[int, int]], fields: BulkFields) -> None:
        """One act on many issues, in a thread with a connection of its own."""
        path, reviewer = self.store.path, self.store.reviewer

        def edit() -> None:
            from annotations.store import Store

            try:
                with Store.open(path, reviewer, create=False) as store:
                    change = store.edit_many(versions, **fields)
            except ReviewError as error:
                self.post_message(self.Edited(None, error))
            else:
                self.post_message(self.Edited(change))

        self.run_worker(edit, thread=True, group="edit")

    def on_issue_acts_edited(self, message: Edited) -> None:
        if message.error is not None:
            self.refuse(message.error)
        if message.change is not None:
            self.home.publish(message.change)
            count = len(message.change.items)
            said = ngettext(
                "{count} issue changed. u undoes it.", "{count} issues changed. u undoes it.", count
            )
            self.app.notify(said.format(count=f"{count:,}"))
            self.reload()

    def _shared_links(self, rows: Sequence[IssueRow]) -> tuple[Link, ...]:
        """The links that all of `rows` have."""
        shared = set.intersection(*({(link.agency, link.role) for link in row.links} for row in rows))
        ids = {agency.slug: agency.id for agency in self.store.agencies()}
        return tuple(Link(ids[slug], Role(role)) for slug, role in sorted(shared) if slug in ids)

    def _tag_names(self, ids: Sequence[int]) -> list[str]:
        return [tag.label(language()) for tag in self.store.tags() if tag.id in ids]

    def _agency_names(self, ids: Sequence[int]) -> list[str]:
        return [agency.label(language()) for agency in self.store.agencies() if agency.id in ids]


def _only(values: Iterable[str | None]) -> str | None:
    """The value that all have; None where they differ."""
    found = set(values)
    return found.pop() if len(found) == 1 else None


def _added_and_gone(added: Sequence[str], gone: Sequence[str]) -> str:
    """`+ one, two  − three`; empty where nothing changes."""
    said = [f"{sign} {', '.join(names)}" for sign, names in (("+", added), ("−", gone)) if names]
    return "  ".join(said)


def _passages(rows: Sequence[IssueRow]) -> str:
    return "\n".join(row.passage for row in rows[:PASSAGES])


def _samples(rows: Sequence[IssueRow]) -> list[str]:
    """The first of the issues that will be changed, a line each."""
    lines = [f"#{row.id}  {shorten(' '.join(row.passage.split()), 48)}" for row in rows[:SAMPLES]]
    return [*lines, "…"] if len(rows) > SAMPLES else lines
