"""The compact screen: what it leaves out, what it keeps, how it is chosen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.store import Store
from reports.load import load_bytes
from reviewer import compact, theme
from reviewer.app import ReviewerApp
from reviewer.colours import Depth, Ground, tag_style
from reviewer.settings import Settings
from reviewer.widgets.report_paint import SHORT, ends
from tests.reviewer.app_kit import TEXT, shown


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "reviewer.db", "lan") as opened:
        loaded = load_bytes(TEXT.encode(), "a.txt")
        opened.add_report(loaded.document, title="Giao ban")
        yield opened


@pytest.mark.parametrize(
    ("asked", "chosen", "setting", "wanted"),
    [
        (None, "", False, False),
        (None, "", True, True),
        (None, "on", False, True),
        (None, "off", True, False),
        (True, "off", False, True),
        (False, "on", True, False),
    ],
)
def test_the_command_line_goes_before_the_key_and_that_before_the_file(
    store, asked, chosen, setting, wanted
) -> None:
    if chosen:
        store.remember("compact", chosen)
    assert compact.is_wanted(asked, Settings(compact=setting), store) is wanted


async def test_a_key_changes_it_and_the_next_session_begins_so(store) -> None:
    settings = Settings(resume=False)
    app = ReviewerApp(store, settings)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        panel = app.screen.query_one("#panel")
        assert app.theme == theme.DARK and panel.styles.border_left[0] == "vkey"
        await pilot.press("f7")
        await pilot.pause()
        assert app.theme == theme.COMPACT and panel.styles.border_left[0] == ""
        assert compact.is_wanted(None, settings, store)
        await pilot.press("f7")
        await pilot.pause()
        assert app.theme == theme.DARK and panel.styles.border_left[0] == "vkey"
        assert not compact.is_wanted(None, settings, store)


async def test_the_key_for_dark_and_light_leaves_the_compact_screen_as_it_is(store) -> None:
    app = ReviewerApp(store, Settings(resume=False), compact=True)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("f9")
        assert app.theme == theme.COMPACT


async def test_a_step_onto_a_passage_moves_nothing_in_the_panel_until_one_goes_there(store) -> None:
    app = ReviewerApp(store, Settings(resume=False), compact=True)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("1", "j", "2")
        await pilot.pause()
        panel = app.screen.query_one("#panel")
        assert panel.opened is not None
        closed = panel.total_rows()
        await pilot.press("k")
        await pilot.pause()
        assert panel.total_rows() == closed
        await pilot.press("tab")
        await pilot.pause()
        assert panel.has_focus and panel.total_rows() > closed
        await pilot.press("tab")
        await pilot.pause()
        assert panel.total_rows() == closed


BORDERS = set("─│▏▕▔▁━┃╭╮╰╯")


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
@pytest.mark.parametrize(
    "keys",
    [
        ["enter"],
        ["enter", "1", "tab"],
        ["enter", "1", "t"],
        ["enter", "1", "n"],
        ["L"],
        ["L", "tab"],
        ["A"],
        ["T"],
        ["enter", "W"],
    ],
    ids="-".join,
)
async def test_no_screen_draws_a_rule(store, size, keys) -> None:
    app = ReviewerApp(store, Settings(resume=False), compact=True)
    async with app.run_test(size=size) as pilot:
        for key in keys:
            await pilot.press(key)
            await pilot.pause()
        assert not BORDERS & set(shown(app)), shown(app)


@pytest.mark.parametrize("depth", [Depth.ANSI, Depth.NONE])
def test_a_tag_lays_no_ground_on_its_words_and_is_not_told_by_colour_alone(depth: Depth) -> None:
    ground = Ground(depth, True, thin=True)
    for strong in (False, True):
        style = tag_style(("c1",), ground, strong, False)
        assert style.bgcolor is None and style.underline
    assert tag_style(("c1",), ground, False, True) != tag_style(("c1",), ground, False, False)


@given(st.text("ab \nế", min_size=1, max_size=60), st.data())
def test_the_cursor_shows_at_both_its_ends_and_nowhere_else(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    shown = ends(text, start, end)
    assert shown[0][0] == start and shown[-1][1] == end
    assert all(start <= a <= b <= end for a, b in shown)
    if len(shown) == 2:
        (_, first), (last, _) = shown
        assert first <= last and end - start > SHORT
        assert text[first] in " \n"
    else:
        assert end - start <= SHORT or not set(" \n") & set(text[start:end])
