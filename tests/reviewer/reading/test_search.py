"""Finding words in the report and filtering the panel."""

from __future__ import annotations

from pathlib import Path

from tests.reviewer.app_kit import shown
from tests.reviewer.reading.kit import Reading, reading

CLEARANCE = "tiến độ giải phóng mặt bằng ở huyện Phú Bình còn chậm"
POLLUTION = "ô nhiễm môi trường còn xảy ra ở một số địa phương"


async def type_words(at: Reading, words: str) -> None:
    keys = [{" ": "space", ":": "colon", "-": "minus"}.get(letter, letter) for letter in words]
    await at.press(*keys)


async def test_words_without_accents_are_found_and_their_clause_becomes_the_range(tmp_path: Path) -> None:
    async with reading(tmp_path) as at:
        await at.press("slash")
        await type_words(at, "giai phong")
        await at.until(lambda: "1 of 1" in shown(at.screen.home))
        await at.press("enter")
        assert at.said == CLEARANCE
        await at.press("minus")
        assert at.said == "giải phóng"
        await at.press("plus")
        assert at.said == CLEARANCE
        await at.press("1")
        assert [each.exact for each in at.stored] == [CLEARANCE]


async def test_the_keys_that_go_through_matches_take_their_clauses(tmp_path: Path) -> None:
    async with reading(tmp_path) as at:
        await at.press("slash")
        await type_words(at, "con xay")
        await at.until(lambda: "1 of 1" in shown(at.screen.home))
        await at.press("enter", "g", "g", "greater_than_sign")
        assert at.said == POLLUTION
        await at.press("minus", "7")
        assert [each.exact for each in at.stored] == ["còn xảy"]


async def test_matches_are_gone_through_in_both_directions_and_round(tmp_path: Path) -> None:
    async with reading(tmp_path) as at:
        await at.press("slash")
        await type_words(at, "con")
        await at.until(lambda: "1 of 2" in shown(at.screen.home))
        await at.press("enter")
        places = [at.screen.cursor.start]
        for key in ("greater_than_sign", "greater_than_sign", "less_than_sign"):
            await at.press(key)
            places.append(at.screen.cursor.start)
        assert places[0] < places[1]
        assert places[2:] == places[:2]


async def test_escape_while_typing_goes_back_to_where_one_was(tmp_path: Path) -> None:
    text = "Mở đầu.\n\n" + "Đoạn văn bình thường.\n\n" * 60 + "Chỗ cần tìm ở đây.\n"
    async with reading(tmp_path, text) as at:
        before = at.screen.cursor
        await at.press("slash")
        await type_words(at, "can tim")
        await at.until(lambda: at.screen.view.top_row > 0)
        await at.press("escape")
        assert at.screen.cursor == before
        assert at.screen.view.top_row == 0
        assert "can tim" not in shown(at.screen.home)


async def test_nothing_found_is_said(tmp_path: Path) -> None:
    async with reading(tmp_path) as at:
        await at.press("slash")
        await type_words(at, "xyz")
        await at.until(lambda: "not found" in shown(at.screen.home))
        await at.press("enter", "escape")
        assert "not found" not in shown(at.screen.home)


async def test_the_panel_shows_what_the_filter_finds(tmp_path: Path) -> None:
    async with reading(tmp_path) as at:
        for words, digit in ((CLEARANCE, "1"), (POLLUTION, "7")):
            at.go(words)
            await at.press(digit)
        await at.press("f")
        await type_words(at, "tag:gpmb")
        await at.press("enter")
        assert [each.exact for each in at.screen.panel.items] == [CLEARANCE]
        assert "1 of 2 passages" in shown(at.screen.home)
        await at.press("escape")
        assert len(at.screen.panel.items) == 2


async def test_a_filter_that_means_nothing_is_explained_in_place(tmp_path: Path) -> None:
    async with reading(tmp_path) as at:
        at.go(CLEARANCE)
        await at.press("1", "f")
        await type_words(at, "status:opne")
        await at.press("enter")
        assert at.screen.asking.asking
        assert "Did you mean" in shown(at.screen.home)
        await at.press("escape")
        assert len(at.screen.panel.items) == 1
