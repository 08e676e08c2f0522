"""Tables of the Vietnamese encodings from before Unicode: TCVN3 (ABC), VNI and VISCII.

TCVN3 and VNI are orders of glyphs inside fonts: their text reached programs as the windows-1252 characters
of the same bytes, so both tables go from those characters. VISCII (RFC 1456) is a character set of bytes.
"""

from __future__ import annotations

import re
import unicodedata

TCVN3 = str.maketrans(
    "¡¢£¤¥¦§¨©ª«¬\u00ad®µ¸¶·¹»¾¼½ÆÇÊÈÉËÌÐÎÏÑÒÕÓÔÖ×ÝØÜÞßãáâäåèæçéêíëìîïóñòôõøö÷ùúýûüþ",
    "ĂÂÊÔƠƯĐăâêôơưđàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ",
)
"""windows-1252 character to letter. There are no upper-case letters with tones: fonts whose names end in H
draw the lower-case ones as capitals."""

_VISCII_HIGH = (
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯ"
    "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ"
)
VISCII = dict(zip(range(0x80, 0x100), _VISCII_HIGH, strict=True)) | {
    0x02: "Ẳ", 0x05: "Ẵ", 0x06: "Ẫ", 0x14: "Ỷ", 0x19: "Ỹ", 0x1E: "Ỵ",
}  # fmt: skip
"""Byte to letter, where it is not ASCII."""

_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT = "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"
_CIRCUMFLEX, _BREVE = "\u0302", "\u0306"
_TONES = {"ø": _GRAVE, "ù": _ACUTE, "û": _HOOK, "õ": _TILDE, "ï": _DOT}
_ROOFED = {"â": "", "à": _GRAVE, "á": _ACUTE, "å": _HOOK, "ã": _TILDE, "ä": _DOT}
_BREVED = {"ê": "", "è": _GRAVE, "é": _ACUTE, "ú": _HOOK, "ü": _TILDE, "ë": _DOT}
_WHOLE = {"ñ": "đ", "ô": "ơ", "ö": "ư", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}


def _vni_pairs() -> dict[str, str]:
    """Base and mark, as typed, to letter, in both cases and with a capital before a small mark."""
    marks = {vowel: dict(_TONES) for vowel in "aeiouy"}
    for vowel in "aeo":
        marks[vowel] |= {mark: _CIRCUMFLEX + tone for mark, tone in _ROOFED.items()}
    marks["a"] |= {mark: _BREVE + tone for mark, tone in _BREVED.items()}
    pairs = {vowel + mark: vowel + sign for vowel, signs in marks.items() for mark, sign in signs.items()}
    pairs |= {base + mark: _WHOLE[base] + sign for base in "ôö" for mark, sign in _TONES.items()}
    pairs |= _WHOLE
    lower = {typed: unicodedata.normalize("NFC", letter) for typed, letter in pairs.items()}
    upper = {typed.upper(): letter.upper() for typed, letter in lower.items()}
    return lower | {typed.capitalize(): letter.upper() for typed, letter in lower.items()} | upper


VNI = _vni_pairs()
"""One or two windows-1252 characters to letter; ì and í stand for themselves."""

VNI_MARKS = frozenset("".join(typed[1:] for typed in VNI))
"""What stands behind a base letter in VNI."""

_VNI_LETTER = re.compile("|".join(sorted(map(re.escape, VNI), key=len, reverse=True)))


def from_tcvn3(text: str) -> str:
    """`text`, windows-1252 characters of TCVN3 bytes, in Unicode."""
    return text.translate(TCVN3)


def from_vni(text: str) -> str:
    """`text`, windows-1252 characters of VNI bytes, in Unicode."""
    return _VNI_LETTER.sub(lambda match: VNI[match.group()], text)


def from_viscii(text: str) -> str:
    """`text`, one character for each byte of VISCII (windows-1252 or Latin-1), in Unicode."""
    return "".join(map(_viscii_letter, text))


def _viscii_letter(character: str) -> str:
    if character.isascii() and character not in "\x02\x05\x06\x14\x19\x1e":
        return character
    code = ord(character)
    if code > 0xFF:
        try:
            code = character.encode("cp1252", "surrogateescape")[0]
        except UnicodeEncodeError:
            return character
    return VISCII.get(code, character)
