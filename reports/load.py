"""Files to Documents: decides by content what a file is, decodes it, and says what it is about."""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from reports import facts
from reports.clean import one_line
from reports.document import Document
from reports.errors import N_, LoadError, Term
from reports.formats import container_of, decode
from reports.titles import HEAD_LINES

LARGEST_FILE = 50 * 1024 * 1024
"""Bytes; a report is text, so what is bigger is something else or should be split."""

MARKDOWN_SUFFIXES = frozenset({".md", ".markdown", ".mdown", ".mkd"})

_MARKDOWN_SIGNS = re.compile(
    r"^#{1,6} +\S|^ {0,3}(?:```|~~~)|^\|.*\|\s*$\n^\|[ :|-]+\|\s*$|^\[\^[^\]\s]+\]:",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Loaded:
    """A file as a report. `date`: ISO day. `period`: 2023-Q1, 2023-06, 2023-H1, 2023. `issuer` may be empty.

    `encoding`: how its characters were stored; `format`: `markdown`, `plain`, or the converter's name.
    """

    document: Document
    title: str
    date: str | None
    period: str | None
    issuer: str
    encoding: str
    format: str


class Converter(Protocol):
    """Turns the bytes of one file format into Markdown; `name` is the format's. LoadError if it cannot."""

    name: str

    def convert(self, data: bytes, name: str) -> str: ...


def load(path: str | os.PathLike[str]) -> Loaded:
    """The report in the file at `path`; LoadError if there is none or it cannot be one."""
    name = os.fspath(path)
    shown = one_line(name)
    try:
        found = Path(name).stat()
        if stat.S_ISDIR(found.st_mode):
            raise LoadError(N_("{name} is a folder: name a file in it, or import the folder."), name=shown)
        if not stat.S_ISREG(found.st_mode):
            raise LoadError(N_("{name} is not a regular file: copy its content to a file first."), name=shown)
        _check_size(found.st_size, shown)
        with Path(name).open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        raise LoadError(N_("There is no file {name}: check the path."), name=shown) from None
    except PermissionError:
        raise LoadError(
            N_("{name} may not be read: ask its owner for read permission."), name=shown
        ) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise LoadError(N_("{name} cannot be read: {reason}."), name=shown, reason=reason) from None
    return load_bytes(data, name)


def load_bytes(data: bytes, name: str) -> Loaded:
    """The report in `data`, the content of a file called `name`; LoadError if it cannot be one."""
    shown = one_line(Path(name).name) or Term(N_("the file"))
    _check_size(len(data), shown)
    if not data.strip(b" \t\r\n\x0b\x0c"):
        raise LoadError(N_("{name} is empty: choose a file with text in it."), name=shown)
    converted = _converted(data, name, shown)
    if converted is not None:
        source, encoding, form = converted
    else:
        decoded = decode(data, shown)
        source, encoding = decoded.text, decoded.encoding
        form = "markdown" if _is_markdown(source, name) else "plain"
    document = _parse(source, form)
    if not document.text:
        raise LoadError(N_("{name} holds no text: choose a file with words in it."), name=shown)
    head = [document.text[b.start : b.end] for b in document.blocks[:HEAD_LINES]]
    lines = source[:20_000].splitlines() if form == "plain" else head
    guessed = facts.guess(lines, document.title, name)
    return Loaded(document, document.title, guessed.date, guessed.period, guessed.issuer, encoding, form)


def _check_size(size: int, shown: str) -> None:
    if size > LARGEST_FILE:
        raise LoadError(
            N_("{name} has {size} MB; a report may have {largest} MB: split it or import its text only."),
            name=shown,
            size=-(-size // (1024 * 1024)),
            largest=LARGEST_FILE // (1024 * 1024),
        )


def _converted(data: bytes, name: str, shown: str) -> tuple[str, str, str] | None:
    """Markdown from this format's converter, its encoding and format; None if the data is text as it is."""
    container = container_of(data, name)
    if container is None:
        return None
    converter = _converter_for(data, name)
    if converter is not None:
        source: str = converter.convert(data, name)
        return source, "", str(getattr(converter, "name", container.name))
    if not container.document:
        raise LoadError(
            N_("{name} is {format}, not a report: import a text, Markdown or document file instead."),
            name=shown,
            format=container.label,
        )
    raise LoadError(
        N_(
            "{name} is {format}, which this version does not read: "
            "save it as plain text or Markdown and import that."
        ),
        name=shown,
        format=container.label,
    )


def _converter_for(data: bytes, name: str) -> Converter | None:
    """The converter for this file, if the converters that are installed have one."""
    import reports.converters as converters

    find = getattr(converters, "converter_for", None)
    return find(data, name) if find is not None else None


def _is_markdown(source: str, name: str) -> bool:
    """Whether text is Markdown: its name says so, or it is no `.txt` and shows the signs."""
    suffix = Path(name).suffix.lower()
    if suffix in MARKDOWN_SUFFIXES:
        return True
    return _MARKDOWN_SIGNS.search(source[:200_000]) is not None


def _parse(source: str, form: str) -> Document:
    if form == "plain":
        from reports import plain

        return plain.parse(source)
    from reports import markdown

    return markdown.parse(source)
