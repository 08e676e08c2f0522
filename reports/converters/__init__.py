"""Turns the bytes of documents into Markdown, one small module a format, chosen by content."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING

from reports.clean import one_line
from reports.errors import N_, LoadError, Term
from reports.formats import CONTAINERS, unread

if TYPE_CHECKING:
    from collections.abc import Callable

    from reports.converters.pieces import Draft

EXTRA = "formats"
"""The optional dependencies that bring the libraries of the converters that need one."""

MOST_CHARACTERS, MOST_LINES = 5_000_000, 200_000
"""Code points and lines of Markdown beyond which a file holds more than one report."""


@dataclass(frozen=True, slots=True)
class Converted:
    """A document as Markdown. `encoding`: how its characters were stored; `format`: the converter's name."""

    markdown: str
    encoding: str
    format: str


@dataclass(frozen=True, slots=True)
class Converter:
    """Reads one format. `name` as in `Loaded.format`; `module` is imported when it is first needed."""

    name: str
    module: str
    label: Term

    def convert(self, data: bytes, name: str, encoding: str = "") -> Converted:
        """The document in `data`, the content of a file called `name`, as Markdown.

        `encoding` overrides what is assumed of old Vietnamese text. LoadError if the file is damaged, unsafe,
        too big, holds no text, or needs a library that is not installed.
        """
        from reports.converters.finishing import finished

        shown = shown_name(name)
        try:
            read: Callable[[bytes, str], Draft] = import_module(self.module).read
            draft = read(data, shown)
        except ModuleNotFoundError as error:
            raise LoadError(
                N_(
                    "{name} is {format}, which needs the library {library}: "
                    "install it with pip install 'reviewer[{extra}]'."
                ),
                name=shown,
                format=self.label,
                library=error.name or "?",
                extra=EXTRA,
            ) from None
        markdown, found = finished(draft, shown, encoding)
        return Converted(markdown, found or draft.encoding, self.name)


CONVERTERS = {
    name: Converter(name, f"reports.converters.{module}", CONTAINERS[name].label)
    for name, module in {
        "docx": "docx",
        "doc": "doc",
        "odt": "odt",
        "fodt": "odt",
        "rtf": "rtf",
        "html": "html",
        "pdf": "pdf",
        "xlsx": "sheets",
        "xls": "sheets",
        "ods": "sheets",
    }.items()
}
"""Every converter by the name of its format."""


def shown_name(name: str) -> str:
    """How the file `name` is called in messages."""
    return one_line(PurePath(name).name) or Term(N_("the file"))


def converter_for(data: bytes, name: str) -> Converter | None:
    """The converter for `data`, told by its content; None if no converter reads it.

    LoadError if its container is damaged or protected by a password. `name` is for messages only.
    """
    from reports.converters.kinds import kind_of

    return CONVERTERS.get(kind_of(data, shown_name(name)))


def convert(data: bytes, name: str, encoding: str = "") -> Converted:
    """The document in `data` as Markdown, converted in this process, which should be a limited one
    (`reports.isolation`). LoadError as from `Converter.convert`, or if no converter reads it."""
    from reports.converters.kinds import kind_of

    kind = kind_of(data, shown_name(name))
    if kind not in CONVERTERS:
        raise unread(CONTAINERS.get(kind, CONTAINERS["archive"]), shown_name(name))
    return CONVERTERS[kind].convert(data, name, encoding)
