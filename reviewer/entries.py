"""Agencies and tags as the texts of a form, and back; no widgets.

Names stand for what they find: `Sở TN&MT` for a parent, `Sở Nông nghiệp và Môi trường 01/03/2025` for a
successor. Several are set apart by semicolons.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from annotations.errors import Ambiguous, NotFound
from annotations.models import Agency, Change, Successor, Tag
from annotations.names import AgencyNames, find_agency, find_tag
from annotations.store import Store
from reviewer.days import read_past_day

SEPARATOR = "; "
_SUCCESSOR = re.compile(
    r"(?P<name>.*?)(?:\s+(?P<day>\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}))?(?:\s*\((?P<note>[^()]*)\))?\s*"
)


def agency_values(agency: Agency | None, agencies: Sequence[Agency]) -> dict[str, str]:
    """What is said of `agency` (None: of a new one), as the fields of a form show it."""
    if agency is None:
        names = ("name", "short", "name_en", "aliases", "kind", "parent", "valid_from", "valid_to")
        return dict.fromkeys((*names, "successors", "note"), "")
    index = AgencyNames(agencies)
    names_of = {other.id: _unmistakable(other, index) for other in _around(agency, agencies)}
    return {
        "name": agency.name,
        "short": agency.short,
        "name_en": agency.name_en,
        "aliases": SEPARATOR.join(agency.aliases),
        "kind": agency.kind,
        "parent": names_of.get(agency.parent_id or 0, ""),
        "valid_from": _day(agency.valid_from),
        "valid_to": _day(agency.valid_to),
        "successors": SEPARATOR.join(_successor(heir, names_of) for heir in agency.successors),
        "note": agency.note,
    }


def _day(iso: str | None) -> str:
    """An ISO day as both languages read it: 30/06/2023."""
    return f"{date.fromisoformat(iso):%d/%m/%Y}" if iso else ""


def _around(agency: Agency, agencies: Iterable[Agency]) -> list[Agency]:
    wanted = {agency.parent_id, *(heir.agency_id for heir in agency.successors)}
    return [other for other in agencies if other.id in wanted]


def _unmistakable(agency: Agency, names: AgencyNames) -> str:
    """Its name, or its slug where others go by the same name."""
    try:
        alone = names.find(agency.name, whole=True).id == agency.id
    except (NotFound, Ambiguous):
        alone = False
    return agency.name if alone and ";" not in agency.name else agency.slug


def _successor(heir: Successor, names: Mapping[int, str]) -> str:
    day = f" {_day(heir.date)}" if heir.date else ""
    note = f" ({heir.note})" if heir.note else ""
    return f"{names.get(heir.agency_id, '')}{day}{note}"


def agency_fields(values: Mapping[str, str], store: Store) -> dict[str, Any]:
    """What `Store.edit_agency` is to be given for the fields in `values`.

    Raises NotFound, Ambiguous or DayError where a field cannot be understood.
    """
    names = AgencyNames(store.agencies())
    made: dict[str, Any] = {}
    for name, text in values.items():
        if name == "aliases":
            made[name] = _listed(text)
        elif name == "parent":
            made["parent_id"] = names.find(text).id if text else None
        elif name in ("valid_from", "valid_to"):
            day = read_past_day(text)
            made[name] = day.isoformat() if day else None
        elif name == "successors":
            made[name] = [_read_successor(part, names) for part in _listed(text)]
        else:
            made[name] = text
    return made


def _read_successor(text: str, names: AgencyNames) -> Successor:
    match = _SUCCESSOR.fullmatch(text)
    if match is None or not (match["day"] or match["note"]):
        return Successor(names.find(text).id, None, "")
    try:
        # A name may end in brackets of its own.
        return Successor(names.find(text, whole=True).id, None, "")
    except NotFound:
        day = read_past_day(match["day"] or "")
        heir = names.find(match["name"])
        return Successor(heir.id, day.isoformat() if day else None, (match["note"] or "").strip())


def tag_values(tag: Tag | None, store: Store) -> dict[str, str]:
    """What is said of `tag` (None: of a new one), as the fields of a form show it."""
    if tag is None:
        names = ("label_vi", "label_en", "key", "definition_vi", "definition_en", "colour", "digit")
        return dict.fromkeys((*names, "parent", "phrases", "agencies"), "")
    by_id = {agency.id: agency for agency in store.agencies()}
    index = AgencyNames(store.agencies())
    usual = [by_id[number] for number in store.usual_agencies(tag.id) if number in by_id]
    parent = next((other.label_vi for other in store.tags() if other.id == tag.parent_id), "")
    return {
        "label_vi": tag.label_vi,
        "label_en": tag.label_en,
        "key": tag.key,
        "definition_vi": tag.definition_vi,
        "definition_en": tag.definition_en,
        "colour": tag.colour,
        "digit": str(tag.digit or ""),
        "parent": parent,
        "phrases": SEPARATOR.join(tag.phrases),
        "agencies": SEPARATOR.join(_unmistakable(agency, index) for agency in usual),
    }


def tag_fields(values: Mapping[str, str], store: Store) -> dict[str, Any]:
    """What `Store.edit_tag` is to be given for the fields in `values`; NotFound or Ambiguous for a name."""
    made: dict[str, Any] = {}
    for name, text in values.items():
        if name == "parent":
            made["parent_id"] = find_tag(store.tags(), text).id if text else None
        elif name == "digit":
            made[name] = int(text) if text else None
        elif name == "phrases":
            made[name] = _listed(text)
        elif name == "agencies":
            made[name] = [find_agency(store.agencies(), part).id for part in _listed(text)]
        else:
            made[name] = text
    return made


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]


def rename_agency(store: Store, agency: Agency, name: str) -> Change:
    """Give `agency` another name; the one it had still finds it."""
    aliases = tuple(dict.fromkeys((*agency.aliases, agency.name)))
    return store.edit_agency(agency.id, agency.version, name=name, aliases=aliases)


def rename_tag(store: Store, tag: Tag, name: str) -> Change:
    """Give `tag` another label; the one it had still finds it."""
    phrases = tuple(dict.fromkeys((*tag.phrases, tag.label_vi)))
    return store.edit_tag(tag.id, tag.version, label_vi=name, phrases=phrases)
