"""The driver in a real pseudo-terminal: bytes out, any bytes in, sizes, signals, hang-ups."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time

import psutil
import pytest

from tests.terminal.ptykit import ROOT, environment
from tests.waiting import let_pass

pytestmark = pytest.mark.pty

TOY = str(ROOT / "tests" / "terminal" / "apps" / "toy.py")


def toy(terminal, *words, lines=5000, **how):
    program = terminal.python(TOY, "own", str(lines), *words, **how)
    program.wait_for("2 mặt bằng")
    program.settle()
    return program


def at_bottom(program):
    """Press j until the text must scroll."""
    program.press(*"j" * 60)
    program.settle()


def test_bytes_per_act(terminal):
    program = toy(terminal)
    assert program.act("j").size <= 100
    at_bottom(program)
    assert program.act("j").size <= 350
    assert program.act("pagedown").size <= 4500


def test_a_panel_beside_the_text_costs_nothing_where_the_terminal_has_margins(terminal):
    program = toy(terminal, "panel", margins=True)
    at_bottom(program)
    assert program.act("j").size <= 350


def test_fewer_bytes_show_the_same_as_the_stock_driver(terminal):
    own, stock = toy(terminal, "panel"), terminal.python(TOY, "stock", "5000", "panel")
    stock.wait_for("2 mặt bằng")
    for keys in ("j", "j" * 70, ["pagedown"], ["pagedown", "k", "k"], ["pageup"] * 2):
        for program in (own, stock):
            program.press(*keys)
            program.settle()
        assert own.rows() == stock.rows()


def test_an_idle_screen_writes_nothing_and_takes_no_time(terminal):
    program = toy(terminal)
    wakes = psutil.Process(program.process.pid).num_ctx_switches().voluntary
    act = program.measured(lambda: None, quiet=1.5)
    assert act.output == b""
    assert psutil.Process(program.process.pid).num_ctx_switches().voluntary - wakes <= 10


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xfe\xe9",
        b"\x1b[1114112u",
        b"\x1b[97;1:3;R[",
        b"\x1b[M" + bytes([32, 255, 40]),
        b"\x1b[?2048;1$y\x1b[48;60000;60000;0;0t",
        b"\x1b[48;3;3;0;0t",
        b"\x1b]11;rgb:0000/0000/0000\x1b\\",
        b"\x1b[<0;99999;99999M",
        b"\x00\x9b\x90\x9d",
    ],
)
def test_hostile_keys_leave_the_program_at_work(terminal, data):
    program = toy(terminal)
    program.send(data)
    program.settle()
    program.press("pagedown")
    program.wait_for("41 trong tỉnh")
    program.settle()
    assert program.rows()[39].startswith("  79 ")


def test_a_line_that_drops_ends_the_program_at_once(terminal):
    program = toy(terminal)
    program.hang_up()
    assert program.exit_code(10) == -signal.SIGHUP


def test_a_terminal_that_goes_without_a_signal_ends_it_too(terminal):
    program = toy_that_ignores_hang_ups(terminal)
    started = time.monotonic()
    program.hang_up()
    assert program.exit_code(10) in (129, -signal.SIGHUP)
    assert time.monotonic() - started < 5


def toy_that_ignores_hang_ups(terminal):
    """The toy without a controlling terminal, so that no SIGHUP comes."""
    code = (
        "import os, runpy, sys; sys.path.insert(0, os.getcwd()); os.fork() and os._exit(os.wait()[1] >> 8);"
        f"os.setsid(); sys.argv = ['toy', 'own', '50']; runpy.run_path({TOY!r}, run_name='__main__')"
    )
    program = terminal.python("-c", code)
    program.wait_for("2 mặt bằng")
    program.settle()
    return program


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_signals_that_end_keep_their_action_even_where_they_were_ignored(terminal, number):
    code = (
        f"import runpy, signal, sys; signal.signal({int(number)}, signal.SIG_IGN); sys.path.insert(0, '.');"
        f"sys.argv = ['toy', 'own', '50']; runpy.run_path({TOY!r}, run_name='__main__')"
    )
    program = terminal.python("-c", code)
    program.wait_for("2 mặt bằng")
    program.kill(number)
    assert program.exit_code(10) == -number


def test_a_signal_to_go_on_without_a_stop_only_repaints(terminal):
    program = toy(terminal)
    before = program.rows()
    threads = psutil.Process(program.process.pid).num_threads()
    program.kill(signal.SIGCONT)
    program.wait_for(lambda p: p.output.count(b"\x1b[?1049h") >= 2)
    program.settle()
    assert program.rows() == before
    assert psutil.Process(program.process.pid).num_threads() == threads
    program.press("pagedown")
    program.wait_for("41 trong tỉnh")


def test_a_stop_from_the_keyboard_of_a_shell_is_not_obeyed(terminal):
    program = toy(terminal)
    program.kill(signal.SIGTSTP)
    program.press("pagedown")
    program.wait_for("41 trong tỉnh")
    assert psutil.Process(program.process.pid).status() != psutil.STATUS_STOPPED


def test_a_window_of_another_size_shows_what_a_new_program_would(terminal):
    program = toy(terminal, "panel")
    for columns, rows in ((80, 24), (200, 50), (20, 5), (119, 39), (120, 40)):
        program.resize(columns, rows)
    program.settle()
    program.resize(100, 30)
    program.settle(0.3)
    fresh = toy(terminal, "panel", size=(100, 30))
    assert program.rows() == fresh.rows()


def test_a_size_there_and_back_again_leaves_the_screen_whole(terminal):
    program = toy(terminal, "panel")
    before = program.rows()
    for _ in range(5):
        program.resize(40, 10)
        program.resize(120, 40)
    program.settle(0.3)
    assert program.rows() == before


def test_a_window_of_absurd_size_costs_no_memory(terminal):
    program = terminal.python(TOY, "own", "5000", size=(120, 40))
    program.wait_for("2 mặt bằng")
    program._set_size(65535, 65535)
    program.settle(0.5)
    assert program.resident() < 250e6
    program.press("q")
    assert program.exit_code() == 0


def test_sizes_in_the_environment_do_not_count_where_a_terminal_tells(terminal):
    program = toy(terminal, COLUMNS="65535", LINES="65535")
    assert program.resident() < 150e6
    assert program.rows()[39]


def test_while_nobody_reads_the_program_lives_and_no_frames_pile_up(terminal):
    program = toy(terminal)
    written = len(program.output)
    for _ in range(60):
        os.write(program._master, b"\x1b[6~")
        # Nobody reads meanwhile, and the keys come no faster than a hand presses them.
        let_pass(0.02)
    program.settle(0.3)
    assert len(program.output) - written < 60 * 4000
    seen = program.rows()
    program.kill(signal.SIGCONT)
    program.settle(0.3)
    assert program.rows() == seen


def test_a_stalled_line_does_not_keep_a_signal_from_ending_it(terminal):
    program = toy(terminal)
    for _ in range(40):
        os.write(program._master, b"\x1b[6~")
    # The stall is what is tested: nobody reads for as long as this lasts.
    let_pass(0.5)
    program.kill(signal.SIGTERM)
    assert program.process.wait(5) == -signal.SIGTERM


def test_leaving_restores_the_terminal_quickly(terminal):
    program = toy(terminal)
    start = len(program.output)
    program.press("q")
    assert program.exit_code() == 0
    left = program.output[start:]
    for mode in (b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?2004l", b"\x1b[?1000l", b"\x1b[?1006l", b"\x1b[?7h"):
        assert mode in left
    assert re.search(rb"\x1b\[(?:0)?m\x1b\[\?1049l", left)


def test_a_crash_tells_where_but_not_what_people_wrote(terminal):
    program = toy(terminal)
    program.press("b")
    assert program.exit_code() != 0
    assert b"as was asked for" in program.output
    assert b"the words of a reviewer" not in program.output.replace(
        b'secret = "the words of a reviewer"', b""
    )
    assert b"/Users" not in program.output


@pytest.mark.parametrize("term", ["xterm", "screen-256color", "tmux-256color", "linux", "dumb", "none"])
def test_every_terminal_shows_the_text(terminal, term):
    program = toy(terminal, TERM=term, COLORTERM="")
    at_bottom(program)
    program.wait_for("60 thấp; tình")
    assert program.process.poll() is None


def test_without_a_terminal_to_read_from_it_does_not_spin(tmp_path):
    process = subprocess.run(
        [sys.executable, TOY, "own", "10"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        env=environment(tmp_path),
        cwd=ROOT,
        timeout=60,
        check=False,
    )
    assert process.returncode == 129
