"""The grammar of the commands about people, keys, the history's proof and backups."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from reviewer.i18n import _

if TYPE_CHECKING:
    from reviewer.cli.parser import Parser

ROLES = ("viewer", "reviewer", "lead")


def add_commands(commands: argparse._SubParsersAction[Parser], parser_class: type[Parser]) -> None:
    """Add `people`, `keys`, `verify` and `restore-backup` to the commands."""
    _people(_with_acts(commands, parser_class, "people", _("who may use the record, and as what")))
    _keys(_with_acts(commands, parser_class, "keys", _("SSH keys that lead to this record and nowhere else")))
    verify = _command(commands, "verify", _("prove that nobody changed or cut the history"))
    verify.add_argument("--json", action="store_true", help=_("print JSON"))
    verify.add_argument(
        "--anchor", action="append", default=[], metavar="N:HASH", help=_("one kept from an export or backup")
    )
    verify.add_argument(
        "--against", action="append", default=[], metavar="BACKUP", help=_("a backup it must go on from")
    )
    restore = _command(commands, "restore-backup", _("put a checked backup in the record's place"))
    restore.add_argument("file", metavar="BACKUP")
    restore.add_argument("--force", action="store_true", help=_("even while others are in a report"))


def _command(commands: argparse._SubParsersAction[Parser], name: str, text: str) -> Parser:
    return commands.add_parser(name, help=text, description=text)


def _with_acts(
    commands: argparse._SubParsersAction[Parser], parser_class: type[Parser], name: str, text: str
) -> argparse._SubParsersAction[Parser]:
    parser = _command(commands, name, text)
    return parser.add_subparsers(dest="act", metavar=_("ACT"), parser_class=parser_class)


def _people(acts: argparse._SubParsersAction[Parser]) -> None:
    listing = _command(acts, "list", _("everybody, with their roles"))
    listing.add_argument("--json", action="store_true", help=_("print JSON"))
    adding = _command(acts, "add", _("let somebody in"))
    adding.add_argument("name", metavar="NAME", help=_("their account on this computer, or their key's name"))
    adding.add_argument("--role", choices=ROLES, default="reviewer")
    role = _command(acts, "role", _("give somebody another role"))
    role.add_argument("name", metavar="NAME")
    role.add_argument("role", choices=ROLES)
    for name, text in (("retire", _("let somebody in no longer")), ("revive", _("let somebody in again"))):
        _command(acts, name, text).add_argument("name", metavar="NAME")


def _keys(acts: argparse._SubParsersAction[Parser]) -> None:
    for name, text in (
        ("list", _("whose keys lead here")),
        ("add", _("enter the public key on standard input")),
        ("remove", _("take out somebody's keys, or one by its fingerprint")),
    ):
        parser = _command(acts, name, text)
        parser.add_argument("--file", metavar="FILE", help=_("else .ssh/authorized_keys of this account"))
        if name == "list":
            parser.add_argument("--json", action="store_true", help=_("print JSON"))
        else:
            parser.add_argument("name", metavar="NAME")
        if name == "add":
            parser.add_argument("--role", choices=ROLES, default=None, help=_("reviewer for somebody new"))
