"""Whatever bytes come from the terminal: the right keys, never an error, never keys nobody pressed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual import constants, events
from textual._xterm_parser import XTermParser
from textual.drivers import linux_driver

from reviewer.terminal.keyboard import Keyboard


def messages(*chunks):
    keyboard = Keyboard()
    return [message for chunk in chunks for message in keyboard.feed(chunk)]


def keys(*chunks):
    return [message.key for message in messages(*chunks) if isinstance(message, events.Key)]


def typed(*chunks):
    found = (message.character for message in messages(*chunks) if isinstance(message, events.Key))
    return "".join(filter(None, found))


def test_letters_cut_in_the_middle_arrive_whole():
    data = "giải".encode()
    assert typed(*(bytes([byte]) for byte in data)) == "giải"


@pytest.mark.parametrize("data", [b"a\xffb", b"a\xc3(b", "aéb".encode("latin-1")])
def test_bytes_that_are_no_text_do_not_end_the_session(data):
    text = typed(data)
    assert text[0] == "a"
    assert text[-1] == "b"
    assert "\ufffd" in text


@pytest.mark.parametrize(
    "data",
    [
        b"\x1b[1114112u",
        b"\x1b[97;1:3;R[",
        b"\x1b[99;5:1;999999999u",
        b"\x1b[?1;2c",
        b"\x1b[>0;276;0c",
        b"\x1b[5n",
        b"\x1b[8;40;120t",
        b"\x1b]11;rgb:1010/1010/1010\x07",
        b"\x1b]11;rgb:1010/1010/1010\x1b\\",
        b"\x1bP1$r0m\x1b\\",
        b"\x1b[?69;2$y",
        b"\x1b[1;2;3;4;5;6;7;8~",
    ],
)
@pytest.mark.parametrize("kitty_off", [True, False])
def test_a_sequence_nobody_asked_for_types_nothing(data, kitty_off, monkeypatch):
    monkeypatch.setattr(constants, "DISABLE_KITTY_KEY", kitty_off)
    assert "".join(filter(str.isalnum, typed(data + b"x"))) == "x"


@pytest.mark.parametrize("cut", range(1, 6))
def test_an_old_mouse_report_is_a_mouse_event_also_far_to_the_right(cut):
    report = b"\x1b[M" + bytes([32, 32 + 200, 32 + 5])
    found = messages(report[:cut], report[cut:], b"x")
    (press, after) = found
    assert isinstance(press, events.MouseDown)
    assert (press.x, press.y, press.button) == (199, 4, 1)
    assert after.key == "x"


def test_releases_and_the_wheel_of_old_mouse_reports():
    found = messages(b"\x1b[M" + bytes([32 + 3, 40, 40]), b"\x1b[M" + bytes([32 + 64, 40, 40]))
    assert [type(message) for message in found] == [events.MouseUp, events.MouseScrollUp]


def test_keys_of_every_day():
    assert keys(b"j\x7f\x08\x1b[A\x1b[6~\x1b[1;2B\x12\r") == [
        "j",
        "backspace",
        "backspace",
        "up",
        "pagedown",
        "shift+down",
        "ctrl+r",
        "enter",
    ]


def test_a_lone_escape_is_the_key_after_a_while(monkeypatch):
    monkeypatch.setattr(constants, "ESCAPE_DELAY", 0.0)
    keyboard = Keyboard()
    assert list(keyboard.feed(b"\x1b")) == []
    assert keyboard.patience() == 0.0
    assert [message.key for message in keyboard.tick()] == ["escape"]
    assert keyboard.patience() is None


def test_a_paste_is_one_message():
    (paste,) = messages("\x1b[200~đất\nđai\x1b[201~".encode())
    assert paste.text == "đất\nđai"


pieces = st.one_of(
    st.binary(max_size=12),
    st.sampled_from([b"\x1b", b"\x1b[", b"\x1b[<", b"\x1b[M", b"\x1bO", b"\x1b[200~", b"\x1b[?", b";", b"u"]),
    st.integers(0, 10**12).map(lambda number: str(number).encode()),
)


@pytest.mark.parametrize("kitty_off", [True, False])
@given(chunks=st.lists(pieces, max_size=30))
@settings(deadline=None, max_examples=400)
def test_no_bytes_raise_and_keys_work_afterwards(kitty_off, chunks):
    before = constants.DISABLE_KITTY_KEY
    constants.DISABLE_KITTY_KEY = kitty_off
    try:
        keyboard = Keyboard()
        for chunk in chunks:
            list(keyboard.feed(chunk))
            keyboard.patience()
            list(keyboard.tick())
        list(keyboard.feed(b"\x1b[201~" + b"." * 40))
        assert [m.key for m in keyboard.feed(b"q") if isinstance(m, events.Key)] == ["q"]
    finally:
        constants.DISABLE_KITTY_KEY = before


# -- whether the guards are still needed: a failure here means that Textual has mended what they mend


@pytest.mark.parametrize("data", ["\x1b[1114112u", "\x1b[97;1:3;R["])
def test_textual_still_fails_on_these_keys(data, monkeypatch):
    monkeypatch.setattr(constants, "DISABLE_KITTY_KEY", False)
    with pytest.raises(ValueError, match=r"chr|int"):
        list(XTermParser().feed(data))


def test_textual_still_decodes_strictly_and_names_what_is_replaced():
    import inspect

    source = inspect.getsource(linux_driver.LinuxDriver)
    assert 'getincrementaldecoder("utf-8")()' in source
    assert "self._writer_thread = WriterThread(self._file)" in source
    for name in ("_get_terminal_size", "_enable_mouse_support", "_query_in_band_window_resize"):
        assert f"self.{name}()" in source
