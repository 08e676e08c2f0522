"""Annotations: put on a passage, edited one thing at a time or many at once, read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from annotations import roles, transitions
from annotations.errors import Invalid, NotFound
from annotations.models import Act, Annotation, Change, Link, Placement, ReviewerRole, Role, Severity, Status
from annotations.store import rules
from annotations.store.kinds import KINDS, State
from annotations.store.record import today
from annotations.store.reports import Reports
from annotations.store.transaction import Transaction
from reports.errors import N_

if TYPE_CHECKING:
    from reports.passage import Passage

_COLUMNS = """a.id, a.uid, a.report_id, a.revision_id, a.start, a."end", a.exact, a.prefix, a.suffix,
    a.section, a.paragraph, a.note, a.severity, a.status, a.due, a.resolved_on, a.reviewer_id,
    a.created_at, a.updated_at, a.version, a.deleted_at, a.placement, a.owner_id, a.earlier_id"""
_SEVERITIES: dict[str | None, Severity | None] = {None: None, **{str(s): s for s in Severity}}
_annotation: Callable[..., Annotation] = Annotation
_WHERE = (
    "uid", "report_id", "revision_id", "start", "end", "exact", "prefix", "suffix", "section", "paragraph",
)  # fmt: skip
_PLACEMENTS = {str(placement): placement for placement in Placement}
_STATUSES = {str(status): status for status in Status}


class Annotations(Reports):
    """The part of the store that holds annotations. Each edit names the version that was seen: Conflict if
    somebody else was faster; NotFound, Invalid as their names say."""

    def annotate(
        self,
        report_id: int,
        revision_id: int,
        passage: Passage,
        *,
        tags: Sequence[int] = (),
        links: Sequence[Link] = (),
        note: str = "",
        severity: Severity | None = None,
        status: Status = Status.OPEN,
        due: str | None = None,
    ) -> Change:
        """Put an annotation on `passage` of a revision; its id is that of the change's one item.

        Raises Invalid unless the revision has the passage's words where it says.
        """
        import uuid

        with self._act(Act.ANNOTATE) as act:
            self._refuse_misplaced(act, report_id, revision_id, passage)
            state: State = {
                "uid": str(uuid.uuid4()),
                "report_id": report_id,
                "revision_id": revision_id,
                **place_of(passage),
                "note": rules.prose(note),
                "severity": None if severity is None else rules.choice(Severity, severity),
                "due": rules.day(due),
                "reviewer_id": act.reviewer_id,
                "created_at": act.at,
                "updated_at": act.at,
                "version": 1,
                "deleted_at": None,
                "placement": Placement.EXACT.value,
                "owner_id": None,
                "earlier_id": None,
                "tags": live_ids(act, "tag", tags, ()),
                "links": link_rows(act, links, ()),
            }
            act.add("annotation", {**state, **standing("", status, None)})
        return act.change

    def add_tag(self, annotation_id: int, version: int, tag_id: int) -> Change:
        """Put a tag on, behind those there are."""
        with self._act(Act.TAG) as act:
            state = editable(act, annotation_id, version)
            leave(
                act, annotation_id, state, tags=live_ids(act, "tag", [*state["tags"], tag_id], state["tags"])
            )
        return act.change

    def remove_tag(self, annotation_id: int, version: int, tag_id: int) -> Change:
        """Take a tag off."""
        with self._act(Act.UNTAG) as act:
            state = editable(act, annotation_id, version)
            leave(act, annotation_id, state, tags=[tag for tag in state["tags"] if tag != tag_id])
        return act.change

    def set_tags(self, annotation_id: int, version: int, tag_ids: Sequence[int]) -> Change:
        """Give it exactly these tags, in this order."""
        with self._act(Act.TAG) as act:
            state = editable(act, annotation_id, version)
            leave(act, annotation_id, state, tags=live_ids(act, "tag", tag_ids, state["tags"]))
        return act.change

    def link(self, annotation_id: int, version: int, agency_id: int, role: Role = Role.LEAD) -> Change:
        """Link an agency, or give one that is linked another role; its position among the links stays."""
        with self._act(Act.LINK) as act:
            state = editable(act, annotation_id, version)
            links = with_link(act, state["links"], Link(agency_id, role))
            leave(act, annotation_id, state, links=links)
        return act.change

    def unlink(self, annotation_id: int, version: int, agency_id: int) -> Change:
        """Take the link to an agency off, whatever its role."""
        with self._act(Act.UNLINK) as act:
            state = editable(act, annotation_id, version)
            leave(act, annotation_id, state, links=[link for link in state["links"] if link[0] != agency_id])
        return act.change

    def set_links(self, annotation_id: int, version: int, links: Sequence[Link]) -> Change:
        """Give it exactly these links, in this order."""
        with self._act(Act.LINK) as act:
            state = editable(act, annotation_id, version)
            leave(act, annotation_id, state, links=link_rows(act, links, state["links"]))
        return act.change

    def set_note(self, annotation_id: int, version: int, note: str) -> Change:
        """Replace the note; the reviewer's draft of it, if any, is done with and goes."""
        with self._act(Act.NOTE) as act:
            leave(act, annotation_id, editable(act, annotation_id, version), note=rules.prose(note))
            self._connection.execute(
                "DELETE FROM drafts WHERE reviewer_id = ? AND annotation_id = ?",
                (act.reviewer_id, annotation_id),
            )
        return act.change

    def set_severity(self, annotation_id: int, version: int, severity: Severity | None) -> Change:
        """Say how grave it is; None for not said."""
        with self._act(Act.SEVERITY) as act:
            wanted = None if severity is None else rules.choice(Severity, severity)
            leave(act, annotation_id, editable(act, annotation_id, version), severity=wanted)
        return act.change

    def set_status(self, annotation_id: int, version: int, status: Status) -> Change:
        """Say where it stands; the day on which it becomes `resolved` is kept until it leaves that.

        Invalid or Forbidden where `annotations.transitions` does not allow the step.
        """
        with self._act(Act.STATUS) as act:
            state = editable(act, annotation_id, version)
            refuse_steps(act, {annotation_id: state}, status)
            leave(act, annotation_id, state, **standing(state["status"], status, state["resolved_on"]))
        return act.change

    def set_due(self, annotation_id: int, version: int, due: str | None) -> Change:
        """Say by which day (ISO) it is to be settled; None for none."""
        with self._act(Act.DUE) as act:
            leave(act, annotation_id, editable(act, annotation_id, version), due=rules.day(due))
        return act.change

    def set_passage(self, annotation_id: int, version: int, passage: Passage) -> Change:
        """Move it to another passage of the same revision; Invalid as in `annotate`."""
        with self._act(Act.PASSAGE) as act:
            state = editable(act, annotation_id, version)
            self._refuse_misplaced(act, state["report_id"], state["revision_id"], passage)
            leave(act, annotation_id, state, **place_of(passage))
        return act.change

    def delete(self, annotation_id: int, version: int) -> Change:
        """Take it out of every list; `restore` brings it back as it was."""
        with self._act(Act.DELETE) as act:
            leave(act, annotation_id, editable(act, annotation_id, version), deleted_at=act.at)
        return act.change

    def restore(self, *annotation_ids: int) -> Change:
        """Bring deleted annotations back with their ids, tags and links; where the text of one is not that of
        the report any more, it waits to be placed. All of them or, on any error, none."""
        with self._act(Act.RESTORE) as act:
            for annotation_id, state in act.take_many("annotation", annotation_ids).items():
                placed = state["placement"] in (Placement.EXACT, Placement.MARKED)
                if placed and state["revision_id"] != self._report_by_id(state["report_id"]).revision_id:
                    state = {**state, "placement": Placement.WAITING.value}
                leave(act, annotation_id, state, deleted_at=None)
        return act.change

    def set_owner(self, annotation_id: int, version: int, person_id: int | None) -> Change:
        """Say who sees to it; None for nobody. Invalid for people who may not edit, or no longer."""
        with self._act(Act.OWNER) as act:
            state = editable(act, annotation_id, version)
            leave(act, annotation_id, state, owner_id=owner(act, person_id, state["owner_id"]))
        return act.change

    def annotations(self, report_id: int) -> list[Annotation]:
        """Those of a report that are not deleted, by start, then id."""
        return self._read("a.report_id = ? AND a.deleted_at IS NULL ORDER BY a.start, a.id", report_id)

    def annotation(self, annotation_id: int) -> Annotation:
        """One annotation, deleted or not; NotFound if there never was one with this id."""
        found = self._read("a.id = ? ORDER BY a.start, a.id", annotation_id)
        if not found:
            raise NotFound(N_("There is no annotation {id}."), id=annotation_id)
        return found[0]

    def _read(self, where: str, value: object) -> list[Annotation]:
        """The annotations that `where` finds: three queries and the reviewers' names, however many."""
        tags: dict[int, tuple[int, ...]] = {}
        for item_id, tag_id in self._rows(
            "SELECT x.annotation_id, x.tag_id FROM annotations a"
            f" CROSS JOIN annotation_tags x ON x.annotation_id = a.id WHERE {where}, x.position",
            (value,),
        ):
            tags[item_id] = (*tags[item_id], tag_id) if item_id in tags else (tag_id,)
        links: dict[int, tuple[Link, ...]] = {}
        for item_id, agency_id, role in self._rows(
            "SELECT x.annotation_id, x.agency_id, x.role FROM annotations a"
            f" CROSS JOIN annotation_agencies x ON x.annotation_id = a.id WHERE {where}, x.position",
            (value,),
        ):
            link = _link(agency_id, role)
            links[item_id] = (*links[item_id], link) if item_id in links else (link,)
        names = dict(self._rows("SELECT id, name FROM reviewers"))
        found = self._rows(f"SELECT {_COLUMNS} FROM annotations a WHERE {where}", (value,))
        return [
            _annotation(
                *row[:11],
                tags.get(row[0], ()),
                links.get(row[0], ()),
                row[11],
                _SEVERITIES[row[12]],
                _STATUSES[row[13]],
                row[14],
                row[15],
                names[row[16]],
                row[17],
                row[18],
                row[19],
                row[20] is not None,
                _PLACEMENTS[row[21]],
                names.get(row[22]),
                row[23],
            )
            for row in found
        ]

    def _refuse_misplaced(self, act: Transaction, report_id: int, revision_id: int, passage: Passage) -> None:
        """Raise unless the report is there, the revision is its current one, and it has the passage's words
        where it says."""
        if act.take("report", report_id)["deleted_at"]:
            raise Invalid(N_("Report {id} is deleted. Restore it first."), id=report_id)
        if not self._rows("SELECT 1 FROM revisions WHERE id = ? AND report_id = ?", (revision_id, report_id)):
            raise Invalid(N_("Report {id} has no such text. Open it again."), id=report_id)
        if self._report_by_id(report_id).revision_id != revision_id:
            raise Invalid(
                N_("Report {id} has got another text meanwhile. Open it again, then repeat."), id=report_id
            )
        text = self.document(revision_id).text
        start, end = passage.start, passage.end
        if not 0 <= start < end <= len(text):
            raise Invalid(N_("The passage [{start}, {end}) is not in the text."), start=start, end=end)
        before, after = len(passage.prefix), len(passage.suffix)
        if (text[max(0, start - before) : start], text[start:end], text[end : end + after]) != (
            passage.prefix,
            passage.exact,
            passage.suffix,
        ):
            raise Invalid(
                N_("The text does not say “{quote}” at {start}. Open the report again."),
                quote=passage.exact[:60],
                start=start,
            )


