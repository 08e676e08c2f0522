"""Words of the command line that stand for things in the record."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from annotations.dates import canonical_days
from annotations.models import Link, Role
from annotations.names import find_agency, find_tag
from annotations.store import Store
from reports.errors import N_
from reports.vietnamese import search_key
from reviewer.cli.parser import UsageError

_ROLE = re.compile(r"(?P<name>.*):(?P<role>lead|coordinating)", re.IGNORECASE | re.DOTALL)


_NAMED = 3
"""Tags that are named at most where a name is not plain."""


def day(text: str) -> str:
    """`text` as an ISO day (`30/06/2023` is read too); raises FilterError or UsageError."""
    found = canonical_days(text)
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", found):
        raise UsageError(N_("“{text}” is not one day. Write it as 2023-06-30 or 30/06/2023."), text=text)
    return found


def tag_ids(store: Store, names: Sequence[str]) -> list[int]:
    """The tags that go by `names`, each once; raises NotFound or Ambiguous."""
    tags = store.tags()
    return list(dict.fromkeys(find_tag(tags, name).id for name in names))


def types(store: Store, names: Sequence[str]) -> list[int]:
    """`tag_ids` for a passage: the beginning of a group's name is refused where the words are in the names of
    other tags as well."""
    tags = store.tags()
    groups = {tag.parent_id for tag in tags}
    for name in names:
        found, key = find_tag(tags, name), search_key(name)
        whole = {search_key(text) for text in (found.label_vi, found.label_en, found.key, found.slug)}
        if found.id not in groups or key in whole or name.strip().lower() == found.slug:
            continue
        others = [
            tag.label_vi
            for tag in tags
            if tag.id not in groups and not tag.retired and key in search_key(tag.label_vi)
        ]
        if others:
            template = N_("“{name}” may be the group “{group}” or {tags}. Write one of them in full.")
            listed = ", ".join(f"“{label}”" for label in others[:_NAMED])
            raise UsageError(template, name=name, group=found.label_vi, tags=listed)
    return tag_ids(store, names)


def links(store: Store, written: Sequence[str], on: date | None = None) -> list[Link]:
    """The links that `NAME[:ROLE]` words mean, lead where no role is given; `on`: the report's day."""
    agencies = store.agencies()
    found: dict[int, Link] = {}
    for text in written:
        match = _ROLE.fullmatch(text)
        name, role = (match["name"], Role(match["role"].lower())) if match else (text, Role.LEAD)
        agency = find_agency(agencies, name, on=on)
        found[agency.id] = Link(agency.id, role)
    return list(found.values())
