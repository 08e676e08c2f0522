"""What kind of file some bytes are, and the text in them if they are text."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from pathlib import PurePath

from reports.errors import N_, LoadError, Term

SAMPLE = 65_536
"""Bytes at the start of a file that decide whether it is text."""

_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_HTML = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Container:
    """A format that is no plain text: `name` for programs, `label` for people; `document`: it may hold a
    report."""

    name: str
    label: Term
    document: bool = True


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, and the name of the encoding it was in."""

    text: str
    encoding: str


_WORD = Container("docx", Term(N_("a Word document (.docx)")))
_ZIPPED = {
    ".docx": _WORD,
    ".docm": _WORD,
    ".odt": Container("odt", Term(N_("an OpenDocument text (.odt)"))),
    ".xlsx": Container("xlsx", Term(N_("an Excel workbook (.xlsx)"))),
    ".ods": Container("ods", Term(N_("an OpenDocument spreadsheet (.ods)"))),
    ".pptx": Container("pptx", Term(N_("a PowerPoint presentation (.pptx)"))),
    ".epub": Container("epub", Term(N_("an e-book (.epub)"))),
}
_ZIP_MEMBERS = (
    (b"word/document.xml", ".docx"),
    (b"xl/workbook.xml", ".xlsx"),
    (b"ppt/presentation.xml", ".pptx"),
    (b"opendocument.text", ".odt"),
    (b"opendocument.spreadsheet", ".ods"),
    (b"application/epub", ".epub"),
)
_OLE = {
    ".xls": Container("xls", Term(N_("an old Excel workbook (.xls)"))),
    ".ppt": Container("ppt", Term(N_("an old PowerPoint presentation (.ppt)"))),
}
_IMAGE = Container("image", Term(N_("a picture")), document=False)
_ARCHIVE = Container("archive", Term(N_("an archive")), document=False)
_SIGNATURES = (
    (b"%PDF-", Container("pdf", Term(N_("a PDF document")))),
    (b"{\\rtf", Container("rtf", Term(N_("a rich-text document (.rtf)")))),
    (b"\x89PNG\r\n", _IMAGE),
    (b"\xff\xd8\xff", _IMAGE),
    (b"GIF8", _IMAGE),
    (b"II*\x00", _IMAGE),
    (b"MM\x00*", _IMAGE),
    (b"\x1f\x8b", _ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", _ARCHIVE),
    (b"Rar!\x1a\x07", _ARCHIVE),
    (b"SQLite format 3\x00", Container("sqlite", Term(N_("a database")), document=False)),
)


def container_of(data: bytes, name: str) -> Container | None:
    """The format of `data` if it is one that needs a converter, told by its first bytes; `name` decides only
    between formats that begin alike."""
    suffix = PurePath(name).suffix.lower()
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n") if data[:1] != b"\xff" else data[:1024]
    for signature, container in _SIGNATURES:
        if start.startswith(signature):
            return container
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(data, suffix)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _OLE.get(suffix, Container("doc", Term(N_("an old Word document (.doc)"))))
    if _HTML.match(data[:4096].removeprefix(codecs.BOM_UTF8)):
        return Container("html", Term(N_("a web page")))
    if start.startswith(b"<?xml") and b"office:document" in data[:4096]:
        return Container("fodt", Term(N_("a flat OpenDocument text (.fodt)")))
    return None


def _zipped(data: bytes, suffix: str) -> Container:
    sample = data[:4096] + data[-SAMPLE:]
    for member, found in _ZIP_MEMBERS:
        if member in sample:
            return _ZIPPED[found]
    return _ZIPPED.get(suffix, _ARCHIVE)


def decode(data: bytes, shown: str) -> Decoded:
    """The text of `data`: UTF-8, or UTF-16 that a byte-order mark or its zero bytes give away.

    LoadError that says what to do if it is neither; `shown` is the file's name in the message.
    """
    if data.startswith(codecs.BOM_UTF8):
        return Decoded(_utf8(data[3:], shown, 3), "utf-8-sig")
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if data.startswith(mark):
            return Decoded(_utf16(data[2:], encoding, shown), encoding)
    encoding = _utf16_by_zeros(data[:SAMPLE])
    if encoding:
        return Decoded(_utf16(data, encoding, shown), encoding)
    sample = data[:SAMPLE]
    controls = len(_CONTROL.findall(sample))
    if controls > max(8, len(sample) // 100):
        raise LoadError(
            N_("{name} is not a text file: import a text, Markdown or document file instead."), name=shown
        )
    return Decoded(_utf8(data, shown, 0), "utf-8")


def _utf8(data: bytes, shown: str, skipped: int) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise LoadError(
            N_("{name} is not UTF-8 text (byte {offset} is 0x{byte}): save it as UTF-8 and import it again."),
            name=shown,
            offset=error.start + skipped,
            byte=f"{data[error.start]:02X}",
        ) from None


def _utf16(data: bytes, encoding: str, shown: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise LoadError(
            N_("{name} is damaged UTF-16 text (byte {offset}): save it as UTF-8 and import it again."),
            name=shown,
            offset=error.start + 2,
        ) from None


def _utf16_by_zeros(sample: bytes) -> str:
    """The UTF-16 byte order that zero bytes at every other place give away, or an empty string."""
    half = len(sample) // 2
    if half < 8:
        return ""
    even, odd = sample[0 : half * 2 : 2].count(0), sample[1 : half * 2 : 2].count(0)
    if odd * 4 > half and even * 50 < half:
        return "utf-16-le"
    if even * 4 > half and odd * 50 < half:
        return "utf-16-be"
    return ""