def annotation_from(annotation_id: int, state: State, names: Mapping[int, str]) -> Annotation:
    """An annotation as the history keeps its state. `names`: of reviewers by id."""
    where = [state[name] for name in _WHERE]
    return _annotation(
        annotation_id,
        *where,
        tuple(state["tags"]),
        tuple(_link(*link) for link in state["links"]),
        state["note"],
        _SEVERITIES[state["severity"]],
        _STATUSES[state["status"]],
        state["due"],
        state["resolved_on"],
        names[state["reviewer_id"]],
        state["created_at"],
        state["updated_at"],
        state["version"],
        state["deleted_at"] is not None,
        _PLACEMENTS[state.get("placement", "exact")],
        names.get(state.get("owner_id") or 0),
        state.get("earlier_id"),
    )


@lru_cache(maxsize=4096)
def _link(agency_id: int, role: str) -> Link:
    return Link(agency_id, Role(role))


def place_of(passage: Passage) -> State:
    """The fields of an annotation that say where it is."""
    return {
        "start": passage.start,
        "end": passage.end,
        "exact": passage.exact,
        "prefix": passage.prefix,
        "suffix": passage.suffix,
        "section": passage.section,
        "paragraph": passage.paragraph,
    }


def standing(before: str, status: str, resolved_on: str | None) -> State:
    """The fields that a `status` sets, with the day on which it became `resolved`."""
    after = rules.choice(Status, status)
    if after != Status.RESOLVED:
        resolved_on = None
    elif before != Status.RESOLVED:
        resolved_on = today()
    return {"status": after, "resolved_on": resolved_on}


