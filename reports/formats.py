"""What kind of file some bytes are, told by how they begin."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from pathlib import PurePath

from reports.errors import N_, LoadError, Term

SAMPLE = 65_536
"""Bytes at the end of a zip file in which the names of its members are looked for."""

_PROLOGUE = rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*"
_HTML = re.compile(_PROLOGUE + rb"<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)
_PAGE_PART = re.compile(
    _PROLOGUE + rb"<(?:head|body|meta|title|base|div|p|table|h[1-6]|center)\b", re.IGNORECASE | re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Container:
    """A format that is no plain text: `name` for programs, `label` for people; `document`: it may hold a
    report."""

    name: str
    label: Term
    document: bool = True


CONTAINERS = {
    container.name: container
    for container in (
        Container("docx", Term(N_("a Word document (.docx)"))),
        Container("doc", Term(N_("an old Word document (.doc)"))),
        Container("odt", Term(N_("an OpenDocument text (.odt)"))),
        Container("fodt", Term(N_("a flat OpenDocument text (.fodt)"))),
        Container("rtf", Term(N_("a rich-text document (.rtf)"))),
        Container("html", Term(N_("a web page"))),
        Container("pdf", Term(N_("a PDF document"))),
        Container("xlsx", Term(N_("an Excel workbook (.xlsx)"))),
        Container("xls", Term(N_("an old Excel workbook (.xls)"))),
        Container("xlsb", Term(N_("a binary Excel workbook (.xlsb)"))),
        Container("ods", Term(N_("an OpenDocument spreadsheet (.ods)"))),
        Container("pptx", Term(N_("a PowerPoint presentation (.pptx)"))),
        Container("ppt", Term(N_("an old PowerPoint presentation (.ppt)"))),
        Container("epub", Term(N_("an e-book (.epub)"))),
        Container("msg", Term(N_("an Outlook message (.msg)"))),
        Container("image", Term(N_("a picture")), document=False),
        Container("archive", Term(N_("an archive")), document=False),
        Container("sqlite", Term(N_("a database")), document=False),
    )
}
"""Every format that is told from plain text, by name."""

_ZIPPED = {".docm": "docx"} | {f".{n}": n for n in ("docx", "odt", "xlsx", "xlsb", "ods", "pptx", "epub")}
_ZIP_MEMBERS = (
    (b"word/document.xml", "docx"),
    (b"xl/workbook.xml", "xlsx"),
    (b"ppt/presentation.xml", "pptx"),
    (b"opendocument.text", "odt"),
    (b"opendocument.spreadsheet", "ods"),
    (b"application/epub", "epub"),
)
_OLE = {".xls": "xls", ".ppt": "ppt", ".msg": "msg"}
_SIGNATURES = (
    (b"%PDF-", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG\r\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"\x1f\x8b", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"Rar!\x1a\x07", "archive"),
    (b"SQLite format 3\x00", "sqlite"),
)


def container_of(data: bytes, name: str) -> Container | None:
    """The format of `data` if it is one that needs a converter, told by its first bytes; `name` decides only
    between formats that begin alike."""
    found = _name_of(data, PurePath(name).suffix.lower())
    return CONTAINERS[found] if found else None


def _name_of(data: bytes, suffix: str) -> str:
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n") if data[:1] != b"\xff" else data[:1024]
    for signature, found in _SIGNATURES:
        if start.startswith(signature):
            return found
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        sample = data[:4096] + data[-SAMPLE:]
        inside = (kind for member, kind in _ZIP_MEMBERS if member in sample)
        return next(inside, _ZIPPED.get(suffix, "archive"))
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _OLE.get(suffix, "doc")
    head = _as_bytes_of_ascii(data[:8192])
    if _HTML.match(head) or (suffix in (".html", ".htm", ".xhtml") and _PAGE_PART.match(head)):
        return "html"
    if start.startswith(b"<?xml") and b"office:document" in head:
        return "fodt"
    return "pdf" if suffix == ".pdf" and b"%PDF-" in data[:1024] else ""


def _as_bytes_of_ascii(start: bytes) -> bytes:
    """The first bytes of a file without its byte-order mark and the zeros of UTF-16."""
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return start[2:].replace(b"\0", b"")
    return start.removeprefix(codecs.BOM_UTF8)


def unread(container: Container, shown: str) -> LoadError:
    """The error for a file of a format that no converter reads; `shown` is its name in the message."""
    if not container.document:
        return LoadError(
            N_("{name} is {format}, not a report: import a text, Markdown or document file instead."),
            name=shown,
            format=container.label,
        )
    return LoadError(
        N_(
            "{name} is {format}, which this version does not read: "
            "save it as plain text or Markdown and import that."
        ),
        name=shown,
        format=container.label,
    )
