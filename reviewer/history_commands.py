"""The commands about the history: the screen of what was done, and the ways to it."""

from __future__ import annotations

from annotations.models import Act
from reviewer.commands import EDIT, FIND, GO, SHOW, Command
from reviewer.i18n import N_

HISTORY = (
    Command("history.open", "enter", N_("Open the place"),
            N_("Read the report where it was done; a deleted passage is restored first."), GO, N_("open")),
    Command("history.restore", "r", N_("Restore"),
            N_("Bring back what this deleted, with its number, tags and agencies."), EDIT, N_("restore"),
            act=Act.RESTORE),
    Command("history.deleted", "d", N_("Deleted only"),
            N_("Only the annotations that are deleted now; once more: everything."), FIND,
            N_("deleted only")),
    Command("history.whose", "W", N_("Whose acts"), N_("The acts of everybody, or of one reviewer."), FIND,
            N_("whose")),
    Command("history.only_annotation", "A", N_("Only this annotation"),
            N_("All that was done to the annotation of this act; once more: everything."), FIND,
            N_("only this one")),
    Command("history.only_report", "R", N_("Only this report"),
            N_("All that was done in the report of this act; once more: everywhere."), FIND,
            N_("only this report")),
    Command("history.scroll_down", "J,shift+down", N_("Rest of the text"),
            N_("The lines about the act, one row down."), SHOW, action="scroll(1)", palette=False),
    Command("history.scroll_up", "K,shift+up", N_("Beginning of the text"),
            N_("The lines about the act, one row up."), SHOW, action="scroll(-1)", palette=False),
    Command("history.undo", "u", N_("Undo"), N_("Take your last act back."), EDIT, act=Act.UNDO),
    Command("history.redo", "ctrl+r", N_("Redo"), N_("Do again what you undid."), EDIT, act=Act.REDO),
    Command("history.back", "escape", N_("Back"),
            N_("To all that was asked for first; then back to where you came from."), GO, N_("back"),
            palette=False),
    Command("history.quit", "q", N_("Quit"), N_("Leave the program; everything is saved already."), GO,
            action="app.quit"),
)  # fmt: skip

WAYS = (
    Command("reading.history", "H", N_("History of the annotation"),
            N_("Who did what to the annotation here, and when; where there is none, in the report."), GO),
    Command("reading.report_history", "", N_("History of the report"),
            N_("Who did what in this report, and when; deleted passages come back from there."), GO),
    Command("issues.history", "H", N_("History of the row"),
            N_("Who did what to the annotation of the row, and when."), GO),
    Command("library.history", "H", N_("History of the report"),
            N_("Who did what in the report under the cursor, and when; deleted passages come back from "
               "there."), GO),
    Command("app.history", "", N_("History of everybody"), N_("Who did what, and when, in all reports."), GO),
    Command("app.my_history", "", N_("History of your own acts"), N_("What you did, and when."), GO),
)  # fmt: skip
