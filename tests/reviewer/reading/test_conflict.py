"""Two people write the same note: both texts are shown, and none is lost whatever is chosen."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotations.models import ReviewerRole, Severity
from reviewer.screens.conflict import ConflictScreen
from reviewer.widgets.fields import NoteField
from tests.reviewer.app_kit import shown
from tests.reviewer.reading.kit import Reading, reading

CLEARANCE = "tiến độ giải phóng mặt bằng ở huyện Phú Bình còn chậm"


async def write_over(at: Reading, theirs: str | None) -> None:
    """Mai opens the note and types; Lan meanwhile changes it, or only its severity; Mai saves."""
    at.go(CLEARANCE)
    await at.press("1")
    (made,) = at.stored
    await at.press("n")
    at.screen.home.screen.query_one(NoteField).text = "của Mai"
    at.store.add_person("lan", ReviewerRole.REVIEWER)
    with type(at.store).open(at.store.path, "lan") as other:
        if theirs is None:
            other.set_severity(made.id, made.version, Severity.HIGH)
        else:
            other.set_note(made.id, made.version, theirs)
    await at.press("ctrl+s")


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
        await write_over(at, "của Lan")
        await at.until(lambda: isinstance(at.screen.home.screen, ConflictScreen))
        await at.pilot.pause()
        screen = shown(at.screen.home)
        assert "lan has changed this note" in screen
        assert "của Lan" in screen and "của Mai" in screen
        assert at.store.draft(1) == "của Mai"
        await at.press(key)
        assert (at.stored[0].note, at.store.draft(1)) == (note, draft)
        assert at.store.check() == []


async def test_what_else_was_changed_is_no_reason_to_ask(tmp_path: Path) -> None:
    async with reading(tmp_path) as at:
        await write_over(at, None)
        await at.until(lambda: at.stored[0].note == "của Mai")
        assert at.stored[0].severity is Severity.HIGH
        assert not isinstance(at.screen.home.screen, ConflictScreen)
