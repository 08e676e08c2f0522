"""Whatever Textual draws, the encoder's bytes must leave the same screen as the frames themselves."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import set_cell_size

from reviewer.terminal.frames import FrameEncoder
from tests.terminal.ptykit import Screen, Stream

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


class PlainErase(Screen):
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
    def __init__(self, kind=Screen, width=WIDTH, height=HEIGHT):
        self.screen = kind(width, height)
        self.stream = Stream(self.screen)
        self.stream.feed("\x1b[?7l")

    def feed(self, text):
        self.stream.feed(text)

    def cursor(self):
        return (self.screen.cursor.y, self.screen.cursor.x)

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


def replay(frames, *, kind=Screen, erases=True, whole_first=True, margins=False):
    """The screens of a terminal that gets the frames and of one that gets the encoder's bytes."""
    raw, encoded = Terminal(kind), Terminal(kind)
    encoder = FrameEncoder(WIDTH, HEIGHT, erases=erases)
    encoder.margins = margins
    if whole_first:
        blank = frame([line(y, 0, [(STYLES[5], " " * WIDTH)]) for y in range(HEIGHT)])
        frames = [blank, *frames]
    for text in frames:
        raw.feed(text)
        assert encoder.apply(text)
        encoded.feed(encoder.flush())
        yield raw, encoded


@pytest.mark.parametrize(
    ("kind", "erases", "margins"), [(Screen, True, False), (PlainErase, False, False), (Screen, True, True)]
)
@given(frames=st.one_of(patch_frames(), scrolled_frames()), whole_first=st.booleans())
@settings(deadline=None, max_examples=80)
def test_the_screen_is_the_same(kind, erases, margins, frames, whole_first):
    how = {"kind": kind, "erases": erases, "margins": margins, "whole_first": whole_first}
    for raw, encoded in replay(frames, **how):
        assert raw.cells() == encoded.cells()
        assert (raw.screen.cursor.y, raw.screen.cursor.x) == (
            encoded.screen.cursor.y,
            encoded.screen.cursor.x,
        )


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


TEXT, PANEL = STYLES[5], STYLES[6]
CHANCE = random.Random(7)
SYLLABLES = (
    *("giải", "phóng", "mặt", "bằng", "chậm", "tiến", "độ", "vốn", "đầu", "tư", "công", "vi", "phạm"),
    *("đất", "đai", "xây", "dựng", "trái", "phép"),
)


def words(mark, length):
    """A line of words that differs from others in nearly every column; `mark` is in it once."""
    line = " ".join(CHANCE.choice(SYLLABLES) for _ in range(length))
    return f"{line[:3]}{mark}{line[3:length]}"


DOCUMENT = [words("§", CHANCE.randint(20, 27)) for _ in range(60)]
NOTES = ["│ " + words("¶", CHANCE.randint(9, 14)) for _ in range(40)]


def page(top, *, mark=None, beside=0):
    """A document from row `top` on beside a panel from row `beside` on, row `mark` marked in the gutter."""
    lines = []
    for y in range(HEIGHT):
        gutter = "▌" if y == mark else " "
        lines.append(line(y, 0, pane_row([(PANEL, gutter)], 2)))
        lines.append(line(y, 2, pane_row([(TEXT, DOCUMENT[top + y])], 28)))
        lines.append(line(y, 30, pane_row([(PANEL, NOTES[beside + y])], WIDTH - 30)))
    return frame(lines, (0, 0))


def after_first(*frames, **how):
    """What the encoder writes for each frame but the first."""
    encoder = FrameEncoder(WIDTH, HEIGHT)
    encoder.margins = how.get("margins", False)
    output = []
    for text in frames:
        assert encoder.apply(text)
        output.append(encoder.flush())
    return output[1:]


def test_the_same_frame_again_writes_nothing():
    assert after_first(page(3, mark=2), page(3, mark=2), page(3, mark=2)) == ["", ""]


def test_a_mark_that_moves_writes_two_cells():
    (output,) = after_first(page(0, mark=2), page(0, mark=3))
    assert len(output.encode()) <= 60
    assert "§" not in output


@pytest.mark.parametrize("step", [1, -1, 3])
def test_a_scrolled_text_moves_on_the_terminal_beside_a_panel_that_stands(step):
    (output,) = after_first(page(10), page(10 + step), margins=True)
    assert output.count("§") == abs(step)
    assert "¶" not in output


def test_a_text_and_a_panel_that_scroll_by_different_steps_both_move():
    (output,) = after_first(page(10, beside=4), page(12, beside=3), margins=True)
    assert output.count("§") == 2
    assert output.count("¶") == 1


def test_a_scrolled_text_moves_on_any_terminal_where_no_panel_stands_beside_it():
    def alone(top):
        return frame([line(y, 0, pane_row([(TEXT, DOCUMENT[top + y])], WIDTH)) for y in range(HEIGHT)])

    (output,) = after_first(alone(10), alone(11))
    assert output.count("§") == 1
    assert "?69" not in output


def test_blank_tails_are_erased_not_written():
    filled = frame([line(0, 0, [(TEXT, "x" * WIDTH)])])
    cleared = frame([line(0, 0, [(TEXT, "x" + " " * (WIDTH - 1))])])
    (output,) = after_first(filled, cleared)
    assert "\x1b[K" in output
    assert "  " not in output


def test_a_wide_letter_cut_in_half_leaves_blanks_and_its_row_is_written_whole():
    encoder = FrameEncoder(WIDTH, HEIGHT)
    assert encoder.apply(frame([line(0, 0, [(TEXT, "土地管理" + " " * (WIDTH - 8))])]))
    encoder.flush()
    assert encoder.apply(frame([line(0, 3, [(TEXT, "x")])]))
    terminal = Terminal()
    terminal.feed(encoder.flush())
    assert terminal.screen.display[0].startswith("土 x管理")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\x07",
        "\x1b[?1049h",
        "\x1b]52;c;eA==\x07",
        "\x1b[1;1Habc\x1b[2J",
        "\x1b[1;1H\x1b]8;;http://example.org\x1b\\x\x1b]8;;\x1b\\\x1b[1;1H",
        "\x1b[1;1H\x1b[31mred to the end\x1b[1;1H",
        "\x1b[1;1H\x1b[58;5;1mx\x1b[0m\x1b[1;1H",
    ],
)
def test_what_is_no_frame_is_not_taken_for_one(text):
    encoder = FrameEncoder(WIDTH, HEIGHT)
    assert encoder.apply(page(0))
    encoder.flush()
    assert not encoder.apply(text)
    assert encoder.flush() == ""


@given(
    sizes=st.lists(st.tuples(st.integers(1, 60), st.integers(1, 20)), min_size=1, max_size=4),
    top=st.integers(0, 20),
)
@settings(deadline=None, max_examples=40)
def test_after_a_change_of_size_the_next_frame_shows_whole(sizes, top):
    encoder = FrameEncoder(WIDTH, HEIGHT)
    assert encoder.apply(page(top))
    encoder.flush()
    for width, height in sizes:
        encoder.resize(width, height)
        assert encoder.apply(page(top, mark=1))
        encoder.flush()
    encoder.resize(WIDTH, HEIGHT)
    assert encoder.apply(page(top))
    raw, encoded = Terminal(), Terminal()
    raw.feed(page(top))
    encoded.feed(encoder.flush())
    assert raw.cells() == encoded.cells()
