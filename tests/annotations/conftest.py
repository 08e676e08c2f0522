"""A fresh record for every test, copied from one that is made once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotations.database import connect
from annotations.models import Report, ReviewerRole
from annotations.store import Store
from reports.document import Block, BlockKind, Blocks, Document

TEXT = (
    "Báo cáo giao ban quý I năm 2023\n"
    "Bên cạnh những kết quả đạt được, tiến độ giải phóng mặt bằng còn chậm; tỷ lệ giải ngân đạt thấp.\n"
    "Ô nhiễm môi trường còn xảy ra ở một số địa phương."
)


def document_of(text: str) -> Document:
    """A document whose lines are paragraphs, the first one a heading."""
    blocks: list[Block] = []
    at = 0
    for number, line in enumerate(text.split("\n")):
        kind = BlockKind.PARAGRAPH if number else BlockKind.HEADING
        blocks.append(Block(kind, 0 if number else 1, at, at + len(line), 0, False, number + 1))
        at += len(line) + 1
    return Document(text, Blocks(blocks))


@pytest.fixture(scope="session")
def shipped_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database as it is when it has just been made. Not to be written."""
    path = tmp_path_factory.mktemp("shipped") / "reviewer.db"
    connect(path).close()
    return path


@pytest.fixture
def database(shipped_database: Path, tmp_path: Path) -> Path:
    """A database of the test's own."""
    return Path(shutil.copyfile(shipped_database, tmp_path / "reviewer.db"))


@pytest.fixture
def store(database: Path) -> Iterator[Store]:
    """The record as Lan writes it."""
    with Store.open(database, "lan") as opened:
        yield opened


@pytest.fixture
def other(database: Path, store: Store) -> Iterator[Store]:
    """The same record as Minh writes it, a second lead, on a connection of his own."""
    store.add_person("minh", ReviewerRole.LEAD)
    with Store.open(database, "minh") as opened:
        yield opened


@pytest.fixture
def document() -> Document:
    return document_of(TEXT)


@pytest.fixture
def report(store: Store, document: Document) -> Report:
    """A report in the record, of `document`."""
    return store.add_report(document, title="Giao ban quý I/2023", date="2023-04-05", period="2023-Q1").report
