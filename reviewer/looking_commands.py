"""The commands for looking at the issue list as charts."""

from __future__ import annotations

from reviewer.commands import FIND, GO, MOVE, SHOW, Command
from reviewer.i18n import N_

LOOKING = (
    Command("looking.bars", "1", N_("Bars"), N_("Counts by one thing, the largest first."), SHOW,
            action="look('bars')"),
    Command("looking.heat", "2", N_("Heat map"),
            N_("Two things against each other, such as agencies and issue types."), SHOW,
            action="look('heat')"),
    Command("looking.trend", "3", N_("Trend"),
            N_("What each period raised, and how much of it is settled by now."), SHOW,
            action="look('trend')"),
    Command("looking.grid", "4", N_("Deadlines"),
            N_("Completed on time or late, not completed in time or overdue, for each lead agency."), SHOW,
            action="look('grid')"),
    Command("looking.open", "enter", N_("List these"),
            N_("The issues that the cell under the cursor counts; Esc comes back to it."), GO,
            N_("list these"), palette=False),
    Command("looking.next", "tab", N_("Next look"), N_("Bars, heat map, trend, deadlines by turns."), SHOW,
            N_("next look"), action="step(1)"),
    Command("looking.previous", "shift+tab", N_("Previous look"), N_("The same, the other way round."), SHOW,
            action="step(-1)", palette=False),
    Command("looking.by", "b", N_("Count by something else"),
            N_("By agency, lead agency, issue type, status, severity, period, reviewer, owner; in a heat map "
               "two of them."), SHOW, N_("count by"), action="by(1)"),
    Command("looking.by_back", "B", N_("Count by what was before"), N_("The same, the other way round."),
            SHOW, action="by(-1)", palette=False),
    Command("looking.filter", "slash,f", N_("Filter"),
            N_("Look only at some issues: agency:stnmt status:open overdue “mặt bằng”."), FIND, N_("filter")),
    Command("looking.clear", "c", N_("Look at everything"), N_("Drop the filter."), FIND),
    Command("looking.list", "L", N_("List all of them"), N_("All issues that are looked at, as a list."), GO),
    Command("looking.export", "e", N_("Export"), N_("Write all issues that are looked at to a file."), GO),
    Command("looking.back", "escape", N_("Back"), N_("Back to where you came from."), GO, N_("back"),
            palette=False),
    Command("looking.quit", "q", N_("Quit"), N_("Leave the program; everything is saved already."), GO,
            action="app.quit"),
    Command("chart.down", "j,down", N_("Down"), N_("One row down."), MOVE, palette=False),
    Command("chart.up", "k,up", N_("Up"), N_("One row up."), MOVE, palette=False),
    Command("chart.right", "l,right", N_("Right"), N_("One cell to the right."), MOVE, palette=False),
    Command("chart.left", "h,left", N_("Left"), N_("One cell to the left."), MOVE, palette=False),
    Command("chart.page_down", "pagedown,space,ctrl+f", N_("Page down"), N_("One page down."), MOVE,
            action="page(1)", palette=False),
    Command("chart.page_up", "pageup,ctrl+b", N_("Page up"), N_("One page up."), MOVE, action="page(-1)",
            palette=False),
    Command("chart.first", "home,g", N_("First row"), N_("To the first row."), MOVE, palette=False),
    Command("chart.last", "end,G", N_("Last row"), N_("To the last row."), MOVE, palette=False),
)  # fmt: skip
"""Those of the screen, then those of the chart that has the cursor there."""

LIBRARY_LOOKING = (
    Command("library.look", "b", N_("Charts"),
            N_("The issues of all reports as bars, heat map, trend and grid of deadlines."), GO,
            N_("charts"), action="look"),
)  # fmt: skip
ISSUES_LOOKING = (
    Command("issues.look", "b", N_("Charts"),
            N_("What the list shows as bars, heat map, trend and grid of deadlines."), GO, N_("charts"),
            action="look"),
)  # fmt: skip
