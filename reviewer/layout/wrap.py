"""Breaking a text into rows at spaces, never inside a letter."""

from __future__ import annotations

from rich.cells import split_graphemes

from reviewer.layout.cells import is_even


def wrap(text: str, first: int, rest: int | None = None) -> list[int]:
    """Offsets at which the rows of `text` begin, the first always 0.

    `first`: cells in the first row, `rest`: in the others (`first` if None), both at least 2. A row takes as
    many words as fit; spaces at which it breaks stay at its end and may hang over its edge. A word longer
    than a row is broken between letters, and wide letters may be parted anywhere.
    """
    rest = first if rest is None else rest
    if len(text) <= first and is_even(text):
        return [0]
    return _wrap_even(text, first, rest) if is_even(text) else _wrap_uneven(text, first, rest)


def _wrap_even(text: str, room: int, rest: int) -> list[int]:
    starts, at, length = [0], 0, len(text)
    find = text.rfind
    while length - at > room:
        cut = find(" ", at, at + room + 1)
        if cut < 0 or (text[at] == " " and not text[at:cut].strip()):
            cut = at + room
        while cut < length and text[cut] == " ":
            cut += 1
        if cut >= length:
            break
        starts.append(cut)
        at, room = cut, rest
    return starts


def _wrap_uneven(text: str, room: int, rest: int) -> list[int]:
    clusters = split_graphemes(text)[0]
    starts, number, count = [0], 0, len(clusters)
    while True:
        row, column, cut = number, 0, 0
        inked = was_wide = False
        while number < count:
            start, end, cells = clusters[number]
            space = text[start:end] == " "
            if not space:
                if column + cells > room and number > row:
                    break
                if inked and (cells > 1 or was_wide):
                    cut = number
                inked, was_wide = True, cells > 1
            column += cells
            number += 1
            if space and inked:
                cut = number
        if number == count:
            return starts
        if cut > row and clusters[number][2] == 1 and not was_wide:
            number = cut
        starts.append(clusters[number][0])
        room = rest
