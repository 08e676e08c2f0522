"""Both languages are complete: every text of the code has a Vietnamese one that fills the same blanks."""

from __future__ import annotations

import ast
import gettext
import string

import pytest

from reviewer import i18n
from reviewer.locale import build


def blanks(text: str) -> set[str]:
    return {name for _before, name, _form, _kind in string.Formatter().parse(text) if name is not None}


def pairs() -> list[tuple[str, str]]:
    found = []
    catalogue = build.translated()
    for message in catalogue:
        if message.id:
            sources = message.id if isinstance(message.id, tuple) else (message.id,)
            strings = message.string if isinstance(message.string, tuple) else (message.string,)
            found += [(sources[0] if len(strings) == len(sources) else sources[-1], text) for text in strings]
    return found


def test_no_text_hides_in_an_f_string_where_nobody_collects_it() -> None:
    hidden = []
    for path in (path for package in build.PACKAGES for path in (build.ROOT / package).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr):
                hidden += [f"{path.name}: {ast.unparse(call)}" for call in ast.walk(node) if _asks(call)]
    assert hidden == []


def _asks(node: ast.AST) -> bool:
    """Whether `node` asks for the translation of a text that stands in it."""
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in build.KEYWORDS
        and any(isinstance(argument, ast.Constant) for argument in node.args)
    )


def test_every_text_has_a_translation() -> None:
    assert build.missing(build.collected(), build.translated()) == []


def test_no_translation_is_left_over() -> None:
    known = {message.id for message in build.collected()}
    assert [message.id for message in build.translated() if message.id not in known] == []


def test_translations_fill_the_same_blanks() -> None:
    assert [(one, other) for one, other in pairs() if not blanks(other) <= blanks(one)] == []


def test_the_compiled_catalogue_is_the_current_one() -> None:
    with build.CATALOGUE.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for message in build.translated():
        if isinstance(message.id, str) and message.id:
            found = compiled.pgettext(message.context, message.id) if message.context else None
            assert (found or compiled.gettext(message.id)) == message.string


@pytest.mark.parametrize(("name", "shown"), [("en", "Undo"), ("vi", "Hoàn tác"), ("xx", "Undo")])
def test_the_language_can_be_chosen(name: str, shown: str) -> None:
    i18n.set_language(name)
    try:
        assert i18n._("Undo") == shown
    finally:
        i18n.set_language("en")


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "vi_VN.UTF-8"}, "vi"),
        ({"LANG": "vi_VN.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
        ({"LC_MESSAGES": "vi_VN", "LANG": "en_US.UTF-8"}, "vi"),
        ({}, "en"),
    ],
)
def test_the_session_says_which(
    environment: dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert i18n.preferred_language() == language
