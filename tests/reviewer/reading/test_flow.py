"""The main job by keys and by mouse: choose a passage, tag it, link its agency, and see it."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotations.models import Role, Severity, Status
from reports.passage import make_passage
from reviewer.screens.library import LibraryScreen
from tests.reviewer.app_kit import rows_on, shown
from tests.reviewer.reading.kit import TEXT, make_store, reading, running

CLEARANCE = "tiến độ giải phóng mặt bằng ở huyện Phú Bình còn chậm"
VIOLATIONS = "một số dự án có vi phạm từ nhiều năm chưa được giải quyết dứt điểm"
POLLUTION = "ô nhiễm môi trường còn xảy ra ở một số địa phương"


async def test_four_keys_make_an_issue_with_tag_and_lead_agency(tmp_path: Path) -> None:
    async with reading(tmp_path) as at:
        at.go("Trong quý I năm 2023")
        await at.press("J")
        await at.press("j")
        assert at.said == CLEARANCE
        await at.press("1", "a", "enter")
        (made,) = at.stored
        assert (made.exact, made.tags) == (CLEARANCE, (at.tag("gpmb-cham"),))
        (link,) = made.links
        assert link.role is Role.LEAD
        agency = next(each for each in at.store.agencies() if each.id == link.agency_id)
        assert agency.slug == "ubnd-huyen-phu-binh"
        assert "no agency yet" not in shown(at.screen.home)


async def test_a_digit_toggles_its_tag_and_an_empty_annotation_goes(tmp_path: Path) -> None:
    async with reading(tmp_path) as at:
        at.go(CLEARANCE)
        await at.press("1", "3")
        assert at.stored[0].tags == (at.tag("gpmb-cham"), at.tag("vi-pham-nhieu-nam"))
        await at.press("1")
        assert at.stored[0].tags == (at.tag("vi-pham-nhieu-nam"),)
        await at.press("3")
        assert at.stored == []
        await at.press("u")
        assert at.stored[0].tags == (at.tag("vi-pham-nhieu-nam"),)
        await at.press("ctrl+r")
        assert at.stored == []


async def test_three_problems_of_one_clause_get_their_own_passages(tmp_path: Path) -> None:
    text = (
        "Mở đầu.\n\nTình trạng vi phạm đất đai, xây dựng trái phép, ô nhiễm còn xảy ra; dịch vụ công thấp.\n"
    )
    async with reading(tmp_path, text) as at:
        at.go("Tình trạng vi phạm đất đai, xây dựng trái phép, ô nhiễm còn xảy ra")
        for digit in ("5", "6", "7"):
            await at.press("l", digit)
        assert [each.exact for each in at.stored] == [
            "Tình trạng vi phạm đất đai",
            "xây dựng trái phép",
            "ô nhiễm còn xảy ra",
        ]


async def test_a_free_selection_is_tagged_as_selected_and_then_left(tmp_path: Path) -> None:
    async with reading(tmp_path) as at:
        at.go("giải phóng mặt bằng")
        await at.press("v", "w", "w", "w")
        assert at.said == "giải phóng mặt bằng ở huyện Phú"
        assert "selecting" in shown(at.screen.home)
        await at.press("1", "2")
        (made,) = at.stored
        assert made.exact == "giải phóng mặt bằng ở huyện Phú"
        assert len(made.tags) == 2
        await at.press("j")
        assert at.said == VIOLATIONS


async def test_escape_leaves_the_selection_before_the_screen(tmp_path: Path) -> None:
    async with reading(tmp_path) as at:
        at.go(CLEARANCE)
        await at.press("shift+right", "escape")
        assert at.said == CLEARANCE
        app = at.screen.home
        await at.press("escape")
        assert isinstance(app.screen, LibraryScreen)


@pytest.mark.parametrize(
    ("keys", "field", "expected"),
    [
        (("s", "r", "enter"), "status", Status.RESOLVED),
        (("s", "h", "enter"), "severity", Severity.HIGH),
        (("s", "x", "h", "enter"), "status", Status.REJECTED),
        (("s", "x", "h", "enter"), "severity", Severity.HIGH),
        (("d", "3", "0", "/", "0", "6", "/", "2", "0", "2", "3", "enter"), "due", "2023-06-30"),
        (("n", "o", "k", "ctrl+s"), "note", "ok"),
    ],
)
async def test_standing_of_the_chosen_annotation(
    tmp_path: Path, keys: tuple[str, ...], field: str, expected: object
) -> None:
    async with reading(tmp_path) as at:
        at.go(CLEARANCE)
        await at.press("1")
        await at.press(*keys)
        assert getattr(at.stored[0], field) == expected


async def test_a_note_half_typed_is_a_draft_and_comes_back(tmp_path: Path) -> None:
    async with reading(tmp_path) as at:
        at.go(CLEARANCE)
        await at.press("1", "n", "h", "u", "y")
        await at.press("escape")
        assert at.stored[0].note == ""
        assert at.store.draft(at.stored[0].id) == "huy"
        assert "not saved yet" in shown(at.screen.home)
        await at.press("n", "ctrl+s")
        assert at.stored[0].note == "huy"


async def test_delete_says_how_to_get_it_back(tmp_path: Path) -> None:
    async with reading(tmp_path) as at:
        at.go(CLEARANCE)
        await at.press("1", "x")
        assert at.stored == []
        assert "u brings it back" in at.notices
        await at.press("u")
        assert at.said == CLEARANCE
        assert len(at.stored) == 1


@pytest.mark.parametrize("key", ["s", "d", "x"])
async def test_without_an_annotation_a_notice_says_what_to_do(tmp_path: Path, key: str) -> None:
    async with reading(tmp_path) as at:
        await at.press(key)
        assert "Put a tag on the passage first" in at.notices


async def test_brackets_go_from_annotation_to_annotation(tmp_path: Path) -> None:
    async with reading(tmp_path) as at:
        for words, digit in ((CLEARANCE, "1"), (POLLUTION, "7"), ("giải phóng mặt bằng", "2")):
            at.go(words)
            await at.press(digit)
        await at.press("g", "right_square_bracket")
        assert at.said == CLEARANCE
        await at.press("right_square_bracket")
        assert at.said == "giải phóng mặt bằng"
        await at.press("right_square_bracket", "right_square_bracket")
        assert at.said == POLLUTION
        await at.press("left_square_bracket", "left_square_bracket")
        assert at.said == CLEARANCE


async def test_cycling_opens_each_of_those_that_overlap(tmp_path: Path) -> None:
    async with reading(tmp_path) as at:
        for words, digit in ((CLEARANCE, "1"), ("giải phóng mặt bằng", "2")):
            at.go(words)
            await at.press(digit)
        at.go("mặt bằng")
        await at.press("c")
        first = at.screen.chosen()
        await at.press("c")
        second = at.screen.chosen()
        assert first and second and {first.exact, second.exact} == {CLEARANCE, "giải phóng mặt bằng"}
        opened = at.screen.panel.opened
        assert opened is not None and opened.id == second.id


async def test_panel_and_report_move_each_other(tmp_path: Path) -> None:
    async with reading(tmp_path) as at:
        for words, digit in ((CLEARANCE, "1"), (POLLUTION, "7")):
            at.go(words)
            await at.press(digit)
        await at.press("tab", "k")
        assert at.said == CLEARANCE
        await at.press("j")
        assert at.said == POLLUTION
        await at.press("tab", "k", "k")
        assert at.said == CLEARANCE
        assert at.screen.panel.cursor == 0


async def test_the_panel_flags_what_has_no_agency(tmp_path: Path) -> None:
    async with reading(tmp_path) as at:
        at.go(CLEARANCE)
        await at.press("1")
        assert "– no agency yet" in shown(at.screen.home)


async def test_another_tag_through_the_picker(tmp_path: Path) -> None:
    async with reading(tmp_path) as at:
        at.go(POLLUTION)
        await at.press("t", *"o nhiem".replace(" ", ""), "enter")
        (made,) = at.stored
        assert made.exact == POLLUTION


async def test_what_somebody_else_does_appears_and_moves_nothing(tmp_path: Path) -> None:
    async with reading(tmp_path) as at:
        at.go(CLEARANCE)
        await at.press("1")
        report = at.screen.acts.report
        with type(at.store).open(at.store.path, at.store.reviewer) as other:
            document = other.document(report.revision_id)
            start = document.text.index(POLLUTION)
            passage = make_passage(document, start, start + len(POLLUTION))
            other.annotate(report.id, report.revision_id, passage, tags=(at.tag("o-nhiem"),))
        before = at.screen.cursor, at.screen.view.top_row
        await at.until(lambda: len(at.screen.acts.annotations) == 2)
        assert (at.screen.cursor, at.screen.view.top_row) == before
        assert "2 passages" in shown(at.screen.home)


async def test_a_tag_is_put_on_what_somebody_else_has_just_changed(tmp_path: Path) -> None:
    async with reading(tmp_path) as at:
        at.go(CLEARANCE)
        await at.press("1")
        (made,) = at.stored
        at.screen.home._look_for_changes = lambda: None  # type: ignore[method-assign]
        with type(at.store).open(at.store.path, at.store.reviewer) as other:
            other.set_note(made.id, made.version, "của Lan")
        await at.press("2")
        chosen = at.screen.chosen()
        assert chosen is not None
        assert (chosen.note, len(chosen.tags)) == ("của Lan", 2)
        assert "changed this meanwhile: note" in at.notices


async def test_the_place_is_kept(tmp_path: Path) -> None:
    async with reading(tmp_path) as at:
        at.go(VIOLATIONS)
        report = at.screen.acts.report
        await at.press("escape")
        place = at.store.place(report.id)
        assert place is not None and place.share > 0
        at.screen.home.open_report(report.id)
        await at.pilot.pause()
        screen = at.screen.home.screen
        assert getattr(screen, "cursor").start == place.offset  # noqa: B009


async def test_the_same_by_mouse_alone(tmp_path: Path) -> None:
    async with reading(tmp_path) as at:
        await at.pilot.click("#report", offset=at.cell_of(CLEARANCE, 5))
        assert at.said == CLEARANCE
        await at.pilot.click("#digits", offset=(1, 0))
        assert [each.exact for each in at.stored] == [CLEARANCE]
        await at.pilot.click("#report", offset=at.cell_of(POLLUTION, 3))
        await at.pilot.click("#report", offset=(1, at.cell_of(CLEARANCE)[1]))
        assert at.said == CLEARANCE


@pytest.mark.parametrize(
    ("size", "second_row", "hints"),
    [((120, 40), True, True), ((120, 30), False, True), ((80, 24), False, True), ((80, 16), False, False)],
)
async def test_digits_and_hints_take_the_lines_there_are(
    tmp_path: Path, size: tuple[int, int], second_row: bool, hints: bool
) -> None:
    async with reading(tmp_path, size=size) as at:
        lines = rows_on(at.screen.home)[-3:]
        assert lines[-1].startswith(" t tag") == hints
        assert lines[-2].startswith(" 6 ") == second_row
        digits = lines[-3] + lines[-2] if second_row else lines[-2] if hints else lines[-1]
        assert [digit for digit in "123456789" if f" {digit} " not in digits] == []


async def test_the_first_agency_is_one_that_can_answer(tmp_path: Path) -> None:
    async with reading(tmp_path) as at:
        kinds = {agency.id: agency.kind for agency in at.store.agencies()}
        usual = {tag.id: at.store.usual_agencies(tag.id) for tag in at.store.tags()}
        vague = [tag for tag, there in usual.items() if there and kinds[there[0]] in ("collective", "role")]
        assert len(vague) > 1
        for tag in vague:
            link = at.screen.home.choices.first_link("còn chậm", [tag], [], None)
            assert link is None or kinds[link.agency_id] not in ("collective", "role")
        named = at.screen.home.choices.first_link("các sở, ban, ngành còn chậm", [], [], None)
        assert named is not None and kinds[named.agency_id] == "collective"


async def test_the_same_notice_is_there_once(tmp_path: Path) -> None:
    async with reading(tmp_path) as at:
        await at.press("]", "]", "]")
        assert at.notices == "No annotation after this one."


async def test_a_click_on_the_second_line_of_digits_puts_that_tag_on(tmp_path: Path) -> None:
    async with reading(tmp_path) as at:
        at.go(CLEARANCE)
        await at.pilot.click("#digits", offset=(1, 1))
        assert at.stored[0].tags == (at.screen.acts.digit_tags[6].id,)


async def test_a_drag_selects_from_letter_to_letter(tmp_path: Path) -> None:
    async with reading(tmp_path) as at:
        await at.pilot.mouse_down("#report", offset=at.cell_of("giải phóng"))
        await at.pilot.hover("#report", offset=at.cell_of("mặt bằng", 3))
        await at.pilot.mouse_up("#report", offset=at.cell_of("mặt bằng", 3))
        await at.pilot.pause()
        assert at.said == "giải phóng mặt "
        await at.press("1")
        assert at.stored[0].exact == "giải phóng mặt"


async def test_two_clicks_take_the_word_three_the_sentence(tmp_path: Path) -> None:
    async with reading(tmp_path) as at:
        await at.pilot.click("#report", offset=at.cell_of("Phú Bình", 1), times=2)
        assert at.said == "Phú"
        await at.pilot.click("#report", offset=at.cell_of("Phú Bình", 1), times=3)
        assert at.said.endswith(POLLUTION)


async def test_a_click_on_a_tagged_word_takes_its_passage(tmp_path: Path) -> None:
    async with reading(tmp_path) as at:
        at.go("giải phóng mặt bằng")
        await at.press("1", "g")
        await at.pilot.click("#report", offset=at.cell_of("giải phóng", 2))
        assert at.said == "giải phóng mặt bằng"


async def test_opened_at_an_annotation(tmp_path: Path) -> None:
    store = make_store(tmp_path, TEXT)
    report = store.reports()[0]
    document = store.document(report.revision_id)
    start = document.text.index(POLLUTION)
    change = store.annotate(
        report.id, report.revision_id, make_passage(document, start, start + len(POLLUTION))
    )
    async with running(store) as (app, pilot):
        app.open_report(report.id, change.items[0].item_id)
        await pilot.pause()
        cursor = getattr(app.screen, "cursor")  # noqa: B009
        assert document.text[cursor.start : cursor.end] == POLLUTION
