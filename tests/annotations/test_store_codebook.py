"""Codebook and directory: made, edited, merged, retired, imported; everybody sees it at once."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from annotations.errors import Conflict, Invalid, NotFound
from annotations.models import Agency, Annotation, Link, Report, Role, Successor, Tag
from annotations.seeds import AgencySeed, TagSeed
from annotations.store import Store
from reports.document import Document
from reports.passage import make_passage

TAG = TagSeed("nuoc-sach", "ns", "Nước sạch", "Clean water", "", "", "c3", None, None, ("nước sạch",), ())
AGENCY = AgencySeed("tt-nuoc", "Trung tâm Nước", "", "TT Nước", "x", "x", None, None, None, (), (), "")


def tag_of(store: Store, slug: str) -> Tag:
    return next(tag for tag in store.tags() if tag.slug == slug)


def agency_of(store: Store, slug: str) -> Agency:
    return next(agency for agency in store.agencies() if agency.slug == slug)


def annotate(store: Store, report: Report, document: Document, **fields: object) -> Annotation:
    passage = make_passage(document, 64, 90)
    change = store.annotate(report.id, report.revision_id, passage, **fields)  # type: ignore[arg-type]
    return store.annotation(change.items[0].item_id)


def test_lists_are_kept_until_somebody_changes_them(store: Store, other: Store) -> None:
    tags, agencies = store.tags(), store.agencies()
    store.remember("screen", "x")
    other.remember("screen", "x")
    assert store.tags() is tags and store.agencies() is agencies
    other.edit_tag(tags[0].id, 1, label_en="Works")
    assert store.tags()[0].label_en == "Works"
    assert store.agencies() is agencies
    store.create_agency("Ban mới")
    assert store.agencies()[-1].name == "Ban mới"


def test_a_tag_is_made_with_everything_said_of_it(store: Store, other: Store) -> None:
    change = store.create_tag(
        "Chuyển đổi  số chậm",
        key="cds",
        label_en="Slow digitisation",
        definition_vi="Nghĩa",
        colour="c5",
        parent_id=1,
        digit=9,
        phrases=["chuyển đổi số", "chuyển đổi số", ""],
        agencies=[5, 3],
    )
    tag = other.tags()[-1]
    assert change.items[0].item_id == tag.id
    assert (tag.slug, tag.label_vi, tag.key, tag.parent_id) == (
        "chuyen-doi-so-cham",
        "Chuyển đổi số chậm",
        "cds",
        1,
    )
    assert (tag.digit, tag.phrases, tag.retired) == (9, ("chuyển đổi số",), False)
    assert other.usual_agencies(tag.id) == (5, 3)
    again = store.create_tag("Chuyển đổi số chậm").items[0].item_id
    assert other.tags()[-1].slug == "chuyen-doi-so-cham-2" and other.tags()[-1].id == again


def test_a_tag_without_usual_agencies_has_those_of_its_parent(store: Store) -> None:
    parent = next(tag for tag in store.tags() if store.usual_agencies(tag.id))
    child = store.create_tag("Con", parent_id=parent.id).items[0].item_id
    assert store.usual_agencies(child) == store.usual_agencies(parent.id)
    orphan = store.create_tag("Mồ côi").items[0].item_id
    assert store.usual_agencies(orphan) == ()


def test_a_digit_belongs_to_one_tag(store: Store) -> None:
    holder = next(tag for tag in store.tags() if tag.digit == 1)
    taker = store.create_tag("Mới", digit=1).items[0].item_id
    assert [tag.id for tag in store.tags() if tag.digit == 1] == [taker]
    store.undo()
    assert [tag.id for tag in store.tags() if tag.digit == 1 and not tag.retired] == [holder.id]
    store.redo()
    tag = next(tag for tag in store.tags() if tag.id == taker)
    store.retire_tag(tag.id, tag.version)
    held = tag_of(store, holder.slug)
    store.edit_tag(held.id, held.version, digit=1)
    tag = next(tag for tag in store.tags() if tag.id == taker)
    store.revive_tag(tag.id, tag.version)
    assert [tag.id for tag in store.tags() if tag.digit == 1] == [holder.id]


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"digit": 0}, Invalid),
        ({"digit": 10}, Invalid),
        ({"label_vi": " "}, Invalid),
        ({"parent_id": 999}, NotFound),
        ({"agencies": [999]}, NotFound),
        ({"slug": "x"}, Invalid),
        ({"label": "x"}, Invalid),
    ],
)
def test_a_wrong_edit_of_a_tag_changes_nothing(
    store: Store, fields: dict[str, object], error: type[Exception]
) -> None:
    tag = store.tags()[3]
    with pytest.raises(error):
        store.edit_tag(tag.id, tag.version, **fields)  # type: ignore[arg-type]
    assert store.tags()[3] == tag


def test_nothing_comes_to_stand_under_itself(store: Store) -> None:
    child = next(tag for tag in store.tags() if tag.parent_id)
    with pytest.raises(Invalid, match="under itself"):
        store.edit_tag(child.parent_id or 0, 1, parent_id=child.id)
    with pytest.raises(Invalid, match="under itself"):
        store.edit_tag(child.id, 1, parent_id=child.id)
    agency = next(agency for agency in store.agencies() if agency.parent_id)
    with pytest.raises(Invalid, match="under itself"):
        store.edit_agency(agency.parent_id or 0, 1, parent_id=agency.id)
    with pytest.raises(Invalid, match="succeed itself"):
        store.edit_agency(agency.id, 1, successors=[Successor(agency.id, None, "")])


def test_stale_edits_are_refused(store: Store, other: Store) -> None:
    store.edit_tag(2, 1, label_en="Mine")
    with pytest.raises(Conflict) as conflict:
        other.edit_tag(2, 1, label_en="Theirs")
    assert conflict.value.kind == "tag"
    store.edit_agency(2, 1, short="Mine")
    with pytest.raises(Conflict) as conflict:
        other.edit_agency(2, 1, short="Theirs")
    assert conflict.value.kind == "agency"


def test_merged_tags_leave_no_annotation_behind(store: Store, report: Report, document: Document) -> None:
    gone, kept = store.tags()[1], store.tags()[4]
    child = store.create_tag("Con", parent_id=gone.id).items[0].item_id
    both = annotate(store, report, document, tags=[1, gone.id, kept.id, 9])
    one = annotate(store, report, document, tags=[gone.id])
    deleted = annotate(store, report, document, tags=[gone.id])
    store.delete(deleted.id, 1)
    before = (store.tags(), store.usual_agencies(kept.id))
    store.merge_tags(gone.id, kept.id)
    assert store.annotation(both.id).tags == (1, kept.id, 9)
    assert store.annotation(one.id).tags == store.annotation(deleted.id).tags == (kept.id,)
    assert tag_of(store, gone.slug).retired
    assert gone.label_vi in tag_of(store, kept.slug).phrases
    assert set(store.usual_agencies(kept.id)) >= set(before[1])
    assert next(tag for tag in store.tags() if tag.id == child).parent_id == kept.id
    assert store.tag_counts().get(gone.id) is None
    store.undo()
    assert store.annotation(one.id).tags == (gone.id,)
    assert [dataclasses.replace(tag, version=0) for tag in store.tags()] == [
        dataclasses.replace(tag, version=0) for tag in before[0]
    ]
    assert store.check() == []


def test_merged_agencies_keep_every_name_and_link(store: Store, report: Report, document: Document) -> None:
    gone, kept = agency_of(store, "so-tnmt"), agency_of(store, "so-nnmt")
    both = annotate(
        store, report, document, links=[Link(gone.id, Role.LEAD), Link(kept.id, Role.COORDINATING)]
    )
    one = annotate(store, report, document, links=[Link(gone.id, Role.COORDINATING)])
    store.merge_agencies(gone.id, kept.id)
    merged = agency_of(store, "so-nnmt")
    assert agency_of(store, "so-tnmt").retired
    assert gone.name in merged.aliases
    assert store.annotation(both.id).links == (Link(kept.id, Role.LEAD),)
    assert store.annotation(one.id).links == (Link(kept.id, Role.COORDINATING),)
    assert kept.id not in [successor.agency_id for successor in merged.successors]
    assert all(gone.id not in store.usual_agencies(tag.id) for tag in store.tags())
    assert store.check() == []
    for merge in (store.merge_agencies, store.merge_tags):
        with pytest.raises(Invalid, match="into itself"):
            merge(3, 3)
    with pytest.raises(Invalid, match="is retired"):
        store.merge_agencies(kept.id, gone.id)


def test_children_of_what_is_retired_go_up(store: Store) -> None:
    group = next(tag for tag in store.tags() if any(t.parent_id == tag.id for t in store.tags()))
    children = [tag.id for tag in store.tags() if tag.parent_id == group.id]
    store.retire_tag(group.id, 1)
    assert {tag.parent_id for tag in store.tags() if tag.id in children} == {group.parent_id}
    store.undo()
    assert [tag.id for tag in store.tags() if tag.parent_id == group.id] == children


def test_a_file_is_imported_whole_or_not_at_all(store: Store) -> None:
    first = store.tags()[0]
    change = store.import_tags(
        [
            dataclasses.replace(TAG, parent=first.slug, digit=2, agencies=("so-tnmt",)),
            dataclasses.replace(TAG, slug="con", parent=TAG.slug),
            dataclasses.replace(TAG, slug="gpmb-cham", label_vi="GPMB chậm", retired=True),
        ]
    )
    new = tag_of(store, "nuoc-sach")
    assert (new.parent_id, new.digit, new.key) == (first.id, 2, "ns")
    assert store.usual_agencies(new.id) == (agency_of(store, "so-tnmt").id,)
    assert tag_of(store, "con").parent_id == new.id
    assert tag_of(store, "gpmb-cham").retired and tag_of(store, "gpmb-cham").label_vi == "GPMB chậm"
    assert [tag.slug for tag in store.tags() if tag.digit == 2] == ["nuoc-sach"]
    assert change.act == "import-tags"
    store.undo()
    assert not tag_of(store, "gpmb-cham").retired
    assert tag_of(store, "con").retired
    before = store.tags()
    for wrong in ({"parent": "none"}, {"agencies": ("none",)}, {"label_vi": ""}, {"slug": "Có dấu"}):
        with pytest.raises(Invalid):
            store.import_tags([dataclasses.replace(TAG, slug="tot"), dataclasses.replace(TAG, **wrong)])
    with pytest.raises(Invalid, match="under itself"):
        store.import_tags(
            [dataclasses.replace(TAG, slug="m", parent="n"), dataclasses.replace(TAG, slug="n", parent="m")]
        )
    assert store.tags() == before


def test_agencies_are_imported_with_parents_and_successors_in_any_order(store: Store) -> None:
    store.import_agencies(
        [
            dataclasses.replace(
                AGENCY, parent="tinh-moi", successors=(("tt-moi", "2025-07-01", "phần nước"),)
            ),
            dataclasses.replace(AGENCY, slug="tinh-moi", name="Tỉnh mới"),
            dataclasses.replace(AGENCY, slug="tt-moi", name="Trung tâm mới", aliases=("TTM", "TTM")),
        ]
    )
    agency, parent, successor = (agency_of(store, slug) for slug in ("tt-nuoc", "tinh-moi", "tt-moi"))
    assert agency.parent_id == parent.id
    assert agency.successors == (Successor(successor.id, "2025-07-01", "phần nước"),)
    assert successor.aliases == ("TTM",)
    assert store._rows("SELECT folded FROM agency_aliases WHERE agency_id = ?", (successor.id,)) == [("ttm",)]
    assert store.import_agencies([]).id == 0


def test_the_shipped_files_say_nothing_new_to_a_fresh_record(store: Store) -> None:
    from annotations.shipped import codebook, directory

    assert store.import_agencies(directory()).items == ()
    assert store.import_tags(codebook()).items == ()


def test_use_counts_only_what_is_in_the_issue_list(
    store: Store, report: Report, document: Document, database: Path
) -> None:
    annotate(store, report, document, tags=[3, 5], links=[Link(7, Role.LEAD)])
    hidden = annotate(store, report, document, tags=[3], links=[Link(7, Role.LEAD), Link(8, Role.LEAD)])
    assert store.tag_counts() == {3: 2, 5: 1}
    assert store.agency_use() == store.agency_use(report.id) == {7: 2, 8: 1}
    store.delete(hidden.id, 1)
    assert store.tag_counts() == {3: 1, 5: 1}
    assert store.agency_use() == store.agency_use(report.id) == {7: 1}
    store.delete_report(report.id, report.version)
    assert (store.tag_counts(), store.agency_use()) == ({}, {})


def test_recent_is_what_this_reviewer_added_last(
    store: Store, other: Store, report: Report, document: Document
) -> None:
    first = annotate(store, report, document, tags=[3, 5], links=[Link(7, Role.LEAD)])
    store.add_tag(first.id, 1, 9)
    store.set_note(first.id, 2, "x")
    store.set_links(first.id, 3, [Link(7, Role.LEAD), Link(2, Role.LEAD)])
    annotate(other, report, document, tags=[1], links=[Link(1, Role.LEAD)])
    assert store.recent_tags() == (9, 5, 3)
    assert store.recent_tags(2) == (9, 5)
    assert store.recent_agencies() == (2, 7)
    assert other.recent_tags() == (1,)
