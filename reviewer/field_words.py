"""The fields of an annotation and their values, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from annotations.edits import Field
from reviewer.days import show_day
from reviewer.i18n import N_, _, language
from reviewer.words import role_word, severity_word, status_word

if TYPE_CHECKING:
    from annotations.store import Store

_FIELDS: Final = {
    Field.TAGS: N_("tags"),
    Field.LINKS: N_("agencies"),
    Field.NOTE: N_("note"),
    Field.STATUS: N_("status"),
    Field.SEVERITY: N_("severity"),
    Field.DUE: N_("due date"),
    Field.OWNER: N_("owner"),
    Field.PASSAGE: N_("passage"),
    Field.DELETED: N_("deleted"),
}


def field_word(field: Field) -> str:
    """What `field` is called."""
    return _(_FIELDS[field])


def field_words(fields: Iterable[Field]) -> str:
    """What `fields` are called, on one line."""
    return ", ".join(field_word(field) for field in fields)


def value_words(store: Store, field: Field, value: Any) -> str:
    """A value of `field` (as in `annotations.edits`) as people read it; several of a kind a line each."""
    if field is Field.TAGS:
        labels = {tag.id: tag.label(language()) for tag in store.tags()}
        return "\n".join(labels[tag] for tag in value if tag in labels) or _("no tag")
    if field is Field.LINKS:
        names = {agency.id: agency.label(language()) for agency in store.agencies()}
        lines = [f"{names[link.agency_id]} · {role_word(link.role)}" for link in value]
        return "\n".join(lines) or _("no agency")
    if field is Field.STATUS:
        return status_word(value)
    if field is Field.SEVERITY:
        return severity_word(value)
    if field is Field.DUE:
        return show_day(value) or _("no due date")
    if field is Field.PASSAGE:
        return f"“{value.exact}”"
    if field is Field.DELETED:
        return _("deleted") if value else _("kept")
    return value or (_("nobody sees to it") if field is Field.OWNER else _("(empty)"))
