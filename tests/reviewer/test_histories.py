"""The history in sentences, in both languages' frames: what was done, to what, with before and after."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from annotations.models import Change, ChangeItem, Link, ReviewerRole, Role, Severity, Status
from annotations.past_acts import Asked, PastAct, local_time
from annotations.store import Store
from annotations.store.kinds import KINDS
from reports.passage import make_passage
from reviewer.histories import place, sentence, text_of
from reviewer.history_fields import differences, names_of
from reviewer.i18n import set_language
from reviewer.screens.history_lines import act_lines, ago, day_heading, row_parts
from reviewer.widgets.parts import parts_width
from tests.reviewer.app_kit import TEXT, make_store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Mai, lead; annotation 1 with one tag."""
    set_language("en")
    made = make_store(tmp_path, TEXT)
    made.add_person("lan")
    made.annotate(1, 1, make_passage(made.document(1), 60, 90), tags=(1,))
    return made


def said(store: Store, change: Change) -> str:
    return text_of(sentence(store.past_acts([change.id])[change.id], names_of(store)))


def version(store: Store, number: int = 1) -> int:
    return store.annotation(number).version


def tag(store: Store, number: int) -> str:
    return next(each.label("en") for each in store.tags() if each.id == number)


def agency(store: Store, number: int) -> str:
    return next(each.brief() for each in store.agencies() if each.id == number)


Do = Callable[[Store], Change]
SENTENCES: list[tuple[str, Do, str]] = [
    ("tag", lambda s: s.add_tag(1, version(s), 2), "put {tag2} on"),
    ("untag", lambda s: s.remove_tag(1, version(s), 1), "took {tag1} off"),
    ("tags", lambda s: s.set_tags(1, version(s), [2]), "put {tag2} on; took {tag1} off"),
    ("order", lambda s: (s.set_tags(1, 1, [1, 2]), s.set_tags(1, 2, [2, 1]))[1],
     "put the tags into another order"),
    ("link", lambda s: s.link(1, version(s), 1, Role.LEAD), "linked {agency1} as lead"),
    ("role", lambda s: (s.link(1, 1, 1, Role.LEAD), s.set_links(1, 2, [Link(1, Role.COORDINATING)]))[1],
     "made {agency1} coordinating"),
    ("unlink", lambda s: (s.link(1, 1, 1, Role.LEAD), s.unlink(1, 2, 1))[1], "took {agency1} off"),
    ("note", lambda s: s.set_note(1, 1, "chậm"), "wrote the note “chậm”"),
    ("note again", lambda s: (s.set_note(1, 1, "chậm"), s.set_note(1, 2, "rất chậm"))[1],
     "changed the note to “rất chậm”"),
    ("no note", lambda s: (s.set_note(1, 1, "chậm"), s.set_note(1, 2, ""))[1], "emptied the note"),
    ("status", lambda s: s.set_status(1, 1, Status.RESOLVED), "changed the status open → resolved"),
    ("severity", lambda s: s.set_severity(1, 1, Severity.HIGH), "set high severity"),
    ("due", lambda s: s.set_due(1, 1, "2023-06-30"), "set the due date 30 Jun 2023"),
    ("due again", lambda s: (s.set_due(1, 1, "2023-06-30"), s.set_due(1, 2, "2023-07-30"))[1],
     "moved the due date 30 Jun 2023 → 30 Jul 2023"),
    ("no due", lambda s: (s.set_due(1, 1, "2023-06-30"), s.set_due(1, 2, None))[1],
     "took the due date 30 Jun 2023 away"),
    ("owner", lambda s: s.set_owner(1, 1, s.person("lan").id), "gave it to lan"),
    ("delete", lambda s: s.delete(1, 1), "deleted the annotation"),
    ("restore", lambda s: (s.delete(1, 1), s.restore(1))[1], "restored the annotation"),
    ("undo", lambda s: (s.set_status(1, 1, Status.RESOLVED), s.undo())[1],
     "undid: changed the status open → resolved"),
    ("redo", lambda s: (s.set_note(1, 1, "x"), s.undo(), s.redo())[2], "did again: wrote the note “x”"),
    ("undo of a redo", lambda s: (s.set_note(1, 1, "x"), s.undo(), s.redo(), s.undo())[3],
     "undid: wrote the note “x”"),
    ("comment", lambda s: s.comment(1, "Đã hỏi."), "commented “Đã hỏi.”"),
    ("annotate",
     lambda s: s.annotate(1, 1, make_passage(s.document(1), 0, 20), tags=(2,), links=[Link(1, Role.LEAD)]),
     "marked a passage: {tag2} · {agency1}"),
    ("bare", lambda s: s.annotate(1, 1, make_passage(s.document(1), 0, 20)), "marked a passage"),
    ("person", lambda s: s.add_person("hùng", ReviewerRole.VIEWER), "let hùng in as viewer"),
    ("promoted", lambda s: s.set_role(s.person("lan").id, 1, ReviewerRole.LEAD),
     "role of lan: reviewer → lead"),
    ("retired", lambda s: s.retire_person(s.person("lan").id, 1), "let lan in no more"),
    ("report", lambda s: s.edit_report(1, s.report(1).version, issuer="Tỉnh ủy"), "issuing body: Tỉnh ủy"),
    ("no report", lambda s: s.delete_report(1, s.report(1).version), "deleted the report"),
    ("new tag", lambda s: s.create_tag("Nhãn mới"), "made a new tag"),
    ("old tag", lambda s: s.retire_tag(4, 1), "retired the tag"),
    ("merged", lambda s: s.merge_agencies(3, 1), "merged {agency3} into {agency1}"),
]  # fmt: skip


