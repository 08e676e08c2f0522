"""Fields keep the order of what was typed, however fast it came, and hold it in NFC."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual.app import App
from textual.widgets import Input

from reviewer.terminal.keyboard import Keyboard
from reviewer.widgets.fields import NoteField, TextField
from tests.terminal.ptykit import ROOT

LEFT, DELETE, HOME, END = "\x1b[D", "\x1b[3~", "\x1b[H", "\x1b[F"

# What input methods send for a word: letters, then in one burst Backspaces and the composed letters.
BURSTS = {
    "giải": ["giai", "\x7f\x7fải"],
    "giải ngân": ["giai\x7f\x7fải ngan\x7f\x7fân"],
    "đất đai": ["dd\x7f\x7fđ", "aat\x7f\x7f\x7fât", "s\x7f\x7f\x7fất ", "dd\x7f\x7fđai"],
    "thủy lợi": ["thuy\x08\x08ủy", " loi\x08\x08ơi", "\x08\x08ợi"],
    "phóng": ["phong\x7f\x7f\x7fóng"],
    "nghị quyết": ["x\x17nghi\x7fị quyet", "\x7f\x7fết"],
    "abc": ["bc" + LEFT + LEFT + "a"],
    "xyz": ["qxyz" + HOME + DELETE + END],
}


class Fields(App):
    def __init__(self, kind):
        super().__init__()
        self.kind = kind

    def compose(self):
        yield self.kind()

    @property
    def field(self):
        return self.query_one(self.kind)

    @property
    def held(self):
        return self.field.value if isinstance(self.field, Input) else self.field.text


async def type_in(app, pilot, *bursts):
    keyboard = Keyboard()
    for burst in bursts:
        for message in keyboard.feed(burst.encode()):
            message.set_sender(app)
            app.post_message(message)
        await pilot.pause()


KINDS = pytest.mark.parametrize("kind", [TextField, NoteField])


@KINDS
@pytest.mark.parametrize("word", BURSTS)
async def test_bursts_of_input_methods_arrive_in_order(kind, word):
    app = Fields(kind)
    async with app.run_test() as pilot:
        await type_in(app, pilot, *BURSTS[word])
        assert app.held == word
        await type_in(app, pilot, END + "\x7f" * 40, "".join(BURSTS[word]))
        assert app.held == word


letters = st.text("aăâdđeêioôơuưyàảãáạ ", min_size=1, max_size=5)
acts = st.lists(st.one_of(letters, st.sampled_from(["\x7f", "\x08", LEFT, DELETE, END])), max_size=40)


def expected(acts):
    """What a field must hold after these acts: a text and a cursor."""
    text, at = "", 0
    for act in acts:
        if act in ("\x7f", "\x08"):
            text, at = text[: max(0, at - 1)] + text[at:], max(0, at - 1)
        elif act == DELETE:
            text = text[:at] + text[at + 1 :]
        elif act in (LEFT, END):
            at = max(0, at - 1) if act == LEFT else len(text)
        else:
            text, at = text[:at] + act + text[at:], at + len(act)
    return text


@KINDS
@given(scripts=st.lists(acts, min_size=1, max_size=6))
@settings(deadline=None, max_examples=12)
async def test_any_burst_is_what_it_would_be_typed_slowly(kind, scripts):
    app = Fields(kind)
    async with app.run_test() as pilot:
        for script in scripts:
            await type_in(app, pilot, "".join(script))
            assert app.held == expected(script)
            await type_in(app, pilot, END + "\x7f" * (len(app.held) + 1))


@KINDS
@pytest.mark.parametrize(
    ("typed", "held"),
    [
        ("a\u0301", "á"),
        ("\x1b[200~nga\u0323\u0300y\x1b[201~", unicodedata.normalize("NFC", "nga\u0323\u0300y")),
        ("a" + LEFT + "x\u0301", "x\u0301a"),
        ("o\u031b\u0301", "ớ"),
    ],
)
async def test_marks_join_their_letters(kind, typed, held):
    app = Fields(kind)
    async with app.run_test() as pilot:
        await type_in(app, pilot, typed)
        assert app.held == held
        await type_in(app, pilot, "!")
        assert "!" in app.held


@KINDS
async def test_an_idle_field_does_not_blink(kind):
    app = Fields(kind)
    async with app.run_test():
        assert not app.field.cursor_blink


async def test_enter_after_a_burst_submits_what_was_typed_before_it():
    said = []

    class Asked(Fields):
        def on_input_submitted(self, event):
            said.append(event.value)

    app = Asked(TextField)
    async with app.run_test() as pilot:
        await type_in(app, pilot, "giai\x7f\x7fải\r", "n\r")
    assert said == ["giải", "giảin"]


async def test_textual_by_itself_still_lets_letters_overtake_backspaces():
    app = Fields(Input)
    async with app.run_test() as pilot:
        await type_in(app, pilot, "giai\x7f\x7fải")
        assert app.held != "giải"


@pytest.mark.pty
@pytest.mark.parametrize("kind", ["line", "note"])
def test_bursts_through_a_real_terminal(terminal, kind):
    program = terminal.python(str(ROOT / "tests" / "terminal" / "apps" / "fields.py"), kind)
    program.settle(0.3)
    for word, bursts in BURSTS.items():
        program.send("".join(bursts))
        program.wait_for(f"<{word}>")
        program.send(END + "\x7f" * (len(word) + 1))
        program.wait_for("<>")
    assert program.measured(lambda: None, quiet=1.2).output == b""
