"""`reviewer keys`: public keys that lead their owners through the gate to this record."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from annotations.errors import NotFound
from annotations.models import ReviewerRole
from annotations.store import Store
from reviewer.cli.output import print_json, print_table
from reviewer.cli.parser import UsageError
from reviewer.cli.session import opened
from reviewer.gate import authorized_keys
from reviewer.i18n import N_, _
from reviewer.place import home_folder

_LONGEST_KEY = 16384


def run(options: Namespace) -> int:
    """Do what `keys list|add|remove` asks for."""
    if options.act is None:
        raise UsageError(N_("Say what to do: list, add, remove."))
    path = Path(options.file) if options.file else home_folder() / ".ssh" / "authorized_keys"
    with opened(options) as store:
        if options.act == "add":
            return _add(store, path, options)
        if options.act == "remove":
            return _remove(path, options.name)
        return _list(store, path, options.json)


def _add(store: Store, path: Path, options: Namespace) -> int:
    """The person first, then the key: a key without a person is let in by nobody."""
    key = authorized_keys.parse_key(sys.stdin.read(_LONGEST_KEY))
    line = authorized_keys.line(sys.executable, store.path, options.name, key)
    authorized_keys.refuse_known(path, key)
    _let_in(store, options.name, options.role)
    authorized_keys.add(path, line)
    print(f"{options.name}\t{key.fingerprint}")
    return 0


def _let_in(store: Store, name: str, role: str | None) -> None:
    try:
        person = store.person(name)
    except NotFound:
        store.add_person(name, ReviewerRole(role or ReviewerRole.REVIEWER))
        return
    if person.retired:
        raise UsageError(N_("“{name}” is retired. First: reviewer people revive {name}"), name=name)
    if role is not None and role != person.role:
        store.set_role(person.id, person.version, ReviewerRole(role))


def _remove(path: Path, name: str) -> int:
    gone = authorized_keys.remove(path, name)
    for entry in gone:
        print(f"{entry.name}\t{entry.key.fingerprint}")
    return 0 if gone else 1


def _list(store: Store, path: Path, as_json: bool) -> int:
    people = {person.name: person for person in store.people()}
    rows = []
    for entry in authorized_keys.entries(path):
        person = people.get(entry.name)
        role = "" if person is None or person.retired else person.role
        rows.append((entry.name, role, entry.key.type, entry.key.fingerprint))
    if as_json:
        print_json([dict(zip(("name", "role", "type", "fingerprint"), row, strict=True)) for row in rows])
    else:
        print_table((_("name"), _("role"), _("type"), _("fingerprint")), rows)
    return 0 if rows else 1
