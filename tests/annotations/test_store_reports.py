"""Reports: brought in once, described, found by name, deleted and brought back."""

from __future__ import annotations

import pytest

from annotations.errors import Ambiguous, Conflict, Invalid, NotFound
from annotations.models import Report, Status
from annotations.store import Store
from annotations.store.rules import slug_from
from reports.document import Blocks, Document
from reports.passage import make_passage
from tests.annotations.conftest import TEXT, document_of


def test_the_text_comes_back_as_it_was_brought_in(store: Store, other: Store, report: Report) -> None:
    assert other.document(report.revision_id) == document_of(TEXT)
    assert report.revision == document_of(TEXT).sha256
    assert report.length == len(TEXT)
    assert other.reports() == [report]


def test_the_same_text_again_is_recognised(store: Store, report: Report, document: Document) -> None:
    again = store.add_report(document, title="Another title")
    assert (again.created, again.report) == (False, report)
    assert store.last_change_id() == 1


def test_a_deleted_report_brought_in_again_comes_back_with_its_annotations(
    store: Store, report: Report, document: Document
) -> None:
    store.annotate(report.id, report.revision_id, make_passage(document, 64, 90))
    store.delete_report(report.id, report.version)
    assert store.reports() == []
    assert store.library() == []
    back = store.add_report(document, title="Giao ban, bản sửa")
    assert (back.created, back.report.id, back.report.slug) == (True, report.id, report.slug)
    assert back.report.title == "Giao ban, bản sửa"
    assert [row.annotations for row in store.library()] == [1]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"title": " \n"}, "name is missing"),
        ({"title": "x", "date": "05/04/2023"}, "not a day"),
        ({"title": "x", "date": "2023-02-29"}, "not a day"),
        ({"title": "x", "date": "20230405"}, "not a day"),
        ({"title": "x", "period": "quý 1"}, "not a period"),
        ({"title": "x", "period": "2023-Q5"}, "not a period"),
    ],
)
def test_a_wrong_description_keeps_the_report_out(
    store: Store, document: Document, fields: dict[str, str], said: str
) -> None:
    with pytest.raises(Invalid, match=said):
        store.add_report(document, **fields)
    assert (store.reports(), store.last_change_id()) == ([], 0)


@pytest.mark.parametrize("period", ["2023", "2023-Q1", "2023-H2", "2023-06", "2023-9M", "2023-W07", "", None])
def test_periods_that_offices_report_by(store: Store, document: Document, period: str | None) -> None:
    assert store.add_report(document, title="x", period=period).report.period == (period or None)


@pytest.mark.parametrize("text", ["", " \n ", "một\x00hai", "một\x1b[31mhai", "một\ud800hai"])
def test_a_text_that_is_empty_or_not_clean_is_kept_out(store: Store, text: str) -> None:
    with pytest.raises(Invalid):
        store.add_report(Document(text, Blocks()), title="x")
    assert store.reports() == []


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Báo cáo giao ban quý I/2023", "bao-cao-giao-ban-quy-i-2023"),
        ("Đề án “Một cửa” – ĐỢT 2", "de-an-mot-cua-dot-2"),
        ("2023", "report-2023"),
        ("…", "report"),
        ("báo cáo " * 20, "bao-cao-bao-cao-bao-cao-bao-cao-bao-cao-bao-cao-bao-cao-bao"),
        ("x" * 100, "x" * 60),
    ],
)
def test_slugs_are_made_from_titles(title: str, slug: str) -> None:
    assert slug_from(title, lambda _: False, "report") == slug


def test_slugs_stay_apart_and_short() -> None:
    taken: set[str] = set()
    for _ in range(12):
        taken.add(slug_from("y" * 80, taken.__contains__, "report"))
    assert len(taken) == 12
    assert max(map(len, taken)) == 60
    assert f"{'y' * 57}-12" in taken


def test_a_report_is_found_by_slug_beginning_id_and_title(store: Store) -> None:
    names = ["Giao ban quý I/2023", "Giao ban quý II/2023", "Kết luận thanh tra"]
    first, second, third = (
        store.add_report(document_of(f"Văn bản {name}"), title=name, date=f"2023-0{at + 1}-01").report
        for at, name in enumerate(names)
    )
    assert store.report(first.slug) == first
    assert store.report("giao-ban-quy-ii") == second
    assert store.report(str(third.id)) == store.report(third.id) == store.report("ket") == third
    assert store.report("kết luận THANH TRA") == third
    with pytest.raises(Ambiguous) as several:
        store.report("giao-ban")
    assert several.value.candidates == (first.slug, second.slug)
    with pytest.raises(NotFound) as unknown:
        store.report("ket-luan-tanh-tra")
    assert unknown.value.nearest == (third.slug,)
    with pytest.raises(NotFound, match="lists them"):
        store.report("zzz")


def test_a_report_is_described_anew(store: Store, other: Store, report: Report) -> None:
    store.edit_report(report.id, report.version, title="  Giao ban\nquý I ", issuer="Tỉnh ủy", date=None)
    found = other.report(report.id)
    assert (found.title, found.issuer, found.date, found.slug) == (
        "Giao ban quý I",
        "Tỉnh ủy",
        None,
        report.slug,
    )
    with pytest.raises(Conflict) as conflict:
        other.edit_report(report.id, report.version, title="Theirs")
    assert (conflict.value.kind, conflict.value.item_id) == ("report", report.id)
    with pytest.raises(Invalid, match="not a field"):
        store.edit_report(report.id, found.version, slug="x")
    with pytest.raises(NotFound):
        store.edit_report(99, 1, title="x")


def test_the_library_counts_what_is_there_and_what_is_not_settled(
    store: Store, other: Store, report: Report, document: Document
) -> None:
    passage = make_passage(document, 64, 90)
    for status in (*Status, Status.OPEN):
        change = store.annotate(report.id, report.revision_id, passage, status=status)
    store.delete(change.items[0].item_id, 1)
    store.save_place(report.id, report.revision_id, 70, "clause", b"\x03", 0.5)
    (row,) = store.library()
    assert (row.report, row.annotations, row.open, row.read) == (report, 4, 2, 0.5)
    assert other.library()[0].read == 0


def test_reports_run_by_date_then_slug(store: Store) -> None:
    for title, date in (("b", "2023-05-01"), ("a", "2023-05-01"), ("c", None), ("d", "2022-01-01")):
        store.add_report(document_of(f"Văn bản {title}"), title=title, date=date)
    assert [report.slug for report in store.reports()] == ["c", "d", "a", "b"]


def test_nothing_can_be_put_on_a_deleted_report(store: Store, report: Report, document: Document) -> None:
    store.delete_report(report.id, report.version)
    with pytest.raises(Invalid, match="is deleted"):
        store.annotate(report.id, report.revision_id, make_passage(document, 64, 90))
    store.restore_report(report.id)
    store.annotate(report.id, report.revision_id, make_passage(document, 64, 90))
