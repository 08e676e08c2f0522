"""The issue list in another order: sorted by one of its columns, in groups."""

from __future__ import annotations

import json
from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain, compress
from operator import ne
from typing import Any

from annotations.connection import rows
from annotations.directory import Directory
from annotations.errors import FilterError
from annotations.first_links import HIGHEST, by_first_link, by_owner, highest_key
from annotations.models import Severity, Status
from annotations.periods import period_order
from annotations.sources import BY_REPORT, ORDER, REPORT_ORDER, Source
from annotations.sqlite import sqlite3
from reports.errors import N_
from reports.vietnamese import sort_key

Key = str | int | None
_Buckets = Mapping[Key, "array[int]"]


@dataclass(frozen=True, slots=True)
class _What:
    """What issues are arranged by: an SQL value. `join`: the table that has it, perhaps several times for an
    issue; the first one in the order of `place` counts."""

    key: str
    join: str = ""
    place: str = ""


_BY: dict[str, _What] = {
    "agency": _What(
        "xg.agency_id",
        "LEFT JOIN annotation_agencies xg ON xg.annotation_id = a.id AND xg.role = 'lead'",
        "xg.position",
    ),
    "tag": _What("xt.tag_id", "LEFT JOIN annotation_tags xt ON xt.annotation_id = a.id", "xt.position"),
    "report": _What("r.id"),
    "period": _What("r.period"),
    "status": _What("a.status"),
    "severity": _What("a.severity"),
    "due": _What("a.due"),
    "reviewer": _What("a.reviewer_id"),
    "owner": _What("a.owner_id"),
    "id": _What("a.id"),
    "created": _What("a.created_at"),
    "updated": _What("a.updated_at"),
}
"""What issues can be sorted by and grouped by: the first agency in the lead, the first tag."""

GROUPS = ("agency", "tag", "report", "period", "status", "severity", "due", "owner", "reviewer")
SORTS = (
    *("id", "report", "period", "agency", "tag", "severity", "status", "due"),
    *("owner", "reviewer", "created", "updated"),
)
_SAMPLE = 1_000
_PEOPLE = ("reviewer", "owner")
_OF_REPORTS = ("report", "period")
_ELSEWHERE = ("agency", "tag", "owner")
"""What the index that the list is walked in does not have."""

_DIFFERENT = ("id", "created", "updated", "due")
"""What may differ from each issue to the next, so that to gather the like is no use."""

_SHARE = 4
"""Where one annotation in this many is found, to walk the links of all takes less than to look up theirs."""

_WORKFLOW: dict[Key, int] = {str(name): at for at, name in enumerate(Status)}
_GRAVEST: dict[Key, int] = {Severity.HIGH.value: 0, Severity.MEDIUM.value: 1, Severity.LOW.value: 2}


@dataclass(frozen=True, slots=True)
class Arrangement:
    """How the list is laid out. `group`: one of `GROUPS`, `sort`: one of `SORTS`, or empty. Without either
    rows run as in every export. `descending`: for `sort`."""

    group: str = ""
    sort: str = ""
    descending: bool = False

    def __bool__(self) -> bool:
        return bool(self.group or self.sort)


@dataclass(frozen=True, slots=True)
class Group:
    """Issues number `first` to `first + count - 1` of the list. `key`: slug of a tag, agency or report, or
    the value itself; None for issues without one."""

    key: Key
    first: int
    count: int


@dataclass(frozen=True, slots=True)
class Arranged:
    """Ids in the order asked for, and the groups they are in, if any."""

    ids: array[int]
    groups: tuple[Group, ...] = field(default=())


