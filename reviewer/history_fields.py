"""The fields of everything that the history keeps, before and after, as people read them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from annotations.models import ChangeItem, Placement, Role, Severity, Status
from reviewer.days import show_day, show_period
from reviewer.i18n import N_, _, language, pgettext
from reviewer.words import placement_word, role_word, severity_word, status_word

if TYPE_CHECKING:
    from annotations.store import Store

PASSAGE_WORDS = 48
"""Code points of a passage that stand for it, at most."""


@dataclass(frozen=True, slots=True)
class Names:
    """What the ids in the history are called now."""

    tags: Mapping[int, str]
    agencies: Mapping[int, str]
    people: Mapping[int, str]
    reports: Mapping[int, str]

    def tag(self, tag_id: int) -> str:
        return self.tags.get(tag_id, f"#{tag_id}")

    def agency(self, agency_id: int) -> str:
        return self.agencies.get(agency_id, f"#{agency_id}")

    def person(self, person_id: int) -> str:
        return self.people.get(person_id, f"#{person_id}")


def names_of(store: Store) -> Names:
    """The names in the record as they are now, in the reader's language; agencies by their short ones."""
    return Names(
        {tag.id: tag.label(language()) for tag in store.tags()},
        {agency.id: agency.brief() for agency in store.agencies()},
        {person.id: person.name for person in store.people()},
        {report.id: report.title for report in store.reports()},
    )


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of an item that is not as it was. `field`: its column; `label`: what people call it.
    `before`, `after`: empty where there was or is none. `prose`: they are texts to be compared by words."""

    field: str
    label: str
    before: str
    after: str
    prose: bool = False


def role_of_person(role: str) -> str:
    """What a reviewer's role is called."""
    words = {
        "viewer": pgettext("person", "viewer"),
        "reviewer": pgettext("person", "reviewer"),
        "lead": pgettext("person", "lead"),
    }
    return words.get(role, role)


Show = Callable[[Any, Names], str]


def _text(value: Any, _names: Names) -> str:
    return "" if value is None else str(value)


def _list(value: Any, _names: Names) -> str:
    return ", ".join(
        part if isinstance(part, str) else json.dumps(part, ensure_ascii=False) for part in value
    )


def _tags(value: Any, names: Names) -> str:
    return ", ".join(names.tag(tag) for tag in value)


def _links(value: Any, names: Names) -> str:
    return ", ".join(f"{names.agency(agency)} ({role_word(Role(role))})" for agency, role in value)


def _agencies(value: Any, names: Names) -> str:
    return ", ".join(names.agency(agency) for agency in value)


def _successors(value: Any, names: Names) -> str:
    return ", ".join(names.agency(agency) for agency, *_rest in value)


def _one(show: Callable[[Any], str]) -> Show:
    return lambda value, _names: "" if value is None else show(value)


def _number(value: Any, _names: Names) -> str:
    return "" if value is None else f"#{value}"


