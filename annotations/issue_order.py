"""The issue list in another order: sorted by one of its columns, in groups."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from annotations.connection import rows
from annotations.directory import Directory
from annotations.errors import FilterError
from annotations.models import Severity, Status
from annotations.periods import period_order
from annotations.sqlite import sqlite3
from reports.errors import N_
from reports.vietnamese import sort_key

Key = str | int | None

_LEAD = (
    "(SELECT x.agency_id FROM annotation_agencies x WHERE x.annotation_id = a.id AND x.role = 'lead'"
    " ORDER BY x.position LIMIT 1)"
)
_TAG = "(SELECT x.tag_id FROM annotation_tags x WHERE x.annotation_id = a.id ORDER BY x.position LIMIT 1)"
KEYS: dict[str, str] = {
    "agency": _LEAD,
    "tag": _TAG,
    "report": "r.id",
    "period": "r.period",
    "status": "a.status",
    "severity": "a.severity",
    "due": "a.due",
    "reviewer": "(SELECT w.name FROM reviewers w WHERE w.id = a.reviewer_id)",
    "owner": "(SELECT w.name FROM reviewers w WHERE w.id = a.owner_id)",
    "id": "a.id",
    "updated": "a.updated_at",
}
"""What issues can be sorted by and grouped by, each as what it says of an issue: the first agency in the
lead, the first tag."""

GROUPS = ("agency", "tag", "report", "period", "status", "severity", "due", "owner", "reviewer")
SORTS = ("id", "period", "agency", "tag", "severity", "status", "due", "owner", "updated")
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
    connection: sqlite3.Connection,
    directory: Directory,
    query: Callable[[str], str],
    values: Sequence[str],
    wanted: Arrangement,
) -> Arranged:
    """What `query` (SQL that selects the given columns, in list order) finds, arranged as `wanted`.

    Issues that are alike stay in list order; those that lack what is sorted by come last. Groups of agencies
    and tags run by size, reports as in the list, the others by value. FilterError on an unknown name.
    """
    for name in (wanted.group, wanted.sort):
        if name and name not in KEYS:
            template = N_("“{name}” is nothing to arrange by. Choose from {choices}.")
            raise FilterError(template, name=name, choices=", ".join(KEYS))
    columns = ", ".join(["a.id", *(KEYS[name] for name in (wanted.group, wanted.sort) if name)])
    found = rows(connection, query(columns), values)
    if wanted.sort:
        found = _sorted(found, _ranker(wanted.sort, directory), wanted.descending)
    if not wanted.group:
        return Arranged(array("q", (row[0] for row in found)))
    return _grouped(found, wanted.group, directory)


def _sorted(
    found: list[tuple[Key, ...]], rank: dict[Key, int] | None, descending: bool
) -> list[tuple[Key, ...]]:
    """`found` by its last column, or by what `rank` makes of it."""
    known = [row for row in found if row[-1] is not None]
    lacking = [row for row in found if row[-1] is None]
    if rank is None:
        known.sort(key=lambda row: row[-1], reverse=descending)  # type: ignore[arg-type,return-value]
    else:
        known.sort(key=lambda row: rank.get(row[-1], len(rank)), reverse=descending)
    return known + lacking


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
    else:
        return None
    return {item_id: at for at, (_key, item_id) in enumerate(named)}


def _grouped(found: list[tuple[Key, ...]], name: str, directory: Directory) -> Arranged:
    buckets: dict[Key, array[int]] = {}
    for row in found:
        bucket = buckets.get(row[1])
        if bucket is None:
            bucket = buckets[row[1]] = array("q")
        bucket.append(row[0])  # type: ignore[arg-type]
    slugs = _slugs(name, directory)
    ids: array[int] = array("q")
    groups = []
    for key in _ordered(buckets, name):
        groups.append(Group(slugs.get(key, key), len(ids), len(buckets[key])))
        ids.extend(buckets[key])
    return Arranged(ids, tuple(groups))


def _ordered(buckets: dict[Key, array[int]], name: str) -> list[Key]:
    keys = [key for key in buckets if key is not None]
    if name in ("agency", "tag"):
        keys.sort(key=lambda key: -len(buckets[key]))
    elif name in ("status", "severity"):
        rank = _WORKFLOW if name == "status" else _GRAVEST
        keys.sort(key=lambda key: rank.get(key, len(rank)))
    elif name == "period":
        keys.sort(key=lambda key: period_order(str(key)))
    elif name != "report":
        keys.sort(key=str)
    return [*keys, *([None] if None in buckets else [])]


def _slugs(name: str, directory: Directory) -> dict[Key, Key]:
    if name == "agency":
        return {agency.id: agency.slug for agency in directory.agencies}
    if name == "tag":
        return {tag.id: tag.slug for tag in directory.tags}
    if name == "report":
        return {report.id: report.slug for report in directory.reports()}
    return {}
