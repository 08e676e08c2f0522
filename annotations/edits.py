"""An edit as a value, and what becomes of it when somebody else was faster."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from annotations.errors import Conflict
from annotations.models import Annotation, Change, Link
from reports.passage import Passage

if TYPE_CHECKING:
    from annotations.store import Store


class Field(StrEnum):
    """What can be edited about an annotation, one thing each."""

    TAGS = "tags"
    LINKS = "links"
    NOTE = "note"
    STATUS = "status"
    SEVERITY = "severity"
    DUE = "due"
    OWNER = "owner"
    PASSAGE = "passage"
    DELETED = "deleted"


JOINABLE = frozenset({Field.TAGS, Field.LINKS, Field.NOTE})
"""Fields of which two values make one that has both."""
_COLUMNS: Mapping[Field, tuple[str, ...]] = {
    Field.OWNER: ("owner_id",),
    Field.PASSAGE: ("start", "end", "revision_id"),
    Field.DELETED: ("deleted_at",),
}
_TRIES = 20
"""Changes of others that come in between while one is written again, at most."""


@dataclass(frozen=True, slots=True)
class Edit:
    """What somebody wants of an annotation. `seen`: as it was when they began. `wanted`: the values of the
    fields that they set: tag ids, links, a note, a status, a severity, an ISO day, the name of its owner, a
    passage, True for deleted. `adding`: of tags and links only what is put on and taken off is meant."""

    seen: Annotation
    wanted: Mapping[Field, Any]
    adding: bool = False

    def upon(self, now: Annotation) -> Edit:
        """The same edit of the annotation as it is `now`, without what is so already."""
        wanted = {field: value for field, value in self.wanted.items() if value_of(now, field) != value}
        if self.adding:
            wanted = {field: joined(field, self, now) for field in wanted}
        return replace(self, seen=now, wanted=wanted)

    def clashes(self, now: Annotation) -> tuple[Field, ...]:
        """The fields that others have set meanwhile to something else than this edit does; for a deletion,
        all that they set."""
        if Field.DELETED in self.wanted:
            return () if now.deleted else changed(self.seen, now)
        if now.deleted:
            return (Field.DELETED,)
        fields = changed(self.seen, now)
        found = tuple(f for f in fields if f in self.wanted and value_of(now, f) != self.wanted[f])
        return tuple(f for f in found if f not in JOINABLE) if self.adding else found

    def write(self, store: Store) -> Change:
        """Record it as one act on the version that was seen; raises what the store does."""
        seen = self.seen
        if len(self.wanted) == 1:
            ((field, value),) = self.wanted.items()
            if field is Field.TAGS and (step := _one_tag(seen.tags, value)):
                tag, is_new = step
                return (store.add_tag if is_new else store.remove_tag)(seen.id, seen.version, tag)
            return _WRITERS[field](store, seen.id, seen.version, value)
        fields = {str(field): value for field, value in self.wanted.items() if field is not Field.OWNER}
        if Field.OWNER in self.wanted:
            fields["owner_id"] = _person(store, self.wanted[Field.OWNER])
        return store.edit_many([(seen.id, seen.version)], **fields)


@dataclass(frozen=True, slots=True)
class Clash:
    """Two people set the same fields: `edit` waits for a decision. `now`: the annotation as the other left
    it. `who`, `at` (UTC): whose change that was, and when."""

    edit: Edit
    now: Annotation
    fields: tuple[Field, ...]
    who: str
    at: str

    @property
    def is_deletion(self) -> bool:
        """Whether the other deleted what was to be edited."""
        return self.now.deleted

    @property
    def can_join(self) -> bool:
        """Whether all that both set can be kept."""
        return JOINABLE.issuperset(self.fields)

    def mine(self) -> Edit:
        """The edit on top of theirs."""
        return self.edit.upon(self.now)

    def both(self) -> Edit:
        """The edit with theirs kept beside it."""
        wanted = dict(self.edit.wanted)
        wanted |= {field: joined(field, self.edit, self.now) for field in self.fields}
        return replace(self.edit, wanted=wanted).upon(self.now)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an edit came to. `change`: the act, of id 0 where nothing was written. `clash`: why not, if two
    people set the same. `over`: whose change of something else it was written on top of, `others` what."""

    change: Change
    clash: Clash | None = None
    over: str = ""
    others: tuple[Field, ...] = ()


def settle(store: Store, edit: Edit) -> Outcome:
    """Write `edit`; on top of what others changed meanwhile, where that is something else.

    Raises what the store does but Conflict.
    """
    first, over = edit.seen, ""
    others: tuple[Field, ...] = ()
    for _ in range(_TRIES):
        if not edit.wanted:
            return Outcome(_nothing(store, edit), over=over, others=others)
        try:
            return Outcome(edit.write(store), over=over, others=others)
        except Conflict:
            now = store.annotation(edit.seen.id)
        fields = edit.clashes(now)
        others = changed(first, now)
        over, at = _whose(store.history(now.id), edit.seen.version, fields or others)
        if fields:
            return Outcome(_nothing(store, edit), clash=Clash(edit, now, fields, over, at))
        edit = edit.upon(now)
    raise Conflict(edit.seen.id)


