"""The history in sentences: what an act did, in the reader's language; no Textual in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from string import Formatter
from typing import Any

from annotations.models import Act, Change, ChangeItem
from annotations.past_acts import PastAct
from reviewer.history_fields import Difference, Names, differences, item_name, role_of_person
from reviewer.i18n import N_, _, ngettext
from reviewer.words import act_words

Piece = tuple[str, str]
"""A text and the name of its style, as in `reviewer.widgets.parts`."""

WORDS = 60
"""Code points of a passage or a note that a sentence quotes, at most."""
_STYLES = {"before": "quiet", "after": "accent", "what": ""}


def sentence(past: PastAct, names: Names) -> list[Piece]:
    """What was done: `changed status open → resolved`, `undid: put Land on`."""
    change = past.change
    if change.act in (Act.UNDO, Act.REDO) and past.turned is not None:
        lead = _("undid:") if change.act == Act.UNDO else _("did again:")
        return [(f"{lead} ", "accent"), *_deed(past.turned, past.size, names)]
    return _deed(change, past.size, names)


def place(past: PastAct, names: Names) -> str:
    """What it was done to: `#12 “words of the passage”`, `14 passages`, `“title of the report”`."""
    items = past.change.items or (past.turned.items if past.turned else ())
    if not items or items[0].kind == "person":
        return ""
    if past.change.act in _BY_ACT and items[0].kind != "annotation":
        return ""
    passages = past.size if items[0].kind == "annotation" else 0
    if passages > 1 and len(items) > 1:
        return ngettext("{count} passage", "{count} passages", passages).format(count=passages)
    return item_name(items[0], names)


def text_of(pieces: list[Piece]) -> str:
    """`pieces` without their styles."""
    return "".join(text for text, _style in pieces)


def _deed(change: Change, size: int, names: Names) -> list[Piece]:
    if not change.items:
        return [(act_words(change.act), "")]
    if change.act in _BY_ACT:
        return _BY_ACT[Act(change.act)](change, size, names)
    item = change.items[0]
    return _BY_KIND[item.kind](item, names) or [(act_words(change.act), "")]


def _said(template: str, **values: object) -> list[Piece]:
    """A translated template with its values in their styles."""
    pieces: list[Piece] = []
    for literal, name, _spec, _conversion in Formatter().parse(template):
        if literal:
            pieces.append((literal, ""))
        if name:
            pieces.append((str(values[name]), _STYLES.get(name, "strong")))
    return pieces


def _joined(sentences: list[list[Piece]], most: int = 3) -> list[Piece]:
    pieces: list[Piece] = []
    for said in sentences[:most]:
        pieces += [("; ", ""), *said] if pieces else said
    return [*pieces, ("; …", "quiet")] if len(sentences) > most else pieces


def _annotation(item: ChangeItem, names: Names, *, one_of_many: bool = False) -> list[Piece]:
    """`one_of_many`: the others were otherwise before, so only what it is now is said."""
    before, after = item.before, item.after or {}
    if before is None:
        return _marked(after, names)
    if before["deleted_at"] != after["deleted_at"]:
        return [(_("deleted the annotation") if after["deleted_at"] else _("restored the annotation"), "")]
    said = [
        *_tags(before, after, names),
        *_links(before, after, names),
        *_note(before, after, one_of_many),
        *_plain(item, names, one_of_many),
    ]
    return _joined(said)


def _marked(state: Mapping[str, Any], names: Names) -> list[Piece]:
    tags = ", ".join(names.tag(tag) for tag in state["tags"])
    agencies = ", ".join(names.agency(agency) for agency, _role in state["links"])
    if tags and agencies:
        return _said(_("marked a passage: {tags} · {agencies}"), tags=tags, agencies=agencies)
    if tags or agencies:
        return _said(_("marked a passage: {tags}"), tags=tags or agencies)
    return [(_("marked a passage"), "")]


def _tags(before: Mapping[str, Any], after: Mapping[str, Any], names: Names) -> list[list[Piece]]:
    added = [names.tag(tag) for tag in after["tags"] if tag not in before["tags"]]
    gone = [names.tag(tag) for tag in before["tags"] if tag not in after["tags"]]
    said = []
    if added:
        said.append(_said(_("put {tags} on"), tags=", ".join(added)))
    if gone:
        said.append(_said(_("took {tags} off"), tags=", ".join(gone)))
    if not said and before["tags"] != after["tags"]:
        said.append([(_("put the tags into another order"), "")])
    return said


def _links(before: Mapping[str, Any], after: Mapping[str, Any], names: Names) -> list[list[Piece]]:
    was, now = dict(before["links"]), dict(after["links"])
    said = []
    for agency, role in now.items():
        if agency not in was:
            lead = role == "lead"
            template = _("linked {agency} as lead") if lead else _("linked {agency} as coordinating")
            said.append(_said(template, agency=names.agency(agency)))
        elif was[agency] != role:
            template = _("made {agency} lead") if role == "lead" else _("made {agency} coordinating")
            said.append(_said(template, agency=names.agency(agency)))
    said += [
        _said(_("took {agency} off"), agency=names.agency(agency)) for agency in was if agency not in now
    ]
    if not said and before["links"] != after["links"]:
        said.append([(_("put the agencies into another order"), "")])
    return said


def _note(before: Mapping[str, Any], after: Mapping[str, Any], one_of_many: bool) -> list[list[Piece]]:
    if before["note"] == after["note"]:
        return []
    if not after["note"]:
        return [[(_("emptied the note"), "")]]
    new = one_of_many or not before["note"]
    template = _("wrote the note “{after}”") if new else _("changed the note to “{after}”")
    return [_said(template, after=names_words(after["note"]))]


def names_words(text: str) -> str:
    """The beginning of a longer text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= WORDS else f"{line[: WORDS - 1].rstrip()}…"


