"""Makes text that comes in safe to show and to compare: NFC, no control or invisible characters."""

from __future__ import annotations

import re
import unicodedata
from functools import partial

MAX_MARKS = 8
"""Combining marks kept on one base character; Vietnamese needs two, the rest only disturbs the line."""

_MARKS_BEFORE = 64
"""Marks left on a base before normalising, which sorts them in time that grows with their square."""

DOTTED_CIRCLE = "\u25cc"
"""Carries a combining mark that has no base, which would else sit on what stands beside the text."""

_ORDINARY = (
    "\n -~\u00a1-\u00ac\u00ae-\u00cf\u00d1-\u00ef\u00f1-\u02ff\u0370-\u0482\u048a-\u052f\u1e00-\u1fff"
    "\u2010-\u2027\u2030-\u205e\u2070-\u209c\u20a0-\u20bf\u2100-\u2bff"
    "\u3001-\u3029\u3030-\u3098\u309b-\u3163\u3165-\ua4cf\uac00-\ud7a3\uff01-\uff9f"
)
_UNUSUAL = re.compile(f"[^{_ORDINARY}]+")

_LINE_BREAKS = "\x0b\x0c\x85\u2028\u2029"
_DROPPED = "\u00ad\u034f\u200b\u200c\u2060\ufeff\u17b4\u17b5"
_SHOWN = "\u115f\u1160\u3164\uffa0"
_REPLACEMENT = "\ufffd"
_JOINER = "\u200d"

_FIXED: dict[str, str] = {
    "\t": " ",
    "\r": "\n",
    "\x7f": "\u2421",
    "\u00d0": "Đ",
    "\u00f0": "đ",
    "\uf0b7": "•",
    "\ufffe": _REPLACEMENT,
    "\uffff": _REPLACEMENT,
    **dict.fromkeys(_LINE_BREAKS, "\n"),
    **dict.fromkeys(_DROPPED, ""),
    **{character: f"<U+{ord(character):04X}>" for character in _SHOWN},
}


def _is_selector(character: str) -> bool:
    return "\ufe00" <= character <= "\ufe0f"


def _is_selector_supplement(character: str) -> bool:
    return "\U000e0100" <= character <= "\U000e01ef"


def _replacement(character: str) -> str:
    """What stands for an unusual character that is no combining mark."""
    fixed = _FIXED.get(character)
    if fixed is not None:
        return fixed
    category = unicodedata.category(character)
    if category == "Cc":
        code = ord(character)
        return chr(0x2400 + code) if code < 0x20 else _REPLACEMENT
    if category == "Cf":
        return f"<U+{ord(character):04X}>"
    if category == "Cs" or (ord(character) & 0xFFFE) == 0xFFFE:
        return _REPLACEMENT
    if category in ("Zs", "Zl", "Zp"):
        return " "
    return character


def _joins(character: str) -> bool:
    """Whether a zero-width joiner beside `character` makes one picture of several."""
    return character != "" and (
        character == "\ufe0f"
        or "\U0001f3fb" <= character <= "\U0001f3ff"
        or unicodedata.category(character) == "So"
    )


def _mend(match: re.Match[str], most: int) -> str:
    """What a run of unusual characters becomes, seen with those around it; `most` marks stay on a base."""
    text, start = match.string, match.start()
    kept = [text[start - 1 : start]]
    marks = 0
    for at in range(start, match.end()):
        character = text[at]
        if character == _JOINER:
            if _joins(kept[-1][-1:]) and _joins(text[at + 1 : at + 2]):
                kept.append(character)
        elif character in _FIXED or unicodedata.category(character)[0] != "M":
            shown = _replacement(character)
            if shown:
                kept.append(shown)
                marks = 0
        elif not _is_selector_supplement(character):
            based = kept[-1].strip()
            marks += 1
            if _is_selector(character) and not based:
                continue
            if not based:
                kept.append(DOTTED_CIRCLE)
            if marks <= most:
                kept.append(character)
    return "".join(kept[1:])


def visible(text: str) -> str:
    """`text` as it can be stored, shown and compared: nothing in it acts on a terminal or hides.

    NFC. Line breaks of every kind become LF, tabs and odd spaces a space, control characters control
    pictures or U+FFFD, bidi controls and other invisible format characters `<U+202E>`; zero-width
    characters and soft hyphens go, at most `MAX_MARKS` combining marks stay on a base, and a mark without
    one gets a dotted circle. Idempotent.
    """
    if text.isascii() and text.isprintable():
        return text
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\t" in text:
        text = text.replace("\t", " ")
    text = _UNUSUAL.sub(partial(_mend, most=_MARKS_BEFORE), text)
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return _UNUSUAL.sub(partial(_mend, most=MAX_MARKS), text)


def one_line(text: str) -> str:
    """`visible` on one line, for titles, names and cells: white-space runs become one space, ends trimmed."""
    return " ".join(visible(text).split())