def editable(act: Transaction, annotation_id: int, version: int) -> State:
    """The state of an annotation that is not deleted; Conflict, NotFound or Invalid otherwise."""
    state = act.take("annotation", annotation_id, version)
    if state["deleted_at"]:
        raise Invalid(N_("Annotation {id} is deleted. Restore it first."), id=annotation_id)
    return state


def leave(act: Transaction, annotation_id: int, state: State, **fields: object) -> None:
    """Leave an annotation as `state` with `fields` changed."""
    act.put("annotation", annotation_id, {**state, **fields})


def owner(act: Transaction, person_id: int | None, before: int | None) -> int | None:
    """`person_id` if they may see to an issue, or do so already; Invalid, NotFound otherwise."""
    if person_id is None or person_id == before:
        return person_id
    state = act.take("person", person_id)
    if state["retired_at"]:
        raise Invalid(N_("“{name}” may no longer use this record. Choose somebody else."), name=state["name"])
    if not roles.allows(ReviewerRole(state["role"]), Act.STATUS):
        raise Invalid(N_("“{name}” only reads in this record. Choose somebody else."), name=state["name"])
    return person_id


def refuse_steps(act: Transaction, states: Mapping[int, State], status: Status) -> None:
    """Raise where one of `states` (by annotation id) may not get `status` from whoever acts; see
    `annotations.transitions`."""
    after = Status(rules.choice(Status, status))
    transitions.refuse(
        (
            (
                number,
                Status(state["status"]),
                transitions.is_concerned(
                    act.role, act.reviewer_id, state["reviewer_id"], state.get("owner_id")
                ),
            )
            for number, state in states.items()
        ),
        after,
    )


def live_ids(act: Transaction, kind: str, ids: Sequence[int], allowed: Sequence[int]) -> list[int]:
    """`ids` once each; those not among `allowed` must exist and not be retired."""
    ids = list(dict.fromkeys(ids))
    for state in act.take_many(kind, [i for i in ids if i not in allowed]).values():
        if state[KINDS[kind].gone]:
            raise Invalid(N_("“{name}” is retired. Choose another."), name=state["slug"])
    return ids


def link_rows(act: Transaction, links: Sequence[Link], before: Sequence[Sequence[Any]]) -> list[list[Any]]:
    """`links` as they are recorded, an agency once."""
    wanted = {link.agency_id: rules.choice(Role, link.role) for link in links}
    return [[i, wanted[i]] for i in live_ids(act, "agency", list(wanted), [link[0] for link in before])]


def with_link(act: Transaction, links: Sequence[Sequence[Any]], added: Link) -> list[list[Any]]:
    """`links` with `added`, which takes the place of one to the same agency."""
    wanted = {link[0]: Link(link[0], Role(link[1])) for link in links}
    wanted[added.agency_id] = added
    return link_rows(act, list(wanted.values()), links)
