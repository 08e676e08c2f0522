"""What is said about an annotation: read, said, said otherwise, taken back; and nothing typed is lost."""

from __future__ import annotations

from pathlib import Path

from annotations.models import ReviewerRole
from annotations.store import Store
from annotations.store.comments import comment_draft
from reviewer.screens.comments import CommentsScreen
from reviewer.screens.reading import ReadingScreen
from reviewer.widgets.fields import NoteField
from tests.reviewer.app_kit import shown
from tests.reviewer.issues.kit import listing, make_issues
from tests.reviewer.reading.kit import Reading, reading

CLEARANCE = "tiến độ giải phóng mặt bằng ở huyện Phú Bình còn chậm"


def as_lan(at: Reading, text: str) -> None:
    """Lan says something about the first annotation."""
    if "lan" not in [person.name for person in at.store.people()]:
        at.store.add_person("lan", ReviewerRole.REVIEWER)
    with Store.open(at.store.path, "lan") as other:
        other.comment(1, text)


async def open_comments(at: Reading) -> CommentsScreen:
    at.go(CLEARANCE)
    await at.press("1", "m")
    screen = at.screen.home.screen
    assert isinstance(screen, CommentsScreen)
    return screen


def said(at: Reading) -> list[str]:
    return [each.text for each in at.store.comments(1)]


async def test_something_is_said_and_stands_in_the_panel(tmp_path: Path) -> None:
    async with reading(tmp_path) as at:
        await open_comments(at)
        await at.press(*"da hoi", "enter", *"cho", "ctrl+s")
        assert said(at) == ["da hoi\ncho"]
        assert "da hoi" in shown(at.screen.home)
        await at.press(*"nua", "ctrl+s", "escape")
        assert isinstance(at.screen.home.screen, ReadingScreen)
        page = shown(at.screen.home)
        assert "2 comments · mai" in page and "nua" in page
        assert at.stored[0].version == 1
        await at.press("u")
        assert said(at) == ["da hoi\ncho"]
        assert "1 comment · mai" in shown(at.screen.home)


async def test_what_is_half_typed_is_there_again(tmp_path: Path) -> None:
    async with reading(tmp_path) as at:
        await open_comments(at)
        await at.press(*"do dang")
        await at.until(lambda: at.store.recall(comment_draft(1)) == "do dang")
        await at.press(*" nua", "escape", "m")
        assert at.screen.home.screen.query_one(NoteField).text == "do dang nua"
        assert "Your draft from before" in shown(at.screen.home)
        await at.press("ctrl+s", "escape", "m")
        assert at.screen.home.screen.query_one(NoteField).text == ""
        assert (said(at), at.store.recall(comment_draft(1))) == (["do dang nua"], None)


async def test_nothing_is_said_where_nothing_is_typed(tmp_path: Path) -> None:
    async with reading(tmp_path) as at:
        await open_comments(at)
        await at.press("ctrl+s")
        assert "nothing typed yet" in at.notices
        assert said(at) == []


async def test_what_others_say_appears_and_leaves_what_one_types(tmp_path: Path) -> None:
    async with reading(tmp_path) as at:
        await open_comments(at)
        await at.press(*"toi dang go")
        as_lan(at, "chen vào")
        await at.until(lambda: "chen vào" in shown(at.screen.home))
        field = at.screen.home.screen.query_one(NoteField)
        assert field.text == "toi dang go" and field.has_focus
        assert len(shown(at.screen.home).split("lan · ")) == 2


async def test_a_comment_appears_in_the_panel_of_who_reads(tmp_path: Path) -> None:
    async with reading(tmp_path) as at:
        at.go(CLEARANCE)
        await at.press("1")
        before = at.screen.cursor, at.screen.view.top_row
        as_lan(at, "đã có biên bản")
        await at.until(lambda: "1 comment · lan" in shown(at.screen.home))
        assert (at.screen.cursor, at.screen.view.top_row) == before


async def test_ones_own_is_said_otherwise_and_taken_back(tmp_path: Path) -> None:
    async with reading(tmp_path) as at:
        await open_comments(at)
        await at.press(*"nham", "ctrl+s", "tab")
        assert "E say otherwise" in shown(at.screen.home)
        await at.press("E")
        field = at.screen.home.screen.query_one(NoteField)
        assert field.text == "nham" and field.has_focus
        await at.press(*" roi", "ctrl+s")
        assert said(at) == ["nham roi"]
        assert "· changed" in shown(at.screen.home)
        await at.press("tab", "x", "y")
        assert said(at) == []
        await at.press("u")
        assert said(at) == ["nham roi"]


async def test_giving_up_a_change_leaves_the_comment_and_keeps_the_draft(tmp_path: Path) -> None:
    async with reading(tmp_path) as at:
        await open_comments(at)
        await at.press(*"mot", "ctrl+s", "tab", "E", *" hai", "escape")
        screen = at.screen.home.screen
        assert isinstance(screen, CommentsScreen)
        assert (said(at), screen.query_one(NoteField).text) == (["mot"], "")
        await at.press("tab", "E")
        assert screen.query_one(NoteField).text == "mot hai"


async def test_a_comment_that_was_changed_meanwhile_is_shown_before_it_is_replaced(tmp_path: Path) -> None:
    async with reading(tmp_path) as at:
        await open_comments(at)
        await at.press(*"mot", "ctrl+s", "tab", "E", *" hai")
        at.screen.home._look_for_changes = lambda: None  # type: ignore[method-assign]
        with Store.open(at.store.path, "mai") as elsewhere:
            elsewhere.edit_comment(1, 1, "ba bốn")
        await at.press("ctrl+s")
        assert "changed meanwhile" in at.notices
        assert said(at) == ["ba bốn"]
        page = shown(at.screen.home)
        assert "ba bốn" in page and "mot hai" in page
        await at.press("ctrl+s")
        assert said(at) == ["mot hai"]


async def test_what_others_said_is_theirs(tmp_path: Path) -> None:
    async with reading(tmp_path) as at:
        await open_comments(at)
        at.store.add_person("lan", ReviewerRole.LEAD)
        as_lan(at, "của Lan")
        at.store.set_role(1, 1, ReviewerRole.REVIEWER)
        await at.until(lambda: "của Lan" in shown(at.screen.home))
        await at.press("tab")
        assert "say otherwise" not in shown(at.screen.home)
        await at.press("x")
        assert "somebody else's" in at.notices
        assert said(at) == ["của Lan"]


async def test_a_viewer_reads_only(tmp_path: Path) -> None:
    async with reading(tmp_path) as at:
        at.go(CLEARANCE)
        await at.press("1")
        at.store.add_person("lan", ReviewerRole.LEAD)
        as_lan(at, "đọc được")
        at.store.set_role(1, 1, ReviewerRole.VIEWER)
        await at.press("m")
        assert "đọc được" in shown(at.screen.home)
        assert not at.screen.home.screen.query_one(NoteField).display
        assert "say it" not in shown(at.screen.home)
        await at.press("escape")
        assert isinstance(at.screen.home.screen, ReadingScreen)


async def test_comments_of_an_issue_in_the_list(tmp_path: Path) -> None:
    async with listing(make_issues(tmp_path)) as listed:
        await listed.pilot.press("m")
        await listed.pilot.pause()
        assert isinstance(listed.app.screen, CommentsScreen)
        await listed.press(*"xong", "ctrl+s", "escape")
        assert [each.text for each in listed.store.comments(1)] == ["xong"]
        assert listed.current == 1
        await listed.until(lambda: "1 comment · lan" in listed.page)
