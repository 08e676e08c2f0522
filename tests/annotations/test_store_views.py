"""Saved views: kept, found by any writing, shared, moved, deleted, and all of it undone."""

from __future__ import annotations

import pytest

from annotations.errors import Ambiguous, Conflict, FilterError, Forbidden, Invalid, NotFound
from annotations.models import ReviewerRole
from annotations.store import Store


def names(store: Store) -> list[str]:
    return [view.name for view in store.views()]


def version(store: Store, view_id: int) -> int:
    return next(view.version for view in store.views() if view.id == view_id)


def test_a_view_keeps_what_is_shown(store: Store) -> None:
    store.save_view(
        "Đất đai, quá hạn",
        "tag:vi-pham-dat-dai overdue",
        columns=[("id", 0), ("passage", 40)],
        groups=["agency"],
        sorts=["-due"],
    )
    (view,) = store.views()
    assert (view.name, view.filter) == ("Đất đai, quá hạn", "tag:vi-pham-dat-dai overdue")
    assert view.columns == (("id", 0), ("passage", 40))
    assert (view.groups, view.sorts) == (("agency",), ("-due",))
    assert (view.reviewer, view.shared, view.version) == ("lan", False, 1)


def test_saving_over_a_view_of_that_name_leaves_what_is_not_given(store: Store) -> None:
    store.save_view("Nợ đọng", "status:open", groups=["agency"])
    store.save_view("nợ đọng", "overdue")
    (view,) = store.views()
    assert (view.name, view.filter, view.groups, view.version) == ("nợ đọng", "overdue", ("agency",), 2)
    store.undo()
    assert (store.views()[0].name, store.views()[0].filter) == ("Nợ đọng", "status:open")


@pytest.mark.parametrize("written", ["Của tôi", "của  TÔI", "cua toi", "Cua-toi"])
def test_any_writing_finds_it(store: Store, written: str) -> None:
    store.save_view("Khác", "")
    store.save_view("Của tôi", "status:open")
    assert store.view(written).filter == "status:open"


def test_these_very_accents_come_before_others_and_ones_own_before_shared(store: Store, other: Store) -> None:
    other.save_view("Quá hạn", "overdue")
    other.share_view(1, 1, True)
    store.save_view("Quà hàn", "status:open")
    assert store.view("Quá hạn").filter == "overdue"
    assert store.view("qua han").filter == "status:open"
    store.save_view("Quá hạn", "overdue status:open")
    assert store.view("Quá hạn").filter == "overdue status:open"
    with pytest.raises(Ambiguous, match="Quà hàn; Quá hạn"):
        store.view("qua han")


def test_what_goes_by_no_name_is_told_with_the_nearest(store: Store) -> None:
    store.save_view("Quá hạn", "overdue")
    with pytest.raises(NotFound, match="Did you mean Quá hạn") as raised:
        store.view("quá hạm")
    assert raised.value.nearest == ("Quá hạn",)
    with pytest.raises(NotFound, match="reviewer views"):
        store.view("xyzzy")


@pytest.mark.parametrize(
    ("name", "text", "fields", "error"),
    [
        ("", "overdue", {}, Invalid),
        ("x" * 61, "overdue", {}, Invalid),
        ("A", "statas:open", {}, FilterError),
        ("A", "status:opne", {}, FilterError),
        ("A", "", {"columns": [("colour", 3)]}, Invalid),
        ("A", "", {"groups": ["colour"]}, Invalid),
        ("A", "", {"sorts": ["-colour"]}, Invalid),
    ],
)
def test_what_cannot_be_understood_is_not_kept(
    store: Store, name: str, text: str, fields: dict, error: type[Exception]
) -> None:
    with pytest.raises(error):
        store.save_view(name, text, **fields)
    assert store.views() == ()


def test_a_name_that_is_taken_is_refused(store: Store) -> None:
    store.save_view("A", "")
    store.save_view("B", "")
    with pytest.raises(Invalid, match="already"):
        store.edit_view(2, 1, name="a")
    store.edit_view(2, 1, name="b")
    assert names(store) == ["A", "b"]


def test_others_see_only_what_is_shared_behind_their_own(store: Store, other: Store) -> None:
    store.save_view("Riêng", "")
    store.save_view("Chung", "overdue")
    store.share_view(2, 1, True)
    other.save_view("Của Minh", "")
    assert names(other) == ["Của Minh", "Chung"]
    assert [view.reviewer for view in other.views()] == ["minh", "lan"]
    store.share_view(2, 2, False)
    assert names(other) == ["Của Minh"]


def test_views_are_moved_and_come_back(store: Store) -> None:
    for name in "ABC":
        store.save_view(name, "")
    store.edit_view(3, 1, position=0)
    assert names(store) == ["C", "A", "B"]
    store.edit_view(3, version(store, 3), position=99)
    assert names(store) == ["A", "B", "C"]
    store.undo()
    store.undo()
    assert names(store) == ["A", "B", "C"]
    store.redo()
    assert names(store) == ["C", "A", "B"]


def test_a_view_deleted_is_gone_until_it_is_undone(store: Store) -> None:
    store.save_view("A", "overdue")
    store.delete_view(1, 1)
    assert store.views() == ()
    with pytest.raises(NotFound):
        store.edit_view(1, 2, name="B")
    store.undo()
    assert store.view("a").filter == "overdue"
    store.redo()
    assert store.views() == ()
    store.save_view("A", "status:open")
    assert [view.id for view in store.views()] == [2]


def test_a_version_not_seen_is_a_conflict(store: Store) -> None:
    store.save_view("A", "")
    store.edit_view(1, 1, filter="overdue")
    with pytest.raises(Conflict, match="View 1"):
        store.edit_view(1, 1, filter="status:open")


def test_whose_views_may_be_changed(store: Store, other: Store) -> None:
    store.save_view("Của Lan", "")
    store.share_view(1, 1, True)
    store.add_person("vân", ReviewerRole.VIEWER)
    with Store.open(store.path, "vân") as viewer:
        viewer.save_view("Của Vân", "overdue")
        with pytest.raises(Forbidden):
            viewer.share_view(2, 1, True)
        with pytest.raises(Forbidden, match="somebody else's"):
            viewer.edit_view(1, 2, name="Khác")
        with pytest.raises(Forbidden):
            viewer.delete_view(1, 2)
        viewer.delete_view(2, 1)
        viewer.undo()
        assert names(viewer) == ["Của Vân", "Của Lan"]
    other.edit_view(1, 2, name="Của mọi người")
    assert names(store) == ["Của mọi người"] and store.check() == []
