"""The columns that the issue list can show, and what each says of an annotation."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from annotations.labels import value_label
from annotations.models import Placement, Role, Severity, Status
from reviewer.days import short_period, show_day
from reviewer.i18n import N_, _, language, ngettext
from reviewer.viewing import Columns
from reviewer.widgets.columns import Column
from reviewer.widgets.parts import Part
from reviewer.words import placement_word, status_word

if TYPE_CHECKING:
    from annotations.continuity import Run
    from annotations.issues import IssueRow

SETTLED = (Status.RESOLVED, Status.REJECTED)
LATE = "!"
GRAVE = "▲"
STANDING = "×"
"""Before the number of periods in a row over which an issue stands."""


@dataclass(frozen=True, slots=True)
class Seen:
    """An annotation to be shown on the ISO day `today`. `run`: over how many periods it stands, None for one
    only."""

    row: IssueRow
    today: str
    run: Run | None = None

    @property
    def settled(self) -> bool:
        return self.row.status in SETTLED

    @property
    def overdue(self) -> bool:
        """Whether the due day of an unsettled issue is past."""
        return bool(self.row.due and self.row.due < self.today and not self.settled)


CATALOGUE: Final = (
    Column("id", N_("No."), 5, drop=6, right=True),
    Column("report_title", N_("Report"), 18, weight=3, drop=11),
    Column("report", N_("Report code"), 16, weight=1, drop=14),
    Column("report_date", N_("Report date"), 12, drop=13),
    Column("period", N_("Period"), 6, drop=5),
    Column("section", N_("Section"), 16, weight=2, drop=15),
    Column("passage", N_("Passage"), 28, weight=6, ahead=48),
    Column("tags", N_("Tags"), 10, weight=3, drop=1),
    Column("lead_agencies", N_("Lead agency"), 11, weight=4, drop=2),
    Column("coordinating_agencies", N_("Coordinating"), 14, weight=3, drop=8),
    Column("severity", N_("Severity"), 9, drop=7),
    Column("status", N_("Status"), 11),
    Column("due", N_("Due"), 13),
    Column("owner", N_("Owner"), 10, drop=4),
    Column("periods", N_("Periods"), 10, drop=3),
    Column("note", N_("Note"), 14, weight=3, drop=9),
    Column("reviewer", N_("Reviewer"), 10, drop=10),
    Column("created_at", N_("Created"), 12, drop=16),
    Column("updated_at", N_("Changed"), 12, drop=12),
    Column("placement", N_("In the latest text"), 18, drop=17),
    Column("earlier", N_("Continues"), 9, drop=18, right=True),
    Column("revision", N_("Text"), 12, drop=21),
    Column("start", N_("From"), 8, drop=20, right=True),
    Column("end", N_("To"), 8, drop=19, right=True),
)
"""In the order in which they are offered; called as the columns of the issue list."""
USUAL: Final = ("id", "period", "passage", "tags", "lead_agencies", "status", "due")
"""Those that are shown where nobody has chosen any."""
SORT_OF: Final[Mapping[str, str]] = {
    "id": "id",
    "period": "period",
    "tags": "tag",
    "lead_agencies": "agency",
    "severity": "severity",
    "status": "status",
    "due": "due",
    "owner": "owner",
    "reviewer": "reviewer",
    "report_title": "report",
    "created_at": "created",
    "updated_at": "updated",
}
"""What the list is sorted by for a column, as `annotations.issue_order` calls it."""
_OF_GROUP: Final[Mapping[str, str]] = {"agency": "lead_agencies", "tag": "tags", "report": "report_title"}
_BY_NAME: Final = {column.name: column for column in CATALOGUE}


def column_sorted_by(sort: str) -> str:
    """The column that the list is sorted by; empty if it is by none."""
    return next((name for name, by in SORT_OF.items() if by == sort), "")


def known_columns(chosen: Iterable[tuple[str, int]]) -> Columns:
    """Those of `chosen` that there are; the usual ones, their widths to fit, where none is left."""
    kept = tuple((name, width) for name, width in chosen if name in _BY_NAME)
    return kept or tuple((name, 0) for name in USUAL)


def column_of_group(group: str) -> str:
    """The column that the headings of a `group` say already; empty for none."""
    return _OF_GROUP.get(group, group)


def columns_of(chosen: Iterable[tuple[str, int]], group: str = "") -> list[Column]:
    """The columns to show; the one that the headings of a `group` say already is left out."""
    said = column_of_group(group)
    return [replace(_BY_NAME[name], wanted=width) for name, width in known_columns(chosen) if name != said]


def resized(chosen: Iterable[tuple[str, int]], column: str, cells: int) -> Columns:
    """`chosen` with another width for one column."""
    return tuple((name, cells if name == column else width) for name, width in known_columns(chosen))


def values(seen: Seen, names: Iterable[str]) -> dict[str, Part]:
    """What the columns of those `names` say."""
    return {name: VALUES[name](seen) for name in names}


def _first(names: Sequence[str], none: str, settled: bool) -> Part:
    if not names:
        return f"– {none}", "quiet" if settled else "warning"
    return names[0] + (f" +{len(names) - 1}" if len(names) > 1 else ""), "quiet" if settled else ""


def _agencies(seen: Seen) -> Part:
    links = [link for link in seen.row.links if link.role is Role.LEAD]
    none = _("no lead agency") if seen.row.links else _("no agency")
    return _first([link.shown(language(), brief=True) for link in links], none, seen.settled)


def _coordinating(seen: Seen) -> Part:
    links = [link for link in seen.row.links if link.role is Role.COORDINATING]
    names = [link.shown(language(), brief=True) for link in links]
    return ("; ".join(names), "quiet")


def _passage(seen: Seen) -> Part:
    grave = seen.row.severity == Severity.HIGH and not seen.settled
    text = " ".join(seen.row.passage.split())
    if seen.run is not None and seen.run.periods > 1 and not seen.settled:
        text = f"{STANDING}{seen.run.periods} {text}"
    return (f"{GRAVE} {text}" if grave else text, "quiet" if seen.settled else "")


def _due(seen: Seen) -> Part:
    due = show_day(seen.row.due)
    return (f"{LATE} {due}", "error") if seen.overdue else (due and f"  {due}", "quiet")


def _severity(seen: Seen) -> Part:
    severity = seen.row.severity
    return (value_label(severity, language()) if severity else "", "quiet" if seen.settled else "")


def _periods(seen: Seen) -> Part:
    if seen.run is None or seen.run.periods < 2:
        return "", ""
    count = seen.run.periods
    return ngettext("{count} period", "{count} periods", count).format(count=count), "warning"


def _placement(seen: Seen) -> Part:
    placement = Placement(seen.row.placement)
    return placement_word(placement), "quiet" if placement is Placement.EXACT else "warning"


VALUES: Final[Mapping[str, Callable[[Seen], Part]]] = {
    "id": lambda seen: (str(seen.row.id), "quiet"),
    "report": lambda seen: (seen.row.report, "quiet"),
    "report_title": lambda seen: (seen.row.report_title, "quiet"),
    "report_date": lambda seen: (show_day(seen.row.report_date), "quiet"),
    "period": lambda seen: (short_period(seen.row.period or seen.row.report_date), "quiet"),
    "section": lambda seen: (seen.row.section.rpartition(" › ")[2], "quiet"),
    "passage": _passage,
    "tags": lambda seen: _first(seen.row.tag_labels(language()), _("no tag"), seen.settled),
    "lead_agencies": _agencies,
    "coordinating_agencies": _coordinating,
    "severity": _severity,
    "status": lambda seen: (status_word(Status(seen.row.status)), "quiet" if seen.settled else ""),
    "due": _due,
    "owner": lambda seen: (seen.row.owner or "", "quiet" if seen.settled else ""),
    "periods": _periods,
    "note": lambda seen: (" ".join(seen.row.note.split()), "quiet"),
    "reviewer": lambda seen: (seen.row.reviewer, "quiet"),
    "created_at": lambda seen: (show_day(seen.row.created_at[:10]), "quiet"),
    "updated_at": lambda seen: (show_day(seen.row.updated_at[:10]), "quiet"),
    "placement": _placement,
    "earlier": lambda seen: (f"#{seen.row.earlier}" if seen.row.earlier else "", "quiet"),
    "revision": lambda seen: (seen.row.revision, "quiet"),
    "start": lambda seen: (str(seen.row.start), "quiet"),
    "end": lambda seen: (str(seen.row.end), "quiet"),
}
"""What each column says, and in which style."""
