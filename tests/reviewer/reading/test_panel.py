"""What the panel and the line of digits say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from annotations.models import Agency, Annotation, Comment, Link, Role, Severity, Status, Tag
from reviewer.i18n import set_language
from reviewer.layout.cells import width
from reviewer.widgets.digit_bar import short_labels
from reviewer.widgets.panel_lines import CLOSED_LINES, Directory, Line, closed_lines, open_lines
from tests.reviewer.app_kit import rows_on
from tests.reviewer.reading.kit import reading

TODAY = date(2023, 7, 1)
CLEARANCE = "tiến độ giải phóng mặt bằng ở huyện Phú Bình còn chậm"
POLLUTION = "ô nhiễm môi trường còn xảy ra ở một số địa phương"


@pytest.fixture(autouse=True)
def english() -> None:
    set_language("en")


def a_tag(number: int, label: str, digit: int | None = None) -> Tag:
    return Tag(
        number, f"t{number}", f"k{number}", label, label, "", "", "c1", None, digit, (), number, 1, False
    )


def an_agency(number: int, name: str) -> Agency:
    return Agency(number, f"a{number}", name, "", "", "", "", None, None, None, (), (), "", 1, False)


DIRECTORY = Directory(
    {1: a_tag(1, "Slow site clearance", 1), 2: a_tag(2, "Works behind schedule")},
    {1: an_agency(1, "UBND huyện Phú Bình"), 2: an_agency(2, "Sở Tài nguyên và Môi trường")},
    {1: 1},
)
PLAIN = Annotation(
    7, "", 1, 1, 0, 9, "tiến độ chậm", "", "", "", 1, (1,), (), "", None, Status.OPEN, None, None, "mai",
    "2023-06-30T08:00:00Z", "2023-06-30T09:31:00Z", 1, False,
)  # fmt: skip
FULL = replace(
    PLAIN,
    tags=(2, 1),
    links=(Link(2, Role.COORDINATING), Link(1, Role.LEAD)),
    note="Đôn đốc huyện báo cáo.",
    severity=Severity.HIGH,
    due="2023-06-30",
)


def said(lines: list[Line]) -> list[str]:
    return ["".join(text for text, _style in line).rstrip() for line in lines]


def test_an_open_annotation_says_everything_the_lead_first() -> None:
    assert said(open_lines(FULL, DIRECTORY, 40, TODAY)) == [
        "1  Works behind schedule",
        "   Slow site clearance",
        "   “tiến độ chậm”",
        "   UBND huyện Phú Bình              lead",
        "   Sở Tài nguyên và Môi     coordinating",
        "   trường",
        "   Đôn đốc huyện báo cáo.",
        "   open · high severity",
        "   ! overdue since 30 Jun 2023",
        "   #7 · mai · 30 Jun 2023 09:31",
    ]


def test_what_is_overdue_has_a_sign_while_it_is_closed_too() -> None:
    assert said(closed_lines(FULL, DIRECTORY, 40, TODAY))[0].endswith("+1 !")
    assert said(closed_lines(PLAIN, DIRECTORY, 40, TODAY))[0] == "1  Slow site clearance"
    settled = replace(FULL, status=Status.REJECTED)
    assert said(closed_lines(settled, DIRECTORY, 40, TODAY))[0].endswith("+1")


def test_the_last_comment_and_the_owner_are_in_sight() -> None:
    talk = [
        Comment(1, 7, "mai", "Đã hỏi huyện.", "2023-06-29T08:00:00Z", "2023-06-29T08:00:00Z", 1),
        Comment(2, 7, "lan", "Huyện trả lời:\nchờ biên bản.", "2023-07-01T09:31:00Z", "", 1),
    ]
    directory = Directory(DIRECTORY.tags, DIRECTORY.agencies, DIRECTORY.digits, lambda _number: talk)
    lines = said(open_lines(replace(PLAIN, owner="minh"), directory, 40, TODAY))
    assert lines[3:] == [
        "   open · owner minh",
        "   #7 · mai · 30 Jun 2023 09:31",
        "   2 comments · lan · 09:31",
        "     Huyện trả lời: chờ biên bản.",
    ]


def test_what_is_settled_is_not_overdue() -> None:
    lines = said(open_lines(replace(FULL, status=Status.RESOLVED), DIRECTORY, 60, TODAY))
    assert any("resolved" in line and "due 30 Jun 2023" in line for line in lines)
    assert not any("overdue" in line for line in lines)


def test_a_draft_and_a_missing_agency_are_flagged() -> None:
    lines = said(open_lines(PLAIN, DIRECTORY, 40, TODAY, draft=True))
    assert "   – no agency yet" in lines
    assert any("not saved yet" in line for line in lines)


@pytest.mark.parametrize("cells", [12, 24, 42, 80])
@pytest.mark.parametrize("annotation", [PLAIN, FULL, replace(PLAIN, tags=(), exact="漢字" * 60)])
def test_no_line_is_wider_than_the_panel(annotation: Annotation, cells: int) -> None:
    closed = closed_lines(annotation, DIRECTORY, cells)
    assert len(closed) == CLOSED_LINES
    for line in said([*closed, *open_lines(annotation, DIRECTORY, cells, TODAY)]):
        assert width(line) <= max(cells, 12)


def test_digits_are_labelled_by_words_or_else_by_keys() -> None:
    tags = {
        1: a_tag(1, "Giải phóng mặt bằng chậm"),
        2: a_tag(2, "Vi phạm đất đai"),
        3: a_tag(3, "Vi phạm cũ"),
    }
    assert short_labels(tags, 11) == {1: "giải phóng…", 2: "vi phạm…", 3: "vi phạm cũ"}
    assert short_labels(tags, 7) == {1: "k1", 2: "k2", 3: "k3"}


async def test_5000_annotations_open_where_one_is(tmp_path: Path) -> None:
    text = "".join(f"Đoạn {n}: tiến độ còn chậm.\n\n" for n in range(400))
    async with reading(tmp_path, text) as at:
        acts = at.screen.acts
        items = []
        for number in range(5000):
            start = acts.document.text.index(f"Đoạn {number % 400}:")
            items.append(replace(PLAIN, id=number + 1, start=start, end=start + 8, revision_id=1))
        acts.annotations = sorted(items, key=lambda each: (each.start, each.id))
        acts._refresh()
        at.screen.show_annotations()
        at.go("Đoạn 399")
        at.screen.keep_up()
        await at.pilot.pause()
        opened = at.screen.panel.opened
        assert opened is not None and opened.id in acts.under(at.screen.cursor.start, at.screen.cursor.end)
        panel = at.screen.panel
        first, count = panel.rows_of(panel.cursor)
        assert panel.top_row <= first and first + count <= panel.top_row + panel.size.height
        for item in (0, panel.cursor - 1, panel.cursor, panel.cursor + 1, 4999):
            assert panel.item_at(panel.rows_of(min(item, 4999))[0]) == min(item, 4999)


async def test_a_click_in_the_panel_goes_to_the_passage(tmp_path: Path) -> None:
    async with reading(tmp_path) as at:
        for words, digit in ((CLEARANCE, "1"), (POLLUTION, "7")):
            at.go(words)
            await at.press(digit)
        await at.pilot.click("#panel", offset=(6, 0))
        assert at.said == CLEARANCE
        opened = at.screen.panel.opened
        assert opened is not None and opened.exact == CLEARANCE


async def test_an_empty_panel_says_how_to_begin(tmp_path: Path) -> None:
    async with reading(tmp_path) as at:
        assert any("1 to 9 put a tag" in row or "No passages yet" in row for row in rows_on(at.screen.home))


async def test_a_drag_held_below_the_text_scrolls_on(tmp_path: Path) -> None:
    text = "".join(f"Đoạn {n}: tiến độ còn chậm.\n\n" for n in range(200))
    async with reading(tmp_path, text) as at:
        await at.pilot.mouse_down("#report", offset=(6, 3))
        await at.pilot.hover("#hints", offset=(6, 0))
        await at.until(lambda: at.screen.view.top_row > 3)
        await at.pilot.mouse_up("#hints", offset=(6, 0))
        top = at.screen.view.top_row
        await at.pilot.pause()
        assert at.said.count("Đoạn") > 10
        assert abs(at.screen.view.top_row - top) <= 1


async def test_the_wheel_takes_the_unit_along_but_not_a_selection(tmp_path: Path) -> None:
    text = "".join(f"Đoạn {n}: tiến độ còn chậm.\n\n" for n in range(200))
    async with reading(tmp_path, text) as at:
        before = at.screen.cursor
        for _ in range(6):
            at.screen.view.scroll_to_row(at.screen.view.top_row + 3)
            at.screen.view._take_along()
        assert at.screen.cursor.start > before.start
        await at.press("v", "j")
        selected = at.screen.cursor
        at.screen.view.scroll_to_row(at.screen.view.top_row + 100)
        at.screen.view._take_along()
        assert at.screen.cursor == selected


async def test_a_report_deleted_by_somebody_closes_with_a_notice(tmp_path: Path) -> None:
    async with reading(tmp_path) as at:
        report = at.screen.acts.report
        app = at.screen.home
        with type(at.store).open(at.store.path, at.store.reviewer) as other:
            other.delete_report(report.id, report.version)
        await at.until(lambda: app.screen is not at.screen)
        assert any("deleted this report" in each.message for each in app._notifications)
        assert getattr(app.screen, "PLACE", "") == "library"
