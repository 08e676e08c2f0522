"""`reviewer people`: who may use the record, and as what."""

from __future__ import annotations

from argparse import Namespace

from annotations.models import Person, ReviewerRole
from annotations.store import Store
from reviewer.cli.output import print_json, print_table
from reviewer.cli.parser import UsageError
from reviewer.cli.session import opened
from reviewer.i18n import N_, _


def run(options: Namespace) -> int:
    """Do what `people list|add|role|retire|revive` asks for."""
    if options.act is None:
        raise UsageError(N_("Say what to do: list, add, role, retire, revive."))
    with opened(options) as store:
        if options.act == "list":
            return _list(store.people(), options.json)
        if options.act == "add":
            store.add_person(options.name, ReviewerRole(options.role))
        else:
            _change(store, store.person(options.name), options)
        _tell(store, options.name)
    return 0


def _change(store: Store, person: Person, options: Namespace) -> None:
    if options.act == "role":
        store.set_role(person.id, person.version, ReviewerRole(options.role))
    elif options.act == "retire":
        store.retire_person(person.id, person.version)
    else:
        store.revive_person(person.id, person.version)


def _tell(store: Store, name: str) -> None:
    person = store.person(name)
    standing = _("retired") if person.retired else person.role
    print(f"{person.name}\t{standing}")


def _list(people: tuple[Person, ...], as_json: bool) -> int:
    if as_json:
        keys = ("name", "role", "created_at", "retired")
        print_json([{key: getattr(person, key) for key in keys} for person in people])
    else:
        headers = (_("name"), _("role"), _("since"), "")
        print_table(
            headers,
            ((p.name, p.role, p.created_at, _("retired") if p.retired else "") for p in people),
        )
    return 0 if people else 1
