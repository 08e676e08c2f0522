"""Files to Documents: decides by content what a file is, decodes it, and says what it is about."""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path

from reports import facts
from reports.clean import one_line
from reports.document import Document
from reports.errors import N_, LoadError, Term
from reports.formats import container_of, unread
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

    `encoding`: how its characters were stored, as assumed or told; empty where the format leaves no choice.
    `format`: `markdown`, `plain`, or the converter's name.
    """

    document: Document
    title: str
    date: str | None
    period: str | None
    issuer: str
    encoding: str
    format: str


def load(path: str | os.PathLike[str], encoding: str = "") -> Loaded:
    """The report in the file at `path`; LoadError if there is none or it cannot be one.

    `encoding`, one of `reports.encodings.ENCODINGS`, overrides what would be assumed of its characters.
    """
    return load_bytes(read_file(path), os.fspath(path), encoding)


def read_file(path: str | os.PathLike[str]) -> bytes:
    """What the file at `path` holds; LoadError if there is none, it may not be read, or is too big."""
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
            return file.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        raise LoadError(N_("There is no file {name}: check the path."), name=shown) from None
    except PermissionError:
        raise LoadError(
            N_("{name} may not be read: ask its owner for read permission."), name=shown
        ) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise LoadError(N_("{name} cannot be read: {reason}."), name=shown, reason=reason) from None


def load_bytes(data: bytes, name: str, encoding: str = "") -> Loaded:
    """The report in `data`, the content of a file called `name`; LoadError if it cannot be one.

    A document is converted in a child process (`reports.isolation`); `encoding` as for `load`.
    """
    shown = one_line(Path(name).name) or Term(N_("the file"))
    _check_size(len(data), shown)
    if not data.strip(b" \t\r\n\x0b\x0c"):
        raise LoadError(N_("{name} is empty: choose a file with text in it."), name=shown)
    container = container_of(data, name)
    if container is None:
        source, found = _decoded(data, shown, encoding)
        form = "markdown" if _is_markdown(source, name) else "plain"
    elif container.document:
        from reports import isolation

        converted = isolation.convert(data, name, encoding)
        source, found, form = converted.markdown, converted.encoding, converted.format
    else:
        raise unread(container, shown)
    document = _parse(source, form)
    if not document.text:
        raise LoadError(N_("{name} holds no text: choose a file with words in it."), name=shown)
    head = [document.text[b.start : b.end] for b in document.blocks[:HEAD_LINES]]
    lines = source[:20_000].splitlines() if form == "plain" else head
    guessed = facts.guess(lines, document.title, name)
    return Loaded(document, document.title, guessed.date, guessed.period, guessed.issuer, found, form)


def _check_size(size: int, shown: str) -> None:
    if size > LARGEST_FILE:
        raise LoadError(
            N_("{name} has {size} MB; a report may have {largest} MB: split it or import its text only."),
            name=shown,
            size=-(-size // (1024 * 1024)),
            largest=LARGEST_FILE // (1024 * 1024),
        )


def _decoded(data: bytes, shown: str, encoding: str) -> tuple[str, str]:
    """The text of a file that is no document, and the encoding it is in."""
    from reports.encodings import decode

    decoded = decode(data, shown, encoding)
    return decoded.text, decoded.encoding


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
