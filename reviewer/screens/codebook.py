"""The issue types: what an issue may be about, what each means, its key and its colour."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual.binding import BindingType

from annotations.models import Change, Tag
from annotations.ranking import PickerIndex
from annotations.seeds import COLOURS
from annotations.standing import Standing, tag_standing
from reports.vietnamese import sort_key
from reviewer.commands import bindings
from reviewer.entries import rename_tag, tag_fields, tag_values
from reviewer.i18n import N_, _, language, ngettext
from reviewer.layout.wrap import wrap
from reviewer.screens.browser import BrowserScreen
from reviewer.screens.entry_form import Field
from reviewer.widgets.columns import Column
from reviewer.widgets.parts import Part, crop_parts
from reviewer.words import number

_LABEL = Field("label_vi", N_("Label"), N_("In Vietnamese: Giải phóng mặt bằng chậm"))


class CodebookScreen(BrowserScreen[Tag]):
    """The codebook."""

    PLACE = "codebook"
    BINDINGS: ClassVar[list[BindingType]] = bindings("codebook")
    COLUMNS = (
        Column("name", N_("Issue type"), 30, weight=1),
        Column("key", N_("Short"), 10, drop=2),
        Column("digit", N_("Key"), 4, drop=3, right=True),
        Column("own", N_("Open"), 7, right=True),
        Column("below", N_("With those below"), 16, drop=1, right=True),
    )
    FIELDS = (
        _LABEL,
        Field("label_en", N_("English label")),
        Field("key", N_("Short"), N_("A few letters that find it at once: gpmb")),
        Field("definition_vi", N_("Meaning"), N_("When it is to be used, and when not")),
        Field("definition_en", N_("English meaning")),
        Field("phrases", N_("Phrases"), N_("Words that usually say so, set apart by semicolons")),
        Field("parent", N_("Part of"), N_("The issue type that it belongs to; empty if to none")),
        Field(
            "agencies",
            N_("Who answers"),
            N_("Agencies that usually do, the first one first, set apart by semicolons"),
        ),
        Field(
            "digit",
            N_("Key"),
            N_("The digit that puts it on a passage; it is taken from the one that has it"),
            (("", "–"), *((str(digit), str(digit)) for digit in range(1, 10))),
        ),
        Field(
            "colour",
            N_("Colour"),
            N_("The colour of its passages"),
            (("", "–"), *((name, name.removeprefix("c")) for name in COLOURS)),
        ),
    )

    def title_text(self) -> str:
        return _("Issue types")

    def heading(self, count: int) -> str:
        return ngettext("{count} issue type", "{count} issue types", count).format(count=number(count))

    def entries(self) -> Sequence[Tag]:
        return self.store.tags()

    def by_name(self, entries: Sequence[Tag]) -> Sequence[Tag]:
        return sorted(entries, key=lambda tag: sort_key(tag.label(language())))

    def index(self, entries: Sequence[Tag]) -> PickerIndex[Tag]:
        return PickerIndex.of_tags(entries)

    def standing(self) -> Mapping[int, Standing]:
        return tag_standing(self.store.issues.connection)

    def cells(self, entry: Tag) -> Mapping[str, Part]:
        return {
            "key": (entry.key, "quiet"),
            "digit": (str(entry.digit or ""), "accent"),
        }

    def about(self, entry: Tag, width: int, height: int) -> Sequence[Sequence[Part]]:
        parent = next((tag for tag in self.store.tags() if tag.id == entry.parent_id), None)
        other = entry.label_vi if language() == "en" else entry.label_en
        said = [other if other != entry.label(language()) else "", parent.label(language()) if parent else ""]
        lines: list[list[Part]] = [
            [(f"{entry.digit or '■'}  ", "accent"), (entry.label(language()), "strong")],
            [(" · ".join(part for part in said if part), "quiet")],
            [(self.standing_words(entry), "")],
        ]
        text = " ".join(entry.definition(language()).split())
        starts = wrap(text, max(8, width)) if text else []
        lines += [
            [(text[a:b].rstrip(), "")] for a, b in zip(starts[:2], [*starts[1:], len(text)], strict=False)
        ]
        by_id = {agency.id: agency.label(language()) for agency in self.store.agencies()}
        usual = [by_id[key] for key in self.store.usual_agencies(entry.id) if key in by_id]
        for label, found in ((_("who answers: "), usual), (_("phrases: "), entry.phrases)):
            if found:
                lines.append([(label, "quiet"), ("; ".join(found), "")])
        return [crop_parts(line, width) for line in lines if any(text for text, _style in line)]

    def values(self, entry: Tag | None) -> Mapping[str, str]:
        return tag_values(entry, self.store)

    def edited(self, entry: Tag, changed: Mapping[str, str]) -> Change:
        return self.store.edit_tag(entry.id, entry.version, **tag_fields(changed, self.store))

    def created(self, typed: Mapping[str, str]) -> Change:
        fields = tag_fields(typed, self.store)
        return self.store.create_tag(fields.pop("label_vi", ""), **fields)

    def turned(self, entry: Tag) -> Change:
        act = self.store.revive_tag if entry.retired else self.store.retire_tag
        return act(entry.id, entry.version)

    def place_of(self, entry: Tag | None) -> str:
        return tag_values(entry, self.store)["parent"] if entry else ""

    def action_rename(self) -> None:
        if entry := self.current():
            self.rename(_LABEL, entry, lambda name: rename_tag(self.store, entry, name))

    def issue_filter(self, entry: Tag) -> str:
        return f"tag:{entry.slug}"

    def merge(self, entry: Tag, target: Tag) -> Change:
        return self.store.merge_tags(entry.id, target.id)

    def follow_words(self, entry: Tag, target: Tag) -> str:
        count = self.store.tag_counts().get(entry.id, 0)
        said = ngettext("{count} annotation will follow", "{count} annotations will follow", count)
        names = _("“{name}” will still find it").format(name=entry.label(language()))
        return f"{said.format(count=number(count))} → {target.label(language())}. {names}."
