"""The files that texts were read from are kept byte for byte, once each, and can be had back."""

from __future__ import annotations

import hashlib

import pytest

from annotations.database import check
from annotations.errors import NotFound, StoreError
from annotations.store import Store
from annotations.store.files import Original
from tests.annotations.conftest import TEXT, document_of

DATA = b"PK\x03\x04 the bytes of a document \x00\xff"
ORIGINAL = Original(DATA, "docx", "")
SHA256 = hashlib.sha256(DATA).hexdigest()


def files(store: Store) -> list[tuple[str, int, bytes | None]]:
    return store._rows("SELECT sha256, size, data FROM source_files ORDER BY sha256")


def test_a_file_comes_back_as_it_was(store: Store, other: Store) -> None:
    report = store.add_report(document_of(TEXT), title="Giao ban", original=ORIGINAL).report
    (revision,) = store.revisions(report.id)
    assert other.original(revision.id) == DATA
    assert (revision.format, revision.encoding) == ("docx", "")
    assert (revision.file_sha256, revision.file_size, revision.file_kept) == (SHA256, len(DATA), True)
    assert check(store.path) == []


def test_the_same_file_is_kept_once_and_stays_when_its_report_is_deleted(store: Store) -> None:
    first = store.add_report(document_of(TEXT), title="Một", original=ORIGINAL).report
    second = store.add_report(document_of(f"{TEXT}\nKhác."), title="Hai", original=ORIGINAL).report
    assert files(store) == [(SHA256, len(DATA), DATA)]
    for report in (first, second):
        store.delete_report(report.id, report.version)
    assert files(store) == [(SHA256, len(DATA), DATA)]
    assert check(store.path) == []


def test_each_text_has_the_file_that_it_was_read_from(store: Store) -> None:
    report = store.add_report(document_of(TEXT), title="Giao ban", original=ORIGINAL).report
    new = Original("bản sửa".encode(), "plain", "utf-8")
    store.add_revision(report.id, document_of(f"{TEXT}\nThêm."), original=new)
    old, current = store.revisions(report.id)
    assert (store.original(old.id), store.original(current.id)) == (DATA, new.data)
    store.undo()
    assert store.original(current.id) == new.data
    assert check(store.path) == []


def test_a_text_from_before_files_were_kept_gets_its_file_when_it_comes_again(store: Store) -> None:
    report = store.add_report(document_of(TEXT), title="Giao ban").report
    (revision,) = store.revisions(report.id)
    assert (revision.file_sha256, revision.file_kept) == (None, False)
    with pytest.raises(NotFound, match="was not kept"):
        store.original(revision.id)
    again = store.add_report(document_of(TEXT), title="Giao ban", original=ORIGINAL)
    assert not again.created
    assert store.original(revision.id) == DATA
    store.add_report(document_of(TEXT), title="Giao ban", original=Original(b"another", "plain"))
    assert store.original(revision.id) == DATA


def test_a_file_that_is_not_to_be_kept_is_known_by_its_hash(store: Store) -> None:
    unkept = Original(DATA, "docx", "", keep=False)
    report = store.add_report(document_of(TEXT), title="Giao ban", original=unkept).report
    (revision,) = store.revisions(report.id)
    assert (revision.file_sha256, revision.file_size, revision.file_kept) == (SHA256, len(DATA), False)
    with pytest.raises(NotFound, match="was not kept"):
        store.original(revision.id)
    found = store.read_from(SHA256)
    assert found is not None and (found.revision_id, found.report, found.kept) == (revision.id, report, False)
    store.add_report(document_of(TEXT), title="Giao ban", original=ORIGINAL)
    assert store.original(revision.id) == DATA


def test_what_was_read_from_a_file_is_found_by_its_hash(store: Store) -> None:
    assert store.read_from(SHA256) is None
    report = store.add_report(document_of(TEXT), title="Giao ban", original=ORIGINAL).report
    found = store.read_from(SHA256)
    assert found is not None and (found.report, found.kept) == (report, True)
    store.delete_report(report.id, report.version)
    found = store.read_from(SHA256)
    assert found is not None and found.report is None


def test_reports_of_a_day_or_a_file_name_are_found(store: Store) -> None:
    def add(title: str, date: str | None, source: str) -> int:
        return store.add_report(document_of(title), title=title, date=date, source=source).report.id

    first, second = add("Một", "2023-04-05", "a.txt"), add("Hai", "2023-04-05", "b.txt")
    third, fourth = add("Ba", None, "a.txt"), add("Bốn", None, "")
    found = {report.id: named for report, named in store.reports_alike("2023-04-05", "a.txt")}
    assert found == {first: True, second: False, third: True}
    assert {report.id: named for report, named in store.reports_alike(None, "")} == {
        third: False,
        fourth: False,
    }


def test_nothing_is_kept_of_an_import_that_fails(store: Store) -> None:
    with pytest.raises(StoreError):
        store.add_report(document_of(TEXT), title="Giao ban", date="never", original=ORIGINAL)
    assert files(store) == []


def test_check_compares_the_bytes_with_their_hash(store: Store) -> None:
    report = store.add_report(document_of(TEXT), title="Giao ban", original=ORIGINAL).report
    store._connection.execute("UPDATE source_files SET data = x'00'")
    (problem,) = check(store.path)
    assert problem.subject == f"file {SHA256[:12]}"
    with pytest.raises(StoreError, match="damaged"):
        store.original(store.revisions(report.id)[0].id)