_FIELDS: Final[Mapping[str, tuple[tuple[str, str, Show], ...]]] = {
    "annotation": (
        ("tags", N_("tags"), _tags),
        ("links", N_("agencies"), _links),
        ("note", N_("note"), _text),
        ("status", N_("status"), _one(lambda value: status_word(Status(value)))),
        ("severity", N_("severity"), _one(lambda value: severity_word(Severity(value)))),
        ("due", N_("due date"), _one(show_day)),
        ("owner_id", N_("owner"), lambda value, names: "" if value is None else names.person(value)),
        ("earlier_id", N_("continues"), _number),
        ("placement", N_("place"), _one(lambda value: placement_word(Placement(value)))),
    ),
    "report": (
        ("title", N_("title"), _text),
        ("issuer", N_("issuing body"), _text),
        ("date", N_("date"), _one(show_day)),
        ("period", N_("period"), _one(show_period)),
        ("source", N_("source"), _text),
        ("slug", N_("slug"), _text),
        ("revisions", N_("texts"), _one(lambda value: str(len(value)))),
    ),
    "tag": (
        ("label_vi", N_("Vietnamese label"), _text),
        ("label_en", N_("English label"), _text),
        ("key", N_("key"), _text),
        ("digit", N_("digit"), _text),
        ("definition_vi", N_("Vietnamese definition"), _text),
        ("definition_en", N_("English definition"), _text),
        ("colour", N_("colour"), _text),
        ("parent_id", N_("below"), lambda value, names: "" if value is None else names.tag(value)),
        ("phrases", N_("phrases"), _list),
        ("agencies", N_("usual agencies"), _agencies),
        ("slug", N_("slug"), _text),
    ),
    "agency": (
        ("name", N_("name"), _text),
        ("name_en", N_("English name"), _text),
        ("short", N_("short name"), _text),
        ("kind", N_("kind"), _text),
        ("level", N_("level"), _text),
        ("parent_id", N_("below"), lambda value, names: "" if value is None else names.agency(value)),
        ("valid_from", N_("from"), _one(show_day)),
        ("valid_to", N_("until"), _one(show_day)),
        ("aliases", N_("other names"), _list),
        ("successors", N_("successors"), _successors),
        ("note", N_("note"), _text),
        ("slug", N_("slug"), _text),
    ),
    "person": (("role", N_("role"), _one(role_of_person)),),
    "comment": (("text", N_("comment"), _text),),
    "view": (
        ("name", N_("name"), _text),
        ("filter", N_("filter"), _text),
        ("columns", N_("columns"), _list),
        ("groups", N_("groups"), _list),
        ("sorts", N_("order"), _list),
    ),
}
"""By kind: column, what people call it, how its value is shown."""
_PROSE: Final = frozenset({"note", "text", "definition_vi", "definition_en", "passage"})


_NOTHING: Final[tuple[object, ...]] = (None, "", [], "exact")
"""What a field of something new may be without saying anything."""


def differences(item: ChangeItem, names: Names) -> list[Difference]:
    """The fields that the change made other than they were; of what it made new, those that say something."""
    before, after = item.before or {}, item.after or {}
    found = []
    if item.kind == "annotation" and _moved(item):
        found.append(Difference("passage", _("passage"), before.get("exact", ""), after["exact"], True))
    for column, label, show in _FIELDS[item.kind]:
        was, now = before.get(column), after.get(column)
        if was == now or (item.before is None and now in _NOTHING):
            continue
        shown = ["" if value is None else show(value, names) for value in (was, now)]
        found.append(Difference(column, _(label), shown[0], shown[1], column in _PROSE))
    return found


def differences_of_life(item: ChangeItem) -> bool:
    """Whether an item went or came back: was deleted, retired, restored, taken back into use."""
    before, after = item.before, item.after
    if before is None or after is None:
        return False
    return any(bool(before.get(column)) != bool(after.get(column)) for column in ("deleted_at", "retired_at"))


def _moved(item: ChangeItem) -> bool:
    if item.before is None or item.after is None:
        return False
    return any(item.before[name] != item.after[name] for name in ("exact", "start", "end"))


def item_name(item: ChangeItem, names: Names) -> str:
    """What an item is called: an annotation by its number and words, a comment by its annotation."""
    state = item.after or item.before or {}
    if item.kind == "annotation":
        return f"#{item.item_id} “{_beginning(state['exact'])}”"
    if item.kind == "comment":
        return f"#{state['annotation_id']}"
    if item.kind == "report":
        return f"“{state['title']}”"
    if item.kind == "tag":
        return names.tag(item.item_id)
    if item.kind == "agency":
        return names.agency(item.item_id)
    return str(state.get("name", f"#{item.item_id}"))


def _beginning(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= PASSAGE_WORDS else f"{line[: PASSAGE_WORDS - 1].rstrip()}…"


def report_of(items: Iterable[ChangeItem]) -> int | None:
    """The report that the first of `items` is in, if any is."""
    for item in items:
        state = item.after or item.before or {}
        if item.kind == "report":
            return item.item_id
        if "report_id" in state:
            return int(state["report_id"])
    return None
