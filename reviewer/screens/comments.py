"""What has been said about an annotation, and a field to say something."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from annotations.errors import Conflict
from annotations.models import Act, Annotation, Change, Comment
from annotations.store.comments import comment_draft
from reports.errors import ReviewError
from reviewer.commands import Hint, bindings, command, key_name, keys_of
from reviewer.days import show_moment
from reviewer.i18n import _
from reviewer.screens.dialogs import Confirm, Drafting
from reviewer.widgets.blocks import Blocks
from reviewer.widgets.fields import NoteField
from reviewer.widgets.item_list import ItemList
from reviewer.widgets.literal import literal
from reviewer.widgets.parts import Part, wrapped

MOST = 1000
"""Lines of one comment that are shown, at most."""


class CommentsScreen(Drafting[None]):
    """The comments on `annotation`, oldest first, and below them one's own, which is kept while it is typed.

    It stays open when something has been said. Whoever may not say anything has the list alone.
    """

    PLACE = "comments"
    TALL = True
    BINDINGS: ClassVar[list[BindingType]] = bindings("comments")
    DEFAULT_CSS = """
    CommentsScreen {
        & #quote { color: $quiet; padding: 0 1; height: auto; max-height: 3; margin: 0 0 1 0; }
        & #comments { height: 1fr; min-height: 2; }
        & #what { color: $quiet; padding: 0 1; height: auto; margin: 1 0 0 0; }
        & NoteField { height: 5; margin: 0 1; }
        &.low #quote { display: none; }
        &.low #what { margin: 0; }
        &.low NoteField { height: 3; }
        &.silent #what, &.silent NoteField { display: none; }
    }
    """

    def __init__(self, annotation: Annotation) -> None:
        super().__init__()
        self._annotation = annotation
        self._comments: Sequence[Comment] = ()
        self._edited: Comment | None = None
        self.talk = Blocks(self._draw, id="comments")

    def title_text(self) -> str:
        return _("Comments on #{id}").format(id=self._annotation.id)

    def compose_body(self) -> ComposeResult:
        yield Static(literal(f"“{self._annotation.exact}”"), id="quote")
        yield self.talk
        yield Static(id="what")
        yield NoteField(id="text")

    def on_mount(self) -> None:
        silent = not self.may(Act.COMMENT)
        self.set_class(silent, "silent")
        self._write(None)
        self.reload()
        self.talk.cursor = len(self._comments) - 1
        (self.talk if silent else self.query_one(NoteField)).focus()
        self.follow_changes()

    def hints(self) -> list[Hint]:
        """In the field, what is for the field; among the comments, what is for the one under the cursor."""
        keys = self.home.settings.keys
        there = [("edit", _("say otherwise"), Act.EDIT_COMMENT), ("delete", _("delete"), Act.DELETE_COMMENT)]
        found = []
        if self.talk.has_focus and self._comments:
            found = [
                Hint(key_name(keys_of(command(f"comments.{name}"), keys)[0]), word, name)
                for name, word, act in there
                if self.may(act) and keys_of(command(f"comments.{name}"), keys)
            ]
        usual = super().hints()
        if not self.has_class("silent") and self._comments:
            usual.insert(-1, Hint("Tab", _("write") if self.talk.has_focus else _("comments"), "other_pane"))
        return [*found, *usual]

    def action_other_pane(self) -> None:
        """From the field to the comments and back."""
        (self.query_one(NoteField) if self.talk.has_focus else self.talk).focus()

    def on_descendant_focus(self) -> None:
        self.show_rights()

    def acted_on(self, act: Act) -> Annotation | Comment | None:
        return self._current() if act in (Act.EDIT_COMMENT, Act.DELETE_COMMENT) else self._annotation

    def _current(self) -> Comment | None:
        at = self.talk.cursor
        return self._comments[at] if at < len(self._comments) else None

    def reload(self) -> None:
        at_end = self.talk.cursor >= len(self._comments) - 1
        self._comments = self.store.comments(self._annotation.id)
        self.talk.show_items(len(self._comments))
        if at_end:
            self.talk.cursor = len(self._comments) - 1
            self.talk.scroll_to_row(self.talk.total_rows())
        self.show_rights()

    def retranslate(self) -> None:
        self.reload()

    def _draw(self, item: int, width: int) -> list[list[Part]]:
        said = self._comments[item]
        head: list[Part] = [
            (said.reviewer, "strong"),
            (f" · {show_moment(said.created_at, date.today())}", "quiet"),
        ]
        if said.version > 1:
            head.append((" · " + _("changed"), "quiet"))
        return [head, *([(line, "")] for line in wrapped(said.text, width, MOST))]

    def _write(self, edited: Comment | None) -> None:
        """Let a new comment be typed, or `edited` be said otherwise; going on with a draft."""
        self._edited = edited
        draft = self.store.recall(self._draft_name())
        self.begin(draft if draft is not None else edited.text if edited else "")
        if edited is not None:
            what = _("Your comment of {when}, said otherwise:").format(
                when=show_moment(edited.created_at, date.today())
            )
        else:
            what = _("Your draft from before, not saved yet.") if draft else _("Say something:")
        self.query_one("#what", Static).update(literal(what))

    def _draft_name(self) -> str:
        if self._edited is not None:
            return f"comment-edit-{self._edited.id}"
        return comment_draft(self._annotation.id)

    def keep(self, text: str) -> None:
        self.store.remember(self._draft_name(), text if text.strip() else None)

    def action_say(self) -> None:
        """Put what is typed into the record."""
        text, edited = self.typed, self._edited
        if not text.strip() and edited is None:
            self.app.notify(_("There is nothing typed yet. Esc closes."))
            return
        if edited is None:
            done = self.act(lambda: self.store.comment(self._annotation.id, text))
        else:
            done = self._say_again(edited, text)
        if done is not None:
            self._write(None)
            self.talk.cursor = len(self._comments) - 1 if edited is None else self.talk.cursor
            self.reload()

    def _say_again(self, edited: Comment, text: str) -> Change | None:
        """Change a comment; where somebody else was faster, theirs is shown above and mine stays typed."""
        try:
            change = self.store.edit_comment(edited.id, edited.version, text)
        except Conflict:
            self.keep_draft()
            self.reload()
            now = next((each for each in self._comments if each.id == edited.id), None)
            self._edited = now or edited
            said = _("It was changed meanwhile, as shown above. Save once more to put yours in its place.")
            self.app.notify(said, severity="warning")
            return None
        except ReviewError as error:
            self.refuse(error)
            return None
        self.store.remember(self._draft_name(), None)
        self.home.publish(change)
        return change

    def action_edit(self) -> None:
        if (current := self._current()) is not None:
            self.keep_draft()
            self._write(current)
            self.query_one(NoteField).focus()

    def on_item_list_chosen(self, message: ItemList.Chosen) -> None:
        current = self._current()
        if current is not None and self.store.may(Act.EDIT_COMMENT, current):
            self.action_edit()

    def on_item_list_moved(self, message: ItemList.Moved) -> None:
        self.show_rights()

    def action_delete(self) -> None:
        current = self._current()
        if current is None:
            return

        def answered(yes: bool | None) -> None:
            if yes and self.act(lambda: self.store.delete_comment(current.id, current.version)):
                self.reload()

        question = _("Take back what {name} said? u, outside of the field, brings it again.")
        self.app.push_screen(
            Confirm(_("Delete the comment?"), question.format(name=current.reviewer), _("delete")), answered
        )

    def action_close(self) -> None:
        """Leave the comment that is being changed, or close; what is typed is kept."""
        self.keep_draft()
        if self._edited is not None:
            self._write(None)
        else:
            self.dismiss(None)

    def action_cancel(self) -> None:
        self.keep_draft()
        self.dismiss(None)
