"""What may be asked for through the gate: verbs and their options, each named here or refused."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reports.errors import ReviewError
from reviewer.i18n import N_

SCREEN = "screen"
"""The verb that asks for the screen, as asking for nothing does, but with options."""
LONGEST = 8192
"""Code points in a command line, at most."""

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_FILE_NAME = re.compile(r"[^/\\\x00-\x1f\x7f]{1,200}")


class NotAllowed(ReviewError):
    """Something that the gate does not let through."""


@dataclass(frozen=True, slots=True)
class Verb:
    """What may stand behind a verb. `values`: options with a value; `flags`: those without; `words`: how many
    words may stand beside them; `needs`: the options that must be there; `ending`: words that are put behind
    them all; `acts`: what the first word must be one of, where the verb has acts."""

    values: frozenset[str] = frozenset()
    flags: frozenset[str] = frozenset()
    words: int = 0
    needs: frozenset[str] = frozenset()
    ending: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()


_FILTER = frozenset(
    (
        *("agency", "tag", "status", "severity", "report", "period", "reviewer", "owner"),
        *("due", "deadline", "placement", "periods", "since", "until", "search", "role", "today", "view"),
    )
)
_FILTER_FLAGS = frozenset({"overdue", "as-written", "current", "itself"})
_MANY = 100

VERBS: Mapping[str, Verb] = {
    "comment": Verb(flags=frozenset({"json"}), words=_MANY),
    "comments": Verb(flags=frozenset({"json"}), words=1),
    "continue": Verb(flags=frozenset({"json"}), words=2),
    "export": Verb(
        _FILTER | {"format", "headers", "columns"},
        _FILTER_FLAGS | {"raw", "bom", "no-bom", "sheets"},
        _MANY,
    ),
    "earlier": Verb(frozenset({"limit"}), frozenset({"json"}), words=1),
    "grid": Verb(_FILTER, _FILTER_FLAGS | {"json"}, _MANY),
    "history": Verb(
        frozenset({"annotation", "report", "reviewer", "since", "until", "limit"}),
        frozenset({"deleted", "json"}),
    ),
    "import": Verb(
        frozenset({"name", "title", "date", "period", "issuer", "encoding", "revises"}),
        frozenset({"json", "new"}),
        needs=frozenset({"name"}),
        ending=("-",),
    ),
    "issues": Verb(_FILTER | {"limit", "columns"}, _FILTER_FLAGS | {"json"}, _MANY),
    "line": Verb(flags=frozenset({"json"}), words=1),
    "reports": Verb(flags=frozenset({"json"})),
    "revisions": Verb(frozenset({"diff"}), frozenset({"json"}), words=1),
    SCREEN: Verb(frozenset({"lang"}), frozenset({"compact", "no-mouse"})),
    "set": Verb(frozenset({"status", "severity", "due", "owner", "note"}), frozenset({"json"}), _MANY),
    "show": Verb(frozenset({"revision"}), frozenset({"json", "mentions"}), words=1),
    "source": Verb(frozenset({"revision"}), words=1),
    "stats": Verb(_FILTER | {"by"}, _FILTER_FLAGS | {"json", "trend", "chart"}, _MANY),
    "views": Verb(
        frozenset({"columns", "group", "sort"}),
        frozenset({"json", "off"}),
        _MANY,
        acts=("list", "save", "rename", "share", "delete"),
    ),
    "verify": Verb(frozenset({"anchor"}), frozenset({"json"})),
}


def words_of(command: str) -> list[str]:
    """The program's own words for `command`, as sshd hands it over; nothing of it meets a shell.

    Options come as one word with their value, and all else behind `--`, so that no value can turn into an
    option. Raises NotAllowed.
    """
    if len(command) > LONGEST or _CONTROL.search(command):
        raise NotAllowed(N_("The command is too long or holds control characters."))
    try:
        verb, *rest = shlex.split(command) or [""]
    except ValueError:
        raise NotAllowed(N_("A quotation mark in the command is not closed.")) from None
    if verb not in VERBS:
        raise NotAllowed(
            N_("“{verb}” is not let through here. There are: {verbs}; without a command, the screen."),
            verb=verb[:40],
            verbs=", ".join(VERBS),
        )
    return [verb, *_checked(verb, VERBS[verb], rest)]


def _checked(verb: str, allowed: Verb, given: list[str]) -> list[str]:
    options: list[str] = []
    plain: list[str] = []
    named = set()
    words = iter(given)
    for word in words:
        if not word.startswith("-"):
            plain.append(word)
            continue
        name, has_value, value = word.removeprefix("--").partition("=")
        if word.startswith("--") and name in allowed.values:
            value = value if has_value else _next(words, name)
            options.append(f"--{name}={_value(verb, name, value)}")
        elif word.startswith("--") and name in allowed.flags and not has_value:
            options.append(f"--{name}")
        else:
            raise NotAllowed(
                N_("“{option}” is not let through with {verb}. There are: {options}."),
                option=word[:40],
                verb=verb,
                options=", ".join(f"--{name}" for name in sorted(allowed.values | allowed.flags)),
            )
        named.add(name)
    if len(plain) > allowed.words:
        raise NotAllowed(
            N_("“{word}” is one word too many behind {verb}."), word=plain[allowed.words][:40], verb=verb
        )
    for name in sorted(allowed.needs - named):
        raise NotAllowed(N_("Say --{name}: {verb} reads standard input."), name=name, verb=verb)
    plain.extend(allowed.ending)
    first = [_act(verb, allowed.acts, plain.pop(0))] if allowed.acts and plain else []
    return [*first, *options, *(["--", *plain] if plain else [])]


def _act(verb: str, acts: tuple[str, ...], word: str) -> str:
    if word not in acts:
        raise NotAllowed(
            N_("“{word}” is not let through with {verb}. There are: {acts}."),
            word=word[:40],
            verb=verb,
            acts=", ".join(acts),
        )
    return word


def _next(words: Iterator[str], name: str) -> str:
    value = next(words, None)
    if value is None:
        raise NotAllowed(N_("--{name} needs a value behind it."), name=name)
    return value


def _value(verb: str, name: str, value: str) -> str:
    if verb == "import" and name == "name" and not _FILE_NAME.fullmatch(value):
        raise NotAllowed(N_("“{value}” is no file name. Give one without slashes."), value=value[:40])
    return value