def arrange(
    connection: sqlite3.Connection, directory: Directory, source: Source, wanted: Arrangement
) -> Arranged:
    """What `source` finds, arranged as `wanted`.

    Issues that are alike stay in list order; those that lack what is sorted by come last. Groups of agencies
    and tags run by size, reports as in the list, the others by value. FilterError on an unknown name.
    """
    names = [name for name in (wanted.group, wanted.sort) if name]
    for name in names:
        if name not in _BY:
            template = N_("“{name}” is nothing to arrange by. Choose from {choices}.")
            raise FilterError(template, name=name, choices=", ".join(_BY))
    if wanted.group and wanted.sort:
        return _grouped_and_sorted(connection, directory, source, wanted)
    if not wanted.group and wanted.sort in _DIFFERENT:
        ids, keys = _columns(connection, source, names)
        if _vary(keys):
            return Arranged(_by_value(ids, keys, wanted.descending))
        found = _buckets(ids, keys)
    else:
        found = _alike(connection, source, names[0])
    if wanted.group:
        return _in_groups(found, wanted.group, directory)
    return Arranged(_in_order(found, _ranker(wanted.sort, directory), wanted.descending))


def _grouped_and_sorted(
    connection: sqlite3.Connection, directory: Directory, source: Source, wanted: Arrangement
) -> Arranged:
    ids, groups, keys = _columns(connection, source, (wanted.group, wanted.sort))
    if wanted.sort in _DIFFERENT and _vary(keys):
        places = _by_value(range(len(ids)), keys, wanted.descending)
    else:
        places = _in_order(
            _buckets(range(len(ids)), keys), _ranker(wanted.sort, directory), wanted.descending
        )
    ids, groups = ([column[place] for place in places] for column in (ids, groups))
    return _in_groups(_buckets(ids, groups), wanted.group, directory)


def _alike(connection: sqlite3.Connection, source: Source, name: str) -> _Buckets:
    """Ids in list order, by what `name` says of them, in the order in which that first occurs."""
    if name in _OF_REPORTS and source.tables == BY_REPORT:
        with _one_moment(connection):
            return _by_report(connection, source, name)
    if name in _ELSEWHERE and source.tables == BY_REPORT:
        with _one_moment(connection):
            (ids,) = _columns(connection, source, ())
            last = int(rows(connection, "SELECT max(id) FROM annotations")[0][0] or 0)
            if len(ids) * _SHARE >= last:
                if name == "owner":
                    return by_owner(connection, ids, last)
                if (highest := highest_key(connection, name)) <= HIGHEST:
                    return by_first_link(connection, name, ids, last, highest)
    ids, keys = _columns(connection, source, (name,))
    return _buckets(ids, keys)


def _by_report(connection: sqlite3.Connection, source: Source, name: str) -> _Buckets:
    """As `_alike`, a whole report at a time."""
    (column,) = _columns(connection, source, ())
    ids = array("q", column)
    sql = (
        f"SELECT {_BY[name].key}, count(*) FROM {source.tables} WHERE {source.where}"
        f" GROUP BY {REPORT_ORDER} ORDER BY {REPORT_ORDER}"
    )
    found: defaultdict[Key, array[int]] = defaultdict(lambda: array("q"))
    first = 0
    for key, count in rows(connection, sql, source.values):
        found[key].extend(ids[first : first + count])
        first += count
    return found


@contextmanager
def _one_moment(connection: sqlite3.Connection) -> Iterator[None]:
    begun = not connection.in_transaction
    if begun:
        connection.execute("BEGIN")
    try:
        yield
    finally:
        if begun and connection.in_transaction:
            connection.execute("ROLLBACK")


def _columns(connection: sqlite3.Connection, source: Source, names: Sequence[str]) -> list[list[Any]]:
    """Ids in list order, and what each of `names` says of them.

    They come as JSON arrays, which takes a third of the time that a tuple for each row does.
    """
    chosen = [_BY[name] for name in names]
    joins = " ".join(dict.fromkeys(what.join for what in chosen))
    order = ", ".join([ORDER, *dict.fromkeys(what.place for what in chosen if what.place)])
    keys = [f"{what.key} AS k{at}" for at, what in enumerate(chosen)]
    arrays = ["json_group_array(id)", *(f"json_group_array(k{at})" for at in range(len(chosen)))]
    sql = (
        f"SELECT {', '.join(arrays)} FROM (SELECT {', '.join(['a.id AS id', *keys])}"
        f" FROM {source.tables} {joins} WHERE {source.where} ORDER BY {order})"
    )
    columns: list[list[Any]] = [json.loads(text) for text in rows(connection, sql, source.values)[0]]
    if not joins.strip():
        return columns
    first = list(map(ne, columns[0], chain((None,), columns[0])))
    return columns if all(first) else [list(compress(column, first)) for column in columns]


