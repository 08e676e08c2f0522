"""How a cell looks: SGR parameters read into interned values, and the shortest way from one to the next."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

_EXTENDED = {38: True, 48: False}
_TURNED_OFF_BY = {
    "1": "22",
    "2": "22",
    "3": "23",
    "4": "24",
    "5": "25",
    "6": "25",
    "7": "27",
    "8": "28",
    "9": "29",
    "21": "24",
    "51": "54",
    "52": "54",
    "53": "55",
}
_SHOWS_ON_BLANKS = frozenset({"4", "7", "9", "21", "51", "52", "53"})
_PLACES = {"2": 5, "5": 3}


class UnknownAttribute(ValueError):
    """An SGR parameter outside the ones Textual writes."""


@dataclass(frozen=True, slots=True)
class Look:
    """Colours and attributes of a cell as SGR parameters; an empty string is the terminal's default."""

    foreground: str = ""
    background: str = ""
    attributes: frozenset[str] = frozenset()

    def parameters(self) -> str:
        """The SGR parameters that give this look from the default one."""
        return ";".join(filter(None, [*sorted(self.attributes), self.foreground, self.background]))


_LOOKS: list[Look] = [Look()]
_NUMBERS: dict[Look, str] = {Look(): "\0"}
PLAIN = "\0"


def look_key(look: Look) -> str:
    """One character that stands for `look`, so that the looks of a row are a string as its text is."""
    key = _NUMBERS.get(look)
    if key is None:
        key = _NUMBERS[look] = chr(len(_LOOKS))
        _LOOKS.append(look)
    return key


def look_of(key: str) -> Look:
    """The look that `key` stands for."""
    return _LOOKS[ord(key)]


@lru_cache(maxsize=4096)
def after_sgr(key: str, parameters: str) -> str:
    """The key of the look that holds after `CSI parameters m` where `key` held before.

    Raises UnknownAttribute for parameters that are not understood.
    """
    look = look_of(key)
    foreground, background, attributes = look.foreground, look.background, set(look.attributes)
    codes = parameters.split(";") if parameters else ["0"]
    at = 0
    while at < len(codes):
        code = codes[at]
        number = int(code or 0)
        at += 1
        if number == 0:
            foreground, background, attributes = "", "", set()
        elif str(number) in _TURNED_OFF_BY:
            attributes.add(str(number))
        elif number in _EXTENDED:
            taken = _PLACES.get(codes[at] if at < len(codes) else "", 0) - 1
            colour = codes[at - 1 : at + taken]
            if taken < 0 or len(colour) != taken + 1:
                raise UnknownAttribute(parameters)
            at += taken
            foreground, background = (
                (";".join(colour), background) if _EXTENDED[number] else (foreground, ";".join(colour))
            )
        elif 30 <= number <= 37 or 90 <= number <= 97:
            foreground = code
        elif 40 <= number <= 47 or 100 <= number <= 107:
            background = code
        elif number == 39:
            foreground = ""
        elif number == 49:
            background = ""
        elif str(number) in _TURNED_OFF_BY.values():
            attributes = {name for name in attributes if _TURNED_OFF_BY[name] != str(number)}
        else:
            raise UnknownAttribute(parameters)
    return look_key(Look(foreground, background, frozenset(attributes)))


@lru_cache(maxsize=8192)
def change(old: str | None, new: str) -> str:
    """The shortest sequence from the look `old` (None: not known) to `new`; empty where they are one."""
    if old == new:
        return ""
    target = look_of(new)
    whole = f"\x1b[{';'.join(filter(None, ['0', target.parameters()]))}m" if target.parameters() else "\x1b[m"
    if old is None:
        return whole
    source = look_of(old)
    off = {_TURNED_OFF_BY[name] for name in source.attributes - target.attributes}
    kept = {name for name in source.attributes if _TURNED_OFF_BY[name] not in off}
    steps = sorted(off) + sorted(target.attributes - kept)
    if source.foreground != target.foreground:
        steps.append(target.foreground or "39")
    if source.background != target.background:
        steps.append(target.background or "49")
    delta = f"\x1b[{';'.join(steps)}m"
    return delta if len(delta) < len(whole) else whole


@lru_cache(maxsize=4096)
def on_blank(key: str) -> str:
    """The key of what is left to see of a look on a blank cell: its background, unless it draws lines."""
    look = look_of(key)
    if look.attributes & _SHOWS_ON_BLANKS:
        return key
    return look_key(Look(background=look.background))


@lru_cache(maxsize=4096)
def is_erasable(key: str, erases: bool) -> bool:
    """Whether erasing gives the blanks of this look; `erases`: with the current background colour."""
    look = look_of(key)
    return not look.attributes & _SHOWS_ON_BLANKS and (erases or not look.background)
