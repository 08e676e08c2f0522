"""Many annotations edited as one act."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypedDict, Unpack

from annotations.models import Act, Change, Link, Severity, Status
from annotations.store import rules
from annotations.store.annotations import (
    Annotations,
    editable,
    leave,
    live_ids,
    owner,
    refuse_steps,
    standing,
    with_link,
)
from annotations.store.kinds import State
from annotations.store.transaction import Transaction


class BulkFields(TypedDict, total=False):
    """What `edit_many` can do to annotations. Tags and agencies are ids; those named are added or taken
    off, the others stay. `due`: ISO day or None. `owner_id`: of a person, None for nobody."""

    status: Status
    severity: Severity | None
    due: str | None
    owner_id: int | None
    note: str
    add_tags: Sequence[int]
    remove_tags: Sequence[int]
    add_links: Sequence[Link]
    remove_agencies: Sequence[int]
    deleted: bool


class Bulk(Annotations):
    """The part of the store that edits many annotations at once."""

    def edit_many(self, ids_versions: Iterable[tuple[int, int]], **fields: Unpack[BulkFields]) -> Change:
        """One act on many annotations (pairs of id and version seen): all of them or, on any error, none.

        A status that some of them may not get is refused for all, naming those.
        """
        versions = dict(ids_versions)
        with self._act(Act.EDIT_MANY) as act:
            act.take_many("annotation", versions)
            states = {number: editable(act, number, version) for number, version in versions.items()}
            if "status" in fields:
                refuse_steps(act, states, fields["status"])
            for number, state in states.items():
                leave(act, number, state, **_edited(act, state, fields))
        return act.change


def _edited(act: Transaction, state: State, fields: BulkFields) -> State:
    """What `edit_many` makes of one annotation: the fields that it sets."""
    wanted: State = {}
    if "status" in fields:
        wanted.update(standing(state["status"], fields["status"], state["resolved_on"]))
    if "severity" in fields:
        severity = fields["severity"]
        wanted["severity"] = None if severity is None else rules.choice(Severity, severity)
    if "due" in fields:
        wanted["due"] = rules.day(fields["due"])
    if "owner_id" in fields:
        wanted["owner_id"] = owner(act, fields["owner_id"], state["owner_id"])
    if "note" in fields:
        wanted["note"] = rules.prose(fields["note"])
    if fields.get("deleted"):
        wanted["deleted_at"] = act.at
    if "add_tags" in fields or "remove_tags" in fields:
        gone = fields.get("remove_tags", ())
        kept = [tag for tag in state["tags"] if tag not in gone]
        wanted["tags"] = live_ids(act, "tag", [*kept, *fields.get("add_tags", ())], state["tags"])
    if "add_links" in fields or "remove_agencies" in fields:
        away = fields.get("remove_agencies", ())
        links = [link for link in state["links"] if link[0] not in away]
        for link in fields.get("add_links", ()):
            links = with_link(act, links, link)
        wanted["links"] = links
    return wanted