def _by_value(items: Sequence[int], keys: list[Any], descending: bool) -> array[int]:
    """`items` in the order of their `keys`."""
    places = sorted(range(len(keys)), key=keys.__getitem__, reverse=descending)
    return array("q", map(items.__getitem__, places))


def _in_order(alike: _Buckets, rank: dict[Key, int] | None, descending: bool) -> array[int]:
    """All items in the order of their keys, or in that of what `rank` makes of those; none last."""
    known: list[Any] = [key for key in alike if key is not None]
    if rank is None:
        known.sort(reverse=descending)
    else:
        known.sort(key=lambda key: rank.get(key, len(rank)), reverse=descending)
    found: array[int] = array("q")
    for key in known:
        found.extend(alike[key])
    found.extend(alike.get(None, ()))
    return found


def _vary(keys: list[Key]) -> bool:
    """Whether most keys are different ones, none of them missing, so that to gather the like is no use."""
    sample = keys[:: len(keys) // _SAMPLE + 1]
    return len({*sample}) * 4 > len(sample) and None not in keys


def _buckets(items: Sequence[int], keys: list[Key]) -> _Buckets:
    """The items of each key, in the order they were in."""
    found: defaultdict[Key, array[int]] = defaultdict(lambda: array("q"))
    for item, key in zip(items, keys, strict=True):
        found[key].append(item)
    return found


def _ranker(name: str, directory: Directory) -> dict[Key, int] | None:
    """The place of each value in the order of `name`; None where values sort as they are."""
    if name == "status":
        return _WORKFLOW
    if name == "severity":
        return _GRAVEST
    if name == "period":
        return {period: at for at, period in enumerate(reversed(directory.periods()))}
    if name == "agency":
        named = sorted((sort_key(agency.name), agency.id) for agency in directory.agencies)
    elif name == "tag":
        named = sorted((sort_key(tag.label("vi")), tag.id) for tag in directory.tags)
    elif name == "report":
        named = sorted((sort_key(report.title), report.id) for report in directory.reports())
    elif name in _PEOPLE:
        people = sorted(directory.people(), key=lambda person: person[1])
        return {person_id: at for at, (person_id, _name) in enumerate(people)}
    else:
        return None
    return {item_id: at for at, (_key, item_id) in enumerate(named)}


def _in_groups(buckets: _Buckets, name: str, directory: Directory) -> Arranged:
    names = _names(name, directory)
    ids: array[int] = array("q")
    groups = []
    for key in _ordered(buckets, name, names):
        groups.append(Group(names.get(key, key), len(ids), len(buckets[key])))
        ids.extend(buckets[key])
    return Arranged(ids, tuple(groups))


def _ordered(buckets: _Buckets, name: str, names: dict[Key, Key]) -> list[Key]:
    keys = [key for key in buckets if key is not None]
    if name in ("agency", "tag"):
        keys.sort(key=lambda key: -len(buckets[key]))
    elif name in ("status", "severity"):
        rank = _WORKFLOW if name == "status" else _GRAVEST
        keys.sort(key=lambda key: rank.get(key, len(rank)))
    elif name == "period":
        keys.sort(key=lambda key: period_order(str(key)))
    elif name != "report":
        keys.sort(key=lambda key: str(names.get(key, key)))
    return [*keys, *([None] if None in buckets else [])]


def _names(name: str, directory: Directory) -> dict[Key, Key]:
    """What stands for each key: the slugs of agencies, tags and reports, the names of people."""
    if name == "agency":
        return {agency.id: agency.slug for agency in directory.agencies}
    if name == "tag":
        return {tag.id: tag.slug for tag in directory.tags}
    if name == "report":
        return {report.id: report.slug for report in directory.reports()}
    if name in _PEOPLE:
        return dict(directory.people())
    return {}
