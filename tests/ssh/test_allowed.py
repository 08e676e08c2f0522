"""Every verb and option of the command line is let through the gate or withheld, and says here which."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

import pytest

from reviewer.cli.parser import build_parser
from reviewer.gate.allowed import SCREEN, VERBS, NotAllowed, words_of

WITHHELD = {
    "agencies": "keeps the directory: done on the screen, by whoever may",
    "annotate": "marks passages: done on the screen, where one sees them",
    "backup": "names a file of the host",
    "check": "reads the whole file, as often as somebody asks",
    "delete": "takes annotations away: done on the screen, where undo is",
    "demo": "makes files",
    "describe": "changes reports: done on the screen",
    "keys": "lets people in",
    "people": "lets people in",
    "place": "moves passages: done on the screen, where one sees them",
    "redo": "undoes what one does not see",
    "restore": "brings annotations back: done on the screen",
    "restore-backup": "replaces the record",
    "tags": "keeps the codebook: done on the screen, by whoever may",
    "undo": "undoes what one does not see",
    "update": "older words for set",
}
WITHHELD_OPTIONS = {
    ("export", "output"): "names a file of the host",
    ("export", "template"): "names a file of the host",
    ("export", "about"): "writes a file beside the export",
    ("export", "force"): "overwrites a file of the host",
    ("import", "watch"): "names a folder of the host",
    ("import", "once"): "goes with watch",
    ("import", "every"): "goes with watch",
    ("import", "leave"): "goes with watch",
    ("source", "output"): "names a file of the host",
    ("verify", "against"): "names a file of the host",
}


def grammar() -> dict[str, argparse.ArgumentParser]:
    """The parser of each verb of the command line."""
    (verbs,) = (each for each in build_parser()._actions if isinstance(each, argparse._SubParsersAction))
    return dict(verbs.choices)


def options(parser: argparse.ArgumentParser) -> Iterator[str]:
    """The names of a verb's options and of those of its acts."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for one in action.choices.values():
                yield from options(one)
        elif action.option_strings and action.dest != "help":
            yield from (each.removeprefix("--") for each in action.option_strings if each.startswith("--"))


def test_each_verb_is_let_through_or_withheld() -> None:
    assert set(grammar()) == (set(VERBS) - {SCREEN}) | set(WITHHELD)
    assert not set(VERBS) & set(WITHHELD)


def test_each_option_of_a_verb_that_is_let_through_is_so_too_or_withheld() -> None:
    known = grammar()
    for verb, allowed in VERBS.items():
        if verb == SCREEN:
            continue
        there = set(options(known[verb]))
        let = set(allowed.values | allowed.flags)
        withheld = {name for one, name in WITHHELD_OPTIONS if one == verb}
        assert there == let | withheld, verb
        assert not let & withheld, verb


@pytest.mark.parametrize("verb", sorted(WITHHELD))
def test_a_verb_that_is_withheld_is_refused(verb: str) -> None:
    with pytest.raises(NotAllowed):
        words_of(verb)


@pytest.mark.parametrize(("verb", "option"), sorted(WITHHELD_OPTIONS))
def test_an_option_that_is_withheld_is_refused_however_it_is_written(verb: str, option: str) -> None:
    needed = "".join(f" --{name} a.txt" for name in VERBS[verb].needs)
    for written in (f"--{option}", f"--{option}=x", f"--{option} x", f"--{option[:-1]} x", f"-{option[0]} x"):
        with pytest.raises(NotAllowed):
            words_of(f"{verb}{needed} {written}")


@pytest.mark.parametrize("verb", sorted(set(VERBS) - {SCREEN}))
def test_words_that_look_like_options_stay_words(verb: str) -> None:
    """What stands behind a verb comes after `--`, and an option's value in one word with it."""
    allowed = VERBS[verb]
    if allowed.words and not allowed.acts:
        needed = " ".join(f"--{name} a.txt" for name in allowed.needs)
        *_, marker, word = words_of(f"{verb} {needed} 'a --output=x'")
        assert (marker, word) == ("--", "a --output=x")
    for name in sorted(allowed.values - {"name"}):
        needed = " ".join(f"--{need} a.txt" for need in allowed.needs)
        start = f"{verb} {allowed.acts[0] if allowed.acts else ''} {needed}"
        assert f"--{name}=--output=x" in words_of(f"{start} --{name} --output=x")
