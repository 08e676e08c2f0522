"""The commands about the same issue over several reports."""

from __future__ import annotations

from annotations.models import Act
from reviewer.commands import EDIT, GO, MARK, Command
from reviewer.i18n import N_

_SAME_HELP = N_(
    "Say that it is the issue of an earlier report that is much like it; else show what may be the same."
)

READING_OVER_TIME = (
    Command("reading.earlier", "p", N_("The issue over time"),
            N_("The same issue in earlier reports: what it continues, for how long it stands, and what may "
               "be the same."), GO, N_("over time"), act=None),
    Command("reading.same", "y", N_("Yes, the same issue"), _SAME_HELP, EDIT, act=Act.CONTINUE),
)  # fmt: skip

ISSUES_OVER_TIME = (
    Command("issues.earlier", "p", N_("The issue over time"),
            N_("The same issue in earlier reports: what it continues, for how long it stands, and what may "
               "be the same."), GO, N_("over time"), act=None),
    Command("issues.same", "y", N_("Yes, the same issue"), _SAME_HELP, EDIT, act=Act.CONTINUE),
)  # fmt: skip

OVER_TIME = (
    Command("earlier.accept", "enter", N_("Same issue, or open it"),
            N_("Say that the issue under the cursor is the same; open the report of one that is in the line "
               "already."), EDIT, N_("same issue"), act=None),
    *(Command(f"earlier.candidate_{number}", str(number), N_("Same issue as this number"),
              N_("Say that the issue of this number is the same."), MARK, action=f"candidate({number})",
              palette=False, act=Act.CONTINUE) for number in range(1, 9)),
    Command("earlier.open", "o", N_("Open its report"),
            N_("Read the report at the issue under the cursor; Esc comes back."), GO, N_("open report")),
    Command("earlier.unlink", "backspace,delete,x", N_("Not the same after all"),
            N_("Take off what this issue continues."), EDIT, N_("not the same"), act=Act.CONTINUE),
    Command("earlier.undo", "u", N_("Undo"), N_("Take your last act back."), EDIT, act=Act.UNDO),
    Command("earlier.redo", "ctrl+r", N_("Redo"), N_("Do again what you undid."), EDIT, act=Act.REDO),
    Command("earlier.cancel", "escape,p,q", N_("Close"), N_("Back to where you were."), GO, N_("close")),
)  # fmt: skip