_OWN_SENTENCES = frozenset({"tags", "links", "note"})
_CHANGED = {
    "status": (N_("set the status to {after}"), N_("changed the status {before} → {after}"), ""),
    "severity": (
        N_("set {after}"),
        N_("changed {before} → {after}"),
        N_("took {before} away"),
    ),
    "due": (
        N_("set the due date {after}"),
        N_("moved the due date {before} → {after}"),
        N_("took the due date {before} away"),
    ),
    "owner_id": (
        N_("gave it to {after}"),
        N_("gave it from {before} to {after}"),
        N_("took it away from {before}"),
    ),
    "earlier_id": (
        N_("said that it continues {after}"),
        N_("said that it continues {after}, not {before}"),
        N_("said that it no longer continues {before}"),
    ),
    "passage": ("", N_("moved the passage, from “{before}”"), ""),
    "placement": ("", N_("place in the text: {before} → {after}"), ""),
}
"""Sentences for a field that was empty, had another value, or is empty now."""


def _plain(item: ChangeItem, names: Names, one_of_many: bool) -> list[list[Piece]]:
    found = [one for one in differences(item, names) if one.field not in _OWN_SENTENCES]
    return [_changed(replace(one, before="") if one_of_many and one.after else one) for one in found]


def _changed(one: Difference) -> list[Piece]:
    before, after = names_words(one.before), names_words(one.after)
    first, other, last = _CHANGED.get(one.field, ("", "", ""))
    template = (first if not before else last if not after else other) or other
    if template:
        return _said(_(template), before=before, after=after)
    if not before:
        return _said(_("{what}: {after}"), what=one.label, after=after)
    if not after:
        return _said(_("{what}: no longer {before}"), what=one.label, before=before)
    return _said(_("{what}: {before} → {after}"), what=one.label, before=before, after=after)


def _gone(item: ChangeItem, column: str) -> bool | None:
    """Whether an item went (True) or came back (False); None if neither."""
    before, after = item.before or {}, item.after or {}
    return None if before.get(column) == after.get(column) else bool(after.get(column))


def _report(item: ChangeItem, names: Names) -> list[Piece]:
    if item.before is None:
        return [(_("brought in the report"), "")]
    gone = _gone(item, "deleted_at")
    if gone is not None:
        return [(_("deleted the report") if gone else _("restored the report"), "")]
    before, after = item.before.get("revisions", []), (item.after or {}).get("revisions", [])
    if len(after) > len(before):
        return [(_("brought in a corrected text"), "")]
    if len(after) < len(before):
        return [(_("withdrew the corrected text"), "")]
    return _joined([_changed(one) for one in differences(item, names)])


