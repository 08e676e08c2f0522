"""What the report looks like: rows, gutter, colours, sizes, and that big ones behave like small ones."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.style import Style

from reports.passage import snap
from reviewer.layout.rows import EXACT_AT_ONCE
from tests.reviewer.app_kit import rows_on, shown
from tests.reviewer.reading.kit import Reading, reading

CLEARANCE = "tiến độ giải phóng mặt bằng ở huyện Phú Bình còn chậm"


def look(at: Reading, words: str, shift: int = 0) -> Style:
    """The style in which letter `shift` of `words` is drawn."""
    x, y = at.cell_of(words, shift)
    column = 0
    for segment in at.screen.view.render_line(y):
        if column <= x < column + segment.cell_length:
            return segment.style or Style()
        column += segment.cell_length
    raise AssertionError("not on the screen")


def gutter(at: Reading, words: str) -> str:
    return at.screen.view.render_line(at.cell_of(words)[1]).text[:4]


async def test_the_current_unit_has_a_bar_and_its_words_another_ground(tmp_path: Path) -> None:
    async with reading(tmp_path) as at:
        at.go(CLEARANCE)
        await at.pilot.pause()
        assert gutter(at, "Phú Bình").startswith("▌")
        assert look(at, CLEARANCE).bgcolor != look(at, "một số dự án").bgcolor
        await at.press("j")
        assert look(at, CLEARANCE).bgcolor != look(at, "một số dự án").bgcolor


async def test_a_tag_colours_its_words_and_signs_the_gutter(tmp_path: Path) -> None:
    async with reading(tmp_path) as at:
        at.go(CLEARANCE)
        await at.press("1", "j", "3", "g")
        assert "1" in gutter(at, CLEARANCE)
        one, other = look(at, CLEARANCE), look(at, "một số dự án")
        plain = look(at, "Bên cạnh")
        assert len({one.bgcolor, other.bgcolor, plain.bgcolor}) == 3


async def test_where_annotations_overlap_there_is_a_line_and_a_plus(tmp_path: Path) -> None:
    async with reading(tmp_path) as at:
        at.go(CLEARANCE)
        await at.press("1")
        at.go("tiến độ giải phóng")
        await at.press("2", "g")
        assert look(at, "tiến độ giải phóng").underline
        assert not look(at, "còn chậm").underline
        assert gutter(at, CLEARANCE)[1:3] in ("1+", "2+")


@pytest.mark.parametrize("colours", ["16", "none"])
async def test_with_few_colours_or_none_tags_and_cursor_still_show(tmp_path: Path, colours: str) -> None:
    async with reading(tmp_path, colours=colours) as at:
        at.go(CLEARANCE)
        await at.press("1", "j")
        tagged, current, plain = look(at, CLEARANCE), look(at, "một số dự án"), look(at, "Bên cạnh")
        assert len({str(tagged), str(current), str(plain)}) == 3


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (100, 30), (40, 12), (20, 5)])
async def test_every_row_is_as_wide_as_the_screen(tmp_path: Path, size: tuple[int, int]) -> None:
    async with reading(tmp_path, size=size) as at:
        at.go(CLEARANCE)
        await at.press("1", "j", "v", "j")
        strips = at.screen._compositor.render_strips()
        assert [strip.cell_length for strip in strips] == [size[0]] * size[1]


async def test_below_100_columns_the_panel_is_under_the_text_or_away(tmp_path: Path) -> None:
    async with reading(tmp_path, size=(80, 24)) as at:
        at.go(CLEARANCE)
        await at.press("1")
        panel = at.screen.panel
        assert panel.region.y > at.screen.view.region.y
        small = panel.size.height
        await at.press("tab")
        assert panel.has_focus and panel.size.height > small
        await at.press("tab")
        assert not panel.display and at.screen.view.has_focus
        await at.press("tab")
        assert panel.display


async def test_on_a_tiny_screen_the_panel_comes_when_asked_for(tmp_path: Path) -> None:
    async with reading(tmp_path, size=(40, 10)) as at:
        at.go(CLEARANCE)
        await at.press("1")
        assert not at.screen.panel.display
        await at.press("tab")
        await at.until(lambda: at.screen.panel.has_focus)
        assert at.screen.panel.display
        await at.press("escape")
        assert not at.screen.panel.display and at.screen.view.has_focus


async def test_the_side_of_the_panel_is_a_setting(tmp_path: Path) -> None:
    async with reading(tmp_path, panel_side="left", panel_width=30) as at:
        assert at.screen.panel.region.x == 0
        assert at.screen.panel.outer_size.width == 30


async def test_a_resize_keeps_the_row_on_top_and_the_cursor_in_sight(tmp_path: Path) -> None:
    text = "Báo cáo.\n\n" + "".join(f"Đoạn {n}: tiến độ còn chậm, chưa đạt kế hoạch.\n\n" for n in range(200))
    async with reading(tmp_path, text) as at:
        at.go("Đoạn 100")
        await at.pilot.pause()
        top = at.screen.view.offset_at(4, 0)
        await at.pilot.resize_terminal(90, 30)
        await at.pilot.pause()
        x, y = at.cell_of("Đoạn 100")
        assert 0 <= y < at.screen.view.size.height
        assert abs(at.screen.view.offset_at(4, 0) - top) < 400
        assert x == 4


async def test_a_big_report_is_exact_after_a_while_and_stays_where_it_was(tmp_path: Path) -> None:
    line = "Tiến độ giải ngân vốn đầu tư công còn chậm so với kế hoạch được giao trong năm; cần đôn đốc.\n\n"
    count = EXACT_AT_ONCE // len(line) + 1000
    text = "Báo cáo dài.\n\n" + "".join(f"{n}. {line}" for n in range(count))
    async with reading(tmp_path, text) as at:
        view = at.screen.view
        at.go(f"{count - 100}. ")
        await at.pilot.pause()
        row = view.render_line(5).text
        await at.until(lambda: view._index.exact)
        assert view.render_line(5).text == row
        await at.press("G")
        assert at.said.endswith("cần đôn đốc")
        assert any(f"{count - 1}." in line for line in rows_on(at.screen.home))
        await at.press("g")
        assert "Báo cáo dài." in shown(at.screen.home)


async def test_one_huge_line_is_read_like_any_other(tmp_path: Path) -> None:
    text = "Dòng dài: " + "tiến độ chậm, kế hoạch chưa đạt; " * 5000
    async with reading(tmp_path, text) as at:
        await at.press("G", "k", "k")
        cursor = at.screen.cursor
        assert snap(at.screen.acts.document.text, cursor.start, cursor.end) == (cursor.start, cursor.end)
        assert any(row.startswith("▌") for row in rows_on(at.screen.home))


async def test_pages_turn_and_take_the_cursor_along(tmp_path: Path) -> None:
    text = "".join(f"Đoạn {n}: tiến độ còn chậm.\n\n" for n in range(200))
    async with reading(tmp_path, text) as at:
        await at.press("pagedown")
        first = at.said
        top = at.screen.view.top_row
        await at.press("pagedown")
        assert at.screen.view.top_row > top
        await at.press("pageup")
        assert at.said == first
        for _ in range(20):
            await at.press("pagedown")
        assert "199" in at.said or "còn chậm" in at.said
        assert at.screen.view.top_row == at.screen.view.max_scroll_y


async def test_text_that_looks_like_markup_stays_text(tmp_path: Path) -> None:
    text = "Mục [bold]đậm[/bold] và [@click=app.quit]bấm[/] còn chậm; mục [/] khác.\n"
    async with reading(tmp_path, text) as at:
        at.go("[@click=app.quit]bấm[/] còn chậm")
        await at.press("1", "n", "left_square_bracket", "slash", "ctrl+s")
        assert "[@click=app.quit]bấm[/]" in shown(at.screen.home)
        assert at.stored[0].exact == "[@click=app.quit]bấm[/] còn chậm"


async def test_a_selection_goes_on_over_pages_and_to_the_ends(tmp_path: Path) -> None:
    text = "".join(f"Đoạn {n}: tiến độ còn chậm.\n\n" for n in range(200))
    async with reading(tmp_path, text) as at:
        at.go("Đoạn 100: tiến độ còn chậm")
        await at.press("v", "pagedown")
        assert at.said.startswith("Đoạn 100") and at.said.count("Đoạn") > 10
        await at.press("G")
        assert at.said.count("Đoạn") == 100
        await at.press("g")
        assert at.said.count("Đoạn") == 100 and at.said.startswith("Đoạn 0:")
