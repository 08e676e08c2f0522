"""The panel of counts beside the issue list."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotations.models import Status
from annotations.store import Store
from tests.reviewer.app_kit import rows_on
from tests.reviewer.issues.kit import Listed, listing, make_issues


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with make_issues(tmp_path) as made:
        yield made


def counts(listed: Listed, word: str) -> dict[str, int]:
    return {value: count for facet, value, _label, count in listed.screen.panel._items if facet == word}


def go_to(listed: Listed, word: str, value: str) -> None:
    places = [item[:2] for item in listed.screen.panel._items]
    listed.screen.panel.cursor = places.index((word, value))


async def test_tab_shows_the_counts_and_goes_there_and_back(store: Store) -> None:
    async with listing(store) as listed:
        assert not listed.screen.panel.display
        await listed.press("tab")
        assert listed.screen.panel.has_focus
        assert counts(listed, "status") == {"open": 3, "in-progress": 1, "resolved": 1}
        assert counts(listed, "severity") == {"high": 1, "none": 4}
        assert counts(listed, "agency")["so-tnmt"] == 2 and counts(listed, "agency")["none"] == 1
        await listed.press("tab")
        assert listed.screen.rows.has_focus and listed.screen.panel.display
        await listed.press("tab", "escape")
        assert listed.screen.rows.has_focus and not listed.screen.panel.display


async def test_enter_narrows_and_again_widens(store: Store) -> None:
    async with listing(store) as listed:
        await listed.press("tab")
        go_to(listed, "agency", "so-tnmt")
        await listed.press("enter")
        assert listed.screen.line.text == "agency:so-tnmt" and listed.ids == [2, 3]
        assert listed.screen.panel.chosen == ("agency", "so-tnmt") and listed.screen.panel.has_focus
        assert any("✓" in row for row in rows_on(listed.app))
        await listed.press("enter")
        assert listed.screen.line.text == "" and listed.ids == [1, 2, 3, 4, 5]


async def test_counts_follow_the_filter_but_leave_its_own_word_a_choice(store: Store) -> None:
    async with listing(store, "status:open") as listed:
        await listed.press("tab")
        assert counts(listed, "status") == {"open": 3, "in-progress": 1, "resolved": 1}
        assert counts(listed, "agency")["so-tnmt"] == 1
        go_to(listed, "status", "resolved")
        await listed.press("enter")
        assert listed.ids == [1, 2, 3, 5]
        assert counts(listed, "agency")["so-tnmt"] == 2


async def test_counts_follow_what_is_done(store: Store) -> None:
    async with listing(store) as listed:
        await listed.press("tab", "tab", "s", "r", "enter")
        assert store.annotation(1).status is Status.RESOLVED
        await listed.until(lambda: counts(listed, "status").get("resolved") == 2)


async def test_the_panel_is_there_again_next_time_and_fits_a_small_screen(store: Store) -> None:
    async with listing(store) as listed:
        await listed.press("tab")
    async with listing(store, size=(80, 24)) as listed:
        await listed.until(lambda: counts(listed, "status"))
        assert listed.screen.panel.display and listed.screen.rows.has_focus
        assert "Status" in listed.page and "Passage" in listed.page and "30 Jun 2023" in listed.page


async def test_a_click_on_a_count_is_chosen_with_a_second_one(store: Store) -> None:
    async with listing(store) as listed:
        await listed.press("tab")
        await listed.pilot.click("#facets", offset=(10, 1), times=2)
        await listed.settle()
        assert listed.screen.line.text == "status:open"
