"""The issue list: what it shows, how it is narrowed, what its keys do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotations.models import Link, Role, Severity, Status
from annotations.store import Store
from reports.passage import make_passage
from reviewer.screens.reading import ReadingScreen
from tests.reviewer.app_kit import rows_on
from tests.reviewer.issues.kit import listing, make_issues


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with make_issues(tmp_path) as made:
        yield made


def row_of(page: str, number: int) -> str:
    return next(row for row in page.split("\n") if row[2:9].strip() == str(number))


async def test_every_issue_is_a_row_with_what_matters(store: Store) -> None:
    async with listing(store, language="vi", size=(160, 40)) as listed:
        assert listed.ids == [1, 2, 3, 4, 5]
        row = row_of(listed.page, 1)
        assert "tiến độ giải phóng" in row and "UBND huyện Phú Bình" in row and "30/06/2023" in row
        assert " 5 · ! 1 " in rows_on(listed.app)[0]


async def test_overdue_and_grave_stand_out_without_colour(store: Store) -> None:
    async with listing(store) as listed:
        assert "! 30 Jun 2023" in row_of(listed.page, 1)
        assert "▲" in row_of(listed.page, 1)
        assert "!" not in row_of(listed.page, 3), "settled issues are not overdue"
        assert "!" not in row_of(listed.page, 4)


async def test_what_is_missing_is_said(store: Store) -> None:
    async with listing(store) as listed:
        assert "– no agency" in row_of(listed.page, 5)


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 16), (200, 60)])
async def test_no_row_is_wider_than_the_screen(store: Store, size: tuple[int, int]) -> None:
    async with listing(store, size=size) as listed:
        rows = rows_on(listed.app)
        assert len(rows) == size[1] and all(len(row) <= size[0] for row in rows)
        assert "overdue" in rows[0] and "open" in listed.page and "30 Jun 2023" in listed.page


async def test_the_whole_of_the_current_issue_is_below(store: Store) -> None:
    async with listing(store) as listed:
        await listed.until(lambda: "overdue since 30 Jun 2023" in listed.page)
        await listed.press("j")
        await listed.until(lambda: "chưa được giải quyết dứt điểm" in listed.page)
        assert "lead: " in listed.page


@pytest.mark.parametrize("width", [60, 80, 120])
async def test_coordinating_agencies_have_fair_room_or_no_label(store: Store, width: int) -> None:
    agencies = {agency.slug: agency.id for agency in store.agencies()}
    store.edit_many([(1, 1)], add_links=[
        Link(agencies["ubnd-huyen-dong-hy"], Role.LEAD), Link(agencies["so-tnmt"], Role.LEAD),
        Link(agencies["so-xd"], Role.COORDINATING),
    ])  # fmt: skip
    async with listing(store, size=(width, 30)) as listed:
        row = next(row for row in rows_on(listed.app) if row.strip().startswith("lead: "))
        _lead, label, names = row.partition("coordinating: ")
        assert not label or len(names.strip()) >= 8
        assert label or width < 80


async def test_the_last_comment_is_quoted_where_there_is_a_row(store: Store) -> None:
    store.comment(1, "Huyện hẹn tháng sau")
    store.comment(1, "Đã có văn bản trả lời")
    async with listing(store) as listed:
        assert "2 comments · lan" in listed.page and "lan: Đã có văn bản trả lời" in listed.page


async def test_enter_opens_the_report_at_the_passage_and_esc_comes_back_to_the_row(store: Store) -> None:
    async with listing(store, "giải") as listed:
        await listed.press("j", "j")
        before, found = listed.current, listed.ids
        await listed.pilot.press("enter")
        await listed.until(lambda: isinstance(listed.app.screen, ReadingScreen))
        await listed.pilot.pause()
        reading = listed.app.screen
        assert isinstance(reading, ReadingScreen)
        there = store.annotation(before or 0)
        assert (reading.cursor.start, reading.cursor.end) == (there.start, there.end)
        while isinstance(listed.app.screen, ReadingScreen):
            await listed.pilot.press("escape")
            await listed.pilot.pause()
        assert listed.app.screen is listed.screen
        assert (listed.current, listed.ids, listed.screen.line.text) == (before, found, "giải")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("agency:stnmt", [2, 3]),
        ("so tai nguyen", []),
        ("status:open", [1, 2, 5]),
        ("overdue", [1]),
        ("!tag:gpmb-cham", [2, 3, 5]),
        ("agency:none", [5]),
        ("giai phong", [1, 4]),
        ("status:open giai", [1, 2, 5]),
    ],
)
async def test_the_filter_narrows_while_one_types(store: Store, typed: str, found: list[int]) -> None:
    async with listing(store) as listed:
        await listed.press("slash")
        await listed.type(typed)
        assert listed.ids == found
        await listed.press("enter")
        assert listed.screen.rows.has_focus
        assert f"{len(found)} of 5" in rows_on(listed.app)[0]


async def test_esc_forgets_what_was_typed(store: Store) -> None:
    async with listing(store, "status:open") as listed:
        await listed.press("f")
        await listed.type(" giai ngan")
        assert listed.ids == [5]
        await listed.press("escape")
        assert listed.ids == [1, 2, 5] and listed.screen.line.text == "status:open"


async def test_esc_drops_a_refused_filter_before_it_leaves(store: Store) -> None:
    async with listing(store) as listed:
        await listed.press("f")
        await listed.type("status:open ")
        await listed.type("agncy:x")
        await listed.press("enter")
        assert "The list stays as it was" in listed.page
        await listed.press("escape")
        assert "▲ “" not in listed.page and listed.screen.line.text == "status:open"
        screen = listed.screen
        await listed.pilot.press("escape")
        await listed.pilot.pause()
        assert screen not in listed.app.screen_stack


async def test_the_filter_is_there_again_next_time(store: Store) -> None:
    async with listing(store) as listed:
        await listed.press("slash")
        await listed.type("overdue")
        await listed.press("enter")
    async with listing(store) as listed:
        assert listed.screen.line.text == "overdue" and listed.ids == [1]


async def test_c_shows_everything_again(store: Store) -> None:
    async with listing(store, "xyzzy") as listed:
        assert listed.ids == [] and "Nothing fits this filter" in listed.page
        await listed.press("c")
        assert listed.ids == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("key", "text", "found"), [("A", "agency:so-tnmt", [2, 3]), ("T", "tag:vi-pham-nhieu-nam", [2])]
)
async def test_capitals_narrow_to_what_the_row_has_and_widen_again(
    store: Store, key: str, text: str, found: list[int]
) -> None:
    async with listing(store) as listed:
        await listed.press("j", key)
        assert listed.screen.line.text == text and listed.ids == found and listed.current == 2
        await listed.press(key)
        assert listed.ids == [1, 2, 3, 4, 5] and listed.current == 2


async def test_r_narrows_to_the_report(store: Store) -> None:
    async with listing(store) as listed:
        await listed.press("end", "R")
        assert listed.ids == [4, 5]


async def test_status_due_tag_agency_and_note_are_set_as_in_reading(store: Store) -> None:
    async with listing(store) as listed:
        await listed.press("j")
        await listed.press("s", "p", "enter")
        await listed.press("s", "h", "enter")
        await listed.press("d", "3", "1", "slash", "1", "2", "slash", "2", "0", "2", "3", "enter")
        await listed.press("n", *"nhắc", "ctrl+s")
        await listed.press("t", *"gpmb", "enter")
        there = listed.stored(2)
        assert (there.status, there.severity) == (Status.IN_PROGRESS, Severity.HIGH)
        assert (there.due, there.note) == ("2023-12-31", "nhắc")
        assert listed.tag_slugs(2) == ["vi-pham-nhieu-nam", "gpmb-cham"]
        assert "in progress" in row_of(listed.page, 2) and "31 Dec 2023" in row_of(listed.page, 2)
        await listed.press("a", *"so xay dung", "enter")
        assert len(listed.stored(2).links) == 2
        for _ in range(6):
            await listed.press("u")
        there = listed.stored(2)
        assert (there.status, there.severity, there.due, there.note) == (Status.OPEN, None, None, "")
        await listed.press("ctrl+r")
        assert listed.stored(2).status is Status.IN_PROGRESS


async def test_a_deleted_issue_goes_and_undo_brings_it_back(store: Store) -> None:
    async with listing(store) as listed:
        await listed.press("j", "x")
        assert listed.ids == [1, 3, 4, 5] and listed.current == 3
        await listed.press("u")
        assert listed.ids == [1, 2, 3, 4, 5] and listed.current == 3


async def test_a_row_that_fits_no_more_leaves_and_the_cursor_goes_on(store: Store) -> None:
    async with listing(store, "status:open") as listed:
        await listed.press("j", "s", "r", "enter")
        assert listed.ids == [1, 5] and listed.current == 5


async def test_what_others_do_is_shown_and_the_cursor_stays_on_its_issue(store: Store) -> None:
    async with listing(store) as listed:
        await listed.press("j", "j")
        assert listed.current == 3
        report = store.report(store.annotation(1).report_id)
        document = store.document(report.revision_id)
        with Store.open(store.path, "minh", create=False) as other:
            other.annotate(report.id, report.revision_id, make_passage(document, 0, 8))
            other.set_status(3, 1, Status.OPEN)
        await listed.until(lambda: 6 in listed.ids and "open" in row_of(listed.page, 3))
        assert listed.current == 3 and listed.ids[0] == 6


async def test_what_somebody_was_faster_with_is_not_overwritten(store: Store) -> None:
    async with listing(store) as listed:
        await listed.press("s")
        with Store.open(store.path, "minh", create=False) as other:
            other.set_status(1, 1, Status.REJECTED)
        await listed.press("r", "enter")
        assert "minh changed this meanwhile" in listed.page
        assert listed.stored(1).status is Status.REJECTED


async def test_e_exports_what_is_shown(store: Store) -> None:
    async with listing(store, "agency:stnmt") as listed:
        await listed.press("e")
        assert "2 issues · agency:stnmt" in listed.page


async def test_a_click_chooses_and_a_double_click_opens(store: Store) -> None:
    async with listing(store) as listed:
        await listed.pilot.click("#issues", offset=(30, 2))
        assert listed.current == 3
        await listed.pilot.click("#issues", offset=(30, 1), times=2)
        await listed.until(lambda: isinstance(listed.app.screen, ReadingScreen))


async def test_a_link_list_names_leads_before_others(store: Store) -> None:
    agency = next(one for one in store.agencies() if one.slug == "so-xd")
    store.link(1, 1, agency.id, Role.COORDINATING)
    assert Link(agency.id, Role.COORDINATING) in store.annotation(1).links
    async with listing(store, language="vi", size=(160, 40)) as listed:
        await listed.until(lambda: "Sở Xây dựng" in listed.page)
        assert "UBND huyện Phú Bình" in row_of(listed.page, 1)


async def test_the_issue_list_is_not_opened_twice(store: Store) -> None:
    async with listing(store) as listed:
        await listed.press("j")
        await listed.pilot.press("enter")
        await listed.until(lambda: isinstance(listed.app.screen, ReadingScreen))
        await listed.pilot.pause()
        depth = len(listed.app.screen_stack)
        await listed.pilot.press("L")
        await listed.until(lambda: listed.app.screen is listed.screen)
        assert len(listed.app.screen_stack) == depth - 1 and listed.current == 2


async def test_a_wrong_word_is_said_at_its_place_and_the_last_list_stays(store: Store) -> None:
    async with listing(store) as listed:
        await listed.press("slash")
        await listed.type("status:open ")
        assert listed.ids == [1, 2, 5]
        await listed.type("stats:x giai")
        assert listed.ids == [1, 2, 5], "the words that can be understood are not taken for the filter"
        row = next(row for row in rows_on(listed.app) if "stats:" in row and "▲" in row)
        assert "The list stays as it was" in row and "status:" in row
        assert row.index("▲") == listed.page.split("\n")[1].index("stats")
        assert "3 of 5" in rows_on(listed.app)[0]
        await listed.press("enter")
        assert listed.screen.rows.has_focus, "keys are for the list again"
        assert "The list stays as it was" in listed.page and listed.ids == [1, 2, 5]
        await listed.press("j")
        assert listed.current == 2
        await listed.press("slash", "escape")
        assert listed.screen.line.text == "status:open" and "▲ “" not in listed.page
    async with listing(store) as listed:
        assert listed.screen.line.text == "status:open"


async def test_the_list_stands_still_while_others_work(tmp_path: Path) -> None:
    with make_issues(tmp_path) as store:
        report = store.report(store.annotation(1).report_id)
        document = store.document(report.revision_id)
        for _ in range(60):
            store.annotate(report.id, report.revision_id, make_passage(document, 0, 8))
        async with listing(store, size=(100, 24)) as listed:
            await listed.press("end", *["k"] * 20, "space", "k", "k")
            before = (listed.current, listed.screen.rows.top_row, listed.screen.rows.rows_above)
            marked = listed.marked
            with Store.open(store.path, "minh", create=False) as other:
                made = other.annotate(report.id, report.revision_id, make_passage(document, 0, 8)).items[0]
                other.set_due(listed.current or 0, 1, "2023-09-09")
            await listed.until(lambda: made.item_id in listed.ids and "9 Sep 2023" in listed.page)
            assert listed.current == before[0] and listed.screen.rows.rows_above == before[2]
            assert listed.marked == marked != set()
            assert "1 marked" in rows_on(listed.app)[0]
