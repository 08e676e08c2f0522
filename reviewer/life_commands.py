"""The commands about the life of an issue: who sees to it, what is said about it, where its passage is."""

from __future__ import annotations

from annotations.models import Act
from reviewer.commands import EDIT, GO, SHOW, Command
from reviewer.i18n import N_


def _of_issue(place: str) -> tuple[Command, ...]:
    """What can be done to the issue that is chosen on a screen."""
    return (
        Command(f"{place}.owner", "r", N_("Owner"), N_("Choose who sees to it."), EDIT, N_("owner"),
                act=Act.OWNER),
        Command(f"{place}.comments", "m", N_("Comments"),
                N_("Read what was said about it, and say something."), SHOW, N_("comments")),
    )  # fmt: skip


OF_READING = (
    *_of_issue("reading"),
    Command("reading.passage", "P", N_("Move it to these words"),
            N_("Put the chosen annotation on the words that are selected."), EDIT, act=Act.PASSAGE),
)  # fmt: skip

OF_ISSUES = _of_issue("issues")

COMMENTS = (
    Command("comments.say", "ctrl+s,f2", N_("Say it"), N_("Put the comment into the record."), EDIT,
            N_("say it"), priority=True, act=Act.COMMENT),
    Command("comments.edit", "E", N_("Say it otherwise"),
            N_("Change the comment under the cursor; Tab goes from the field to the comments and back."),
            EDIT, act=Act.EDIT_COMMENT),
    Command("comments.delete", "x,delete", N_("Delete"),
            N_("Take the comment under the cursor back; undo brings it again."), EDIT,
            act=Act.DELETE_COMMENT),
    Command("comments.undo", "u", N_("Undo"), N_("Take your last act back."), EDIT, act=Act.UNDO),
    Command("comments.redo", "ctrl+r", N_("Redo"), N_("Do again what you undid."), EDIT, act=Act.REDO),
    Command("comments.close", "escape", N_("Close"), N_("Close; what you typed is kept as a draft."), GO,
            N_("close"), priority=True),
)  # fmt: skip
