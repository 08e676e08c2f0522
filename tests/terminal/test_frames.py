"""Whatever Textual draws, the encoder's bytes must leave the same screen as the frames themselves."""

from __future__ import annotations

import pyte
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import set_cell_size

from reviewer.terminal.frames import FrameEncoder

WIDTH, HEIGHT = 46, 12
PANES = ((0, 2), (2, 30), (30, WIDTH))

STYLES = (
    "",
    "31",
    "1;92;44",
    "38;5;208",
    "2;3;38;5;208;48;5;17",
    "38;2;224;224;224;48;2;18;18;18",
    "1;38;2;255;200;0;48;2;18;18;18",
    "4;38;2;224;224;224;48;2;18;18;18",
    "7",
    "9;48;2;90;20;20",
)
WORDS = (
    "giải phóng mặt bằng",
    "   ",
    "tiến độ chậm; vi phạm",
    "Sở Tài nguyên và Môi trường",
    "đất",
    "▌5+",
    "│ “quý I/2023” …",
    "土地 管理",
    "đất đai".encode().decode() + " nga\u0323\u0300y",
    "ok 🙂 xong",
    "한국어",
    "ﾊﾝｶｸ",
    "                      ",
)


class PlainErase(pyte.Screen):
    """A terminal that erases to its default colours, whatever the current ones are."""

    def _with_default_colours(self, erase, *args):
        attributes = self.cursor.attrs
        self.cursor.attrs = self.default_char
        erase(*args)
        self.cursor.attrs = attributes

    def erase_in_line(self, how=0, private=False):
        self._with_default_colours(super().erase_in_line, how, private)

    def erase_characters(self, count=None):
        self._with_default_colours(super().erase_characters, count)


class Terminal:
    def __init__(self, kind=pyte.Screen, width=WIDTH, height=HEIGHT):
        self.screen = kind(width, height)
        self.stream = pyte.Stream(self.screen)
        self.stream.feed("\x1b[?7l")

    def feed(self, text):
        self.stream.feed(text)

    def cells(self):
        return [
            [visible_part(self.screen.buffer[y][x]) for x in range(self.screen.columns)]
            for y in range(self.screen.lines)
        ]


def visible_part(cell):
    """What a person can tell of a cell: on a blank one only the background and the lines."""
    lines = (cell.underscore, cell.strikethrough, cell.reverse)
    if cell.data == " " and not any(lines):
        return (" ", cell.bg)
    return (cell.data, cell.fg, cell.bg, cell.bold, cell.italics, cell.blink, *lines)


def pane_row(segments, width):
    """Segments as one pane's row, cropped and padded to its width as Textual does."""
    out, used = [], 0
    for style, text in segments:
        room = width - used
        if room <= 0:
            break
        fitted = set_cell_size(text, min(room, cell_width(text)))
        out.append((style, fitted))
        used += cell_width(fitted)
    if used < width:
        out.append((segments[-1][0] if segments else "", " " * (width - used)))
    return out


def cell_width(text):
    from rich.cells import cell_len

    return cell_len(text)


def line(y, x, segments):
    return f"\x1b[{y + 1};{x + 1}H" + "".join(
        f"\x1b[{style}m{text}\x1b[0m" if style else text for style, text in segments
    )


def frame(lines, cursor=(0, 0)):
    lines = sorted(lines, key=lambda text: int(text[2 : text.index(";")]))
    bottom = f"\x1b[{HEIGHT};"
    parts = [text if text.startswith(bottom) else text + "\n" for text in lines]
    return "".join(parts) + f"\x1b[{cursor[0] + 1};{cursor[1] + 1}H"


segments = st.lists(st.tuples(st.sampled_from(STYLES), st.sampled_from(WORDS)), min_size=1, max_size=4)


@st.composite
def scrolled_frames(draw):
    """A document in one pane, scrolled about; rows of the other panes change now and then."""
    document = draw(st.lists(segments, min_size=16, max_size=30))
    others = draw(st.lists(segments, min_size=2, max_size=4))
    top, frames = 0, []
    for step in draw(st.lists(st.integers(-11, 11), min_size=1, max_size=6)):
        top = max(0, min(len(document) - 4, top + step))
        lines = []
        for y in range(1, HEIGHT):
            start, end = PANES[1]
            lines.append(line(y, start, pane_row(document[(top + y) % len(document)], end - start)))
        y = draw(st.integers(0, HEIGHT - 1))
        start, end = draw(st.sampled_from((PANES[0], PANES[2])))
        lines.append(line(y, start, pane_row(draw(st.sampled_from(others)), end - start)))
        frames.append(frame(lines, (y, start)))
    return frames


@st.composite
def patch_frames(draw):
    frames = []
    for _ in range(draw(st.integers(1, 6))):
        lines = []
        for _ in range(draw(st.integers(1, 6))):
            y = draw(st.integers(0, HEIGHT - 1))
            start, end = draw(st.sampled_from(PANES))
            lines.append(line(y, start, pane_row(draw(segments), end - start)))
        frames.append(frame(lines, (draw(st.integers(0, HEIGHT - 1)), draw(st.integers(0, WIDTH - 1)))))
    return frames


def replay(frames, *, kind=pyte.Screen, erases=True, whole_first=True):
    """The screens of a terminal that gets the frames and of one that gets the encoder's bytes."""
    raw, encoded = Terminal(kind), Terminal(kind)
    encoder = FrameEncoder(WIDTH, HEIGHT, erases=erases)
    if whole_first:
        blank = frame([line(y, 0, [(STYLES[5], " " * WIDTH)]) for y in range(HEIGHT)])
        frames = [blank, *frames]
    for text in frames:
        raw.feed(text)
        assert encoder.apply(text)
        encoded.feed(encoder.flush())
        yield raw, encoded


@pytest.mark.parametrize(("kind", "erases"), [(pyte.Screen, True), (PlainErase, False)])
@given(frames=st.one_of(patch_frames(), scrolled_frames()), whole_first=st.booleans())
@settings(deadline=None, max_examples=120)
def test_the_screen_is_the_same(kind, erases, frames, whole_first):
    for raw, encoded in replay(frames, kind=kind, erases=erases, whole_first=whole_first):
        assert raw.cells() == encoded.cells()
        assert (raw.screen.cursor.y, raw.screen.cursor.x) == (encoded.screen.cursor.y, encoded.screen.cursor.x)


@given(frames=scrolled_frames())
@settings(deadline=None, max_examples=60)
def test_frames_that_wait_are_shown_by_the_last_one(frames):
    raw, encoded = Terminal(), Terminal()
    encoder = FrameEncoder(WIDTH, HEIGHT)
    for text in frames:
        raw.feed(text)
        assert encoder.apply(text)
    encoded.feed(encoder.flush())
    assert raw.cells() == encoded.cells()
    assert encoder.flush() == ""


@given(frames=patch_frames())
@settings(deadline=None, max_examples=60)
def test_a_repaint_needs_nothing_of_what_the_terminal_showed(frames):
    encoder = FrameEncoder(WIDTH, HEIGHT)
    raw, fresh = Terminal(), Terminal()
    for text in frames:
        raw.feed(text)
        assert encoder.apply(text)
        encoder.flush()
    encoder.repaint()
    fresh.feed(encoder.flush())
    assert raw.cells() == fresh.cells()
