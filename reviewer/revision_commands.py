"""The commands about corrected texts: the queue of passages in doubt, and what differs."""

from __future__ import annotations

from annotations.models import Act
from reviewer.commands import EDIT, GO, MARK, MOVE, Command
from reviewer.i18n import N_

OF_LIBRARY = (
    Command("library.queue", "W", N_("Passages to place"),
            N_("What the latest text of the report left in doubt, and where each may belong."), GO),
)  # fmt: skip

IMPORTING = (
    Command("import.stop", "f3", N_("Stop"), N_("Stop after the file that is being read; what is in stays."),
            EDIT, N_("stop"), priority=True, act=None),
)  # fmt: skip

QUEUE = (
    Command("queue.accept", "enter", N_("It belongs here"),
            N_("Put the passage on the chosen place of the latest text; confirm one that was carried and "
               "marked."), EDIT, N_("it belongs here"), act=Act.ACCEPT),
    *(Command(f"queue.candidate_{number}", str(number), N_("Choose a place"),
              N_("Choose the place of this number; Enter takes it."), MARK, action=f"candidate({number})",
              palette=False) for number in range(1, 6)),
    Command("queue.next", "right,l", N_("Next place"), N_("Choose the next place."), MARK, N_("other place"),
            action="step(1)", palette=False),
    Command("queue.previous", "left,h", N_("Previous place"), N_("Choose the place before."), MARK,
            action="step(-1)", palette=False),
    Command("queue.by_hand", "r", N_("Select by hand"),
            N_("Open the latest text and select the words that the passage belongs to."), EDIT,
            N_("by hand"), act=Act.REANCHOR),
    Command("queue.orphan", "o", N_("Leave out"),
            N_("The passage has no place in the latest text: it keeps its old one, and stays in the issue "
               "list."), EDIT, N_("leave out"), act=Act.ORPHAN),
    Command("queue.confirm_all", "C", N_("Confirm all that are marked"),
            N_("All that were carried and marked are where they belong."), EDIT, act=Act.CONFIRM),
    Command("queue.differences", "D", N_("What has changed"),
            N_("Show what the latest text changed, word by word."), GO, N_("differences")),
    Command("queue.undo", "u", N_("Undo"), N_("Take your last act back."), EDIT, N_("undo"), act=Act.UNDO),
    Command("queue.redo", "ctrl+r", N_("Redo"), N_("Do again what you undid."), EDIT, act=Act.REDO),
    Command("queue.back", "escape", N_("Back"), N_("Back to where you came from."), GO, N_("back"),
            palette=False),
    Command("queue.quit", "q", N_("Quit"), N_("Leave the program; everything is saved already."), GO,
            action="app.quit"),
    Command("correction.revise", "y,enter", N_("It is a corrected text"),
            N_("Make it the report's text; undo takes it back."), EDIT, N_("it is"), act=Act.REVISE),
    Command("correction.apart", "n", N_("It is a report of its own"), N_("Bring it in as a new report."),
            EDIT, N_("a new report"), act=Act.IMPORT),
    Command("correction.cancel", "escape", N_("Leave it"), N_("Bring it in not at all."), GO, N_("leave it")),
    Command("placing.place", "enter", N_("It belongs here"),
            N_("Put the passage on the current range and close."), EDIT, act=Act.REANCHOR),
)  # fmt: skip

DIFFERENCES = (
    Command("differences.next_change", "j,down,n", N_("Next change"),
            N_("On to the next paragraph that differs."), MOVE, N_("next change")),
    Command("differences.previous_change", "k,up,N", N_("Previous change"),
            N_("Back to the paragraph before that differs."), MOVE),
    Command("differences.next_touched", "right_square_bracket,tab", N_("Next passage touched"),
            N_("On to the next annotation in which something differs."), MOVE, N_("next passage")),
    Command("differences.page_down", "pagedown,space,ctrl+f", N_("Page down"), N_("One screen further."),
            MOVE, action="page(1)"),
    Command("differences.page_up", "pageup,ctrl+b", N_("Page up"), N_("One screen back."), MOVE,
            action="page(-1)"),
    Command("differences.row_down", "shift+down,ctrl+e", N_("Row down"), N_("One row further."), MOVE,
            action="scroll(1)", palette=False),
    Command("differences.row_up", "shift+up,ctrl+y", N_("Row up"), N_("One row back."), MOVE,
            action="scroll(-1)", palette=False),
    Command("differences.top", "home,g", N_("Beginning"), N_("To the beginning of the report."), MOVE),
    Command("differences.bottom", "end,G", N_("End"), N_("To the end of the report."), MOVE),
    Command("differences.queue", "W", N_("Passages to place"),
            N_("What the latest text left in doubt, and where each may belong."), GO, N_("to place")),
    Command("differences.back", "escape", N_("Back"), N_("Back to where you came from."), GO, N_("back"),
            palette=False),
    Command("differences.quit", "q", N_("Quit"), N_("Leave the program; everything is saved already."), GO,
            action="app.quit"),
)  # fmt: skip
