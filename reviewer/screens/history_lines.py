"""How an act of the history is drawn: in a row of the list, and whole, with before and after."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from annotations.models import ChangeItem
from annotations.past_acts import PastAct, local_time
from reports.diff import Edit, word_difference
from reviewer.days import distance, long_day, show_day
from reviewer.histories import place, sentence
from reviewer.history_fields import Difference, Names, differences, differences_of_life, item_name
from reviewer.i18n import _, ngettext
from reviewer.layout.cells import width as cells_of
from reviewer.widgets.lines_view import wrap_parts
from reviewer.widgets.parts import Part, both_ends, crop_parts, fit, parts_width

TIME, WHO = 5, 10
"""Cells of the time of day and of the name."""
LABEL = 22
"""Cells of the names of fields, at most."""
LONG = 30
"""Code points from which on two values are compared by words."""
_STYLES = {Edit.SAME: "", Edit.REMOVED: "gone", Edit.ADDED: "new"}

Line = list[Part]


def row_parts(past: PastAct, names: Names, cells: int, *, of_one: bool = False) -> Line:
    """One row: time, who, what was done, and to what unless all of the list is `of_one`."""
    change = past.change
    head: Line = [
        (f"{local_time(change.at):%H:%M}  ", "quiet"),
        (fit(change.reviewer, WHO), ""),
        ("  ", ""),
    ]
    where = "" if of_one else place(past, names)
    room = cells - parts_width(head)
    most = max(0, room - parts_width(said := sentence(past, names)) - 2)
    right = crop_parts([(where, "quiet")], max(min(room // 3, 44), most)) if where else []
    return [*head, *both_ends(said, right, room)]


def day_heading(day: str, today: date) -> str:
    """A day as the list heads it: how far from `today` where that is near, and its date."""
    found = date.fromisoformat(day)
    days = (today - found).days
    near = {0: _("Today"), 1: _("Yesterday")}.get(days)
    return f"{near} · {long_day(found)}" if near else long_day(found)


def ago(at: str, now: datetime) -> str:
    """How long before `now` a time of the record was, in words: minutes, hours, then days."""
    then = local_time(at)
    minutes = max(0, int((now - then).total_seconds()) // 60)
    if minutes < 1:
        return _("just now")
    if minutes < 60:
        return ngettext("{count} minute ago", "{count} minutes ago", minutes).format(count=minutes)
    if minutes < 12 * 60 or then.date() == now.date():
        hours = minutes // 60
        return ngettext("{count} hour ago", "{count} hours ago", hours).format(count=hours)
    return distance(then.date(), now.date())


def act_lines(past: PastAct, names: Names, now: datetime, cells: int) -> list[Line]:
    """All about one act: who and when, and each of its items with what changed in it."""
    change = past.change
    then = local_time(change.at)
    when = f"{show_day(then.date().isoformat())}, {then:%H:%M:%S} · {ago(change.at, now)}"
    number = _("change {id}").format(id=change.id)
    lines: list[Line] = [
        both_ends([(change.reviewer, "strong"), (f" · {when}", "quiet")], [(number, "quiet")], cells)
    ]
    changed = [differences(_whole(item), names) for item in change.items]
    if change.undoes or any(not differences(item, names) for item in change.items) or not change.items:
        lines += wrap_parts(sentence(past, names), cells)
    for item, those in zip(change.items, changed, strict=True):
        lines += [[], *_item_lines(item, those, past.title, names, cells)]
    more = past.size - len(change.items)
    if more > 0 and change.items:
        said = ngettext("and {count} more", "and {count} more", more).format(count=more)
        lines += [[], [(said, "quiet")]]
    return lines


def _whole(item: ChangeItem) -> ChangeItem:
    """What was deleted or came back is shown with all that it holds."""
    if differences_of_life(item):
        return ChangeItem(item.kind, item.item_id, None, item.after)
    return item


def _item_lines(
    item: ChangeItem, those: Sequence[Difference], title: str, names: Names, cells: int
) -> list[Line]:
    head: Line = [(item_name(item, names), "")]
    if title and item.kind != "report":
        head.append((f" · {title}", "quiet"))
    lines = [crop_parts(head, cells)]
    widest = max((cells_of(one.label) for one in those), default=0)
    for one in those:
        lines += _difference_lines(one, min(widest, LABEL) + 2, cells, whole=differences_of_life(item))
    return lines


def _difference_lines(one: Difference, label: int, cells: int, *, whole: bool) -> list[Line]:
    """A field, its name in `label` cells at the left: `before → after`, or the words that differ; of what is
    shown `whole` what it holds."""
    room = max(8, cells - label)
    if one.before and one.after and (one.prose or min(len(one.before), len(one.after)) > LONG):
        parts = _words(one.before, one.after)
    elif one.before and one.after:
        parts = [(one.before, "quiet"), (" → ", "quiet"), (one.after, "accent")]
    elif one.after:
        parts = [(one.after, "" if whole else "new" if one.prose else "accent")]
    else:
        parts = [(one.before, "gone")]
    flat = [(" ".join(text.split("\n")), style) for text, style in parts]
    first, *others = wrap_parts(flat, room) or [[]]
    name = fit(one.label, label - 2) + "  "
    return [[(name, "quiet"), *first], *([(" " * label, ""), *line] for line in others)]


def _words(before: str, after: str) -> Sequence[Part]:
    """Both texts in one, what went struck through, what came underlined."""
    parts: list[Part] = []
    for piece in word_difference(before, after):
        apart = parts and piece.edit is Edit.REMOVED and not parts[-1][0][-1:].isspace()
        parts.append((f" {piece.text}" if apart else piece.text, _STYLES[piece.edit]))
    return parts
