"""Two people change the same annotation: both sides are shown, and nothing is lost whatever is chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from annotations.edits import Field, value_of
from annotations.models import Annotation, Link, ReviewerRole, Role, Severity, Status
from annotations.store import Store
from reviewer.screens.conflict import ConflictScreen
from reviewer.widgets.fields import NoteField
from tests.reviewer.app_kit import shown
from tests.reviewer.reading.kit import Reading, reading

CLEARANCE = "tiến độ giải phóng mặt bằng ở huyện Phú Bình còn chậm"
Theirs = Callable[[Store, Annotation], Any]


async def meet(at: Reading, keys: Sequence[str], theirs: Theirs) -> Annotation:
    """Mai opens a dialog with the first of `keys`, Lan meanwhile does something, unseen; Mai goes on. The
    annotation as both saw it."""
    at.go(CLEARANCE)
    await at.press("1")
    (made,) = at.stored
    at.store.add_person("lan", ReviewerRole.LEAD)
    at.screen.home._look_for_changes = lambda: None  # type: ignore[method-assign]
    await at.press(keys[0])
    with Store.open(at.store.path, "lan") as other:
        theirs(other, made)
    if keys[0] == "n":
        at.screen.home.screen.query_one(NoteField).text = "của Mai"
    await at.press(*keys[1:])
    return made


async def asked(at: Reading) -> str:
    """What the screen about the conflict shows."""
    await at.until(lambda: isinstance(at.screen.home.screen, ConflictScreen))
    await at.pilot.pause()
    return shown(at.screen.home)


@pytest.mark.parametrize(
    ("key", "note", "draft"),
    [
        ("b", "của Lan\ncủa Mai", None),
        ("m", "của Mai", None),
        ("t", "của Lan", None),
        ("escape", "của Lan", "của Mai"),
    ],
)
async def test_both_notes_are_shown_and_one_chooses(
    tmp_path: Path, key: str, note: str, draft: str | None
) -> None:
    async with reading(tmp_path) as at:
        await meet(at, ["n", "ctrl+s"], lambda s, a: s.set_note(a.id, a.version, "của Lan"))
        screen = await asked(at)
        assert "lan changed this meanwhile: note" in screen
        assert "của Lan" in screen and "của Mai" in screen
        assert at.store.draft(1) == "của Mai"
        await at.press(key)
        assert (at.stored[0].note, at.store.draft(1)) == (note, draft)
        assert at.store.check() == []


CASES: dict[Field, tuple[list[str], Theirs, Sequence[str]]] = {
    Field.STATUS: (
        ["s", "r", "enter"],
        lambda s, a: s.set_status(a.id, 1, Status.IN_PROGRESS),
        ("in progress", "resolved"),
    ),
    Field.SEVERITY: (
        ["s", "h", "enter"],
        lambda s, a: s.set_severity(a.id, 1, Severity.LOW),
        ("low severity", "high severity"),
    ),
    Field.DUE: (
        ["d", *"30/6/2027", "enter"],
        lambda s, a: s.set_due(a.id, 1, "2027-07-31"),
        ("31 Jul 2027", "30 Jun 2027"),
    ),
    Field.OWNER: (
        ["r", *"mai", "enter"],
        lambda s, a: s.set_owner(a.id, 1, s.person("lan").id),
        ("lan", "mai"),
    ),
    Field.TAGS: (
        ["t", *"o nhiem", "enter"],
        lambda s, a: s.set_tags(a.id, 1, [*a.tags, a.tags[0] + 1]),
        ("tags",),
    ),
    Field.LINKS: (
        ["a", *"so tnmt", "enter"],
        lambda s, a: s.link(a.id, 1, 40, Role.LEAD),
        ("agencies", "lead"),
    ),
}


@pytest.mark.parametrize("key", ["m", "t", "escape"])
@pytest.mark.parametrize("field", CASES)
async def test_what_both_set_is_shown_and_one_chooses(tmp_path: Path, field: Field, key: str) -> None:
    keys, theirs, words = CASES[field]
    async with reading(tmp_path) as at:
        seen = await meet(at, keys, theirs)
        screen = await asked(at)
        assert "lan changed this meanwhile" in screen
        assert [word for word in words if word not in screen] == []
        before = value_of(at.stored[0], field)
        assert before != value_of(seen, field)
        await at.press(key)
        after = value_of(at.stored[0], field)
        assert (after != before) is (key == "m")
        assert after != value_of(seen, field)
        assert not isinstance(at.screen.home.screen, ConflictScreen)
        await at.until(lambda: at.screen.chosen() == at.stored[0])


@pytest.mark.parametrize("field", [Field.TAGS, Field.LINKS])
async def test_tags_and_agencies_of_both_are_kept(tmp_path: Path, field: Field) -> None:
    keys, theirs, _words = CASES[field]
    async with reading(tmp_path) as at:
        await meet(at, keys, theirs)
        await asked(at)
        before = value_of(at.stored[0], field)
        await at.press("b")
        after = value_of(at.stored[0], field)
        assert set(before) < set(after)


async def test_b_does_nothing_where_two_values_cannot_be_one(tmp_path: Path) -> None:
    async with reading(tmp_path) as at:
        await meet(at, *CASES[Field.STATUS][:2])
        assert "keep both" not in await asked(at)
        await at.press("b")
        assert isinstance(at.screen.home.screen, ConflictScreen)


@pytest.mark.parametrize(
    ("keys", "field", "value"),
    [
        (["n", "ctrl+s"], Field.NOTE, "của Mai"),
        (["s", "r", "enter"], Field.STATUS, Status.RESOLVED),
        (["d", *"30/6/2027", "enter"], Field.DUE, "2027-06-30"),
        (["r", *"mai", "enter"], Field.OWNER, "mai"),
    ],
)
async def test_what_else_was_changed_stays_and_is_said(
    tmp_path: Path, keys: list[str], field: Field, value: object
) -> None:
    async with reading(tmp_path) as at:
        await meet(at, keys, lambda s, a: s.set_severity(a.id, a.version, Severity.HIGH))
        await at.until(lambda: value_of(at.stored[0], field) == value)
        assert at.stored[0].severity is Severity.HIGH
        assert "lan changed this meanwhile: severity. That stays" in at.notices
        assert not isinstance(at.screen.home.screen, ConflictScreen)


async def test_who_does_the_same_is_told_so(tmp_path: Path) -> None:
    async with reading(tmp_path) as at:
        await meet(at, ["s", "r", "enter"], lambda s, a: s.set_status(a.id, a.version, Status.RESOLVED))
        await at.until(lambda: "lan has done the same already" in at.notices)
        assert at.stored[0].version == 2


@pytest.mark.parametrize("key", ["m", "t"])
async def test_a_deletion_shows_first_what_was_added(tmp_path: Path, key: str) -> None:
    async with reading(tmp_path) as at:
        at.go(CLEARANCE)
        await at.press("1")
        at.store.add_person("lan", ReviewerRole.LEAD)
        at.screen.home._look_for_changes = lambda: None  # type: ignore[method-assign]
        with Store.open(at.store.path, "lan") as other:
            other.edit_many([(1, 1)], note="giữ lại, quan trọng", add_links=[Link(1, Role.LEAD)])
        await at.press("x")
        screen = await asked(at)
        assert "giữ lại, quan trọng" in screen and "delete it all the same" in screen
        assert not at.store.annotation(1).deleted
        await at.press(key)
        assert at.store.annotation(1).deleted is (key == "m")


@pytest.mark.parametrize(("key", "deleted"), [("m", False), ("t", True), ("escape", True)])
async def test_what_was_deleted_meanwhile_can_be_brought_back_with_ones_own_words(
    tmp_path: Path, key: str, deleted: bool
) -> None:
    async with reading(tmp_path) as at:
        await meet(at, ["n", "ctrl+s"], lambda s, a: s.delete(a.id, a.version))
        assert "lan deleted this meanwhile" in await asked(at)
        await at.press(key)
        there = at.store.annotation(1)
        assert (there.deleted, there.note) == (deleted, "" if deleted else "của Mai")
        assert at.store.draft(1) == ("của Mai" if key == "escape" else None)


async def test_a_passage_is_moved_and_met_like_the_rest(tmp_path: Path) -> None:
    async with reading(tmp_path) as at:
        at.go(CLEARANCE)
        await at.press("1")
        at.go("giải phóng mặt bằng")
        at.screen.keep_up()
        await at.press("P")
        assert at.stored[0].exact == "giải phóng mặt bằng"
        await at.press("u")
        assert at.stored[0].exact == CLEARANCE


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 15)])
async def test_long_notes_leave_the_choices_in_sight(tmp_path: Path, size: tuple[int, int]) -> None:
    async with reading(tmp_path, size=size) as at:
        long = "\n".join(f"dòng {number} của Lan" for number in range(60))
        await meet(at, ["n", "ctrl+s"], lambda s, a: s.set_note(a.id, a.version, long))
        screen = await asked(at)
        assert "t keep theirs" in screen and "m take yours" in screen
