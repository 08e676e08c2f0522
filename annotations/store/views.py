"""Saved views of the issue list: a named filter and how its rows are shown, one's own or for everybody."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Sequence
from typing import Any, TypedDict, Unpack

from annotations import connection as sql
from annotations.errors import Ambiguous, Invalid, NotFound
from annotations.models import Act, Change, View
from annotations.store import rules
from annotations.store.cache import Cache
from annotations.store.kinds import State
from annotations.store.record import Record
from annotations.store.transaction import Transaction
from reports.errors import N_

NAME_LENGTH = 60
"""Code points in the name of a view, at most."""
WIDEST = 400
"""Cells that a column of a view may take, at most."""
DESCENDING = "-"
"""Before the name of what a view is sorted by: the last one first."""
PERIODS = "periods"
"""What a view may show besides the columns of the issue list: in how many periods an issue has come up."""


class ViewFields(TypedDict, total=False):
    """How the rows of a view are shown, as in `View`."""

    columns: Sequence[tuple[str, int]]
    groups: Sequence[str]
    sorts: Sequence[str]


class ViewEdits(ViewFields, total=False):
    """What can be edited about a view. `position`: its place among its reviewer's views, from 0 on; the
    others make room."""

    name: str
    filter: str
    position: int


def _name(value: str) -> str:
    name = rules.required(value)
    if len(name) > NAME_LENGTH:
        raise Invalid(N_("The name of a view has at most {most} letters. Shorten it."), most=NAME_LENGTH)
    return name


def _filter(value: str) -> str:
    """One line in the filter language; FilterError, with the place of the word, otherwise."""
    from annotations.filters import parse_filter

    text = rules.line(value)
    parse_filter(text)
    return text


def _columns(value: Iterable[tuple[str, int]]) -> list[list[Any]]:
    from annotations.issue_rows import COLUMNS

    found = {}
    for name, width in value:
        if name not in COLUMNS and name != PERIODS:
            template = N_("“{name}” is no column of the issue list. There are: {choices}.")
            raise Invalid(template, name=name, choices=", ".join((*COLUMNS, PERIODS)))
        found[name] = max(0, min(int(width), WIDEST))
    return [[name, width] for name, width in found.items()]


def _groups(value: Iterable[str]) -> list[str]:
    from annotations.issue_order import GROUPS

    return _known(GROUPS, value)


def _sorts(value: Iterable[str]) -> list[str]:
    from annotations.issue_order import SORTS

    return _known(SORTS, value)


def _known(known: Sequence[str], value: Iterable[str]) -> list[str]:
    names = list(dict.fromkeys(value))
    for name in names:
        if name.removeprefix(DESCENDING) not in known:
            template = N_("“{name}” is nothing to arrange by. Choose from {choices}.")
            raise Invalid(template, name=name, choices=", ".join(known))
    return names


_CLEANERS: rules.Cleaners = {
    "name": _name,
    "filter": _filter,
    "columns": _columns,
    "groups": _groups,
    "sorts": _sorts,
    "position": int,
}


class Views(Record):
    """The part of the store that keeps views. Edits raise Conflict, NotFound, Invalid and Forbidden, and
    FilterError for a filter that cannot be understood."""

    def __init__(self, connection: sql.Connection, reviewer: str) -> None:
        super().__init__(connection, reviewer)
        self._views: Cache[View] = Cache(connection, "views", self._read_views)

    def views(self) -> tuple[View, ...]:
        """This reviewer's views in their order, then those that others share."""
        return self._views.items()

    def view(self, name: str) -> View:
        """The view of that name, whatever its case and accents: one's own before a shared one, these very
        accents before others. Raises NotFound with the nearest names, Ambiguous with the candidates."""
        from annotations.wording import exact_key, loose_key

        for key in (exact_key, loose_key):
            for own in (True, False):
                found = [view for view in self.views() if self._is_own_view(view) == own]
                found = [view for view in found if key(view.name) == key(name)]
                if len({exact_key(view.name) for view in found}) > 1:
                    names = [view.name for view in found]
                    template = N_("“{name}” may be any of these views: {names}. Write one of them in full.")
                    raise Ambiguous(template, names, name=name, names="; ".join(names))
                if found:
                    return found[0]
        raise self._no_view(name)

    def save_view(self, name: str, filter_text: str, **fields: Unpack[ViewFields]) -> Change:
        """Keep a filter, and how its rows are shown, under a name: a new view, or over one's own of that
        name, whose fields stay where none are given."""
        with self._act(Act.SAVE_VIEW) as act:
            given = rules.cleaned("view", _CLEANERS, {"name": name, "filter": filter_text, **fields})
            view_id = self._view_named(act, given["name"])
            if view_id is not None:
                act.put("view", view_id, {**act.take("view", view_id), **given})
            else:
                act.add("view", self._new_view(act, given))
        return act.change

    def edit_view(self, view_id: int, version: int, **fields: Unpack[ViewEdits]) -> Change:
        """Rename a view, move it among its reviewer's, or change what it shows."""
        with self._act(Act.SAVE_VIEW) as act:
            state = self._take_view(act, view_id, version)
            given = rules.cleaned("view", _CLEANERS, dict(fields))
            place = given.pop("position", None)
            if "name" in given:
                self._refuse_taken(act, given["name"], state["reviewer_id"], view_id)
            act.put("view", view_id, {**state, **given})
            if place is not None:
                self._move_view(act, view_id, state["reviewer_id"], place)
        return act.change

    def share_view(self, view_id: int, version: int, shared: bool) -> Change:
        """Let everybody have a view among theirs, or no longer."""
        with self._act(Act.SHARE_VIEW) as act:
            act.put("view", view_id, {**self._take_view(act, view_id, version), "shared": int(shared)})
        return act.change

    def delete_view(self, view_id: int, version: int) -> Change:
        """Keep a view no longer; `undo` brings it back."""
        with self._act(Act.DELETE_VIEW) as act:
            act.put("view", view_id, {**self._take_view(act, view_id, version), "deleted_at": act.at})
        return act.change

    def _is_own_view(self, view: View) -> bool:
        return view.reviewer == self.reviewer

    def _no_view(self, name: str) -> NotFound:
        from annotations.wording import loose_key

        names = {loose_key(view.name): view.name for view in self.views()}
        nearest = [names[key] for key in difflib.get_close_matches(loose_key(name), names, 3, 0.5)]
        if nearest:
            template = N_("No view is called “{name}”. Did you mean {names}?")
            return NotFound(template, nearest, name=name, names="; ".join(nearest))
        return NotFound(N_("No view is called “{name}”. `reviewer views` shows which there are."), name=name)

    def _take_view(self, act: Transaction, view_id: int, version: int) -> State:
        state = act.take("view", view_id, version)
        if state["deleted_at"]:
            raise NotFound(N_("There is no view {id}."), id=view_id)
        return state

    def _new_view(self, act: Transaction, given: State) -> State:
        last = self._rows("SELECT max(position) FROM views WHERE reviewer_id = ?", (act.reviewer_id,))[0][0]
        return {
            "columns": [],
            "groups": [],
            "sorts": [],
            **given,
            "reviewer_id": act.reviewer_id,
            "shared": 0,
            "position": 0 if last is None else last + 1,
            "version": 1,
            "deleted_at": None,
        }

    def _views_of(self, reviewer_id: int) -> list[tuple[int, str]]:
        return self._rows(
            "SELECT id, name FROM views WHERE reviewer_id = ? AND deleted_at IS NULL ORDER BY position, id",
            (reviewer_id,),
        )

    def _view_named(self, act: Transaction, name: str, reviewer_id: int | None = None) -> int | None:
        """Id of the living view of a reviewer (default: whoever acts) that goes by `name`."""
        from annotations.wording import exact_key

        mine = self._views_of(act.reviewer_id if reviewer_id is None else reviewer_id)
        return next((view_id for view_id, other in mine if exact_key(other) == exact_key(name)), None)

    def _refuse_taken(self, act: Transaction, name: str, reviewer_id: int, view_id: int) -> None:
        if self._view_named(act, name, reviewer_id) not in (None, view_id):
            template = N_("There is a view “{name}” already. Choose another name.")
            raise Invalid(template, name=name)

    def _move_view(self, act: Transaction, view_id: int, reviewer_id: int, place: int) -> None:
        others = [other for other, _name in self._views_of(reviewer_id) if other != view_id]
        others.insert(max(0, min(place, len(others))), view_id)
        for position, state in enumerate(act.take_many("view", others).values()):
            act.put("view", others[position], {**state, "position": position})

    def _read_views(self) -> tuple[View, ...]:
        found = self._rows(
            'SELECT v.id, v.name, w.name, v.shared, v.filter, v."columns", v."groups", v.sorts, v.position,'
            " v.version FROM views v JOIN reviewers w ON w.id = v.reviewer_id"
            " WHERE v.deleted_at IS NULL AND (v.shared OR w.name = :me)"
            " ORDER BY w.name <> :me, CASE WHEN w.name = :me THEN '' ELSE w.name END, v.position, v.id",
            {"me": self.reviewer},
        )
        return tuple(_view(row) for row in found)


def _view(row: tuple[Any, ...]) -> View:
    view_id, name, reviewer, shared, text, columns, groups, sorts, position, version = row
    widths = tuple((column, width) for column, width in json.loads(columns))
    groups, sorts = tuple(json.loads(groups)), tuple(json.loads(sorts))
    return View(view_id, name, reviewer, bool(shared), text, widths, groups, sorts, position, version)