def place(store: Store, seen: Annotation, write: Callable[[int], Change]) -> Change:
    """Write an act about where `seen` is (`write` is given a version), on top of what others changed of it
    besides. Raises Conflict where they placed it otherwise or deleted it, and what the store does."""
    version = seen.version
    for _ in range(_TRIES):
        try:
            return write(version)
        except Conflict:
            now = store.annotation(seen.id)
            if now.deleted or _where(now) != _where(seen):
                raise
            version = now.version
    raise Conflict(seen.id)


def _where(annotation: Annotation) -> tuple[object, ...]:
    return annotation.placement, annotation.revision_id, annotation.start, annotation.end


def value_of(annotation: Annotation, field: Field) -> Any:
    """What `field` of an annotation is, as an `Edit` would say it."""
    if field is Field.PASSAGE:
        one = annotation
        return Passage(one.start, one.end, one.exact, one.prefix, one.suffix, one.section, one.paragraph)
    return getattr(annotation, field)


def changed(before: Annotation, after: Annotation) -> tuple[Field, ...]:
    """The fields in which two states of an annotation differ."""
    return tuple(field for field in Field if value_of(before, field) != value_of(after, field))


def joined(field: Field, edit: Edit, now: Annotation) -> Any:
    """The value of `field` that has what `edit` and what others made of it, theirs first."""
    before, theirs, mine = value_of(edit.seen, field), value_of(now, field), edit.wanted[field]
    if field is Field.NOTE:
        return "\n".join(text for text in (theirs, mine) if text)
    if field is Field.LINKS:
        return _joined_links(before, theirs, mine)
    if field is Field.TAGS:
        kept = [tag for tag in theirs if tag in mine or tag not in before]
        return tuple(dict.fromkeys((*kept, *(tag for tag in mine if tag not in before))))
    return mine


def _joined_links(before: Sequence[Link], theirs: Sequence[Link], mine: Sequence[Link]) -> tuple[Link, ...]:
    """`theirs`, with what `mine` adds, takes off or gives another role."""
    gone = {link.agency_id for link in before} - {link.agency_id for link in mine}
    found = {link.agency_id: link for link in theirs if link.agency_id not in gone}
    found |= {link.agency_id: link for link in mine if link not in before}
    return tuple(found.values())


def _whose(changes: Iterable[Change], seen: int, fields: Sequence[Field]) -> tuple[str, str]:
    """Who changed one of `fields` last since version `seen`, and when. `changes`: newest first."""
    names = {name for field in fields for name in _COLUMNS.get(field, (str(field),))}
    last = ("", "")
    for change in changes:
        for item in change.items:
            before, after = item.before or {}, item.after or {}
            if after.get("version", 0) <= seen:
                return last
            last = last if last[0] else (change.reviewer, change.at)
            if any(before.get(name) != after.get(name) for name in names):
                return change.reviewer, change.at
    return last


def _one_tag(before: tuple[int, ...], after: tuple[int, ...]) -> tuple[int, bool] | None:
    """The one tag that `after` has behind those of `before`, or lacks of them, and whether it is new."""
    if after and after[:-1] == before:
        return after[-1], True
    gone = [tag for tag in before if tag not in after]
    if len(gone) == 1 and after == tuple(tag for tag in before if tag != gone[0]):
        return gone[0], False
    return None


def _nothing(store: Store, edit: Edit) -> Change:
    return Change(0, "", store.reviewer, "", None, edit.seen.report_id, ())


def _person(store: Store, name: str | None) -> int | None:
    return None if name is None else store.person(name).id


def _delete(store: Store, annotation_id: int, version: int, _wanted: bool) -> Change:
    return store.delete(annotation_id, version)


def _own(store: Store, annotation_id: int, version: int, name: str | None) -> Change:
    return store.set_owner(annotation_id, version, _person(store, name))


_WRITERS: Mapping[Field, Callable[[Store, int, int, Any], Change]] = {
    Field.TAGS: lambda store, *edit: store.set_tags(*edit),
    Field.LINKS: lambda store, *edit: store.set_links(*edit),
    Field.NOTE: lambda store, *edit: store.set_note(*edit),
    Field.STATUS: lambda store, *edit: store.set_status(*edit),
    Field.SEVERITY: lambda store, *edit: store.set_severity(*edit),
    Field.DUE: lambda store, *edit: store.set_due(*edit),
    Field.OWNER: _own,
    Field.PASSAGE: lambda store, *edit: store.set_passage(*edit),
    Field.DELETED: _delete,
}
