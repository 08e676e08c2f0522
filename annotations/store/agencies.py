"""The agency directory: who may answer for an issue; read, made, edited, merged, retired."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from annotations import connection as sql
from annotations.errors import Invalid
from annotations.models import Act, Agency, Change, Role, Successor
from annotations.store import rules
from annotations.store.cache import Cache
from annotations.store.kinds import State
from annotations.store.record import Record
from annotations.store.transaction import Transaction
from annotations.store.tree import children, refuse_cycle
from reports.errors import N_
from reports.vietnamese import search_key

if TYPE_CHECKING:
    from annotations.seeds import AgencySeed


class AgencyFields(TypedDict, total=False):
    """What can be edited about an agency. `valid_from`, `valid_to`: ISO days. `aliases`: other names."""

    name_en: str
    short: str
    kind: str
    level: str
    parent_id: int | None
    valid_from: str | None
    valid_to: str | None
    aliases: Sequence[str]
    successors: Sequence[Successor]
    note: str


class AgencyEdits(AgencyFields, total=False):
    """The same, and the name."""

    name: str


def _successors(values: Iterable[Successor]) -> list[list[Any]]:
    return [[value.agency_id, rules.day(value.date), rules.line(value.note)] for value in values]


_CLEANERS: rules.Cleaners = {
    "name": rules.required,
    "name_en": rules.line,
    "short": rules.line,
    "kind": rules.line,
    "level": rules.line,
    "parent_id": lambda value: value,
    "valid_from": rules.day,
    "valid_to": rules.day,
    "aliases": rules.lines,
    "successors": _successors,
    "note": rules.prose,
}


class Agencies(Record):
    """The part of the store that holds the directory. Edits raise Conflict, NotFound and Invalid."""

    def __init__(self, connection: sql.Connection, reviewer: str) -> None:
        super().__init__(connection, reviewer)
        self._agencies: Cache[Agency] = Cache(connection, "agencies", self._read_agencies)

    def agencies(self) -> tuple[Agency, ...]:
        """Every agency in the order in which it was entered, retired ones and those of the past too."""
        return self._agencies.items()

    def create_agency(self, name: str, *, slug: str = "", **fields: Unpack[AgencyFields]) -> Change:
        """A new entry of the directory; its slug from the short name, else the name."""
        given = {**fields, "name": name}
        with self._act(Act.CREATE_AGENCY) as act:
            state: State = {
                **dict.fromkeys(("name_en", "short", "kind", "level", "note"), ""),
                **dict.fromkeys(("parent_id", "valid_from", "valid_to", "retired_at")),
                "aliases": [],
                "successors": [],
                "version": 1,
                **rules.cleaned("agency", _CLEANERS, given),
            }
            title = slug or state["short"] or state["name"]
            state["slug"] = rules.slug_from(title, self._agency_slug_is_taken, "agency")
            _refuse_unfit(act, None, state)
            act.add("agency", state)
        return act.change

    def edit_agency(self, agency_id: int, version: int, **fields: Unpack[AgencyEdits]) -> Change:
        """Change what is said of an agency; its slug stays."""
        with self._act(Act.EDIT_AGENCY) as act:
            state = {
                **act.take("agency", agency_id, version),
                **rules.cleaned("agency", _CLEANERS, dict(fields)),
            }
            _refuse_unfit(act, agency_id, state)
            act.put("agency", agency_id, state)
        return act.change

    def merge_agencies(self, from_id: int, into_id: int) -> Change:
        """Everything that names one agency names the other instead; the first is retired.

        Its names become aliases of the other. Where an annotation has both, one link stays, as lead if
        either was.
        """
        if from_id == into_id:
            raise Invalid(N_("An agency cannot be merged into itself. Choose another."))
        with self._act(Act.MERGE_AGENCIES) as act:
            gone, kept = act.take("agency", from_id), act.take("agency", into_id)
            if kept["retired_at"]:
                raise Invalid(N_("“{name}” is retired. Choose another."), name=kept["slug"])
            merged: State = {"aliases": _all_names(kept, gone)}
            if kept["parent_id"] == from_id:
                merged["parent_id"] = gone["parent_id"]
            act.put("agency", into_id, {**kept, **merged})
            act.put("agency", from_id, {**gone, "retired_at": gone["retired_at"] or act.at})
            for child_id, child in children(act, "agency", from_id).items():
                if child_id != into_id:
                    act.put("agency", child_id, {**child, "parent_id": into_id})
            self._rename_in_tags(act, from_id, into_id)
            self._rename_in_successors(act, from_id, into_id)
            self._rename_in_links(act, from_id, into_id)
        return act.change

    def retire_agency(self, agency_id: int, version: int) -> Change:
        """Offer an agency no longer; its links stay. Its children go up to its parent."""
        with self._act(Act.RETIRE_AGENCY) as act:
            state = act.take("agency", agency_id, version)
            act.put("agency", agency_id, {**state, "retired_at": state["retired_at"] or act.at})
            for child_id, child in children(act, "agency", agency_id).items():
                act.put("agency", child_id, {**child, "parent_id": state["parent_id"]})
        return act.change

    def revive_agency(self, agency_id: int, version: int) -> Change:
        """Offer a retired agency again."""
        with self._act(Act.REVIVE_AGENCY) as act:
            state = act.take("agency", agency_id, version)
            act.put("agency", agency_id, {**state, "retired_at": None})
        return act.change

    def import_agencies(self, seeds: Iterable[AgencySeed]) -> Change:
        """Make or edit an agency for each seed, found by its slug, as one act: all of them or none."""
        from annotations.store.seeding import put_agencies

        with self._act(Act.IMPORT_AGENCIES) as act:
            put_agencies(act, seeds)
        return act.change

    def _agency_slug_is_taken(self, slug: str) -> bool:
        return bool(self._rows("SELECT 1 FROM agencies WHERE slug = ?", (slug,)))

    def _read_agencies(self) -> tuple[Agency, ...]:
        aliases: dict[int, list[str]] = {}
        for agency_id, alias in self._rows(
            "SELECT agency_id, alias FROM agency_aliases ORDER BY agency_id, position"
        ):
            aliases.setdefault(agency_id, []).append(alias)
        successors: dict[int, list[Successor]] = {}
        for agency_id, *successor in self._rows(
            "SELECT agency_id, successor_id, date, note FROM agency_successors ORDER BY agency_id, position"
        ):
            successors.setdefault(agency_id, []).append(Successor(*successor))
        found = self._rows(
            "SELECT id, slug, name, name_en, short, kind, level, parent_id, valid_from, valid_to, note,"
            " version, retired_at IS NOT NULL FROM agencies ORDER BY id"
        )
        agencies = [
            (
                *row[:10],
                tuple(aliases.get(row[0], ())),
                tuple(successors.get(row[0], ())),
                *row[10:12],
                bool(row[12]),
            )
            for row in found
        ]
        return tuple(Agency(*agency) for agency in agencies)

    def _rename_in_tags(self, act: Transaction, from_id: int, into_id: int) -> None:
        found = self._rows("SELECT tag_id FROM tag_agencies WHERE agency_id = ?", (from_id,))
        for tag_id, state in act.take_many("tag", (row[0] for row in found)).items():
            usual = [into_id if agency == from_id else agency for agency in state["agencies"]]
            act.put("tag", tag_id, {**state, "agencies": list(dict.fromkeys(usual))})

    def _rename_in_successors(self, act: Transaction, from_id: int, into_id: int) -> None:
        found = self._rows("SELECT agency_id FROM agency_successors WHERE successor_id = ?", (from_id,))
        for agency_id, state in act.take_many("agency", (row[0] for row in found)).items():
            renamed = {
                into_id if successor == from_id else successor: rest
                for successor, *rest in reversed(state["successors"])
            }
            renamed.pop(agency_id, None)
            successors = [[successor, *rest] for successor, rest in reversed(renamed.items())]
            act.put("agency", agency_id, {**state, "successors": successors})

    def _rename_in_links(self, act: Transaction, from_id: int, into_id: int) -> None:
        found = self._rows("SELECT annotation_id FROM annotation_agencies WHERE agency_id = ?", (from_id,))
        for annotation_id, state in act.take_many("annotation", (row[0] for row in found)).items():
            roles: dict[int, str] = {}
            for agency_id, role in state["links"]:
                agency_id = into_id if agency_id == from_id else agency_id
                roles[agency_id] = Role.LEAD.value if Role.LEAD in (role, roles.get(agency_id)) else role
            links = [[agency_id, role] for agency_id, role in roles.items()]
            act.put("annotation", annotation_id, {**state, "links": links})


def _all_names(kept: State, gone: State) -> list[str]:
    """The aliases of `kept` with every name of `gone` that it does not go by yet."""
    names = list(kept["aliases"])
    known = {search_key(name) for name in (kept["name"], kept["short"], *names)} | {""}
    for name in (gone["name"], gone["short"], *gone["aliases"]):
        if search_key(name) not in known:
            known.add(search_key(name))
            names.append(name)
    return names


def _refuse_unfit(act: Transaction, agency_id: int | None, state: State) -> None:
    followers = [successor[0] for successor in state["successors"]]
    if agency_id in followers:
        raise Invalid(N_("An agency cannot succeed itself. Choose another."))
    act.take_many("agency", followers)
    refuse_cycle(act, "agency", agency_id, state["parent_id"])
