"""The codebook: issue types read, made, edited, merged, retired."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TypedDict, Unpack

from annotations import connection as sql
from annotations.errors import Invalid
from annotations.models import Act, Change, Tag
from annotations.store import rules
from annotations.store.cache import Cache
from annotations.store.digits import claim_digit, yield_digit
from annotations.store.kinds import State
from annotations.store.record import Record
from annotations.store.transaction import Transaction
from annotations.store.tree import children, refuse_cycle
from reports.errors import N_

if TYPE_CHECKING:
    from annotations.seeds import TagSeed


class TagFields(TypedDict, total=False):
    """What can be edited about a tag. `digit`: 1 to 9, taken from the tag that has it. `agencies`: ids of
    those that usually answer, first one first. `position`: place in the list."""

    key: str
    label_en: str
    definition_vi: str
    definition_en: str
    colour: str
    parent_id: int | None
    digit: int | None
    phrases: Sequence[str]
    position: int
    agencies: Sequence[int]


class TagEdits(TagFields, total=False):
    """The same, and the label."""

    label_vi: str


_CLEANERS: rules.Cleaners = {
    "key": rules.line,
    "label_vi": rules.required,
    "label_en": rules.line,
    "definition_vi": rules.prose,
    "definition_en": rules.prose,
    "colour": rules.line,
    "parent_id": lambda value: value,
    "digit": rules.digit,
    "phrases": rules.lines,
    "position": int,
    "agencies": lambda ids: list(dict.fromkeys(ids)),
}


class Tags(Record):
    """The part of the store that holds the codebook. Edits raise Conflict, NotFound and Invalid."""

    def __init__(self, connection: sql.Connection, reviewer: str) -> None:
        super().__init__(connection, reviewer)
        self._tags: Cache[Tag] = Cache(connection, "tags", self._read_tags)
        self._usual: dict[int, tuple[int, ...]] = {}

    def tags(self) -> tuple[Tag, ...]:
        """Every tag in the codebook's order, retired ones too: they still stand on annotations."""
        return self._tags.items()

    def usual_agencies(self, tag_id: int) -> tuple[int, ...]:
        """Ids of the agencies that usually answer for a tag, or, where none are said, for those above it."""
        parents = {tag.id: tag.parent_id for tag in self.tags()}
        wanted: int | None = tag_id
        while wanted is not None:
            if wanted in self._usual:
                return self._usual[wanted]
            wanted = parents.get(wanted)
        return ()

    def create_tag(self, label_vi: str, *, slug: str = "", **fields: Unpack[TagFields]) -> Change:
        """A new issue type, last in the list unless `position` says otherwise; its slug from the label."""
        given = {**fields, "label_vi": label_vi}
        with self._act(Act.CREATE_TAG) as act:
            last = self._rows("SELECT coalesce(max(position), 0) FROM tags")[0][0]
            state: State = {
                **dict.fromkeys(("key", "label_en", "definition_vi", "definition_en", "colour"), ""),
                "parent_id": None,
                "digit": None,
                "phrases": [],
                "agencies": [],
                **rules.cleaned("tag", _CLEANERS, {"position": last + 1, **given}),
                "version": 1,
                "retired_at": None,
            }
            state["slug"] = rules.slug_from(slug or state["label_vi"], self._tag_slug_is_taken, "tag")
            self._refuse_unfit(act, None, state)
            act.add("tag", state)
            claim_digit(act, state)
        return act.change

    def edit_tag(self, tag_id: int, version: int, **fields: Unpack[TagEdits]) -> Change:
        """Change what is said of a tag; its slug stays."""
        with self._act(Act.EDIT_TAG) as act:
            state = {
                **act.take("tag", tag_id, version),
                **rules.cleaned("tag", _CLEANERS, dict(fields)),
            }
            self._refuse_unfit(act, tag_id, state)
            act.put("tag", tag_id, state)
            if "digit" in fields:
                claim_digit(act, state)
        return act.change

    def merge_tags(self, from_id: int, into_id: int) -> Change:
        """Every annotation with one tag gets the other instead; the first is retired.

        Its label becomes a phrase of the other, its children and usual agencies go over too.
        """
        if from_id == into_id:
            raise Invalid(N_("A tag cannot be merged into itself. Choose another."))
        with self._act(Act.MERGE_TAGS) as act:
            gone, kept = act.take("tag", from_id), act.take("tag", into_id)
            if kept["retired_at"]:
                raise Invalid(N_("“{name}” is retired. Choose another."), name=kept["slug"])
            merged = {
                "phrases": list(dict.fromkeys([*kept["phrases"], gone["label_vi"], *gone["phrases"]])),
                "agencies": list(dict.fromkeys([*kept["agencies"], *gone["agencies"]])),
            }
            if kept["parent_id"] == from_id:
                merged["parent_id"] = gone["parent_id"]
            act.put("tag", into_id, {**kept, **merged})
            act.put("tag", from_id, {**gone, "retired_at": gone["retired_at"] or act.at})
            for child_id, child in children(act, "tag", from_id).items():
                if child_id != into_id:
                    act.put("tag", child_id, {**child, "parent_id": into_id})
            tagged = self._rows("SELECT annotation_id FROM annotation_tags WHERE tag_id = ?", (from_id,))
            for item_id, state in act.take_many("annotation", (row[0] for row in tagged)).items():
                tags = [into_id if tag == from_id else tag for tag in state["tags"]]
                act.put("annotation", item_id, {**state, "tags": list(dict.fromkeys(tags))})
        return act.change

    def retire_tag(self, tag_id: int, version: int) -> Change:
        """Offer a tag no longer; it stays on its annotations. Its children go up to its parent."""
        with self._act(Act.RETIRE_TAG) as act:
            state = act.take("tag", tag_id, version)
            act.put("tag", tag_id, {**state, "retired_at": state["retired_at"] or act.at})
            for child_id, child in children(act, "tag", tag_id).items():
                act.put("tag", child_id, {**child, "parent_id": state["parent_id"]})
        return act.change

    def revive_tag(self, tag_id: int, version: int) -> Change:
        """Offer a retired tag again; without its digit where another has that now."""
        with self._act(Act.REVIVE_TAG) as act:
            act.put("tag", tag_id, {**act.take("tag", tag_id, version), "retired_at": None})
            yield_digit(act, tag_id)
        return act.change

    def import_tags(self, seeds: Iterable[TagSeed]) -> Change:
        """Make or edit a tag for each seed, found by its slug, as one act: all of them or none."""
        from annotations.store.seeding import put_tags

        with self._act(Act.IMPORT_TAGS) as act:
            put_tags(act, seeds)
        return act.change

    def _tag_slug_is_taken(self, slug: str) -> bool:
        return bool(self._rows("SELECT 1 FROM tags WHERE slug = ?", (slug,)))

    def _read_tags(self) -> tuple[Tag, ...]:
        usual: dict[int, tuple[int, ...]] = {}
        for tag_id, agency_id in self._rows(
            "SELECT tag_id, agency_id FROM tag_agencies ORDER BY tag_id, position"
        ):
            usual[tag_id] = (*usual.get(tag_id, ()), agency_id)
        self._usual = usual
        found = self._rows(
            "SELECT id, slug, key, label_vi, label_en, definition_vi, definition_en, colour, parent_id,"
            " digit, phrases, position, version, retired_at IS NOT NULL FROM tags ORDER BY position, id"
        )
        tags = [(*row[:10], tuple(json.loads(row[10])), *row[11:13], bool(row[13])) for row in found]
        return tuple(Tag(*tag) for tag in tags)

    def _refuse_unfit(self, act: Transaction, tag_id: int | None, state: State) -> None:
        act.take_many("agency", state["agencies"])
        refuse_cycle(act, "tag", tag_id, state["parent_id"])
