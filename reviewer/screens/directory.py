"""The agencies: who may answer for an issue, whom they answer to, who was there before and after them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import ClassVar

from textual.binding import BindingType

from annotations.models import Agency, Change
from annotations.ranking import PickerIndex
from annotations.standing import Standing, agency_standing
from annotations.succession import Succession, alphabetical, answers
from reviewer.commands import bindings
from reviewer.days import show_day
from reviewer.entries import agency_fields, agency_values, rename_agency
from reviewer.i18n import N_, _, language, ngettext
from reviewer.screens.browser import BrowserScreen
from reviewer.screens.entry_form import Field
from reviewer.widgets.columns import Column
from reviewer.widgets.parts import Part, crop_parts
from reviewer.words import number

_NAME = Field("name", N_("Name"), N_("In full: Sở Tài nguyên và Môi trường"))
_DAY = N_("01/03/2025 or 2025-03-01; empty if it is not known")


class DirectoryScreen(BrowserScreen[Agency]):
    """The agency directory."""

    PLACE = "directory"
    BINDINGS: ClassVar[list[BindingType]] = bindings("directory")
    COLUMNS = (
        Column("name", N_("Agency"), 30, weight=1),
        Column("until", N_("Until"), 10, drop=2),
        Column("own", N_("Open"), 7, right=True),
        Column("below", N_("With those below"), 16, drop=1, right=True),
    )
    FIELDS = (
        _NAME,
        Field("short", N_("Short name"), N_("As people write it: Sở TN&MT")),
        Field("name_en", N_("English name")),
        Field("aliases", N_("Other names"), N_("Whatever else it is called, set apart by semicolons")),
        Field("kind", N_("Kind"), N_("government, party, court, police, …")),
        Field("parent", N_("Part of"), N_("Any name of the agency that it belongs to; empty if to none")),
        Field("valid_from", N_("Since"), _DAY),
        Field("valid_to", N_("Until"), N_("The first day on which it no longer answers; empty if it does")),
        Field(
            "successors",
            N_("Followed by"),
            N_("Name and day, several set apart by semicolons: Sở Nông nghiệp và Môi trường 01/03/2025"),
        ),
        Field("note", N_("Note")),
    )

    def title_text(self) -> str:
        return _("Agencies")

    def heading(self, count: int) -> str:
        return ngettext("{count} agency", "{count} agencies", count).format(count=number(count))

    def entries(self) -> Sequence[Agency]:
        return alphabetical(self.store.agencies(), language())

    def by_name(self, entries: Sequence[Agency]) -> Sequence[Agency]:
        return entries

    def index(self, entries: Sequence[Agency]) -> PickerIndex[Agency]:
        return PickerIndex.of_agencies(entries)

    def standing(self) -> Mapping[int, Standing]:
        return agency_standing(self.store.issues.connection)

    def cells(self, entry: Agency) -> Mapping[str, Part]:
        past = not answers(entry, date.today().isoformat())
        return {"name": ("", "quiet" if past else ""), "until": (show_day(entry.valid_to), "quiet")}

    def about(self, entry: Agency, width: int, height: int) -> Sequence[Sequence[Part]]:
        agencies = self.store.agencies()
        by_id = {agency.id: agency for agency in agencies}
        succession = Succession(agencies)
        short = f"   {entry.short}" if entry.short != entry.name else ""
        parent = by_id.get(entry.parent_id or 0)
        other = entry.name if language() == "en" else entry.name_en
        said = [other if other != entry.label(language()) else "", parent.label(language()) if parent else ""]
        lines: list[list[Part]] = [
            [(entry.label(language()), "strong"), (short, "quiet")],
            [(" · ".join(part for part in said if part), "quiet")],
            [(self.standing_words(entry), ""), (self._dates(entry), "quiet")],
        ]
        heirs = succession.heirs(entry, date.today())
        for label, found in ((_("now: "), heirs), (_("before: "), succession.predecessors(entry))):
            if found:
                lines.append([(label, "quiet"), ("; ".join(one.label(language()) for one in found), "")])
        if entry.aliases:
            lines.append([(_("also: "), "quiet"), ("; ".join(entry.aliases), "")])
        if entry.note:
            lines.append([(" ".join(entry.note.split()), "quiet")])
        return [crop_parts(line, width) for line in lines if any(text for text, _style in line)]

    @staticmethod
    def _dates(entry: Agency) -> str:
        said = []
        if entry.valid_from:
            said.append(_("since {day}").format(day=show_day(entry.valid_from)))
        if entry.valid_to:
            said.append(_("until {day}").format(day=show_day(entry.valid_to)))
        return "".join(f" · {part}" for part in said)

    def values(self, entry: Agency | None) -> Mapping[str, str]:
        return agency_values(entry, self.store.agencies())

    def edited(self, entry: Agency, changed: Mapping[str, str]) -> Change:
        return self.store.edit_agency(entry.id, entry.version, **agency_fields(changed, self.store))

    def created(self, typed: Mapping[str, str]) -> Change:
        fields = agency_fields(typed, self.store)
        return self.store.create_agency(fields.pop("name", ""), **fields)

    def turned(self, entry: Agency) -> Change:
        act = self.store.revive_agency if entry.retired else self.store.retire_agency
        return act(entry.id, entry.version)

    def place_of(self, entry: Agency | None) -> str:
        return agency_values(entry, self.store.agencies())["parent"] if entry else ""

    def action_rename(self) -> None:
        if entry := self.current():
            self.rename(_NAME, entry, lambda name: rename_agency(self.store, entry, name))

    def issue_filter(self, entry: Agency) -> str:
        return f"agency:{entry.slug}"

    def merge(self, entry: Agency, target: Agency) -> Change:
        return self.store.merge_agencies(entry.id, target.id)

    def follow_words(self, entry: Agency, target: Agency) -> str:
        count = self.store.agency_use().get(entry.id, 0)
        said = ngettext("{count} annotation will follow", "{count} annotations will follow", count)
        names = _("“{name}” will still find it").format(name=entry.label(language()))
        return f"{said.format(count=number(count))} → {target.label(language())}. {names}."
