"""Vietnamese text in the encodings from before Unicode, for tests."""

from __future__ import annotations

import unicodedata

from reports.encodings_tables import TCVN3, VISCII, VNI

_TO_TCVN3 = {chr(letter): chr(byte) for byte, letter in TCVN3.items()}
_TO_VNI = {letter: typed for typed, letter in VNI.items() if typed.islower() or typed.isupper()}
_TO_VISCII = {letter: byte for byte, letter in VISCII.items()}

_TONES = "\u0300\u0301\u0303\u0309\u0323"

LEGACY = ("tcvn3", "vni", "viscii", "windows-1258")


def in_tcvn3(text: str) -> str:
    """`text` as the windows-1252 characters of its TCVN3 bytes; capitals with tones lose their case."""
    return "".join(_TO_TCVN3.get(letter, _TO_TCVN3.get(letter.lower(), letter)) for letter in text)


def in_vni(text: str) -> str:
    """`text` as the windows-1252 characters of its VNI bytes."""
    return "".join(_TO_VNI.get(letter, letter) for letter in text)


def in_windows_1258(text: str) -> bytes:
    """`text` in windows-1258, tones as marks behind their letters."""
    encoded = bytearray()
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        tones = "".join(part for part in parts if part in _TONES)
        base = unicodedata.normalize("NFC", "".join(part for part in parts if part not in _TONES))
        encoded += (base + tones).encode("cp1258", "replace")
    return bytes(encoded)


def encoded(text: str, encoding: str) -> bytes:
    """`text` in one of `LEGACY`."""
    text = unicodedata.normalize("NFC", text)
    if encoding == "tcvn3":
        return in_tcvn3(text).encode("cp1252", "replace")
    if encoding == "vni":
        return in_vni(text).encode("cp1252", "replace")
    if encoding == "viscii":
        return b"".join(
            bytes([_TO_VISCII[letter]]) if letter in _TO_VISCII else letter.encode("ascii", "replace")
            for letter in text
        )
    return in_windows_1258(text)
