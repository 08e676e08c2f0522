from __future__ import annotations

import subprocess
import sys

import pytest

from reviewer.settings import Settings
from reviewer.terminal import environment
from reviewer.terminal.environment import clamped, erases_with_background, prepare, terminal_size


def prepared(settings=None, **environ):
    prepare(settings, environ)
    return environ


def test_what_textual_reads_is_set_for_a_quiet_terminal():
    assert prepared() == {
        "TEXTUAL_ANIMATIONS": "none",
        "TEXTUAL_SMOOTH_SCROLL": "0",
        "TEXTUAL_DISABLE_KITTY_KEY": "1",
        "TEXTUAL_FPS": "60",
        "ESCDELAY": "50",
    }


def test_what_the_user_has_set_stays():
    mine = {
        "TEXTUAL_FPS": "10",
        "ESCDELAY": "200",
        "TEXTUAL_COLOR_SYSTEM": "256",
        "TEXTUAL_ANIMATIONS": "full",
    }
    assert prepared(Settings(colours="truecolor"), **mine).items() >= mine.items()


def test_fewer_frames_and_more_patience_over_ssh():
    there = prepared(SSH_CONNECTION="10.0.0.1 1 10.0.0.2 22")
    assert int(there["TEXTUAL_FPS"]) < 60
    assert int(there["ESCDELAY"]) > 50


def test_the_compact_screen_draws_fewer_still():
    frames = [int(prepared()["TEXTUAL_FPS"])]
    for how in ({}, {"compact": True}):
        environ = {"SSH_TTY": "/dev/pts/0"}
        prepare(None, environ, **how)
        frames.append(int(environ["TEXTUAL_FPS"]))
    assert frames == sorted(frames, reverse=True) and len(set(frames)) == 3


@pytest.mark.parametrize(
    ("environ", "colours"),
    [
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, "256"),
        ({"TERM": "xterm-256color"}, "256"),
        ({"TERM": "xterm", "COLORTERM": "24bit"}, "256"),
        ({"TERM": "linux"}, None),
        ({"TERM": "xterm-256color", "TEXTUAL_COLOR_SYSTEM": "truecolor"}, "truecolor"),
    ],
)
def test_over_ssh_colours_are_named_by_number_where_the_terminal_knows_them(environ, colours):
    assert prepared(SSH_CONNECTION="10.0.0.1 1 10.0.0.2 22", **environ).get("TEXTUAL_COLOR_SYSTEM") == colours
    here = {**environ}
    here.pop("TEXTUAL_COLOR_SYSTEM", None)
    assert "TEXTUAL_COLOR_SYSTEM" not in prepared(**here)


@pytest.mark.parametrize(
    "name",
    [
        "TEXTUAL",
        "TEXTUAL_DRIVER",
        "TEXTUAL_LOG",
        "TEXTUAL_PRESS",
        "TEXTUAL_SCREENSHOT",
        "TEXTUAL_SCREENSHOT_LOCATION",
        "TEXTUAL_SCREENSHOT_FILENAME",
        "TEXTUAL_DEBUG",
        "TEXTUAL_DEVTOOLS_HOST",
        "TEXTUAL_ALLOW_SIGNALS",
        "TEXTUAL_WHAT_COMES_NEXT",
    ],
)
def test_what_would_act_is_dropped(name):
    assert name not in prepared(**{name: "devtools"})


@pytest.mark.parametrize(
    ("colours", "expected"),
    [
        ("auto", {}),
        ("truecolor", {"TEXTUAL_COLOR_SYSTEM": "truecolor"}),
        ("256", {"TEXTUAL_COLOR_SYSTEM": "256"}),
        ("16", {"TEXTUAL_COLOR_SYSTEM": "standard"}),
        ("none", {"NO_COLOR": "1"}),
    ],
)
def test_colours_of_the_settings(colours, expected):
    environ = prepared(Settings(colours=colours))
    assert {
        name: environ[name] for name in ("TEXTUAL_COLOR_SYSTEM", "NO_COLOR") if name in environ
    } == expected


def test_a_colour_system_that_does_not_exist_is_dropped():
    assert "TEXTUAL_COLOR_SYSTEM" not in prepared(TEXTUAL_COLOR_SYSTEM="plaid")


def test_preparing_imports_nothing_of_textual_or_rich():
    code = (
        "import sys; from reviewer.terminal.environment import prepare; prepare();"
        "sys.exit(bool({'textual', 'rich', 'asyncio'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_every_name_is_one_that_textual_reads():
    import inspect

    from textual import constants

    source = inspect.getsource(constants)
    for name in {*environment._HARMLESS, *prepared()}:
        assert f'"{name}"' in source


@pytest.mark.parametrize(
    ("asked", "given"),
    [((120, 40), (120, 40)), ((65535, 65535), (500, 200)), ((0, 0), (1, 1)), ((1, 1000), (1, 200))],
)
def test_sizes_are_clamped(asked, given):
    assert clamped(*asked) == given


def test_without_a_terminal_the_size_is_what_the_environment_says(monkeypatch):
    monkeypatch.setenv("COLUMNS", "99999999999999")
    monkeypatch.setenv("LINES", "33")
    assert terminal_size() == (500, 33)
    monkeypatch.setenv("COLUMNS", "wide")
    monkeypatch.delenv("LINES")
    assert terminal_size() == (80, 24)


@pytest.mark.parametrize(
    ("term", "erases"),
    [
        ("xterm-256color", True),
        ("alacritty", True),
        ("xterm-kitty", True),
        ("screen-256color", False),
        ("tmux-256color", False),
        ("linux", False),
        ("vt100", False),
        ("no-such-terminal", False),
        ("", False),
    ],
)
def test_which_terminals_erase_in_colour(term, erases):
    assert erases_with_background(term) is erases
