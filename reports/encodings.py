"""The text in some bytes: UTF-8, UTF-16, or an old Vietnamese encoding told by its spelling."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from reports.errors import N_, LoadError

SAMPLE = 65_536
"""Bytes at the start of a file that decide whether it is text."""

ENCODINGS = (
    "utf-8",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "windows-1258",
    "tcvn3",
    "vni",
    "viscii",
    "windows-1252",
)
"""Names that `encoding` may have where it overrides what would be assumed."""

_ALIASES = {
    "utf8": "utf-8",
    "unicode": "utf-8",
    "utf16": "utf-16",
    "cp1258": "windows-1258",
    "1258": "windows-1258",
    "cp1252": "windows-1252",
    "1252": "windows-1252",
    "latin-1": "windows-1252",
    "abc": "tcvn3",
    "tcvn": "tcvn3",
    "tcvn-3": "tcvn3",
    "vni-windows": "vni",
}
_LEGACY = frozenset({"windows-1258", "tcvn3", "vni", "viscii"})
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, and the name of the encoding it was in; `tcvn3 in utf-8` for old text that was saved as UTF-8."""

    text: str
    encoding: str


def encoding_named(name: str) -> str:
    """The entry of `ENCODINGS` that `name` means in any usual spelling; LoadError if none, "" for ""."""
    wanted = name.strip().lower().replace("_", "-").replace(" ", "-")
    found = _ALIASES.get(wanted, wanted)
    if found and found not in ENCODINGS:
        raise LoadError(
            N_("There is no encoding {encoding}: use one of {encodings}."),
            encoding=repr(name),
            encodings=", ".join(ENCODINGS),
        )
    return found


def decode(data: bytes, shown: str, encoding: str = "") -> Decoded:
    """The text of `data`, the content of a file shown as `shown`.

    Tried in this order: byte-order mark, zero bytes of UTF-16, strict UTF-8, then windows-1258, TCVN3, VNI
    and VISCII by the share of words that can be Vietnamese syllables. `encoding` overrides all of that.
    LoadError that says what to do if nothing fits.
    """
    forced = encoding_named(encoding)
    if forced:
        return _forced(data, shown, forced)
    if data.startswith(codecs.BOM_UTF8):
        return _modern(_utf8(data[3:], shown, 3), "utf-8-sig")
    for mark, name in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if data.startswith(mark):
            return _modern(_utf16(data[2:], name, shown), name)
    name = _utf16_by_zeros(data[:SAMPLE])
    if name:
        return _modern(_utf16(data, name, shown), name)
    sample = data[:SAMPLE]
    controls = len(_CONTROL.findall(sample))
    if controls > max(8, len(sample) // 100):
        raise LoadError(
            N_("{name} is not a text file: import a text, Markdown or document file instead."), name=shown
        )
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _legacy(data) or Decoded(_utf8(data, shown, 0), "utf-8")
    return _modern(text, "utf-8")


def _modern(text: str, encoding: str) -> Decoded:
    """`text` as it is, or converted if it is old text that was only saved in a modern encoding."""
    if text.isascii():
        return Decoded(text, encoding)
    from reports.encodings_legacy import CONVERSIONS, legacy_of

    found = legacy_of(text)
    if not found:
        return Decoded(text, encoding)
    return Decoded(CONVERSIONS[found](text), f"{found} in {encoding}")


def as_windows_1252(data: bytes) -> str:
    """`data` with a character for each byte; the five that windows-1252 lacks become lone surrogates."""
    return data.decode("cp1252", "surrogateescape")


def _legacy(data: bytes) -> Decoded | None:
    from reports.encodings_legacy import CONVERSIONS, legacy_of

    text = as_windows_1252(data)
    found = legacy_of(text)
    return Decoded(CONVERSIONS[found](text), found) if found else None


def _forced(data: bytes, shown: str, encoding: str) -> Decoded:
    if encoding in _LEGACY:
        from reports.encodings_legacy import CONVERSIONS

        return Decoded(CONVERSIONS[encoding](as_windows_1252(data)), encoding)
    if encoding == "windows-1252":
        return Decoded(as_windows_1252(data), encoding)
    if encoding == "utf-8":
        return Decoded(_utf8(data.removeprefix(codecs.BOM_UTF8), shown, 0), encoding)
    if encoding == "utf-16":
        big = data.startswith(codecs.BOM_UTF16_BE) or _utf16_by_zeros(data[:SAMPLE]) == "utf-16-be"
        encoding = "utf-16-be" if big else "utf-16-le"
    mark = codecs.BOM_UTF16_LE if encoding == "utf-16-le" else codecs.BOM_UTF16_BE
    return Decoded(_utf16(data.removeprefix(mark), encoding, shown), encoding)


def _utf8(data: bytes, shown: str, skipped: int) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise LoadError(
            N_(
                "{name} is not UTF-8 text (byte {offset} is 0x{byte}): save it as UTF-8 and import it again, "
                "or name its encoding."
            ),
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
