"""Counts as lists write them: 1, 01, a, A, i, I."""

from __future__ import annotations

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
LARGEST_ROMAN = 3_999


def roman(number: int) -> str:
    """`number` in lower-case Roman numerals, in digits outside 1 to 3999."""
    if not 0 < number <= LARGEST_ROMAN:
        return str(number)
    parts: list[str] = []
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        parts.append(letters * times)
    return "".join(parts)


def letters(number: int, *, repeated: bool = True) -> str:
    """`number` as lower-case letters: a, …, z, then aa, bb, … as word processors do, or aa, ab, … as
    spreadsheets do."""
    if not 0 < number <= 10_000:
        return str(number)
    if repeated:
        times, letter = divmod(number - 1, 26)
        return chr(ord("a") + letter) * (times + 1)
    found = ""
    while number:
        number, letter = divmod(number - 1, 26)
        found = chr(ord("a") + letter) + found
    return found


def counted(number: int, kind: str) -> str:
    """`number` in the manner `kind`: `1`, `01`, `a`, `A`, `i`, `I`; digits for any other, nothing for ""."""
    match kind:
        case "":
            return ""
        case "a":
            return letters(number)
        case "A":
            return letters(number).upper()
        case "i":
            return roman(number)
        case "I":
            return roman(number).upper()
        case "01":
            return f"{number:02d}"
    return str(number)
