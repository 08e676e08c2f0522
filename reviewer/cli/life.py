"""`reviewer set`, `comment` and `comments`: how issues stand, who sees to them, what is said about them."""

from __future__ import annotations

from argparse import Namespace
from datetime import date

from annotations.directory import ME
from annotations.models import Severity, Status
from annotations.store import BulkFields, Store
from reports.errors import N_
from reviewer.cli.acts import comment_object, report_change
from reviewer.cli.life_grammar import NONE
from reviewer.cli.output import print_json, print_table
from reviewer.cli.parser import UsageError
from reviewer.cli.session import opened
from reviewer.days import read_day
from reviewer.i18n import _


def run_set(options: Namespace) -> int:
    """Change every issue named, as one act; one that may not get the status is in the way of all."""
    with opened(options) as store:
        fields = _fields(store, options)
        if not fields:
            raise UsageError(N_("Say what to set: --status, --severity, --due, --owner, --note."))
        seen = [(number, store.annotation(number).version) for number in dict.fromkeys(options.ids)]
        report_change(store, store.edit_many(seen, **fields), options.json)
    return 0


def _fields(store: Store, options: Namespace) -> BulkFields:
    fields: BulkFields = {}
    if options.status:
        fields["status"] = Status(options.status)
    if options.severity:
        fields["severity"] = None if options.severity == NONE else Severity(options.severity)
    if options.due is not None:
        due = None if options.due == NONE else read_day(options.due, date.today())
        fields["due"] = due.isoformat() if due else None
    if options.owner is not None:
        fields["owner_id"] = _person(store, options.owner)
    if options.note is not None:
        fields["note"] = options.note
    return fields


def _person(store: Store, name: str) -> int | None:
    """Id of the one who is named, None for nobody; NotFound with the nearest names."""
    if name == NONE:
        return None
    return store.person(store.reviewer if name == ME else name).id


def run_comment(options: Namespace) -> int:
    """Say something about an issue."""
    with opened(options) as store:
        change = store.comment(options.id, " ".join(options.text))
        said = store.comment_by_id(change.items[0].item_id)
    if options.json:
        print_json(comment_object(said))
    else:
        print(_("comment {number} on #{id}").format(number=said.id, id=said.annotation_id))
    return 0


def run_comments(options: Namespace) -> int:
    """What was said about an issue, oldest first; 1 where nothing was."""
    with opened(options) as store:
        store.annotation(options.id)
        said = store.comments(options.id)
    if options.json:
        print_json([comment_object(each) for each in said])
    else:
        headers = (_("comment"), _("at"), _("reviewer"), _("text"))
        print_table(headers, ((each.id, each.created_at, each.reviewer, each.text) for each in said))
    return 0 if said else 1
