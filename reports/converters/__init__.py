"""Turns the bytes of documents into Markdown, one small module a format, chosen by content."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING

from reports.clean import one_line
from reports.errors import N_, LoadError, Term

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


_PACKAGE = "reports.converters"
CONVERTERS = {
    converter.name: converter
    for converter in (
        Converter("docx", f"{_PACKAGE}.docx", Term(N_("a Word document (.docx)"))),
        Converter("doc", f"{_PACKAGE}.doc", Term(N_("an old Word document (.doc)"))),
        Converter("odt", f"{_PACKAGE}.odt", Term(N_("an OpenDocument text (.odt)"))),
        Converter("fodt", f"{_PACKAGE}.fodt", Term(N_("a flat OpenDocument text (.fodt)"))),
        Converter("rtf", f"{_PACKAGE}.rtf", Term(N_("a rich-text document (.rtf)"))),
        Converter("html", f"{_PACKAGE}.html", Term(N_("a web page"))),
        Converter("pdf", f"{_PACKAGE}.pdf", Term(N_("a PDF document"))),
        Converter("xlsx", f"{_PACKAGE}.sheets", Term(N_("an Excel workbook (.xlsx)"))),
        Converter("xls", f"{_PACKAGE}.sheets", Term(N_("an old Excel workbook (.xls)"))),
        Converter("ods", f"{_PACKAGE}.sheets", Term(N_("an OpenDocument spreadsheet (.ods)"))),
    )
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