@pytest.mark.parametrize(("do", "wanted"), [row[1:] for row in SENTENCES], ids=[row[0] for row in SENTENCES])
def test_each_act_in_a_sentence(store: Store, do: Do, wanted: str) -> None:
    names = {f"tag{n}": tag(store, n) for n in (1, 2)} | {f"agency{n}": agency(store, n) for n in (1, 2, 3)}
    assert said(store, do(store)) == wanted.format(**names)


def test_many_at_once_are_told_by_what_they_became(store: Store) -> None:
    store.annotate(1, 1, make_passage(store.document(1), 0, 20), note="khác")
    change = store.edit_many([(1, 1), (2, 1)], status=Status.RESOLVED)
    past = store.past_acts([change.id])[change.id]
    names = names_of(store)
    assert (text_of(sentence(past, names)), place(past, names)) == (
        "set the status to resolved",
        "2 passages",
    )


@pytest.mark.parametrize("language", ["en", "vi"])
def test_each_act_has_a_row_and_lines_in_either_language(store: Store, language: str) -> None:
    store.set_note(1, 1, "ghi")
    store.undo()
    store.redo()
    store.comment(1, "Đã hỏi.")
    store.merge_tags(1, 2)
    store.retire_agency(4, 1)
    store.set_role(store.person("lan").id, 1, ReviewerRole.VIEWER)
    store.edit_report(1, store.report(1).version, title="Tên khác")
    store.delete(1, version(store))
    set_language(language)
    try:
        ids, _annotations = store.history_ids(Asked())
        names, now = names_of(store), datetime.now().astimezone()
        for past in store.past_acts(ids).values():
            assert text_of(sentence(past, names)).strip()
            assert len(act_lines(past, names, now, 60)) > 1
            assert parts_width(row_parts(past, names, 100)) == 100
    finally:
        set_language("en")


def test_every_column_that_history_keeps_is_shown_or_left_out_on_purpose() -> None:
    """A new column of any kind must be told of, or named here as one that people need not read."""
    quiet = {
        "uid", "report_id", "revision_id", "start", "end", "exact", "prefix", "suffix", "section",
        "paragraph", "resolved_on", "reviewer_id", "created_at", "updated_at", "version", "deleted_at",
        "retired_at", "position", "annotation_id", "shared",
    }  # fmt: skip
    from reviewer.history_fields import _FIELDS

    for name, kind in KINDS.items():
        shown = {column for column, _label, _show in _FIELDS[name]}
        assert set(kind.columns) - shown - quiet == ({"name"} if name == "person" else set()), name


def lines_of(store: Store, change: Change) -> list[list[tuple[str, str]]]:
    past = store.past_acts([change.id])[change.id]
    return act_lines(past, names_of(store), datetime.now().astimezone(), 80)


def test_both_texts_of_a_note_are_shown_word_by_word(store: Store) -> None:
    store.set_note(1, 1, "vướng ở hai xã; cần báo cáo")
    change = store.set_note(1, 2, "vướng ở ba xã; cần báo cáo rõ")
    lines = act_lines(
        store.past_acts([change.id])[change.id], names_of(store), datetime.now().astimezone(), 80
    )
    parts = [part for line in lines for part in line]
    assert ("hai ", "gone") in parts and ("ba ", "new") in parts
    assert "".join(text for text, style in parts if style == "new").split() == ["ba", "rõ"]


def test_a_deletion_shows_what_would_come_back(store: Store) -> None:
    store.set_note(1, 1, "đừng mất")
    change = store.delete(1, 2)
    lines = act_lines(
        store.past_acts([change.id])[change.id], names_of(store), datetime.now().astimezone(), 80
    )
    text = "\n".join("".join(text for text, _style in line) for line in lines)
    assert "đừng mất" in text and tag(store, 1) in text


def test_what_is_listed_under_a_day_is_dated_by_it() -> None:
    set_language("en")
    today = datetime(2023, 6, 30).date()
    assert day_heading("2023-06-30", today) == "Today · Friday, 30 June 2023"
    assert day_heading("2023-06-29", today).startswith("Yesterday · ")
    assert day_heading("2023-06-01", today) == "Thursday, 1 June 2023"


@pytest.mark.parametrize(
    ("at", "wanted"),
    [
        ("2023-06-30T11:59:40Z", "just now"),
        ("2023-06-30T11:59:00Z", "1 minute ago"),
        ("2023-06-30T11:15:00Z", "45 minutes ago"),
        ("2023-06-30T09:00:00Z", "3 hours ago"),
        ("2023-06-27T09:00:00Z", "3 days ago"),
        ("2023-06-30T12:00:30Z", "just now"),
    ],
)
def test_how_long_ago(at: str, wanted: str) -> None:
    set_language("en")
    assert ago(at, local_time("2023-06-30T12:00:00Z")) == wanted


def test_a_change_from_before_a_column_existed_is_told_too(store: Store) -> None:
    change = store.set_note(1, 1, "x")
    item = change.items[0]
    assert item.before and item.after
    old = {k: v for k, v in item.before.items() if k not in ("owner_id", "earlier_id", "placement")}
    new = {k: v for k, v in item.after.items() if k not in ("owner_id", "earlier_id", "placement")}
    past = PastAct(dataclasses.replace(change, items=(ChangeItem("annotation", 1, old, new),)), 1)
    assert text_of(sentence(past, names_of(store))) == "wrote the note “x”"
    assert [one.field for one in differences(past.change.items[0], names_of(store))] == ["note"]
