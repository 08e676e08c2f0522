"""People: who may use the record, and as what."""

from __future__ import annotations

import difflib

from annotations import roles
from annotations.errors import Forbidden, Invalid, NotFound
from annotations.models import Act, Annotation, Change, Comment, Person, ReviewerRole, View
from annotations.store import rules
from annotations.store.kinds import State
from annotations.store.record import Record
from annotations.store.transaction import Transaction
from reports.errors import N_

_PEOPLE = "SELECT id, name, role, created_at, version, retired_at IS NOT NULL FROM reviewers"


class People(Record):
    """The part of the store that says who may use it. Whoever acts first in a new record becomes its lead;
    everybody else is added by a lead. There always is one. Edits raise Conflict, NotFound, Invalid."""

    def may(self, act: Act, item: Annotation | Comment | View | None = None) -> bool:
        """Whether this reviewer may do `act`, to `item` where one is given: what screens offer."""
        return self.refusal(act, item) is None

    def refusal(self, act: Act, item: Annotation | Comment | View | None = None) -> Forbidden | None:
        """Why this reviewer may not do `act`, to `item` where one is given; None where they may."""
        role = self.role
        why = roles.refusal(role, act)
        if why or item is None or roles.allows(role, act, own=item.reviewer == self.reviewer):
            return why
        return roles.refusal_of_others(type(item).__name__.lower(), item.id)

    def people(self) -> tuple[Person, ...]:
        """Everybody in the order in which they were added, retired ones too."""
        return tuple(_person(row) for row in self._rows(f"{_PEOPLE} ORDER BY id"))

    def person(self, name: str) -> Person:
        """The one of that name; NotFound with the nearest names."""
        everybody = {person.name: person for person in self.people()}
        if name in everybody:
            return everybody[name]
        nearest = difflib.get_close_matches(name, everybody, 3, 0.5)
        raise NotFound(
            N_("There is nobody called “{name}” in this record. `reviewer people list` shows who there is."),
            nearest,
            name=name,
        )

    def add_person(self, name: str, role: ReviewerRole = ReviewerRole.REVIEWER) -> Change:
        """Let somebody in; `name` is their account, or what their key is entered under."""
        name = rules.required(name)
        with self._act(Act.ADD_PERSON) as act:
            known = self._rows("SELECT retired_at FROM reviewers WHERE name = ?", (name,))
            if known and known[0][0]:
                raise Invalid(N_("“{name}” is here already, retired. Take them back instead."), name=name)
            if known:
                raise Invalid(N_("“{name}” is here already. Change their role instead."), name=name)
            state: State = {"name": name, "role": rules.choice(ReviewerRole, role), "created_at": act.at}
            act.add("person", {**state, "version": 1, "retired_at": None})
        return act.change

    def set_role(self, person_id: int, version: int, role: ReviewerRole) -> Change:
        """Give somebody another role; it holds from their next act on."""
        with self._act(Act.SET_ROLE) as act:
            state = act.take("person", person_id, version)
            self._leave(act, person_id, {**state, "role": rules.choice(ReviewerRole, role)})
        return act.change

    def retire_person(self, person_id: int, version: int) -> Change:
        """Let somebody in no longer; what they did stays theirs."""
        with self._act(Act.RETIRE_PERSON) as act:
            state = act.take("person", person_id, version)
            self._leave(act, person_id, {**state, "retired_at": state["retired_at"] or act.at})
        return act.change

    def revive_person(self, person_id: int, version: int) -> Change:
        """Let somebody in again, in the role that they had."""
        with self._act(Act.REVIVE_PERSON) as act:
            state = act.take("person", person_id, version)
            self._leave(act, person_id, {**state, "retired_at": None})
        return act.change

    def _leave(self, act: Transaction, person_id: int, state: State) -> None:
        if state["role"] != ReviewerRole.LEAD or state["retired_at"]:
            others = self._rows(
                "SELECT 1 FROM reviewers WHERE role = 'lead' AND retired_at IS NULL AND id != ?", (person_id,)
            )
            if not others:
                raise Invalid(
                    N_("“{name}” is the only lead. Make somebody else lead first."), name=state["name"]
                )
        act.put("person", person_id, state)


def _person(row: tuple[int, str, str, str, int, int]) -> Person:
    return Person(row[0], row[1], ReviewerRole(row[2]), row[3], row[4], bool(row[5]))