def _entry(item: ChangeItem, names: Names) -> list[Piece]:
    """A tag or an agency."""
    tag = item.kind == "tag"
    if item.before is None:
        return [(_("made a new tag") if tag else _("made a new agency"), "")]
    gone = _gone(item, "retired_at")
    if gone is None:
        return _joined([_changed(one) for one in differences(item, names)])
    if tag:
        return [(_("retired the tag") if gone else _("took the tag back into use"), "")]
    return [(_("retired the agency") if gone else _("took the agency back into use"), "")]


def _person(item: ChangeItem, names: Names) -> list[Piece]:
    after = item.after or {}
    role = role_of_person(after.get("role", ""))
    name = item_name(item, names)
    if item.before is None:
        return _said(_("let {name} in as {after}"), name=name, after=role)
    gone = _gone(item, "retired_at")
    if gone is not None:
        return _said(_("let {name} in no more") if gone else _("let {name} in again"), name=name)
    before = role_of_person(item.before["role"])
    return _said(_("role of {name}: {before} → {after}"), name=name, before=before, after=role)


def _comment(item: ChangeItem, names: Names) -> list[Piece]:
    after = item.after or {}
    text = names_words(after.get("text", ""))
    if item.before is None:
        return _said(_("commented “{after}”"), after=text)
    gone = _gone(item, "deleted_at")
    if gone is not None:
        return _said(
            _("deleted the comment “{before}”") if gone else _("restored the comment “{before}”"), before=text
        )
    return _said(_("changed a comment to “{after}”"), after=text)


def _view(item: ChangeItem, names: Names) -> list[Piece]:
    before, after = item.before, item.after or {}
    if before is None:
        return [(_("saved a view"), "")]
    gone = _gone(item, "deleted_at")
    if gone is not None:
        return [(_("deleted the view") if gone else _("restored the view"), "")]
    if before["shared"] != after["shared"]:
        said = _("shared the view with everybody") if after["shared"] else _("kept the view to themselves")
        return [(said, "")]
    return _joined([_changed(one) for one in differences(item, names)])


def _merged(change: Change, size: int, names: Names) -> list[Piece]:
    """The one that went, the one that stays, where the first items show both."""
    kind = "tag" if change.act == Act.MERGE_TAGS else "agency"
    those = [item for item in change.items if item.kind == kind]
    gone = next((item for item in those if _gone(item, "retired_at")), None)
    kept = next((item for item in those if item is not gone), None)
    if gone is None:
        return [(act_words(change.act), "")]
    if kept is None:
        return _said(_("merged {name} into another"), name=item_name(gone, names))
    return _said(_("merged {name} into {other}"), name=item_name(gone, names), other=item_name(kept, names))


def _many(change: Change, size: int, names: Names) -> list[Piece]:
    """Of many at once only what they have in common is said: what they became."""
    item = change.items[0]
    if size == 1 or item.kind != "annotation" or item.before is None:
        return _BY_KIND[item.kind](item, names)
    return _annotation(item, names, one_of_many=True)


def _imported(change: Change, size: int, names: Names) -> list[Piece]:
    if change.act == Act.IMPORT_TAGS:
        said = ngettext("brought in {count} tag from a file", "brought in {count} tags from a file", size)
    else:
        said = ngettext(
            "brought in {count} agency from a file", "brought in {count} agencies from a file", size
        )
    return [(said.format(count=size), "")]


_BY_KIND: Mapping[str, Callable[[ChangeItem, Names], list[Piece]]] = {
    "annotation": _annotation,
    "report": _report,
    "tag": _entry,
    "agency": _entry,
    "person": _person,
    "comment": _comment,
    "view": _view,
}
_BY_ACT: Mapping[Act, Callable[[Change, int, Names], list[Piece]]] = {
    Act.MERGE_TAGS: _merged,
    Act.MERGE_AGENCIES: _merged,
    Act.IMPORT_TAGS: _imported,
    Act.IMPORT_AGENCIES: _imported,
    Act.EDIT_MANY: _many,
}
