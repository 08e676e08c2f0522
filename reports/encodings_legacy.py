"""Tells Vietnamese text in an old encoding by its spelling or its fonts, and turns it into Unicode."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from reports.encodings_syllables import Spelling, spelling, unicode_share, words_of
from reports.encodings_tables import from_tcvn3, from_viscii, from_vni

SAMPLE = 200_000
"""Code points at the start of a text that decide on its encoding."""

LEAST_VALID, LEAST_MARKED, MOST_UNICODE = 0.70, 0.25, 0.30
"""Shares of words that can be syllables, of words with marks, and of characters that are Vietnamese in
Unicode already: measured to tell 95 of 95 old government files apart and to convert none of 3,828 snippets
in Unicode Vietnamese and six other languages."""

LEAST_GAIN = 0.10
"""Share of words by which an encoding must spell a text better than it is spelt as it stands."""

FEWEST_MARKED = 4
"""Words with marks below which spelling decides nothing."""

_TCVN3_FONT = re.compile(r"\.?vn(?!i\b|i[-_ ])[a-z0-9]|abc\b", re.IGNORECASE)
_VNI_FONT = re.compile(r"vni[-_ ]?[a-z]", re.IGNORECASE)
_SUBSET = re.compile(r"[A-Z]{6}\+")


def from_windows_1258(text: str) -> str:
    """`text`, windows-1252 characters of windows-1258 bytes, in Unicode with its marks composed."""
    kept = text.encode("cp1252", "surrogateescape") if _narrow(text) else b""
    return unicodedata.normalize("NFC", kept.decode("cp1258", "replace")) if kept else text


def _narrow(text: str) -> bool:
    try:
        text.encode("cp1252", "surrogateescape")
    except UnicodeEncodeError:
        return False
    return True


CONVERSIONS: dict[str, Callable[[str], str]] = {
    "windows-1258": from_windows_1258,
    "tcvn3": from_tcvn3,
    "vni": from_vni,
    "viscii": from_viscii,
}
"""Name of an old encoding to the function that takes its bytes, read as windows-1252, to Unicode."""


def font_encoding(font: str) -> str:
    """The encoding that a font of this name draws (`.VnTime` tcvn3, `VNI-Times` vni), or an empty string."""
    name = _SUBSET.sub("", font.strip().strip("'\""))
    if _VNI_FONT.match(name):
        return "vni"
    return "tcvn3" if name.startswith(".") and _TCVN3_FONT.match(name) else ""


def draws_capitals(font: str) -> bool:
    """Whether a TCVN3 font draws lower-case letters as capitals: `.VnTimeH`, `.VnArialH`."""
    name = _SUBSET.sub("", font.strip().strip("'\"")).partition(",")[0].removesuffix(" Bold")
    return name[:3].lower() == ".vn" and name.endswith("H")


def legacy_of(text: str, hint: str = "") -> str:
    """The old encoding that `text`, read as windows-1252, is in; an empty string if in none of them.

    Decided by spelling, with the thresholds of this module; text that is as well spelt as it stands, such as
    Vietnamese in Unicode, is in none. For the encoding `hint` a better spelling is enough.
    """
    sample = text[:SAMPLE]
    if sample.isascii() or unicode_share(sample) >= MOST_UNICODE:
        return ""
    plain = spelling(words_of(unicodedata.normalize("NFC", sample)))
    best, found = plain, ""
    for name, convert in CONVERSIONS.items():
        read = spelling(words_of(convert(sample)))
        convinces = name == hint or (_convinces(read) and read.share >= plain.share + LEAST_GAIN)
        if convinces and read.valid > best.valid and read.share > best.share:
            best, found = read, name
    return found


def _convinces(read: Spelling) -> bool:
    return read.share >= LEAST_VALID and read.marked_share >= LEAST_MARKED and read.marked >= FEWEST_MARKED


def better_read(text: str, encoding: str) -> bool:
    """Whether `text` is spelt at least as well once it is converted from `encoding`, for text in its font."""
    if text.isascii() or unicode_share(text) > 0:
        return False
    return spelling(words_of(CONVERSIONS[encoding](text))).share >= spelling(words_of(text)).share
